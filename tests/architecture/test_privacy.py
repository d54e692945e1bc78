"""What is private is read by nobody it was not shared with: every address is walked as everybody, looking for it.

Each text that a model declares `private` gets a word that stands nowhere else. Linh owns them; Minh may read a board
and a goal of hers; Thuy leads her, made her an offer and nothing else; the others have every role there is.
"""

import io
import logging
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import models, transaction
from django.test import Client

from tests.architecture.academy import address_of, furnish, signed_in
from tests.architecture.own import OWN, furnish_beside
from tests.architecture.test_addresses import addresses, example, ours
from trellis.domains.growth.actions import sharing
from trellis.domains.growth.models import Share
from trellis.domains.people.actions.erasure import models_about_a_person
from trellis.domains.programmes.tests.story import LATER
from trellis.kit import clock
from trellis.kit.notices.post import send_digests, send_due
from trellis.kit.text import Erasure

# Who comes to read any of a table's private texts, besides Linh, whose they are. Whoever is not named reads none.
WHO_READS: dict[str, str] = {
    # between mentor and mentee, as Minh and she are; their own notes are not
    "mentoring.Mentorship": "minh",
    "mentoring.Meeting": "minh",
    "mentoring.MeetingTopic": "minh",
    "mentoring.MeetingAction": "minh",
    "mentoring.Afterword": "minh",
    "mentoring.Reason": "",
    "mentoring.PrivateNote": "",
    "growth.Board": "minh",
    "growth.BoardAct": "",
    "growth.Card": "minh",
    "growth.CheckIn": "minh",
    "growth.ChecklistItem": "minh",
    "growth.Column": "minh",
    "growth.Comment": "minh",
    "growth.DevelopmentOffer": "thuy",  # she wrote it
    "growth.Finding": "",
    "growth.Goal": "minh",
    "growth.KeyResult": "minh",
    "growth.Label": "minh",
    "growth.Objective": "minh",
    "growth.SkillWish": "",
}
ABOUT_ALL = "What a team or the company says of its work."
BY_MACHINE = "A code, an order or numbers that the program makes."
OF_THE_SIX_DAYS = "The academy's plan of days beside a holder, signed before it."
# The texts of these two rooms that others may read as well, each with its reason.
FOR_OTHERS: dict[str, str] = {
    "growth.Agreed.note": ABOUT_ALL,
    "growth.BoardAct.key": BY_MACHINE,
    "growth.BoardImport.counts": BY_MACHINE,
    "growth.BoardImport.cuts": BY_MACHINE,
    "growth.BoardImport.sha256": BY_MACHINE,
    "growth.BoardImport.source": BY_MACHINE,
    "growth.Card.origin": BY_MACHINE,
    "growth.Card.rank": BY_MACHINE,
    "growth.ChecklistItem.rank": BY_MACHINE,
    "growth.Choice.explanation": "Said to the team, after all choices were shown.",
    "growth.Column.rank": BY_MACHINE,
    "growth.Comment.key": BY_MACHINE,
    "growth.Decision.detail": ABOUT_ALL,
    "growth.Decision.title": ABOUT_ALL,
    "growth.Finding.step": BY_MACHINE,
    "growth.SkillNeed.why": ABOUT_ALL,
    "mentoring.Offer.weekdays": OF_THE_SIX_DAYS,
    "mentoring.PlanProposal.name": OF_THE_SIX_DAYS,
    "mentoring.PlanProposal.names": OF_THE_SIX_DAYS,
    "mentoring.PlanProposal.outcome": BY_MACHINE,
    "mentoring.PlanProposal.source": BY_MACHINE,
    "mentoring.ProposedPerson.why_short": BY_MACHINE,
    "mentoring.Signature.text": OF_THE_SIX_DAYS,
    "mentoring.Willing.about": "A mentor's invitation to everybody.",
    "mentoring.Willing.helps_with": "A mentor's invitation to everybody.",
    "mentoring.Willing.languages": BY_MACHINE,
}
SHARED_WITH_HIM = {model for model, readers in WHO_READS.items() if model.startswith("growth.") and "minh" in readers}
BESIDE_IT = ("what hangs on something shared", "and is not shared itself")
STRANGERS = ("dung", "thuy", "mai", "hoa", "tuan", "quan")
SHOWN = re.compile(r"vqzx\d{3}")
ASKS = b'type="search"'  # the dialog of every page is one
BROWSERS_OF_DATABASES = ("django.contrib.admin", "debug_toolbar", "silk", "explorer", "django.contrib.admindocs")

pytestmark = pytest.mark.django_db


def private_fields() -> list[tuple[type[models.Model], str]]:
    policies = ((model, getattr(model, "data_policy", None)) for model in apps.get_models())
    return [(model, name) for model, policy in policies if policy for name in policy.private]


def plant() -> dict[str, tuple[str, str]]:
    """Give each private field of what furnish() made a word of its own; model and field by the word that shows it."""
    planted = {}
    for number, (model, name) in enumerate(private_fields(), start=1):
        word, rows = f"kq{number:03d} vqzx{number:03d}", model._base_manager.all()
        is_json = isinstance(model._meta.get_field(name), models.JSONField)
        if rows.update(**{name: {"title": word}}) if is_json else rows.filter(**{name: OWN}).update(**{name: word}):
            planted[word.split()[1]] = (model._meta.label, name)
    return planted


