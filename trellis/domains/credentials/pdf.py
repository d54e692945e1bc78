"""A certificate on paper: A4, landscape, by typst; with a QR code that leads to the page which verifies it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pylopdf_fonts_zh_cn
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.domains.credentials.models import Certificate, TranscriptPaper
from trellis.domains.credentials.rules import in_groups
from trellis.kit.text import in_language

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("certificate.typ")


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Twenty megabytes of Chinese type, read once."""
    import typst  # here, since most processes never need it and it would take memory in all

    return typst.Fonts(font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent], include_system_fonts=False)


def verify_url(paper: Certificate | TranscriptPaper) -> str:
    """The public address that says whether the certificate is valid, or what the transcript is."""
    return f"{settings.SITE_URL}/verify/{paper.number}/"


def qr_svg(text: str) -> bytes:
    """A QR code as SVG without a frame."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=0, dark="#0f3b30", xmldecl=False)
    return out.getvalue()


def certificate_pdf(certificate: Certificate) -> bytes:
    """The PDF in the reader's language, from the snapshot alone."""
    return certificates_pdf([certificate])


def certificates_pdf(certificates: Sequence[Certificate]) -> bytes:
    """Several in one PDF, a page each, for whoever prints them all for a ceremony."""
    import typst

    told = {"all": json.dumps([_words(certificate) for certificate in certificates])}
    return bytes(typst.compile(TEMPLATE.read_bytes(), font_paths=fonts(), sys_inputs=told))


def _words(certificate: Certificate) -> dict[str, str]:
    held = certificate.snapshot
    title = in_language(held["title"].get("en", ""), held["title"])
    position = held.get("position") or {}
    return {
        "lang": "zh" if get_language() == "zh-hans" else "en",
        "company": held["company"],
        "heading": _("Certificate of completion"),
        "to": _("This certificate is given to"),
        "person": held["person"],
        "done": _("who has completed the programme") if certificate.journey_id else _("who has passed the course"),
        "title": title,
        "position": _("and is ready for the position of %(position)s")
        % {"position": in_language(position.get("en", ""), position)}
        if position
        else "",
        "date": date_format(certificate.issued_on, "DATE_FORMAT"),
        "date_label": _("Issued on"),
        "signed": held["issued_by"],
        "signed_label": _("For the academy") if certificate.journey_id else _("Teacher"),
        "number": in_groups(certificate.number),
        "verify": _("Verify at %(address)s") % {"address": verify_url(certificate)},
        "withdrawn": _("Withdrawn") if certificate.withdrawn_at else "",
        "qr": qr_svg(verify_url(certificate)).decode(),
    }
