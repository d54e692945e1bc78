"""Mail to people, in their language, plain and with a page of its own."""

import logging
import smtplib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from trellis.kit import clock
from trellis.kit.notices.kinds import kind_of
from trellis.kit.notices.models import Notice

log = logging.getLogger(__name__)
GIVE_UP_AFTER = 5
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


@dataclass(frozen=True)
class Line:
    title: str
    text: str
    link: str


def letter(*, to: str, subject: str, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """A mail in the current language: `template`.txt, with `template`.html beside it."""
    values = {"site": settings.SITE_URL, "company": settings.COMPANY, "lang": translation.get_language(), **context}
    mail = EmailMultiAlternatives(subject.replace("\n", " "), render_to_string(f"{template}.txt", values), to=[to])
    mail.attach_alternative(render_to_string(f"{template}.html", values), "text/html")
    return mail


def language_of(person: Any) -> str:
    return person.language or settings.LANGUAGE_CODE


def send_due() -> int:
    """Mail what is to be mailed at once; returns how many were sent.

    A letter that is refused does not keep back the others and is given up after some tries; a mail server that is away
    ends the round and costs nobody a try.
    """
    sent = failed = 0
    for pk in list(Notice.objects.filter(mail=Notice.Mail.AT_ONCE).order_by("id").values_list("pk", flat=True)[:500]):
        try:
            sent += _send_one(pk)
        except Exception as fault:
            if isinstance(fault, OSError) and not isinstance(fault, REFUSED):
                raise
            log.exception("a notice could not be mailed")
            failed += 1
            Notice.objects.filter(pk=pk).update(mail_attempts=F("mail_attempts") + 1)
    if failed:
        given_up = Notice.objects.filter(mail=Notice.Mail.AT_ONCE, mail_attempts__gte=GIVE_UP_AFTER)
        given_up.update(mail=Notice.Mail.GIVEN_UP)
        raise ConnectionError(f"{failed} notices could not be mailed")
    return sent


@transaction.atomic
def _send_one(pk: int) -> int:
    notice = Notice.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if notice.mail != Notice.Mail.AT_ONCE:
        return 0
    if _reachable(notice.person):
        with translation.override(language_of(notice.person)):
            kind = kind_of(notice.kind)
            _mail(notice.person, str(kind.title), [Line(str(kind.title), kind.sentence(notice.params), notice.link)])
    notice.mail = Notice.Mail.SENT
    notice.save(update_fields=["mail"])
    return 1


def send_digests() -> int:
    """One mail a person with everything that waited for it; returns how many mails."""
    waiting: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(mail=Notice.Mail.IN_DIGEST).select_related("person").order_by("id"):
        waiting[notice.person_id].append(notice)
    for notices in waiting.values():
        with transaction.atomic():
            mine = Notice.objects.filter(pk__in=[n.pk for n in notices], mail=Notice.Mail.IN_DIGEST)
            if mine.update(mail=Notice.Mail.SENT) and _reachable(notices[0].person):
                _mail_digest(notices)
    return len(waiting)


def _mail_digest(notices: list[Notice]) -> None:
    with translation.override(language_of(notices[0].person)):
        kinds = [kind_of(notice.kind) for notice in notices]
        lines = [Line(str(k.title), k.sentence(n.params), n.link) for k, n in zip(kinds, notices, strict=True)]
        count = len(lines)
        subject = ngettext("%(count)s thing that happened", "%(count)s things that happened", count) % {"count": count}
        _mail(notices[0].person, subject, lines)


def _reachable(person: Any) -> bool:
    return bool(person.email and person.is_active)


def _mail(person: Any, subject: str, lines: list[Line]) -> None:
    context = {"name": person.name, "lines": lines, "on": clock.today()}
    letter(to=person.email, subject=subject, template="notices/mail", context=context).send()
