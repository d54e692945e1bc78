"""Codes of the rules as sentences: what is wrong, and what to do."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trellis.domains.people.actions.bulk_undo import Obstacle
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_rules.faults import Fault, Unreadable

FIELD_NAMES = {
    "employee_id": gettext_lazy("Employee ID"),
    "name": pgettext_lazy("of a person", "Name"),
    "email": gettext_lazy("E-mail"),
    "department": gettext_lazy("Department"),
    "department_code": gettext_lazy("Department code"),
    "parent_department": gettext_lazy("Parent department"),
    "head": gettext_lazy("Head of department"),
    "position": gettext_lazy("Position"),
    "manager": gettext_lazy("Manager"),
    "hired_on": gettext_lazy("Hire date"),
    "effective_on": gettext_lazy("Effective date"),
    "change": pgettext_lazy("of a person", "Change"),
    "left_on": gettext_lazy("Leaving date"),
    "leaving": gettext_lazy("Leaving kind"),
    "reason": gettext_lazy("Leaving reason"),
    "": gettext_lazy("Whole row"),
}
KIND_NAMES = {
    "new": pgettext_lazy("kind of change of a person", "New"),
    "changed": pgettext_lazy("kind of change of a person", "Changed"),
    "moved": pgettext_lazy("kind of change of a person", "Moved"),
    "promoted": pgettext_lazy("kind of change of a person", "Promoted"),
    "left": pgettext_lazy("kind of change of a person", "Left"),
    "came_back": pgettext_lazy("kind of change of a person", "Came back"),
}
ORDER_NAMES = {
    "dmy": gettext_lazy("day first (8/1/2024 is 8 January)"),
    "mdy": gettext_lazy("month first (8/1/2024 is 1 August)"),
}

FILE_FAULTS = {
    "empty": gettext_lazy("The file is empty. Export the list again and choose that file."),
    "headings_only": gettext_lazy("The file has headings but no rows below them. Export the list with its people."),
    "too_big": gettext_lazy("The file is larger than %(megabytes)s MB. Split it, or leave out columns nobody needs."),
    "too_many_rows": gettext_lazy("The file has more than %(rows)s rows. Split it into several files."),
    "too_many_columns": gettext_lazy(
        "The file has more than %(columns)s columns. Leave out those that are not needed."
    ),
    "encoding": gettext_lazy(
        "The letters of the file cannot be read: it is neither UTF-8, UTF-16 nor GB18030. "
        "Save it again as UTF-8 or XLSX."
    ),
    "html": gettext_lazy(
        "This is a web page that only calls itself a spreadsheet. "
        "Open it in a spreadsheet program and save it as XLSX or CSV."
    ),
    "pdf": gettext_lazy("This is a PDF. Export the list as XLSX or CSV instead."),
    "encrypted": gettext_lazy("The workbook is locked with a password. Save it without one and bring it again."),
    "bomb": gettext_lazy(
        "Unpacked, the workbook would be far too large, so it was not opened. "
        "Copy its cells into a new workbook and bring that."
    ),
    "damaged": gettext_lazy("The workbook is damaged and cannot be opened. Save it again and bring the new file."),
    "not_a_table": gettext_lazy(
        "By its content this is neither a CSV file nor a workbook. Choose an XLSX or CSV file."
    ),
    "no_such_sheet": gettext_lazy("The workbook has no sheet called %(sheet)s. It has: %(sheets)s."),
    "broken_quotes": gettext_lazy(
        "From row %(row)s on, a quotation mark is not closed. Mend that cell or save the file again."
    ),
}

FAULTS = {
    "column_missing": gettext_lazy("No column is chosen for this. Choose one on the page Columns."),
    "missing": gettext_lazy("This is needed and is empty. Fill it in."),
    "too_long": gettext_lazy("At most %(longest)s characters fit; these are %(length)s. Shorten it."),
    "too_many_cells": gettext_lazy(
        "The row has %(cells)s cells, there are %(headings)s headings. "
        "A separator inside a text? Put that text in quotes."
    ),
    "formula_error": gettext_lazy("A formula of the spreadsheet failed here. Mend it and export again."),
    "unprintable": gettext_lazy("There are signs in it that cannot be seen. Type it anew."),
    "rounded_id": gettext_lazy(
        "The spreadsheet has rounded a long number. Format the column as text and export again."
    ),
    "id_otherwise": gettext_lazy(
        "%(known)s with the same name is there already. Write the ID in the same way; spreadsheets take away zeros in "
        "front."
    ),
    "not_a_name": gettext_lazy("This has no letter in it. Is it the right column?"),
    "bad_email": gettext_lazy("This is no e-mail address. Write it as name@company.com, or leave it empty."),
    "email_twice": gettext_lazy("Row %(row)s gives the same address to %(employee_id)s. Each person needs an own one."),
    "email_guarded": gettext_lazy(
        "This person is an administrator; only another administrator may change the address. Leave it as it is."
    ),
    "email_taken": gettext_lazy("%(employee_id)s has this address already. Each person needs an own one."),
    "id_twice": gettext_lazy(
        "Row %(row)s has the same employee ID. Leave one of them, or add a column Effective date if both are history."
    ),
    "same_day_twice": gettext_lazy(
        "Row %(row)s says something about the same person and day (%(day)s). Leave one of them."
    ),
    "date_unreadable": gettext_lazy("This is no date. Write it as 2024-01-08."),
    "date_impossible": gettext_lazy("There is no such day. Correct it, or choose the other order of day and month."),
    "too_long_ago": gettext_lazy("This lies before %(oldest)s. Correct the date."),
    "too_far_ahead": gettext_lazy("This is more than a year ahead. Correct the date."),
    "change_unknown": gettext_lazy("Write hired, rehired, moved, promoted or left."),
    "leaving_unknown": gettext_lazy("Write voluntary, involuntary, contract end, retirement or other."),
    "head_unknown": gettext_lazy("Write yes or no."),
    "left_before_hired": gettext_lazy("The last day lies before the hire date (%(day)s). Correct one of them."),
    "effective_before_hired": gettext_lazy("This lies before the hire date (%(day)s). Correct one of them."),
    "left_without_day": gettext_lazy("The person has left, but the last day is missing. Fill in Leaving date."),
    "leaving_without_day": gettext_lazy("There is a kind of leaving but no leaving date. Fill it in, or empty this."),
    "two_last_days": gettext_lazy("The effective date says another last day (%(day)s). Leave one of them."),
    "change_without_day": gettext_lazy("A move or promotion needs the day from which it holds. Fill it in."),
    "totals": gettext_lazy("This is a line of totals, not a person. Delete it, or take the good rows only."),
    "own_manager": gettext_lazy("Nobody is their own manager. Give another employee ID, or leave it empty."),
    "manager_unknown": gettext_lazy(
        "Nobody with this employee ID or name is in the file or here. Correct it, or add that person."
    ),
    "manager_ambiguous": gettext_lazy("%(count)s people have this name. Give the manager's employee ID."),
    "manager_circle": gettext_lazy(
        "By this, people would be above themselves: %(chain)s. Correct one of the managers."
    ),
    "department_part_empty": gettext_lazy("A part between two slashes is empty. Write it as Company/Department/Team."),
    "department_too_deep": gettext_lazy("The path has more than %(deepest)s levels. Leave out some."),
    "department_ambiguous": gettext_lazy("Several departments are called so: %(paths)s. Write the whole path."),
    "parent_ambiguous": gettext_lazy("Rows give this department several parents: %(parents)s. Write the whole path."),
    "parent_cycle": gettext_lazy("Departments would be part of themselves: %(chain)s. Correct a parent department."),
    "position_ambiguous": gettext_lazy("Several positions are called so. Give the code of the position."),
    "two_heads": gettext_lazy("Row %(row)s names another head of the same department. Leave one of them."),
    "contradicts_known": gettext_lazy(
        "What is known says otherwise for that day (last change: %(since)s). "
        "Correct the row, or undo the import it came from."
    ),
    "before_present": gettext_lazy(
        "This lies before the present position began (%(since)s). Give a later day, or undo the import it came from."
    ),
    "already_here": gettext_lazy(
        "The person is employed since %(since)s and cannot be hired again. Correct the change."
    ),
    "two_hire_dates": gettext_lazy("Another row of this person says %(day)s. Make them the same."),
    "hire_date_contradicts": gettext_lazy(
        "It does not fit what is known: employed since %(day)s, with changes before the new date. Correct it."
    ),
    "promoted_to_the_same": gettext_lazy("A promotion needs another position or department. Correct the row."),
    "has_left": gettext_lazy(
        "The person left on %(day)s. To take them back give a hire date after that; else take the row out."
    ),
    "leaver_unknown": gettext_lazy("Somebody not known is said to have left. Give the hire date, or take the row out."),
}

OUTCOMES = {
    "not_checked": gettext_lazy("The file has not been looked at yet."),
    "faults": gettext_lazy("Nothing was changed: there are faults in the file. Mend them, or take only the good rows."),
    "changed_since": gettext_lazy(
        "Nothing was changed: something here has changed since you looked at the preview. Look at it again."
    ),
    "nothing_new": gettext_lazy("Nothing was changed: everything in the file is known already."),
    "not_applied": gettext_lazy("There is nothing to undo."),
    "obstacles": gettext_lazy("It was not undone: somebody has built on it since."),
}

OBSTACLES = {
    ("changed", "person"): gettext_lazy("%(count)s people were changed later: %(examples)s"),
    ("changed", "employment"): gettext_lazy("%(count)s employments were changed later: %(examples)s"),
    ("changed", "holding"): gettext_lazy("%(count)s people have moved, been promoted or left later: %(examples)s"),
    ("changed", "unit"): gettext_lazy("%(count)s departments were changed later: %(examples)s"),
    ("changed", "position"): gettext_lazy("%(count)s positions were changed later: %(examples)s"),
}


def of_file(fault: Unreadable) -> str:
    """Why the file as a whole was not taken."""
    return str(FILE_FAULTS[fault.code]) % fault.details


def of_fault(fault: Fault) -> str:
    """What is wrong in a cell and what to do."""
    return str(FAULTS[fault.code]) % fault.details


def of_obstacle(obstacle: Obstacle) -> str:
    """Why an import cannot be undone."""
    words: dict[str, Any] = {"count": obstacle.count, "examples": ", ".join(obstacle.examples), "by": obstacle.by}
    if found := OBSTACLES.get((obstacle.code, obstacle.what)):
        return str(found) % words
    if obstacle.code == "used":
        return _("%(count)s later entries (%(by)s) concern: %(examples)s") % words
    return _("%(count)s rows that it wrote are no longer there.") % words


def kept_faults(run: ImportRun) -> list[Fault]:
    """The faults kept with a run."""
    return [Fault(**fault) for fault in run.findings.get("faults", ())]


def counts_of(run: ImportRun) -> list[tuple[str, Any, int]]:
    """Kinds of change with their names and numbers, those that happen."""
    return [(kind, name, run.counts[kind]) for kind, name in KIND_NAMES.items() if run.counts.get(kind)]
