"""What the academy is writing these days: the next version of Next Step, and a new programme that is not finished."""

from datetime import date, timedelta
from typing import Any

from trellis.domains.people.models import Person
from trellis.domains.programmes.actions import drafts
from trellis.domains.programmes.models import ProgrammeVersion
from trellis.domains.programmes.rules import editing
from trellis.kit import clock

TALK: dict[str, Any] = {
    "name": {"en": "Talk with somebody who did it", "zh-hans": "与过来人谈一次"},
    "kind": "event",
    "owner": "academy",
    "due": {"weeks": 4},
    "deliverable": {"en": "Three questions, and what the answers change", "zh-hans": "三个问题，以及答案带来的改变"},
}
FIRST_YEAR: dict[str, Any] = {
    "name": {"en": "First year as a leader", "zh-hans": "带队第一年"},
    "from_week": 1,
    "to_week": 52,
}
MONTHLY: dict[str, Any] = {
    "name": {"en": "Monthly round of new leaders", "zh-hans": "新任组长月度交流"},
    "kind": "event",
    "owner": "academy",
    "due": {"days": 30, "from": "joining"},
}
# It asks for two, and names one: what is still wrong has something to say.
TWO_OF: dict[str, Any] = {"at_least": {"n": 2, "of": [{"course_passed": "coaching-basics"}]}}


def write_drafts(version: ProgrammeVersion, actor: Person, until: date) -> None:
    """Two drafts, each a few changes in."""
    with clock.moved(to=until - timedelta(days=3)):
        next_one = drafts.open_draft(version=version, actor=actor)
        new = drafts.new_draft(name={"en": "New leaders", "zh-hans": "新任组长"}, actor=actor)
    with clock.moved(to=until - timedelta(days=1)):
        _make(next_one.pk, actor, lambda body: editing.add(body, ("stages", 0, "nodes", editing.NEW), TALK))
        _make(
            new.pk,
            actor,
            lambda body: editing.add(body, ("stages", editing.NEW), FIRST_YEAR),
            lambda body: editing.add(body, ("stages", 0, "nodes", editing.NEW), MONTHLY),
            lambda body: editing.add_part(body, ("gates", 0, "requires", editing.NEW), TWO_OF),
        )


def _make(draft: int, actor: Person, *changes: drafts.Edit) -> None:
    for seen, change in enumerate(changes):
        drafts.edit(draft_id=draft, seen=seen, by=change, token=str(seen), actor=actor)
