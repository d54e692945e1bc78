from datetime import date

import pytest

from trellis.domains.credentials.models import Certificate
from trellis.domains.people.actions.erasure import erase
from trellis.kit.journal.outbox import deliver

pytestmark = pytest.mark.django_db


def test_who_is_erased_is_no_longer_named_on_what_they_got_and_gave(hire, linh, mai, minh):
    boss = hire("Boss", roles=["administrator"])
    words = {"title": {"en": "Next Step"}, "company": "Pixel House"}
    got = Certificate.objects.create(
        person=linh,
        issued_by=mai,
        issued_on=date(2026, 1, 5),
        snapshot={"person": linh.name, "issued_by": "Mai", **words},
    )
    gave = Certificate.objects.create(
        person=minh,
        issued_by=linh,
        issued_on=date(2026, 1, 5),
        snapshot={"person": "Minh", "issued_by": linh.name, **words},
    )
    erase(person=linh, actor=boss)
    deliver()
    got.refresh_from_db()
    gave.refresh_from_db()
    assert (got.snapshot["person"], got.snapshot["issued_by"]) == ("—", "Mai")
    assert (gave.snapshot["person"], gave.snapshot["issued_by"]) == ("Minh", "—")
    assert got.snapshot["title"] == {"en": "Next Step"}
