"""Every page asks the database as often with much to show as with little, and not often.

Each address is opened by who sees most of it, in the academy of `academy.py` with one of everything, and again when it
has grown. A new address is measured by itself.
"""

from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.academy import address_of, furnish, settle, signed_in
from tests.architecture.deciding import grow_deciding
from tests.architecture.meetings import grow_meetings
from tests.architecture.own import grow_goals, grow_own, grow_trust
from tests.architecture.test_addresses import addresses, ours
from trellis.domains.careers.models import (
    Competency,
    CompetencyLevel,
    Evidence,
    Framework,
    Pathway,
    PathwayStep,
    ProfileItem,
)
from trellis.domains.credentials import actions as credentials
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course, Offering
from trellis.domains.mentoring.actions import mentors, proposing
from trellis.domains.mentoring.actions import offers as days_offered
from trellis.domains.mentoring.actions.willing import Offering as Mentoring
from trellis.domains.mentoring.actions.willing import be_willing
from trellis.domains.mentoring.models import Mentorship, ProposedDay, ProposedPerson
from trellis.domains.mentoring.rules import OfferedDays
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.people.models import Employment, Holding, Person, Position, RoleGrant, Unit
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.actions.drafts import new_draft
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.tests import story
from trellis.domains.programmes.tests.story import LATER, YAML, approve, carry_to_review, join
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.models import OnShift, Room, Series, Shift
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.surfaces.exchange.people_import.actions import bring
from trellis.surfaces.exchange.shift_import.actions import bring as bring_shifts

FEW, MANY = 3, 15
MOST = 12
# An employee, a teacher, the academy, an administrator: between them they see every page. Who leads has a team besides.
READERS = {"linh": "", "an": "", "mai": "", "quan": "", "thuy": "team/"}  # and below which address
# A gate that asks for a level too, so that nothing that a journey may depend on is left out.
DAYS = "- days_beside_holder: {days: 6, hours: 8}"
OR_A_LEVEL = "- any_of: [{days_beside_holder: {days: 6, hours: 8}}, {level: {competency: listening, level: 1}}]"
# More than MOST, each with its reason; none grows.
ALLOWED = {
    "me/everything.json": (120, "every table with something about a person is asked once; it is no page"),
    "boards/export.json": (16, "all boards and goals of one's own leave at once; it is no page"),
    "boards/export.md": (16, "the same"),
    "people/<int:person_id>/transcript.pdf": (17, "a paper is given its number the first time it is made"),
}

pytestmark = pytest.mark.django_db


def mentor_more(person: Person, holder: Person, who: SimpleNamespace, *, competency: Competency) -> None:
    """One more holder is a willing mentor, of Linh in former times too; one more person asks her and the holder."""
    for mentor in (holder, who.linh):
        be_willing(person=mentor, offering=Mentoring(1, ["vi"], [competency]))
        mentors.ask(mentee=person, mentor=mentor, topic=competency, message="Please")
    for state in ("ended", "in_force"):
        mentee, mentor = (who.linh, holder) if state == "ended" else (person, who.linh)
        ends = {"ended_on": clock.today(), "ended_at": clock.now(), "ending": "changed"} if state == "ended" else {}
        Mentorship.objects.filter(mentee=mentee, mentor=mentor, state="asked").delete()
        Mentorship.objects.create(mentee=mentee, mentor=mentor, state=state, began_on=clock.today(), **ends)


def offer_days_and_plan(learner: Person, holder: Person, company: Any, academy: Person, plan: int) -> None:
    """One more holder offers days, one more learner stands in a plan and in one of their own; Minh hosts one more day,
    offers more, and is away."""
    first = clock.today() + timedelta(days=60 + learner.pk)
    wish = OfferedDays(first, first + timedelta(days=6), range(5), time(8), time(17), 1)
    days_offered.offer_days(holder=holder, position=company.team_leader, wish=wish, actor=holder)
    for proposal in (plan, _own_plan(learner, company, wish, academy)):
        ProposedPerson.objects.get_or_create(
            proposal_id=proposal, learner=learner, defaults={"position": company.team_leader, "days": 6}
        )
        ProposedDay.objects.get_or_create(
            proposal_id=proposal, learner=learner, holder=holder, position=company.team_leader, on=wish.dates()[0]
        )
    for person in (holder, learner):
        days_offered.say_away(person=person, first=wish.last, last=wish.last, actor=person)


def _own_plan(learner: Person, company: Any, wish: OfferedDays, academy: Person) -> int:
    asked = proposing.ask_for_plan(
        name=learner.name,
        source="",
        wanted=[proposing.Wanted(learner.pk, company.team_leader.pk, 6)],
        first=wish.first,
        last=wish.last,
        per_week=None,
        actor=academy,
    )
    assert asked.proposal is not None
    return asked.proposal.pk


