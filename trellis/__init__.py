"""Trellis: the academy that a company runs inside itself."""

__version__ = "0.1.0"
