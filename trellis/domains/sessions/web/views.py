from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.sessions import queries
from trellis.domains.sessions.book import book_of_series
from trellis.domains.sessions.markup import matrix, standing
from trellis.domains.sessions.models import Mark, Member, Series, Session
from trellis.domains.sessions.web.check_in import is_checking_in
from trellis.domains.sessions.wording import described
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of


@signed_in
def agenda(request: Asked) -> HttpResponse:
    """My sessions, coming or past, as learner and as host."""
    past = request.GET.get("when") == "past"
    mine = queries.sessions_of(request.user)
    sessions = mine.filter(ends_at__lt=clock.now()) if past else mine.filter(ends_at__gte=clock.now())
    ordered = sessions.order_by("-starts_at", "-id") if past else sessions.order_by("starts_at", "id")
    shown = queries.with_own_marks(ordered, request.user).prefetch_related(queries.the_two())
    page = page_of(request, shown)
    lines = queries.agenda(request.user, page)
    to_mark = list(queries.sessions_to_mark(request.user).select_related("series").order_by("-starts_at")[:5])
    return render(request, "sessions/agenda.html", {"page": page, "lines": lines, "past": past, "to_mark": to_mark})


def _sessions() -> QuerySet[Session]:
    return Session.objects.select_related("series", "makes_up__series", "check_in", "room", "kept_by").prefetch_related(
        "hosts"
    )


@signed_in
def session(request: Asked, pk: int) -> HttpResponse:
    """What, when, where, who hosts; the person's own mark, and what hosts can do."""
    member = Member.objects.filter(series=OuterRef("series"), person=request.user)
    sessions: QuerySet[Any] = queries.with_seats(queries.with_own_marks(_sessions(), request.user), request.user)
    session = get_object_or_404(sessions.annotate(is_mine=Exists(member)), pk=pk)
    if not session.is_mine:  # which is asked already; a member may see it
        require(request, "sessions.see", session)
    if session.series.is_private:
        return redirect("mentoring:meeting", session.pk)
    line = queries.agenda(request.user, [session])[0]
    pairs = [(session.series_id, request.user.pk)] if session.is_mine else []
    own = next(iter(queries.attendance_of(pairs).values()), None)
    page = {
        "session": session,
        "line": line,
        "may_mark": request.user.has_perm("sessions.mark", session),
        "standing": standing(own) if own and session.series.kind == Series.Kind.CLASSES else "",
        "make_ups": queries.make_ups_offered([session.pk]).get(session.pk, []),
        "begun": session.starts_at <= clock.now(),
        "checks_in": is_checking_in(session),
        "corrections": _own_corrections(session, request.user),
        "history": [
            (
                line.change,
                described(line.before, line.after, line.names),
                described(line.after, line.before, line.names),
            )
            for line in queries.history_of(session)
        ],
    }
    return render(request, "sessions/session.html", page)


def _own_corrections(session: Session, person: Person) -> list[Mark]:
    """How the person's own mark came to be; asked only when it is not the first one."""
    if not any(mark.replaces_id for mark in session.marks.all()):
        return []
    return list(queries.corrections_of(session).filter(person=person))


@signed_in
def series(request: Asked, pk: int) -> HttpResponse:
    """All sessions of a series with everybody's marks."""
    series = get_object_or_404(Series, pk=pk)
    require(request, "sessions.schedule", series)
    book = book_of_series(series.pk)
    return render(request, "sessions/series.html", {"series": series, "book": book, "table": matrix(book)})


@signed_in
def attendance(request: Asked, pk: int) -> HttpResponse:
    """One person's attendance, series by series."""
    person = get_object_or_404(Person, pk=pk)
    require(request, "sessions.see_attendance", person)
    member = Member.objects.filter(person=person, series__kind=Series.Kind.CLASSES)
    page = page_of(request, member.select_related("series").order_by("-joined_at", "-id"))
    found = queries.attendance([m.series_id for m in page], [person.pk])
    rows = [(m.series, m.left_at, standing(found[m.series_id, person.pk])) for m in page]
    return render(request, "sessions/attendance.html", {"person": person, "page": page, "rows": rows})
