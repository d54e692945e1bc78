"""The other four programmes, beside Next Step: defined, to be read, tried and changed; one graduate has begun hers."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from trellis.domains.people.models import Person, Position
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import ProgrammeVersion
from trellis.domains.programmes.queries import definition_of
from trellis.kit import clock
from trellis.project.demo.story import hear

OTHERS = ("makers", "development", "growth", "back-office")
# What the makers' year asked for when Xiaoyu began, and asks for now.
ONCE = {
    "days_beside_holder: {days: 20,": "days_beside_holder: {days: 15,",
    "          - survey_answered: support-of-departments\n": "",
}


def define_the_others(actor: Person) -> None:
    """Load what each of them asks, its courses and itself, the makers' year as it was once."""
    for name in OTHERS:
        text = _text_of(name)
        for now, once in ONCE.items() if name == "makers" else ():
            text = text.replace(now, once)
        _load(text, actor)


def begin_the_makers_year(cast: dict[str, Person], until: date) -> None:
    """The academy enters Xiaoyu, as the company does with its graduates; then the year is to ask for more."""
    began = ProgrammeVersion.objects.get(programme__code="makers")
    with clock.moved(to=clock.at_time(until - timedelta(days=26), 10)):
        position = Position.objects.get(code="account-assistant")
        outcome = actions.join(person=cast["xiaoyu"], position=position, actor=cast["mai"], version=began)
        if outcome.journey is None:
            raise ValueError(f"Xiaoyu could not begin: {outcome.code}")
        preparation, *_rest = definition_of(began).stages
        for node in preparation.nodes:  # the academy did its part before she came
            actions.tick_for_many(journey_ids=[outcome.journey.pk], node=node.key, actor=cast["mai"])
        hear()
    with clock.moved(to=clock.at_time(until - timedelta(days=6), 15)):
        _load(_text_of("makers"), cast["mai"])
        hear()


def _text_of(name: str) -> str:
    return (Path(settings.PROGRAMMES) / f"{name}.yaml").read_text(encoding="utf-8")


def _load(text: str, actor: Person) -> None:
    """All faults stop it with their sentences."""
    outcome = actions.load_file(text=text, actor=actor)
    if outcome.faults:
        raise ValueError("\n".join(str(fault) for fault in outcome.faults))
