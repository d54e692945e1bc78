"""Importing: what is written, that twice is once, that undone is undone exactly; by page's actions and by command."""

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import models

from trellis.domains.people.actions import history
from trellis.domains.people.models import Employment, Holding, Person, Position, RoleGrant, Unit
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.surfaces.exchange import people_rules
from trellis.surfaces.exchange.models import ImportMapping, ImportRun
from trellis.surfaces.exchange.people_import import actions, texts

pytestmark = pytest.mark.django_db
TABLES: tuple[type[models.Model], ...] = (Person, Employment, Holding, Unit, Position)
CHINESE = (
    "工号,姓名,邮箱,部门,岗位,直属上级,入职日期,离职日期,离职类型\n"
    "E-linh,阮玲,linh@pixel.example,像素之家/二组,修图师,E-new1,2024/1/8,,\n"
    "E-minh,Minh Tran,,,,,,2026年2月27日,主动离职\n"
    "E-new1,王芳,fang@pixel.example,像素之家/二组,组长,,2026-02-02,,\n"
)


def everything():
    return [list(model._default_manager.order_by("pk").values()) for model in TABLES]


def bring_in(text, actor, **wishes):
    content = text if isinstance(text, bytes) else text.encode()
    run = actions.bring(content=content, file_name="people.csv", actor=actor)
    actions.choose(run=run, columns=run.columns, **wishes)
    actions.look(run=run)
    return actions.apply(run=run, actor=actor)


@pytest.mark.both_databases
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_an_import_is_written_and_undone_exactly(company, hoa, linh, minh, encoding):
    linh.manager = minh
    linh.save()
    before = everything()
    outcome = bring_in(CHINESE.encode(encoding), hoa)
    assert outcome.done
    linh.refresh_from_db()
    minh.refresh_from_db()
    fang = Person.objects.get_queryset().get(employee_id="E-new1")
    assert (linh.name, linh.manager) == ("阮玲", fang)
    old, new = linh.holdings.order_by("began_on")
    assert (old.ended_on, new.began_on, new.unit.name) == (date(2026, 3, 1), clock.today(), "二组")
    assert new.position == company.photo_editor
    assert (minh.employments.get().ended_on, minh.is_active) == (date(2026, 2, 27), False)
    assert minh.employments.get().leaving == "voluntary"
    kinds = list(Entry.objects.filter(about=linh).values_list("kind", flat=True))
    assert kinds == ["people.moved", "people.details_changed"]
    assert actions.undo(run=outcome.run, actor=hoa).done
    assert everything() == before
    assert actions.undo(run=outcome.run, actor=hoa).done  # a double click


@pytest.mark.both_databases
def test_the_same_file_twice_changes_nothing(company, hoa, linh, minh):
    assert bring_in(CHINESE, hoa).done
    before = everything()
    assert bring_in(CHINESE, hoa).reason == "nothing_new"
    assert everything() == before


def test_a_history_gives_employments_and_holdings(company, hoa):
    outcome = bring_in(
        "Employee ID,Name,Department,Position,Hire date,Effective date,Change,Leaving kind,Leaving reason\n"
        "N1,Nga Bui,Pixel House/Team 1,Photo editor,2019-03-04,2019-03-04,hired,,\n"
        "N1,Nga Bui,Pixel House/Team 1,Team leader,2019-03-04,2021-07-01,promoted,,\n"
        "N1,Nga Bui,Pixel House/Team 1,Team leader,2019-03-04,2024-02-29,left,voluntary,Studies\n",
        hoa,
    )
    assert outcome.done
    nga = Person.objects.get_queryset().get(employee_id="N1")
    assert [(h.began, h.began_on, h.ended_on) for h in nga.holdings.order_by("began_on")] == [
        ("joined", date(2019, 3, 4), date(2021, 6, 30)),
        ("promoted", date(2021, 7, 1), date(2024, 2, 29)),
    ]
    assert nga.employments.get().leaving_reason == "Studies"
    assert not nga.is_active


def test_with_one_fault_nothing_changes(company, hoa, linh):
    before = everything()
    assert bring_in(CHINESE + "E-new2,李,,二组,组长,NOBODY,2026-02-02,,\n", hoa).reason == "faults"
    assert everything() == before


def test_the_good_rows_can_be_taken(company, hoa, linh, minh):
    assert bring_in(CHINESE + "E-new2,李,,二组,组长,NOBODY,2026-02-02,,\n", hoa, partial=True).done
    ids = set(Person.objects.get_queryset().values_list("employee_id", flat=True))
    assert "E-new1" in ids
    assert "E-new2" not in ids


def test_two_may_swap_their_addresses(company, hoa, linh, minh):
    text = "Employee ID,Name,E-mail\nE-linh,Linh Nguyen,minh@pixel.example\nE-minh,Minh Tran,linh@pixel.example\n"
    before = everything()
    outcome = bring_in(text, hoa)
    linh.refresh_from_db()
    assert linh.email == "minh@pixel.example"
    assert actions.undo(run=outcome.run, actor=hoa).done
    assert everything() == before


def test_what_was_looked_at_is_what_is_done(company, hoa, linh):
    run = actions.bring(content=CHINESE.encode(), file_name="people.csv", actor=hoa)
    actions.look(run=run)
    history.move(person=linh, position=company.team_leader, unit=company.team, on=date(2026, 2, 1), actor=hoa)
    assert actions.apply(run=run, actor=hoa).reason in ("changed_since", "faults")


