"""A requirement in words: title, state, reason, evidence, what to do. For pages and notices alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext_lazy

from trellis.domains.programmes.leaf_wording import NOT_AVAILABLE, Names, title_of
from trellis.domains.programmes.rules import (
    NOT_AVAILABLE_YET,
    Approval,
    AttendanceOf,
    CoursePassed,
    Line,
    Requirement,
    State,
)
from trellis.kit.text import plain_number, written
from trellis.kit.ui.icons import icon

# State to an icon and a word: never colour alone.
LOOKS: dict[State, tuple[str, Any, str]] = {
    State.MET: (icon("check"), gettext_lazy("Met"), "pill--ok"),
    State.WAIVED: (icon("check-check"), gettext_lazy("Waived"), "pill--ok"),
    State.WAITING: (icon("hourglass"), gettext_lazy("Waiting"), "pill--wait"),
    State.TODO: (icon("circle-dot"), gettext_lazy("For you to do"), "pill--warn"),
    State.AT_RISK: (icon("triangle-alert"), gettext_lazy("At risk, can be fixed"), "pill--warn"),
    State.OUT_OF_REACH: (icon("circle-x"), gettext_lazy("Out of reach"), "pill--bad"),
    State.NOT_OPEN: (icon("lock-keyhole"), gettext_lazy("Not open yet"), ""),
    State.PAUSED: (icon("circle-pause"), gettext_lazy("Paused"), ""),
}
PROOF_ICONS: dict[bool | None, tuple[str, str]] = {
    True: ("yes", icon("check")),
    False: ("no", icon("x")),
    None: ("later", icon("circle-dashed")),
}
ROLES: dict[str, Any] = {
    "academy": gettext_lazy("the academy"),
    "teacher": gettext_lazy("the teacher"),
    "holder": gettext_lazy("the holder"),
}


@dataclass(frozen=True)
class Proof:
    look: str
    icon: str
    what: str
    when: str


@dataclass(frozen=True)
class Worded:
    """A requirement as a page shows it."""

    key: str
    state: str
    icon: str
    word: str
    tone: str
    title: str
    why: str
    proof: tuple[Proof, ...]
    action: str
    href: str
    source: str
    note: str
    posts: bool = False  # the act is done by a form rather than a link
    open: bool = False
    waivable: bool = False


def day(value: date | None) -> str:
    """A date as the reader's language writes it short."""
    return written(value, gettext_noop("j M")) if value else ""


