"""One of everything, most of it about Linh, and one person for each way of standing to her."""

import re
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from django.test import Client

from tests.architecture.deciding import furnish_deciding
from tests.architecture.own import furnish_own
from trellis.domains.careers.models import Competency, CompetencyLevel, Framework, Pathway, ProfileItem
from trellis.domains.credentials import actions as credentials
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course
from trellis.domains.mentoring.actions import offers as days
from trellis.domains.mentoring.actions import proposing
from trellis.domains.mentoring.models import Absence, MentorshipDay, Offer, PlanProposal
from trellis.domains.mentoring.rules import OfferedDays
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.people.models import Holding, Person, RoleGrant, Unit
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.actions.drafts import open_draft
from trellis.domains.programmes.models import TimeChange, Waiting
from trellis.domains.programmes.tests.story import LATER, approve, carry_to_review, join, load, open_cohort
from trellis.domains.recognition import actions as recognition
from trellis.domains.recognition.queries import bonuses
from trellis.domains.sessions.models import Room, Session, Shift
from trellis.kit import clock
from trellis.kit.files.keep import keep
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice
from trellis.kit.tasks.models import Job
from trellis.surfaces.exchange.calendars.feeds import open_feed, token_of
from trellis.surfaces.exchange.people_import.actions import bring
from trellis.surfaces.exchange.shift_import.actions import bring as bring_shifts

PLACE = re.compile(r"<(?:\w+:)?\w+>")
BACKEND = "trellis.domains.people.signing_in.Backend"


def settle(hire: Any, company: Any) -> SimpleNamespace:
    """The people, each with a word on who they are to Linh. Team 2 is beside her Team 1, no part of it."""
    beside = Unit.objects.create(code="team-2", name="Team 2", parent=company.whole)
    beside.path = f"{company.whole.path}{beside.pk}/"
    beside.save()

    def acting(name: str, role: str, unit: Unit | None) -> Person:
        person: Person = hire(name, unit=company.whole)
        RoleGrant.objects.create(person=person, role=role, unit=unit, began_on="2024-01-08")
        return person

    who = SimpleNamespace(
        linh=hire("Linh Nguyen"),  # herself
        dung=hire("Dung Ho", unit=beside),  # a colleague of Team 2
        thuy=hire("Thuy Le", position=company.team_leader),  # heads her team
        khoa=hire("Khoa Ly", unit=beside),  # heads Team 2
        an=hire("An Phan", unit=company.whole, roles=["teacher"]),  # teaches the course she takes
        bao=hire("Bao Truong", unit=company.whole, roles=["teacher"]),  # teaches, but not her
        minh=hire(
            "Minh Tran", position=company.team_leader, unit=beside
        ),  # holds the position she steps to; she spent her days beside him
        mai=acting("Mai Pham", "academy", None),  # academy
        yen=acting("Yen Dinh", "academy", beside),  # academy, for Team 2
        hoa=acting("Hoa Vo", "hr", None),  # HR
        bich=acting("Bich Dang", "hr", beside),  # HR, for Team 2
        tuan=acting("Tuan Do", "leader", None),  # leader
        quan=acting("Quan Bui", "administrator", None),  # administrator
        son=acting("Son Cao", "administrator", beside),  # administrator, for Team 2
    )
    company.team.head, beside.head = who.thuy, who.khoa
    company.team.save()
    beside.save()
    return who


