import smtplib
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trellis.kit.notices import kinds, post
from trellis.kit.notices.kinds import notice_kind
from trellis.kit.notices.models import Notice, Wish
from trellis.kit.notices.notify import notify, unread_count

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rain(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    notice_kind("tests.rain", title="Weather", text="Rain at %(place)s on %(on)s.")


def tell(*people, key="rain:1", **params):
    shown = {"place": {"en": "the river", "zh-hans": "河边"}, "on": date(2026, 3, 5), **params}
    notify(person_ids=[person.pk for person in people], kind="tests.rain", key=key, params=shown, link="/sessions/")


@pytest.mark.both_databases
def test_the_same_key_tells_a_person_once(linh, minh):
    tell(linh)
    tell(linh, minh)
    assert [unread_count(linh.pk), unread_count(minh.pk)] == [1, 1]


def test_a_kind_nobody_declared_is_a_mistake_of_the_programmer(linh):
    with pytest.raises(ValueError, match="declare it with notice_kind"):
        notify(person_ids=[linh.pk], kind="tests.snow", key="x")


class TestMail:
    def test_it_comes_in_the_language_of_the_person_as_text_and_page(self, linh, minh):
        minh.language = "zh-hans"
        minh.save()
        tell(linh, minh)
        assert post.send_due() == 2
        english, chinese = mail.outbox
        assert english.subject == "Weather"
        assert "Rain at the river on 5 March 2026." in str(english.body)
        assert "http://localhost:8000/sessions/" in str(english.body)
        assert "/notices/preferences/" in str(english.body)
        assert "河边" in str(chinese.body)
        assert "你好" in str(chinese.body)
        assert "text/html" in str(chinese.alternatives)

    def test_a_replay_mails_nobody_twice(self, linh):
        for _time in range(2):
            tell(linh)
            post.send_due()
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize(
        ("channel", "rows", "at_once", "in_digest"),
        [("mail", 1, 1, 0), ("digest", 1, 0, 1), ("here", 1, 0, 0), ("none", 0, 0, 0)],
    )
    def test_each_is_told_in_the_way_they_chose(self, linh, channel, rows, at_once, in_digest):
        Wish.objects.create(person=linh, kind="tests.rain", channel=channel)
        tell(linh)
        assert Notice.objects.count() == rows
        assert [post.send_due(), len(mail.outbox)] == [at_once, at_once]
        assert [post.send_digests(), len(mail.outbox)] == [in_digest, at_once + in_digest]

    def test_the_digest_is_one_mail_with_everything_and_comes_once(self, linh):
        Wish.objects.create(person=linh, kind="tests.rain", channel="digest")
        tell(linh, key="1")
        tell(linh, key="2", on=date(2026, 3, 6))
        assert post.send_digests() == 1
        assert post.send_digests() == 0
        assert mail.outbox[0].subject == "2 things that happened"
        assert "5 March" in str(mail.outbox[0].body)
        assert "6 March" in str(mail.outbox[0].body)

    def test_one_address_that_is_refused_does_not_hold_back_the_others(self, linh, minh, monkeypatch):
        tell(linh, minh)
        send = post._mail

        def refuse_linh(person, *rest):
            if person == linh:
                raise smtplib.SMTPRecipientsRefused({})
            send(person, *rest)

        monkeypatch.setattr(post, "_mail", refuse_linh)
        for _round in range(post.GIVE_UP_AFTER):
            with pytest.raises(ConnectionError):
                post.send_due()
        assert post.send_due() == 0
        assert [letter.to for letter in mail.outbox] == [["minh@pixel.example"]]
        assert Notice.objects.get(person=linh).mail == "given_up"

    def test_a_mail_server_that_is_away_costs_nobody_a_try(self, linh, monkeypatch):
        tell(linh)

        def nobody_there(*_ignored):
            raise ConnectionRefusedError

        with monkeypatch.context() as away:
            away.setattr(post, "_mail", nobody_there)
            for _round in range(20):
                with pytest.raises(ConnectionRefusedError):
                    post.send_due()
        assert post.send_due() == 1

    def test_who_may_not_sign_in_or_has_no_address_gets_none(self, linh, minh):
        linh.email = None
        linh.save()
        minh.is_active = False
        minh.save()
        tell(linh, minh)
        post.send_due()
        assert not mail.outbox


class TestPages:
    def test_a_notice_is_read_by_opening_it(self, as_, linh):
        tell(linh)
        client = as_(linh)
        assert "Rain at the river" in client.get("/notices/").content.decode()
        response = client.post(reverse("notices:open", args=[Notice.objects.get().pk]))
        assert response["Location"] == "/sessions/"
        assert unread_count(linh.pk) == 0

    def test_all_are_read_at_once(self, as_, linh):
        tell(linh, key="1")
        tell(linh, key="2")
        as_(linh).post(reverse("notices:read-all"))
        assert unread_count(linh.pk) == 0

    def test_somebody_elses_notice_is_not_found(self, as_, linh, minh):
        tell(linh)
        response = as_(minh).post(reverse("notices:open", args=[Notice.objects.get().pk]))
        assert response.status_code == 403
        assert unread_count(linh.pk) == 1

    def test_the_way_one_is_told_is_kept(self, as_, linh):
        client, address = as_(linh), reverse("notices:preferences")
        client.post(address, {"tests.rain": "digest"})
        client.post(address, {"tests.rain": "none"})
        assert Wish.objects.get().channel == "none"
        assert client.post(address, {"tests.rain": "by owl"}).context["form"].errors

    def test_without_any_it_says_so(self, as_, linh):
        assert "Nothing yet" in as_(linh).get("/notices/").content.decode()

    def test_a_notice_whose_kind_is_gone_still_shows(self, as_, linh):
        Notice.objects.create(person=linh, kind="tests.old", key="x")
        assert "tests.old" in as_(linh).get("/notices/").content.decode()

    def test_costs_the_same_with_fifty(self, as_, linh):
        client, counts = as_(linh), []
        for more in (1, 50):
            for number in range(more):
                tell(linh, key=f"{more}:{number}")
            with CaptureQueriesContext(connection) as queries:
                client.get("/notices/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8
