"""From the certificate to the post: a graduation ahead, the list for payroll, interviews, a choice, stories, plans."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F

from trellis.domains.credentials import actions as credentials
from trellis.domains.credentials.queries import waiting_for_issue
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.opportunities import queries
from trellis.domains.opportunities.models import Opening
from trellis.domains.people.models import Holding, Person, Position
from trellis.domains.recognition import actions as recognition
from trellis.domains.recognition.queries import unlisted
from trellis.kit import clock
from trellis.project.demo.story import Story, workday

PLACE = "Great hall, Hanoi"
# What two who were promoted say of it: title and words.
STORIES = (
    (
        "I wanted to know whether I could",
        "For years I retouched portraits, and I liked being left alone with them. Then our team leader fell "
        "ill, and for two weeks everybody came to me with their questions.\n\n"
        "I put myself into Next Step to find out whether that had been luck. Public speaking was the worst: I "
        "read my first talk from a sheet. What helped was the six days beside somebody who does it: I saw "
        "that she did not know everything either, she asked.\n\n"
        "Now I spend half of my day with people and half with pictures. I would tell anybody to try: you can "
        "leave without a stain, and what you have learnt stays yours.",
    ),
    (
        "Six days beside somebody who does it",
        "I had been sure that a team leader mostly checks pictures. On the first of my six days the holder "
        "did not open a single one, but spoke with every one of us for ten minutes.\n\n"
        "The courses gave me words, the days gave me a picture of the work. When somebody spends their six "
        "days beside me, I will show them the boring parts as well.",
    ),
)


def plan_graduation(by: Person, cohort_id: int, until: date) -> None:
    """Those of the cohort who are approved are invited to the ceremony that comes."""
    at = clock.at_time(workday(until + timedelta(days=9)), 16)
    due = list(waiting_for_issue().filter(cohort=cohort_id))
    credentials.plan_ceremony(starts_at=at, ends_at=at + timedelta(hours=2), place=PLACE, journeys=due, actor=by)


def stand_in_line(story: Story, cast: dict[str, Person]) -> None:
    """What HR and the academy do with certificates and posts in the months after a graduation."""
    until, hoa = story.until, cast["hoa"]

    def list_bonuses() -> None:
        """All but two, which wait for the next list."""
        people = [row.credit.person_id for row in unlisted()]
        made = recognition.make_list(actor=hoa, of=[pk for pk in people[:-2] if pk])
        if made.run:
            recognition.mark_paid(run=made.run, actor=hoa)

    def set_terms() -> None:
        for code, months in (("team-leader", 18), ("quality-controller", 12), ("account-assistant", 7)):
            opportunities.set_term(position=Position.objects.get(code=code), months=months, actor=cast["mai"])

    def expect() -> None:
        for code, count, days, why, note in (
            ("team-leader", 2, 75, "growth", "Two more teams on the evening shift in Da Nang"),
            ("quality-controller", 1, 40, "known_leaver", ""),
            ("technical-trainer", 1, 160, "plan", "Training room in Qingdao"),
            ("shift-manager", 1, 300, "growth", "Night shift, if the client signs"),
        ):
            opportunities.expect_opening(
                position=Position.objects.get(code=code),
                count=count,
                by=until + timedelta(days=days),
                why=why,
                note=note,
                actor=hoa,
            )

    story.at(workday(until - timedelta(days=100)), 10, list_bonuses)
    story.at(workday(until - timedelta(days=60)), 11, set_terms)
    story.at(workday(until - timedelta(days=20)), 15, expect)
    story.at(workday(until - timedelta(days=3)), 9, lambda: _invite(hoa, until))
    story.at(workday(until - timedelta(days=30)), 12, _tell)


def fill(opening: Opening, by: Person, reason: str) -> None:
    """Interview those of the list, and choose the one who put themselves forward last: who stood before is passed
    over, for a reason."""
    at = clock.now()
    rows = [row for row in queries.ranked_list(opening, clock.today()) if row.person.pk != by.pk]
    forward = [row for row in rows if row.place.candidate.put_forward_at]
    if not forward:
        return
    chosen = forward[-1].person
    for hour, row in enumerate(rows[: rows.index(forward[-1]) + 1]):
        opportunities.invite(
            opening=opening, person=row.person, at=at + timedelta(minutes=30 * (hour + 1)), place="Room 3", actor=by
        )
    over = queries.filling_of(opening, clock.today()).passed_over_by(chosen.pk)
    with clock.moved(to=at + timedelta(hours=8)):
        for interview in opening.interviews.all():
            is_chosen = interview.person_id == chosen.pk
            opportunities.note_outcome(
                interview=interview,
                outcome="suitable" if is_chosen or interview.person_id not in over else "not_now",
                note="" if is_chosen else reason,
                actor=by,
            )
        opportunities.choose(
            opening=opening,
            person=chosen,
            on=workday(clock.today() + timedelta(days=14)),
            reasons=dict.fromkeys(over, reason),
            actor=by,
        )


def _invite(by: Person, until: date) -> None:
    """The first of the open post have been spoken with, the next are invited."""
    opening = Opening.objects.filter(position__code="team-leader", closed_at=None).latest("opened_on")
    rows: Sequence[queries.Listed] = queries.ranked_list(opening, clock.today())
    soon = clock.at_time(workday(until + timedelta(days=1)), 9)
    for number, row in enumerate(rows[:3]):
        at = clock.now() + timedelta(hours=number + 1) if number < 1 else soon + timedelta(hours=number)
        opportunities.invite(opening=opening, person=row.person, at=at, place="Room 3", actor=by)
    with clock.moved(to=clock.now() + timedelta(hours=3)):
        for interview in opening.interviews.filter(at__lt=clock.now()):
            opportunities.note_outcome(
                interview=interview, outcome="suitable", note="Knows what a bad week looks like.", actor=by
            )


def _tell() -> None:
    """Two who went through the programme and were promoted tell of it."""
    certified = Holding.objects.filter(
        began=Holding.Began.PROMOTED,
        person__certificates__position=F("position"),
        person__certificates__issued_on__lte=F("began_on"),
        began_on__lte=clock.today(),
        person__is_active=True,
    )
    for promotion, (title, words) in zip(certified.distinct().order_by("began_on", "id"), STORIES, strict=False):
        begun = opportunities.begin_story(holding=promotion, title=title, words=words, actor=promotion.person)
        if begun.story:
            opportunities.consent(story=begun.story, actor=promotion.person)