def furnish(who: SimpleNamespace, company: Any) -> dict[str, Any]:
    """What stands in the places of the addresses, by the first words of the route."""
    journey = join(who.linh, open_cohort(load(who.mai), who.mai, who.an))
    review = carry_to_review(journey, who.an, who.minh)
    approve(review, who.mai)
    with clock.moved(to=LATER):
        certificate = credentials.issue(journey=journey, actor=who.mai, on=clock.today()).certificate
        assert certificate is not None
        evening = clock.at_time(clock.today(), 18)
        ceremony = credentials.plan_ceremony(
            starts_at=evening, ends_at=evening + timedelta(hours=2), place="Hall", journeys=[journey], actor=who.mai
        ).ceremony
        assert ceremony is not None
        deliver()
        opening = opportunities.open_post(
            position=company.team_leader, unit=company.team, closes_on=clock.today(), actor=who.hoa
        )
        opportunities.put_forward(opening=opening, person=who.dung)
        opportunities.invite(
            opening=opening, person=who.dung, at=clock.at_time(clock.today(), 20), reason="Away soon", actor=who.hoa
        )
        opportunities.invite(
            opening=opening, person=who.linh, at=clock.at_time(clock.today(), 20), place="Room 1", actor=who.hoa
        )
        expected = opportunities.expect_opening(
            position=company.team_leader, count=1, by=clock.today(), why="growth", actor=who.hoa
        )
        step = Holding.objects.create(
            person=who.linh, position=company.photo_editor, unit=company.team, began_on="2023-01-09",
            ended_on="2024-01-07", began="promoted",
        )  # fmt: skip
        story = opportunities.begin_story(holding=step, title="My way", words="I put myself in.", actor=who.linh).story
        assert story is not None
    framework = Framework.objects.create(code="own", name="Ours")
    skill = Competency.objects.create(framework=framework, code="feedback", name="Giving feedback")
    CompetencyLevel.objects.create(competency=skill, level=1, name="Shown")
    ProfileItem.objects.create(position=company.team_leader, competency=skill, level=1)
    Pathway.objects.create(framework=framework, code="production", name="Production")
    offering = journey.cohort.offerings.get()
    session = Session.objects.filter(series=offering.series).first()
    bonus = bonuses().first()
    assert session is not None
    assert bonus is not None
    payroll = recognition.make_list(actor=who.hoa).run
    assert payroll is not None
    by_rubric = {"code": "order", "name": "Order", "levels": [{"points": n, "text": str(n)} for n in (0, 4)]}
    talks = Course.objects.create(
        code="talks", name="Talks", kind="soft",
        assessed={"assessments": [{"code": "talk", "name": "Talk", "kind": "oral", "rubric": [by_rubric]}]},
    )  # fmt: skip
    graded = learning.open_offering(
        course=talks, name="Talks", starts_on=clock.today(), ends_on=clock.today(), places=9, teachers=[who.an],
        actor=who.mai,
    )  # fmt: skip
    learning.enrol(offering=graded, person_ids=[who.linh.pk], way_in="staff", actor=who.mai)
    earlier = learning.ask_credit(
        person=who.linh, course=offering.course, told="A course elsewhere", learned_on=clock.today()
    ).credit
    assert earlier is not None
    offer, proposal, absence = plan_days(who, company)
    content = b"Employee ID,Name\nE-1,Lan\n"
    notice = Notice.objects.filter(person=who.linh).first()
    assert notice is not None
    pause = TimeChange.objects.create(
        journey=journey, person=who.linh, kind="pause", from_on=LATER, until_on=LATER, days=1, asked_by=who.linh
    )
    waiting = Waiting.objects.create(cohort=journey.cohort, person=who.dung, position=company.team_leader)
    told = programmes.act_on_many(
        cohort=journey.cohort, wish=programmes.Wish("message", words="Hello"), journey_ids=[journey.pk],
        batch="hello", actor=who.mai,
    )  # fmt: skip
    return {
        **furnish_own(who, company),
        **furnish_deciding(who, company, skill),
        "calendar/": (token_of(open_feed(person=who.linh)),),
        "time-changes/": (pause.pk,),
        "waiting/": (waiting.pk,),
        "people/<int:person_id>/skills/<slug:code>": (who.linh.pk, skill.code),
        "pathways/definitions/<slug:code>": (framework.code,),
        "people/<int:person_id>/away/<int:pk>/": (who.linh.pk, absence.pk),
        "people/": (who.linh.pk,),
        "role-grants/": (RoleGrant.objects.create(person=who.linh, role="mentor", unit=company.team).pk,),
        "pathways/": ("production",),
        "positions/": (company.team_leader.code,),
        "competencies/": (skill.code,),
        "skills/": (skill.code,),
        "sessions/": (session.pk,),
        "rooms/": (Room.objects.create(name="Lotus", site="Hanoi", capacity=12).pk,),
        "shifts/": (Shift.objects.create(name="Early", weekdays="12345", from_time="06:00", to_time="14:00").pk,),
        "series/": (session.series_id,),
        "courses/": ("leadership",),
        "offerings/<int:pk>/results/<int:person>/": (graded.pk, who.linh.pk, "talk"),
        "offerings/": (offering.pk, who.linh.pk),
        "credits/": (earlier.pk,),
        "mentorship-days/offers/<": (offer.pk,),
        "mentorship-days/plans/<": (proposal.pk, who.linh.pk),
        "mentorship-days/": (MentorshipDay.objects.filter(learner=who.linh)[0].pk,),
        "programmes/": ("next-step",),
        "drafts/": (open_draft(version=journey.version, actor=who.mai).pk,),
        "journeys/": (journey.pk,),
        "reviews/": (review.pk,),
        "cohorts/": (journey.cohort_id, told.pk),
        "certificates/issue/": (journey.pk,),
        "certificates/course/": ("leadership",),
        "certificates/runs/": (offering.pk,),
        "certificates/": (certificate.number,),
        "ceremonies/": (ceremony.pk,),
        "verify/": (certificate.number,),
        "openings/": (opening.pk, who.linh.pk),
        "pool/positions/": (company.team_leader.code,),
        "pool/renew/": (certificate.number,),
        "pool/expected/": (expected.pk,),
        "stories/begin/": (story.holding_id,),
        "stories/": (story.pk,),
        "notices/": (notice.pk,),
        "bonuses/lists/": (payroll.number, payroll.lines.get().pk),
        "bonuses/": (bonus.pk,),
        "jobs/": (Job.objects.create(kind="people.invite_everybody", owner=who.linh).pk,),
        "files/": (keep(content=content, name="mine.csv", owner=who.linh).token,),
        "imports/people/": (bring(content=content, file_name="new.csv", actor=who.hoa).pk,),
        "imports/shifts/": (
            bring_shifts(content=b"Employee ID,Shift\nE-1,Early\n", file_name="s.csv", actor=who.hoa).pk,
        ),
    }


