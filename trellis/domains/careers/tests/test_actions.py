from datetime import date

import pytest

from trellis.domains.careers import queries
from trellis.domains.careers.actions import drop_aim, record_evidence, set_aim
from trellis.domains.careers.models import Aim, Evidence
from trellis.kit import clock
from trellis.kit.journal.models import Entry


@pytest.mark.both_databases
def test_evidence_from_the_same_origin_comes_once(linh, competency):
    said = {"person": linh, "competency": competency("feedback"), "level": 1, "source": "course", "actor": None}

    first = record_evidence(**said, origin="course:7")
    again = record_evidence(**said, origin="course:7")

    assert (first.is_new, again.is_new) == (True, False)
    assert again.evidence == first.evidence
    assert Entry.objects.filter(kind="careers.evidence_recorded", about_id=linh.pk).count() == 1


def test_a_double_click_records_once_and_a_change_of_mind_is_kept(linh, thuy, competency):
    said = {"person": linh, "competency": competency("feedback"), "source": "assessed", "actor": thuy}

    for level in (1, 1, 2, 1):
        record_evidence(**said, level=level)

    assert list(Evidence.objects.values_list("level", flat=True)) == [1, 2, 1]


def test_a_second_word_about_the_same_day_corrects_the_first(linh, thuy, minh, competency):
    feedback = competency("feedback")
    said = {"person": linh, "competency": feedback, "source": "assessed"}
    too_high = record_evidence(**said, level=2, actor=thuy).evidence

    corrected = record_evidence(**said, level=1, actor=thuy).evidence

    assert queries.levels_shown([linh.pk], [feedback.code], on=clock.today()) == {linh.pk: {feedback.code: 1}}
    assert (corrected.replaces, corrected.is_current) == (too_high, True)
    assert Evidence.objects.get(pk=too_high.pk).is_current is False
    record_evidence(**said, level=2, actor=minh)
    higher = queries.levels_shown([linh.pk], [feedback.code], on=clock.today())
    assert higher == {linh.pk: {feedback.code: 2}}, "of two who differ"


@pytest.mark.parametrize(
    ("source", "by", "level", "day", "refusal"),
    [
        ("assessed", "linh", 1, None, "about_oneself"),
        ("self", "thuy", 1, None, "not_oneself"),
        ("assessed", "thuy", 9, None, "no_such_level"),
        ("assessed", "thuy", 1, date(2026, 3, 3), "in_the_future"),
    ],
)
def test_what_is_refused_is_not_kept(linh, thuy, competency, source, by, level, day, refusal):
    outcome = record_evidence(
        person=linh,
        competency=competency("feedback"),
        level=level,
        source=source,
        shown_on=day,
        actor={"linh": linh, "thuy": thuy}[by],
    )

    assert outcome.refusals == (refusal,)
    assert not Evidence.objects.exists()


@pytest.mark.both_databases
def test_one_has_one_aim_at_a_time_and_its_history_stays(linh, company):
    set_aim(person=linh, position=company.team_leader)
    set_aim(person=linh, position=company.team_leader)
    set_aim(person=linh, position=company.manager)

    assert Aim.objects.count() == 2
    assert Aim.objects.get(dropped_at=None).position == company.manager
    assert Entry.objects.filter(kind="careers.aim_set").count() == 2
    assert drop_aim(person=linh) is True
    assert drop_aim(person=linh) is False


def test_own_estimates_never_count_where_something_is_decided(linh, thuy, competency, company):
    record_evidence(person=linh, competency=competency("feedback"), level=2, source="self", actor=linh)
    record_evidence(person=linh, competency=competency("retouching"), level=2, source="assessed", actor=thuy)
    on = date(2026, 3, 2)

    asked = ["feedback", "retouching", "nobody-knows"]
    assert queries.levels_shown([linh.pk, thuy.pk], asked, on=on) == {linh.pk: {"retouching": 2}, thuy.pk: {}}
    decided = queries.gaps([linh.pk], [company.team_leader.pk], on=on)[linh.pk, company.team_leader.pk]
    planned = queries.gaps([linh.pk], [company.team_leader.pk], on=on, own_estimates=True)
    assert [g.short for g in decided] == [2, 0]
    assert [g.short for g in planned[linh.pk, company.team_leader.pk]] == [0, 0]


@pytest.mark.both_databases
def test_readiness_of_everyone_takes_three_statements(hire, thuy, competency, company, django_assert_num_queries):
    people = [hire(f"P{n} Editor") for n in range(12)]
    for n, person in enumerate(people):
        record_evidence(
            person=person, competency=competency("feedback"), level=1 + n % 2, source="assessed", actor=thuy
        )
        record_evidence(person=person, competency=competency("retouching"), level=2, source="assessed", actor=thuy)

    with django_assert_num_queries(3):
        found = queries.readiness_of_everyone(date(2026, 3, 2))

    assert found.ready(company.team_leader.pk) == [p.pk for n, p in enumerate(people) if n % 2]
    lacking = found.lacks(people[0].pk, company.team_leader.pk)
    assert [(r.competency, r.level) for r in lacking] == [(competency("feedback").pk, 2)]
