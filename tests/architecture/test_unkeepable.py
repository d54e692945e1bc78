"""Signs that a database cannot keep, and numbers it cannot count to, sent to every address: told, never a fault."""

import re
from pathlib import Path

import pytest
from django.db import transaction

from tests.architecture.academy import address_of, furnish, signed_in
from tests.architecture.test_addresses import addresses, ours
from trellis.domains.programmes.tests.story import LATER
from trellis.kit import clock

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
TRELLIS = Path(__file__).parents[2] / "trellis"
READ_BY_HAND = re.compile(r"""(?:POST|GET|sent|asked)\.(?:get|getlist)\(f?["'](\w+)["']""")
WORDS = "a\x00b"
HUGE = "9" * 18  # more is no number to any view; fewer digits might be somebody's


def names_read_by_hand() -> set[str]:
    """What views read without a form, which would refuse such signs by itself."""
    views = (file for file in TRELLIS.rglob("*.py") if "tests" not in file.parts)
    return {name for file in views for name in READ_BY_HAND.findall(file.read_text())}


@pytest.mark.parametrize("value", [WORDS, HUGE, "²"], ids=["nul", "huge", "no digit to int()"])
def test_no_address_breaks(who, company, value):
    things, names = furnish(who, company), names_read_by_hand()
    assert len(names) > 20
    broken = []
    with clock.moved(to=LATER):
        client = signed_in(who.linh)
        for route, pattern in addresses():
            if not ours(pattern) or "invitations" in route:
                continue
            for method in (client.get, client.post):
                with transaction.atomic():
                    answer = method(address_of(route, things), dict.fromkeys(names, value))
                    transaction.set_rollback(True)
                if answer.status_code >= 500:
                    broken.append(f"{method.__name__} {route}")
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize("address", ["/positions/a%00b/", "/people/%00/", "/boards/1%00/", "/verify/%00/"])
def test_an_address_with_such_a_sign_leads_nowhere(linh, address):
    assert signed_in(linh).get(address).status_code == 404


def test_a_cookie_with_such_a_sign_is_nobody_s(client):
    client.cookies["sessionid"] = "abcdefgh\x00ijklmnop"
    assert client.get("/").status_code == 302
