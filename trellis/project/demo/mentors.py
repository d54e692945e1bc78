"""Mentors: some thirty who are willing, whom they accompany, who waits, and how Linh came from Thúy to Hương."""

from datetime import date, timedelta
from itertools import cycle
from typing import Any

from trellis.domains.careers.models import Competency, PathwayStep
from trellis.domains.mentoring.actions.mentors import accept, ask, begin_with_leader, decline
from trellis.domains.mentoring.actions.willing import Offering, be_willing, pause
from trellis.domains.people.models import Holding, Person
from trellis.kit import clock
from trellis.project.demo.meetings import talk_with_the_leader
from trellis.project.demo.story import workday

MANY = 30
TOPICS = (
    ("feedback", "leading"),
    ("english", "client-understanding"),
    ("planning", "production-planning", "setting-goals"),
    ("quality-judgement", "root-causes"),
    ("coaching", "motivating", "working-with-others"),
    ("retouching", "colour"),
    ("public-speaking", "written-communication"),
    ("data-analysis", "figures"),
)
LANGUAGES = (("vi", "en"), ("vi",), ("vi", "en"), ("vi", "en", "ja"), ("vi",), ("en", "zh", "vi"))
OWN_WORDS = ("", "the first weeks as a team leader", "", "saying no without losing a friend", "", "")
ABOUT = (
    "I like to listen first. Half an hour every two weeks works well for me.",
    "Came as a photo editor ten years ago and was helped a lot; glad to give some of it back.",
    "",
)
MESSAGES = (
    "I would like to become a team leader in two years and do not know where to begin.",
    "You led my first week here; I learned more in it than in the month after.",
    "",
    "A colleague told me how much your questions helped. May I have an hour a month?",
)


def find_mentors(cast: dict[str, Person], until: date) -> None:
    """The willing of the last half year, their mentees, and the questions that wait today."""
    competencies = {one.code: one for one in Competency.objects.order_by()}

    def offer(person: Person, topics: tuple[str, ...], places: int, **more: str) -> None:
        asked = [competencies[code] for code in topics if code in competencies]
        languages = ("vi", "en") if person in cast.values() else more.pop("languages", "vi").split(",")
        be_willing(person=person, offering=Offering(places, languages, asked, **more))

    with clock.moved(to=clock.at_time(workday(until - timedelta(days=240)), 10)):
        begin_with_leader(mentee=cast["linh"], actor=cast["linh"])
        talk_with_the_leader(cast)
    with clock.moved(to=clock.at_time(workday(until - timedelta(days=100)), 10)):
        offer(cast["huong"], ("feedback", "leading", "public-speaking"), 3, about=ABOUT[0])
        offer(cast["minh"], ("feedback", "leading", "planning"), 2, helps_with=OWN_WORDS[1], about=ABOUT[1])
        offer(cast["an"], ("retouching", "lesson-design"), 2)
        willing = _willing(cast, until)
        said = zip(willing, cycle(TOPICS), cycle(LANGUAGES), cycle(OWN_WORDS), cycle(ABOUT), strict=False)
        for number, (person, topics, languages, words, about) in enumerate(said):
            offer(person, topics, 1 + number % 3, helps_with=words, about=about, languages=",".join(languages))
    mentees = iter(_mentees(cast, until, 40))
    with clock.moved(to=clock.at_time(workday(until - timedelta(days=80)), 9)):
        words = "I would like to speak better before the whole team, and to give feedback that helps."
        _pair(cast["linh"], cast["huong"], competencies.get("feedback"), words)
        for mentor in (cast["minh"], cast["minh"], *willing[:9], *willing[:9:3]):
            _pair(next(mentees), mentor, _topic_of(mentor))
    with clock.moved(to=clock.at_time(workday(until - timedelta(days=6)), 11)):
        offer(cast["thuy"], ("leading", "motivating"), 1, about="Ask me anything about leading for the first time.")
        asked = (cast["minh"], cast["minh"], cast["minh"], *willing[:6], cast["thuy"])
        for mentor, message in zip(asked, cycle(MESSAGES), strict=False):
            ask(mentee=next(mentees), mentor=mentor, topic=_topic_of(mentor), message=message)
        pause(person=willing[-1])
        turned_down = ask(mentee=next(mentees), mentor=willing[12]).mentorship
        if turned_down:
            decline(mentorship=turned_down, words="Until summer I look after our move. Ask me again in July?")


def _topic_of(mentor: Person) -> Competency | None:
    topics = Competency.objects.filter(mentors_for__willing__person=mentor)
    return topics.order_by("mentors_for").first()


def _pair(mentee: Person, mentor: Person, topic: Competency | None = None, message: str = "") -> None:
    asked = ask(mentee=mentee, mentor=mentor, topic=topic, message=message).mentorship
    if asked:
        accept(mentorship=asked)


def _willing(cast: dict[str, Person], until: date) -> list[Person]:
    """People a step or more along a pathway, for a year at least."""
    further = PathwayStep.objects.filter(rank__gte=2).values("position")
    held = Holding.objects.filter(position__in=further, ended_on=None, began_on__lt=until - timedelta(days=365))
    return _people(held.values("person"), cast, MANY)


def _mentees(cast: dict[str, Person], until: date, many: int) -> list[Person]:
    """People at the beginning of a pathway."""
    first = PathwayStep.objects.filter(rank=1).values("position")
    held = Holding.objects.filter(position__in=first, ended_on=None, began_on__lt=until - timedelta(days=120))
    return _people(held.values("person"), cast, many)


def _people(ids: Any, cast: dict[str, Person], many: int) -> list[Person]:
    known = [person.pk for person in cast.values()]
    here = Person.objects.here().filter(pk__in=ids, is_active=True).exclude(pk__in=known)
    # Spread over the company: their numbers were given team by team.
    return sorted(here.order_by("pk"), key=lambda person: (person.pk * 7919) % 1009)[:many]
