"""Linh's goals: from a wish of some years to a card of this week, and back to the numbers."""

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from trellis.domains.growth.actions import first, goals, key_results
from trellis.domains.growth.actions.goals import Wish
from trellis.domains.growth.actions.key_results import Look, Measure
from trellis.domains.growth.models import Card, CheckIn, Goal, KeyResult, Objective, Share, TargetChange
from trellis.domains.growth.queries import goals as queries
from trellis.domains.growth.tasks import remind_of_check_ins
from trellis.kit import clock
from trellis.kit.notices.models import Notice

TALKS = Measure("Talks given", Decimal(0), Decimal(10), "talks")


@pytest.fixture
def goal(linh):
    return goals.set_goal(wish=Wish("be a performance expert", "I like fast pages."), once=uuid4(), actor=linh)


@pytest.fixture
def objective(goal, linh):
    return key_results.set_objective(goal=goal, title="Our slowest page is fast", year=2026, once=uuid4(), actor=linh)


@pytest.fixture
def talks(objective, linh):
    return key_results.set_key_result(objective=objective, measure=TALKS, once=uuid4(), actor=linh)


def look(result, value, *, note="", seen=None, shown="0"):
    return Look(result.pk, Decimal(value), note, seen, Decimal(shown))


@pytest.mark.both_databases
def test_a_first_goal_comes_whole_and_once(linh):
    once = uuid4()
    for _click in range(2):
        first.begin(
            wish=Wish("lead a team"),
            objective="Lead a small one",
            year=2026,
            measure=TALKS,
            steps=["Ask Thuy", "Read", "Write"],
            once=once,
            actor=linh,
        )
    result = KeyResult.objects.get(objective__goal__owner=linh)
    assert list(Card.objects.values_list("title", "key_result", "goal")) == [
        (title, result.pk, result.objective.goal_id) for title in ("Ask Thuy", "Read", "Write")
    ]
    assert Goal.objects.count() == Objective.objects.count() == linh.boards.count() == 1


@pytest.mark.both_databases
def test_the_key_of_a_form_is_ones_own(linh, minh):
    once = uuid4()
    hers = goals.set_goal(wish=Wish("lead"), once=once, actor=linh)
    assert goals.set_goal(wish=Wish("teach"), once=once, actor=minh).title == "teach"
    hers.refresh_from_db()
    assert hers.title == "lead"


def test_who_writes_on_two_devices_loses_nothing_unseen(goal, linh):
    assert goals.change_goal(goal=goal, wish=Wish("be quick"), revision=1, actor=linh).ok
    behind = goals.change_goal(goal=goal, wish=Wish("be slow"), revision=1, actor=linh)
    assert (behind.ok, behind.revision) == (False, 2)
    goal.refresh_from_db()
    assert goal.title == "be quick"
    assert goals.change_goal(goal=goal, wish=Wish("be slow"), revision=2, actor=linh).ok


def test_a_goal_let_go_comes_back_as_it_was(goal, talks, linh):
    goals.show_as_example(goal=goal, shown=True, actor=linh)
    goals.drop(goal=goal, actor=linh)
    goal.refresh_from_db()
    assert goal.dropped_at
    assert goal.example_since is None, "as an example it is shown no more"
    assert queries.to_look_at(linh, on=clock.today()) == []
    goals.bring_back(goal=goal, actor=linh)
    assert queries.to_look_at(linh, on=clock.today())[0].key_results[0].key_result == talks


def test_a_reached_goal_keeps_its_first_day(goal, linh):
    goals.reach(goal=goal, actor=linh)
    with clock.moved(to=clock.now() + timedelta(days=3)):
        goals.reach(goal=goal, actor=linh)
    goal.refresh_from_db()
    assert goal.reached_on == date(2026, 3, 2)


def test_the_newest_check_in_is_where_it_stands(objective, talks, linh):
    half = Measure("Pages made fast", Decimal(20), Decimal(80), weight=Decimal(3))
    pages = key_results.set_key_result(objective=objective, measure=half, once=uuid4(), actor=linh)
    key_results.check_in(looks=[look(talks, 3), look(pages, 30, shown="20")], once=uuid4(), actor=linh)
    with clock.moved(to=clock.now() + timedelta(days=7)):
        key_results.check_in(looks=[look(pages, 50, seen=0, shown="30")], once=uuid4(), actor=linh)
    (aimed,) = queries.objectives_of(linh, year=2026)
    assert [(one.now, one.percent) for one in aimed.key_results] == [(3, 30), (50, 50)]
    assert aimed.percent == 45  # (1 x .3 + 3 x .5) / 4


