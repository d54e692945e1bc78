"""Reading a file as a table: what goes in, and what is refused. No database."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from trellis.surfaces.exchange.people_rules import columns
from trellis.surfaces.exchange.people_rules.checking import check
from trellis.surfaces.exchange.people_rules.faults import Unreadable
from trellis.surfaces.exchange.people_rules.reading import read_people, read_table

TODAY = date(2026, 3, 2)
SMALL = "工号{0}姓名\n7{0}晓雨\n"


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (SMALL.format(",").encode("utf-8"), "UTF-8", ","),
        (SMALL.format(";").encode("utf-8-sig"), "UTF-8", ";"),
        (SMALL.format("\t").encode("utf-16"), "UTF-16", "\t"),
        (SMALL.format(",").encode("gb18030"), "GB18030", ","),
        (SMALL.format(";").encode("gb18030"), "GB18030", ";"),
        (("sep=;\n" + SMALL.format(";")).encode("utf-8"), "UTF-8", ";"),
        ("Employee ID,Name\n7,晓雨\n".encode("utf-16-le"), "UTF-16", ","),
        ("Employee ID,Name\r\n7,晓雨\r\n".encode("utf-16-be"), "UTF-16", ","),
        (SMALL.format(",").encode("utf-16-be"), "UTF-16", ","),
    ],
)
def test_any_encoding_and_delimiter_gives_the_same_table(content, encoding, delimiter):
    table = read_table(content)
    assert [row for _number, row in table.rows] == [["7", "晓雨"]]
    assert (table.encoding, table.delimiter) == (encoding, delimiter)


def a_workbook(*rows, names=("Sheet",)):
    book = openpyxl.Workbook()
    for name in names[1:]:
        book.create_sheet(name)
    for row in rows:
        book.worksheets[-1].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_texts_and_the_rows_as_the_spreadsheet_counts_them():
    content = a_workbook(
        ["Staff of 2026"], [], ["工号", "姓名", "入职日期"], [1001, "晓雨", date(2024, 1, 8)], names=("a", "b")
    )
    table = read_table(content)
    assert (table.sheet, table.headings) == ("b", ["工号", "姓名", "入职日期"])
    assert table.rows == [(4, ["1001", "晓雨", "2024-01-08"])]


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        ("First name,Last name", "Ann,Lee", "Ann Lee"),
        ("Surname,Given name", "Nguyen,Linh", "Nguyen Linh"),
        ("名,姓", "伟,王", "王伟"),
        ("Last name,First name", "Lee,", "Lee"),
    ],
)
def test_a_name_in_two_columns_is_put_together(headings, cells, name):
    table = read_people(f"Employee ID,{headings},Department\nA1,{cells},Ops\n".encode())
    mapping = columns.map_columns(table.headings)
    checked = check(table, mapping, today=TODAY)
    assert [(r.employee_id, r.name, r.department) for r in checked.records] == [("A1", name, "Ops")]
    assert not checked.faults


def test_a_whole_name_needs_no_parts():
    table = read_people(b"Employee ID,Name,First name,Last name\nA1,Ann B. Lee,Ann,Lee\n")
    assert table.headings[1] == "Name"
    assert columns.map_columns(table.headings)["name"] == 1


def test_a_hidden_sheet_is_not_the_list_of_today():
    book = openpyxl.Workbook()
    book.active.append(["工号", "姓名"])
    book.active.append(["7", "晓雨"])
    old = book.create_sheet("old")
    old.append(["工号", "姓名", "部门"])
    old.append(["9", "Tuan", "Hanoi"])
    old.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue()).rows == [(2, ["7", "晓雨"])]
    assert read_table(out.getvalue(), sheet="old").rows == [(2, ["9", "Tuan", "Hanoi"])]


def test_a_number_longer_than_a_spreadsheet_keeps_is_told_as_rounded():
    table = read_table(a_workbook(["工号", "姓名"], [12345678901234567, "晓雨"], [123456789012345, "Tuan"]))
    checked = check(table, columns.map_columns(table.headings), today=TODAY)
    assert [(fault.row, fault.code) for fault in checked.faults] == [(2, "rounded_id")]
    assert checked.records[1].employee_id == "123456789012345"


def a_zip(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"  \n ", "empty"),
        (b"Employee ID,Name\n,\n", "headings_only"),
        (b"<!DOCTYPE html><table>", "html"),
        (b"%PDF-1.4", "pdf"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\x01\x02\x03" * 50, "not_a_table"),
        ('工号,姓名\n7,"晓雨\n8,Tuan\n'.encode(), "broken_quotes"),
        ("工号,姓名\n".encode("gb18030") + b"\xff\xff\xff\n", "encoding"),
        (a_zip("word/document.xml", "x"), "damaged"),
        (a_zip("xl/worksheets/sheet1.xml", b"0" * 60_000_000), "bomb"),
        (a_zip("xl/worksheets/sheet1.xml", b'<c r="A1"/><c r="XFD1048576"/>'), "bomb"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content, code):
    with pytest.raises(Unreadable) as refused:
        read_table(content)
    assert refused.value.code == code
