import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which row (as the spreadsheet counts, headings are row 1; 0: the file), which field.

    `code` names the reason, `details` holds what its sentence needs (plain values).
    """

    row: int
    field: str
    value: str
    code: str
    details: dict[str, Any] = dataclasses.field(default_factory=dict)


class Unreadable(Exception):  # noqa: N818, an answer about the file, not a fault of ours
    """The file as a whole cannot be used; `code` and `details` say why."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details
