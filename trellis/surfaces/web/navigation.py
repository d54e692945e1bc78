"""Which areas a person sees: by permission, not by switching roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person
from trellis.kit.notices.notify import unread_count
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
    about: Any = ""
    aside: bool = False  # under "More" and found by name, not in the sidebar; My team is, for heads
    own: bool = False  # one's own, and therefore first under "More"


ACADEMY, OWN, COMPANY = _("Programme office"), _("Mine"), _("The company")
PEOPLE, TEAM = "/people/", "/team/"
PLACES: tuple[Place, ...] = (
    Place(_("Home"), "/", icon("house"), tab=_("Home"), about=_("Your next step and what is coming."), own=True),
    Place(
        _("My journey"),
        "/journeys/",
        icon("route"),
        ("/journeys/", "/due/"),
        tab=_("Journey"),
        about=_("Where you stand, requirement by requirement."),
        own=True,
    ),
    Place(
        _("Goals"),
        "/goals/",
        icon("target"),
        ("/goals/", "/objectives/", "/key-results/"),
        about=_("What you want to become, and how far it has come."),
        own=True,
    ),
    Place(
        _("My board"),
        "/board/",
        icon("square-kanban"),
        ("/board/", "/boards/", "/cards/", "/columns/"),
        tab=_("Board"),
        about=_("What you want to do and what you are at, for your eyes only."),
        own=True,
    ),
    Place(
        _("Mentors"),
        "/mentors/",
        icon("handshake"),
        ("/mentors/", "/mentorships/", "/meetings/"),
        about=_("Your mentor, whom you accompany, and who could help."),
        own=True,
    ),
    Place(
        _("Growth map"),
        "/pathways/",
        icon("sprout"),
        ("/pathways/", "/positions/", "/competencies/"),
        about=_("Every pathway and position, and what each asks."),
    ),
    Place(
        _("Sessions"),
        "/sessions/",
        icon("calendar-days"),
        ("/sessions/", "/series/", "/attendance/", "/mentorship-days/", "/rooms/", "/shifts/", "/check-in/"),
        tab=_("Sessions"),
        about=_("What is coming, and the registers."),
    ),
    Place(
        _("Programmes"),
        "/programmes/",
        icon("footprints"),
        ("/programmes/", "/drafts/"),
        about=_("What you can join, and how it works."),
    ),
    Place(
        _("Courses"),
        "/courses/",
        icon("presentation"),
        ("/courses/", "/offerings/", "/credits/"),
        about=_("What is taught."),
    ),
    Place(
        _("Certificates"),
        "/certificates/",
        icon("award"),
        ("/certificates/", "/ceremonies/"),
        about=_("What has been completed."),
    ),
    Place(_("Openings"), "/openings/", icon("door-open"), ("/openings/",), about=_("Posts that can be applied for.")),
    Place(
        _("Stories"),
        "/stories/",
        icon("flower"),
        ("/stories/",),
        about=_("How colleagues came to their position."),
        aside=True,
    ),
    Place(
        _("My skills"),
        "/skills/",
        icon("puzzle"),
        ("/skills/",),
        about=_("What you have shown, and what you say of yourself."),
        aside=True,
        own=True,
    ),
    Place(
        _("What I want"),
        "/wishes/",
        icon("sprout"),
        ("/wishes/", "/needs/"),
        about=_("Your wishes and what the company needs, laid over each other."),
        aside=True,
        own=True,
    ),
    Place(
        _("Mandatory training"),
        "/mandatory/",
        icon("shield-check"),
        ("/mandatory/",),
        about=_("What your job asks you to do, and until when."),
        aside=True,
        own=True,
    ),
    Place(
        _("Who decides what"),
        "/decisions/",
        icon("scale"),
        ("/decisions/",),
        about=_("The delegation boards of your teams."),
        aside=True,
        own=True,
    ),
    Place(
        _("Open to book"),
        "/sessions/open/",
        icon("calendar-plus"),
        (),
        about=_("Events and make-ups with places."),
        aside=True,
    ),
    Place(
        _("Mentorship days"),
        "/mentorship-days/",
        icon("handshake"),
        ("/mentorship-days/",),
        about=_("Whole days beside somebody who holds the position."),
        aside=True,
        own=True,
    ),
    Place(_("Units"), "/units/", icon("network"), ("/units/",), about=_("How the company is built."), aside=True),
    Place(_("People"), PEOPLE, icon("users-round"), ("/people/", "/me/"), about=_("Who works here, and as what.")),
    Place(
        _("Today"),
        "/today/",
        icon("sun"),
        ("/today/",),
        "programmes.review",
        ACADEMY,
        about=_("What waits, for whom and since when."),
    ),
    Place(
        _("Shared with me"),
        "/shared/",
        icon("eye"),
        ("/shared/",),
        about=_("What colleagues let you read of their own."),
        aside=True,
        own=True,
    ),
    Place(
        _("Offered to me"),
        "/development-offers/",
        icon("gift"),
        ("/development-offers/",),
        about=_("What who leads you offers, to take up or to leave."),
        aside=True,
        own=True,
    ),
    Place(
        _("My team"),
        TEAM,
        icon("users-round"),
        (TEAM,),
        about=_("Journeys, what is mandatory, what is shared with you, and your offers."),
        aside=True,
    ),
    Place(
        _("Reviews"),
        "/reviews/",
        icon("list-checks"),
        ("/reviews/", "/waiting/"),
        "programmes.review",
        ACADEMY,
        about=_("Journeys that wait for a decision."),
    ),
    Place(
        _("Cohorts"),
        "/cohorts/",
        icon("layout-grid"),
        ("/cohorts/", "/time-changes/"),
        "programmes.run",
        ACADEMY,
        about=_("Who goes through a programme together."),
    ),
    Place(
        _("Pool"),
        "/pool/",
        icon("medal"),
        ("/pool/",),
        "opportunities.see_pool",
        ACADEMY,
        about=_("Who is ready for which position."),
    ),
    Place(
        _("Funnel"),
        "/funnel/",
        icon("funnel"),
        ("/funnel/",),
        "opportunities.see_pool",
        ACADEMY,
        about=_("How far those came who volunteered."),
    ),
    Place(
        _("Import"),
        "/imports/",
        icon("file-up"),
        ("/imports/",),
        "exchange.import_people",
        ACADEMY,
        about=_("People and frameworks from files."),
    ),
    Place(
        _("Journal"),
        "/journal/",
        icon("scroll-text"),
        ("/journal/",),
        "journal.read",
        ACADEMY,
        about=_("What happened, and who did it."),
    ),
    Place(
        _("Bonuses"),
        "/bonuses/",
        icon("banknote"),
        ("/bonuses/",),
        "recognition.see_bonuses",
        ACADEMY,
        about=_("What payroll has to pay."),
    ),
    Place(
        _("Rooms"),
        "/rooms/",
        icon("door-open"),
        (),
        "sessions.plan",
        ACADEMY,
        about=_("Where sessions take place, and when a room is free."),
        aside=True,
    ),
    Place(
        _("Working hours"),
        "/shifts/",
        icon("clock-3"),
        (),
        "sessions.plan_shifts",
        ACADEMY,
        about=_("Who works when, so that planning can warn."),
        aside=True,
    ),
    Place(
        _("Required of everybody"),
        "/mandatory/all/",
        icon("shield-check"),
        (),
        "learning.see_mandatory",
        ACADEMY,
        about=_("Who did which mandatory training, and who is late."),
        aside=True,
    ),
    Place(
        _("Definitions"),
        "/programmes/definitions/",
        icon("file-text"),
        (),
        "programmes.run",
        ACADEMY,
        about=_("What positions ask, courses and programmes as files, in and out."),
        aside=True,
    ),
)
MORE = Place(_("More"), "/more/", icon("menu"), ("/more/", "/find/"), tab=_("More"))


def places_of(user: Person) -> tuple[Place, ...]:
    """The places this person may go to, those of the programme office together and last."""
    open_to = (place for place in PLACES if not place.permission or user.has_perm(place.permission))
    return tuple(sorted(open_to, key=lambda place: bool(place.group)))


def by_whose(places: Iterable[Place]) -> dict[Any, list[Place]]:
    """The places as "More" shows them: one's own, the company's, the programme office's; each with its name."""
    groups: dict[Any, list[Place]] = {OWN: [], COMPANY: []}
    for place in places:
        groups.setdefault(place.group or (OWN if place.own else COMPANY), []).append(place)
    return groups


