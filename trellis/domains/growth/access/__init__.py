"""Who may: a table for each subject, in its file."""

from trellis.domains.growth.access import delegation, needs, offers, own

__all__ = ["delegation", "needs", "offers", "own"]
