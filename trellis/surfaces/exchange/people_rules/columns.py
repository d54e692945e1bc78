"""Which column holds what, by its heading in English or Chinese."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

FIELDS = (
    "employee_id",
    "name",
    "email",
    "department",
    "department_code",
    "parent_department",
    "head",
    "position",
    "manager",
    "hired_on",
    "effective_on",
    "change",
    "left_on",
    "leaving",
    "reason",
)
REQUIRED = ("employee_id", "name")
DATES = ("hired_on", "effective_on", "left_on")
LONGEST = {
    "employee_id": 60,
    "name": 200,
    "email": 254,
    "department": 1000,
    "department_code": 80,
    "parent_department": 1000,
    "head": 20,
    "position": 200,
    "manager": 200,
    "change": 40,
    "leaving": 60,
    "reason": 300,
    "hired_on": 40,
    "effective_on": 40,
    "left_on": 40,
}

HEADINGS = {
    "employee_id": "employee id|employee no|employee number|emp id|emp no|employeeid|staff id|staff no|staff number|"
    "personnel number|person id|id|badge|worker id|工号|员工编号|员工号|人员编号|职工号|员工工号|员工id|"
    "人员编码|员工编码",
    "name": "name|full name|employee name|display name|legal name|worker|姓名|员工姓名|名字|中文姓名|人员姓名",
    "email": "e-mail|email|mail|e-mail address|email address|work email|work e-mail|business email|company email|"
    "邮箱|电子邮箱|邮件|电子邮件|公司邮箱|工作邮箱|企业邮箱|邮箱地址",
    "department": "department|dept|unit|org unit|organisation|organization|organisational unit|organizational unit|"
    "team|department path|department name|部门|所属部门|部门名称|组织|部门路径|所在部门|组织单元|部门全称|所属组织",
    "department_code": "department code|dept code|unit code|department id|cost centre|cost center|"
    "部门编码|部门编号|部门代码|组织编码",
    "parent_department": "parent department|parent unit|parent dept|superior department|parent department code|"
    "上级部门|上级组织|父部门|上级部门名称|上级部门编码",
    "head": "head of department|department head|is head|unit head|head|部门负责人|是否负责人|是否部门负责人|是否主管",
    "position": "position|job title|title|job|role|post|position title|position name|job name|"
    "岗位|职位|岗位名称|职位名称|职务|职称",
    "manager": "manager|line manager|reports to|supervisor|manager id|manager employee id|direct manager|"
    "直属上级|上级|直接上级|汇报对象|直属领导|直属主管|直接主管|上级工号|直属上级工号|汇报上级",
    "hired_on": "hire date|hired on|start date|date of joining|joining date|date joined|entry date|employment date|"
    "original hire date|join date|date hired|入职日期|入职时间|入司日期|到岗日期|参加工作日期|聘用日期",
    "effective_on": "effective date|effective from|effective|valid from|change date|date of change|"
    "生效日期|变动日期|异动日期|生效时间|调动日期",
    "change": "change|change type|action|event|action type|变动类型|异动类型|变动|变更类型|异动",
    "left_on": "leaving date|termination date|last day|end date|date of leaving|left on|exit date|last working day|"
    "离职日期|离职时间|最后工作日|离司日期",
    "leaving": "leaving kind|leaving type|termination type|kind of leaving|exit type|separation type|"
    "离职类型|离职类别|离职性质|离职方式",
    "reason": "leaving reason|termination reason|reason|reason for leaving|exit reason|离职原因|原因|变动原因|异动原因",
}


_GIVEN = {"first name", "firstname", "given name", "given names", "forename", "preferred first name", "名"}
_FAMILY = {"last name", "lastname", "family name", "surname", "姓", "姓氏"}


def fold(text: str) -> str:
    """Headings and names as they are compared: full width to half, no case, no stars, colons, doubled spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_]+", " ", re.sub(r"[*:：()\[\]（）.]", " ", plain)).strip()


_BY_HEADING = {fold(heading): name for name, headings in HEADINGS.items() for heading in headings.split("|")}
_BY_HEADING |= {heading.replace(" ", ""): name for heading, name in _BY_HEADING.items()}


def field_of(heading: str) -> str:
    """The field a heading names, or an empty string."""
    folded = fold(heading)
    found = _BY_HEADING.get(folded) or _BY_HEADING.get(folded.replace(" ", ""))
    if not found and "(" in heading.replace("（", "("):  # "Hire date (YYYY-MM-DD)"
        found = _BY_HEADING.get(fold(heading.replace("（", "(").split("(")[0]))
    if not found and _is_whole_name(heading):
        return "name"
    return found or ""


def _is_whole_name(heading: str) -> bool:
    """The heading that `read_people` gives to a name put together of two columns."""
    first, plus, second = map(fold, heading.partition(" + "))
    return bool(plus) and {first, second} & _GIVEN != set() and {first, second} & _FAMILY != set()


def name_in_two(headings: Sequence[str]) -> tuple[int, int] | None:
    """Where the given and the family name stand, when no column holds the whole name."""
    if any(field_of(heading) == "name" for heading in headings):
        return None
    folded = [fold(heading) for heading in headings]
    given = next((at for at, heading in enumerate(folded) if heading in _GIVEN), None)
    family = next((at for at, heading in enumerate(folded) if heading in _FAMILY), None)
    return None if given is None or family is None else (given, family)


def known_headings(cells: Sequence[str]) -> int:
    """How many of the cells are headings we know; tells a row of headings from a title."""
    return len({field_of(cell) for cell in cells if cell} - {""})


def map_columns(headings: Sequence[str], kept: Mapping[str, str] | None = None) -> dict[str, int]:
    """Field to column. What was kept (field to heading) goes first; of two headings for one field, the first one."""
    at = {fold(heading): index for index, heading in reversed(list(enumerate(headings))) if heading}
    mapping: dict[str, int] = {}
    if kept is not None:
        return {name: at[fold(heading)] for name, heading in kept.items() if name in FIELDS and fold(heading) in at}
    for index, heading in enumerate(headings):
        name = field_of(heading)
        if name and name not in mapping:
            mapping[name] = index
    return mapping


def missing_columns(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """Required fields no column holds."""
    return tuple(name for name in REQUIRED if name not in mapping)


def signature(headings: Sequence[str]) -> str:
    """The set of headings as one key under which a mapping is remembered."""
    return "\n".join(sorted(fold(heading) for heading in headings if heading))