@lru_cache(maxsize=1024)
def _drawn(template: str, places: tuple[str, ...], here: str, language: str) -> SafeString:
    """The navigation as drawn: it depends on nothing but these, and is on every page."""
    known = {place.href: place for place in (*PLACES, MORE)}
    return render_to_string(template, {"places": [known[href] for href in places], "here": here})


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The sidebar, the tabs of a phone, and how many notices are new."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"demo_sign_ins": settings.DEMO_SIGN_INS}
    leads = {TEAM} if user.headed_paths else set()
    places = tuple(place for place in places_of(user) if not place.aside or place.href in leads)
    under = [place for place in (*PLACES, MORE) if any(request.path.startswith(start) for start in place.under)]
    at = next((place for place in under if place in places or place is MORE), None)
    here = "/" if request.path == "/" else at.href if at else ""
    if getattr(request, "whose", user.pk) != user.pk:
        here = PEOPLE
    language = get_language() or ""
    tabs = (*(place.href for place in places if place.tab), MORE.href)
    tab = here if here in tabs else MORE.href if here or under else ""  # what has no tab is found under "More"
    side = here or (MORE.href if under else "")
    listed = (*(p.href for p in places if not p.group), MORE.href, *(p.href for p in places if p.group))
    return {
        "sidebar": _drawn("web/sidebar.html", listed, side, language),
        "tabs": _drawn("web/tabs.html", tabs, tab, language),
        "unread": unread_count(user.pk),
    }
