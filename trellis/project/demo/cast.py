"""The people the demo knows by name. Everybody else comes out of the dice."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "a quiet green garden"  # noqa: S105, printed on purpose: it opens nothing but the demo company
DOMAIN = "pixel.example"


@dataclass(frozen=True)
class Part:
    """One member of the cast. `career` lists (how many months ago, position, change)."""

    key: str
    name: str
    unit: str
    career: tuple[tuple[int, str, str], ...]
    who: str | Promise  # for the list of sign-ins
    roles: tuple[str, ...] = ()
    before: str = ""  # unit before the last promotion, when another

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def position(self) -> str:
        return self.career[-1][1]


MORNING = "Pixel House/Hanoi/Production/Morning shift"
TEAM_1 = f"{MORNING}/Hanoi team 1"
TEAM_2 = f"{MORNING}/Hanoi team 2"
PEOPLE_DEPARTMENT = "Pixel House/Hanoi/People and Academy"
TRAINING = "Pixel House/Hanoi/Training"
OFFICE_SERVICES = "Pixel House/Hanoi/Finance and IT"
QINGDAO = "Pixel House/Qingdao office"
DA_NANG_TEAM = "Pixel House/Da Nang/Production/Morning shift/Da Nang team 1"

CAST: tuple[Part, ...] = (
    Part("tuan", "Tuấn Đỗ", "Pixel House", ((95, "General manager", "hired"),), _("general manager"), ("leader",)),
    Part(
        "hoa",
        "Hoa Võ",
        PEOPLE_DEPARTMENT,
        ((80, "HR officer", "hired"), (44, "HR manager", "promoted")),
        _("HR"),
        ("hr",),
    ),
    Part(
        "mai",
        "Mai Phạm",
        PEOPLE_DEPARTMENT,
        ((74, "Academy officer", "hired"), (38, "Academy manager", "promoted")),
        _("runs the academy"),
        ("academy",),
    ),
    Part(
        "lan",
        "Lan Hoàng",
        PEOPLE_DEPARTMENT,
        ((31, "Academy officer", "hired"),),
        _("academy staff, reviews journeys"),
        ("academy",),
    ),
    Part("quan", "Quân Vũ", OFFICE_SERVICES, ((60, "IT engineer", "hired"),), _("administrator"), ("administrator",)),
    Part(
        "an",
        "An Bùi",
        TRAINING,
        ((70, "Photo editor", "hired"), (45, "Technical trainer", "promoted")),
        _("teacher, technical trainer"),
        ("teacher",),
        TEAM_1,
    ),
    Part(
        "huong",
        "Hương Trịnh",
        TRAINING,
        ((52, "Soft-skills teacher", "hired"),),
        _("teacher of soft skills"),
        ("teacher",),
    ),
    Part(
        "phong",
        "Phong Đặng",
        MORNING,
        ((84, "Photo editor", "hired"), (63, "Team leader", "promoted"), (29, "Shift manager", "promoted")),
        _("shift manager, Thúy's and Minh's manager"),
        (),
        TEAM_2,
    ),
    Part(
        "thuy",
        "Thúy Lê",
        TEAM_1,
        ((66, "Photo editor", "hired"), (34, "Team leader", "promoted")),
        _("team leader of Linh's team"),
        (),
        TEAM_2,
    ),
    Part(
        "minh",
        "Minh Trần",
        TEAM_2,
        ((58, "Photo editor", "hired"), (28, "Team leader", "promoted")),
        _("team leader, takes learners along for their six days"),
        ("mentor",),
        TEAM_2,
    ),
    Part("linh", "Linh Nguyễn", TEAM_1, ((26, "Photo editor", "hired"),), _("photo editor who may join Next Step")),
    Part("nam", "Nam Phan", TEAM_1, ((30, "Photo editor", "hired"),), _("photo editor in the middle of Next Step")),
    Part(
        "ha",
        "Hà Dương",
        TEAM_2,
        ((41, "Photo editor", "hired"),),
        _("photo editor, certified as team leader, in the pool"),
    ),
    Part(
        "binh",
        "Bình Ngô",
        DA_NANG_TEAM,
        ((33, "Photo editor", "hired"),),
        _("photo editor for whom 100 % is out of reach"),
    ),
    Part("xiaoyu", "王晓雨", QINGDAO, ((5, "Graduate trainee", "hired"),), _("graduate in Qingdao, reads Chinese")),
)

# Who stands first in the list of sign-ins: along the story, not by rank.
_SHOWN = (
    "linh",
    "nam",
    "thuy",
    "minh",
    "an",
    "lan",
    "mai",
    "hoa",
    "tuan",
    "ha",
    "binh",
    "phong",
    "huong",
    "quan",
    "xiaoyu",
)


def sign_ins() -> list[tuple[str, str, str, str | Promise]]:
    """E-mail address, password, name and who they are: what the sign-in page of the demo and `bin/demo` show."""
    parts = {part.key: part for part in CAST}
    return [(parts[key].email, PASSWORD, parts[key].name, parts[key].who) for key in _SHOWN]
