"""What each kind of requirement makes of the facts, with its reason and what can be done about it."""

from __future__ import annotations

from datetime import date

from trellis.domains.learning.rules import CourseStanding
from trellis.domains.mentoring.rules import DayBeside, DaysCount, count_days
from trellis.domains.programmes.rules.facts import Facts, Line, Requirement, State
from trellis.domains.programmes.rules.leaves import (
    Approval,
    AttendanceOf,
    CoursePassed,
    DaysBeside,
    Leaf,
    LevelShown,
)
from trellis.domains.sessions.rules import Attendance


def judge(leaf: Leaf, facts: Facts, on: date) -> Requirement:
    """A leaf that facts decide; an approval is decided by people (`approval`)."""
    match leaf:
        case AttendanceOf():
            return _credited(leaf, facts) or _attendance(leaf, facts.courses.get(leaf.course))
        case CoursePassed():
            return _credited(leaf, facts) or _passed(leaf, facts.courses.get(leaf.course))
        case DaysBeside():
            return _days(leaf, facts.days, on)
        case LevelShown():
            return _level(leaf, facts.levels.get(leaf.competency, 0))
    raise TypeError(leaf)


def is_done(leaf: Leaf, facts: Facts, on: date) -> bool:
    """Whether it is met or waived, and no more: the same as the state that `evaluate` gives it, at a tenth of the cost.

    For who looks at hundreds of people and needs no reasons.
    """
    if facts.waivers and leaf.key in facts.waivers:
        return True
    match leaf:
        case AttendanceOf() | CoursePassed():
            course = facts.courses.get(leaf.course)
            if course is None or course.credited is not None:
                return course is not None
            if not course.enrolled:
                return False
            return bool(course.passed) if isinstance(leaf, CoursePassed) else _has_attended(leaf, course.attendance)
        case DaysBeside():
            return _count(leaf, facts.days, on).is_met
        case LevelShown():
            return facts.levels.get(leaf.competency, 0) >= leaf.level
        case Approval():
            return any(review.name == leaf.name and review.state == "approved" for review in facts.reviews)
    return False


def _has_attended(leaf: AttendanceOf, seen: Attendance | None) -> bool:
    return seen is not None and bool(seen.scheduled) and seen.counted * 100 >= leaf.percent * seen.scheduled


def _count(leaf: DaysBeside, days: tuple[DayBeside, ...], on: date) -> DaysCount:
    return count_days(days, needed=leaf.days, minutes_each=round(leaf.hours * 60), on=on)


def _credited(leaf: AttendanceOf | CoursePassed, facts: Facts) -> Requirement | None:
    """Earlier learning stands for the grade and for the sessions alike; by whom and why is said."""
    course = facts.courses.get(leaf.course)
    by = course.credited if course else None
    if by is None:
        return None
    return Requirement(leaf, State.MET, "credited", decided_by=by.by, decided_on=by.on, note=by.note)


def _attendance(leaf: AttendanceOf, course: CourseStanding | None) -> Requirement:
    """Over every scheduled session: what is still to come is neither attended nor missed."""
    if course is None or not course.enrolled:
        return Requirement(leaf, State.TODO, "not_enrolled", todo="enrol")
    seen = course.attendance
    if seen is None or not seen.scheduled:
        return Requirement(leaf, State.WAITING, "nothing_scheduled", waiting_for="academy", since=course.waiting_since)
    counted = seen.counted
    numbers = {
        "scheduled": seen.scheduled,
        "attended": counted,
        "missed": seen.missed + seen.excused,
        "open": seen.open,
        "repairable": seen.repairable,
        "percent": leaf.percent,
        "offering": course.offering_id,
    }
    kinds: tuple[tuple[str, int, bool | None], ...] = (
        ("attended", seen.attended, True),
        ("made_up", seen.made_up, True),
        ("missed", seen.missed, False),
        ("excused", seen.excused, False),
        ("open", seen.open, None),
    )
    evidence = tuple(Line(what, counts, about={"n": n}) for what, n, counts in kinds if n)
    if _has_attended(leaf, seen):
        return Requirement(leaf, State.MET, "attended", numbers, evidence)
    if not seen.reachable(leaf.percent / 100):
        return Requirement(leaf, State.OUT_OF_REACH, "too_many_missed", numbers, evidence, todo="talk")
    if (counted + seen.open) * 100 < leaf.percent * seen.scheduled:
        return Requirement(leaf, State.AT_RISK, "needs_make_up", numbers, evidence, todo="make_up")
    if course.over_since and seen.open:
        return Requirement(
            leaf,
            State.WAITING,
            "register_open",
            numbers,
            evidence,
            waiting_for="teacher",
            waiting_for_people=tuple(course.teacher_ids),
            since=course.over_since,
        )
    return Requirement(leaf, State.TODO, "sessions_to_come", numbers, evidence, todo="attend")


