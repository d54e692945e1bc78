"""The office acts on many of a cohort: once, told for each, and undone."""

from datetime import timedelta

import pytest
from django.db import connection

from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course, Enrolment
from trellis.domains.programmes import actions
from trellis.domains.programmes.actions import Wish
from trellis.domains.programmes.actions.making_up import MakeUp
from trellis.domains.programmes.models import BulkAct, TimeChange
from trellis.domains.programmes.queries.dues import times_of
from trellis.domains.programmes.queries.roster import chosen, roster_of, travellers
from trellis.domains.programmes.tests.story import START, join
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.tests.test_planning_pages import at_once
from trellis.kit import clock
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(hire, cohort):
    """Five who have joined."""
    return [join(hire(f"{name} Tran"), cohort) for name in ("Anh", "Binh", "Chi", "Duc", "Giang")]


def later(cohort):
    return Wish("extension", words="The course began late", until_on=cohort.ends_on + timedelta(days=14))


@pytest.mark.both_databases
def test_five_have_a_later_end_and_a_second_click_changes_nothing(cohort, five, mai):
    ids = [journey.pk for journey in five]
    for _click in range(2):
        act = actions.act_on_many(cohort=cohort, wish=later(cohort), journey_ids=ids, batch="once", actor=mai)
    assert sorted(act.done) == sorted(ids)
    assert TimeChange.objects.count() == 5
    assert BulkAct.objects.count() == 1


@pytest.mark.both_databases
def test_undoing_takes_it_back_for_all_and_only_once(cohort, five, mai):
    act = actions.act_on_many(
        cohort=cohort, wish=later(cohort), journey_ids=[j.pk for j in five], batch="once", actor=mai
    )
    assert actions.undo_bulk(act=act, actor=mai).code == "undone"
    again = actions.undo_bulk(act=act, actor=mai)
    assert (again.code, again.act.undone, again.act.undone_by) == ("already", 5, mai)
    assert not any(times.changes for times in times_of(five).values())


def test_who_has_left_oneself_and_who_is_of_another_cohort_are_left_out(cohort, five, mai):
    actions.leave(journey=five[0], actor=five[0].person)
    own = join(mai, cohort)
    act = actions.act_on_many(
        cohort=cohort,
        wish=Wish("message", words="See you on Tuesday"),
        journey_ids=[five[0].pk, own.pk, five[1].pk, 999_999],
        batch="once",
        actor=mai,
    )
    assert act.skipped == {str(five[0].pk): "ended", str(own.pk): "oneself"}
    assert act.done == [five[1].pk]
    assert Notice.objects.filter(kind="programmes.message").count() == 1


def test_a_message_is_taken_back_before_it_is_read(cohort, five, mai):
    act = actions.act_on_many(
        cohort=cohort, wish=Wish("message", words="Hello"), journey_ids=[j.pk for j in five], batch="m", actor=mai
    )
    Notice.objects.filter(kind="programmes.message", person=five[0].person).update(read_at=clock.now())
    assert actions.undo_bulk(act=act, actor=mai).act.undone == 4


@pytest.mark.both_databases
def test_people_move_to_another_run_while_it_has_places_and_back(cohort, five, mai, thuy):
    first = cohort.offerings.get()
    evening = learning.open_offering(
        course=Course.objects.get(code="leadership"), name="Evening", starts_on=START,
        ends_on=START + timedelta(days=14), places=2, actor=mai, teachers=[thuy], sessions=[],
    )  # fmt: skip
    act = actions.act_on_many(
        cohort=cohort, wish=Wish("run", run=evening), journey_ids=[j.pk for j in five], batch="r", actor=mai
    )
    here = Enrolment.objects.filter(withdrawn_at=None)
    assert (len(act.done), sorted(set(act.skipped.values()))) == (2, ["full"])
    assert (here.filter(offering=evening).count(), here.filter(offering=first).count()) == (2, 3)
    first.places = 4  # meanwhile
    first.save()
    assert actions.undo_bulk(act=act, actor=mai).act.undone == 1
    assert (here.filter(offering=evening).count(), here.filter(offering=first).count()) == (1, 4)
    assert set(here.filter(offering=first).values_list("way_in", flat=True)) == {"programme:next-step"}


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_moves_in_opposite_directions_at_one_moment_both_come_to_an_end(cohort, five, mai, hoa, thuy):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory knows no second connection that waits")
    first = cohort.offerings.get()
    evening = learning.open_offering(
        course=Course.objects.get(code="leadership"), name="Evening", starts_on=START,
        ends_on=START + timedelta(days=14), places=20, actor=mai, teachers=[thuy], sessions=[],
    )  # fmt: skip

    def move(run, journeys, batch, actor):
        ids = [journey.pk for journey in journeys]
        return actions.act_on_many(cohort=cohort, wish=Wish("run", run=run), journey_ids=ids, batch=batch, actor=actor)

    move(evening, five[:2], "r0", mai)
    done = []
    at_once(
        lambda: done.append(move(first, five[:2], "r1", mai)),
        lambda: done.append(move(evening, five[2:], "r2", hoa)),
    )
    assert sorted(len(act.done) for act in done) == [2, 3]
    here = Enrolment.objects.filter(withdrawn_at=None)
    assert (here.filter(offering=evening).count(), here.filter(offering=first).count()) == (3, 2)


