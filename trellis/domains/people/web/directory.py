"""The list of people: who is asked for, and what a row shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Holding, Person, PersonQuerySet, Position, Unit

MOST_UNITS_TO_CHOOSE = 120
MOST_UNITS_SHOWN = 100


@dataclass(frozen=True)
class Row:
    """A person with what they hold now, or held last."""

    person: Person
    holding: Holding | None


class PeopleFilter(forms.Form):
    q = forms.CharField(
        label=_("Name, e-mail or id"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("all units"))
    position = forms.ModelChoiceField(
        Position.objects.none(),
        label=_("Position"),
        required=False,
        to_field_name="code",
        empty_label=_("all positions"),
    )
    state = forms.ChoiceField(
        label=_("Here or left"),
        required=False,
        choices=[("", _("here now")), ("left", _("left")), ("all", _("both"))],
    )
    manager = forms.ModelChoiceField(Person.objects.get_queryset(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, position = self.fields["unit"], self.fields["position"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101, for the type checker; the mark or the field above made sure of it
        assert isinstance(position, forms.ModelChoiceField)  # noqa: S101, for the type checker; the mark or the field above made sure of it
        unit.queryset = Unit.objects.order_by("name")
        position.queryset = Position.objects.order_by("name")
        unit.choices = [("", _("all units")), *units_to_choose(self.data.get("unit", ""))]
        position.choices = [("", _("all positions")), *positions_to_choose()]


def units_to_choose(chosen: str = "") -> list[tuple[str, str]]:
    """The open units as a tree in words; only its upper part when there are very many, with the one that is chosen."""
    units = _open_units()
    if len(units) > MOST_UNITS_TO_CHOOSE:
        upper = {unit.pk for unit in sorted(units, key=lambda unit: unit.path.count("/"))[:MOST_UNITS_TO_CHOOSE]}
        units = [unit for unit in units if unit.pk in upper or str(unit.pk) == chosen]
    return _in_words(units)


def units_within(reach: list[str] | None) -> list[tuple[str, str]]:
    """Every open unit of the branches (None: of the whole company), as a tree in words."""
    return _in_words([unit for unit in _open_units() if reach is None or unit.path.startswith(tuple(reach))])


def _open_units() -> list[Unit]:
    """The open units, each after those it is part of."""
    units = list(Unit.objects.filter(closed_on=None).only("name", "names", "path"))
    names = {unit.pk: str(unit) for unit in units}
    return sorted(units, key=lambda unit: [names.get(int(part), "") for part in unit.path.split("/") if part])


def _in_words(units: list[Unit]) -> list[tuple[str, str]]:
    return [(str(unit.pk), "\u2003" * (unit.path.count("/") - 2) + str(unit)) for unit in units]


def positions_to_choose() -> list[tuple[str, str]]:
    """The positions that somebody holds."""
    held = Holding.objects.filter(position=OuterRef("pk"), ended_on=None)
    positions = Position.objects.filter(Exists(held)).only("code", "name", "names")
    return sorted(((position.code, str(position)) for position in positions), key=lambda pair: pair[1])


def people_asked_for(
    *,
    q: str = "",
    unit: Unit | None = None,
    position: Position | None = None,
    state: str = "",
    manager: Person | None = None,
) -> PersonQuerySet:
    """People by name. `state`: here now (empty), `left`, `all`; unit means its whole branch. Erased ones never show."""
    people = Person.objects.get_queryset().filter(erased_at=None)
    if state == "left":
        people = people.exclude(pk__in=Person.objects.here().values("pk"))
    elif state != "all":
        people = people.here()
    if q := q.strip():
        people = people.filter(Q(name__icontains=q) | Q(email__istartswith=q) | Q(employee_id__iexact=q))
    if manager:
        people = people.filter(manager=manager)
    if unit or position:
        held = Holding.objects.filter(person=OuterRef("pk"))
        held = held if state in ("left", "all") else held.filter(ended_on=None)
        held = held.filter(unit__path__startswith=unit.path) if unit else held
        people = people.filter(Exists(held.filter(position=position) if position else held))
    return people.order_by("name", "pk")


def rows_of(people: Iterable[Person]) -> list[Row]:
    """A page of people with what each holds now or held last; one statement."""
    page = list(people)
    held = Holding.objects.filter(person__in=[person.pk for person in page]).select_related("position", "unit")
    last = {holding.person_id: holding for holding in held.order_by("began_on", "id")}
    return [Row(person, last.get(person.pk)) for person in page]


@dataclass(frozen=True)
class Branch:
    """A unit in the tree: how deep it hangs (0: root), how many people it has itself and with everything below, and how
    many units below it are not shown."""

    unit: Unit
    depth: int
    own: int
    whole: int
    hides: int = 0


def tree_of_units(sizes: dict[int, int], units: Iterable[Unit]) -> list[Branch]:
    """The units as they hang together, each level by name. `sizes`: people by unit id."""
    by_parent: dict[int | None, list[Unit]] = {}
    known = {unit.pk: unit for unit in units}
    whole = dict.fromkeys(known, 0)
    for unit in known.values():
        by_parent.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
        for part in unit.path.split("/"):
            if part and int(part) in whole:
                whole[int(part)] += sizes.get(unit.pk, 0)

    def walk(parent: int | None, depth: int) -> Iterable[Branch]:
        for unit in sorted(by_parent.get(parent, []), key=str):
            yield Branch(unit, depth, sizes.get(unit.pk, 0), whole[unit.pk])
            yield from walk(unit.pk, depth + 1)

    return list(walk(None, 0))


def shown_of_tree(tree: list[Branch], *, under: str = "") -> list[Branch]:
    """The tree below a unit (by id), or all of it. A very large one shows two levels; each unit tells what it hides."""
    at = next((branch for branch in tree if str(branch.unit.pk) == under), None)
    if at:
        tree = [replace(b, depth=b.depth - at.depth) for b in tree if b.unit.path.startswith(at.unit.path)]
    if len(tree) <= MOST_UNITS_SHOWN:
        return tree
    hidden = [branch.unit.path for branch in tree if branch.depth > 1]
    return [
        replace(b, hides=sum(path.startswith(b.unit.path) for path in hidden) if b.depth else 0)
        for b in tree
        if b.depth <= 1
    ]
