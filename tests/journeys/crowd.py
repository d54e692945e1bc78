"""A crowd at their own devices: everyone signed in for themselves, sending the forms of the pages over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver

BACKEND = "trellis.domains.people.signing_in.Backend"


class Crowd:
    """crowd.post(linh, "/programmes/next-step/join/", cohort=1): what came of it; a page that says no is a fault."""

    def __init__(self) -> None:
        self._clients: dict[int, Client] = {}

    def _of(self, person: Person) -> Client:
        if person.pk not in self._clients:
            client = self._clients[person.pk] = Client(headers={"accept-language": "en"})
            client.force_login(person, backend=BACKEND)
        return self._clients[person.pk]

    def get(self, person: Person, address: str) -> str:
        """The page as that person sees it."""
        answer = self._of(person).get(address)
        assert answer.status_code == 200, f"{person}: {address}: {answer.status_code}"
        return str(answer.content.decode())

    def post(self, person: Person, address: str, **fields: Any) -> HttpResponse:
        """Send a form that is taken, for which every page answers with a redirect."""
        answer: Any = self._of(person).post(address, fields)
        assert answer.status_code == 302, f"{person}: {address} {fields}: {answer.status_code} {said(answer)}"
        return cast(HttpResponse, answer)


@dataclass
class Story:
    """The cohort, and those of its people to whom something happens."""

    academy: Any
    visit: Any
    crowd: Crowd = field(default_factory=Crowd)
    cohort: Any = None
    people: list[Person] = field(default_factory=list)

    def go(self, page: Any, address: str) -> Any:
        answer = page.goto(self.academy.url + address)
        assert answer.status == 200, address
        return page

    @contextmanager
    def at(self, person: Person, address: str, **look: Any) -> Iterator[Any]:
        """A browser of that person at the address; closed afterwards, so that no page asks for news meanwhile."""
        page = self.visit(person, **look)
        page.set_default_timeout(60_000)
        self.go(page, address)
        yield page
        page.close()

    def journey(self, person: Person) -> Journey:
        return Journey.objects.get(person=person, cohort=self.cohort)


def said(answer: HttpResponse) -> str:
    """What a page that was not left for another says is wrong."""
    lines = answer.content.decode().splitlines()
    return " | ".join(line.strip()[:300] for line in lines if "field__error" in line or "note--bad" in line)


def at_night() -> None:
    """What runs by itself between two days: places handed on, reminders; and every fact has reached who answers it."""
    from trellis.domains.programmes.tasks import hand_on_places, remind_of_what_is_due

    hand_on_places.call()
    remind_of_what_is_due.call()
    while deliver():
        pass


def go_to(moment: datetime) -> None:
    """Wait until then; what is past already needs no waiting."""
    if moment > clock.now():
        clock.move(to=moment)