@pytest.fixture
def missed(cohort, five, thuy):
    """The first session is over: Anh was absent, Binh excused, the others came."""
    session = cohort.offerings.get().series.sessions.earliest("starts_at")
    with clock.moved(to=session.ends_at):
        for journey, value in zip(five, ("absent", "excused", "present", "late", "present"), strict=True):
            sessions.mark(session=session, person_id=journey.person_id, value=value, seen=0, actor=thuy)
    return session


def make_up(missed, **more):
    starts = clock.at_time(START + timedelta(days=4), 9)
    return Wish("make_up", make_up=MakeUp(missed, starts, starts + timedelta(hours=2)), **more)


@pytest.mark.both_databases
def test_a_make_up_for_who_missed_the_session_is_planned_once_told_and_taken_back(cohort, five, missed, mai):
    with clock.moved(to=missed.ends_at):
        for _click in range(2):
            act = actions.act_on_many(
                cohort=cohort, wish=make_up(missed), journey_ids=[j.pk for j in five], batch="m", actor=mai
            )
        assert (sorted(act.done), set(act.skipped.values())) == ([five[0].pk, five[1].pk], {"not_missed"})
        planned = missed.make_ups.get()
        assert list(planned.hosts.all()) == list(missed.hosts.all())
        told = Notice.objects.filter(kind="sessions.make_up_offered")
        assert {notice.person for notice in told} == {five[0].person, five[1].person}
        assert actions.undo_bulk(act=act, actor=mai).act.undone == 2
    assert missed.make_ups.get().cancelled_at


def test_a_make_up_is_not_taken_back_once_it_has_begun(cohort, five, missed, mai):
    with clock.moved(to=missed.ends_at):
        act = actions.act_on_many(cohort=cohort, wish=make_up(missed), journey_ids=[five[0].pk], batch="m", actor=mai)
    with clock.moved(to=START + timedelta(days=5)):
        assert actions.undo_bulk(act=act, actor=mai).code == "too_late"


def test_a_taken_host_stands_in_the_way_on_the_page_unless_somebody_says_why(client, cohort, five, missed, mai, thuy):
    starts = clock.at_time(START + timedelta(days=4), 9)
    other = sessions.open_series(name="Talks", kind="event", actor=mai)
    sessions.schedule(
        series=other, title="Talk", starts_at=starts, ends_at=starts + timedelta(hours=1), hosts=[thuy], actor=mai
    )
    with clock.moved(to=missed.ends_at):
        client.force_login(mai, backend="trellis.domains.people.signing_in.Backend")
        address = f"/cohorts/{cohort.pk}/act/"
        shown = client.get(address, {"kind": "make_up", "journey": [j.pk for j in five]}).content.decode()
        assert "missed by 2" in shown
        form = {"kind": "make_up", "batch": "p", "journey": [j.pk for j in five], "missed": missed.pk}
        form |= {"day": starts.date(), "starts": "09:00", "ends": "11:00"}
        refused = client.post(address, form)
        assert refused.status_code == 422
        assert "cannot host both" in refused.content.decode()
        assert not BulkAct.objects.exists()
        done = client.post(address, {**form, "words": "The talk ends early"}, follow=True)
        assert len(done.context["act"].done) == 2
        assert missed.make_ups.get().kept_because == "The talk ends early"


def test_a_review_is_asked_only_for_who_has_all_the_rest(cohort, five, mai):
    act = actions.act_on_many(cohort=cohort, wish=Wish("review"), journey_ids=[five[0].pk], batch="v", actor=mai)
    assert act.skipped == {str(five[0].pk): "not_ready"}
    assert actions.undo_bulk(act=act, actor=mai).code == "cannot"


def test_after_a_fortnight_nothing_is_undone(cohort, five, mai):
    act = actions.act_on_many(cohort=cohort, wish=later(cohort), journey_ids=[five[0].pk], batch="x", actor=mai)
    with clock.moved(to=START + timedelta(days=15)):
        assert actions.undo_bulk(act=act, actor=mai).code == "too_late"


def test_the_roster_is_found_and_sorted(cohort, five):
    actions.leave(journey=five[4], actor=five[4].person)
    with clock.moved(to=START + timedelta(weeks=20)):
        rows = roster_of(travellers(cohort), [], clock.today(), courses={})
        assert [row.code for row in chosen(rows, "ended", "")] == ["left"]
        assert len(chosen(rows, "late", "late")) == 4
        assert {row.late_by > 0 for row in chosen(rows, "late", "")} == {True}
        assert len(chosen(rows, "nonsense", "nonsense")) == 5
    assert [row.journey for row in roster_of(travellers(cohort, "chi"), [], START, courses={})] == [five[2]]


def test_the_page_acts_through_a_form_without_script(client, cohort, five, mai):
    client.force_login(mai, backend="trellis.domains.people.signing_in.Backend")
    address = f"/cohorts/{cohort.pk}/"
    page = client.get(f"{address}act/", {"everyone": 1, "show": "going", "kind": "extension"})
    assert len(page.context["people"]) == 5
    form = {"kind": "extension", "batch": "b1", "journey": [j.pk for j in five], "words": "Late start"}
    assert client.post(f"{address}act/", form).status_code == 422  # no day
    form["until_on"] = str(cohort.ends_on + timedelta(days=7))
    done = client.post(f"{address}act/", form, follow=True)
    assert done.context["act"].done == [j.pk for j in five]
    client.post(done.request["PATH_INFO"])
    assert BulkAct.objects.get().undone == 5
    for name in ("roster.csv", "roster.xlsx", "print/"):
        assert client.get(address + name, {"show": "going", "sort": "late"}).status_code == 200
