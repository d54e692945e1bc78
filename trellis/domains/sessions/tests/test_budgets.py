"""The pages of moving, checking in and correcting ask a fixed number of statements, at most twelve."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.people.models import Person
from trellis.domains.sessions import actions
from trellis.kit import clock

MOST = 12

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(series, mondays, mai):
    """busy(n): so many more people, each checked in and then corrected; the session moved so often."""
    session = mondays[1]

    def busy(number):
        at = {"starts_at": session.starts_at, "ends_at": session.ends_at}
        first = Person.objects.get_queryset().count()
        people = Person.objects.bulk_create(
            [Person(employee_id=f"B-{first + n}", name=f"Busy {n}") for n in range(number)]
        )
        actions.take_in(series=series, person_ids=[person.pk for person in people], actor=mai)
        with clock.moved(to=session.starts_at):
            for n, person in enumerate(people):
                actions.move(session=session, place=f"Room {first + n}", actor=mai, **at)
                for value in ("absent", "late"):
                    actions.mark(session=session, person_id=person.pk, value=value, actor=mai)
            actions.open_check_in(session=session, actor=mai)

    return busy


@pytest.mark.parametrize("who", ["mai", "linh"])
@pytest.mark.parametrize(
    "page", ["", "check-in/", "corrections/", "register/", "register/?since=0", "edit/", "session.ics"]
)
def test_as_many_statements_for_one_as_for_ten(request, as_, busy, mondays, members, mai, linh, page, who):
    for value in ("absent", "late"):
        actions.mark(session=mondays[1], person_id=linh.pk, value=value, actor=mai)
    client = as_(request.getfixturevalue(who))

    def asked():
        with clock.moved(to=mondays[1].starts_at + timedelta(minutes=5)), CaptureQueriesContext(connection) as seen:
            status = client.get(f"/sessions/{mondays[1].pk}/{page}").status_code
        return len(seen), status

    busy(1)
    asked()
    few = asked()
    busy(9)
    assert asked() == few
    assert few[0] <= MOST
