"""Rows D1 and D6 in a browser: one's own development, an offer at most, and private until shared."""

from django.test import Client
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.domains.growth.actions.boards import default_board
from trellis.domains.growth.models import Card, DevelopmentOffer, Goal
from trellis.domains.people.models import Person

BACKEND = "trellis.domains.people.signing_in.Backend"
OTHERS = ("thuy", "minh", "mai", "hoa", "tuan", "quan")


def test_d6_private_until_shared_with_one_and_again_when_it_ends(academy, visit):
    linh, an = academy.linh, academy.an
    goal = Goal.objects.filter(owner=linh).first()
    goal.shares.all().delete()
    for name in OTHERS:
        client = Client()
        client.force_login(getattr(academy, name), backend=BACKEND)
        assert client.get(f"/goals/{goal.pk}/").status_code == 403
        assert goal.title not in client.get(f"/people/{linh.pk}/").content.decode()

    hers = visit(linh, width=PHONE)
    hers.goto(f"{academy.url}/goals/{goal.pk}/")
    hers.get_by_role("link", name="Only you can see this").click()
    hers.get_by_label("Name, e-mail or employee id").press_sequentially(an.name[:5])
    hers.locator("#found-people").get_by_role("button", name="Let comment too " + an.name).click()
    expect(hers.get_by_text("reads and comments")).to_be_visible()

    his = visit(an)
    his.goto(academy.url + "/notices/")
    expect(his.locator("main")).not_to_contain_text(goal.title)
    his.goto(academy.url + "/shared/")
    his.get_by_role("link", name=goal.title).click()
    expect(his.locator("main")).to_contain_text("lets you read and comment")
    his.get_by_role("textbox", name="Comment").fill("Begin with **one** morning.")
    his.get_by_role("button", name="Say it").dblclick()
    expect(his.locator("#comments strong", has_text="one")).to_have_count(1)

    hers.reload()
    hers.get_by_role("button", name="End " + an.name).click()
    expect(hers.get_by_text("Only you can see this goal.")).to_be_visible()
    his.get_by_role("textbox", name="Comment").fill("And another thing")
    his.get_by_role("button", name="Say it").click()
    expect(his.get_by_role("heading", level=1)).to_have_text("This is not shared with you")
    assert goal.comments.filter(author=an).count() == 1


def test_d6_somebody_is_let_in_without_script(academy, visit):
    board = default_board(owner=academy.linh)
    board.shares.all().delete()
    page = visit(academy.linh, scripts=False)
    page.goto(f"{academy.url}/boards/{board.pk}/share/")
    page.get_by_label("Name, e-mail or employee id").fill("minh@")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Let read").first.click()
    expect(page.get_by_text("has not looked yet")).to_be_visible()
    assert academy.minh.has_perm("growth.read", board)


def test_d1_a_manager_finds_nothing_to_assign_and_makes_an_offer(academy, visit):
    DevelopmentOffer.objects.all().delete()
    thuy, linh = academy.thuy, academy.linh
    other = Person.objects.here().filter(manager=thuy).exclude(pk=linh.pk).first() or academy.nam
    page = visit(thuy)
    for address in ("/team/", "/team/offers/", "/team/mandatory/"):
        page.goto(academy.url + address)
        buttons = [text.strip() for text in page.locator("main").get_by_role("button").all_inner_texts()]
        assert all(text.startswith("Withdraw") for text in buttons), buttons
    for person in (linh, other):
        page.goto(f"{academy.url}/people/{person.pk}/")
        page.get_by_role("link", name="Offer something").click()
        page.get_by_label("What do you offer?").select_option("time")
        page.get_by_label("In your words").fill("Two hours a week")
        page.get_by_role("button", name="Offer it").click()
        expect(page.locator("#offers")).to_contain_text(person.name)

    hers = visit(linh, width=PHONE)
    hers.goto(academy.url + "/development-offers/")
    hers.get_by_role("button", name="Take it up, with a card").click()
    hers.wait_for_url("**/cards/*/")
    expect(hers.locator("main")).to_contain_text("Two hours a week")
    card = Card.objects.filter(origin__contains="development-offer").get()
    assert card.column.board.owner == linh

    page.reload()
    expect(page.locator("#offers .pill", has_text="Not taken up")).to_have_count(1)
    expect(page.locator("#offers .pill", has_text="Taken up").filter(has_not_text="Not")).to_have_count(1)
    assert page.goto(f"{academy.url}/cards/{card.pk}/").status == 403
