"""HR brings a file of people in, sees what it would change, and takes it back."""

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

HEADINGS = "工号,姓名,部门,岗位,直属上级,入职日期,邮箱"
ROWS = [
    "QD-901,李梅,青岛/客服一组,客服专员,,2026年1月5日,li.mei@pixel.example",
    "QD-902,张伟,青岛/客服一组,客服专员,QD-901,2026/1/12,zhang.wei@pixel.example",
]


def chinese_file(rows: list[str]) -> dict[str, object]:
    text = "\r\n".join([HEADINGS, *rows])
    return {"name": "花名册.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}


def test_hr_imports_a_chinese_file_and_undoes_it(academy, visit):
    from trellis.domains.people.models import Person

    before = Person.objects.count()
    page = visit(academy.hoa, width=DESK, language="zh-hans")
    page.goto(academy.url + "/imports/people/")
    page.locator("input[type=file]").set_input_files([chinese_file(ROWS)])
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/columns/")
    page.locator("main form button.btn--primary").last.click()
    page.wait_for_url("**/preview/**")
    expect(page.locator("main")).to_contain_text("李梅")
    assert Person.objects.count() == before, "a preview changes nothing"
    page.locator("main form button.btn--primary").first.click()
    page.wait_for_url("**/jobs/**")
    page.goto(page.url.split("/jobs/")[0] + "/imports/")
    page.get_by_role("link", name="花名册.csv").first.click()
    assert Person.objects.get(employee_id="QD-902").manager == Person.objects.get(employee_id="QD-901")
    page.locator("main form button.btn").last.click()
    page.wait_for_load_state()
    assert not Person.objects.here().filter(employee_id__startswith="QD-90").exists()
    assert Person.objects.count() == before


def test_a_file_with_faults_names_them_and_changes_nothing(academy, visit):
    from trellis.domains.people.models import Person

    before = Person.objects.count()
    page = visit(academy.hoa, width=PHONE)
    page.goto(academy.url + "/imports/people/")
    bad = ["QD-903,,青岛/客服一组,客服专员,NOBODY,2026-13-40,not-an-address", *ROWS]
    page.locator("input[type=file]").set_input_files([chinese_file(bad)])
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/columns/")
    page.locator("main form button.btn--primary").last.click()
    page.wait_for_url("**/preview/**")
    text = page.locator("main").inner_text()
    for said in ("NOBODY", "2026-13-40", "not-an-address"):
        assert said in text
    assert Person.objects.count() == before


def test_a_photo_editor_may_not_import(academy, visit):
    from trellis.kit.journal.models import Entry

    page = visit(academy.linh)
    assert page.goto(academy.url + "/imports/people/").status == 403
    assert Entry.objects.filter(kind="access.refused", actor=academy.linh).exists()
