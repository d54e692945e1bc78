"""Who decides what: chosen in secret, revealed at once, agreed and kept."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from trellis.domains.growth.actions import delegation as actions
from trellis.domains.growth.models import Agreed, Choice, Decision, Round
from trellis.domains.growth.queries import delegation as queries
from trellis.domains.growth.rules.delegation import Extremes, extremes, suggested, tally
from trellis.domains.people.actions.erasure import erase
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
LINH, THUY, NAM, HA = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("choices", "lowest", "highest"),
    [
        pytest.param({LINH: 2, THUY: 6, NAM: 4}, {LINH}, {THUY}, id="one at either end"),
        pytest.param({LINH: 2, THUY: 6, NAM: 2, HA: 6}, {LINH, NAM}, {THUY, HA}, id="ties explain together"),
        pytest.param({LINH: 4, THUY: 4}, set(), set(), id="all the same: nobody need explain"),
        pytest.param({LINH: 4, THUY: 5}, {LINH}, {THUY}, id="two next to each other"),
        pytest.param({}, set(), set(), id="nobody"),
    ],
)
def test_the_highest_and_the_lowest_explain(choices, lowest, highest):
    assert extremes(choices) == Extremes(frozenset(lowest), frozenset(highest))


@given(st.dictionaries(st.integers(1, 50), st.integers(1, 7), max_size=30))
def test_whoever_explains_stands_at_an_end_and_everybody_there_does(choices):
    found = extremes(choices)
    assert sum(tally(choices.values())) == len(choices)
    for person, level in choices.items():
        ends = {min(choices.values()), max(choices.values())}
        assert found.asks(person) == (len(ends) == 2 and level in ends)


@pytest.mark.parametrize(
    ("chosen", "level"),
    [([5, 5, 3], 5), ([5, 5, 3, 3], None), ([1, 2, 3], None), ([], None), ([7], 7)],
)
def test_a_level_is_suggested_only_where_more_than_half_chose_it(chosen, level):
    assert suggested(chosen) == level


@pytest.fixture
def holidays(thuy, linh, company):
    return actions.list_decision(unit=company.team, title="Who approves holidays", detail="", actor=linh)


@pytest.fixture
def going(holidays, linh):
    assert actions.open_round(decision=holidays, actor=linh).ok
    return Round.objects.get()


def test_a_decision_sent_twice_is_listed_once(holidays, linh, company):
    again = actions.list_decision(unit=company.team, title="Who approves holidays", detail="x", actor=linh)
    assert again == holidays
    assert Entry.objects.filter(kind="growth.decision_listed").count() == 1


def test_a_round_opened_twice_is_one_and_the_others_are_told_without_a_word_of_it(going, holidays, thuy, linh):
    assert actions.open_round(decision=holidays, actor=thuy).ok
    assert Round.objects.count() == 1
    told = Notice.objects.get(kind="growth.round_opened")
    assert told.person == thuy
    assert "holidays" not in str(told.params)


def test_alone_there_is_no_secret(company, hire):
    tuan = hire("Tuan Do", unit=company.whole)
    decision = actions.list_decision(unit=company.whole, title="Where to grow", detail="", actor=tuan)
    assert actions.open_round(decision=decision, actor=tuan).why == "alone"
    assert not Round.objects.exists()


def test_no_reveal_while_fewer_than_two_have_chosen(going, linh, thuy):
    actions.choose(going=going, level=5, person=linh)
    assert actions.reveal(going=going, actor=thuy).why == "too_few"
    going.refresh_from_db()
    assert going.revealed_at is None


def test_a_choice_can_change_until_the_reveal_and_not_after(going, linh, thuy):
    actions.choose(going=going, level=5, person=linh)
    actions.choose(going=going, level=6, person=linh)
    actions.choose(going=going, level=2, person=thuy)
    assert actions.reveal(going=going, actor=linh).ok
    assert actions.choose(going=going, level=1, person=linh).why == "revealed"
    _open, [shown] = queries.rounds_of(going.decision)
    assert shown.levels == {linh.pk: 6, thuy.pk: 2}
    assert shown.tally == (0, 1, 0, 0, 0, 1, 0)


def test_the_second_who_reveals_finds_it_done(going, linh, thuy):
    actions.choose(going=going, level=5, person=linh)
    actions.choose(going=going, level=2, person=thuy)
    assert actions.reveal(going=going, actor=linh).ok
    assert actions.reveal(going=going, actor=thuy).ok
    going.refresh_from_db()
    assert going.revealed_by == linh
    assert Entry.objects.filter(kind="growth.round_revealed").count() == 1


@pytest.mark.parametrize("level", [0, 8, -1])
def test_there_are_seven_levels(going, linh, level):
    assert actions.choose(going=going, level=level, person=linh).why == "no_level"


def test_who_left_the_team_before_the_reveal_is_forgotten_unseen(going, linh, thuy, hire):
    nam = hire("Nam Vu")
    for person, level in ((linh, 5), (thuy, 2), (nam, 7)):
        actions.choose(going=going, level=level, person=person)
    assert queries.chosen_in(going) == 3
    nam.holdings.update(ended_on="2026-03-01")
    assert queries.chosen_in(going) == 2
    actions.reveal(going=going, actor=linh)
    assert set(Choice.objects.values_list("person", flat=True)) == {linh.pk, thuy.pk}


def test_who_left_after_the_reveal_stays_in_the_history_and_an_erasure_takes_name_and_sentence(going, linh, thuy):
    actions.choose(going=going, level=5, person=linh)
    actions.choose(going=going, level=2, person=thuy)
    actions.reveal(going=going, actor=thuy)
    actions.explain(shown=going, text="We know our own calendars", person=linh)
    erase(person=linh, actor=None)
    _open, [shown] = queries.rounds_of(going.decision)
    assert {(c.person.name, c.level, c.explanation) for c in shown.choices} == {
        (f"unknown-{linh.pk}", 5, ""),
        ("Thuy Le", 2, ""),
    }


def test_an_erased_person_does_not_choose_any_more(going, linh, thuy, hire):
    nam = hire("Nam Vu")
    actions.choose(going=going, level=7, person=nam)
    erase(person=nam, actor=None)
    assert queries.chosen_in(going) == 0


def test_only_those_at_either_end_explain(going, linh, thuy, hire):
    nam = hire("Nam Vu")
    for person, level in ((linh, 5), (thuy, 2), (nam, 4)):
        actions.choose(going=going, level=level, person=person)
    assert actions.explain(shown=going, text="Before its time", person=linh).why == "not_asked"
    actions.reveal(going=going, actor=thuy)
    assert actions.explain(shown=going, text="In the middle", person=nam).why == "not_asked"
    assert actions.explain(shown=going, text="I want to be asked", person=thuy).ok


@pytest.fixture
def shown(going, linh, thuy):
    actions.choose(going=going, level=5, person=linh)
    actions.choose(going=going, level=2, person=thuy)
    actions.reveal(going=going, actor=thuy)
    return going


def test_a_revision_replaces_and_the_history_stays(shown, holidays, linh, thuy):
    assert actions.agree(shown=shown, level=3, note="", replaces=None, actor=thuy).ok
    first = Agreed.objects.get()
    with clock.moved(to=clock.today().replace(month=5)):
        assert actions.agree(shown=shown, level=5, note="It went well", replaces=first.pk, actor=linh).ok
    assert list(Agreed.objects.values_list("level", "agreed_on__month")) == [(3, 3), (5, 5)]
    assert queries.current(holidays).level == 5
    [line] = queries.board_of(holidays.unit, linh)
    assert (line.level, line.revised) == (5, 1)


def test_of_two_who_agree_at_once_the_second_is_told_and_nothing_is_lost(shown, linh, thuy):
    assert actions.agree(shown=shown, level=3, note="", replaces=None, actor=thuy).ok
    assert actions.agree(shown=shown, level=6, note="", replaces=None, actor=linh).why == "changed"
    assert actions.agree(shown=shown, level=3, note="", replaces=None, actor=thuy).ok  # her double click
    assert Agreed.objects.get().level == 3


def test_nothing_is_agreed_before_a_reveal_nor_while_a_round_is_open(going, holidays, linh, thuy):
    assert actions.agree(shown=going, level=3, note="", replaces=None, actor=thuy).why == "not_revealed"
    actions.choose(going=going, level=5, person=linh)
    actions.choose(going=going, level=2, person=thuy)
    actions.reveal(going=going, actor=thuy)
    actions.open_round(decision=holidays, actor=linh)
    assert actions.agree(shown=going, level=3, note="", replaces=None, actor=thuy).why == "round_open"


@pytest.mark.both_databases
def test_the_database_holds_one_open_round_one_choice_each_and_one_beginning(shown, holidays, linh):
    actions.open_round(decision=holidays, actor=linh)
    again = {"decision": holidays, "opened_by": linh}
    first = {"decision": holidays, "round": shown, "level": 3, "written_by": linh}
    Agreed.objects.create(**first)
    for wrong in (
        lambda: Round.objects.create(**again),
        lambda: Choice.objects.create(round=shown, person=linh, level=1),
        lambda: Choice.objects.create(round=Round.objects.get(revealed_at=None), person=linh, level=8),
        lambda: Agreed.objects.create(**first),
        lambda: Decision.objects.create(unit=holidays.unit, title=holidays.title, added_by=linh),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def everything_seen(client, decision) -> str:
    """All that a reader gets of it, without the tokens and the seconds of reading."""
    pages = [f"/decisions/{decision.pk}/", f"/decisions/{decision.pk}/count/", "/decisions/", "/notices/", "/"]
    pages += [f"/units/{decision.unit_id}/decisions/", f"/units/{decision.unit_id}/decisions.csv", "/journal/"]
    pages += ["/me/everything.json"]
    told = []
    for page in pages:
        answer = client.get(page)
        body = b"".join(answer) if answer.streaming else answer.content
        told.append(f"{page} {answer.status_code} {body.decode()}")
    return re.sub(r"\b\w{64}\b|\d\d:\d\d:\d\d[.\d]*", "", "\n".join(told))


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    worlds=st.tuples(*[st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(1, 7)) for _ in range(2)]),
    backwards=st.booleans(),
)
def test_before_the_reveal_nothing_that_anybody_sees_depends_on_a_choice(readers, going, worlds, backwards):
    """Whatever the others chose, in whatever order and however often: each page is the same to the letter."""
    by_name, clients = readers
    seen = []
    for number, world in enumerate(worlds):
        with transaction.atomic():
            voters = list(zip(("thuy", "nam", "ha"), world, strict=True))
            for name, level in reversed(voters) if backwards and number else voters:
                for chosen in (1 + level % 7, level) if number else (level,):
                    assert actions.choose(going=going, level=chosen, person=by_name[name]).ok
            assert actions.choose(going=going, level=4, person=by_name["linh"]).ok
            seen.append({name: everything_seen(client, going.decision) for name, client in clients.items()})
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert "4 of 4 have chosen" in seen[0]["linh"]
    assert "your choice" in seen[0]["linh"]


@pytest.fixture
def readers(linh, thuy, hire, company):
    """Those who choose, and for whose eyes the pages are compared: Linh, an administrator, a leader with every role."""
    nam, ha = hire("Nam Vu"), hire("Ha Do")
    quan = hire("Quan Bui", unit=company.whole, roles=["administrator"])
    tuan = hire("Tuan Do", unit=company.whole, roles=["leader", "hr", "academy"])
    clients = {}
    for name, person in {"linh": linh, "quan": quan, "tuan": tuan}.items():
        clients[name] = Client()
        clients[name].force_login(person, backend="trellis.domains.people.signing_in.Backend")
    return {"linh": linh, "thuy": thuy, "nam": nam, "ha": ha}, clients


@pytest.mark.parametrize("address", ["/decisions/{d}/", "/decisions/{d}/count/", "/units/{u}/decisions/"])
def test_nobody_outside_the_team_opens_it_whatever_their_role(as_, going, hire, company, address):
    page = address.format(d=going.decision_id, u=company.team.pk)
    for name, role in (("Quan Bui", "administrator"), ("Tuan Do", "leader"), ("Hoa Vo", "hr"), ("Mai Pham", "academy")):
        assert as_(hire(name, unit=company.whole, roles=[role])).get(page).status_code == 403


def test_a_team_shows_what_it_agreed_and_not_how_it_chose(as_, shown, linh, thuy, hire, company):
    actions.agree(shown=shown, level=3, note="Two weeks ahead", replaces=None, actor=thuy)
    board, one = f"/units/{company.team.pk}/decisions/", f"/decisions/{shown.decision_id}/"
    dung = hire("Dung Ho", unit=company.whole)
    assert as_(dung).get(board).status_code == 403
    actions.show_to_all(unit=company.team, is_open=True, actor=linh)
    page = as_(dung).get(board)
    assert "Two weeks ahead" in page.text
    assert "Thuy" not in page.text
    assert as_(dung).get(one).status_code == 403
    assert as_(dung).post(board, {"title": "Mine"}).status_code == 403
    actions.show_to_all(unit=company.team, is_open=False, actor=linh)
    assert as_(dung).get(board).status_code == 403


def test_a_vote_in_the_moment_of_the_reveal_is_told_that_it_came_too_late(as_, shown, linh):
    answer = as_(linh).post(f"/decisions/{shown.decision_id}/choose/", {"round": shown.pk, "level": "1"}, follow=True)
    assert "revealed a moment before" in answer.text
    assert Choice.objects.get(person=linh).level == 5


def test_a_team_goes_from_a_question_to_an_agreed_level_by_forms_alone(as_, linh, thuy, company):
    board = f"/units/{company.team.pk}/decisions/"
    answer = as_(linh).post(board, {"title": "=Who buys screens", "detail": ""}, follow=True)
    decision = Decision.objects.get()
    one = f"/decisions/{decision.pk}/"
    as_(linh).post(one + "round/")
    of = {"round": Round.objects.get().pk}
    for person, level in ((linh, "7"), (thuy, "4")):
        as_(person).post(one + "choose/", {**of, "level": level})
    answer = as_(thuy).post(one + "reveal/", of, follow=True)
    assert "highest: says why" in answer.text
    as_(linh).post(one + "explain/", {**of, "text": "It is our own money"})
    answer = as_(thuy).post(one + "agree/", {**of, "level": "5", "note": "Up to 500", "replaces": ""}, follow=True)
    assert "It is our own money" in answer.text
    assert Agreed.objects.get().level == 5
    told = b"".join(as_(linh).get(f"/units/{company.team.pk}/decisions.csv")).decode()
    assert "'=Who buys screens,5,Advise,2026-03-02,Up to 500" in told
    assert as_(linh).post(board, {"title": ""}).status_code == 422
    as_(linh).post(one + "drop/")
    assert "nothing is on the board" in as_(linh).get(board).text.lower()


def test_the_page_of_a_decision_asks_twelve_times_at_most_however_often_it_was_revised(
    as_, shown, holidays, linh, thuy
):
    client = as_(linh)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/decisions/{holidays.pk}/").status_code == 200
        return len(seen)

    once = asked()
    for _again in range(3):
        actions.open_round(decision=holidays, actor=linh)
        going = Round.objects.get(revealed_at=None)
        actions.choose(going=going, level=5, person=linh)
        actions.choose(going=going, level=6, person=thuy)
        while_open = asked()
        actions.reveal(going=going, actor=linh)
    assert asked() == once
    assert max(once, while_open) <= 12
