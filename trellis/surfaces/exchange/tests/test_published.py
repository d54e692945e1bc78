from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.domains.careers.actions import load_definitions
from trellis.domains.careers.definitions import Known
from trellis.domains.careers.models import Pathway, ProfileItem
from trellis.domains.careers.queries import known_beside
from trellis.surfaces.exchange.published import CODE, read_published

ROLES = """"Role Family","Role","Role Description","Role Level","Role Level Description","Skill Name","Skill Level"
Data,Data analyst,"Finds out, with data.
- tells ""why"", too",Associate data analyst,Learns,Analysis,Awareness
Data,Data analyst,,Data analyst,Works alone,Analysis,Working
Data,Data analyst,,Data analyst,Works alone,Analysis,Working
Data,Data analyst,,Data analyst,Works alone,Telling stories ,Working
Data,Data analyst,,Principal data analyst,Leads,Analysis,Expert
Data,Data analyst,,Principal data analyst,Leads,Telling stories,Expert
Data,Data analyst,,Senior data analyst,Leads some,Analysis,Practitioner
Data,Data analyst,,Senior data analyst,Leads some,Telling stories,Practitioner
Data,Data analyst,,Trainee data analyst,Begins,Analysis,Practitioner
Chief,Chief data officer,Answers for data,NOT IN USE,NOT IN USE,Strategy,NOT IN USE
"""
SKILLS = """Skill Name,Skill Description,Awareness,Working,Practitioner,Expert
Analysis,Making sense,"You can:
- say ""what"" it is",You can: do it,You can: lead it,You can: set the standard
Telling stories,Making others see,a,b,c,d
Strategy,Setting the course,NOT IN USE,,,
"""
PUBLISHED = Path(settings.ROOT).parent / "shared" / "data"


def read(roles=ROLES, skills=SKILLS, known=None):
    return read_published(roles.encode("utf-8-sig"), skills.encode(), known or Known())


def test_roles_become_pathways_and_levels_positions_in_the_order_of_what_they_ask():
    definitions, faults = read()

    assert not faults
    assert [(way.family, way.name.default) for way in definitions.pathways] == [
        ("Chief", "Chief data officer"),
        ("Data", "Data analyst"),
    ]
    assert definitions.pathways[1].positions == (
        "trainee-data-analyst",
        "associate-data-analyst",
        "data-analyst",
        "senior-data-analyst",
        "principal-data-analyst",
    )
    assert definitions.pathways[1].description.default == 'Finds out, with data.\n- tells "why", too'


def test_a_role_without_levels_is_one_position_and_its_skills_have_one_level():
    definitions, _faults = read()

    chief = next(p for p in definitions.positions if p.code == "chief-data-officer")
    strategy = next(c for c in definitions.competencies if c.code == "strategy")
    assert [(ask.competency, ask.level) for ask in chief.asks] == [("strategy", 1)]
    assert [(level.level, level.behaviour.default) for level in strategy.levels] == [(1, "Setting the course")]


@pytest.mark.parametrize(
    ("roles", "skills", "line", "told"),
    [
        (ROLES.replace('"Skill Level"', '"Grade"'), SKILLS, 1, "Columns are missing: Skill Level"),
        (ROLES, SKILLS.replace("Expert", "Master"), 1, "Columns are missing: Expert"),
        (ROLES.replace("Analysis,Expert", "Analysis,Guru"), SKILLS, 7, "“Guru” is not one of"),
        (ROLES.replace("Leads,Analysis", "Leads,Magic"), SKILLS, 7, "no skill “Magic”"),
        (ROLES.replace("Leads,Analysis,Expert", "Leads,,Expert"), SKILLS, 7, "“Skill Name” is empty"),
        (ROLES + "Data,Data analyst,,Data analyst,,Analysis,Expert\n", SKILLS, 13, "two different levels"),
        (ROLES.split("\n")[0], SKILLS, 1, "no row below"),
        (ROLES, SKILLS + "Analysis,,a,b,c,d\n", 6, "is there twice"),
    ],
)
def test_faults_are_told_by_line(roles, skills, line, told):
    definitions, faults = read(roles, skills)

    assert definitions is None
    assert any(fault.line == line and told in fault.text for fault in faults), [str(f) for f in faults]


