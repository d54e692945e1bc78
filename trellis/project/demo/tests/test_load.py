"""The demo company as its visitors find it. One test, since a year takes a while to live through."""

import pytest
from django.core.management import call_command

from trellis.domains.careers.models import Pathway, ProfileItem
from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities.models import Interest, Opening
from trellis.domains.people.models import Holding, Person
from trellis.domains.programmes.models import Cohort, Journey, Programme, Review
from trellis.domains.programmes.queries.standings import standings
from trellis.domains.recognition.models import Transfer
from trellis.kit import clock
from trellis.kit.journal.models import Delivery
from trellis.project.demo.cast import CAST, PASSWORD, sign_ins
from trellis.project.demo.programmes import OTHERS


@pytest.fixture
def loaded(db):
    call_command("load_demo", size=320, until=clock.today())


def states(person: Person) -> set[str]:
    journey = Journey.objects.select_related("version", "position").get(person=person)
    return {str(requirement.state) for requirement in standings([journey], on=clock.today())[journey.pk].requirements}


def test_every_page_has_something_to_show(loaded):
    people = {part.key: Person.objects.get(email=part.email) for part in CAST}

    assert Person.objects.here().count() == 320
    assert all(people[email.split("@")[0]].check_password(PASSWORD) for email, _pw, _name, _who in sign_ins()[:2])
    assert {pathway.steps.count() for pathway in Pathway.objects.all()} == {3, 4}
    positions = ProfileItem.objects.filter(position__steps__rank__gt=1).values("position").distinct()
    assert positions.count() == 10
    assert set(Programme.objects.values_list("code", flat=True)) == {"next-step", *OTHERS}

    # Linh has not joined: she does so herself, in the browser. Her team mates have.
    assert not Journey.objects.filter(person=people["linh"]).exists()
    mates = Holding.objects.filter(unit__name="Hanoi team 1", ended_on=None).values("person")
    assert Journey.objects.filter(person__in=mates).exclude(person=people["nam"]).exists()
    assert all(journey.joined_by_id == journey.person_id for journey in Journey.objects.filter(voluntary=True))
    maker = Journey.objects.get(person=people["xiaoyu"])
    assert (maker.voluntary, maker.version.number, maker.programme.versions.count()) == (False, 1, 2)

    assert {"met", "todo", "at_risk"} <= states(people["nam"])
    assert "out_of_reach" in states(people["binh"])
    assert states(people["ha"]) == {"met"}

    through = Cohort.objects.earliest("starts_on")
    assert through.journeys.exclude(completed_at=None).count() >= 8
    coming, full = Cohort.objects.filter(join_until__gt=clock.today()).order_by("pk")
    assert coming.journeys.count() == 4
    assert (full.journeys.count(), full.waiting.count()) == (full.places, 3)
    assert {"asked", "approved", "returned"} == set(Review.objects.values_list("state", flat=True))

    assert Certificate.objects.filter(withdrawn_at=None, person=people["ha"]).exists()
    assert Certificate.objects.exclude(withdrawn_at=None).count() == 1
    assert Transfer.objects.count() >= 8
    assert Holding.objects.filter(began="promoted", reason="Next Step").count() == 2
    assert Opening.objects.filter(closed_at=None).count() == 3
    assert Interest.objects.filter(person=people["ha"]).exists()

    assert not Delivery.objects.exclude(fault="").exists()
    assert not Delivery.objects.filter(done_at=None).exists()


def test_nothing_is_loaded_over_people_who_are_there(linh, capsys):
    call_command("load_demo", if_empty=True)

    assert Person.objects.get_queryset().count() == 1
