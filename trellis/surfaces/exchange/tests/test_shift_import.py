"""Who works when, by file: how cells are read, what faults are named, what changes, and the way back."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.models import OnShift, Shift
from trellis.kit.journal.models import Entry
from trellis.surfaces.exchange import shift_cells, shift_rules
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_rules.reading import read_table
from trellis.surfaces.exchange.shift_cells import read_time, read_weekdays
from trellis.surfaces.exchange.shift_rules import Hours, KnownPerson, KnownShift

TODAY = date(2026, 3, 2)
EARLY = KnownShift(1, "Early", Hours((0, 1, 2, 3, 4), time(6), time(14)))
PEOPLE = {"E-linh": KnownPerson(1, "Linh", ((1, date(2025, 1, 1), None),)), "E-nam": KnownPerson(2, "Nam")}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12345", (0, 1, 2, 3, 4)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Monday to Wednesday", (0, 1, 2)),
        ("Mon, Thu & Sat", (0, 3, 5)),
        ("Sat-Mon", (0, 5, 6)),
        ("周一至周五", (0, 1, 2, 3, 4)),
        ("星期二、星期日", (1, 6)),
        ("一三五", (0, 2, 4)),
        ("工作日", (0, 1, 2, 3, 4)),
        ("1-3, 6", (0, 1, 2, 5)),
        ("often", ()),
        ("8", ()),
    ],
)
def test_weekdays_as_people_write_them(text, days):
    assert read_weekdays(text) == days


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("06:00", time(6)), ("6", time(6)), ("0630", time(6, 30)), ("6:30 PM", time(18, 30)), ("12 am", time(0)),
        ("22:00:00", time(22)), ("24:00", time(0)), ("６：３０", time(6, 30)),
        ("6点", time(6)), ("6点30分", time(6, 30)),
        ("25:00", None), ("6:75", None), ("13 pm", None), ("noon", None),
    ],
)  # fmt: skip
def test_times_as_people_write_them(text, at):
    assert read_time(text) == at


def compare(text, **more):
    table = read_table(text.encode(), known=shift_cells.known_headings)
    columns = shift_cells.guess_columns(table.headings)
    return shift_rules.compare(
        table, columns, today=TODAY, people=PEOPLE, shifts={"early": EARLY, "早班": EARLY}, **more
    )


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("E-linh,Early,,,,,", None, None),
        ("E-linh,早班,2026-04-01,2026-04-30,,,", None, None),
        ("E-linh,Early,,,Mon-Fri,06:00,14:00", None, None),
        (",Early,,,,,", "employee_id", "missing"),
        ("E-linh,,,,,,", "shift", "missing"),
        ("E-nobody,Early,,,,,", "employee_id", "nobody_here"),
        ("E-linh,Night,,,,,", "shift", "shift_unknown"),
        ("E-linh,Night,,,Mon-Fri,22:00,", "shift", "shift_unknown"),
        ("E-linh,Early,,,Mon-Sat,06:00,14:00", "shift", "hours_differ"),
        ("E-linh,Night,,,sometimes,22:00,06:00", "weekdays", "weekdays_unreadable"),
        ("E-linh,Night,,,Mon,late,06:00", "from_time", "time_unreadable"),
        ("E-linh,Night,,,Mon,06:00,06:00", "to_time", "no_hours"),
        ("E-linh,Early,soon,,,,", "began_on", "date_unreadable"),
        ("E-linh,Early,2026-02-30,,,,", "began_on", "date_impossible"),
        ("E-linh,Early,2016-03-02,,,,", "began_on", "far_away"),
        ("E-linh,Early,2026-04-01,2026-03-30,,,", "ended_on", "ends_before"),
        ("E-linh,#N/A,,,,,", "shift", "formula_error"),
    ],
)
def test_what_is_wrong_is_named_by_its_column(row, field, code):
    found = compare(f"Employee ID,Shift,First day,Last day,Weekdays,From,To\n{row}\n")
    assert (field, code) in [(fault.field, fault.code) for fault in found.faults] or (not code and not found.faults)


class TestComparing:
    def test_rows_of_a_person_follow_each_other_and_a_new_shift_is_opened_once(self):
        found = compare(
            "Roster of spring\n工号,班次,开始日期,星期,上班时间,下班时间\n"
            "E-nam,夜班,2026-03-09,周一至周五,22:00,06:00\nE-nam,早班,2026-04-01,,,\nE-linh,夜班,2026-05-01,,,\n"
        )
        assert found.faults == []
        assert found.opened == {"夜班": Hours((0, 1, 2, 3, 4), time(22), time(6))}
        nam = found.changes[0].planned
        assert [(one.shift, one.began_on.day, one.ended_on) for one in nam] == [
            ("夜班", 9, date(2026, 3, 31)),
            ("Early", 1, None),
        ]
        assert (found.changes[1].name, found.changes[1].before) == ("Linh", "Early")

    def test_who_works_it_already_is_unchanged(self):
        found = compare("Employee ID,Shift\nE-linh,early\n")
        assert (found.unchanged, found.changes) == (1, [])

    def test_twice_on_a_day_and_before_the_one_before_has_ended(self):
        found = compare(
            "Employee ID,Shift,First day,Last day\nE-nam,Early,2026-03-09,2026-03-20\nE-nam,Early,2026-03-09,\n"
            "E-linh,Early,2026-03-09,2026-03-20\nE-linh,Early,2026-03-20,\n"
        )
        assert [(fault.row, fault.code) for fault in found.faults] == [(3, "same_day_twice"), (5, "overlaps")]

    def test_good_rows_only_leaves_out_all_of_a_person_and_who_needs_their_shift(self):
        text = (
            "Employee ID,Shift,First day,Weekdays,From,To\nE-linh,Night,2026-03-09,Mon-Fri,22:00,06:00\n"
            "E-linh,Early,soon,,,\nE-nam,Night,2026-03-09,,,\n"
        )
        found = compare(text, partial=True)
        assert (found.changes, found.opened, found.rows_left_out) == ([], {}, 3)

    def test_a_needed_column_that_is_missing(self):
        found = compare("Employee ID,Colour\nE-nam,red\n")
        assert [(fault.field, fault.code) for fault in found.faults] == [("shift", "column_missing")]


FILE = "Employee ID,Shift,First day,Weekdays,From,To\nE-linh,Late,2026-03-09,Mon-Fri,14:00,22:00\nE-minh,Early,,,,\n"


@pytest.fixture
def early(hoa):
    shift = Shift(name="Early", weekdays="12345", from_time=time(6), to_time=time(14))
    return sessions.save_shift(shift=shift, actor=hoa)


def bring(client, text):
    answer = client.post("/imports/shifts/", {"file": SimpleUploadedFile("roster.csv", text.encode())})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer["Location"]


@pytest.mark.django_db
class TestWizard:
    @pytest.mark.both_databases
    def test_looked_at_applied_once_and_taken_back(self, as_, mai, linh, minh, early):
        sessions.put_on_shift(shift=early, person_ids=[linh.pk], actor=mai, on=date(2026, 1, 5))
        page = as_(mai)
        at = bring(page, FILE)
        shown = page.get(at).content.decode()
        assert "Linh Nguyen" in shown
        assert "14:00–22:00" in shown
        assert not Shift.objects.filter(name="Late").exists()  # nothing yet
        for _click in range(2):
            page.post(f"{at}apply/")
        late = Shift.objects.get(name="Late")
        rows = OnShift.objects.filter(person=linh).order_by("began_on")
        assert [(row.shift, row.began_on, row.ended_on) for row in rows] == [
            (early, date(2026, 1, 5), date(2026, 3, 8)),
            (late, date(2026, 3, 9), None),
        ]
        assert OnShift.objects.get(person=minh).began_on == TODAY
        assert "Undo this import" in page.get(at).content.decode()
        page.post(f"{at}undo/")
        assert [(row.person, row.shift, row.ended_on) for row in OnShift.objects.all()] == [(linh, early, None)]
        assert not Shift.objects.filter(name="Late").exists()
        kinds = list(Entry.objects.filter(kind__startswith="exchange.").values_list("kind", flat=True))
        assert kinds == ["exchange.shifts_imported", "exchange.shifts_import_undone"]

    def test_who_was_put_on_another_shift_since_stands_in_the_way_of_undoing(self, as_, mai, linh, minh, early):
        page = as_(mai)
        at = bring(page, FILE)
        page.post(f"{at}apply/")
        sessions.put_on_shift(shift=early, person_ids=[linh.pk], actor=mai, on=date(2026, 3, 20))
        refused = page.post(f"{at}undo/")
        assert refused.status_code == 409
        assert "Linh Nguyen" in refused.content.decode()
        assert OnShift.objects.filter(person=minh).exists()

    def test_a_fault_keeps_it_from_being_applied_until_good_rows_are_wanted(self, as_, hoa, linh, early):
        page = as_(hoa)
        at = bring(page, "Employee ID,Shift,Second\nE-linh,Early,x\nE-x,Early,y\n")
        shown = page.get(at).content.decode()
        assert "Nobody who works here has this employee ID" in shown
        assert "Import now" not in shown
        assert "Row 3" not in page.get(f"{at}?changes=").content.decode()
        assert b"E-x" in b"".join(page.get(f"{at}faults.csv").streaming_content)
        page.post(f"{at}apply/")
        assert not OnShift.objects.exists()
        page.post(at, {"column_employee_id": "Employee ID", "column_shift": "Shift", "partial": "on"})
        page.post(f"{at}apply/")
        assert OnShift.objects.get().person == linh

    def test_what_changed_since_it_was_looked_at_is_looked_at_again(self, as_, mai, linh, minh, early):
        page = as_(mai)
        at = bring(page, FILE)
        sessions.put_on_shift(shift=early, person_ids=[linh.pk], actor=mai)
        page.post(f"{at}apply/")
        assert ImportRun.objects.get().state == "checked"

    def test_a_file_of_shifts_is_none_of_people_and_no_table_is_said_so(self, as_, hoa, linh, early):
        page = as_(hoa)
        at = bring(page, "Employee ID,Shift\nE-linh,Early\n")
        assert page.get(at.replace("shifts", "people")).status_code == 404
        refused = page.post("/imports/shifts/", {"file": SimpleUploadedFile("roster.csv", b"%PDF-1.4")})
        assert refused.status_code == 422
        assert "This is a PDF" in refused.content.decode()
        page.post(f"{at}discard/")
        assert "put away" in page.get(at).content.decode()


def test_the_handbook_names_each_column_by_headings_that_are_understood():
    handbook = (Path(__file__).parents[4] / "docs" / "operating.md").read_text()
    table = handbook.split("## The file of work shifts")[1].split("##")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    named = {name.strip("` "): headings for names, headings, *_ in rows for name in names.split(",")}
    assert set(named) == set(shift_cells.FIELDS)
    for names, headings, *_ in rows:
        found = [shift_cells.field_of(heading) for heading in re.split(r"[,;]", headings.rstrip("| "))]
        assert set(found) == {name.strip("` ") for name in names.split(",")}
