import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.careers.actions import load_definitions, record_evidence, set_aim
from trellis.domains.careers.models import Aim, Evidence, Framework
from trellis.domains.careers.tests.conftest import FRAMEWORK


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries)


def a_large_framework(pathways=30, steps=6):
    """Many pathways in three families; each position asks for every one of eight competencies."""
    load_definitions(
        source={
            "framework": {"code": "large", "name": "Large"},
            "competencies": [
                {"code": f"c-{n}", "name": f"C {n}", "levels": [{"level": 1, "name": "One"}]} for n in range(8)
            ],
            "positions": [
                {
                    "code": f"p-{w}-{s}",
                    "name": f"Position {w} {s}",
                    "asks": [{"competency": f"c-{n}", "level": 1} for n in range(8)],
                }
                for w in range(pathways)
                for s in range(steps)
            ],
            "pathways": [
                {
                    "code": f"w-{w}",
                    "name": f"Way {w}",
                    "family": f"Family {w % 3}",
                    "positions": [f"p-{w}-{s}" for s in range(steps)],
                }
                for w in range(pathways)
            ],
        },
        actor=None,
    )


def test_the_map_shows_where_i_am_what_is_next_and_how_much_of_it_i_have(linh, thuy, as_, studio, competency):
    record_evidence(person=linh, competency=competency("feedback"), level=2, source="assessed", actor=thuy)

    page = as_(linh).get("/pathways/").content.decode()

    assert page.count("You are here") >= 1
    assert "1 of 2 skills" in page


def test_my_aim_is_marked_on_the_map_with_what_is_missing(linh, company, as_, studio):
    set_aim(person=linh, position=company.team_leader)

    page = as_(linh).get("/pathways/").content.decode()

    assert "Your aim, 0 of 2" in page
    assert "2 levels to go: Sound" in page


def test_without_definitions_the_map_says_what_to_do(linh, mai, as_):
    assert "No pathway has been drawn yet." in as_(linh).get("/pathways/").content.decode()
    assert "Load the first definitions" in as_(mai).get("/pathways/").content.decode()


def test_many_pathways_are_folded_by_family_and_mine_comes_first(hire, as_):
    from trellis.domains.people.models import Position

    a_large_framework()
    reader = hire("Lan Ngo", position=Position.objects.get(code="p-4-2"))

    page = as_(reader).get("/pathways/").content.decode()

    assert page.index("Your pathways") < page.index("Way 4") < page.index("All pathways")
    assert "Family 2" in page
    assert "Position 5 1" not in page  # folded: the other pathways are links, not cells
    assert "Position 5 1" in as_(reader).get("/pathways/?family=Family 2").content.decode()
    assert "Position 5 1" in as_(reader).get("/pathways/?q=position 5").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/pathways/", "/pathways/list/", "/pathways/production/", "/positions/team-leader/", "/competencies/feedback/"],
)
def test_the_number_of_statements_does_not_grow(linh, company, as_, studio, hire, address):
    set_aim(person=linh, position=company.team_leader)
    hire("One Leader", position=company.team_leader)
    client = as_(linh)
    client.get(address)
    with_few = statements(client, address)

    a_large_framework()
    for n in range(50):
        hire(f"L{n} Leader", position=company.team_leader)

    assert statements(client, address) <= with_few <= 12


@pytest.mark.parametrize("address", ["/skills/", "/positions/team-leader/holders/"])
def test_nor_does_it_for_skills_and_holders(linh, thuy, company, as_, hire, address):
    a_large_framework(pathways=1)
    load_definitions(source=FRAMEWORK, actor=None)
    from trellis.domains.careers.models import Competency

    competencies = list(Competency.objects.all())
    record_evidence(person=linh, competency=competencies[0], level=1, source="assessed", actor=thuy)
    client = as_(linh)
    client.get(address)
    with_few = statements(client, address)

    for n, competency in enumerate(competencies):
        record_evidence(person=linh, competency=competency, level=1, source="assessed", actor=thuy)
        hire(f"L{n} Leader", position=company.team_leader)

    assert statements(client, address) == with_few <= 12


def test_a_position_says_what_i_lack_in_behaviour(linh, as_, studio):
    page = as_(linh).get("/positions/team-leader/").content.decode()

    assert "You are at 0 of 2; the position asks for 2" in page
    assert "<li>agree on one thing to change</li>" in page


def test_i_set_my_aim_and_let_it_go(linh, as_, studio):
    client = as_(linh)

    for _click in range(2):
        assert client.post("/positions/team-leader/aim/").status_code == 302
    assert Aim.objects.get().person == linh
    client.post("/positions/team-leader/aim/drop/")
    assert not Aim.objects.filter(dropped_at=None).exists()


def test_my_own_estimate_is_shown_as_one(linh, as_, studio):
    client = as_(linh)

    answer = client.post("/skills/feedback/", {"level": 2, "note": "last week's review"}, follow=True)

    assert Evidence.objects.get().source == "self"
    assert "2 of 2" in answer.content.decode()
    assert "There, by your own estimate" in client.get("/positions/team-leader/").content.decode()


def test_a_manager_records_what_she_saw(linh, thuy, as_, studio):
    client = as_(thuy)
    address = f"/people/{linh.pk}/skills/feedback/"

    ahead = client.post(address, {"level": 1, "shown_on": "2026-03-09"})
    done = client.post(address, {"level": 1, "shown_on": "2026-02-27", "note": "shift talk"})

    assert ahead.status_code == 200
    assert "The day lies ahead" in ahead.content.decode()
    assert done.status_code == 302
    assert Evidence.objects.get().recorded_by == thuy


def test_a_level_must_be_chosen(linh, as_, studio):
    answer = as_(linh).post("/skills/feedback/", {"note": "kept"})

    assert "Choose a level." in answer.content.decode()
    assert "kept" in answer.content.decode()


def upload(text):
    return {"file": SimpleUploadedFile("studio.yaml", text.encode())}


def test_definitions_are_previewed_then_loaded(mai, company, as_):
    client = as_(mai)

    preview = client.post("/pathways/definitions/load/", upload(FRAMEWORK))
    assert "added" in preview.content.decode()
    assert not Framework.objects.exists()

    client.post("/pathways/definitions/load/", {"text": FRAMEWORK, "load": "yes"})
    assert Framework.objects.get().code == "studio"
    assert client.get("/pathways/definitions/studio.yaml").content.decode() == FRAMEWORK
    again = client.post("/pathways/definitions/load/", upload(FRAMEWORK))
    assert "Nothing would change" in again.content.decode()


def test_faulty_definitions_come_back_with_their_text(mai, as_, db):
    answer = as_(mai).post("/pathways/definitions/load/", upload("framework: {code: A B, name: Studio}"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The code “A B”" in page
    assert "framework: {code: A B, name: Studio}" in page
    assert not Framework.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01", b""])
def test_a_file_that_is_no_text_is_refused_in_words(mai, as_, db, content):
    answer = as_(mai).post("/pathways/definitions/load/", {"file": SimpleUploadedFile("x.yaml", content)})

    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
