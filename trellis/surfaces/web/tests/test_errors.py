"""When something does not work, the page says what happened and what to do, in our look."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error


def test_there_is_no_such_page(as_, linh):
    response = as_(linh).get("/no/such/page/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_page_that_is_not_for_me(as_, linh):
    request = RequestFactory().get("/")
    request.user = linh
    assert "This page is not for you" in permission_denied(request, PermissionDenied("x")).content.decode()


def test_what_is_somebodys_own_is_not_shared_with_me(as_, linh):
    request = RequestFactory().get("/")
    request.user = linh
    page = permission_denied(request, PermissionDenied("growth.read")).content.decode()
    assert "This is not shared with you" in page
    assert "programme office" not in page.split("<main")[1]


def test_a_form_without_its_token_was_changed_nothing(linh):
    client = Client(enforce_csrf_checks=True)
    client.force_login(linh, backend="trellis.domains.people.signing_in.Backend")
    response = client.post("/preferences/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Please send it once more" in response.content.decode()
    assert "theme" not in response.cookies


def test_a_fault_of_ours_is_told_without_touching_the_database():
    assert "Something broke on our side" in server_error(RequestFactory().get("/")).content.decode()


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_every_such_page_says_what_to_do(db, template):
    html = render_to_string(template)
    assert 'href="/"' in html
    assert "<h1>" in html


def test_who_was_signed_out_while_writing_keeps_the_words(client, db):
    sent = {"title": "Lead a team", "why": "It was quiet", "csrfmiddlewaretoken": "a secret"}
    answer = client.post("/goals/new/", sent, headers={"Referer": "http://testserver/goals/new/"})
    assert answer.status_code == 401
    assert "You are signed out" in answer.text
    assert "Lead a team" in answer.text
    assert "It was quiet" in answer.text
    assert "a secret" not in answer.text
    assert 'href="/account/login/?next=/goals/new/"' in answer.text
    elsewhere = client.post("/goals/new/", sent, headers={"Referer": "https://evil.example/x"})
    assert 'href="/account/login/?next=/"' in elsewhere.text
    script = client.post("/goals/new/", sent, headers={"HX-Request": "true"})
    assert script.status_code == 302, "a script of ours knows by it that nothing was kept"
