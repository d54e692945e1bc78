"""Which areas a person sees: by permission, not by switching roles."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.kit.ui.icons import icon


@dataclass(frozen=True)
class Place:
    """A link of the sidebar; `under` are the beginnings of the addresses at which it is the current one."""

    name: Any
    href: str
    icon: str
    under: tuple[str, ...] = ()
    permission: str = ""
    group: Any = ""
    tab: Any = ""


ACADEMY = _("Programme office")
PLACES: tuple[Place, ...] = (
    Place(_("Home"), "/", icon("house"), tab=_("Home")),
    Place(_("My journey"), "/journeys/", icon("route"), ("/journeys/", "/programmes/"), tab=_("Journey")),
    Place(_("Growth map"), "/pathways/", icon("sprout"), ("/pathways/", "/positions/"), tab=_("Map")),
    Place(_("Sessions"), "/sessions/", icon("calendar-days"), ("/sessions/", "/mentorship-days/"), tab=_("Sessions")),
    Place(_("Certificates"), "/certificates/", icon("award"), ("/certificates/",)),
    Place(_("Openings"), "/openings/", icon("door-open"), ("/openings/",)),
    Place(_("People"), "/people/", icon("users-round"), ("/people/",)),
    Place(_("Reviews"), "/reviews/", icon("list-checks"), ("/reviews/",), "programmes.review", ACADEMY),
    Place(_("Cohorts"), "/cohorts/", icon("layout-grid"), ("/cohorts/",), "programmes.run", ACADEMY),
    Place(_("Courses"), "/courses/", icon("presentation"), ("/courses/", "/offerings/"), "learning.run", ACADEMY),
    Place(_("Pool"), "/pool/", icon("medal"), ("/pool/",), "opportunities.see_pool", ACADEMY),
    Place(_("Import"), "/imports/", icon("file-up"), ("/imports/",), "exchange.import_people", ACADEMY),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The places this person may go to, and where they are now."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"places": (), "tabs": ()}
    places = [p for p in PLACES if not p.permission or user.has_perm(p.permission)]
    here = next((p for p in places if any(request.path.startswith(u) for u in p.under)), None)
    if request.path == "/":
        here = PLACES[0]
    return {"places": places, "tabs": [p for p in places if p.tab], "here": here}
