"""A prepared query gives what its queryset gives, whatever the arguments, and writes its SQL once."""

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from trellis.domains.people.models import Holding, Person, RoleGrant
from trellis.kit.prepared import prepared

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def instances(people: Collection[int], on: date) -> QuerySet[Holding, Holding]:
    return (
        Holding.objects.filter(person_id__in=people, began_on__lte=on)
        .select_related("person", "position", "unit__parent")
        .annotate(called=F("person__name"))
        .order_by("pk")
    )


def rows(name: str, people: Collection[int]) -> QuerySet[Person, tuple[Any, ...]]:
    current = FilteredRelation("holdings", condition=Q(holdings__ended_on=None, holdings__person__in=people))
    found = Person.objects.get_queryset().filter(Q(name=name) | Q(pk__in=people)).alias(now=current)
    return found.order_by("pk").values_list(
        "name", "now__began_on", Exists(RoleGrant.objects.filter(person=OuterRef("pk")))
    )


def flat(names: Collection[str]) -> QuerySet[Person, Any]:
    return Person.objects.get_queryset().filter(name__in=names).order_by("pk").values_list("name", flat=True)


def counted(least: int) -> QuerySet[Person, Any]:
    counts: Any = Person.objects.get_queryset().annotate(granted=Count("role_grants"))
    return counts.filter(granted__gte=least).order_by("pk").values_list("pk", "granted")


@pytest.mark.parametrize("chosen", [0, 1, 2, 3])
def test_it_gives_what_the_queryset_gives(linh, thuy, mai, chosen):
    people = [person.pk for person in (linh, thuy, mai)][:chosen]
    for build, arguments in (
        (instances, (people, date(2026, 3, 2))),
        (instances, (people, date(1999, 1, 1))),
        (rows, (linh.name, people or [thuy.pk])),  # a relation filtered by nothing empties Django's own result
        (flat, ([linh.name, "nobody", thuy.name][:chosen],)),
        (counted, (chosen,)),
    ):
        assert prepared(build)(*arguments) == list(build(*arguments)), build.__name__


def test_instances_come_with_what_was_selected(linh, django_assert_num_queries):
    ask = prepared(instances)
    with django_assert_num_queries(1):
        (holding,) = ask([linh.pk], date(2026, 3, 2))
        assert (holding.person, holding.called, holding.person.name) == (linh, linh.name, linh.name)
        assert holding.unit.parent is None or holding.unit.parent.name
    holding.refresh_from_db()


def test_who_refers_to_the_same_row_gets_the_same_object(linh, thuy):
    found = prepared(instances)([linh.pk, thuy.pk], date(2026, 3, 2))
    assert {holding.person for holding in found} == {linh, thuy}
    assert len({id(holding.position) for holding in found}) == len({holding.position_id for holding in found})
    assert len({id(holding.unit) for holding in found}) == len({holding.unit_id for holding in found})


def test_the_queryset_is_built_once(linh, thuy):
    built = []

    @prepared
    def named(pk: int) -> QuerySet[Person, str]:
        built.append(pk)
        return Person.objects.get_queryset().filter(pk=pk).values_list("name", flat=True)

    with CaptureQueriesContext(connection) as caught:
        assert [named(linh.pk), named(pk=thuy.pk), named(0)] == [[linh.name], [thuy.name], []]
    assert (len(built), len(caught)) == (1, 3)


def test_a_shape_it_cannot_give_is_refused_at_the_first_call(linh):
    @prepared
    def named(pk: int) -> QuerySet[Person, Any]:
        return Person.objects.get_queryset().filter(pk=pk).values("name")

    with pytest.raises(TypeError, match="ValuesIterable"):
        named(linh.pk)
