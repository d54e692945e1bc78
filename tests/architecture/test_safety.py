"""What an attacker tries on any web page, tried on all of ours."""

import io
import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from openpyxl import load_workbook

from conftest import PASSWORD
from tests.architecture.academy import address_of, furnish, signed_in
from tests.architecture.test_addresses import addresses, ours
from trellis.domains.careers.definitions import reading
from trellis.domains.credentials.models import Certificate
from trellis.domains.credentials.pdf import certificate_pdf
from trellis.domains.people.actions.invitations import invite
from trellis.domains.people.models import Person
from trellis.domains.programmes.definitions import read_text
from trellis.domains.programmes.tests.story import LATER
from trellis.kit import clock
from trellis.kit.files.keep import keep
from trellis.kit.files.tables import csv_response, xlsx_response

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
]


# -- what every answer carries


@pytest.mark.parametrize(
    "address", ["/", "/account/login/", "/no/such/page/", "/verify/X/", "/invitations/x/", "/bonuses/"]
)
def test_every_answer_forbids_scripts_and_frames_of_others(as_, linh, address):
    answer = as_(linh).get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_fault_of_ours_says_nothing_of_the_inside(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("trellis.domains.credentials.queries.by_number", lambda number: 1 / 0)
    answer = client.get("/verify/X/")
    assert answer.status_code == 500
    assert "Content-Security-Policy" in answer.headers
    assert b"ZeroDivisionError" not in answer.content


def test_no_address_takes_a_form_without_its_token():
    exempt = [route for route, pattern in addresses() if getattr(pattern.callback, "csrf_exempt", False)]
    assert not exempt
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE


def test_cookies_are_kept_from_scripts_and_other_sites(client, linh):
    client.post("/account/login/", {"login": linh.email, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


# -- being led elsewhere


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_elsewhere(client, linh, target):
    for address, form in {
        "/preferences/theme/": {"theme": "dark"},
        "/preferences/language/": {"language": "en"},
        "/account/login/": {"login": linh.email, "password": PASSWORD},
        "/account/logout/": {},
    }.items():
        answer = client.post(address, {**form, "next": target})
        assert answer.status_code == 302, address
        assert answer.headers["Location"] == "/" or answer.headers["Location"].startswith("/account/"), address


# -- signing in


def test_a_forgotten_password_does_not_tell_who_is_here(client, linh):
    known = client.post("/account/password/reset/", {"email": linh.email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@elsewhere.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


def test_a_wrong_password_and_a_wrong_address_are_answered_alike(client, linh):
    def told(address):
        page = client.post("/account/login/", {"login": address, "password": "not it at all"})
        return re.sub(r"\b\w{64}\b", "token", page.content.decode().replace(address, ""))

    assert told(linh.email) == told("nobody@pixel.example")


def test_who_guesses_passwords_is_stopped(client, linh):
    for _guess in range(5):
        client.post("/account/login/", {"login": linh.email, "password": "not it at all"})
    client.post("/account/login/", {"login": linh.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_invitation_gives_a_new_session_and_sets_one_password(client, hoa, linh, mailoutbox):
    Person.objects.get_queryset().filter(pk=linh.pk).update(password="!")
    linh.refresh_from_db()
    assert invite(person=linh, actor=hoa).sent
    link = re.search(r"/invitations/\S+/", str(mailoutbox[0].body)).group()
    client.get("/verify/")
    client.session["planted"] = 1
    client.session.save()
    before = client.session.session_key
    chosen = {"new_password1": "seven brown owls", "new_password2": "seven brown owls"}
    assert client.post(link, chosen).status_code == 302
    assert client.session.session_key != before
    assert Client().post(link, chosen).status_code == 410


def test_an_old_invitation_is_over_when_there_is_a_password(client, hoa, linh, mailoutbox):
    Person.objects.get_queryset().filter(pk=linh.pk).update(password="!")
    linh.refresh_from_db()
    invite(person=linh, actor=hoa)
    linh.set_password("set by the letter of a forgotten one")
    linh.save()
    link = re.search(r"/invitations/\S+/", str(mailoutbox[0].body)).group()
    assert client.get(link).status_code == 410


# -- what people write

SCRIPT = "\"'><img src=x onerror=alert(1)><!--{{7*7}}"


def poison() -> None:
    """Every text of every row of ours that may hold one, names in Chinese too, is the attack."""
    for model in apps.get_models():
        if not model.__module__.startswith("trellis.domains"):
            continue
        plain = [
            field
            for field in model._meta.concrete_fields
            if type(field) in {models.CharField, models.TextField}
            and not field.choices
            and not field.unique
            and (field.max_length or 1000) >= 100
            and field.name not in {"path", "password"}
        ]
        changes: dict[str, Any] = {field.name: SCRIPT for field in plain}
        if any(field.name == "names" for field in model._meta.concrete_fields):
            changes["names"] = {"zh-hans": SCRIPT}
        if changes:
            model._base_manager.update(**changes)
    for certificate in Certificate.objects.all():
        texts = dict.fromkeys(("person", "company", "issued_by"), SCRIPT)
        in_both = {key: {"en": SCRIPT, "zh-hans": SCRIPT} for key in ("title", "position")}
        Certificate.objects.filter(pk=certificate.pk).update(snapshot={**certificate.snapshot, **texts, **in_both})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_people_write_is_never_taken_for_a_page(who, company, language):
    things = furnish(who, company)
    poison()
    seen = 0
    with clock.moved(to=LATER):
        for name in ("linh", "mai", "hoa", "quan", "an"):
            client = signed_in(getattr(who, name))
            client.cookies["django_language"] = language
            for route, pattern in addresses():
                if not ours(pattern) or "invitations" in route:
                    continue
                answer = client.get(address_of(route, things))
                if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
                    page = answer.content.decode()
                    assert "<img src=x" not in page, f"{route} for {name}"
                    seen += "&lt;img src=x" in page
    assert seen > 50, "the attack was hardly shown anywhere: the test has lost its way"


def test_a_mark_by_script_brings_no_script(who, company):
    """The register's script puts what it is answered into the page as it comes."""
    things = furnish(who, company)
    poison()
    with clock.moved(to=LATER):
        sent = {"one": who.linh.pk, "value": "absent", "reason": SCRIPT, "seen": "0"}
        answer = signed_in(who.an).post(address_of("sessions/<int:pk>/register/", things), sent).json()
    assert "<img" not in answer["standing"] + answer["counts"]


def test_a_name_is_no_command_to_the_printer(linh, mai):
    written = '#panic("x") *b* $x^2$ <label> @ref \\ `raw` #read("/etc/passwd") // {}[]'
    held = {"title": {"en": written}, "position": {"en": written}, "person": written}
    certificate = Certificate(
        number="23456789ABCD",
        person=linh,
        issued_by=mai,
        issued_on=clock.today(),
        snapshot={**held, "company": written, "issued_by": written},
    )
    assert certificate_pdf(certificate).startswith(b"%PDF-")


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_is_no_formula_on_the_desk_of_who_opens_it(formula):
    out = b"".join(csv_response(name="x.csv", head=[formula], rows=[[formula]]).streaming_content).decode()
    assert all(
        f"'{formula[:1]}" in line or not line.strip('\ufeff"') for line in re.split(r"\r\n(?=['\"])", out.strip())
    )
    book = load_workbook(io.BytesIO(xlsx_response(name="x.xlsx", head=["a"], rows=[[formula]]).content))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_the_name_of_a_file_is_no_header(as_, linh, tmp_path, settings):
    settings.DATA = tmp_path
    stored = keep(content=b"<script>alert(1)</script>", name='a"; x=\r\nSet-Cookie: a=b;\u202efdp.html', owner=linh)
    answer = as_(linh).get(f"/files/{stored.token}/")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert not re.search(r"[\r\n\u202e]", answer.headers["Content-Disposition"])
    assert "Set-Cookie" not in answer.headers
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Type"].startswith("text/plain")


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS + "programme: {code: x, stages: *i}\n",
        "programme: &p\n  code: x\n  stages: *p\n",
        "programme: " + "[" * 5000,
    ],
    ids=["a billion laughs", "holds itself", "very deep"],
)
def test_a_small_definition_does_not_unfold_into_a_large_one(text):
    assert read_text(text)[0] is None
    assert reading.read(text.replace("programme", "framework"))[0] is None


@pytest.mark.parametrize("text", ["!!python/object/apply:os.system [id]", "programme: !!python/name:os.system {}"])
def test_a_definition_makes_no_objects(text):
    assert read_text(text)[0] is None