REASONS: dict[str, tuple[Any, ...]] = {
    "not_enrolled": (gettext_lazy("You are not in a run of this course yet."),),
    "nothing_scheduled": (gettext_lazy("The academy has not scheduled its sessions yet."),),
    "attended": (gettext_lazy("%(attended)s of %(scheduled)s scheduled sessions attended or made up."),),
    "too_many_missed": (
        gettext_lazy(
            "%(attended)s of %(scheduled)s attended, %(missed)s missed, and no make-up is offered that could repair it."
        ),
        gettext_lazy("Talk to the academy: a make-up session or a decision of theirs can help."),
    ),
    "needs_make_up": (
        ngettext_lazy(
            "%(missed)s session missed of %(scheduled)s.", "%(missed)s sessions missed of %(scheduled)s.", "missed"
        ),
        gettext_lazy("A make-up is offered; it counts in full."),
    ),
    "sessions_to_come": (
        ngettext_lazy(
            "%(attended)s of %(scheduled)s attended; %(open)s is still open.",
            "%(attended)s of %(scheduled)s attended; %(open)s are still open.",
            "open",
        ),
    ),
    "register_open": (
        ngettext_lazy(
            "%(attended)s of %(scheduled)s attended; the register of %(open)s has not been filled in.",
            "%(attended)s of %(scheduled)s attended; the registers of %(open)s have not been filled in.",
            "open",
        ),
    ),
    "passed": (gettext_lazy("Passed with %(score)s of 100."),),
    "credited": (gettext_lazy("Credited for earlier learning."),),
    "no_tries_left": (
        gettext_lazy("%(score)s of 100 is below the pass mark, and no attempt that is left can mend it."),
        gettext_lazy("Only the academy can grant another one."),
    ),
    "part_lost": (
        gettext_lazy("A part is failed, and no attempt that is left can make a pass of the course."),
        gettext_lazy("Only the academy can grant another one."),
    ),
    "failed": (gettext_lazy("%(score)s of 100 is below the pass mark. Ask your teacher whether you can try again."),),
    "waiting_for_grade": (gettext_lazy("All sessions are over; the result is with your teacher."),),
    "under_way": (gettext_lazy("The course is under way; the result comes at its end."),),
    "days_done": (gettext_lazy("%(counted)s of %(needed)s whole days count."),),
    "days_planned": (gettext_lazy("%(counted)s of %(needed)s days count; %(planned)s more are planned."),),
    "days_to_plan": (gettext_lazy("%(counted)s of %(needed)s days count; %(left)s are still to be planned."),),
    "day_to_repeat": (
        gettext_lazy("%(counted)s of %(needed)s days count."),
        gettext_lazy("A day that does not count needs another one: %(left)s to be planned."),
    ),
    "days_to_confirm": (gettext_lazy("All days are over; what is missing is the holder's confirmation."),),
    "days_to_sign": (
        gettext_lazy("%(counted)s of %(needed)s days count."),
        gettext_lazy("The holder confirmed %(unsigned)s more; write down what you did to make them count."),
    ),
    "level_shown": (gettext_lazy("Level %(shown)s shown."),),
    "level_short": (gettext_lazy("Level %(shown)s shown so far, level %(level)s is asked."),),
    "not_available_yet": (
        gettext_lazy("Nothing can show this here yet, so it cannot be met; the academy can waive it."),
    ),
    "after_gate": (gettext_lazy("Counts after “%(gate)s” is open."),),
    "after_the_rest": (gettext_lazy("Comes last: all other requirements have to be met first."),),
    "ready_to_ask": (gettext_lazy("Everything else is met. Ask for the review."),),
    "review_asked": (gettext_lazy("The academy looks at your coursework and your mentorship."),),
    "returned": (gettext_lazy("It was returned to you with a reason. Put it right and ask again."),),
    "approved": (gettext_lazy("Coursework and mentorship were reviewed and approved."),),
    "waived": (gettext_lazy("The academy decided that this need not be met."),),
}


def why(requirement: Requirement, names: Names) -> str:
    """The reason of the state, in a sentence or two."""
    numbers = dict(requirement.numbers)
    if "score" in numbers:
        numbers["score"] = _score(numbers["score"])
    if "gate" in numbers:
        numbers["gate"] = names.gates.get(numbers["gate"], numbers["gate"])
    return " ".join(str(sentence % numbers) for sentence in REASONS.get(requirement.reason, ()))


def _score(score: Any) -> str:
    return plain_number(Decimal(score)) if score is not None else ""


DAY_REASONS: dict[str, Any] = {
    "counted": gettext_lazy("%(hours)s h beside %(holder)s"),
    "planned": gettext_lazy("Planned beside %(holder)s"),
    "unconfirmed": gettext_lazy("Beside %(holder)s, who has not confirmed it yet"),
    "unsigned": gettext_lazy("%(hours)s h beside %(holder)s; for you to sign"),
    "absent": gettext_lazy("Absent; needs another day"),
    "excused": gettext_lazy("Excused; needs another day"),
    "too_short": gettext_lazy("%(hours)s h beside %(holder)s: not a whole day"),
    "not_a_holder": gettext_lazy("%(holder)s did not hold the position on that day"),
    "same_day_twice": gettext_lazy("The same day counts once"),
}
SESSIONS: dict[str, Any] = {
    "attended": ngettext_lazy("%(n)s session attended", "%(n)s sessions attended", "n"),
    "made_up": ngettext_lazy("%(n)s session made up", "%(n)s sessions made up", "n"),
    "missed": ngettext_lazy("%(n)s session missed", "%(n)s sessions missed", "n"),
    "excused": ngettext_lazy(
        "%(n)s session excused: it needs a make-up to count",
        "%(n)s sessions excused: they need make-ups to count",
        "n",
    ),
    "open": ngettext_lazy("%(n)s session still open", "%(n)s sessions still open", "n"),
}


def _proof(line: Line, names: Names) -> Proof:
    look, sign = PROOF_ICONS[line.counts]
    if line.what == "day":
        hours = f"{line.about['minutes'] / 60:.3g}"
        what = str(DAY_REASONS[line.why]) % {"hours": hours, "holder": names.person(line.about["holder"])}
    else:
        what = SESSIONS[line.what] % {"n": line.about.get("n", 0)}
    return Proof(look, sign, what, day(line.on))


