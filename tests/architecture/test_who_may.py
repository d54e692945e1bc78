"""Who may, on every address: one line each, compared with what the pages really do.

Everything here is Linh's, or about her (tests/architecture/academy.py says who everybody is to her). A line names who
is let in, by GET and POST alike; a pair says it apart for reading and for writing. Who is not named is refused with
403, and the refusal is in the journal. Lists that everybody opens show what the reader may see; that is tested with
their pages.
"""

import pytest
from django.db import transaction

from tests.architecture.academy import address_of, furnish, signed_in
from tests.architecture.test_addresses import addresses, ours
from tests.architecture.who_may_own import EVERYBODY, OWN
from trellis.domains.programmes.tests.story import LATER
from trellis.kit import clock
from trellis.kit.journal.models import Entry

ACADEMY, DEFINERS = "mai", "mai quan"
TEACHING = "an mai"
IMPORTERS = "hoa quan"
STAFF_OF_ALL, STAFF = "hoa quan", "hoa bich quan son"  # the latter with branches: their lists hold only these
ABOUT_HER = "linh thuy mai hoa"

WHO_MAY: dict[str, str | tuple[str, str]] = {
    "": EVERYBODY,
    "more/": EVERYBODY,
    "find/": EVERYBODY,
    "today/": EVERYBODY,  # what one may do something about
    "team/": EVERYBODY,  # the people one leads
    "team/offers/": EVERYBODY,
    "team/mandatory/": EVERYBODY,
    "funnel/": "mai hoa tuan",
    "funnel.csv": "mai hoa tuan",
    "funnel.xlsx": "mai hoa tuan",
    "me/": EVERYBODY,
    "me/everything.json": EVERYBODY,  # one's own
    "me/calendar/": EVERYBODY,  # one's own
    "styleguide/": EVERYBODY,
    # kit
    "files/<str:token>/": "linh",
    "jobs/<int:job_id>/": "linh",
    "journal/": "quan",
    "journal/try-anew/": "quan",
    "notices/": EVERYBODY,
    "notices/read/": EVERYBODY,
    "notices/preferences/": EVERYBODY,
    "notices/<int:notice_id>/open/": "linh",
    # people
    "people/": EVERYBODY,
    "people/<int:person_id>/": EVERYBODY,  # more of it for ABOUT_HER
    "units/": EVERYBODY,
    "people/<int:person_id>/roles/": "quan",
    "role-grants/<int:grant_id>/end/": "quan",
    "people/<int:person_id>/erase/": "quan",
    "people/<int:person_id>/invite/": STAFF_OF_ALL,
    "people/new/": STAFF,  # into a unit of theirs
    "people/<int:person_id>/changes/new/": STAFF_OF_ALL,
    "people/invite-everybody/": STAFF,
    # bringing in and taking out
    "people.csv": STAFF,
    "people.xlsx": STAFF,
    "imports/": IMPORTERS,
    "imports/people/": IMPORTERS,
    "imports/people/<int:run_id>/": IMPORTERS,
    "imports/people/<int:run_id>/columns/": IMPORTERS,
    "imports/people/<int:run_id>/preview/": IMPORTERS,
    "imports/people/<int:run_id>/faults.csv": IMPORTERS,
    "imports/people/<int:run_id>/apply/": IMPORTERS,
    "imports/people/<int:run_id>/undo/": IMPORTERS,
    "imports/people/<int:run_id>/discard/": IMPORTERS,
    "imports/shifts/": "mai hoa",
    "imports/shifts/<int:run_id>/": "mai hoa",
    "imports/shifts/<int:run_id>/faults.csv": "mai hoa",
    "imports/shifts/<int:run_id>/apply/": "mai hoa",
    "imports/shifts/<int:run_id>/undo/": "mai hoa",
    "imports/shifts/<int:run_id>/discard/": "mai hoa",
    "imports/frameworks/": DEFINERS,
    # careers
    "pathways/": EVERYBODY,
    "pathways/list/": EVERYBODY,
    "pathways/<slug:code>/": EVERYBODY,
    "pathways/definitions/": DEFINERS,
    "pathways/definitions/load/": DEFINERS,
    "pathways/definitions/<slug:code>.yaml": DEFINERS,
    "positions/<slug:code>/": EVERYBODY,
    "positions/<slug:code>/holders/": EVERYBODY,
    "positions/<slug:code>/aim/": EVERYBODY,  # one's own aim
    "positions/<slug:code>/aim/drop/": EVERYBODY,
    "competencies/<slug:code>/": EVERYBODY,
    "skills/": EVERYBODY,  # one's own
    "skills/<slug:code>/": EVERYBODY,
    "people/<int:person_id>/skills/": ABOUT_HER,
    "transcript/": EVERYBODY,  # one's own
    "people/<int:person_id>/transcript/": ABOUT_HER,
    "people/<int:person_id>/transcript.pdf": ABOUT_HER,
    "people/<int:person_id>/skills/<slug:code>/": (ABOUT_HER, "linh thuy mai"),
    # sessions
    "sessions/": EVERYBODY,  # one's own
    "sessions/<int:pk>/": "linh an mai",
    "sessions/open/": EVERYBODY,
    "sessions/events/new/": ACADEMY,
    "sessions/<int:pk>/book/": "linh an mai",  # oneself; whoever may see it
    "sessions/<int:pk>/give-back/": "linh an mai",
    "sessions/<int:pk>/bookings/": TEACHING,
    "sessions/<int:pk>/following/": TEACHING,
    "rooms/": ACADEMY,
    "rooms/new/": ACADEMY,
    "rooms/<int:pk>/": ACADEMY,
    "rooms/<int:pk>/edit/": ACADEMY,
    "rooms/<int:pk>/use/": ACADEMY,
    "shifts/": "mai hoa",
    "shifts/new/": "mai hoa",
    "shifts/<int:pk>/": "mai hoa",
    "shifts/<int:pk>/people/": "mai hoa",
    "sessions/<int:pk>/register/": TEACHING,
    "sessions/calendar/": EVERYBODY,  # one's own; everybody's for the academy
    "sessions/<int:pk>/session.ics": "linh an mai",
    "sessions/<int:pk>/check-in/": TEACHING,
    "sessions/<int:pk>/corrections/": TEACHING,
    "check-in/": EVERYBODY,  # oneself, by the code in the room
    "sessions/<int:pk>/edit/": TEACHING,
    "sessions/<int:pk>/cancel/": TEACHING,
    "sessions/<int:pk>/make-up/": TEACHING,
    "series/<int:pk>/": TEACHING,
    "series/<int:pk>/sessions/new/": TEACHING,
    "people/<int:pk>/attendance/": ABOUT_HER,
    # learning
    "courses/": EVERYBODY,
    "courses/<slug:code>/": EVERYBODY,
    "courses/new/": ACADEMY,
    "courses/<slug:code>/edit/": ACADEMY,
    "courses/<slug:code>/offerings/new/": ACADEMY,
    "courses/<slug:code>/teachers/": ACADEMY,
    "offerings/<int:pk>/edit/": ACADEMY,
    "offerings/<int:pk>/": EVERYBODY,  # everybody's marks in it for TEACHING and HR
    "offerings/<int:pk>/join/": EVERYBODY,  # oneself
    "offerings/<int:pk>/leave/": EVERYBODY,
    "offerings/<int:pk>/people/": ACADEMY,
    "offerings/<int:pk>/people/<int:person>/withdraw/": ACADEMY,
    "offerings/<int:pk>/results/": TEACHING,
    "offerings/<int:pk>/results/<int:person>/<slug:part>/": TEACHING,
    "offerings/<int:pk>/re-sits/new/": TEACHING,
    "courses/<slug:code>/credit/": EVERYBODY,  # for oneself
    "mandatory/": EVERYBODY,  # one's own
    "mandatory/all/": "mai yen hoa bich",  # of people of theirs
    "mandatory/new/": ACADEMY,
    "mandatory/<int:pk>/": "mai yen hoa bich",
    "mandatory/<int:pk>.csv": "mai yen hoa bich",
    "mandatory/<int:pk>/end/": ACADEMY,
    "mandatory/<int:pk>/people/<int:person_id>/": "mai hoa",
    "credits/": "mai yen",
    "credits/new/": "mai yen",
    "credits/<int:pk>/": ("linh mai", "mai"),
    "credits/<int:pk>/revoke/": ACADEMY,
    # mentoring
    "mentorship-days/": EVERYBODY,  # one's own
    "mentorship-days/everybody/": "mai yen",  # hers: of Team 2
    "positions/<slug:code>/mentorship-days/new/": EVERYBODY,  # for oneself
    "mentorship-days/<int:pk>/": ("linh minh mai", "minh mai"),
    "mentorship-days/<int:pk>/cancel/": "linh minh mai",
    "mentorship-days/<int:pk>/sign/": "linh",
    "mentorship-days/offers/": EVERYBODY,  # one's own
    "mentorship-days/offers/<int:pk>/withdraw/": "minh mai yen",
    "mentorship-days/offered/": ACADEMY,
    "mentorship-days/plans/": ACADEMY,
    "mentorship-days/plans/<int:pk>/": ACADEMY,
    "mentorship-days/plans/<int:pk>/people/<int:learner_id>/": ACADEMY,
    "mentorship-days/plans/<int:pk>/apply/": ACADEMY,
    "mentorship-days/plans/<int:pk>/drop/": ACADEMY,
    "mentorship-days/plans/<int:pk>/take-back/": ACADEMY,
    "people/<int:person_id>/away/": "linh thuy mai hoa",
    "people/<int:person_id>/away/<int:pk>/back/": "linh thuy mai hoa",
    "people/<int:person_id>/replacements/": ACADEMY,
    **OWN,
    # recognition
    "bonuses/": STAFF,
    "bonuses.csv": STAFF,
    "bonuses.xlsx": STAFF,
    "bonuses/<int:transfer_id>/reverse/": "hoa",
    "bonuses/lists/": STAFF,  # in a branch: those one made
    "bonuses/lists/make/": "hoa bich",  # of people of theirs
    "bonuses/lists/<int:number>/": STAFF_OF_ALL,
    "bonuses/lists/<int:number>.csv": STAFF_OF_ALL,
    "bonuses/lists/<int:number>.xlsx": STAFF_OF_ALL,
    "bonuses/lists/<int:number>/paid/": "hoa",
    "bonuses/lists/<int:number>/lines/<int:line_id>/returned/": "hoa",
    # programmes
    "programmes/": EVERYBODY,
    "programmes/<slug:code>/": EVERYBODY,
    "programmes/<slug:code>/join/": EVERYBODY,  # oneself, and nobody else
    "programmes/definitions/": DEFINERS,
    "programmes/definitions/courses.yaml": DEFINERS,
    "programmes/<slug:code>.yaml": DEFINERS,
    "programmes/<slug:code>/dry-run/": DEFINERS,
    "programmes/<slug:code>/versions/": DEFINERS,
    "drafts/<int:draft_id>/dry-run/": DEFINERS,
    "programmes/<slug:code>/draft/": DEFINERS,
    "drafts/": DEFINERS,
    "drafts/<int:draft_id>/": DEFINERS,
    "drafts/<int:draft_id>/edit/": DEFINERS,
    "drafts/<int:draft_id>/change/": DEFINERS,
    "drafts/<int:draft_id>/publish/": DEFINERS,
    "drafts/<int:draft_id>/discard/": DEFINERS,
    "drafts/<int:draft_id>/text/": DEFINERS,
    "drafts/<int:draft_id>.yaml": DEFINERS,
    "cohorts/": DEFINERS,
    "cohorts/new/": DEFINERS,
    "cohorts/<int:cohort_id>/": DEFINERS,
    "cohorts/<int:cohort_id>/print/": DEFINERS,
    "cohorts/<int:cohort_id>/roster.csv": DEFINERS,
    "cohorts/<int:cohort_id>/roster.xlsx": DEFINERS,
    "cohorts/<int:cohort_id>/act/": ACADEMY,
    "cohorts/<int:cohort_id>/acts/": ACADEMY,
    "cohorts/<int:cohort_id>/acts/<int:act_id>/": ACADEMY,
    "cohorts/<int:cohort_id>/runs/": DEFINERS,
    "cohorts/<int:cohort_id>/intake/": DEFINERS,
    "cohorts/<int:cohort_id>/dates/": DEFINERS,
    "cohorts/<int:cohort_id>/mentorship-days/": ACADEMY,
    "journeys/": EVERYBODY,  # one's own
    "journeys/<int:journey_id>/": "linh thuy mai",
    "journeys/<int:journey_id>/leave/": "linh",
    "journeys/<int:journey_id>/resume/": "linh",
    "journeys/<int:journey_id>/time/": "linh mai",  # asks, and enters; her manager does not see pauses and reasons
    "journeys/<int:journey_id>/nodes/": EVERYBODY,  # each node by its owner, tested with the actions
    "time-changes/": "mai yen",
    "time-changes/<int:change_id>/decide/": "linh mai",
    "waiting/<int:waiting_id>/stop/": "dung",
    "due/": EVERYBODY,  # one's own
    "journeys/<int:journey_id>/ask/": "linh",
    "journeys/<int:journey_id>/waive/": ACADEMY,
    "journeys/<int:journey_id>/revoke-waiver/": ACADEMY,
    "reviews/": "mai yen",
    "reviews/next/": "mai yen",
    "waiting/": DEFINERS,
    "reviews/<int:review_id>/": ACADEMY,
    "reviews/<int:review_id>/evidence/": ACADEMY,
    # credentials
    "certificates/": EVERYBODY,  # one's own
    "certificates/all/": "mai yen hoa bich",
    "certificates/ceremony/": "mai yen",
    "certificates/issue/<int:journey_id>/": ACADEMY,
    "certificates/course/<slug:code>/": EVERYBODY,  # one's own
    "certificates/runs/<int:pk>/": "mai yen",
    "certificates/<slug:number>/": ABOUT_HER,
    "certificates/<slug:number>.pdf": ABOUT_HER,
    "certificates/<slug:number>/withdraw/": ACADEMY,
    "ceremonies/": EVERYBODY,
    "ceremonies/new/": ACADEMY,
    "ceremonies/<int:ceremony_id>/": EVERYBODY,  # who is due: the academy and the invited
    "ceremonies/<int:ceremony_id>/issue/": ACADEMY,
    "ceremonies/<int:ceremony_id>/certificates.pdf": ACADEMY,
    # opportunities
    "openings/": EVERYBODY,
    "openings/<int:opening_id>/": EVERYBODY,  # the list of people in it: its heads, HR, academy
    "openings/new/": "mai yen hoa bich quan son",  # in a unit of theirs
    "openings/<int:opening_id>/close/": "mai hoa quan",
    "openings/<int:opening_id>/put-forward/": EVERYBODY,  # oneself
    "openings/<int:opening_id>/withdraw/": EVERYBODY,
    "openings/<int:opening_id>/interviews/": "mai hoa",
    "openings/<int:opening_id>/interviews/<int:person_id>/invite/": "mai hoa",
    "openings/<int:opening_id>/interviews/<int:person_id>/outcome/": "mai hoa",
    "openings/<int:opening_id>/choose/<int:person_id>/": "hoa",
    "openings/passed-over/": "mai hoa tuan",
    "openings/passed-over.csv": "mai hoa tuan",
    "pool/": "mai hoa tuan",
    "pool.csv": "mai hoa tuan",
    "pool.xlsx": "mai hoa tuan",
    "pool/supply/": "mai hoa tuan",
    "pool/supply.csv": "mai hoa tuan",
    "pool/supply.xlsx": "mai hoa tuan",
    "pool/expected/new/": "mai hoa",
    "pool/expected/<int:expected_id>/drop/": "mai hoa",
    "pool/renew/<slug:number>/": "mai hoa",
    "pool/positions/<slug:code>/": "mai hoa tuan",
    "pool/positions/<slug:code>/term/": "mai hoa",
    "stories/": EVERYBODY,  # those published
    "stories/mine/": EVERYBODY,  # one's own
    "stories/begin/<int:holding_id>/": "linh",
    "stories/<int:story_id>/": "linh hoa",  # hers is not published yet; HR enters the line on pay
    "stories/<int:story_id>/edit/": "linh",
    "stories/<int:story_id>/publish/": "linh",
    "stories/<int:story_id>/withdraw/": "linh",
    "stories/<int:story_id>/pay/": "hoa",
}
REFUSED, NOT_ASKED_SO = 403, 405

