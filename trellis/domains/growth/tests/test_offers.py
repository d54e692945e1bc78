"""Thuy offers Linh something: Linh takes it up or leaves it lying, and owes nobody a reason."""

from datetime import date

import pytest

from trellis.domains.growth.actions import offers
from trellis.domains.growth.models import Card, DevelopmentOffer
from trellis.domains.growth.queries.offers import answered_by, lying_before, made_by
from trellis.domains.growth.rules.offers import as_its_maker_sees, why_not_offer
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

UNTIL, TODAY = date(2026, 5, 1), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "has_thing", "words", "until", "code"),
    [
        pytest.param("course", True, "", UNTIL, "", id="a course needs no words"),
        pytest.param("course", False, "any", UNTIL, "nothing", id="which course?"),
        pytest.param("time", False, "two hours a week", UNTIL, "", id="time, in words"),
        pytest.param("time", False, " ", UNTIL, "no_words", id="how much time?"),
        pytest.param("words", False, "x", date(2026, 3, 1), "over", id="until yesterday"),
        pytest.param("words", False, "x", date(2027, 3, 4), "too_long", id="for more than a year"),
    ],
)
def test_what_may_be_offered(kind, has_thing, words, until, code):
    assert why_not_offer(kind=kind, has_thing=has_thing, words=words, until=until, today=TODAY) == code


@pytest.mark.parametrize(
    ("taken", "withdrawn", "until", "state"),
    [
        (True, False, UNTIL, "taken"),
        (False, True, UNTIL, "withdrawn"),
        (False, False, UNTIL, "lying"),
        (False, False, date(2026, 3, 1), "over"),
    ],
)
def test_what_its_maker_sees(taken, withdrawn, until, state):
    assert as_its_maker_sees(taken=taken, withdrawn=withdrawn, until=until, today=TODAY) == state


@pytest.fixture
def made(linh, thuy):
    outcome = offers.offer(person=linh, kind="time", words="Two hours a week for colour", until=UNTIL, actor=thuy)
    return outcome.offer


def test_the_person_is_told_once_and_without_the_words(made, linh, thuy):
    again = offers.offer(person=linh, kind="time", words="Two hours a week for colour", until=UNTIL, actor=thuy)
    assert again.code == "already"
    notice = Notice.objects.get(person=linh)
    assert "colour" not in str(notice.params)
    assert not Entry.objects.exists()


def test_put_away_and_left_lying_look_the_same_to_who_made_it(made, linh, thuy):
    before = [one.state for one in made_by(thuy)]
    offers.put_away(made=made)
    assert [one.state for one in made_by(thuy)] == before == ["lying"]
    assert not lying_before(linh).exists()
    assert answered_by(linh).get() == made
    assert not Notice.objects.filter(person=thuy).exists()


def test_taken_up_with_a_card_that_only_linh_sees(made, linh, thuy):
    for _twice in range(2):
        card = offers.take_up(made=made, card_title="Colour")
    assert Card.objects.get() == card
    assert card.column.board.owner == linh
    assert not thuy.has_perm("growth.read", card.column.board)
    assert [one.state for one in made_by(thuy)] == ["taken"]
    assert Notice.objects.filter(person=thuy).count() == 1
    assert not offers.withdraw(made=made)


def test_put_away_and_taken_up_after_all(made, linh):
    offers.put_away(made=made)
    offers.take_up(made=made)
    made.refresh_from_db()
    assert made.taken_at
    assert not made.put_away_at


def test_nothing_can_be_taken_up_that_is_withdrawn_or_over(made, linh):
    with clock.moved(to=date(2026, 5, 2)):
        offers.take_up(made=made, card_title="Colour")
        assert not lying_before(linh).exists()
    assert offers.withdraw(made=made)
    offers.take_up(made=made, card_title="Colour")
    made.refresh_from_db()
    assert made.taken_at is None
    assert not Card.objects.exists()


def test_only_who_leads_offers_and_bad_input_is_told(linh, minh, thuy, as_):
    address = f"/people/{linh.pk}/development-offers/new/"
    assert as_(minh).get(address).status_code == 403
    assert as_(linh).get(address).status_code == 403
    answer = as_(thuy).post(address, {"kind": "course", "until": "2026-05-01", "words": "Colour!"})
    assert answer.status_code == 422
    assert "Choose below what it is that you offer." in answer.content.decode()
    assert "Colour!" in answer.content.decode()
    assert as_(thuy).post(address, {"kind": "words", "until": "2026-05-01", "words": "Colour!"}).status_code == 302
    assert DevelopmentOffer.objects.get().person == linh


def test_the_pages_take_up_and_put_away(made, linh, thuy, as_):
    assert "Two hours a week" in as_(linh).get("/development-offers/").content.decode()
    assert as_(thuy).post(f"/development-offers/{made.pk}/take/").status_code == 403
    as_(linh).post(f"/development-offers/{made.pk}/put-away/")
    answer = as_(linh).post(f"/development-offers/{made.pk}/take/", {"card": "1"})
    assert answer.headers["Location"] == f"/cards/{Card.objects.get().pk}/"
    assert "Taken up" in as_(thuy).get("/team/offers/").content.decode()
    assert "Not taken up" not in as_(thuy).get("/team/offers/").content.decode()