def grow(who: SimpleNamespace, company: Any, things: dict[str, Any], numbers: range) -> None:
    """One more for each number of everything a page may list."""
    cohort = Cohort.objects.get(pk=things["cohorts/"][0])
    people, holders = {}, {}
    for n in numbers:
        unit = Unit.objects.create(code=f"more-{n}", name=f"More {n}", parent=company.team)
        unit.path = f"{company.team.path}{unit.pk}/"
        unit.save()
        position = Position.objects.create(code=f"more-{n}", name=f"More {n}")
        person = Person.objects.create_user(email=f"more{n}@pixel.example", employee_id=f"M-{n}", name=f"More {n}")
        person.manager = who.thuy
        person.save()
        Employment.objects.create(person=person, began_on="2024-01-08")
        before = {"person": person, "position": position, "unit": unit, "began_on": "2023-01-08"}
        Holding.objects.create(**before, ended_on="2024-01-07", began="joined")
        Holding.objects.create(
            person=person, position=company.photo_editor, unit=company.team, began_on="2024-01-08", began="moved"
        )
        RoleGrant.objects.create(person=person, role="teacher", unit=company.team)
        people[n] = person
        holder = Person.objects.create_user(email=f"holder{n}@pixel.example", employee_id=f"H-{n}", name=f"Holder {n}")
        Employment.objects.create(person=holder, began_on="2024-01-08")
        Holding.objects.create(
            person=holder, position=company.team_leader, unit=company.team, began_on="2024-01-08", began="joined"
        )
        holders[n] = holder
    run = Offering.objects.get(pk=things["offerings/"][0])
    assessed, run.assessed = run.assessed, {}  # graded as a whole, as the story tells it
    run.save(update_fields=["assessed"])
    for n, person in people.items():
        journey = join(person, cohort)
        review = carry_to_review(journey, who.an, holders[n])
        if n % 3:  # a third waits for the review
            approve(review, who.mai)
        if n % 3 == 2:  # and a third for the ceremony
            with clock.moved(to=LATER):
                credentials.issue(journey=journey, actor=who.mai, on=clock.today())
    run.assessed = assessed
    run.save(update_fields=["assessed"])
    framework = Framework.objects.get(code="own")
    skill = Competency.objects.get(code="feedback")
    way = Pathway.objects.get(code="production")
    for n in numbers:
        competency = Competency.objects.create(framework=framework, code=f"more-{n}", name=f"More {n}")
        CompetencyLevel.objects.create(competency=competency, level=1, name="Shown")
        Framework.objects.create(code=f"more-{n}", name=f"More {n}")
        position = Position.objects.get(code=f"more-{n}")
        for asks in (position, company.team_leader):
            ProfileItem.objects.create(position=asks, competency=competency, level=1)
        ProfileItem.objects.create(position=position, competency=skill, level=1)
        PathwayStep.objects.create(pathway=way, position=position, rank=n + 50)
        PathwayStep.objects.create(
            pathway=Pathway.objects.create(framework=framework, code=f"more-{n}", name=f"More {n}"),
            position=company.team_leader,
            rank=1,
        )
        for about in (competency, skill):
            Evidence.objects.create(
                person=who.linh,
                competency=about,
                level=1,
                source="assessed",
                shown_on="2026-01-05",
                recorded_by=who.mai,
            )
        grow_sessions(who, things, n, people[n], holders[n])
        more = Course.objects.create(code=f"more-{n}", name=f"More {n}", kind="soft", pass_mark=70)
        learning.ask_credit(person=who.linh, course=more, told="Learned before", learned_on=clock.today())
        learning.ask_credit(person=people[n], course=more, told="Learned before", learned_on=clock.today())
        Offering.objects.create(
            course=Course.objects.get(code="leadership"),
            series=Series.objects.create(name=f"More {n}", kind="classes"),
            name=f"More {n}",
            starts_on="2026-03-02",
            ends_on="2026-06-02",
            places=5,
            pass_mark=70,
        )
        with clock.moved(to=LATER):
            opening = opportunities.open_post(
                position=company.team_leader, unit=company.team, closes_on=clock.today(), actor=who.hoa
            )
            for opening_id in (opening.pk, things["openings/"][0]):
                opportunities.put_forward(opening=type(opening).objects.get(pk=opening_id), person=people[n])
            opportunities.invite(
                opening=type(opening).objects.get(pk=things["openings/"][0]), person=people[n], reason="soon",
                at=clock.at_time(clock.today(), 20), actor=who.hoa,
            )  # fmt: skip
            opportunities.expect_opening(
                position=position, count=1, by=clock.today(), why="plan", note=f"{n}", actor=who.hoa
            )
            step = Holding.objects.get(person=people[n], ended_on=None)
            step.began = Holding.Began.PROMOTED
            step.save()
            told = opportunities.begin_story(holding=step, title=f"{n}", words="x", actor=people[n]).story
            assert told is not None
            opportunities.consent(story=told, actor=people[n])
            for hosts in ([who.an], [who.mai]):
                sessions.schedule(
                    series=Series.objects.get(pk=things["series/"][0]),
                    title=f"More {n}",
                    starts_at=clock.at_time(clock.today(), 14),
                    ends_at=clock.at_time(clock.today(), 16),
                    hosts=hosts,
                    actor=who.mai,
                )
        grow_own(who, things, n)
        grow_trust(who, things, n, people[n])
        grow_goals(who, things, n)
        grow_deciding(who, company, things, n, people[n])
        mentor_more(people[n], holders[n], who, competency=skill)
        grow_meetings(who, things, n)
        offer_days_and_plan(people[n], holders[n], company, who.mai, things["mentorship-days/plans/<"][0])
        programmes.load_definition(text_or_dict=YAML.replace("code: next-step", f"code: more-{n}"), actor=who.mai)
        programmes.open_cohort(
            version=cohort.version,
            name=f"More {n}",
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            join_until=cohort.join_until,
            places=9,
            offerings=[],
            actor=who.mai,
        )
        programmes.act_on_many(
            cohort=cohort, wish=programmes.Wish("message", words="Hello"),
            journey_ids=[*cohort.journeys.values_list("pk", flat=True)], batch=f"{n}", actor=who.mai,
        )  # fmt: skip
        bring(content=b"Employee ID,Name\nE-1,Lan\n", file_name=f"{n}.csv", actor=who.hoa)
        bring_shifts(content=b"Employee ID,Shift\nE-1,Early\n", file_name=f"{n}.csv", actor=who.hoa)
        new_draft(name=f"More {n}", actor=who.mai)
    deliver()


