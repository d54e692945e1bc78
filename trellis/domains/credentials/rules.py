"""What can be said of a certificate, and whether one may be issued."""

from __future__ import annotations

from dataclasses import dataclass

# Letters and digits of a number: none that could be taken for another one.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12


@dataclass(frozen=True)
class Case:
    """What is asked before a certificate is issued."""

    is_due: bool
    is_own: bool
    has_ended: bool = False


def refusal(case: Case) -> str:
    """Why none is issued: oneself | ended | not_due; empty when it is."""
    if case.is_own:
        return "oneself"
    if case.has_ended:
        return "ended"
    return "" if case.is_due else "not_due"


def read_number(typed: str) -> str:
    """The number in what somebody typed: capitals, without spaces and dashes; empty when it can be none."""
    number = "".join(sign for sign in typed.upper() if sign.isalnum())
    return number if len(number) == LENGTH and all(sign in ALPHABET for sign in number) else ""


def in_groups(number: str) -> str:
    """The number as it is printed: three groups of four."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
