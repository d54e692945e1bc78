"""No page leads its reader to a closed door: whatever a role's pages link to opens for that role."""

import re
from collections import deque

from django.urls import Resolver404, resolve

from tests.architecture.academy import furnish, signed_in
from trellis.domains.programmes.tests.story import LATER
from trellis.kit import clock

READERS = ("quan", "yen", "bich")  # an administrator alone, the academy and HR of a branch: they are refused most
LINK = re.compile(rb'href="(/[^"#?]*)')
NOT_WALKED = ("/static/", "/account/", "/certificates/verify/")
# The roster is the administrator's to see, a single journey is not.
KNOWN = {("quan", "journeys/<int:journey_id>/")}


def test_every_link_opens(who, company):
    furnish(who, company)
    wrong = []
    with clock.moved(to=LATER):
        for name in READERS:
            reader, seen, todo = signed_in(getattr(who, name)), set(), deque([("/", "")])
            while todo:
                address, page = todo.popleft()
                if address.startswith(NOT_WALKED):
                    continue
                try:
                    route = resolve(address).route
                except Resolver404:
                    wrong.append(f"{page} leads to {address}, which is no address")
                    continue
                if route in seen:
                    continue
                seen.add(route)
                answer = reader.get(address)
                if answer.status_code >= 400 and (name, route) not in KNOWN:
                    wrong.append(f"{page} leads {name} to {address}: {answer.status_code}")
                if answer.status_code == 302:
                    todo.append((answer.url.partition("?")[0], page))
                elif not answer.streaming:
                    todo.extend((found.decode(), address) for found in LINK.findall(answer.content))
    assert not wrong, "\n" + "\n".join(wrong)
