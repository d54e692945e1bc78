import pytest

from trellis.domains.people.models import RoleGrant

THE_CAST = ("linh", "thuy", "minh", "mai", "hoa", "tuan")


@pytest.mark.parametrize(
    ("permission", "may"),
    [
        ("careers.see_levels", {"linh", "thuy", "mai", "hoa"}),
        ("careers.assess", {"thuy", "mai"}),
    ],
)
def test_who_may_with_linhs_levels(request, linh, permission, may):
    cast = {name: request.getfixturevalue(name) for name in THE_CAST}

    assert {name for name, person in cast.items() if person.has_perm(permission, linh)} == may


def test_nobody_assesses_themselves(mai, thuy):
    assert not mai.has_perm("careers.assess", mai)
    assert not thuy.has_perm("careers.assess", thuy)


def test_academy_and_administrators_define(request, hire):
    cast = {name: request.getfixturevalue(name) for name in THE_CAST}
    boss = hire("Root Admin", roles=[RoleGrant.Role.ADMINISTRATOR])

    assert boss.has_perm("careers.define")
    assert {name for name, person in cast.items() if person.has_perm("careers.define")} == {"mai"}


@pytest.mark.parametrize("where", ["", "feedback/"])
def test_a_colleague_does_not_see_my_skills(linh, minh, as_, studio, where):
    assert as_(minh).get(f"/people/{linh.pk}/skills/{where}").status_code == 403


def test_hr_looks_but_does_not_assess(linh, hoa, as_, studio):
    page = as_(hoa)

    assert page.get(f"/people/{linh.pk}/skills/feedback/").status_code == 200
    answer = page.post(f"/people/{linh.pk}/skills/feedback/", {"level": 1, "shown_on": "2026-03-01"})
    assert answer.status_code == 403
    assert not linh.evidence.exists()


@pytest.mark.parametrize(
    "address",
    ["/pathways/definitions/", "/pathways/definitions/studio.yaml", "/imports/frameworks/"],
)
def test_definitions_are_for_those_who_define(linh, as_, studio, address):
    assert as_(linh).get(address).status_code == 403
