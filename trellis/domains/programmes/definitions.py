"""A programme as a text that people write: YAML, read with its faults by line, and written out again the same.

The file may hold several documents (`---`); the one with the key `programme:` is read here. Names and descriptions are
a text, or one per language: `{en: Team leader, zh-hans: 组长}`.

    programme:
      code: next-step
      name: {en: Next Step, zh-hans: 下一步}
      description: {en: "...", zh-hans: "..."}
      voluntary: true             # only oneself can join; default true
      months: 6                   # how long the whole takes
      open_to: []                 # codes of positions whose holders may join; none named: every employee
      bonus: {amount: 3000000, currency: VND}    # optional; paid once, when the certificate is issued
      stages:                     # in order; weeks count from the cohort's start, the first is 1
        - key: courses
          name: {en: Courses, zh-hans: 课程学习}
          from_week: 1
          to_week: 17
          nodes:                  # optional; what happens in the stage
            - {key: kick-off, name: {en: Kick-off, zh-hans: 启动会}, kind: event, owner: academy, week: 1}
            - key: results-in     # unlike any other key of a node in the programme
              name: {en: All results are in, zh-hans: 全部成绩出齐}
              kind: task
              owner: teacher
              due: {weeks: 17}    # or days; before the start when negative; `from: joining` counts from that day
              deliverable: {en: "A result for everybody", zh-hans: "每个人的成绩"}     # optional
              after: [kick-off]   # optional; the nodes it comes after
      tracks:                     # one for each position one can step to
        - position: team-leader
          pathway: production     # optional
          courses: [written-communication, leadership, colour-grading]
      gates:                      # in order; each counts only when those before it are open
        - key: ready-for-mentorship
          name: {en: Ready for the mentorship, zh-hans: 可以进入岗位跟学}
          opens: mentorship       # the key of a stage, or `certificate`
          requires:
            courses: {attendance: 100, passed: true}
        - key: graduation
          name: {en: Graduation, zh-hans: 结业}
          opens: certificate
          requires:
            all_of:
              - days_beside_holder: {days: 6, hours: 8}
              - approval: {by: academy, key: review}

Weeks of a stage may be 0 or less: what prepares the programme lies before its start, week 0 being the one just before.
A node has a `week` in which it takes place, or a `due` until which it is done, or neither.

`kind` of a node is one of event, courses, days, review, task; `owner` one of person, academy, teacher, holder, manager.

What a gate requires is a tree. It branches with

    all_of: [...]                 any_of: [...]                 at_least: {n: 2, of: [...]}

and its leaves are

    courses: {attendance: 100, passed: true}     every course of the track: present at so many percent of its scheduled
                                                 sessions, and passed (either may be left out)
    course_passed: leadership                    one course passed
    attendance: {course: leadership, percent: 100}
    days_beside_holder: {days: 6, hours: 8}      whole days beside somebody who holds the position then
    level: {competency: feedback, level: 3}      a level shown
    approval: {by: academy, key: review}         somebody else's yes, asked for when all the rest is met
    agreement_signed: contract                   an agreement signed by all its parties       (not available yet)
    points_held: {points: 60}                    so many points, of `currency` if not points  (not available yet)
    survey_answered: first-month                 a survey answered                            (not available yet)
    case_published: 1                            so many own cases in the casebook            (not available yet)

What is not available yet can be written down and is read; it counts as not met until it can be looked at.

Loading the same text again changes nothing. A changed one becomes a new version as soon as somebody has joined the old
one or a cohort runs by it; who has joined stays with the version they joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.programmes.leaf_wording import INSTRUMENTS
from trellis.domains.programmes.rules import Definition, Fault, write_definition
from trellis.kit.files.plain_yaml import PlainDumper, PlainLoader

FAULTS: dict[str, Any] = {
    "not_a_mapping": gettext_lazy("Keys with values are expected here, like `key: value`."),
    "not_a_list": gettext_lazy("A list is expected here: lines that begin with `-`, or [a, b]."),
    "not_a_word": gettext_lazy("A code is expected here: one word."),
    "not_a_text": gettext_lazy("A text is expected here, or one per language: {en: ..., zh-hans: ...}."),
    "empty_word": gettext_lazy("A code is missing here."),
    "week_and_due": gettext_lazy("A node has a week or a due date, not both. Keep one."),
    "days_or_weeks": gettext_lazy("A due date is so many `days` or so many `weeks`: exactly one of them."),
    "not_a_number": gettext_lazy("A number from %(low)s to %(high)s is expected here."),
    "not_yes_or_no": gettext_lazy("true or false is expected here."),
    "not_among": gettext_lazy("“%(value)s” is not known here. Known: %(known)s."),
    "unknown_key": gettext_lazy("The key “%(key)s” is not known here. Known: %(known)s."),
    "missing": gettext_lazy("The key “%(key)s” is missing."),
    "twice": gettext_lazy("“%(key)s” is there twice."),
    "empty": gettext_lazy("This asks for nothing. Name at least one requirement."),
    "not_one_requirement": gettext_lazy("Exactly one of these is expected here: %(known)s."),
    "unknown_requirement": gettext_lazy("No requirement is called “%(key)s”. Known: %(known)s."),
    "more_than_there_are": gettext_lazy("%(n)s are asked of only %(of)s."),
    "ends_before_it_starts": gettext_lazy("The stage ends before it starts."),
    "last_gate_opens_certificate": gettext_lazy("The last gate has to open the certificate (`opens: certificate`)."),
    "unknown_node": gettext_lazy("No node of the programme has the key “%(key)s”."),
    "cycle": gettext_lazy("These nodes wait for each other, so none of them could ever begin: %(way)s."),
    "stages_overlap": gettext_lazy("The stage begins before the one before it ends, in week %(week)s."),
    "due_outside": gettext_lazy("Due outside of the programme, which lasts from week %(low)s to week %(high)s."),
    "due_before_joining": gettext_lazy("Nobody can do it before they join: count from the start, or later."),
    "gate_backwards": gettext_lazy("It opens “%(key)s”, which an earlier gate left behind. Order gates as the stages."),
    "courses_without_track": gettext_lazy(
        "It asks for the courses of a track, but there is no track: everybody would pass. Name courses, or add tracks."
    ),
    "track_without_courses": gettext_lazy(
        "A gate asks for the courses of the track, but the one to “%(code)s” has none: everybody would pass."
    ),
    "days_without_position": gettext_lazy(
        "It asks for days beside a holder, but there is no track, so no position to hold: nobody could pass."
    ),
    "level_too_high": gettext_lazy(
        "Level %(level)s is asked, %(highest)s is the highest described: nobody could pass."
    ),
    "strands_position": gettext_lazy(
        "%(n)s under way step to “%(code)s”, to which no track leads any more. Keep it until they have finished."
    ),
    "strands_gate": gettext_lazy(
        "%(n)s under way went through the gate “%(key)s”, which is gone here. Keep it until they have finished."
    ),
    "unknown_position": gettext_lazy("There is no position with the code “%(code)s”. Load the positions first."),
    "unknown_pathway": gettext_lazy("There is no pathway with the code “%(code)s”. Load the pathways first."),
    "unknown_course": gettext_lazy("There is no course with the code “%(code)s”. Load the courses first."),
    "unknown_competency": gettext_lazy("There is no competency with the code “%(code)s”. Load the competencies first."),
}

WARNINGS: dict[str, Any] = {
    "not_available_yet": gettext_lazy(
        "Not available yet: %(instrument)s. Until then it counts as not met, and only a waiver gets people past it."
    ),
    "due_outside_stage": gettext_lazy("Due outside of its stage, which lasts from week %(low)s to week %(high)s."),
    "due_before_its_forerunner": gettext_lazy("Due before “%(key)s”, which it comes after."),
    "longer_than_its_months": gettext_lazy("The stages last longer than the %(months)s months of the programme."),
    "asked_twice": gettext_lazy("The same gate asks for this twice; it is told and waived as one."),
    "nobody_holds": gettext_lazy("Nobody holds the position “%(code)s” now, so nobody could offer a day."),
}


def sentence(fault: Fault) -> str:
    """A fault or a warning in the reader's language."""
    about = dict(fault.about)
    if "instrument" in about:
        about["instrument"] = INSTRUMENTS[about["instrument"]]
    return str((FAULTS | WARNINGS)[fault.code] % about)


