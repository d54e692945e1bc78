import io
import zipfile
from datetime import date

import pytest
import rules
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from python_calamine import CalamineWorkbook

from trellis.kit.files import keep
from trellis.kit.files.keep import Refusal, StoredFile, check, discard, kind_of, place_of, safe_name
from trellis.kit.files.tables import csv_response, escape_cell, xlsx_response


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.DATA = tmp_path


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"%PDF-1.7 ...", "application/pdf", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", "image/png", id="PNG"),
        pytest.param("工号,姓名".encode("gb18030"), "text/plain", id="text in GB18030"),
        pytest.param("工号,姓名".encode("utf-16"), "text/plain", id="text in UTF-16"),
        pytest.param(archive("xl/workbook.xml"), keep.XLSX, id="a workbook"),
        pytest.param(archive("word/document.xml"), "", id="another office file"),
        pytest.param(b"PK\x03\x04 torn", "", id="a torn archive"),
        pytest.param(b"MZ\x90\x00\x03\x00", "", id="a program"),
    ],
)
def test_a_file_is_known_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "The file is empty", id="empty"),
        pytest.param(b"a" * 2_000_001, "at most 1.9 MB", id="too large"),
        pytest.param(b"MZ\x90\x00", "not of a kind", id="a program that calls itself CSV"),
    ],
)
def test_why_a_file_is_not_taken(content, sentence):
    refused = check(SimpleUploadedFile("people.csv", content), kinds={keep.TEXT}, most_bytes=2_000_000)
    assert isinstance(refused, Refusal)
    assert sentence in refused.sentence


def test_a_file_that_is_taken():
    assert check(SimpleUploadedFile("people.csv", b"a,b"), kinds={keep.TEXT}, most_bytes=10) == b"a,b"


def test_an_archive_that_unpacks_to_very_much_is_no_workbook(monkeypatch):
    monkeypatch.setattr(keep, "MOST_UNPACKED", 0)
    assert kind_of(archive("xl/workbook.xml")) == ""


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\people\\员工.xlsx", "员工.xlsx"),
        ('a"; filename="b.html', "a; filename=b.html"),
        ("...", "file"),
    ],
)
def test_names_are_made_harmless(name, safe):
    assert safe_name(name) == safe


@pytest.mark.django_db
class TestGivingOut:
    @pytest.fixture
    def stored(self, linh):
        return keep.keep(content=b"%PDF-1.7", name="letter.pdf", owner=linh)

    def test_the_owner_has_it_as_a_download(self, as_, linh, stored):
        response = as_(linh).get(reverse("files:file", args=[stored.token]))
        assert b"".join(response.streaming_content) == b"%PDF-1.7"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
        assert response["Cache-Control"] == "private, no-store"
        assert "sandbox" in response["Content-Security-Policy"]

    def test_nobody_else_has_it(self, as_, minh, stored, client):
        assert as_(minh).get(reverse("files:file", args=[stored.token])).status_code == 403

    def test_a_stranger_is_sent_to_the_sign_in(self, client, stored):
        assert client.get(reverse("files:file", args=[stored.token])).status_code == 302

    def test_who_holds_its_permission_has_it(self, as_, minh, stored, monkeypatch):
        rules.add_perm("tests.have", rules.always_allow)
        StoredFile.objects.update(permission="tests.have")
        assert as_(minh).get(reverse("files:file", args=[stored.token])).status_code == 200
        rules.remove_perm("tests.have")

    def test_the_name_on_the_disk_cannot_be_guessed(self, stored):
        assert "letter" not in str(place_of(stored))
        assert len(stored.token) == 48

    def test_a_file_goes_with_its_row(self, stored, django_capture_on_commit_callbacks):
        place = place_of(stored)
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            discard(stored)
            assert place.exists(), "not before that is certain"
        assert not place.exists()


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [
        ("=1+1", "'=1+1"),
        ("+84 90", "'+84 90"),
        ("-5", "'-5"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("Linh", "Linh"),
        ("", ""),
        (None, ""),
        (-5, -5),
        (date(2026, 3, 2), date(2026, 3, 2)),
    ],
)
def test_cells_that_would_run_are_escaped(cell, escaped):
    assert escape_cell(cell) == escaped


def test_a_csv_opens_in_excel_with_its_chinese():
    response = csv_response(name="人员.csv", head=["工号"], rows=[["=x"]])
    assert b"".join(response.streaming_content).decode() == "\ufeff工号\r\n'=x\r\n"


def test_a_csv_is_streamed_in_the_language_in_which_it_was_asked_for():
    with translation.override("zh-hans"):
        response = csv_response(name="days.csv", head=["day"], rows=([gettext_lazy("Monday")] for _row in range(2)))
    with translation.override("en"):
        lines = [line.decode() for line in response.streaming_content]
        assert translation.get_language() == "en", "a stream leaves the language of others alone"
    assert lines[2:] == ["星期一\r\n"] * 2


def test_a_workbook_keeps_dates_and_escapes_formulas():
    response = xlsx_response(name="people.xlsx", head=["a", "b", "c"], rows=[["=x", date(2026, 3, 2), 5]])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert sheet.to_python() == [["a", "b", "c"], ["'=x", date(2026, 3, 2), 5.0]]