def grow_sessions(who: SimpleNamespace, things: dict[str, Any], n: int, person: Person, holder: Person) -> None:
    """One more room, shift and open talk, and somebody who waits for a place."""
    more_room = Room.objects.create(name=f"More {n}", site="Hanoi", capacity=12)
    shift = Shift.objects.create(name=f"More {n}", weekdays="1", from_time="06:00", to_time="14:00")
    OnShift.objects.create(shift_id=things["shifts/"][0], person=person, began_on="2026-01-05")
    OnShift.objects.create(shift=shift, person=holder, began_on="2026-01-05")
    with clock.moved(to=LATER):
        for hour, room in ((9, more_room), (11, Room.objects.get(pk=things["rooms/"][0]))):
            talk = sessions.schedule(
                series=Series.objects.create(name=f"Talk {n}", kind="event"),
                title="",
                starts_at=clock.at_time(clock.today() + timedelta(days=1), hour),
                ends_at=clock.at_time(clock.today() + timedelta(days=1), hour + 1),
                hosts=[who.an],
                room=room,
                places=1,
                actor=who.mai,
            )
            sessions.book(session=talk, person=person, actor=person)
            sessions.book(session=talk, person=who.linh, actor=who.linh)


def measured(who: SimpleNamespace, things: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Statements by route and reader, of those pages that the reader sees."""
    found = {}
    with clock.moved(to=LATER):
        for name, below in READERS.items():
            client = signed_in(getattr(who, name))
            for route, pattern in addresses():
                if not route.startswith(below):
                    continue
                if not ours(pattern) or "invitations" in route or route.startswith("calendar/"):  # no session needed
                    continue
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(address_of(route, things))
                if answer.status_code == 200:
                    found[route, name] = len(asked)
    return found


def test_no_page_asks_more_when_there_is_more(hire, company, tmp_path, settings, monkeypatch, bare_refusals):
    settings.DATA = tmp_path
    listening = Competency.objects.create(
        framework=Framework.objects.create(code="first", name="First"), code="listening", name="Listening"
    )
    CompetencyLevel.objects.create(competency=listening, level=1, name="Shown")
    monkeypatch.setattr(story, "YAML", YAML.replace(DAYS, OR_A_LEVEL))
    who = settle(hire, company)
    things = furnish(who, company)
    grow(who, company, things, range(FEW))
    with_few = measured(who, things)
    grow(who, company, things, range(FEW, MANY))
    with_many = measured(who, things)
    assert len(with_many) > 150, "hardly anything was measured"
    wrong = []
    for (route, name), n in with_many.items():
        if n > with_few.get((route, name), 0):
            wrong.append(f"/{route} for {name}: {n}, and {with_few.get((route, name))} with less to show")
        if n > ALLOWED.get(route, (MOST, ""))[0]:
            wrong.append(f"/{route} for {name}: {n}, more than {ALLOWED.get(route, (MOST, ''))[0]}")
    assert not wrong, "\n" + "\n".join(wrong)
