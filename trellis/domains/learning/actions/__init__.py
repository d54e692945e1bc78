"""What is done about courses: definitions (courses.py), offerings (offerings.py), people in
them (places.py), grades (results.py), further attempts (resits.py), earlier learning (credits.py)."""

from trellis.domains.learning.actions.courses import LoadOutcome, load_courses, save_course
from trellis.domains.learning.actions.credits import ask_credit, grant_credit, revoke_credit, settle_credit
from trellis.domains.learning.actions.offerings import (
    OfferingsOutcome,
    WantedOffering,
    change_offering,
    open_offering,
    plan_offerings,
    set_usual_teachers,
)
from trellis.domains.learning.actions.places import enrol, leave_queue, take_place, withdraw
from trellis.domains.learning.actions.resits import schedule_resit
from trellis.domains.learning.actions.results import announce_passed, announce_withdrawn, record_result, record_results

__all__ = [
    "LoadOutcome",
    "OfferingsOutcome",
    "WantedOffering",
    "announce_passed",
    "announce_withdrawn",
    "ask_credit",
    "change_offering",
    "enrol",
    "grant_credit",
    "leave_queue",
    "load_courses",
    "open_offering",
    "plan_offerings",
    "record_result",
    "record_results",
    "revoke_credit",
    "save_course",
    "schedule_resit",
    "set_usual_teachers",
    "settle_credit",
    "take_place",
    "withdraw",
]