def _passed(leaf: CoursePassed, course: CourseStanding | None) -> Requirement:
    if course is None or not course.enrolled:
        return Requirement(leaf, State.TODO, "not_enrolled", todo="enrol")
    numbers = {"score": course.score, "offering": course.offering_id}
    if course.passed:
        return Requirement(leaf, State.MET, "passed", numbers)
    if course.no_more_tries:
        reason = "no_tries_left" if course.passed is False else "part_lost"
        return Requirement(leaf, State.OUT_OF_REACH, reason, numbers, todo="talk")
    if course.passed is False:
        return Requirement(leaf, State.AT_RISK, "failed", numbers, todo="talk")
    if course.waiting_since:
        return Requirement(
            leaf,
            State.WAITING,
            "waiting_for_grade",
            numbers,
            waiting_for="teacher",
            waiting_for_people=tuple(course.teacher_ids),
            since=course.waiting_since,
        )
    return Requirement(leaf, State.TODO, "under_way", numbers, todo="attend")


def _days(leaf: DaysBeside, days: tuple[DayBeside, ...], on: date) -> Requirement:
    """Whole days only: hours of several days are never added up."""
    count = _count(leaf, days, on)
    evidence = tuple(
        Line(
            "day",
            {"counted": True, "planned": None, "unconfirmed": None, "unsigned": None}.get(each.code, False),
            on=each.day.on,
            why=each.code,
            about={"minutes": each.day.minutes or 0, "holder": each.day.holder_id},
        )
        for each in count.days
    )
    numbers = {
        "counted": count.counted,
        "needed": leaf.days,
        "hours": leaf.hours,
        "planned": count.planned,
        "left": count.left,
        "unsigned": count.number("unsigned"),
    }
    if count.is_met:
        return Requirement(leaf, State.MET, "days_done", numbers, evidence)
    if count.left:
        lost = any(line.counts is False for line in evidence)
        state, reason = (State.AT_RISK, "day_to_repeat") if lost else (State.TODO, "days_to_plan")
        return Requirement(leaf, state, reason, numbers, evidence, todo="plan_day")
    if count.number("unsigned"):
        return Requirement(leaf, State.TODO, "days_to_sign", numbers, evidence, todo="sign_day")
    if count.waiting_since:
        waiting = tuple(dict.fromkeys(each.day.holder_id for each in count.days if each.code == "unconfirmed"))
        return Requirement(
            leaf,
            State.WAITING,
            "days_to_confirm",
            numbers,
            evidence,
            waiting_for="holder",
            waiting_for_people=waiting,
            since=count.waiting_since,
        )
    return Requirement(leaf, State.TODO, "days_planned", numbers, evidence, todo="days")


def _level(leaf: LevelShown, shown: int) -> Requirement:
    numbers = {"shown": shown, "level": leaf.level}
    if shown >= leaf.level:
        return Requirement(leaf, State.MET, "level_shown", numbers)
    return Requirement(leaf, State.TODO, "level_short", numbers, todo="show_level")


def approval(leaf: Approval, facts: Facts, askable: bool) -> Requirement:
    """Given, asked for, returned with a reason, or not to be asked for yet."""
    reviews = [review for review in facts.reviews if review.name == leaf.name]
    for review in reviews:
        if review.state == "approved":
            return Requirement(
                leaf,
                State.MET,
                "approved",
                decided_by=review.decided_by,
                decided_on=review.decided_on,
                note=review.note,
            )
    for review in reviews:
        if review.state == "asked":
            return Requirement(leaf, State.WAITING, "review_asked", waiting_for=leaf.by, since=review.asked_on)
    if reviews and askable:
        last = max(reviews, key=lambda review: review.asked_on)
        return Requirement(
            leaf,
            State.TODO,
            "returned",
            todo="ask_review",
            decided_by=last.decided_by,
            decided_on=last.decided_on,
            note=last.note,
        )
    if askable:
        return Requirement(leaf, State.TODO, "ready_to_ask", todo="ask_review")
    return Requirement(leaf, State.NOT_OPEN, "after_the_rest")
