"""The roster of a cohort: its rows, in which order, and that whatever anybody wrote stays text."""

from datetime import timedelta

import pytest

from trellis.domains.programmes import actions
from trellis.domains.programmes.queries.roster import loaded, roster_of, traveller_ids, travellers
from trellis.domains.programmes.queries.standings import definition_of, facts_about, standings
from trellis.domains.programmes.rules import by_column, columns_of, evaluate
from trellis.domains.programmes.tests.story import START, join
from trellis.domains.programmes.web.roster_rows import rows_of
from trellis.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cohort, hire):
    people = [hire(f"R{n}") for n in range(3)]
    for person, name in zip(people, ("晓雨", "<b>Bao</b>", "An"), strict=True):
        person.name = name
        person.save()
    return [join(person, cohort) for person in people]


@pytest.mark.both_databases
def test_those_who_left_come_last_on_every_database(cohort, three):
    actions.leave(journey=three[2], actor=three[2].person)
    ids = traveller_ids(cohort)
    assert ids[-1] == three[2].pk
    assert ids == [journey.pk for journey in travellers(cohort)] == [journey.pk for journey in loaded(ids)]
    assert traveller_ids(cohort, "晓") == [three[0].pk]


def test_names_stay_text_and_only_who_goes_on_can_be_ticked(cohort, three):
    actions.leave(journey=three[2], actor=three[2].person)
    columns = columns_of(definition_of(cohort.version))
    with clock.moved(to=START + timedelta(weeks=20)):
        drawn = rows_of(roster_of(loaded(traveller_ids(cohort)), columns, clock.today(), courses={}), may_act=True)
    assert "<b>" not in drawn
    assert "&lt;b&gt;Bao" in drawn
    assert '<span lang="zh-Hans">晓雨</span>' in drawn
    assert drawn.count("<input type=checkbox") == 2
    assert drawn.count("<td") == 3 * (4 + len(columns))


def test_who_is_judged_with_others_stands_as_alone(cohort, three):
    found = standings(three, on=clock.today())
    facts = facts_about(three, clock.today())
    for journey in three:
        alone = evaluate(definition_of(journey.version), facts[journey.pk], on=clock.today())
        assert found[journey.pk] == alone
        assert by_column(found[journey.pk]) == by_column(alone)
