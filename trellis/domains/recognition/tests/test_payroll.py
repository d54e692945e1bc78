"""Each bonus stands on one list for payroll, once; the list stays as it was made."""

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.people.actions.erasure import erase
from trellis.domains.recognition import actions, queries, sheets
from trellis.domains.recognition.models import PayrollLine, PayrollRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def bonus(mai):
    def bonus(person, key="1", amount=3000000):
        made = actions.transfer(
            key=f"bonus:{key}",
            currency="VND",
            from_purpose="payroll",
            to_person=person,
            amount=amount,
            why="next-step",
            actor=mai,
        )
        return made.transfer

    return bonus


@pytest.mark.both_databases
def test_what_is_on_a_list_comes_on_no_other(bonus, linh, xiaoyu, hoa):
    bonus(linh, "1")
    first = actions.make_list(actor=hoa)
    assert actions.make_list(actor=hoa).code == "nothing_new"
    bonus(xiaoyu, "2")
    second = actions.make_list(actor=hoa)
    assert [(run.number, [line.name for line in run.lines.all()]) for run in (first.run, second.run)] == [
        (1, ["Linh Nguyen"]),
        (2, ["晓雨"]),
    ]


@pytest.mark.both_databases
def test_the_database_refuses_a_second_line(bonus, linh, hoa):
    there = actions.make_list(actor=hoa) if bonus(linh) else None
    line = there.run.lines.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_a_bonus_taken_back_before_never_comes_on_a_list(bonus, linh, hoa):
    actions.reverse(transfer=bonus(linh), why="Mistake", actor=hoa)
    assert actions.make_list(actor=hoa).code == "nothing_new"


def test_taken_back_after_it_was_paid_it_is_recovered_by_the_next_list(bonus, linh, hoa):
    made = bonus(linh)
    run = actions.make_list(actor=hoa).run
    assert actions.mark_paid(run=run, actor=hoa) == 1
    assert actions.mark_paid(run=run, actor=hoa) == 0
    actions.reverse(transfer=made, why="Certificate withdrawn", actor=hoa)
    assert [line.amount for line in actions.make_list(actor=hoa).run.lines.all()] == [-3000000]


def test_returned_by_payroll_is_taken_back_in_the_ledger_with_the_reason(bonus, linh, hoa):
    made = bonus(linh)
    line = actions.make_list(actor=hoa).run.lines.get()
    assert actions.return_line(line=line, why=" ", actor=hoa).code == "reason_needed"
    assert actions.return_line(line=line, why="No bank account", actor=hoa).code == "returned"
    assert actions.return_line(line=line, why="No bank account", actor=hoa).code == "already"
    made.refresh_from_db()
    assert made.reversed_by.why == "No bank account"
    assert actions.make_list(actor=hoa).code == "nothing_new"
    bonus(linh, "anew")
    assert actions.make_list(actor=hoa).code == "made"


def test_what_was_paid_is_not_returned(bonus, linh, hoa):
    made = bonus(linh)
    run = actions.make_list(actor=hoa).run
    actions.mark_paid(run=run, actor=hoa)
    assert actions.return_line(line=run.lines.get(), why="No bank account", actor=hoa).code == "paid"
    made.refresh_from_db()
    assert not hasattr(made, "reversed_by")


def test_of_who_is_erased_the_amounts_stay_without_words(bonus, linh, hoa):
    made = bonus(linh)
    line = actions.make_list(actor=hoa).run.lines.get()
    actions.return_line(line=line, why="Linh has no bank account", actor=hoa)
    erase(person=linh, actor=hoa)
    line.refresh_from_db()
    made.refresh_from_db()
    assert (line.amount, line.name, line.employee_id, line.why, line.returned_because) == (3000000, "", "", "", "")
    assert (made.amount, made.why, made.reversed_by.amount, made.reversed_by.why) == (3000000, "", 3000000, "")


def test_nobody_settles_their_own(bonus, hoa, mai):
    bonus(hoa)
    run = actions.make_list(actor=hoa).run
    assert actions.mark_paid(run=run, actor=hoa) == 0
    assert actions.return_line(line=run.lines.get(), why="x", actor=hoa).code == "oneself"
    assert actions.mark_paid(run=run, actor=mai) == 1


def test_downloaded_again_it_is_the_same(bonus, linh, hoa):
    bonus(linh)
    run = actions.make_list(actor=hoa).run
    before = sheets.list_rows(run)
    linh.name = "Linh Tran"
    linh.save()
    bonus(linh, "2")
    assert sheets.list_rows(PayrollRun.objects.get()) == before
    assert before[0][1:6] == ["E-linh", "Linh Nguyen", "2026-03-02", 3000000, "VND"]


class TestPages:
    def test_hr_makes_the_list_and_downloads_it(self, as_, bonus, linh, hoa):
        bonus(linh)
        client = as_(hoa)
        assert "1 bonus is on no list yet" in client.get("/bonuses/lists/").content.decode()
        for _click in range(2):
            client.post("/bonuses/lists/make/")
        assert PayrollRun.objects.count() == 1
        page = client.get("/bonuses/lists/1/").content.decode()
        assert "3,000,000 VND" in page
        chinese = client.get("/bonuses/lists/1/", headers={"Accept-Language": "zh-hans"}).content.decode()
        assert "3,000,000 VND" in chinese
        csv = b"".join(client.get("/bonuses/lists/1.csv").streaming_content).decode()
        assert "Linh Nguyen,2026-03-02,3000000,VND,next-step" in csv
        assert client.get("/bonuses/lists/1.xlsx").status_code == 200
        client.post("/bonuses/lists/1/paid/")
        assert PayrollLine.objects.get().state == "paid"
        assert queries.unlisted().count() == 0