@pytest.mark.both_databases
def test_a_check_in_sent_twice_counts_once(talks, linh):
    once = uuid4()
    for _click in range(2):
        key_results.check_in(looks=[look(talks, 4, note="two more")], once=once, actor=linh)
    assert CheckIn.objects.count() == 1


def test_what_was_left_untouched_does_not_overwrite_a_newer_word(talks, linh):
    key_results.check_in(looks=[look(talks, 5)], once=uuid4(), actor=linh)  # on the phone
    assert key_results.check_in(looks=[look(talks, 0)], once=uuid4(), actor=linh) == 0  # left open on the desk since
    assert key_results.check_in(looks=[look(talks, 6)], once=uuid4(), actor=linh) == 1  # changed on the desk
    assert queries.objectives_of(linh, year=2026)[0].key_results[0].now == 6


def test_nobody_checks_in_for_another(talks, minh):
    key_results.check_in(looks=[look(talks, 9)], once=uuid4(), actor=minh)
    assert not CheckIn.objects.exists()


def test_another_target_keeps_the_check_ins_and_says_so(talks, linh, as_):
    key_results.check_in(looks=[look(talks, 4)], once=uuid4(), actor=linh)
    fewer = Measure("Talks given", Decimal(0), Decimal(8), "talks")
    key_results.change_key_result(key_result=talks, measure=fewer, revision=1, actor=linh)
    assert TargetChange.objects.get().target == 10
    assert queries.objectives_of(linh, year=2026)[0].percent == 50
    page = as_(linh).get(f"/key-results/{talks.pk}/").content.decode()
    assert "Until this day it went from 0 to 10." in page
    assert "Now 4 talks: 50 % of the way from 0 to 8." in page


def test_other_words_are_no_change_of_the_target(talks, linh):
    worded = Measure("Talks I gave", Decimal(0), Decimal(10), "talks")
    key_results.change_key_result(key_result=talks, measure=worded, revision=1, actor=linh)
    assert not TargetChange.objects.exists()


def test_examples_are_sentences_of_others(goal, linh, minh):
    goals.show_as_example(goal=goal, shown=True, actor=linh)
    assert queries.examples(minh) == ["be a performance expert"]
    assert queries.examples(linh) == []
    goals.show_as_example(goal=goal, shown=False, actor=linh)
    assert queries.examples(minh) == []


def reminders():
    return list(Notice.objects.filter(kind="growth.check_in").values_list("person__name", "link"))


def test_who_has_not_looked_for_two_weeks_is_reminded_once(talks, linh):
    for days in (14, 15, 20):
        with clock.moved(to=clock.now() + timedelta(days=days)):
            remind_of_check_ins.call()
            assert reminders() == ([] if days == 14 else [("Linh Nguyen", "/goals/check-in/")])


def test_the_reminder_goes_when_it_is_done(talks, linh):
    with clock.moved(to=clock.now() + timedelta(days=15)):
        remind_of_check_ins.call()
        key_results.check_in(looks=[look(talks, 1)], once=uuid4(), actor=linh)
        assert reminders() == []
        remind_of_check_ins.call()
        assert reminders() == []


def test_the_reminder_holds_no_word_of_the_goal(talks, linh):
    with clock.moved(to=clock.now() + timedelta(days=15)):
        remind_of_check_ins.call()
    assert Notice.objects.get(kind="growth.check_in").params == {}


# Pages