def test_a_file_that_is_not_utf8_is_told():
    _definitions, faults = read_published("Rôle".encode("latin-1"), SKILLS.encode(), Known())

    assert "not UTF-8" in faults[0].text


@pytest.mark.both_databases
def test_importing_twice_changes_nothing(db):
    first, _faults = read(known=known_beside(CODE))
    assert load_definitions(source=first, actor=None).changes

    again, _faults = read(known=known_beside(CODE))

    assert load_definitions(source=again, actor=None).changes == ()


def test_a_code_the_company_uses_already_is_made_different(db):
    load_definitions(
        source={
            "framework": {"code": "studio", "name": "Studio"},
            "competencies": [{"code": "analysis", "name": "Analysis", "levels": [{"level": 1, "name": "One"}]}],
            "positions": [{"code": "data-analyst", "name": "Data analyst"}],
            "pathways": [{"code": "data-analyst", "name": "Data", "positions": ["data-analyst"]}],
        },
        actor=None,
    )

    definitions, faults = read(known=known_beside(CODE))

    assert not faults
    assert f"analysis-{CODE}" in {c.code for c in definitions.competencies}
    assert f"data-analyst-{CODE}" in {p.code for p in definitions.positions}
    assert not load_definitions(source=definitions, actor=None).faults


def test_the_page_reads_shows_and_hands_over_to_the_definitions(mai, as_):
    client = as_(mai)

    read_in = client.post("/imports/frameworks/", files())
    assert "2 pathways, 6 positions and 3 competencies" in read_in.content.decode()
    assert not Pathway.objects.exists()

    client.post("/pathways/definitions/load/", {"text": read_in.context["text"], "load": "yes"})
    assert Pathway.objects.count() == 2


def test_the_page_tells_faults_and_changes_nothing(mai, as_):
    answer = as_(mai).post("/imports/frameworks/", files(roles=ROLES.replace("Role Family", "Family")))

    assert answer.status_code == 422
    assert "Columns are missing: Role Family" in answer.content.decode()


def files(roles=ROLES, skills=SKILLS):
    return {
        "roles": SimpleUploadedFile("roles.csv", roles.encode()),
        "skills": SimpleUploadedFile("skills.csv", skills.encode()),
    }


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published files are not part of the product")
def test_the_uk_framework_comes_in_whole_and_a_data_analyst_sees_what_the_next_level_asks(hire, as_):
    from trellis.domains.people.models import Position

    roles, skills = (PUBLISHED / f"uk_gdad_pcf_{part}.csv" for part in ("role", "skill"))
    definitions, faults = read_published(roles.read_bytes(), skills.read_bytes(), Known())
    assert not faults
    load_definitions(source=definitions, actor=None)

    # 201 named levels, and the four chiefs whose only level has no name of its own.
    assert (len(definitions.pathways), len(definitions.positions), len(definitions.competencies)) == (52, 205, 188)
    assert ProfileItem.objects.count() == len({*rows_of(roles)})
    analyst = hire("Ann Hall", position=Position.objects.get(code="data-analyst"))
    page = as_(analyst).get("/pathways/")
    assert "/positions/senior-data-analyst/" in page.content.decode()
    assert len(page.content) < 60 * 1024
    asks = as_(analyst).get("/positions/senior-data-analyst/").content.decode()
    assert "0 of 9 skills" in asks
    assert "identify and apply a range of statistical and analytical techniques" in asks


def rows_of(roles):
    import csv

    with roles.open(encoding="utf-8-sig", newline="") as file:
        return [(r["Role"], r["Role Level"], r["Skill Name"]) for r in csv.DictReader(file)]
