"""The editor's pages: each place by itself, faults named beside, two people at once."""

import pytest

from trellis.domains.learning.models import Course
from trellis.domains.programmes.actions import drafts as actions
from trellis.domains.programmes.models import Draft, Programme
from trellis.domains.programmes.tests.story import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(company, mai):
    return load(mai)


@pytest.fixture
def draft(version, mai):
    return actions.open_draft(version=version, actor=mai)


def text(response):
    return response.content.decode()


def now():
    return Draft.objects.get()


GENERAL = {"name_en": "Step", "months": 5, "bonus": "12.50", "currency": "EUR"}
DAYS = {"name_en": "Days", "kind": "days", "owner": "holder", "number": 2, "when": "weeks_before", "stage": 1}
WITHOUT_NUMBER = {"name_en": "A", "kind": "task", "owner": "academy", "when": "week", "stage": 1}
OFTEN = {"course": "leadership", "percent": 80}
FLOWERS = {"points": 3, "currency": "flowers"}
ASKED = "gates/1/requires/all_of/new"


class Desk:
    """Mai at the draft: opens places, saves forms, presses buttons; each with what she saw."""

    def __init__(self, client):
        self.client = client

    def open(self, at="", **more):
        return self.client.get(f"/drafts/{now().pk}/edit/", {"at": at, **more})

    def save(self, at, *, seen=None, asks="", **values):
        asked = f"?at={at}&kind={asks}" if asks else f"?at={at}"
        return self.client.post(
            f"/drafts/{now().pk}/edit/{asked}", {"seen": now().number if seen is None else seen, **values}
        )

    def press(self, do, *, seen=None):
        number = now().number if seen is None else seen
        return self.client.post(f"/drafts/{now().pk}/change/", {"seen": number, "do": do}, follow=True)


@pytest.fixture
def desk(draft, as_, mai):
    return Desk(as_(mai))


def test_the_draft_is_read_as_the_programme_will_be(desk, draft):
    page = text(desk.client.get(f"/drafts/{draft.pk}/"))
    assert "Weeks 1 to 17" in page
    assert "days beside a holder · Week 18 · the holder of the position" in page
    assert "opens the certificate · All of: 6 whole days of 8 hours beside a holder of the position chosen; " in page
    assert "Nothing: it can be published." in page


def test_in_chinese(desk, draft):
    desk.client.cookies["django_language"] = "zh-hans"
    assert "下一步" in text(desk.client.get(f"/drafts/{draft.pk}/"))


def test_mai_begins_a_new_programme(as_, version, mai):
    client = as_(mai)
    for _click in range(2):
        response = client.post("/drafts/", {"name_en": "Growth", "name_zh": "成长"})
    assert response.url == f"/drafts/{now().pk}/"
    page = text(client.get(response.url))
    assert "at least one stage" in page
    assert "Growth" in text(client.get("/drafts/"))


def test_edit_leads_from_the_programme_to_its_draft(as_, version, mai, linh):
    assert "Edit" in text(as_(mai).get("/programmes/next-step/"))
    assert as_(mai).post("/programmes/next-step/draft/").url == f"/drafts/{now().pk}/"
    assert as_(linh).post("/programmes/next-step/draft/").status_code == 403


def test_one_course_of_many_is_found_by_typing(desk):
    Course.objects.bulk_create(Course(code=f"c-{n}", name=f"Course {n // 2}", kind="soft") for n in range(500))
    page = text(desk.open(ASKED, kind="course_passed"))
    assert '<option value="Course 249 (c-499)">' in page
    assert 'list="course-offered"' in page
    refused = desk.save(ASKED, asks="course_passed", course="Course 7")
    assert "No course, or more than one, is called that." in text(refused)
    assert desk.save(ASKED, asks="course_passed", course="course 7 (c-15)").status_code == 302
    assert "c-15" in str(now().body["gates"])
    assert 'data-narrow="courses"' in text(desk.open("tracks/new"))


