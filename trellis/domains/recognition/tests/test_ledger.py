"""The ledger sums to zero, moves an amount once per key, reverses and never edits."""

import io

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from trellis.domains.recognition import actions, queries, rules
from trellis.domains.recognition.models import Account, Transfer


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(6, 9), st.integers(1, 10**9)), max_size=12))
def test_balances_sum_to_zero(transfers):
    assert sum(rules.balances(transfers).values()) == 0


@pytest.mark.parametrize(
    ("amount", "debit", "credit", "why", "code"),
    [
        (1, 1, 2, "bonus", ""),
        (0, 1, 2, "bonus", "not_positive"),
        (-5, 1, 2, "bonus", "not_positive"),
        (1, 1, 1, "bonus", "same_account"),
        (1, 1, 2, "  ", "reason_needed"),
    ],
)
def test_what_may_be_moved(amount, debit, credit, why, code):
    assert rules.refusal(amount=amount, debit=debit, credit=credit, why=why) == code


@pytest.mark.parametrize(
    ("amount", "currency", "shown"), [(3000000, "VND", (3000000, 0)), (1250, "EUR", (12, 50)), (50, "CNY", (0, 50))]
)
def test_amounts_are_kept_in_the_smallest_unit(amount, currency, shown):
    assert rules.in_units(amount, currency) == shown


@pytest.fixture
def bonus(linh, hoa):
    def give(key="bonus:1", amount=3000000):
        return actions.transfer(
            key=key, currency="VND", from_purpose="payroll", to_person=linh, amount=amount, why="Next Step", actor=hoa
        )

    return give


@pytest.mark.both_databases
def test_the_same_key_moves_once(bonus, linh):
    first, second = bonus(), bonus()
    assert (first.code, second.code) == ("made", "already")
    assert first.transfer == second.transfer
    assert queries.balance_of(Account.objects.get(person=linh)) == 3000000


def test_two_at_the_same_moment_move_once(bonus, monkeypatch):
    first = bonus().transfer
    monkeypatch.setattr(Transfer.objects, "filter", lambda **_with: Transfer.objects.none())
    assert (bonus().code, bonus().transfer) == ("already", first)


def test_a_reversal_is_a_transfer_of_its_own_and_comes_once(bonus, hoa, linh):
    made = bonus().transfer
    assert actions.reverse(transfer=made, why="", actor=hoa).code == "reason_needed"
    back = actions.reverse(transfer=made, why="Certificate withdrawn", actor=hoa)
    assert (back.code, actions.reverse(transfer=made, why="Again", actor=hoa).code) == ("made", "already")
    assert actions.reverse(transfer=back.transfer, why="Back", actor=hoa).code == "is_a_reversal"
    assert sum(queries.balances().values()) == 0
    assert queries.balance_of(Account.objects.get(person=linh)) == 0


@pytest.mark.both_databases
def test_the_database_refuses_nothing_and_a_second_reversal(bonus, hoa):
    made = bonus().transfer
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(key="x", debit=made.debit, credit=made.credit, amount=0, made_by=hoa, why="nothing")
    actions.reverse(transfer=made, why="Back", actor=hoa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            key="y", debit=made.credit, credit=made.debit, amount=1, made_by=hoa, why="x", reverses=made
        )


def test_formulas_in_cells_are_text(bonus, linh, hoa, as_):
    linh.name = "=HYPERLINK(1)"
    linh.save()
    bonus()
    written = b"".join(as_(hoa).get("/bonuses.csv").streaming_content)
    assert "'=HYPERLINK(1)" in written.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_(hoa).get("/bonuses.xlsx").content))
    read = book.get_sheet_by_index(0).to_python()
    assert read[1][1] == "'=HYPERLINK(1)"
    assert read[1][3] == 3000000


@pytest.mark.parametrize(("who", "status"), [("hoa", 200), ("linh", 403), ("mai", 403), ("thuy", 403)])
@pytest.mark.parametrize("address", ["/bonuses/", "/bonuses.csv", "/bonuses.xlsx"])
def test_the_list_is_for_payroll(request, as_, bonus, who, status, address):
    bonus()
    assert as_(request.getfixturevalue(who)).get(address).status_code == status


def test_hr_takes_back_from_the_page(as_, bonus, hoa):
    made = bonus().transfer
    as_(hoa).post(f"/bonuses/{made.pk}/reverse/", {"why": "Certificate withdrawn"})
    assert "Taken back" in as_(hoa).get("/bonuses/").content.decode()


def test_the_list_takes_the_same_statements_for_many(as_, bonus, hoa, django_assert_max_num_queries):
    client = as_(hoa)
    bonus()
    client.get("/bonuses/")
    with django_assert_max_num_queries(12) as few:
        client.get("/bonuses/")
    for number in range(30):
        bonus(f"bonus:x{number}")
    with django_assert_max_num_queries(12) as many:
        client.get("/bonuses/")
    assert len(few) == len(many)