def test_undo_says_who_has_built_on_it(company, hoa, linh, minh):
    outcome = bring_in(CHINESE, hoa)
    fang = Person.objects.get_queryset().get(employee_id="E-new1")
    RoleGrant.objects.create(person=fang, role="mentor")
    before = everything()
    refused = actions.undo(run=outcome.run, actor=hoa)
    assert [(o.code, o.what) for o in refused.obstacles] == [("used", "person")]
    assert "王芳" in texts.of_obstacle(refused.obstacles[0])
    assert everything() == before


def test_a_workbook_of_ten_thousand_goes_in_and_out(company, hoa):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(["工号", "姓名", "部门", "岗位", "直属上级", "入职日期"])
    for n in range(10_000):
        sheet.append(
            [100_000 + n, f"员工{n}", f"像素之家/部门{n % 40}/小组{n % 400}", f"岗位{n % 20}", None, date(2020, 1, 6)]
        )
    out = io.BytesIO()
    book.save(out)
    before = everything()
    outcome = bring_in(out.getvalue(), hoa)
    assert outcome.run.counts["new"] == 10_000
    assert outcome.run.counts["units"] == 440
    assert bring_in(out.getvalue(), hoa).reason == "nothing_new"
    assert actions.undo(run=outcome.run, actor=hoa).done
    assert everything() == before


def test_old_imports_are_forgotten_but_for_who_did_what(company, hoa, linh, minh):
    done, left = bring_in(CHINESE, hoa).run, actions.bring(content=b"a,b\n1,2\n", file_name="x.csv", actor=hoa)
    with clock.moved(to=date(2026, 6, 30)):
        actions.forget_old()
    done.refresh_from_db()
    left.refresh_from_db()
    assert (done.state, done.ledger, done.file) == ("applied", {}, None)
    assert left.state == "discarded"


def test_every_code_has_a_sentence():
    folder = Path(people_rules.__file__).parent
    source = "\n".join(file.read_text() for file in folder.glob("*.py"))
    said = set(re.findall(r'Unreadable\(\s*"(\w+)"', source))
    assert said == set(texts.FILE_FAULTS)
    for code in texts.FAULTS:
        stem = code.removesuffix("_unknown")
        assert f'"{code}"' in source or stem in people_rules.columns.FIELDS or code == "column_missing", code


# -- by command


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(CHINESE)
    return path


def test_the_command_does_the_same(company, hoa, linh, minh, file, capsys):
    call_command("import_people", str(file), "--actor", "hoa@pixel.example", "--dry-run")
    assert not Person.objects.get_queryset().filter(employee_id="E-new1").exists()
    call_command("import_people", str(file), "--actor", "hoa@pixel.example")
    assert Person.objects.get_queryset().filter(employee_id="E-new1").exists()
    assert "New: 1" in capsys.readouterr().out
    assert ImportRun.objects.first().applied_by == hoa


def test_the_first_import_of_all_needs_nobody(db, file):
    file.write_text("Employee ID,Name,Department,Position\n1,Nga,House,Editor\n")
    call_command("import_people", str(file))
    assert Person.objects.get_queryset().get().name == "Nga"


def test_the_command_tells_faults_by_row_and_column(company, hoa, file, capsys):
    file.write_text("Nummer,Name\n1,Nga\n")
    with pytest.raises(CommandError):
        call_command("import_people", str(file), "--actor", "hoa@pixel.example")
    assert "Employee ID" in capsys.readouterr().err
    ImportMapping.objects.create(name="payroll", columns={"employee_id": "Nummer", "name": "Name"})
    call_command("import_people", str(file), "--actor", "hoa@pixel.example", "--mapping", "payroll")
    assert Person.objects.get_queryset().filter(employee_id="1").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["--actor", "nobody@x.vn"], ["--actor", "hoa@pixel.example", "--mapping", "?"]]
)
def test_the_command_says_what_it_needs(company, hoa, file, arguments):
    with pytest.raises(CommandError):
        call_command("import_people", str(file), *arguments)


def test_only_an_administrator_changes_an_administrators_address(company, hoa, hire):
    """Who reads the letters of an account can ask for a new password: so HR would become administrator."""
    quan = hire("Quan Bui", roles=["administrator"])
    son = hire("Son Cao", roles=["administrator"])
    taking_over = "Employee ID,Name,E-mail\nE-quan,Quan Bui,hoa.private@elsewhere.example\n"
    outcome = bring_in(taking_over, hoa)
    assert outcome.reason == "faults"
    assert [fault.code for fault in texts.kept_faults(outcome.run)] == ["email_guarded"]
    quan.refresh_from_db()
    assert quan.email == "quan@pixel.example"
    assert bring_in("Employee ID,Name,E-mail\nE-quan,Quan B. Bui,quan@pixel.example\n", hoa).done
    assert bring_in(taking_over, son).done


def test_what_an_administrator_looked_at_is_not_applied_by_somebody_with_less_say(company, hoa, hire):
    quan = hire("Quan Bui", roles=["administrator"])
    hire("Son Cao", roles=["administrator"])
    content = b"Employee ID,Name,E-mail\nE-son,Son Cao,son.new@pixel.example\n"
    run = actions.bring(content=content, file_name="people.csv", actor=quan)
    actions.look(run=run)
    assert actions.apply(run=run, actor=hoa).reason == "faults"
    assert actions.apply(run=run, actor=quan).done
