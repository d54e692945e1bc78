"""The wizard as HR uses it: bring, choose columns, look, apply, undo; and what bad files get."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.domains.people.actions import history
from trellis.domains.people.models import Person, Unit
from trellis.kit.journal.models import Entry
from trellis.kit.tasks.models import Job
from trellis.surfaces.exchange.models import ImportMapping, ImportRun

pytestmark = pytest.mark.django_db
GOOD = "Employee ID,Name,E-mail,Department,Position,Manager,Hire date\nN1,Nga Bui,nga@pixel.example,Pixel House/Team 1,Photo editor,,2025-05-05\nN2,Son Dinh,son@pixel.example,Pixel House/Team 2,Photo editor,N1,2025-06-01\n"  # noqa: E501, a file as it comes


def a_file(text, name="people.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, text.encode(encoding) if isinstance(text, str) else text)


@pytest.fixture
def hr(as_, hoa):
    return as_(hoa)


def bring(hr, text, **choices):
    """Steps 1 and 2; the run as it is then."""
    answer = hr.post("/imports/people/", {"file": a_file(text)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    run = ImportRun.objects.get()
    data = {f"column_{name}": heading for name, heading in run.columns.items()}
    answer = hr.post(f"/imports/people/{run.pk}/columns/", {**data, **choices})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    run.refresh_from_db()
    return run


def test_a_file_goes_in_and_is_undone(hr, company):
    before = Person.objects.get_queryset().count()
    run = bring(hr, GOOD)
    page = hr.get(f"/imports/people/{run.pk}/preview/").content.decode()
    assert "Nga Bui" in page
    assert "Pixel House/Team 2" in page
    assert Person.objects.get_queryset().count() == before  # nothing yet
    answer = hr.post(f"/imports/people/{run.pk}/apply/")
    assert answer["Location"].startswith("/jobs/")
    son = Person.objects.get_queryset().get(employee_id="N2")
    assert son.manager.employee_id == "N1"
    assert Unit.objects.get(name="Team 2").parent == company.whole
    assert "Undo this import" in hr.get(f"/imports/people/{run.pk}/").content.decode()
    hr.post(f"/imports/people/{run.pk}/undo/")
    assert Person.objects.get_queryset().count() == before
    assert not Unit.objects.filter(name="Team 2").exists()
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"exchange.people_imported", "exchange.people_import_undone"} <= kinds


def test_a_file_with_faults_shows_them_and_cannot_be_applied(hr, company):
    run = bring(hr, "工号,姓名,邮箱,直属上级\nN1,阮娥,nope,\n,无名,,N77\n")
    page = hr.get(f"/imports/people/{run.pk}/preview/").content.decode()
    assert "nope" in page
    assert "Import now" not in page
    hr.post(f"/imports/people/{run.pk}/apply/")
    assert not Person.objects.get_queryset().filter(employee_id="N1").exists()
    assert hr.get(f"/imports/people/{run.pk}/preview/?field=email").content.decode().count("faults__where") == 1
    csv = b"".join(hr.get(f"/imports/people/{run.pk}/faults.csv").streaming_content).decode()
    assert csv.count("\n") == 1 + run.findings["fault_count"]


def test_columns_can_be_changed_and_are_remembered(hr, company):
    text = "Number,Who\nN1,Nga Bui\n"
    hr.post("/imports/people/", {"file": a_file(text)})
    run = ImportRun.objects.get()
    assert run.columns == {}
    answer = hr.post(f"/imports/people/{run.pk}/columns/", {"column_employee_id": "Number"})
    assert answer.status_code == 422  # a name is needed
    chosen = {"column_employee_id": "Number", "column_name": "Who", "remember_as": "Old payroll"}
    hr.post(f"/imports/people/{run.pk}/columns/", chosen)
    assert ImportMapping.objects.get().name == "Old payroll"
    hr.post("/imports/people/", {"file": a_file(text)})
    assert ImportRun.objects.first().columns == {"employee_id": "Number", "name": "Who"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"Employee ID,Name\n", "no rows below"),
        (b"<html><table></table></html>", "web page"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x00\x01\x02\x03" * 100, "neither a CSV file nor a workbook"),
        (b"PK\x03\x04 not a zip", "damaged"),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(hr, content, sentence):
    answer = hr.post("/imports/people/", {"file": a_file(content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_workbook_with_several_sheets_takes_the_one_with_people(hr, company):
    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("花名册")
    sheet.append(["员工花名册 2026"])
    sheet.append(["工号", "姓名"])
    sheet.append([1001, "晓雨"])
    out = io.BytesIO()
    book.save(out)
    run = bring(hr, out.getvalue(), sheet="花名册")
    assert run.sheet == "花名册"
    assert run.counts["new"] == 1


def test_a_long_file_is_looked_at_in_the_background(hr, company, monkeypatch):
    monkeypatch.setattr("trellis.surfaces.exchange.people_import.views.AT_ONCE", 1)
    run = bring(hr, GOOD)
    assert Job.objects.get().then == f"/imports/people/{run.pk}/preview/"
    assert "Nga Bui" in hr.get(f"/imports/people/{run.pk}/preview/").content.decode()


def test_a_double_click_imports_once(hr, company):
    run = bring(hr, GOOD)
    for _click in range(2):
        hr.post(f"/imports/people/{run.pk}/apply/")
    assert Entry.objects.filter(kind="exchange.people_imported").count() == 1


def test_a_file_that_is_gone_is_no_dead_end(hr, company):
    run = bring(hr, GOOD)
    run.file.delete()
    answer = hr.get(f"/imports/people/{run.pk}/preview/", follow=True)
    assert "put away" in answer.content.decode()


def test_undo_is_refused_when_somebody_built_on_it(hr, company, hoa):
    run = bring(hr, GOOD)
    hr.post(f"/imports/people/{run.pk}/apply/")
    nga = Person.objects.get_queryset().get(employee_id="N1")
    history.move(person=nga, position=company.team_leader, unit=company.team, on=date(2026, 3, 2), actor=hoa)
    answer = hr.post(f"/imports/people/{run.pk}/undo/")
    assert answer.status_code == 409
    assert "Nga Bui" in answer.content.decode()
    assert Person.objects.get_queryset().filter(employee_id="N2").exists()  # nothing half undone


def test_who_goes_out_may_come_in_again_unchanged(hr, company, linh, thuy):
    csv = b"".join(hr.get("/people.csv").streaming_content)
    run = bring(hr, csv)
    assert run.findings["fault_count"] == 0
    assert run.counts["unchanged"] == run.counts["people"] == 3
    assert hr.get("/people.xlsx").status_code == 200


@pytest.mark.parametrize("path", ["/imports/", "/imports/people/", "/people.csv", "/people.xlsx"])
def test_only_hr_and_administrators_import(as_, client, linh, path):
    assert client.get(path).status_code == 302
    assert as_(linh).get(path).status_code == 403


def test_the_list_of_imports_asks_the_same_number_of_statements(hr, hoa, django_assert_max_num_queries):
    for number in range(50):
        ImportRun.objects.create(file_name=f"{number}.csv", created_by=hoa)
    with django_assert_max_num_queries(12):
        hr.get("/imports/")
