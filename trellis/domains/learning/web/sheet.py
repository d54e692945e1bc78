"""The sheet of results: people by assessments, as it is shown and as it comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trellis.domains.learning import queries
from trellis.domains.learning.models import Offering, Result
from trellis.domains.learning.queries.results import ResitPlace
from trellis.domains.learning.rules import (
    EXCUSED,
    GRADED,
    MISSED,
    Grade,
    GradeOutcome,
    Part,
    Try,
    next_try,
    read_score,
)
from trellis.domains.learning.wording import part_name, text_of, what_is_left
from trellis.domains.people.models import Person
from trellis.domains.sessions.markup import standing
from trellis.domains.sessions.queries import attendance
from trellis.kit import clock
from trellis.kit.text import plain_number
from trellis.kit.ui.icons import icon
from trellis.kit.ui.templatetags.ui import icon as drawn

# What may be typed instead of a score: missed, excused.
LETTERS = {"m": MISSED, "缺": MISSED, "e": EXCUSED, "假": EXCUSED}


@dataclass
class Cell:
    """One person at one part: which attempt is written there, what stands, what was typed, what is wrong with it."""

    person: Person
    part: Part
    number: int
    there: Try | None
    typed: str
    resit: ResitPlace | None = None
    fault: str = ""

    @property
    def key(self) -> str:
        """The end of the names of its fields."""
        return f"{self.person.pk}.{self.part.code}"

    @property
    def seen(self) -> int:
        return self.there.id if self.there else 0

    @property
    def label(self) -> str:
        """What a screen reader says before the score."""
        told = {"name": self.person.name, "part": part_name(self.part), "number": self.number}
        if self.number > 1:
            return _("%(name)s, %(part)s, attempt %(number)s") % told
        return _("%(name)s, %(part)s") % told


@dataclass
class Row:
    """A person in the sheet."""

    person: Person
    result: Result | None
    standing: SafeString | str
    cells: list[Cell] = field(default_factory=list)

    @property
    def pill(self) -> SafeString:
        """What the parts make together, as icon and word."""
        done = sum(cell.there is not None and cell.there.state != EXCUSED for cell in self.cells)
        return result_pill(self.result, done, len(self.cells))


def result_pill(result: Result | None, done: int, parts: int) -> SafeString:
    """Passed, missed, not passed, or how many of the parts are graded."""
    if result is None:
        said = _("%(done)s of %(parts)s graded") % {"done": done, "parts": parts} if done else _("not graded yet")
        return _pill("", icon("circle-dashed"), said)
    score = plain_number(result.score)
    if result.passed:
        return _pill("pill--ok", icon("check"), _("%(score)s, passed") % {"score": score})
    if result.missed:
        return _pill("pill--warn", icon("circle-slash"), _("missed"))
    return _pill("pill--bad", icon("x"), _("%(score)s, not passed") % {"score": score})


def _pill(tone: str, symbol: str, text: str) -> SafeString:
    return format_html('<span class="pill {}">{}{}</span>', tone, drawn(symbol), text)


def _missed() -> str:
    return pgettext("typed instead of a score", "m")


def _excused() -> str:
    return pgettext("typed instead of a score", "e")


def typed_as(there: Try | None) -> str:
    """What stands in the field of an attempt: its score, or the letter of what came instead."""
    if there is None:
        return ""
    if there.score is not None:
        return plain_number(there.score)
    return _missed() if there.state == MISSED else _excused()


def rows_of(offering: Offering, person_ids: Iterable[int] | None = None) -> list[Row]:
    """Everybody enrolled, or some of them, with all parts; in the same number of statements."""
    people = Person.objects.get_queryset().filter(enrolments__offering=offering, enrolments__withdrawn_at=None)
    if person_ids is not None:
        people = people.filter(pk__in=list(person_ids))
    listed = list(people.order_by("name", "id"))
    ids = [person.pk for person in listed] if person_ids is not None else None
    tries, results = queries.tries_in(offering, ids), queries.results_in(offering, ids)
    places = queries.resit_places(offering, ids)
    attended = attendance([offering.series_id], [person.pk for person in listed])
    scheme = offering.scheme
    rows = []
    for person in listed:
        found = attended.get((offering.series_id, person.pk))
        row = Row(person, results.get(person.pk), standing(found, for_host=True) if found else "")
        row.cells = [_cell(person, part, tries.get(person.pk, ()), places.get(person.pk, ())) for part in scheme.parts]
        rows.append(row)
    return rows


def _cell(person: Person, part: Part, tries: Iterable[Try], places: Iterable[ResitPlace]) -> Cell:
    own = [t for t in tries if t.part == part.code]
    latest = max(own, key=lambda t: t.number, default=None)
    resit = next((place for place in places if place.part == part.code), None)
    if latest and resit:
        return Cell(person, part, latest.number + 1, None, "", resit)
    return Cell(person, part, latest.number if latest else 1, latest, typed_as(latest))


def read_cell(text: str, scheme_part: Part) -> tuple[str, Decimal | None] | None:
    """State and score in what was typed; None when it is neither a score nor one of the letters."""
    word = text.strip().lower()
    letters = LETTERS | {_missed(): MISSED, _excused(): EXCUSED}
    if word in letters:
        return letters[word], None
    score = read_score(word)
    return None if score is None or scheme_part.rubric else (GRADED, score)


def read(sent: QueryDict, rows: list[Row]) -> dict[tuple[int, str], Grade]:
    """What was typed into the sheet, without what is as it was; faults stay in their cells."""
    grades = {}
    reason = sent.get("reason", "").strip()[:300]
    for cell in (cell for row in rows for cell in row.cells):
        if f"g{cell.key}" not in sent:
            continue
        before, cell.typed = cell.typed, sent.get(f"g{cell.key}", "").strip()[:20]
        seen, number = numbers(sent.get(f"s{cell.key}", ""))
        if cell.typed == before and (seen, number) == (cell.seen, cell.number):
            continue
        if grade := grade_of(cell, reason, seen, number):
            grades[cell.person.pk, cell.part.code] = grade
    return grades


def grade_of(cell: Cell, reason: str, seen: int, number: int) -> Grade | None:
    """What was typed as a grade; or None, with the fault in the cell unless there was nothing to read."""
    if not cell.typed:
        if seen:
            cell.fault = _("A grade cannot be taken away, only corrected. Write the right one.")
        return None
    found = read_cell(cell.typed, cell.part)
    if found is None:
        cell.fault = fault_of(GradeOutcome("out_of_range"))
        return None
    return Grade(found[1], reason, seen, cell.part.code, number, found[0])


def numbers(text: str) -> tuple[int, int]:
    """Id of the attempt seen and its number, as in `17.2`; anything else is nothing seen of the first."""
    seen, _dot, number = text.partition(".")
    if seen.isdecimal() and number.isdecimal() and len(seen) < 19 and len(number) < 4:
        return int(seen), int(number) or 1
    return 0, 1


def tell(rows: list[Row], outcomes: Mapping[tuple[int, str], GradeOutcome]) -> None:
    """Put the refusals into their cells."""
    for cell in (cell for row in rows for cell in row.cells):
        outcome = outcomes.get((cell.person.pk, cell.part.code))
        if outcome and not outcome.ok:
            cell.fault = fault_of(outcome)


def fault_of(outcome: GradeOutcome) -> str:
    """A refusal as a sentence: what is wrong and what to do."""
    if outcome.code == "conflict":
        stands = plain_number(outcome.score) if outcome.score is not None else _("missed or excused")
        told = {"score": stands}
        return _("Meanwhile somebody recorded %(score)s, which stands now. Correct it with a reason.") % told
    return {
        "oneself": _("Nobody grades themselves. Ask another teacher or the academy."),
        "reason_needed": _("A correction needs its reason: write it on top, then change the grade again."),
        "not_enrolled": _("This person is no longer enrolled. Reload the page."),
        "no_resit": _("A further attempt needs a re-sit. Plan it first."),
        "too_early": _("The re-sit is still to come; it can be graded from its day on."),
    }.get(outcome.code, _("Write a number from 0 to 100 with at most one decimal, m for missed or e for excused."))


def criteria_of(cell: Cell, chosen: Mapping[str, int]) -> list[tuple[str, str, list[tuple[int, str, bool]]]]:
    """The rubric to choose from: code and name of each criterion; points and text of each level, and if chosen."""
    found = []
    for one in cell.part.rubric:
        now = chosen.get(one.code)
        found.append((one.code, text_of(one.name), [(v.points, text_of(v.text), v.points == now) for v in one.levels]))
    return found


def cell_of(offering: Offering, person_id: int, part: str) -> Cell | None:
    """One cell as it is now; None when the person or the part is not of this run."""
    rows = rows_of(offering, [person_id])
    return next((cell for row in rows for cell in row.cells if cell.part.code == part), None)


@dataclass(frozen=True)
class OwnPart:
    """One part as the person sees it: the attempts made, what the rubric said of the last, and what is left."""

    name: str
    weight: str
    made: tuple[Try, ...]
    rubric: tuple[tuple[str, str, int, int], ...]
    resit: ResitPlace | None
    left: str


def own_parts(offering: Offering, person: Person, *, passed: bool) -> list[OwnPart]:
    """What a person sees of their own attempts in a run. Two statements."""
    scheme = offering.scheme
    tries = queries.tries_in(offering, [person.pk]).get(person.pk, [])
    places = queries.resit_places(offering, [person.pk]).get(person.pk, [])
    found = []
    for part in scheme.parts:
        own = [t for t in tries if t.part == part.code]
        after = next_try(scheme, own, on=clock.today(), passed=passed)
        resit = next((place for place in places if place.part == part.code), None)
        left = what_is_left(after) if own and not passed else ""
        weight = "" if scheme.is_plain else _("weight %(weight)s") % {"weight": part.weight}
        found.append(OwnPart(part_name(part), weight, tuple(own), _rubric_of(part, own), resit, left))
    return found


def _rubric_of(part: Part, own: list[Try]) -> tuple[tuple[str, str, int, int], ...]:
    points = dict(own[-1].points) if own else {}
    return tuple(
        (text_of(criterion.name), text_of(level.text), level.points, criterion.most)
        for criterion in part.rubric
        for level in criterion.levels
        if points.get(criterion.code) == level.points
    )
