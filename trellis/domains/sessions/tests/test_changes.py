"""Moving and cancelling. Mai hosts the Mondays; An is asked to take one over."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.models import Change, Session
from trellis.domains.sessions.rules import Plan, decide_move
from trellis.kit import clock
from trellis.kit.notices.kinds import kind_of
from trellis.kit.notices.models import Notice

TUESDAY = date(2026, 3, 10)
TEN = clock.at_time(TUESDAY, 10)


def plan(**other):
    at = clock.at_time(date(2026, 3, 9), 14)
    given = {"starts_at": at, "ends_at": at + timedelta(hours=2), "place": "Linden", "link": "", "title": "Three"}
    return Plan(**{**given, **other})


@pytest.mark.parametrize(
    ("other", "given", "code"),
    [
        pytest.param({"place": "Hall"}, {}, "moved", id="another place"),
        pytest.param({"hosts": (7,)}, {}, "moved", id="another host"),
        pytest.param({}, {}, "unchanged", id="nothing else"),
        pytest.param({}, {"seen": 0, "revision": 1}, "unchanged", id="a double click"),
        pytest.param({"place": "Hall"}, {"seen": 0, "revision": 1}, "conflict", id="changed meanwhile"),
        pytest.param({"place": "Hall"}, {"seen": 1, "revision": 1}, "moved", id="seen as it is"),
        pytest.param({"place": "Hall"}, {"cancelled": True}, "cancelled", id="cancelled meanwhile"),
        pytest.param({"ends_at": TEN}, {"held": True, "is_ahead": True}, "held", id="marked already"),
        pytest.param({"place": "Hall"}, {"held": True, "is_ahead": True}, "moved", id="only the place of a marked one"),
        pytest.param({"ends_at": TEN}, {"held": True}, "moved", id="its time put right afterwards"),
    ],
)
def test_what_may_be_moved(other, given, code):
    standing = {"cancelled": False, "held": False, "is_ahead": False, "revision": 0, "seen": None}
    assert decide_move(plan(), plan(**other), **{**standing, **given}).code == code


@pytest.fixture
def an(hire):
    return hire("An Phan", roles=["teacher"])


def to_tuesday(session, actor, **other):
    starts = clock.at_time(TUESDAY, 10)
    given = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "place": "Hall", "reason": "Mai travels"}
    return actions.move(session=session, actor=actor, **{**given, **other})


def told(person, language="en"):
    """The sentences a person was sent."""
    with translation.override(language):
        return [kind_of(n.kind).sentence(n.params) for n in Notice.objects.filter(person=person)]


@pytest.mark.django_db
class TestMoving:
    def test_it_is_kept_with_what_was_before_and_why(self, mondays, members, mai):
        assert to_tuesday(mondays[2], mai).ok
        change = Change.objects.get()
        assert (change.kind, change.revision, change.changed_by, change.reason) == ("moved", 1, mai, "Mai travels")
        line = queries.history_of(mondays[2])[0]
        assert (line.before.place, line.after.place) == ("Room Linden", "Hall")
        assert line.before.starts_at == clock.at_time(date(2026, 3, 9), 14)

    def test_those_concerned_read_old_and_new_once(self, mondays, members, linh, mai):
        to_tuesday(mondays[2], mai)
        to_tuesday(mondays[2], mai)
        [sentence] = told(linh)
        assert "Tue 10 Mar, 10:00–12:00, Hall, instead of Mon 9 Mar, 14:00–16:00, Room Linden" in sentence
        assert sentence.endswith("Reason: Mai travels")
        assert not told(mai)

    def test_in_the_language_of_who_reads(self, mondays, members, xiaoyu, mai):
        to_tuesday(mondays[2], mai)
        assert "3月10日" in told(xiaoyu, "zh-hans")[0]

    def test_who_hosts_now_and_who_did_are_told_both(self, mondays, members, linh, mai, an, hoa):
        to_tuesday(mondays[2], hoa, hosts=[an])
        assert "with An Phan" in told(an)[0]
        assert told(an) == told(mai) == told(linh)

    def test_a_new_title_alone_is_no_news(self, mondays, members, linh, mai):
        session = mondays[2]
        times = {"starts_at": session.starts_at, "ends_at": session.ends_at, "place": session.place}
        assert actions.move(session=session, title="Feedback", actor=mai, **times).changed == ("title",)
        assert not told(linh)
        assert session.revision == 1

    def test_what_is_over_is_put_right_in_silence(self, mondays, members, linh, mai):
        session = mondays[0]
        ends = session.ends_at + timedelta(minutes=30)
        actions.move(session=session, starts_at=session.starts_at, ends_at=ends, place=session.place, actor=mai)
        assert not told(linh)

    def test_who_looked_at_an_older_state_is_refused(self, mondays, mai, hoa):
        to_tuesday(mondays[2], mai, seen=0)
        stale = Session.objects.get(pk=mondays[2].pk)
        assert to_tuesday(stale, hoa, place="Garden", seen=0).code == "conflict"
        assert stale.place == "Hall"

    def test_a_marked_session_is_not_put_on_a_later_day(self, mondays, members, linh, mai):
        actions.mark(session=mondays[1], person_id=linh.pk, value="present", actor=mai)
        assert to_tuesday(mondays[1], mai).code == "held"

    def test_a_cancelled_one_is_not_moved(self, mondays, mai):
        actions.cancel(session=mondays[2], reason="Holiday", actor=mai)
        assert to_tuesday(mondays[2], mai).code == "cancelled"


@pytest.mark.django_db
class TestCancelling:
    def test_it_is_kept_and_told_once_with_the_reason(self, mondays, members, linh, mai):
        assert actions.cancel(session=mondays[2], reason="Holiday", actor=mai)
        assert not actions.cancel(session=mondays[2], reason="Holiday", actor=mai)
        assert Change.objects.get().kind == "cancelled"
        [sentence] = told(linh)
        assert sentence.endswith("Reason: Holiday")


@pytest.mark.django_db
class TestPages:
    def form(self, mai, **other):
        given = {"title": "Three", "day": "2026-03-10", "starts": "10:00", "ends": "12:00", "hosts": [mai.pk]}
        return {**given, "place": "Hall", "reason": "Mai travels", **other}

    def test_the_session_tells_its_history(self, as_, mondays, members, linh, mai):
        as_(mai).post(f"/sessions/{mondays[2].pk}/edit/", self.form(mai, seen=0))
        page = as_(linh).get(f"/sessions/{mondays[2].pk}/").content.decode()
        assert "What was changed" in page
        assert "Mai travels" in page
        assert "14:00–16:00, Room Linden" in page

    def test_a_stale_form_is_refused_and_kept(self, as_, mondays, mai):
        to_tuesday(mondays[2], mai)
        answer = as_(mai).post(f"/sessions/{mondays[2].pk}/edit/", self.form(mai, place="Garden", seen=0))
        assert answer.status_code == 422
        assert "Somebody else changed this session meanwhile" in answer.content.decode()
        assert 'value="Garden"' in answer.content.decode()
