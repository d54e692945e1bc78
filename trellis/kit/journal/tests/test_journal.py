from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from trellis.kit import clock
from trellis.kit.journal import facts
from trellis.kit.journal.facts import Fact, announce, announce_many, fact, reacts_to, read_fact
from trellis.kit.journal.models import Delivery, Entry
from trellis.kit.journal.outbox import GIVE_UP_AFTER, deliver

pytestmark = pytest.mark.django_db


@fact("tests.watered")
@dataclass(frozen=True)
class Watered(Fact):
    person: int
    on: date
    litres: int


@pytest.fixture
def answers(monkeypatch):
    """What the reaction of these tests saw; it fails as often as `answers.fail` says."""

    class Answers(list):
        fail = 0

    seen = Answers()
    monkeypatch.setattr(facts, "_reactions", {})

    @reacts_to(Watered)
    def grow(happened, entry):
        seen.append(happened)
        Entry.objects.create(kind="tests.grew", facts={"from": entry.pk})
        if seen.fail:
            seen.fail -= 1
            raise RuntimeError("no light")

    return seen


def water(person, litres=1):
    return announce(Watered(person=person.pk, on=date(2026, 3, 2), litres=litres), actor=person)


@pytest.mark.both_databases
class TestTheJournalIsAppendOnly:
    def test_an_entry_cannot_be_changed(self, linh):
        entry = water(linh)
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(kind="tests.never")
        entry.refresh_from_db()
        assert entry.kind == "tests.watered"

    def test_an_entry_cannot_be_deleted(self, linh):
        entry = water(linh)
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk)._raw_delete("default")
        assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_emptying_the_database_empties_the_journal_and_seals_it_again(linh):
    water(linh)
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    entry = announce(facts.Fact())
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(kind="tests.never")


def test_a_fact_comes_back_as_it_was_announced(linh):
    entry = Entry.objects.get(pk=water(linh, litres=3).pk)
    assert entry.about == linh
    assert entry.actor == linh
    assert read_fact(entry) == Watered(person=linh.pk, on=date(2026, 3, 2), litres=3)


def test_many_facts_are_written_in_two_statements(linh, answers, django_assert_num_queries):
    with django_assert_num_queries(2):
        announce_many([Watered(linh.pk, date(2026, 3, 2), n) for n in range(50)])
    assert Delivery.objects.count() == 50


class TestTheOutbox:
    def test_reactions_run_in_the_order_of_the_facts(self, linh, answers):
        for litres in (1, 2, 3):
            water(linh, litres)
        assert deliver() == 3
        assert [happened.litres for happened in answers] == [1, 2, 3]

    def test_a_replay_finds_nothing_to_do(self, linh, answers):
        water(linh)
        assert [deliver(), deliver()] == [1, 0]
        assert len(answers) == 1

    def test_a_reaction_that_fails_leaves_nothing_and_is_tried_again_later(self, linh, answers):
        answers.fail = 1
        entry = water(linh)
        assert deliver() == 0
        assert not Entry.objects.filter(kind="tests.grew").exists()
        left = Delivery.objects.get(entry=entry)
        assert (left.attempts, left.done_at) == (1, None)
        assert "no light" in left.fault
        assert deliver() == 0, "not before its pause is over"
        with clock.moved(to=clock.now() + timedelta(minutes=1)):
            assert deliver() == 1
        assert Entry.objects.filter(kind="tests.grew").count() == 1

    def test_pauses_grow_and_in_the_end_it_is_left_to_the_operator(self, linh, answers):
        answers.fail = 99
        water(linh)
        moment, pauses = clock.now(), []
        for _attempt in range(GIVE_UP_AFTER + 2):
            with clock.moved(to=moment):
                deliver()
            after = Delivery.objects.get().next_try_at
            pauses.append(after - moment)
            moment = after + timedelta(seconds=1)
        assert len(answers) == GIVE_UP_AFTER
        assert pauses[:3] == sorted(pauses[:3])
        assert pauses[0] < pauses[2]

    def test_one_that_fails_does_not_hold_back_the_others(self, linh, minh, answers):
        answers.fail = 1
        water(linh)
        water(minh)
        assert deliver() == 1

    def test_a_reaction_that_no_longer_exists_is_harmless(self, linh):
        entry = water(linh)
        Delivery.objects.create(entry=entry, reaction="tests.gone")
        assert deliver() == 1

    def test_what_was_announced_in_a_transaction_that_failed_never_happened(self, linh, answers):
        with pytest.raises(RuntimeError), transaction.atomic():
            water(linh)
            raise RuntimeError
        assert deliver() == 0


class TestThePage:
    def test_an_administrator_finds_entries_by_kind_person_and_day(self, as_, hire, linh, minh):
        boss = hire("Boss", roles=["administrator"])
        water(linh)
        with clock.moved(to=date(2026, 3, 10)):
            water(minh)
        client = as_(boss)
        address = reverse("journal:journal")

        def shown(**wanted):
            return [entry.about for entry in client.get(address, wanted).context["page"] if entry.about]

        assert shown(kind="tests.") == [minh, linh]
        assert shown(kind="people.") == []
        assert shown(who="E-linh") == [linh]
        assert shown(who="MINH@pixel.example") == [minh]
        assert shown(kind="tests.", since="2026-03-03") == [minh]
        assert shown(kind="tests.", until="2026-03-02") == [linh]

    @pytest.mark.parametrize("rows", [1, 50])
    def test_costs_the_same_with_many_rows(self, as_, hire, rows, django_assert_max_num_queries):
        boss = hire("Boss", roles=["administrator"])
        for _row in range(rows):
            water(boss)
        client = as_(boss)
        with django_assert_max_num_queries(8):
            assert client.get(reverse("journal:journal")).status_code == 200

    def test_what_was_left_is_shown_and_tried_anew(self, as_, hire, linh, answers, django_capture_on_commit_callbacks):
        boss = hire("Boss", roles=["administrator"])
        Delivery.objects.filter(entry=water(linh)).update(attempts=GIVE_UP_AFTER, fault="no light")
        client = as_(boss)
        assert "no light" in client.get(reverse("journal:journal")).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("journal:try-anew"))
        assert len(answers) == 1
        assert "no light" not in client.get(reverse("journal:journal")).content.decode()

    def test_nobody_else_reads_it(self, as_, hoa):
        assert as_(hoa).get(reverse("journal:journal")).status_code == 403
