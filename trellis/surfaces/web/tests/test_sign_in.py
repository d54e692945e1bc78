"""The pages of signing in wear our look and speak both languages."""

import pytest
from django.test import override_settings

from conftest import PASSWORD

FOR_EVERYBODY = ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/signup/"]
FOR_MYSELF = [
    "/account/2fa/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/logout/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
]


@pytest.mark.parametrize("address", FOR_EVERYBODY)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_for_everybody_are_ours(client, db, address, language):
    client.cookies["django_language"] = language
    html = client.get(address, follow=True).content.decode()
    assert 'class="entrance"' in html
    assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in html


def sign_in(client, person):
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("address", FOR_MYSELF)
def test_pages_about_my_sign_in_are_ours(client, linh, address):
    response = sign_in(client, linh).get(address, follow=True)
    assert response.status_code == 200
    assert 'class="entrance"' in response.content.decode()


def test_signing_in_by_password(client, linh):
    response = client.post("/account/login/", {"login": linh.email, "password": PASSWORD})
    assert response["Location"] == "/"


def test_a_wrong_password_keeps_the_address_and_says_what_is_wrong(client, linh):
    html = client.post("/account/login/", {"login": linh.email, "password": "not it at all"}).content.decode()
    assert linh.email in html
    assert "note--bad" in html


@override_settings(DEMO_SIGN_INS=[("linh@pixel.example", PASSWORD, "Linh Nguyen", "photo editor")])
def test_the_demo_shows_its_sign_ins(client, db):
    assert "Linh Nguyen · photo editor" in client.get("/account/login/").content.decode()


def test_nobody_else_does(client, db):
    assert "Look around as" not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_the_theme_is_remembered(client, db, chosen):
    client.post("/preferences/theme/", {"theme": chosen, "next": "/account/login/"})
    assert f'data-theme="{chosen}"' in client.get("/account/login/").content.decode()


def test_the_language_is_remembered_with_the_person(as_, linh):
    as_(linh).post("/preferences/language/", {"language": "zh-hans", "next": "/"})
    linh.refresh_from_db()
    assert linh.language == "zh-hans"


@pytest.mark.parametrize("address", ["/account/email/", "/account/confirm-email/", "/account/login/code/"])
def test_nobody_changes_the_address_they_sign_in_with(client, linh, address):
    """It comes from the company's list of people."""
    assert sign_in(client, linh).post(address, {"action_add": "", "email": "other@pixel.example"}).status_code == 404