def body_of(answer: Any) -> bytes:
    """All that is sent: headers, and the body with whatever is packed in it laid open."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    elif body.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", body, re.S):
            body += zlib.decompressobj().decompress(stream) if stream[:1] == b"\x78" else b""
    return repr(list(answer.items())).encode() + body


class Walk:
    """Goes to addresses as somebody, each time in a transaction of its own, and keeps what was shown."""

    def __init__(self, planted: dict[str, tuple[str, str]], things: dict[str, Any]) -> None:
        self.planted, self.things = planted, things
        self.seen: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)  # by name: model and field, and where

    def __call__(self, name: str, client: Client, address: str, method: str = "get", **sent: Any) -> bytes:
        with transaction.atomic():
            body = body_of(getattr(client, method)(address, **sent))
            transaction.set_rollback(True)
        for word in set(SHOWN.findall(body.decode(errors="ignore"))):
            self.seen[name].setdefault(self.planted.get(word, ("a word", word)), f"{method} {address}")
        return body

    def everywhere(self, name: str, client: Client, only: Iterator[str] | None = None) -> None:
        """Every address, as a page and as a part of one; where one can search, for the beginning of private words."""
        for address in only or self.all_addresses():
            if name in ("minh", "dung"):  # a reader, and one stranger for all
                self(name, client, f"{address}?face=1", headers={"HX-Request": "true"})
            if self(name, client, address).count(ASKS) > 1:
                self(name, client, f"{address}?q=kq&words=kq")

    def all_addresses(self) -> Iterator[str]:
        for route, pattern in addresses():
            furnished = ours(pattern) and any(route.startswith(start) for start in self.things)
            yield address_of(route, self.things) if furnished else example(route)  # test_who_may.py wants them all
        yield "/find/?q=kq"
        yield "/people/?q=kq"


def test_every_private_table_says_who_reads_it():
    assert {model._meta.label for model, _name in private_fields()} == set(WHO_READS)


def test_every_text_of_these_rooms_is_private_or_says_why_not():
    """A new field is private until somebody writes down for whom else it is."""
    private = set(private_fields())
    texts = {
        f"{model._meta.label}.{field.name}"
        for room in ("growth", "mentoring")
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and (model, field.name) not in private
    }
    assert texts == set(FOR_OTHERS)


def test_what_is_private_is_gone_after_an_erasure():
    left = [
        f"{model._meta.label}.{name}"
        for model, name in private_fields()
        if model.data_policy.erasure == Erasure.KEPT
        or (model.data_policy.erasure == Erasure.ANONYMISED and name not in model.data_policy.clears)
    ]
    reached = {model for model, _path in models_about_a_person()}
    assert not left
    assert not [model._meta.label for model, _name in private_fields() if model not in reached]


def test_no_page_lets_anybody_browse_the_database():
    assert not set(BROWSERS_OF_DATABASES) & set(settings.INSTALLED_APPS)
    assert not [r for r, p in addresses() if p.callback.__module__.startswith(BROWSERS_OF_DATABASES)]
    assert not settings.ADMINS, "a letter about a fault would hold what was being worked on"


def test_nobody_else_comes_to_read_a_private_text(who, company, caplog):
    caplog.set_level(logging.WARNING, "rules")  # it tells every predicate, which names no object
    with caplog.at_level(logging.DEBUG):
        things = furnish(who, company)
        furnish_beside(who, things)
        walk = Walk({**plant(), "vqzx999": BESIDE_IT}, things)
        with clock.moved(to=LATER):
            send_due()
            send_digests()
            clients = {name: signed_in(getattr(who, name)) for name in ("linh", "minh", *STRANGERS)}
            walk.everywhere("linh", clients["linh"])
            walk.everywhere("minh", clients["minh"])
            for name in STRANGERS:
                walk.everywhere(name, clients[name])
            walk.everywhere("nobody", Client(raise_request_exception=False))
            garbage = {"person": who.linh.pk, "text": "x", "title": "", "name": "", "q": "kq", "board": 1, "goal": 1}
            for address in walk.all_addresses():
                for name in ("dung", "minh"):
                    walk(name, clients[name], address, "post", data=garbage)
            reading = {where.split()[1] for where in walk.seen["minh"].values()} | {"/shared/", "/notices/", "/"}
            for given in Share.objects.filter(reader=who.minh):
                sharing.end_share(given=given)
            ended = Walk(walk.planted, things)
            ended.everywhere("minh", clients["minh"], iter(reading))

    wrong = []
    for name, seen in walk.seen.items():
        wrong += [
            f"{name} reads {model}.{field}: {where}"
            for (model, field), where in seen.items()
            if name not in ("linh", *WHO_READS.get(model, "").split())
        ]
    wrong += [
        f"after it ended minh reads {model}.{field}: {where}"
        for (model, field), where in ended.seen["minh"].items()
        if model in SHARED_WITH_HIM and (model, where) != ("growth.Comment", "get /me/everything.json")  # he said it
    ]
    assert not wrong, "\n" + "\n".join(wrong)
    private = {(model._meta.label, name) for model, name in private_fields()}
    assert set(walk.seen["linh"]) == private | {BESIDE_IT}, (
        "she reads all of it, or the walk saw nothing (tests/architecture/own.py)"
    )
    for model, readers in WHO_READS.items():
        for name in readers.split():
            assert model in {label for label, _field in walk.seen[name]}, f"{name} should come to read of {model}"
    assert not SHOWN.search(caplog.text), "a private text in the log"
    letters = "".join(f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox)
    assert letters
    assert not SHOWN.search(letters)
    assert not stands_elsewhere()


def stands_elsewhere() -> list[str]:
    """Fields that hold a private text and do not say so: journal, notices, tasks, jobs, sessions, anything."""
    private = {(model, name) for model, name in private_fields()}
    found = []
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if (model, f.name) not in private]
        for row in model._base_manager.values_list(*names).iterator():
            found += [model._meta.label for value in row if SHOWN.search(str(value))]
    return sorted(set(found))


def test_what_is_looked_for_stands_in_the_furniture():
    assert SHOWN.search(OWN)
