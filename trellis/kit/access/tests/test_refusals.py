import pytest
from django.urls import reverse

from trellis.kit.access.middleware import REFUSALS_KEPT_AN_HOUR
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db


def refusals():
    return Entry.objects.filter(kind="access.refused")


def test_who_was_refused_what_is_in_the_journal(as_, linh):
    response = as_(linh).get(reverse("journal:journal"))
    assert response.status_code == 403
    refusal = refusals().get()
    assert refusal.actor == linh
    assert refusal.facts == {"permission": "journal.read", "path": "/journal/", "method": "GET"}


def test_a_stranger_is_sent_to_the_sign_in_and_leaves_no_line(client, db):
    response = client.get(reverse("journal:journal"))
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]
    assert not refusals().exists()


def test_a_flood_of_refusals_does_not_fill_the_journal(as_, linh, minh):
    client = as_(linh)
    for _time in range(REFUSALS_KEPT_AN_HOUR + 5):
        client.get(reverse("journal:journal"))
    assert refusals().count() == REFUSALS_KEPT_AN_HOUR
    as_(minh).get(reverse("journal:journal"))
    assert refusals().filter(actor=minh).count() == 1