@pytest.mark.parametrize(
    ("at", "kind", "values", "stands"),
    [
        (
            "",
            "",
            {"name_en": "Step", "months": 5, "bonus": "12.50", "currency": "EUR"},
            {"amount": 1250, "currency": "EUR"},
        ),
        ("stages/new", "", {"name_zh": "欢送", "from_week": 23, "to_week": 24}, {"zh-hans": "欢送"}),
        ("stages/1/nodes/0", "", DAYS, {"weeks": -2}),
        ("tracks/new", "", {"position": "general-manager", "courses": ["leadership"]}, ["leadership"]),
        ("gates/new", "", {"name_en": "Half-way", "opens": "mentorship"}, {"all_of": []}),
        (
            ASKED,
            "attendance",
            {"course": "leadership", "percent": 80},
            {"course": "leadership", "percent": 80},
        ),
        (ASKED, "course_passed", {"course": "leadership"}, "leadership"),
        (ASKED, "courses", {"attendance": "", "passed": "on"}, {"passed": True}),
        (ASKED, "approval", {}, {"by": "academy", "key": "review-2"}),
        (
            ASKED,
            "points_held",
            {"points": 3, "currency": "flowers"},
            {"points": 3, "currency": "flowers"},
        ),
        (ASKED, "survey_answered", {"code": "month-1"}, "month-1"),
        (ASKED, "case_published", {"cases": 1}, 1),
        (ASKED, "group", {"how": "some", "n": 2}, {"n": 2, "of": []}),
        ("gates/1/requires", "", {"how": "any"}, {"any_of": 2}),
        ("gates/1/requires/all_of/0", "", {"days": 4, "hours": 7.5}, {"days": 4, "hours": 7.5}),
    ],
)
def test_each_place_has_its_form(desk, at, kind, values, stands):
    assert desk.open(at, kind=kind).status_code == 200
    response = desk.save(at, asks=kind, **values)
    assert response.status_code == 302, text(response)
    body = now().body
    found = {
        "": lambda: body["bonus"],
        "stages/new": lambda: body["stages"][-1]["name"],
        "stages/1/nodes/0": lambda: body["stages"][1]["nodes"][0]["due"],
        "tracks/new": lambda: body["tracks"][-1]["courses"],
        "gates/new": lambda: body["gates"][1]["requires"],
        "gates/1/requires": lambda: {word: len(parts) for word, parts in body["gates"][1]["requires"].items()},
        "gates/1/requires/all_of/0": lambda: body["gates"][1]["requires"]["all_of"][0]["days_beside_holder"],
        ASKED: lambda: next(iter(body["gates"][1]["requires"]["all_of"][-1].values())),
    }[at]()
    assert found == stands
    assert desk.client.get(response.url).status_code == 200


def test_a_level_is_chosen_with_the_behaviour_that_shows_it(desk):
    from trellis.domains.careers.models import Competency, CompetencyLevel, Framework

    skill = Competency.objects.create(
        framework=Framework.objects.create(code="own", name="Ours"), code="f", name="Feedback"
    )
    CompetencyLevel.objects.create(competency=skill, level=2, name="Two", description="Says what was seen.")
    assert "Level 2: Says what was seen." in text(desk.open(ASKED, kind="level"))
    assert desk.save(ASKED, asks="level", level="f:2").status_code == 302
    assert now().body["gates"][1]["requires"]["all_of"][-1] == {"level": {"competency": "f", "level": 2}}


def test_what_is_not_available_yet_says_so_everywhere(desk, draft):
    assert "not available yet" in text(desk.open(ASKED))
    desk.save(ASKED, asks="agreement_signed", code="contract")
    page = text(desk.client.get(f"/drafts/{draft.pk}/"))
    assert "Agreement signed: contract (not available yet)" in page
    assert "Not available yet: agreements" in page


