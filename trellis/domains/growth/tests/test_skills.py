"""What a person wants laid over what the company needs; what is part of the job stands apart."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.careers.models import Aim, Competency, Evidence, Framework, ProfileItem
from trellis.domains.growth.actions import skills as actions
from trellis.domains.growth.models import SkillNeed, SkillWish
from trellis.domains.growth.queries.skills import laid_over
from trellis.domains.growth.rules.skills import overlap
from trellis.domains.learning.models import Course, CourseTeaches
from trellis.domains.people.actions.erasure import erase
from trellis.domains.people.models import RoleGrant
from trellis.kit import clock
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
some = st.frozensets(st.integers(1, 12))


@given(some, some, some)
def test_every_skill_stands_in_one_group_and_what_is_needed_at_once_apart(wished, needed, job):
    found = overlap(wished=wished, needed=needed, job=job)
    groups = [found.only_mine, found.both, found.only_company, found.job]
    assert sum(map(len, groups)) == len(wished | needed | job)
    assert found.job == job
    assert found.both == (wished & needed) - job


@pytest.fixture
def skills(company):
    ours = Framework.objects.create(code="own", name="Ours")
    names = ("feedback", "english", "retouching", "leading")
    return {name: Competency.objects.create(framework=ours, code=name, name=name.title()) for name in names}


def groups_of(person):
    laid = laid_over(person, on=TODAY)
    named = {
        name: [s.competency.code for s in getattr(laid, name)] for name in ("only_mine", "both", "only_company", "job")
    }
    return {name: codes for name, codes in named.items() if codes} | (
        {"in_words": [w.words for w in laid.in_words]} if laid.in_words else {}
    )


def test_wishes_needs_aim_and_position_each_find_their_place(linh, mai, skills, company):
    actions.wish(owner=linh, competency=skills["feedback"])
    actions.wish(owner=linh, words="Bookbinding")
    actions.declare_need(competency=skills["feedback"], unit=company.team, until=None, why="We grow", actor=mai)
    actions.declare_need(competency=skills["english"], unit=None, until=None, why="New clients", actor=mai)
    ProfileItem.objects.create(position=company.photo_editor, competency=skills["retouching"], level=2)
    ProfileItem.objects.create(position=company.team_leader, competency=skills["leading"], level=1)
    Aim.objects.create(person=linh, position=company.team_leader)
    assert groups_of(linh) == {
        "only_mine": ["leading"],
        "both": ["feedback"],
        "only_company": ["english"],
        "job": ["retouching"],
        "in_words": ["Bookbinding"],
    }
    shown = {"person": linh, "shown_on": TODAY, "source": "assessed", "recorded_by": mai}
    Evidence.objects.create(**shown, competency=skills["retouching"], level=2)
    Evidence.objects.create(**shown, competency=skills["leading"], level=1)
    assert set(groups_of(linh)) == {"both", "only_company", "in_words"}


def test_what_her_position_lacks_at_once_is_the_job_even_when_she_wants_it(linh, mai, skills, company):
    ProfileItem.objects.create(position=company.photo_editor, competency=skills["retouching"], level=2)
    actions.wish(owner=linh, competency=skills["retouching"])
    actions.declare_need(competency=skills["retouching"], unit=None, until=None, why="All", actor=mai)
    assert groups_of(linh) == {"job": ["retouching"]}
    [skill] = laid_over(linh, on=TODAY).job
    assert skill.wish
    assert skill.gap.short == 2


def test_a_need_of_another_branch_or_of_the_past_is_not_hers(linh, mai, skills, company):
    from trellis.domains.people.models import Unit

    beside = Unit.objects.create(code="team-2", name="Team 2", parent=company.whole, path=f"{company.whole.path}99/")
    actions.declare_need(competency=skills["english"], unit=beside, until=None, why="There", actor=mai)
    actions.declare_need(competency=skills["feedback"], unit=None, until=date(2026, 3, 1), why="Over", actor=mai)
    assert groups_of(linh) == {}


def test_what_leads_on_stands_beside_what_both_want(linh, mai, skills):
    course = Course.objects.create(code="talks", name="Talks", kind="soft")
    CourseTeaches.objects.create(course=course, competency=skills["feedback"], level=1)
    actions.wish(owner=linh, competency=skills["feedback"])
    actions.declare_need(competency=skills["feedback"], unit=None, until=None, why="All", actor=mai)
    [skill] = laid_over(linh, on=TODAY).both
    assert [str(help_) for help_ in skill.help["course"]] == ["Talks"]


def test_said_twice_is_said_once_and_a_new_word_replaces(linh, mai, skills, company):
    for _twice in "ab":
        actions.wish(owner=linh, competency=skills["feedback"], note="For the team")
        actions.declare_need(competency=skills["english"], unit=company.team, until=None, why="Clients", actor=mai)
    assert SkillWish.objects.count() == SkillNeed.objects.count() == 1
    again = actions.declare_need(competency=skills["english"], unit=company.team, until=TODAY, why="Clients", actor=mai)
    assert list(SkillNeed.objects.filter(ended_at=None)) == [again]
    assert not Entry.objects.filter(kind__contains="wish").exists()


def test_an_erasure_removes_wishes_for_good(linh, skills):
    actions.wish(owner=linh, competency=skills["feedback"], note="canary")
    erase(person=linh, actor=None)
    assert not SkillWish.objects.exists()


@pytest.mark.both_databases
def test_the_database_refuses_what_must_not_be(linh, mai, skills, company):
    both = {"owner": linh, "competency": skills["english"]}
    need = {"competency": skills["english"], "declared_by": mai, "why": "x"}
    for wrong in (
        lambda: SkillWish.objects.create(owner=linh),
        lambda: SkillWish.objects.create(**both, words="x"),
        lambda: [SkillWish.objects.create(**both) for _ in "ab"],
        lambda: [SkillWish.objects.create(owner=linh, words="x") for _ in "ab"],
        lambda: [SkillNeed.objects.create(**need) for _ in "ab"],
        lambda: [SkillNeed.objects.create(**need, unit=company.team) for _ in "ab"],
        lambda: SkillNeed.objects.create(**need, ended_at=clock.now()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_her_wishes_are_on_no_page_but_hers(as_, linh, thuy, mai, skills):
    as_(linh).post("/wishes/new/", {"words": "Canary of Linh", "note": "canary note"})
    kept = SkillWish.objects.get()
    assert "Canary of Linh" in as_(linh).get("/wishes/").text
    for other in (thuy, mai):
        assert "anary" not in as_(other).get("/wishes/").text
        assert as_(other).post(f"/wishes/{kept.pk}/drop/").status_code == 403
    as_(linh).post(f"/wishes/{kept.pk}/drop/")
    assert not SkillWish.objects.exists()


def test_a_wish_is_a_skill_or_own_words_and_the_form_says_so(as_, linh, skills):
    for wrong in ({}, {"competency": "english", "words": "both"}, {"competency": "none-such"}):
        assert as_(linh).post("/wishes/new/", wrong).status_code == 422
    assert not SkillWish.objects.exists()


def test_what_she_wrote_is_not_gone_at_one_touch(as_, linh, skills):
    actions.wish(owner=linh, competency=skills["feedback"])
    assert "There is no way back." not in as_(linh).get("/wishes/").text
    actions.wish(owner=linh, competency=skills["feedback"], note="People come to me")
    assert as_(linh).get("/wishes/").text.count("There is no way back.") == 1


def test_a_head_speaks_for_her_branch_and_nobody_else_for_it(as_, linh, thuy, mai, hire, company, skills):
    bich = hire("Bich Dang", unit=company.whole)
    RoleGrant.objects.create(person=bich, role="hr", unit=company.team, began_on="2024-01-08")
    form = {"competency": skills["english"].pk, "why": "Clients write to us", "until": ""}
    assert as_(linh).post("/needs/", form).status_code == 403
    assert as_(thuy).post("/needs/", form).status_code == 422  # not for the whole company
    assert as_(thuy).post("/needs/", {**form, "unit": company.whole.pk}).status_code == 422
    as_(thuy).post("/needs/", {**form, "unit": company.team.pk})
    as_(mai).post("/needs/", form)
    assert set(SkillNeed.objects.values_list("unit", flat=True)) == {company.team.pk, None}
    assert "Clients write to us" in as_(linh).get("/needs/").text
    of_all, of_team = SkillNeed.objects.get(unit=None), SkillNeed.objects.exclude(unit=None).get()
    for person, need, status in ((linh, of_team, 403), (bich, of_all, 403), (bich, of_team, 302), (mai, of_all, 302)):
        assert as_(person).post(f"/needs/{need.pk}/end/").status_code == status
