"""What is done: single days (days.py), offers and absences (offers.py), plans (proposing.py, applying.py)."""

from trellis.domains.mentoring.actions.days import cancel_day, confirm_day, plan_day, sign_day

__all__ = ["cancel_day", "confirm_day", "plan_day", "sign_day"]
