"""The other four programmes, beside Next Step: defined, to be read, tried and changed; nobody has begun them yet."""

from pathlib import Path

from django.conf import settings

from trellis.domains.people.models import Person
from trellis.domains.programmes import actions

OTHERS = ("makers", "development", "growth", "back-office")


def define_the_others(actor: Person) -> None:
    """Load what each of them asks, its courses and itself; all faults stop it with their sentences."""
    for name in OTHERS:
        text = (Path(settings.PROGRAMMES) / f"{name}.yaml").read_text(encoding="utf-8")
        outcome = actions.load_file(text=text, actor=actor)
        if outcome.faults:
            raise ValueError(f"{name}: " + "\n".join(str(fault) for fault in outcome.faults))