@dataclass(frozen=True)
class Told:
    """A fault for a reader: the line it is on (None when the text had no lines) and the sentence."""

    line: int | None
    text: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(text)s") % {"line": self.line, "text": self.text} if self.line else self.text


class Lines:
    """The line of every place in a YAML document, by the way down to it."""

    def __init__(self, root: yaml.Node | None) -> None:
        self._at: dict[tuple[str | int, ...], int] = {}
        if root is not None:
            self._walk(root, ())

    def _walk(self, node: yaml.Node, path: tuple[str | int, ...]) -> None:
        self._at.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._at[(*path, key.value)] = key.start_mark.line + 1
                self._walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for i, item in enumerate(node.value):
                self._walk(item, (*path, i))

    def of(self, path: tuple[str | int, ...]) -> int | None:
        """The line of the place, or of the nearest one above it."""
        while path and path not in self._at:
            path = path[:-1]
        return self._at.get(path)


def tell(faults: tuple[Fault, ...], lines: Lines | None) -> tuple[Told, ...]:
    """The faults as sentences in the reader's language, in the order of the text."""
    told = [Told(lines.of(("programme", *fault.path)) if lines else None, sentence(fault)) for fault in faults]
    return tuple(sorted(told, key=lambda t: t.line or 0))


@dataclass(frozen=True)
class Document:
    """One document of a file: its data, and where in the file its parts stand."""

    data: dict[str, Any]
    lines: Lines


