"""Marking a register: one form for all, or one mark at a time from the script."""

from collections import Counter
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions, markup
from trellis.domains.sessions.book import book_of
from trellis.domains.sessions.models import Mark, Session
from trellis.domains.sessions.queries import expected, last_marked, session_to_mark
from trellis.domains.sessions.rules import MarkOutcome, Wish, register_closes_at
from trellis.domains.sessions.rules.check_in import OPENS_BEFORE
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in
from trellis.kit.turns import in_turn
from trellis.kit.ui.templatetags.ui import day, time_of


@signed_in
@in_turn
def register(request: Asked, pk: int) -> HttpResponse:
    """The register of a session. Who has no script sends it whole; the script sends each mark as it is made."""
    found = session_to_mark(pk)
    if not found:
        raise Http404
    session = found[0]
    require(request, "sessions.mark", session)
    if request.method != "POST":
        return _answer_since(session, request.GET["since"]) if "since" in request.GET else _page(request, session)
    if "one" in request.POST:
        return _answer_one(request, session)
    if "rest" in request.POST:
        outcomes = actions.mark_rest_present(session=session, actor=request.user)
    else:
        outcomes = actions.mark_all(session=session, wishes=_wishes(request.POST), actor=request.user)
    return _answer_all(request, session, outcomes)


def _wishes(sent: QueryDict) -> dict[int, Wish]:
    """What was chosen for each person, without those left as they were seen."""
    reason = str(sent.get("reason", ""))
    chosen = {id_in(key[1:]): sent.get(key, "") for key in sent if key[:1] == "m" and id_in(key[1:])}
    seen = {person: id_in(sent.get(f"s{person}")) for person in chosen}
    were = dict(Mark.objects.filter(pk__in=[pk for pk in seen.values() if pk]).values_list("pk", "value"))
    return {
        person: Wish(str(value), reason=reason, seen=seen[person])
        for person, value in chosen.items()
        if were.get(seen[person]) != value
    }


def _page(request: Asked, session: Session, faults: Mapping[int, markup.Fault] | None = None) -> HttpResponse:
    book = book_of(session)
    page = {
        "session": session,
        "table": markup.register(book, session, oneself=request.user.pk, faults=faults),
        "counts": markup.counts(book.values(session.pk), len(book.people)),
        "people": len(book.people),
        "closed": _closed(session),
        "live": _is_live(session),
        "since": max((pk for (_person, held), pk in book.mark_ids.items() if held == session.pk), default=0),
        "last": _last_marked(session),
        "faults": faults,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "sessions/register.html", page, status=422 if faults else 200)


def _closed(session: Session) -> bool:
    return clock.now() > register_closes_at(session.ends_at)


def _last_marked(session: Session) -> str:
    last = next(iter(last_marked(session.pk)), None)
    if last is None:
        return ""
    return (
        _("Saved at %(time)s") % {"time": time_of(last)}
        if last.date() == clock.now().date()
        else _("Saved on %(day)s") % {"day": day(last)}
    )


def _answer_all(request: Asked, session: Session, outcomes: Mapping[int, MarkOutcome]) -> HttpResponse:
    refused = {person: outcome for person, outcome in outcomes.items() if not outcome.ok}
    saved = sum(outcome.code == "marked" for outcome in outcomes.values())
    if saved or not refused:
        text = ngettext("%(n)s mark saved.", "%(n)s marks saved.", saved) if saved else _("Nothing was to be changed.")
        messages.success(request, text % {"n": saved})
    if not refused:
        return redirect("sessions:register", session.pk)
    writers = _names(refused)
    faults = {
        person: markup.Fault(
            outcome.value if outcome.code == "conflict" else request.POST.get(f"m{person}", ""), _why(outcome, writers)
        )
        for person, outcome in refused.items()
    }
    return _page(request, session, faults)


def _answer_one(request: Asked, session: Session) -> JsonResponse:
    """The result of one mark: what stands now, what it means, and a sentence when it was refused."""
    person = id_in(request.POST["one"])
    seen = id_in(request.POST.get("seen"))
    wish = Wish(request.POST.get("value", ""), reason=request.POST.get("reason", ""), seen=seen)
    outcome = actions.mark_all(session=session, wishes={person: wish}, actor=request.user)[person]
    book = book_of(session, person_ids=[person])
    current = Mark.objects.filter(session=session, is_current=True).order_by().values_list("value", flat=True)
    return JsonResponse(
        {
            "ok": outcome.ok,
            "code": outcome.code,
            "value": outcome.value,
            "seen": outcome.mark_id,
            "standing": markup.standing_in(book, person),
            "counts": markup.counts(Counter(current), expected(session).count()),
            "said": _("Saved at %(time)s") % {"time": time_of(clock.now())}
            if outcome.ok
            else _why(outcome, _names({person: outcome})),
        }
    )


def _is_live(session: Session) -> bool:
    """Whether people may be checking in now."""
    return not session.cancelled_at and session.starts_at - OPENS_BEFORE <= clock.now() < session.ends_at


def _answer_since(session: Session, since: str) -> JsonResponse:
    """What was marked after the mark of that id, by code or by somebody else: for a register that stays open."""
    new = Mark.objects.filter(session=session, is_current=True, pk__gt=id_in(since)).order_by("pk")
    marks = {mark.person_id: mark for mark in new}
    if not marks:
        return JsonResponse({"rows": {}})
    book = book_of(session, person_ids=marks)
    current = Mark.objects.filter(session=session, is_current=True).order_by().values_list("value", flat=True)
    rows = {
        person: {
            "value": mark.value,
            "seen": mark.pk,
            "standing": markup.standing_in(book, person),
            "way": markup.by_code() if mark.way == Mark.Way.CODE else "",
        }
        for person, mark in marks.items()
    }
    counts = markup.counts(Counter(current), expected(session).count())
    return JsonResponse({"rows": rows, "counts": counts, "since": max(mark.pk for mark in marks.values())})


def _names(outcomes: Mapping[int, MarkOutcome]) -> dict[int, str]:
    ids = {outcome.marked_by for outcome in outcomes.values() if outcome.code == "conflict"}
    return dict(Person.objects.get_queryset().filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _why(outcome: MarkOutcome, writers: Mapping[int, str]) -> str:
    """A refusal as a sentence: what is wrong and what to do."""
    if outcome.code == "conflict":
        if not outcome.value:
            return _("The page was out of date. Look again and mark once more.")
        told = {"name": writers.get(outcome.marked_by, ""), "value": Mark.Value(outcome.value).label}
        return _("Meanwhile %(name)s marked “%(value)s”, which stands now. Mark again if it is wrong.") % told
    return {
        "reason_needed": _("The register has closed. Write the reason for the correction on top, then mark again."),
        "too_early": _("The session is still to come; only an excuse can be marked before its day."),
        "not_expected": _("This person is not expected at this session. Reload the page."),
        "cancelled": _("The session was cancelled; its register cannot be marked."),
        "oneself": _("Nobody marks themselves. Ask another host or the academy."),
    }.get(outcome.code, _("Choose present, late, absent or excused."))