pytestmark = pytest.mark.django_db


def guarded() -> set[str]:
    return {route for route, p in addresses() if ours(p) and getattr(p.callback, "audience", "") != "public"}


def test_every_address_has_its_line():
    assert guarded() == set(WHO_MAY), "say in WHO_MAY who may open the address, or take its line out"


def readers_and_writers(line: str | tuple[str, str]) -> tuple[set[str], set[str]]:
    reading, writing = (line, line) if isinstance(line, str) else line
    return set(reading.split()), set(writing.split())


def test_nobody_is_let_in_but_those_named(who, company, bare_refusals):
    things = furnish(who, company)
    wrong = []
    with clock.moved(to=LATER):
        clients = {name: signed_in(person) for name, person in vars(who).items()}

        def answer(method: str, name: str, address: str) -> int:
            with transaction.atomic():
                before = Entry.objects.filter(kind="access.refused").count()
                status: int = getattr(clients[name], method)(address).status_code
                told = Entry.objects.filter(kind="access.refused").count() - before
                transaction.set_rollback(True)
            if status == REFUSED and not told:
                wrong.append(f"{address} refuses {name} and the journal does not know")
            return status

        for route, line in WHO_MAY.items():
            address = address_of(route, things)
            for method, named in zip(("get", "post"), readers_and_writers(line), strict=True):
                outside = sorted(set(clients) - named)
                # Of those named, each is asked by GET; by POST one is enough, for it shows that the door is no wall.
                inside = sorted(named if outside and method == "get" else list(named)[:1])
                for name in inside:
                    status = answer(method, name, address)
                    if status in {REFUSED, 404} or status >= 500:
                        wrong.append(f"{method} {address}: {name} should be let in, not {status}")
                for name in outside:
                    status = answer(method, name, address)
                    if status not in {REFUSED, NOT_ASKED_SO}:
                        wrong.append(f"{method} {address}: {name} should be refused, not {status}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_branch_sees_its_own_people_in_the_lists(who, company):
    """The lists that who acts for Team 2 may open tell them nothing of Linh, who is in Team 1."""
    furnish(who, company)
    with clock.moved(to=LATER):
        for name, addresses_ in {
            "bich": ("/bonuses/", "/bonuses.csv", "/certificates/all/", "/people.csv"),
            "yen": ("/reviews/?state=decided", "/certificates/all/", "/mentorship-days/everybody/"),
        }.items():
            reader = signed_in(getattr(who, name))
            for address in addresses_:
                answer = reader.get(address)
                page = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert answer.status_code == 200
                assert b"Linh" not in page, f"{name} reads of her in {address}"
    assert b"Linh" in signed_in(who.hoa).get("/bonuses/").content


def test_an_opening_of_another_branch_is_not_theirs(who, company):
    form = {"position": company.team_leader.pk, "unit": company.team.pk, "posts": 1, "closes_on": "2026-03-20"}
    assert signed_in(who.bich).post("/openings/new/", form).status_code == REFUSED


def test_an_administrator_of_a_branch_ends_nothing_of_the_whole_company(who, company):
    from trellis.domains.people.models import RoleGrant

    of_all = RoleGrant.objects.create(person=who.dung, role="hr", unit=None)
    assert signed_in(who.son).post(f"/role-grants/{of_all.pk}/end/").status_code == REFUSED
    of_all.refresh_from_db()
    assert of_all.ended_on is None