@pytest.mark.parametrize(
    ("at", "values", "says"),
    [
        ("stages/0", {"name_en": "", "from_week": 1, "to_week": 2}, "Give it a name"),
        ("stages/0", {"name_en": "A", "from_week": 3, "to_week": 2}, "The last week is before the first one."),
        (
            "stages/1/nodes/new",
            {"name_en": "A", "kind": "task", "owner": "academy", "when": "week", "stage": 1},
            "Say how many",
        ),
        ("", {"name_en": "A", "months": 6, "bonus": "5"}, "Say in which currency"),
        ("gates/1/requires", {"how": "some", "n": ""}, "Say how many of them."),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(desk, at, values, says):
    response = desk.save(at, **values)
    assert response.status_code == 422
    assert says in text(response)
    assert now().number == 0


def test_faults_are_named_beside_with_a_way_to_the_place(desk, draft):
    desk.press("remove stages/1")
    page = text(desk.client.get(f"/drafts/{draft.pk}/"))
    assert "Gate “Ready for the mentorship”: “mentorship” is not there any more. Choose anew." in page
    assert "?at=gates/0" in page
    assert desk.client.post(f"/drafts/{draft.pk}/publish/", {"seen": 1, "note": "x"}).status_code == 409


def test_buttons_move_and_remove_and_take_back(desk, draft):
    desk.press("down stages/0")
    assert [stage["key"] for stage in now().body["stages"]] == ["mentorship", "courses"]
    desk.press("remove gates/1/requires/all_of/0")
    assert len(now().body["gates"][1]["requires"]["all_of"]) == 1
    assert "The last change is taken back. Gate “Graduation” newly asks: 6 whole days" in text(desk.press("undo"))
    desk.press("undo")
    assert now().body == draft.body


def test_a_button_pressed_on_an_old_page_does_nothing_and_says_what_happened(desk, draft):
    desk.press("down stages/0")
    assert "Nothing was done: meanwhile Mai Pham changed the draft." in text(desk.press("remove stages/1", seen=0))
    assert len(now().body["stages"]) == 2


def test_who_saves_second_sees_both_and_saves_again(desk, draft):
    desk.press("down stages/0")
    values = {"name_en": "All courses", "from_week": 1, "to_week": 17}
    response = desk.save("stages/0", seen=0, **values)
    assert response.status_code == 409
    assert "The stages are in another order" in text(response)
    assert 'value="All courses"' in text(response)
    assert "?at=stages/1" in text(response), "the form goes to where the stage is now"
    assert desk.save("stages/1", **values).status_code == 302
    assert now().body["stages"][1]["name"]["en"] == "All courses"


def test_only_the_boxes_one_changed_are_taken_over_what_the_other_wrote(desk):
    desk.save("stages/0", name_en="Courses", name_zh="课程", from_week=1, to_week=16)
    response = desk.save("stages/0", seen=0, name_en="All courses", name_zh="课程学习", from_week=1, to_week=17)
    assert response.status_code == 409
    page = text(response)
    assert 'value="All courses"' in page
    assert 'value="课程"' in page
    assert 'value="16"' in page


def test_what_the_other_took_out_can_be_put_in_again(desk):
    desk.press("remove stages/0")
    response = desk.save("stages/0", seen=0, name_en="Courses", from_week=1, to_week=17)
    assert response.status_code == 409
    assert "saving puts it in again" in text(response)


def test_what_has_no_place_any_more_is_shown_to_write_down(desk):
    desk.press("remove gates/0")
    response = desk.save("gates/0/requires", seen=0, attendance=90, passed="on")
    assert response.status_code == 409
    assert "90" in text(response)


def test_a_place_that_is_gone_leads_to_the_draft(desk, draft):
    assert desk.open("stages/9").url == f"/drafts/{draft.pk}/"


@pytest.mark.parametrize(
    "at", ["code", "stages", "gates/0/requires/passed", "stages/0/nodes/new/new", "../..", "a" * 400]
)
def test_an_address_nobody_wrote_is_answered(desk, draft, at):
    assert desk.open(at).status_code == 302
    assert desk.save(at, name_en="A").status_code == 404
    assert desk.press(f"remove {at}").status_code == 200
    assert now().body == draft.body


def test_the_text_goes_out_and_in_the_same(desk, draft):
    out = text(desk.client.get(f"/drafts/{draft.pk}.yaml"))
    response = desk.client.post(f"/drafts/{draft.pk}/text/", {"seen": 0, "text": out})
    assert response.status_code == 302
    assert now().body == draft.body
    wrong = desk.client.post(f"/drafts/{draft.pk}/text/", {"seen": now().number, "text": "programme: {months: [}"})
    assert wrong.status_code == 422
    assert "Line" in text(wrong)


def test_publishing_shows_what_changes_and_leads_to_the_programme(desk, draft):
    desk.save("stages/new", name_en="Farewell", from_week=23, to_week=24)
    address = f"/drafts/{draft.pk}/publish/"
    assert "Stage “Farewell” added" in text(desk.client.get(address))
    for _click in range(2):
        response = desk.client.post(address, {"seen": 1, "note": "A farewell"})
        assert response.url == "/programmes/next-step/"
    assert Programme.objects.get().versions.count() == 1
    assert "A farewell" in text(desk.client.get("/drafts/"))
    assert "A farewell" in text(desk.client.get("/programmes/next-step/versions/"))
    assert desk.client.get(f"/drafts/{draft.pk}/").status_code == 302


def test_throwing_away_asks_first(desk, draft):
    address = f"/drafts/{draft.pk}/discard/"
    assert "gone for good" in text(desk.client.get(address))
    desk.client.post(address, {"seen": 0})
    assert not Draft.objects.exists()


def test_sixty_nodes_and_long_names_cost_the_same(desk, draft, django_assert_max_num_queries):
    from trellis.domains.programmes.rules import editing

    body = draft.body
    for n in range(60):
        node = {"name": f"Node {n} " + "long " * 30, "kind": "task", "owner": "academy", "week": 1}
        body = editing.add(body, ("stages", 0, "nodes", "new"), node)
    Draft.objects.update(body=body)
    with django_assert_max_num_queries(12):
        page = text(desk.client.get(f"/drafts/{draft.pk}/"))
    assert page.count("written__row") == 60 + 2 + 2 + 1 + 1


@pytest.mark.parametrize(
    "address",
    [
        "edit/",
        "edit/?at=stages/0/nodes/0",
        "edit/?at=tracks/0",
        "edit/?at=gates/1",
        f"edit/?at={ASKED}",
        f"edit/?at={ASKED}&kind=level",
        f"edit/?at={ASKED}&kind=course_passed",
        "publish/",
        "discard/",
        "text/",
    ],
)
def test_every_page_of_the_editor_asks_little(desk, draft, address, django_assert_max_num_queries):
    desk.press("down stages/0")
    with django_assert_max_num_queries(12):
        assert desk.client.get(f"/drafts/{draft.pk}/{address}").status_code == 200
