"""A dry run: who would pass each gate today, who would not, and why; nothing is changed by it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.people.models import Employment, Holding, Person, Position
from trellis.domains.programmes import actions
from trellis.domains.programmes.actions import trials
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries import definition_of
from trellis.domains.programmes.queries.dry_run import Who, dry_run
from trellis.domains.programmes.rules import read_definition
from trellis.domains.programmes.rules.trial import Tried, trial_from
from trellis.domains.programmes.tests.story import LATER, START, YAML, approve, attend_and_pass, carry_to_review
from trellis.kit import clock
from trellis.kit.tasks.models import Job

pytestmark = pytest.mark.django_db
PAGE = "/programmes/next-step/dry-run/"


@pytest.fixture
def definition(journey):
    return definition_of(journey.version)


def of(trial, person, gate=0):
    return next(tried for pk, _position, tried in trial.among(gate) if pk == person.pk)


@pytest.mark.both_databases
def test_who_has_joined_and_done_all_would_pass_and_the_others_lack_it(definition, journey, linh, hoa, thuy):
    attend_and_pass(journey, thuy)
    trial = dry_run(definition, Who(), on=LATER)
    assert of(trial, linh) == Tried("open")
    assert of(trial, linh, 1) == Tried("lacks", ("days", "approval:review"))
    assert of(trial, hoa) == Tried("lacks", ("attendance:leadership", "passed:leadership"))
    assert trial.counts(0)["open"] == 1
    assert trial.most_lacked(0)[0] == ("attendance:leadership", len(trial.rows) - 1)


def test_who_lacks_only_the_yes_is_told_apart_and_approved_she_would_pass(definition, journey, linh, thuy, mai):
    review = carry_to_review(journey, thuy, thuy)
    assert of(dry_run(definition, Who(), on=LATER), linh, 1).outcome == "approval"
    approve(review, mai)
    assert of(dry_run(definition, Who(), on=LATER), linh, 1).outcome == "open"


def test_who_holds_the_position_already_is_not_looked_at(definition, linh, thuy):
    people = {pk for pk, _position, _tried in dry_run(definition, Who(), on=START).among(0)}
    assert linh.pk in people
    assert thuy.pk not in people


def test_what_is_not_available_yet_is_never_silently_true(definition, journey, linh, thuy):
    attend_and_pass(journey, thuy)
    gate = {"key": "g", "name": "g", "opens": "certificate", "requires": {"all_of": [{"agreement_signed": "pact"}]}}
    asks, _faults = read_definition({"code": "x", "name": "x", "stages": [{"key": "s", "name": "s"}], "gates": [gate]})
    assert of(dry_run(asks, Who(), on=LATER), linh) == Tried("unavailable", ("agreement:pact",))


@pytest.mark.both_databases
def test_a_cohort_and_a_unit_are_looked_at_alone(definition, company, journey, linh):
    cohort = dry_run(definition, Who("cohort", journey.cohort_id), on=START)
    assert [row[0] for row in cohort.among(0)] == [linh.pk]
    unit = dry_run(definition, Who("unit", company.team.pk), on=START)
    held = set(Holding.objects.filter(unit=company.team, ended_on=None).values_list("person", flat=True))
    assert linh.pk in held
    assert {row[0] for row in unit.among(0)} <= held


def test_only_whom_it_is_open_to_is_looked_at(journey, mai, linh):
    text = YAML.replace("  months: 6", "  months: 6\n  open_to: [team-leader]")
    version = actions.load_definition(text_or_dict=text, actor=mai).version
    assert version.number == 2
    people = [pk for pk, _p, _t in dry_run(definition_of(version), Who(), on=START).among(0)]
    assert linh.pk not in people


def crowd(company, n):
    """So many more photo editors, some of them on their way."""
    editor = Position.objects.get(code="photo-editor")
    for number in range(n):
        person = Person.objects.create_user(email=f"p{number}@x.example", employee_id=f"X{number}", name=f"P{number}")
        Employment.objects.create(person=person, began_on=START - timedelta(days=90))
        Holding.objects.create(
            person=person, position=editor, unit=company.team, began_on=START - timedelta(days=90), began="joined"
        )


def statements(definition):
    with CaptureQueriesContext(connection) as asked:
        dry_run(definition, Who(), on=START)
    return len(asked)


@pytest.mark.both_databases
def test_fifty_more_people_take_no_further_statement(definition, company):
    before = statements(definition)
    crowd(company, 50)
    assert statements(definition) == before <= 10


def test_what_is_kept_is_read_again_the_same(definition):
    trial = dry_run(definition, Who(), on=START)
    run = Job.objects.create(kind="x", owner=Person.objects.first(), result=trial.as_data())
    run.refresh_from_db()
    assert trial_from(run.result) == trial


class TestPages:
    def test_mai_runs_it_sees_who_lacks_what_and_takes_it_out(self, as_, journey, mai, linh, hoa, thuy):
        attend_and_pass(journey, thuy)
        with clock.moved(to=LATER):
            page = as_(mai).post(PAGE, {"who": "everyone:0", "towards": "team-leader"}, follow=True)
            assert page.status_code == 200
            text = page.content.decode()
            assert "Would pass" in text
            assert "Leadership: passed" in text
            at = page.redirect_chain[-1][0]
            lost = as_(mai).get(f"{at}&gate=0&outcome=open").content.decode()
            assert linh.name in lost
            assert hoa.name not in lost
            csv = b"".join(as_(mai).get(f"{at}&gate=0&key=passed:leadership&as=csv").streaming_content).decode()
        assert hoa.name in csv
        assert linh.name not in csv
        assert Journey.objects.count() == 1

    def test_many_people_are_looked_at_in_the_background_with_progress(self, as_, journey, mai, monkeypatch):
        monkeypatch.setattr(trials, "AT_ONCE", 0)
        answer = as_(mai).post(PAGE, {"who": "everyone:0", "towards": "team-leader"})
        run = Job.objects.get()
        assert answer.url in {f"/jobs/{run.pk}/", f"{PAGE}?run={run.pk}"}
        assert run.then == f"{PAGE}?run={run.pk}"

    def test_nobody_else_sees_a_run_and_nonsense_is_refused(self, as_, journey, mai, hire):
        as_(mai).post(PAGE, {"who": "everyone:0", "towards": "team-leader"})
        run = Job.objects.get()
        assert as_(hire("Quan Ho", roles=["administrator"])).get(f"{PAGE}?run={run.pk}").status_code == 404
        assert as_(mai).get(f"{PAGE}?run={run.pk}&gate=99&outcome=luck&page=x").status_code == 200
        assert as_(mai).post(PAGE, {"who": "luck"}).status_code == 422
        assert as_(mai).get(f"{PAGE}?run=x").status_code == 200

    def test_the_page_takes_no_more_statements_for_more_people(self, as_, journey, company, mai):
        def asked():
            client = as_(mai)
            at = client.post(PAGE, {"who": "everyone:0", "towards": "team-leader"}).url
            with CaptureQueriesContext(connection) as seen:
                assert client.get(at).status_code == 200
            return len(seen)

        before = asked()
        crowd(company, 60)
        assert asked() == before <= 12
