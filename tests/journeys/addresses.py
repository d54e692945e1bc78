"""Every address that can be looked at, with things of the demo company in its places; and what the company has not."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

# What the first word of an address speaks of: its model, and the field that stands in the address.
THINGS = {
    "people": ("people", "Person", "pk"),
    "units": ("people", "Unit", "pk"),
    "role-grants": ("people", "RoleGrant", "pk"),
    "pathways": ("careers", "Pathway", "code"),
    "positions": ("people", "Position", "code"),
    "competencies": ("careers", "Competency", "code"),
    "skills": ("careers", "Competency", "code"),
    "sessions": ("academy_sessions", "Session", "pk"),
    "rooms": ("academy_sessions", "Room", "pk"),
    "shifts": ("academy_sessions", "Shift", "pk"),
    "series": ("academy_sessions", "Series", "pk"),
    "attendance": ("academy_sessions", "Series", "pk"),
    "courses": ("learning", "Course", "code"),
    "offerings": ("learning", "Offering", "pk"),
    "credits": ("learning", "Credit", "pk"),
    "mentorship-days": ("mentoring", "MentorshipDay", "pk"),
    "mentorships": ("mentoring", "Mentorship", "pk"),
    "meetings": ("mentoring", "Meeting", "pk"),
    "meeting-topics": ("mentoring", "MeetingTopic", "pk"),
    "meeting-actions": ("mentoring", "MeetingAction", "pk"),
    "mentors": ("mentoring", "Willing", "person_id"),
    "programmes": ("programmes", "Programme", "code"),
    "drafts": ("programmes", "Draft", "pk"),
    "journeys": ("programmes", "Journey", "pk"),
    "reviews": ("programmes", "Review", "pk"),
    "time-changes": ("programmes", "TimeChange", "pk"),
    "waiting": ("programmes", "Waiting", "pk"),
    "cohorts": ("programmes", "Cohort", "pk"),
    "certificates": ("credentials", "Certificate", "number"),
    "ceremonies": ("credentials", "Ceremony", "pk"),
    "verify": ("credentials", "Certificate", "number"),
    "openings": ("opportunities", "Opening", "pk"),
    "notices": ("notices", "Notice", "pk"),
    "bonuses": ("recognition", "Transfer", "pk"),
    "pool": ("people", "Position", "code"),
    "stories": ("opportunities", "Story", "pk"),
    "decisions": ("growth", "Decision", "pk"),
    "wishes": ("growth", "SkillWish", "pk"),
    "needs": ("growth", "SkillNeed", "pk"),
    "mandatory": ("learning", "Mandatory", "pk"),
    "goals": ("growth", "Goal", "pk"),
    "boards": ("growth", "Board", "pk"),
    "cards": ("growth", "Card", "pk"),
    "columns": ("growth", "Column", "pk"),
    "labels": ("growth", "Label", "pk"),
    "steps": ("growth", "ChecklistItem", "pk"),
    "objectives": ("growth", "Objective", "pk"),
    "key-results": ("growth", "KeyResult", "pk"),
    "shared": ("growth", "Share", "pk"),
    "comments": ("growth", "Comment", "pk"),
    "development-offers": ("growth", "DevelopmentOffer", "pk"),
}
# Places in the middle of an address that speak of something else than its first word does.
PLACES = {
    ("mentorship-days/offers", "pk"): ("mentoring", "Offer", "pk"),
    ("mentorship-days/plans", "pk"): ("mentoring", "PlanProposal", "pk"),
    ("mentorship-days/plans", "learner_id"): ("mentoring", "ProposedPerson", "learner_id"),
    ("people/<int:person_id>/away", "pk"): ("mentoring", "Absence", "pk"),
    ("people", "code"): ("careers", "Competency", "code"),
    ("units/<int:unit_id>/decisions", "unit_id"): ("growth", "Decision", "unit_id"),
    ("mandatory", "person_id"): ("people", "Person", "pk"),
    ("certificates/runs", "pk"): ("learning", "Offering", "pk"),
    ("pathways/definitions", "code"): ("careers", "Framework", "code"),
    ("openings", "person_id"): ("opportunities", "Interview", "person_id"),
    ("pool/expected", "expected_id"): ("opportunities", "ExpectedOpening", "pk"),
    ("pool/renew", "number"): ("credentials", "Certificate", "number"),
    ("cohorts/<int:cohort_id>/acts/<", "cohort_id"): ("programmes", "BulkAct", "cohort_id"),
    ("boards", "act_id"): ("growth", "BoardAct", "pk"),
    ("cohorts", "act_id"): ("programmes", "BulkAct", "pk"),
    ("bonuses/lists", "number"): ("recognition", "PayrollRun", "number"),
    ("bonuses/lists", "line_id"): ("recognition", "PayrollLine", "pk"),
    ("stories/begin", "holding_id"): ("people", "Holding", "pk"),
}
# What belongs to somebody alone is shown by what is theirs: nobody else sees it.
NAM, LINH, THUY = "nam@pixel.example", "linh@pixel.example", "thuy@pixel.example"
OWN: dict[str, dict[str, Any]] = {
    "Person": {"email": NAM},
    "Mentorship": {"mentee__email": LINH},
    "Meeting": {"mentorship__mentee__email": LINH},
    # Not the meetings of two, which the academy does not see.
    "Session": {"meeting": None},
    "Series": {"sessions__meeting": None},
    "Story": {"person__email": THUY},
    "Waiting": {"person__email": THUY},
}
HIS_OWN = {
    "Journey": "person",
    "Board": "owner",
    "BoardAct": "board__owner",
    "Column": "board__owner",
    "Label": "board__owner",
    "Card": "column__board__owner",
    "ChecklistItem": "card__column__board__owner",
    "Goal": "owner",
    "Objective": "goal__owner",
    "KeyResult": "objective__goal__owner",
}
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
# Not pages: machines ask, nothing is shown, or `moreover` makes what they need.
NOT_PAGES = re.compile(
    r"healthz|favicon|preferences/(language|theme)|invitations/|jobs/|files/|imports/.*<|results/<|\.(csv|xlsx|yaml|pdf|ics|json)$"
    r"|password/reset/key|confirm-email|2fa/webauthn/(<|login|reauth|keys)|2fa/(authenticate|recovery-codes)|login/code"
)


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


def _example(route: str, name: str) -> Any:
    start = next((key for key in PLACES if route.startswith(key[0]) and name == key[1]), None)
    first = route.split("/", 1)[0]
    app, model, field = PLACES[start] if start else THINGS.get(first, ("", "", ""))
    if not model:
        return None
    newest = apps.get_model(app, model)._base_manager.order_by("-pk")
    if model in HIS_OWN:
        newest = newest.filter(**{f"{HIS_OWN[model]}__email": NAM})
    newest = newest.filter(**OWN.get(model, {}))
    return newest.values_list(field, flat=True).first()


def pages() -> tuple[list[str], list[str]]:
    """The addresses, and the routes for which no example is known (tell `THINGS` of them)."""
    found, unknown = [], []
    _wait_and_tell()
    for route, _pattern in routes():
        if NOT_PAGES.search(route):
            continue
        address: str | None = route
        for name in PLACE.findall(route):
            value = _example(route, name)
            if value is None:
                unknown.append(route)
                address = None
                break
            address = PLACE.sub(str(value), address or "", count=1)
        if address is not None and "(?P" not in address:
            found.append("/" + address)
    return found, unknown


def _wait_and_tell() -> None:
    """Thuy tells how she was promoted, and waits for a place: what one may change oneself is a page of its own."""
    from trellis.domains.opportunities import actions
    from trellis.domains.people.models import Holding, Person
    from trellis.domains.programmes.models import Cohort, Waiting

    thuy = Person.objects.get_queryset().get(email=THUY)
    promoted = Holding.objects.filter(person=thuy, began=Holding.Began.PROMOTED).latest("began_on")
    told = actions.begin_story(holding=promoted, title="My way", words="I put myself in.", actor=thuy).story
    if told:
        actions.consent(story=told, actor=thuy)
    Waiting.objects.get_or_create(cohort=Cohort.objects.latest("starts_on"), person=thuy, ended_at=None)


PEOPLE = "Employee ID,Name,E-mail,Department,Position,Hire date\n"
GOOD_ROWS = "N-1,Lan Anh,lan.anh@pixel.example,Pixel House,Photo editor,2026-02-02\n"
BAD_ROWS = "N-2,,not an address,Pixel House,Photo editor,someday\nN-2,Bao,,Pixel House,Photo editor,2026-02-02\n"


def moreover(reader: Any) -> list[str]:
    """Pages of what somebody is in the middle of: long work, files on their way in, an invitation; and of refusals."""
    from trellis.domains.people.actions.invitations import hash_of
    from trellis.domains.people.models import Invitation, Person
    from trellis.kit import clock
    from trellis.kit.tasks.models import Job
    from trellis.surfaces.exchange.people_import import actions

    states = (Job.State.WAITING, Job.State.RUNNING, Job.State.DONE, Job.State.FAILED)
    jobs = [Job.objects.create(kind="people.invite_everybody", owner=reader, state=state) for state in states]
    found = [f"/jobs/{job.pk}/" for job in jobs]
    for rows in (GOOD_ROWS, BAD_ROWS):
        run = actions.bring(content=(PEOPLE + rows).encode(), file_name="people.csv", actor=reader)
        found.append(f"/imports/people/{run.pk}/columns/")
        actions.look(run=run)
        found.append(f"/imports/people/{run.pk}/preview/")
    done = actions.bring(content=(PEOPLE + GOOD_ROWS).encode(), file_name="people.csv", actor=reader)
    actions.look(run=done)
    assert actions.apply(run=done, actor=reader).done
    found.append(f"/imports/people/{done.pk}/")
    found += ["/imports/shifts/", *_files_of_shifts(reader)]
    invited = Person.objects.get_queryset().get(employee_id="N-1")
    expires = clock.now() + timedelta(days=1)
    Invitation.objects.create(person=invited, token_hash=hash_of("link"), sent_by=reader, expires_at=expires)
    found += [f"/offerings/{pk}/results/{person}/{part}/" for pk, person, part in _by_rubric()]
    return [*found, "/invitations/link/", "/invitations/over/", "/verify/AAAABBBBCCCC/", "/no/such/page/"]


def _files_of_shifts(reader: Any) -> list[str]:
    """A file of work shifts with a fault and a shift to open, and one that was applied."""
    from trellis.surfaces.exchange.shift_import import actions

    head, row = "Employee ID,Shift,Weekdays,From,To\n", f"{reader.employee_id},Nights,Sat-Sun,22:00,06:00\n"
    runs = [
        actions.bring(content=(head + rows).encode(), file_name="roster.csv", actor=reader)
        for rows in (f"{row}nobody,Nights,,,\n", row)
    ]
    assert not actions.apply(run=runs[1], actor=reader)
    found = [f"/imports/shifts/{run.pk}/" for run in runs]
    return [*found, f"{found[0]}?changes="]


def _by_rubric() -> list[tuple[int, int, str]]:
    """One run, person and part that is graded by a rubric."""
    from trellis.domains.learning.models import Attempt

    graded = Attempt.objects.exclude(points={}).filter(is_current=True)
    return list(graded.order_by("-pk").values_list("offering_id", "person_id", "part")[:1])