def _act(requirement: Requirement) -> tuple[str, str]:
    """What can be done about it, and where."""
    offering = requirement.numbers.get("offering")
    match requirement.todo:
        case "enrol":
            leaf = requirement.leaf
            code = leaf.course if isinstance(leaf, AttendanceOf | CoursePassed) else ""
            return _("See the course"), f"/courses/{code}/"
        case "make_up":
            return _("See the make-up"), "/sessions/"
        case "attend":
            return _("See the sessions"), f"/offerings/{offering}/" if offering else "/sessions/"
        case "plan_day":
            return _("Plan a day"), "/mentorship-days/"
        case "days":
            return _("See the days"), "/mentorship-days/"
        case "sign_day":
            return _("Sign the days"), "/mentorship-days/"
        case "show_level":
            return _("See your skills"), "/skills/"
        case "ask_review":
            return _("Ask for the review"), ""
        case "talk":
            return _("See the course"), f"/offerings/{offering}/" if offering else "/sessions/"
    return "", ""


def waiting_for(requirement: Requirement, names: Names) -> str:
    """Who is waited for: the people by name, else the role."""
    people = [name for pk in requirement.waiting_for_people if (name := names.person(pk))]
    return ", ".join(people) or str(ROLES.get(requirement.waiting_for, ""))


def pill(requirement: Requirement, names: Names) -> str:
    """The state in a few words; who waits for whom since when is said here."""
    if requirement.reason == NOT_AVAILABLE_YET:
        return str(NOT_AVAILABLE)
    if requirement.state is not State.WAITING:
        return str(LOOKS[requirement.state][1])
    who = waiting_for(requirement, names)
    if requirement.since:
        return _("Waiting for %(who)s since %(day)s") % {"who": who, "day": day(requirement.since)}
    return _("Waiting for %(who)s") % {"who": who}


def word(requirement: Requirement, names: Names) -> Worded:
    """All of it."""
    sign, _word, tone = LOOKS[requirement.state]
    act, href = _act(requirement) if requirement.state is not State.NOT_OPEN else ("", "")
    decided = ""
    if requirement.decided_by:
        decided = _("Decided by %(who)s on %(day)s") % {
            "who": names.person(requirement.decided_by),
            "day": day(requirement.decided_on),
        }
    return Worded(
        key=requirement.key,
        state=str(requirement.state),
        icon=sign,
        word=pill(requirement, names),
        tone=tone,
        title=title_of(requirement.leaf, names),
        why=why(requirement, names),
        proof=tuple(_proof(line, names) for line in requirement.evidence),
        action=act,
        href=href,
        source=decided,
        note=requirement.note,
        posts=requirement.todo == "ask_review" and requirement.state is State.TODO,
        open=requirement.state in (State.AT_RISK, State.OUT_OF_REACH),
        waivable=not requirement.state.is_done and not isinstance(requirement.leaf, Approval),
    )


REFUSALS: dict[str, Any] = {
    "only_oneself": gettext_lazy("Only the person themselves can join: the programme is voluntary."),
    "not_employed": gettext_lazy("Only who works here can join."),
    "not_open_to": gettext_lazy("This programme is not open to your present position."),
    "no_track": gettext_lazy("The programme does not lead to this position. Choose one of those named."),
    "holds_it": gettext_lazy("You hold this position already. Choose another one."),
    "not_open_yet": gettext_lazy("This cohort cannot be joined yet; its page says from when on."),
    "closed": gettext_lazy("The time for joining this cohort is over. Choose another one."),
    "full": gettext_lazy("This cohort has no place left. Choose another one."),
    "not_ready": gettext_lazy("Not every other requirement is met any more. Look at the list again."),
    "not_yours": gettext_lazy("Only the person themselves can ask for the review."),
    "ended": gettext_lazy("This journey has ended."),
    "oneself": gettext_lazy("Nobody decides on themselves. Ask a colleague of the academy."),
    "reason_needed": gettext_lazy("Write down the reason: it goes to the person and is kept."),
    "unknown": gettext_lazy("The programme does not ask for this."),
    "approval": gettext_lazy("An approval is given in its review; it cannot be waived."),
}
