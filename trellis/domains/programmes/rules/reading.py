"""Reading a programme from plain data, with every fault told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from trellis.domains.programmes.rules.definition import (
    APPROVERS,
    CERTIFICATE,
    JOINING,
    NODE_KINDS,
    OWNERS,
    START,
    UNITS,
    AtLeast,
    Bonus,
    Definition,
    Due,
    Fault,
    Gate,
    Node,
    Path,
    Stage,
    Text,
    Track,
    Tree,
)
from trellis.domains.programmes.rules.leaves import (
    AgreementSigned,
    Approval,
    AttendanceOf,
    CasePublished,
    CoursePassed,
    Courses,
    DaysBeside,
    LevelShown,
    PointsHeld,
    SurveyAnswered,
)

FIRST_WEEK, LAST_WEEK = -104, 520


class _Reader:
    """Collects faults while the data is read, so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: Path, code: str, **about: Any) -> None:
        self.faults.append(Fault(path, code, about))

    def mapping(self, value: Any, path: Path, allowed: Iterable[str], required: Iterable[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fault(path, "not_a_mapping")
            return {}
        known = tuple(allowed)
        for key in value:
            if key not in known:
                self.fault((*path, key), "unknown_key", key=str(key), known=", ".join(known))
        for key in required:
            if value.get(key) in (None, "", []):
                self.fault(path, "missing", key=key)
        return value

    def items(self, value: Any, path: Path) -> list[tuple[Path, Any]]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(path, "not_a_list")
            return []
        return [((*path, i), item) for i, item in enumerate(value)]

    def word(self, value: Any, path: Path, among: Iterable[str] = ()) -> str:
        if value is None:
            return ""
        if not isinstance(value, str | int):
            self.fault(path, "not_a_word")
            return ""
        word, known = str(value), tuple(among)
        if known and word not in known:
            self.fault(path, "not_among", value=word, known=", ".join(known))
        return word

    def named(self, value: Any, path: Path) -> str:
        """A word that cannot be left out."""
        if value in (None, ""):
            self.fault(path, "empty_word")
        return self.word(value, path)

    def text(self, value: Any, path: Path) -> Text:
        if isinstance(value, dict) and all(isinstance(t, str) for t in value.values()):
            return {str(language): text for language, text in value.items()}
        if value is not None and not isinstance(value, str):
            self.fault(path, "not_a_text")
        return value if isinstance(value, str) else ""

    def number(self, value: Any, path: Path, low: int, high: int, default: int = 0) -> int:
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(path, "not_a_number", low=low, high=high)
            return default
        return value

    def flag(self, value: Any, path: Path, default: bool) -> bool:
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(path, "not_yes_or_no")
        return default

    def once(self, keys: Iterable[tuple[Path, str]]) -> None:
        seen: set[str] = set()
        for path, key in keys:
            if key and key in seen:
                self.fault(path, "twice", key=key)
            seen.add(key)


def read_definition(data: Any) -> tuple[Definition | None, tuple[Fault, ...]]:
    """The definition that plain data (from YAML or JSON) speaks of, or every fault in it, in the order of the text.

    Only what it says is read; whether it makes sense is asked in `checking`.
    """
    definition, faults = read_loosely(data)
    return (None if faults else definition), faults


def read_loosely(data: Any) -> tuple[Definition, tuple[Fault, ...]]:
    """What can be made of plain data with faults in it, and the faults: for who looks at work in progress."""
    r = _Reader()
    top = r.mapping(
        data,
        (),
        ("code", "name", "description", "voluntary", "months", "open_to", "bonus", "stages", "tracks", "gates"),
        ("code", "name", "stages", "gates"),
    )
    stages = tuple(_stage(r, item, path) for path, item in r.items(top.get("stages"), ("stages",)))
    r.once((("stages", i, "key"), s.key) for i, s in enumerate(stages))
    tracks = tuple(_track(r, item, path) for path, item in r.items(top.get("tracks"), ("tracks",)))
    r.once((("tracks", i, "position"), t.position) for i, t in enumerate(tracks))
    openable = (*(s.key for s in stages), CERTIFICATE)
    gates = tuple(_gate(r, item, path, openable) for path, item in r.items(top.get("gates"), ("gates",)))
    r.once((("gates", i, "key"), g.key) for i, g in enumerate(gates))
    if gates and gates[-1].opens != CERTIFICATE:
        r.fault(("gates", len(gates) - 1), "last_gate_opens_certificate")
    definition = Definition(
        code=r.word(top.get("code"), ("code",)),
        name=r.text(top.get("name"), ("name",)),
        description=r.text(top.get("description"), ("description",)),
        voluntary=r.flag(top.get("voluntary"), ("voluntary",), default=True),
        months=r.number(top.get("months"), ("months",), 1, 60, default=6),
        open_to=tuple(r.word(item, path) for path, item in r.items(top.get("open_to"), ("open_to",))),
        bonus=_bonus(r, top.get("bonus")),
        stages=stages,
        tracks=tracks,
        gates=gates,
    )
    return definition, tuple(r.faults)


def _bonus(r: _Reader, value: Any) -> Bonus | None:
    if value is None:
        return None
    data = r.mapping(value, ("bonus",), ("amount", "currency"), ("amount", "currency"))
    amount = r.number(data.get("amount"), ("bonus", "amount"), 1, 10**12)
    return Bonus(amount, r.word(data.get("currency"), ("bonus", "currency")))


def _stage(r: _Reader, value: Any, path: Path) -> Stage:
    data = r.mapping(value, path, ("key", "name", "from_week", "to_week", "nodes"), ("key", "name"))
    first = r.number(data.get("from_week"), (*path, "from_week"), FIRST_WEEK, LAST_WEEK, default=1)
    last = r.number(data.get("to_week"), (*path, "to_week"), FIRST_WEEK, LAST_WEEK, default=first)
    if last < first:
        r.fault((*path, "to_week"), "ends_before_it_starts")
    nodes = tuple(_node(r, item, at) for at, item in r.items(data.get("nodes"), (*path, "nodes")))
    r.once(((*path, "nodes", i, "key"), n.key) for i, n in enumerate(nodes))
    return Stage(r.word(data.get("key"), (*path, "key")), r.text(data.get("name"), (*path, "name")), first, last, nodes)


def _node(r: _Reader, value: Any, path: Path) -> Node:
    keys = ("key", "name", "kind", "owner", "week", "due", "deliverable", "after")
    data = r.mapping(value, path, keys, ("key", "name", "kind"))
    week, due = data.get("week"), data.get("due")
    if week is not None and due is not None:
        r.fault((*path, "due"), "week_and_due")
    after = [(at, r.word(item, at)) for at, item in r.items(data.get("after"), (*path, "after"))]
    r.once(after)
    return Node(
        key=r.word(data.get("key"), (*path, "key")),
        name=r.text(data.get("name"), (*path, "name")),
        kind=r.word(data.get("kind"), (*path, "kind"), NODE_KINDS),
        owner=r.word(data.get("owner", "person"), (*path, "owner"), OWNERS),
        week=None if week is None else r.number(week, (*path, "week"), FIRST_WEEK, LAST_WEEK),
        due=None if due is None else _due(r, due, (*path, "due")),
        deliverable=r.text(data.get("deliverable"), (*path, "deliverable")),
        after=tuple(key for _at, key in after if key),
    )


def _due(r: _Reader, value: Any, path: Path) -> Due:
    data = r.mapping(value, path, (*UNITS, "from"), ())
    given = [unit for unit in UNITS if data.get(unit) is not None]
    if isinstance(value, dict) and len(given) != 1:
        r.fault(path, "days_or_weeks")
    unit = given[0] if given else "days"
    per_day = UNITS[unit]
    number = r.number(data.get(unit), (*path, unit), FIRST_WEEK * 7 // per_day, LAST_WEEK * 7 // per_day)
    return Due(number, unit, r.word(data.get("from", START), (*path, "from"), (START, JOINING)))


def _track(r: _Reader, value: Any, path: Path) -> Track:
    data = r.mapping(value, path, ("position", "pathway", "courses"), ("position",))
    courses = [(at, r.word(item, at)) for at, item in r.items(data.get("courses"), (*path, "courses"))]
    r.once(courses)
    return Track(
        position=r.word(data.get("position"), (*path, "position")),
        courses=tuple(code for _at, code in courses),
        pathway=r.word(data.get("pathway"), (*path, "pathway")),
    )


def _gate(r: _Reader, value: Any, path: Path, openable: tuple[str, ...]) -> Gate:
    data = r.mapping(value, path, ("key", "name", "opens", "requires"), ("key", "name", "opens", "requires"))
    return Gate(
        key=r.word(data.get("key"), (*path, "key")),
        name=r.text(data.get("name"), (*path, "name")),
        opens=r.word(data.get("opens"), (*path, "opens"), openable),
        requires=_tree(r, data.get("requires"), (*path, "requires")),
    )


NOTHING = AtLeast(None, ())


def _tree(r: _Reader, value: Any, path: Path) -> Tree:
    if value is None:  # told as missing where it is asked for
        return NOTHING
    if not isinstance(value, dict) or len(value) != 1:
        r.fault(path, "not_one_requirement", known=", ".join(_READERS))
        return NOTHING
    [(word, content)] = value.items()
    reader = _READERS.get(word)
    if reader is None:
        r.fault((*path, word), "unknown_requirement", key=str(word), known=", ".join(_READERS))
        return NOTHING
    return reader(r, content, (*path, word))


def _all_of(r: _Reader, value: Any, path: Path) -> Tree:
    return AtLeast(None, _parts(r, value, path))


def _any_of(r: _Reader, value: Any, path: Path) -> Tree:
    return AtLeast(1, _parts(r, value, path))


def _at_least(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("n", "of"), ("n", "of"))
    parts = _parts(r, data.get("of"), (*path, "of"))
    n = r.number(data.get("n"), (*path, "n"), 1, 100, default=1)
    if parts and n > len(parts):
        r.fault((*path, "n"), "more_than_there_are", n=n, of=len(parts))
    return AtLeast(n, parts)


def _parts(r: _Reader, value: Any, path: Path) -> tuple[Tree, ...]:
    items = r.items(value, path)
    if not items:
        r.fault(path, "empty")
    return tuple(_tree(r, item, at) for at, item in items)


def _courses(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("attendance", "passed"), ())
    percent = data.get("attendance")
    passed = r.flag(data.get("passed"), (*path, "passed"), default=False)
    if percent is None and not passed:
        r.fault(path, "empty")
    return Courses(None if percent is None else r.number(percent, (*path, "attendance"), 1, 100), passed)


def _course_passed(r: _Reader, value: Any, path: Path) -> Tree:
    return CoursePassed(r.named(value, path))


def _attendance(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("course", "percent"), ("course",))
    percent = r.number(data.get("percent"), (*path, "percent"), 1, 100, default=100)
    return AttendanceOf(r.word(data.get("course"), (*path, "course")), percent)


def _days(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("days", "hours"), ("days", "hours"))
    hours = data.get("hours", 8)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24:
        r.fault((*path, "hours"), "not_a_number", low=1, high=24)
        hours = 8
    return DaysBeside(r.number(data.get("days"), (*path, "days"), 1, 200, default=6), hours)


def _level(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("competency", "level"), ("competency", "level"))
    level = r.number(data.get("level"), (*path, "level"), 1, 20, default=1)
    return LevelShown(r.word(data.get("competency"), (*path, "competency")), level)


def _approval(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("by", "key"), ("by", "key"))
    by = r.word(data.get("by"), (*path, "by"), APPROVERS)
    return Approval(by, r.word(data.get("key"), (*path, "key")))


def _agreement(r: _Reader, value: Any, path: Path) -> Tree:
    return AgreementSigned(r.named(value, path))


def _points(r: _Reader, value: Any, path: Path) -> Tree:
    data = r.mapping(value, path, ("points", "currency"), ("points",))
    points = r.number(data.get("points"), (*path, "points"), 1, 10**9, default=1)
    return PointsHeld(points, r.word(data.get("currency", "points"), (*path, "currency")) or "points")


def _survey(r: _Reader, value: Any, path: Path) -> Tree:
    return SurveyAnswered(r.named(value, path))


def _cases(r: _Reader, value: Any, path: Path) -> Tree:
    return CasePublished(r.number(value, path, 1, 100, default=1))


_READERS: dict[str, Callable[[_Reader, Any, Path], Tree]] = {
    "all_of": _all_of,
    "any_of": _any_of,
    "at_least": _at_least,
    "courses": _courses,
    "course_passed": _course_passed,
    "attendance": _attendance,
    "days_beside_holder": _days,
    "level": _level,
    "approval": _approval,
    "agreement_signed": _agreement,
    "points_held": _points,
    "survey_answered": _survey,
    "case_published": _cases,
}
