"""Who took part in which cohort, and what posts were opened: the last year of the academy."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from trellis.domains.credentials import actions as credentials
from trellis.domains.credentials.models import Certificate
from trellis.domains.people.actions import history
from trellis.domains.people.models import Holding, Person, Position, Unit
from trellis.domains.programmes.models import ProgrammeVersion
from trellis.domains.sessions import actions as sessions
from trellis.kit import clock
from trellis.project.demo.cast import DA_NANG_TEAM, MORNING, TEAM_1
from trellis.project.demo.cohorts import Learner, Run, Staff
from trellis.project.demo.crowd import let_many_join
from trellis.project.demo.first_in_line import plan_graduation, stand_in_line
from trellis.project.demo.posts import open_posts
from trellis.project.demo.results import look_back
from trellis.project.demo.story import Story, hear, monday

# To which positions the members of a cohort step, in turn.
AIMS = (
    "team-leader", "quality-controller", "team-leader", "technical-trainer", "team-leader", "account-assistant",
    "quality-controller", "team-leader",
)  # fmt: skip


def live_through(
    *, version: ProgrammeVersion, cast: dict[str, Person], until: date, size: int, say: Callable[[str], None]
) -> None:
    """Tell the last year: one cohort that is through, one near its end, one half-way, one that can be joined."""
    story = Story(until)
    staff = Staff(cast["mai"], cast["lan"], cast["an"], cast["huong"], holders(cast, until))
    editors = _editors(cast, until)
    first = _through(editors, cast)
    near = _near_the_end(editors)
    half_way = _half_way(editors, cast)
    coming = [Learner(next(editors), aim, joins=22 - n) for n, aim in enumerate(AIMS[:4])]
    start = monday(until)
    runs = [
        Run(story, version, staff, "Next Step 5", start - timedelta(weeks=50), first),
        Run(story, version, staff, "Next Step 6", start - timedelta(weeks=24), near),
        Run(story, version, staff, "Next Step 7", start - timedelta(weeks=10), half_way),
        Run(story, version, staff, "Next Step 8", start + timedelta(weeks=2), coming, tracks=ALL_AIMS),
    ]
    _ceremony(story, runs[0], staff)
    _aftermath(story, runs[0], cast)
    open_posts(story, cast, first, half_way)
    stand_in_line(story, cast)
    story.tell()
    with clock.moved(to=clock.at_time(until - timedelta(days=1), 20)):
        look_back(cast, runs[0].offerings, [learner.person for learner in half_way[2:5]])
        _graduation_ahead(runs[1], staff)
        hear()
    say(f"{sum(len(run.journeys) for run in runs)} journeys in {len(runs)} cohorts")
    if many := let_many_join(version=version, staff=staff, until=until, size=size):
        say(f"{many:,} more journeys, in bulk")


ALL_AIMS = ("team-leader", "shift-manager", "quality-controller", "qa-lead", "account-assistant", "technical-trainer")


def holders(cast: dict[str, Person], until: date) -> dict[str, list[Person]]:
    """Position -> who has held it for more than a year, Minh first."""
    found: dict[str, list[Person]] = {}
    long = Holding.objects.filter(ended_on=None, began_on__lt=until - timedelta(days=380))
    for holding in long.select_related("person", "position").order_by("began_on", "person_id"):
        found.setdefault(holding.position.code, []).append(holding.person)
    found["team-leader"].sort(key=lambda person: person.pk != cast["minh"].pk)
    return {code: people[:8] for code, people in found.items()}


def _editors(cast: dict[str, Person], until: date) -> Iterator[Person]:
    """Photo editors of more than 15 months, none of the cast, some of Linh's team among the first."""
    there = Holding.objects.filter(
        ended_on=None, position__code="photo-editor", person__employments__began_on__lt=until - timedelta(days=460),
        person__employments__ended_on=None,
    ).exclude(person__in=[person.pk for person in cast.values()])  # fmt: skip
    people = [holding.person for holding in there.select_related("person", "unit").order_by("person__employee_id")]
    team = [h.person for h in there.filter(unit__name=TEAM_1.rsplit("/", 1)[-1]).select_related("person")]
    mates = sorted(team, key=lambda person: person.employee_id)[:3]
    rest = [person for person in people if person not in mates]
    chosen = rest[:: max(1, len(rest) // 60)]
    return iter([*chosen[:16], *mates, *chosen[16:]])


def _through(editors: Iterator[Person], cast: dict[str, Person]) -> list[Learner]:
    learners = [Learner(cast["ha"], "team-leader", joins=19)]
    learners += [Learner(next(editors), aim, joins=18 - n % 8) for n, aim in enumerate(AIMS + AIMS[:4])]
    learners[2].missed = {"writing-at-work": (1, "excused", 6)}
    learners[4].missed = {"leadership": (2, "absent", 8)}
    learners[9].leaves_week = 7
    learners[11].scores = {"english-at-work": 58}
    learners[11].day_minutes = ()
    return learners


def _near_the_end(editors: Iterator[Person]) -> list[Learner]:
    learners = [Learner(next(editors), aim, joins=15 - n % 8, certified=False) for n, aim in enumerate(AIMS + AIMS[:3])]
    for learner in learners[:3]:
        learner.review = "waiting"
    learners[3].review = "returned"
    learners[5].day_minutes = (480, 480, 450, 480, 480, 480)
    learners[6].day_minutes = (480, 480, 480, 480, 0, 0)
    learners[7].scores = {"giving-feedback": 61, "quality-standards": 61}
    learners[7].again = {"giving-feedback": None}
    learners[7].day_minutes = ()
    learners[10].scores = {"speaking-before-people": 55}
    learners[10].again = {"speaking-before-people": 86}
    learners[8].leaves_week = 12
    learners[9].missed = {"time-and-priorities": (1, "excused", 7)}
    learners[10].unsigned = (4, 5)
    return learners


def _half_way(editors: Iterator[Person], cast: dict[str, Person]) -> list[Learner]:
    learners = [
        Learner(cast["nam"], "team-leader", joins=17),
        Learner(cast["binh"], "team-leader", joins=16),
        *(Learner(next(editors), aim, joins=15 - n % 8) for n, aim in enumerate(AIMS + AIMS[:4])),
    ]
    learners[0].missed = {"english-at-work": (5, "absent", 14)}
    learners[1].missed = {"english-at-work": (4, "absent", None)}
    learners[3].missed = {"english-at-work": (3, "excused", 30)}
    learners[5].missed = {"english-at-work": (2, "excused", 6)}
    learners[8].leaves_week = 4
    return learners


def _ceremony(story: Story, run: Run, staff: Staff) -> None:
    """The graduation of the cohort that is through, with its register."""
    day = run.weeks(25.6)

    def hold() -> None:
        series = sessions.open_series(
            name="Graduation", names={"zh-hans": "结业典礼"}, kind="event", actor=staff.academy
        )
        start = clock.at_time(day, 16)
        sessions.take_in(series=series, person_ids=list(run.journeys), actor=staff.academy)
        session = sessions.schedule(
            series=series, title="", starts_at=start, ends_at=start + timedelta(hours=2), hosts=[staff.academy],
            place="Great hall, Hanoi", actor=staff.academy,
        )  # fmt: skip
        story.at(day, 18, lambda: sessions.mark_rest_present(session=session, actor=staff.academy))

    story.at(day - timedelta(days=14), 10, hold)


def _graduation_ahead(run: Run, staff: Staff) -> None:
    cohort = next(iter(run.journeys.values())).cohort_id
    if cohort:
        plan_graduation(staff.academy, cohort, run.story.until)


def _aftermath(story: Story, run: Run, cast: dict[str, Person]) -> None:
    """What came of the certificates: two of their holders promoted, one certificate withdrawn."""
    shift = Unit.objects.filter(parent__parent__name="Hanoi", name=MORNING.rsplit("/", 1)[-1])
    team = Unit.objects.get(parent__in=shift, name="Hanoi team 3")
    da_nang = Unit.objects.get(name=DA_NANG_TEAM.rsplit("/", 1)[-1])
    leader = Position.objects.get(code="team-leader")

    def promote(place: int, unit: Unit) -> None:
        certified = Certificate.objects.filter(journey__in=run.journeys.values(), position=leader, withdrawn_at=None)
        chosen = certified.exclude(person=cast["ha"]).select_related("person").order_by("pk")[place].person
        history.promote(
            person=chosen, position=leader, unit=unit, on=clock.today(), actor=cast["hoa"], reason="Next Step"
        )

    def withdraw() -> None:
        certificates = Certificate.objects.filter(journey__in=run.journeys.values(), withdrawn_at=None)
        certificate = certificates.exclude(position=leader).order_by("pk").last()
        if certificate:
            reason = "Issued with another person's results by mistake; a new review has been asked for."
            credentials.withdraw(certificate=certificate, actor=cast["mai"], reason=reason)

    story.at(run.weeks(31), 9, lambda: promote(0, team))
    story.at(run.weeks(37), 9, lambda: promote(0, da_nang))
    story.at(run.weeks(29), 9, withdraw)