def form_of(page, **said):
    """What a browser sends: the hidden fields of the page, and what is typed."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return dict(hidden) | said


def test_a_first_goal_by_its_form(as_, linh):
    client = as_(linh)
    sent = form_of(
        client.get("/goals/first/"),
        title="lead a team",
        objective="Lead one",
        result="Rounds led",
        start="0",
        target="2,5",
        step_1="Ask Thuy",
    )
    answer = client.post("/goals/first/", sent)
    assert client.post("/goals/first/", sent).url == answer.url, "a double click leads to the same goal"
    assert KeyResult.objects.get().target == Decimal("2.5")
    page = client.get(answer.url).content.decode()
    assert "Ask Thuy" in page
    assert "Only you can see this" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": ""}, "required"),
        ({"result": "Rounds", "objective": "One"}, "Say a number you want to come to"),
        ({"result": "Rounds", "objective": "One", "target": "many"}, "This is not a number."),
        ({"result": "Rounds", "objective": "One", "target": "0"}, "Start and target are the same number"),
        ({"result": "Rounds", "target": "5"}, "Say what this year is to bring"),
        ({"target": "5"}, "Say what the number counts"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_half_done(as_, linh, said, sentence):
    answer = as_(linh).post("/goals/first/", {"title": "lead", "start": "0", "step_1": "Ask"} | said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Goal.objects.exists()
    assert not Card.objects.exists()


def test_a_check_in_by_its_form(as_, talks, linh):
    client = as_(linh)
    page = client.get("/goals/check-in/")
    name = f"kr{talks.pk}-value"
    wrong = client.post("/goals/check-in/", form_of(page, **{name: "some"}))
    assert wrong.status_code == 422
    assert "This is not a number." in wrong.content.decode()
    assert client.post("/goals/check-in/", form_of(page, **{name: "0,5"})).url == "/goals/"
    assert CheckIn.objects.get().value == Decimal("0.5")


def test_an_edit_behind_another_is_shown_beside_it(as_, goal, linh):
    client = as_(linh)
    address = f"/goals/{goal.pk}/edit/"
    behind = form_of(client.get(address), title="be slow")
    goals.change_goal(goal=goal, wish=Wish("be quick"), revision=1, actor=linh)
    answer = client.post(address, behind)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "changed on another device" in page
    assert "be quick" in page
    assert 'value="be slow"' in page
    assert client.post(address, form_of(answer, title="be slow")).status_code == 302
    goal.refresh_from_db()
    assert goal.title == "be slow"


def test_a_year_that_is_over_is_refused_and_an_old_one_may_stay(as_, goal, linh):
    client = as_(linh)
    address = f"/goals/{goal.pk}/edit/"
    assert "That year is over" in client.post(address, {"title": "x", "by_year": "2025"}).content.decode()
    Goal.objects.update(by_year=2025)
    sent = form_of(client.get(address), title="x", by_year="2025")
    assert client.post(address, sent).status_code == 302


def test_a_card_from_the_row_of_a_key_result(as_, talks, linh):
    for _click in range(2):
        as_(linh).post(f"/key-results/{talks.pk}/cards/", {"title": "Write the talk", "key": "abc"})
    card = Card.objects.get()
    assert (card.title, card.key_result, card.goal) == ("Write the talk", talks, talks.objective.goal)


def test_what_was_dropped_is_hidden_and_not_lost(as_, talks, linh):
    client, address = as_(linh), f"/goals/{talks.objective.goal_id}/"
    client.post(f"/key-results/{talks.pk}/drop/")
    assert "Bring back" in client.get(address).content.decode()
    assert queries.objectives_of(linh, year=2026)[0].key_results == ()
    client.post(f"/key-results/{talks.pk}/drop/", {"back": "yes"})
    assert queries.objectives_of(linh, year=2026)[0].key_results


OWN = (
    "goals/{goal}/edit/ goals/{goal}/reached/ goals/{goal}/dropped/ goals/{goal}/back/ goals/{goal}/example/ "
    "goals/{goal}/objectives/new/ objectives/{objective}/edit/ objectives/{objective}/drop/ "
    "objectives/{objective}/key-results/new/ key-results/{result}/edit/ key-results/{result}/drop/ "
    "key-results/{result}/cards/"
)


def test_whom_it_is_shared_with_reads_and_changes_nothing(as_, talks, linh, minh, thuy):
    goal = talks.objective.goal
    ids = {"goal": goal.pk, "objective": talks.objective_id, "result": talks.pk}
    Share.objects.create(goal=goal, reader=minh, may_comment=True)
    reader = as_(minh)
    for address in (f"/goals/{goal.pk}/", f"/key-results/{talks.pk}/"):
        page = reader.get(address)
        assert page.status_code == 200
        assert b"Talks given" in page.content
        assert b"/edit/" not in page.content
    for address in OWN.format(**ids).split():
        assert reader.post(f"/{address}", {"title": "Mine now"}).status_code == 403, address
    stranger = as_(thuy)
    for address in (f"goals/{goal.pk}/", f"key-results/{talks.pk}/", *OWN.format(**ids).split()):
        assert stranger.post(f"/{address}").status_code == 403, address
    assert stranger.get(f"/goals/{goal.pk}/").status_code == 403


def test_a_reader_of_the_goal_does_not_read_the_board(as_, talks, linh, minh):
    as_(linh).post(f"/key-results/{talks.pk}/cards/", {"title": "Ask Thuy about her way"})
    goal = talks.objective.goal
    Share.objects.create(goal=goal, reader=minh)
    assert b"Ask Thuy about her way" not in as_(minh).get(f"/goals/{goal.pk}/").content
    Share.objects.create(board=linh.boards.get(), reader=minh)
    assert b"Ask Thuy about her way" in as_(minh).get(f"/goals/{goal.pk}/").content