def plan_days(who: SimpleNamespace, company: Any) -> tuple[Offer, PlanProposal, Absence]:
    """Minh offers days, a plan of one day for Linh is found, and she is away later on."""
    first = clock.today() + timedelta(days=60)
    wish = OfferedDays(first, first + timedelta(days=20), range(5), time(8), time(17), 1)
    days.offer_days(holder=who.minh, position=company.team_leader, wish=wish, actor=who.minh)
    asked = proposing.ask_for_plan(
        name="Spring",
        source="cohort:1",
        wanted=[proposing.Wanted(who.linh.pk, company.team_leader.pk, 1)],
        first=wish.first,
        last=wish.last,
        per_week=None,
        actor=who.mai,
    )
    assert asked.proposal is not None
    last = clock.today() + timedelta(days=100)
    days.say_away(person=who.linh, first=last, last=last, actor=who.linh)
    proposal = proposing.find_plan(asked.proposal.pk)
    return Offer.objects.get(), proposal, Absence.objects.get(person=who.linh)


def address_of(route: str, things: dict[str, Any]) -> str:
    """The route with the things of `furnish` in its places."""
    address = "/" + route
    for value in next((things[start] for start in things if route.startswith(start)), ()):
        address = PLACE.sub(str(value), address, count=1)
    assert "<" not in address, f"furnish() knows no example for {route}"
    return address


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=BACKEND)
    return client
