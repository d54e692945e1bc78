"""Reading, checking and comparing a file of people: tables of what goes in and what is found. No database."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from trellis.domains.people.rules.bulk import StepKind
from trellis.surfaces.exchange.people_rules import columns, values
from trellis.surfaces.exchange.people_rules.checking import check
from trellis.surfaces.exchange.people_rules.company import Company, KnownPerson, KnownPosition, KnownUnit
from trellis.surfaces.exchange.people_rules.comparing import Wishes, compare
from trellis.surfaces.exchange.people_rules.reading import read_table

TODAY = date(2026, 3, 2)
HEADINGS = (
    "Employee ID,Name,E-mail,Department,Position,Manager,Hire date,Effective date,Change,Leaving date,Leaving kind"
)
EDITOR, LEADER = 1, 2
HOUSE, TEAM_1, TEAM_2 = 1, 2, 3


def a_company():
    """Linh edits in Team 1 since 2024; Minh led Team 2 and left in January; Thuy leads Team 1."""
    return Company(
        {
            "E1": KnownPerson(
                1, "Linh", "linh@x.vn", "E3", [(date(2024, 1, 8), None)], [(date(2024, 1, 8), None, EDITOR, TEAM_1)]
            ),
            "E2": KnownPerson(
                2,
                "Minh",
                "minh@x.vn",
                "",
                [(date(2022, 1, 3), date(2026, 1, 31))],
                [
                    (date(2022, 1, 3), date(2023, 1, 1), EDITOR, TEAM_2),
                    (date(2023, 1, 2), date(2026, 1, 31), LEADER, TEAM_2),
                ],
            ),
            "E3": KnownPerson(
                3, "Thuy", "thuy@x.vn", "", [(date(2020, 1, 6), None)], [(date(2021, 1, 4), None, LEADER, TEAM_1)]
            ),
        },
        (
            KnownUnit(HOUSE, "house", ("Pixel House", "像素之家"), None, ""),
            KnownUnit(TEAM_1, "team-1", ("Team 1", "一组"), HOUSE, "E3"),
            KnownUnit(TEAM_2, "team-2", ("Team 2",), HOUSE, ""),
        ),
        (
            KnownPosition(EDITOR, "photo-editor", ("Photo editor", "修图师")),
            KnownPosition(LEADER, "team-leader", ("Team leader",)),
        ),
    )


def plan_of(text, company=None, order="", **wishes):
    table = read_table(text.encode())
    mapping = columns.map_columns(table.headings)
    return compare(
        check(table, mapping, today=TODAY, order=order), company or a_company(), mapping, Wishes(TODAY, **wishes)
    )


def found_in(plan):
    return [(fault.row, fault.field, fault.code) for fault in plan.faults]


def steps_of(plan, employee_id):
    (write,) = [write for write in plan.write.persons if write.employee_id == employee_id]
    return [(step.kind, step.on) for step in write.steps]


# -- columns and cells


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Employee ID", "employee_id"),
        ("EMPLOYEE_ID*", "employee_id"),
        ("工号", "employee_id"),
        ("姓　名", "name"),
        ("Ｅ－ｍａｉｌ", "email"),
        ("所属部门", "department"),
        ("岗位", "position"),
        ("直属上级", "manager"),
        ("入职日期（YYYY-MM-DD）", "hired_on"),
        ("离职原因", "reason"),
        ("Favourite colour", ""),
    ],
)
def test_headings_are_known_in_both_languages(heading, field):
    assert columns.field_of(heading) == field


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2024-01-08", "dmy", date(2024, 1, 8)),
        ("2024/1/8", "dmy", date(2024, 1, 8)),
        ("2024年1月8日", "dmy", date(2024, 1, 8)),
        ("２０２４－０１－０８", "dmy", date(2024, 1, 8)),
        ("20240108", "dmy", date(2024, 1, 8)),
        ("8/1/2024", "dmy", date(2024, 1, 8)),
        ("8/1/2024", "mdy", date(2024, 8, 1)),
        ("8.1.2024", "mdy", date(2024, 1, 8)),
        ("8/1/24", "dmy", date(2024, 1, 8)),
        ("8 Jan 2024", "dmy", date(2024, 1, 8)),
        ("January 8, 2024", "dmy", date(2024, 1, 8)),
        ("2024-01-08 00:00:00", "dmy", date(2024, 1, 8)),
        ("45299", "dmy", date(2024, 1, 8)),
        ("45299.0", "dmy", date(2024, 1, 8)),
        ("2024-02-30", "dmy", "date_impossible"),
        ("31/12/2024", "mdy", "date_impossible"),
        ("soon", "dmy", "date_unreadable"),
        ("2024-01", "dmy", "date_unreadable"),
    ],
)
def test_dates_are_read_as_people_write_them(text, order, day):
    assert values.read_date(text, order) == ((day, "") if isinstance(day, date) else (None, day))


@pytest.mark.parametrize(
    ("cells", "order", "is_sure"),
    [
        (["8/1/2024", "25/1/2024"], "dmy", True),
        (["8/1/2024", "1/25/2024"], "mdy", True),
        (["8/1/2024", "9/2/2024"], "dmy", False),
        (["8/8/2024"], "dmy", True),
        (["2024-01-08"], "dmy", True),
    ],
)
def test_the_column_as_a_whole_says_whether_the_day_comes_first(cells, order, is_sure):
    assert values.date_order(cells) == (order, is_sure)


# -- comparing


@pytest.mark.parametrize(
    ("row", "employee_id", "steps"),
    [
        pytest.param("E1,Linh,,Pixel House/Team 1,Photo editor,E3,2024-01-08,,,,", "", [], id="as it is known"),
        pytest.param("E1,Linh,,像素之家／一组,修图师,Thuy,8/1/2024,,,,", "", [], id="as it is known, in Chinese"),
        pytest.param("E1,,,Team 2,,,,,,,", "", None, id="a name is needed"),
        pytest.param(
            "E1,Linh,,Team 2,Photo editor,,,,,,", "E1", [(StepKind.MOVE, TODAY)], id="another unit, no day: from today"
        ),
        pytest.param(
            "E1,Linh,,Team 1,Team leader,,,2026-02-01,promotion,,",
            "E1",
            [(StepKind.PROMOTE, date(2026, 2, 1))],
            id="promoted on a day",
        ),
        pytest.param(
            "E1,Linh,,Team 1,Photo editor,,,2026-02-28,离职,,主动离职",
            "E1",
            [(StepKind.LEAVE, date(2026, 2, 28))],
            id="left, in Chinese",
        ),
        pytest.param(
            "E1,Linh,,,,,2024-01-08,,,2026-02-28,", "E1", [(StepKind.LEAVE, date(2026, 2, 28))], id="a leaving date"
        ),
        pytest.param(
            "E1,Linh,,,,,2024-01-15,,,,", "E1", [(StepKind.REDATE_JOINING, date(2024, 1, 15))], id="hire date"
        ),
        pytest.param("E2,Minh,,,,,2022-01-03,,,2026-01-31,", "", [], id="who left, known as left"),
        pytest.param("E2,Minh,,,,,,,,2026-01-30,", "E2", [(StepKind.REDATE_LEAVING, date(2026, 1, 30))], id="last day"),
        pytest.param("E2,Minh,,Team 2,Team leader,,2026-03-02,,,,", "E2", [(StepKind.JOIN, TODAY)], id="came back"),
        pytest.param(
            "E9,Nga,,Team 2,Photo editor,,2025-05-05,,,,", "E9", [(StepKind.JOIN, date(2025, 5, 5))], id="new"
        ),
    ],
)
def test_a_row_becomes_the_steps_that_are_new(row, employee_id, steps):
    plan = plan_of(f"{HEADINGS}\n{row}\n")
    if steps is None:
        assert plan.faults
        return
    assert found_in(plan) == []
    assert [write.employee_id for write in plan.write.persons] == ([employee_id] if employee_id else [])
    if employee_id:
        assert steps_of(plan, employee_id) == steps


def test_several_rows_are_a_history_in_the_order_of_their_days():
    plan = plan_of(
        f"{HEADINGS}\n"
        "E9,Nga,,Pixel House/Team 3,Photo editor,,2019-03-04,2024-02-29,left,2024-02-29,resigned\n"
        "E9,Nga,,Pixel House/Team 1,Photo editor,,2019-03-04,2019-03-04,hired,,\n"
        "E9,Nga,nga@x.vn,Pixel House/Team 3,Team leader,,2019-03-04,2021-07-01,promoted,,\n"
        "E9,Nga,nga@x.vn,Pixel House/Team 3,Team leader,,2025-01-06,2025-01-06,rehired,,\n"
    )
    assert found_in(plan) == []
    assert steps_of(plan, "E9") == [
        (StepKind.JOIN, date(2019, 3, 4)),
        (StepKind.PROMOTE, date(2021, 7, 1)),
        (StepKind.LEAVE, date(2024, 2, 29)),
        (StepKind.JOIN, date(2025, 1, 6)),
    ]
    assert plan.new_units == ["Pixel House/Team 3"]


def test_departments_by_code_and_parent_make_the_same_tree():
    plan = plan_of(
        "工号,姓名,部门,部门编码,上级部门,岗位\nA1,甲,客服部,D1,华东区,客服\nA2,乙,华东区,D0,,经理\n", company=Company()
    )
    assert found_in(plan) == []
    assert plan.new_units == ["华东区", "华东区/客服部"]
    assert [unit.code for unit in plan.write.units] == ["D0", "D1"]


def test_good_rows_can_be_taken_without_the_bad_ones_and_who_depends_on_them():
    text = "Employee ID,Name,E-mail,Manager\nA1,Ann,nope,\nA2,Bo,,A1\nA3,Cy,,\n"
    assert plan_of(text, Company()).faults
    plan = plan_of(text, Company(), partial=True)
    assert [write.employee_id for write in plan.write.persons] == ["A3"]
    assert found_in(plan) == [(2, "email", "bad_email"), (3, "manager", "manager_unknown")]
    assert plan.counts["rows_left_out"] == 2


def test_the_same_person_under_an_id_written_otherwise_is_not_a_second_one():
    known = a_company()
    known.persons["0042"] = replace(known.persons["E1"], pk=42, name="Tuan Do", email="")
    rows = ["42,Tuan Do", "e1,LINH", "43,Hoa Vo", "043,Hoa Vo", "442,Tuan Do", "00042,Mai Pham"]
    plan = plan_of("\n".join(["Employee ID,Name", *rows]), known)
    found = [(fault.row, fault.details["known"]) for fault in plan.faults if fault.code == "id_otherwise"]
    assert found == [(2, "0042"), (3, "E1"), (5, "43")]


def test_who_is_missing_stays_unless_the_file_is_a_list_of_everybody():
    text = "Employee ID,Name\nE1,Linh\n"
    assert plan_of(text).write.is_empty
    assert steps_of(plan_of(text, missing_left=True), "E3") == [(StepKind.LEAVE, TODAY)]


FAULTY = [
    # row 2 on: the cells of HEADINGS, and what is wrong
    (",Nga,,,,,2025-05-05,,,,", "employee_id", "missing"),
    ("A3,,,Team 1,Photo editor,,2025-05-05,,,,", "name", "missing"),
    ("A4,12345,,Team 1,Photo editor,,2025-05-05,,,,", "name", "not_a_name"),
    ("A5," + "N" * 201 + ",,Team 1,Photo editor,,2025-05-05,,,,", "name", "too_long"),
    ("合计：,12,,,,,,,,,", "", "totals"),
    ("1.23E+11,Nga,,Team 1,Photo editor,,2025-05-05,,,,", "employee_id", "rounded_id"),
    ("#N/A,Nga,,Team 1,Photo editor,,2025-05-05,,,,", "employee_id", "formula_error"),
    ("A8,N\x07ga,,Team 1,Photo editor,,2025-05-05,,,,", "name", "unprintable"),
    ("A9,Nga,not an address,Team 1,Photo editor,,2025-05-05,,,,", "email", "bad_email"),
    ("A10,Nga,a@b,Team 1,Photo editor,,2025-05-05,,,,", "email", "bad_email"),
    ("A11,Nga,linh@x.vn,Team 1,Photo editor,,2025-05-05,,,,", "email", "email_taken"),
    ("A12,Nga,one@x.vn,Team 1,Photo editor,,2025-05-05,,,,", "", ""),
    ("A13,Nga,ONE@x.vn,Team 1,Photo editor,,2025-05-05,,,,", "email", "email_twice"),
    ("A14,Nga,,,Photo editor,,2025-05-05,,,,", "department", "missing"),
    ("A15,Nga,,Team 1,,,2025-05-05,,,,", "position", "missing"),
    ("A16,Nga,,Pixel House//Team 1,Photo editor,,2025-05-05,,,,", "department", "department_part_empty"),
    (
        "A17,Nga," + "," + "/".join("abcdefghijklmn") + ",Photo editor,,2025-05-05,,,,",
        "department",
        "department_too_deep",
    ),
    ("A18,Nga,," + "D" * 201 + ",Photo editor,,2025-05-05,,,,", "department", "too_long"),
    ("A19,Nga,,Team 1," + "P" * 201 + ",,2025-05-05,,,,", "position", "too_long"),
    ("A20,Nga,,Team 1,Photo editor,NOBODY,2025-05-05,,,,", "manager", "manager_unknown"),
    ("A21,Nga,,Team 1,Photo editor,A21,2025-05-05,,,,", "manager", "own_manager"),
    ("A22,Two Of Us,,Team 1,Photo editor,,2025-05-05,,,,", "", ""),
    ("A23,Two Of Us,,Team 1,Photo editor,,2025-05-05,,,,", "", ""),
    ("A24,Nga,,Team 1,Photo editor,Two Of Us,2025-05-05,,,,", "manager", "manager_ambiguous"),
    ("A25,Nga,,Team 1,Photo editor,A26,2025-05-05,,,,", "manager", "manager_circle"),
    ("A26,Nga,,Team 1,Photo editor,A25,2025-05-05,,,,", "manager", "manager_circle"),
    ("A27,Nga,,Team 1,Photo editor,,,,,,", "hired_on", "missing"),
    ("A28,Nga,,Team 1,Photo editor,,yesterday,,,,", "hired_on", "date_unreadable"),
    ("A29,Nga,,Team 1,Photo editor,,2025-02-30,,,,", "hired_on", "date_impossible"),
    ("A30,Nga,,Team 1,Photo editor,,1890-01-01,,,,", "hired_on", "too_long_ago"),
    ("A31,Nga,,Team 1,Photo editor,,2099-01-01,,,,", "hired_on", "too_far_ahead"),
    ("A32,Nga,,Team 1,Photo editor,,2025-05-05,soon,,,", "effective_on", "date_unreadable"),
    ("A33,Nga,,Team 1,Photo editor,,2025-05-05,2025-13-01,,,", "effective_on", "date_impossible"),
    ("A34,Nga,,Team 1,Photo editor,,2025-05-05,2025-01-01,,,", "effective_on", "effective_before_hired"),
    ("A35,Nga,,Team 1,Photo editor,,2025-05-05,,danced,,", "change", "change_unknown"),
    ("A36,Nga,,Team 1,Photo editor,,2025-05-05,,promoted,,", "effective_on", "change_without_day"),
    ("A37,Nga,,Team 1,Photo editor,,2025-05-05,,left,,", "left_on", "left_without_day"),
    ("A38,Nga,,Team 1,Photo editor,,2025-05-05,,,2025-01-01,", "left_on", "left_before_hired"),
    ("A39,Nga,,Team 1,Photo editor,,2025-05-05,,,never,", "left_on", "date_unreadable"),
    ("A40,Nga,,Team 1,Photo editor,,2025-05-05,,,,voluntary", "leaving", "leaving_without_day"),
    ("A41,Nga,,Team 1,Photo editor,,2025-05-05,,,2026-01-01,eaten", "leaving", "leaving_unknown"),
    ("A42,Nga,,Team 1,Photo editor,,2025-05-05,2026-01-01,left,2026-01-02,", "left_on", "two_last_days"),
    ("A43,Nga,,Team 1,Photo editor,,,2026-01-01,left,,", "hired_on", "leaver_unknown"),
    ("A44,Nga,,Team 1,Photo editor,,2025-05-05,,,,,,extra", "", "too_many_cells"),
    ("A45,Nga,,Team 1,Photo editor,,2025-05-05,2025-05-05,,,", "", ""),
    ("A45,Nga,,Team 1,Photo editor,,2025-05-05,2025-05-05,,,", "employee_id", "same_day_twice"),
    ("E1,Linh,,Team 2,Photo editor,,2024-01-08,2023-12-01,,,", "effective_on", "effective_before_hired"),
    ("E2,Minh,,Team 2,Team leader,,2022-01-03,,,,", "employee_id", "has_left"),
    ("E3,Thuy,,Team 2,Team leader,,2020-01-06,2020-06-01,,,", "effective_on", "contradicts_known"),
    ("A49,Nga,,Team 1,Photo editor,,2025-05-05,,,#REF!,", "left_on", "formula_error"),
    ("A50,Nga,e@x..vn,Team 1,Photo editor,,2025-05-05,,,,", "email", "bad_email"),
    ("A51," + "N" * 300 + ",,Team 1,Photo editor,,2025-05-05,,,,", "name", "too_long"),
    ("A52,Nga,,Team 1,Photo editor,,45299999,,,,", "hired_on", "date_impossible"),
    ("A53,Nga,,Team 1,Photo editor,,2025-05-05,2025-06-01,hired,,", "", ""),
    ("A53,Nga,,Team 1,Photo editor,,2025-05-05,2025-07-01,hired,,", "change", "already_here"),
    ("A54,Nga,,Team 1,Photo editor,,2025-05-05,2025-05-05,hired,,", "", ""),
    ("A54,Nga,,Team 1,Photo editor,,2025-05-06,2025-07-01,moved,,", "hired_on", "two_hire_dates"),
    ("A55,Nga,,Team 1,Photo editor,,2025-05-05,2025-05-05,hired,,", "", ""),
    ("A55,Nga,,Team 1,Photo editor,,2025-05-05,2025-07-01,promoted,,", "position", "promoted_to_the_same"),
]


def test_a_file_with_fifty_faults_names_all_fifty_and_nothing_else():
    text = "\n".join([HEADINGS, *(row for row, _field, _code in FAULTY)])
    expected = [(n, field, code) for n, (_row, field, code) in enumerate(FAULTY, start=2) if code]
    assert len(expected) >= 50
    assert found_in(plan_of(text)) == expected


def test_the_handbook_names_each_column_by_headings_that_are_understood():
    handbook = (Path(__file__).parents[4] / "docs" / "operating.md").read_text()
    table = handbook.split("## The file of people")[1].split("##")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    named = {name.strip("` "): headings for names, headings, *_ in rows for name in names.split(",")}
    assert set(named) == set(columns.FIELDS)
    for names, headings, *_ in rows:
        found = [columns.field_of(heading) for heading in re.split(r"[,;]", headings.rstrip("| "))]
        assert set(found) == {name.strip("` ") for name in names.split(",")}