KEYS = ("framework", "courses", "programme")


def read_documents(text: str) -> tuple[dict[str, Document], Told | None]:
    """The documents of a file by the key that says what each is (KEYS), or what made the file unreadable."""
    try:
        nodes = [node for node in yaml.compose_all(text, Loader=PlainLoader) if isinstance(node, yaml.MappingNode)]
        documents = [(node, PlainLoader("").construct_document(node)) for node in nodes]
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        said = getattr(fault, "problem", None) or str(fault)
        return {}, Told(mark.line + 1 if mark else None, _("This is not YAML: %(said)s.") % {"said": said})
    except (ValueError, RecursionError) as fault:  # such as a date that does not exist
        return {}, Told(None, _("This is not YAML: %(said)s.") % {"said": fault})
    found: dict[str, Document] = {}
    for node, data in documents:
        key = next((key for key in KEYS if key in data), None)
        if key in found:
            text = _("There is a second document with the key `%(key)s:`. Keep one.") % {"key": key}
            return {}, Told(node.start_mark.line + 1, text)
        if key:
            found[key] = Document(data, Lines(node))
    if not found:
        return {}, Told(None, _("There is no document with the key `framework:`, `courses:` or `programme:` in it."))
    return found, None


def read_text(text: str) -> tuple[Document | None, Told | None]:
    """The document of the programme in a YAML text, or what made it unreadable."""
    documents, unreadable = read_documents(text)
    if unreadable:
        return None, unreadable
    if "programme" not in documents:
        return None, Told(None, _("There is no document with the key `programme:` in this file."))
    return documents["programme"], None


def as_text(document: dict[str, Any]) -> str:
    """One document as YAML that people like to read."""
    return str(yaml.dump(document, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=118))


def write_text(definition: Definition) -> str:
    """The YAML text from which the same definition is read."""
    return as_text({"programme": write_definition(definition)})
