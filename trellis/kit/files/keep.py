"""Taking files in and giving them out."""

import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.kit.files.models import StoredFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
MOST_UNPACKED = 300 * 1024 * 1024


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken: a sentence for whoever brought it."""

    sentence: str


def kind_of(content: bytes) -> str:
    """What a file is by its content, whatever its name says; empty when it is nothing known here."""
    for signature, content_type in SIGNATURES:
        if content.startswith(signature):
            return content_type
    if content.startswith(b"PK\x03\x04"):
        return XLSX if _is_workbook(content) else ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    return "" if b"\x00" in content[:8192] else TEXT


def _is_workbook(content: bytes) -> bool:
    """A workbook, and not a small archive that unpacks to a very large one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return False
    small_enough = sum(part.file_size for part in parts) <= MOST_UNPACKED
    return small_enough and any(part.filename == "xl/workbook.xml" for part in parts)


def check(upload: UploadedFile, *, kinds: Collection[str], most_bytes: int) -> bytes | Refusal:
    """The content of a file that may be taken, or why it may not. `kinds` are content types as `kind_of` names them."""
    if upload.size == 0:
        return Refusal(_("The file is empty. Choose another one."))
    if (upload.size or 0) > most_bytes:
        words = {"size": f"{(upload.size or 0) / 1048576:.1f}", "most": f"{most_bytes / 1048576:.1f}"}
        return Refusal(
            _("The file has %(size)s MB; at most %(most)s MB can be taken. Split it, or leave out what is not needed.")
            % words
        )
    upload.seek(0)
    content = upload.read()
    if kind_of(content) not in kinds:
        return Refusal(_("By its content, the file is not of a kind that can be taken here. Choose another one."))
    return content


@transaction.atomic
def keep(*, content: bytes, name: str, owner: Any, permission: str = "") -> StoredFile:
    """Keep checked content. The row stands only if the file does, and the other way round."""
    stored = StoredFile(
        name=safe_name(name),
        content_type=kind_of(content) or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        owner=owner,
        permission=permission,
    )
    place = place_of(stored)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    try:
        stored.save()
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return stored


def safe_name(name: str) -> str:
    """The last part of the name without what a file system or a header would read as a command."""
    last = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*')[-200:].strip(". ") or "file"


def place_of(stored: StoredFile) -> Path:
    folder: Path = settings.DATA / "files"
    return folder / stored.token[:2] / stored.token


def read(stored: StoredFile) -> bytes:
    return place_of(stored).read_bytes()


def discard(stored: StoredFile) -> None:
    """Remove the row, and the file once that is certain."""
    place = place_of(stored)
    stored.delete()
    transaction.on_commit(lambda: place.unlink(missing_ok=True))
