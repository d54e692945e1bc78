"""The transcript of a person: courses, attempts, results, credits, days beside a holder, certificates; to print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from trellis.domains.credentials.actions import number_transcript
from trellis.domains.credentials.models import Certificate, TranscriptPaper
from trellis.domains.credentials.pdf import fonts, qr_svg, verify_url
from trellis.domains.credentials.queries import loaded
from trellis.domains.credentials.rules import in_groups
from trellis.domains.learning.models import Attempt
from trellis.domains.learning.queries.transcript import Taken, Transcript, transcript_of
from trellis.domains.learning.wording import part_name
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.queries import with_facts
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Holding, Person
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.text import in_language, plain_number
from trellis.surfaces.web.holdings import held_by, held_now

PAPER = Path(__file__).with_name("transcript.typ")


@dataclass(frozen=True)
class Line:
    """A row of the transcript in words."""

    name: str
    when: str
    told: str
    result: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading with its rows; `result` heads their last column."""

    title: str
    lines: list[Line]
    result: str


@signed_in
def mine(request: Asked) -> HttpResponse:
    """One's own."""
    return transcript(request, request.user.pk)


@signed_in
def transcript(request: Asked, person_id: int) -> HttpResponse:
    """Of one person, for themselves, the academy, HR, and those who lead them.

    The latter see no single attempts, no run that was left, and not why earlier learning counts.
    """
    shown, holdings = _person(request, person_id)
    page = {
        "person": shown,
        "now": held_now(holdings),
        "parts": _parts(shown, closely=request.user.has_perm("learning.see_attempts", shown)),
        "today": clock.today(),
        "is_own": shown == request.user,
        "may_credit": request.user.has_perm("learning.credit_person", shown),
    }
    return render(request, "web/transcript.html", page)


@signed_in
def pdf(request: Asked, person_id: int) -> HttpResponse:
    """The same on A4, with a number under which it is verified."""
    shown, _holdings = _person(request, person_id)
    parts = _parts(shown, closely=request.user.has_perm("learning.see_attempts", shown))
    said = json.dumps([get_language(), shown.name, *([part.title, *map(asdict, part.lines)] for part in parts)])
    digest = hashlib.sha256(said.encode()).hexdigest()
    paper = number_transcript(person=shown, digest=digest, actor=request.user)
    response = HttpResponse(_on_paper(shown, parts, paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="transcript-{shown.pk}.pdf"'
    return response


def _person(request: Asked, person_id: int) -> tuple[Person, Sequence[Holding]]:
    """The person with all they held, in one statement where they held anything."""
    holdings = held_by(person_id)
    shown = holdings[0].person if holdings else get_object_or_404(Person.objects.get_queryset(), pk=person_id)
    if shown.erased_at:
        raise Http404
    require(request, "learning.see_transcript", shown)
    return shown, holdings


def _parts(person: Person, *, closely: bool) -> list[Part]:
    found = transcript_of(person)
    taken = [one for one in found.taken if closely or one.result or not one.enrolment.withdrawn_at]
    days = MentorshipDay.objects.filter(learner=person, cancelled_at=None, on__lte=clock.today())
    days = with_facts(days.select_related("holder", "position")).order_by("on")
    given = loaded().filter(person=person).order_by("issued_on", "id")
    parts = [
        Part(_("Courses"), [_course(one, closely=closely) for one in taken], _("Result")),
        Part(_("Earlier learning credited"), _credits(found, closely=closely), _("Result")),
        Part(_("Days beside a holder"), [_day(day) for day in days], pgettext("how long", "Time")),
        Part(_("Certificates"), [_certificate(certificate) for certificate in given], _("Number")),
    ]
    return [part for part in parts if part.lines]


def _date(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")


def _course(taken: Taken, *, closely: bool) -> Line:
    offering, seen, result = taken.offering, taken.attendance, taken.result
    told = ""
    if seen and seen.scheduled:
        told = _("%(counted)s of %(scheduled)s sessions") % {"counted": seen.counted, "scheduled": seen.scheduled}
    if closely and taken.enrolment.withdrawn_at:
        told = _("left on %(day)s") % {"day": _date(taken.enrolment.withdrawn_at)}
    score = {"score": plain_number(result.score)} if result else {}
    said = "–"
    if result:
        said = _("%(score)s, passed") % score if result.passed else _("%(score)s, not passed") % score
        said = _("missed") if result.missed else said
    names = {part.code: part_name(part) for part in offering.scheme.parts}
    tells_more = closely and len(taken.attempts) > 1
    more = tuple(_attempt(one, names) for one in taken.attempts) if tells_more else ()
    when = f"{_date(offering.starts_on)} – {_date(offering.ends_on)}"
    return Line(str(offering.course), when, told, said, more)


def _attempt(attempt: Attempt, names: dict[str, str]) -> str:
    told = {
        "part": names.get(attempt.part, attempt.part),
        "number": attempt.number,
        "day": _date(attempt.sat_on),
        "result": plain_number(attempt.score) if attempt.score is not None else attempt.get_state_display(),
    }
    return _("%(part)s, attempt %(number)s on %(day)s: %(result)s") % told


def _credits(found: Transcript, *, closely: bool) -> list[Line]:
    lines = []
    for credit in found.credits:
        told = {"who": credit.decided_by, "why": credit.reason}
        score = plain_number(credit.score) if credit.score is not None else _("credited")
        day = _date(credit.decided_at)
        said = _("credited by %(who)s: %(why)s") if closely else _("credited by %(who)s")
        lines.append(Line(str(credit.course), day, said % told, score))
    return lines


def _day(day: Any) -> Line:
    told = _("beside %(who)s") % {"who": day.holder}
    minutes = day.mark_minutes
    time = _("%(hours)s h") % {"hours": f"{minutes / 60:.3g}"} if minutes else _("not confirmed")
    return Line(str(day.position), _date(day.on), told, time)


def _certificate(certificate: Certificate) -> Line:
    title = certificate.snapshot["title"]
    position = certificate.snapshot.get("position") or {}
    name = in_language(title.get("en", ""), title)
    name = f"{name}: {in_language(position.get('en', ''), position)}" if position else name
    told = ""
    if certificate.withdrawn_at:
        told = _("withdrawn on %(day)s") % {"day": _date(certificate.withdrawn_at)}
    return Line(name, _date(certificate.issued_on), told, in_groups(certificate.number))


def _on_paper(person: Person, parts: list[Part], paper: TranscriptPaper) -> bytes:
    words = {
        "lang": "zh" if get_language() == "zh-hans" else "en",
        "company": settings.COMPANY,
        "title": _("Transcript"),
        "person": person.name,
        "id": person.employee_id,
        "date": _("As of %(day)s") % {"day": _date(clock.today())},
        "verify": _("Number %(number)s · verify at %(address)s")
        % {"number": in_groups(paper.number), "address": verify_url(paper)},
        "qr": qr_svg(verify_url(paper)).decode(),
        "nothing": _("Nothing is on record yet."),
        "parts": [
            {"title": part.title, "rows": [[row.name, row.when, row.told, row.result, row.more] for row in part.lines]}
            for part in parts
        ],
    }
    sent = {"all": json.dumps(words)}
    import typst  # here, since most processes never need it and it would take memory in all

    return bytes(typst.compile(PAPER.read_bytes(), font_paths=fonts(), sys_inputs=sent))
