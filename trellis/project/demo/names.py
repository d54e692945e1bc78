"""Vietnamese names, given name first, and the plain letters an e-mail address is made of."""

import unicodedata
from random import Random

# Families with how many of a hundred people bear them, roughly as in the country.
FAMILIES: tuple[tuple[str, int], ...] = (
    ("Nguyễn", 32), ("Trần", 11), ("Lê", 9), ("Phạm", 7), ("Hoàng", 4), ("Huỳnh", 3), ("Phan", 5), ("Vũ", 4),
    ("Võ", 3), ("Đặng", 3), ("Bùi", 3), ("Đỗ", 2), ("Hồ", 2), ("Ngô", 2), ("Dương", 2), ("Lý", 1), ("Đinh", 1),
    ("Trịnh", 1), ("Mai", 1), ("Lương", 1), ("Cao", 1), ("Tạ", 1), ("Đoàn", 1),
)  # fmt: skip
FIRST = (
    "Thu", "Minh", "Thanh", "Ngọc", "Hồng", "Phương", "Khánh", "Bảo", "Gia", "Quỳnh", "Hải", "Anh", "Đức", "Hoài",
    "Kim", "Mỹ", "Nhật", "Quang", "Thùy", "Tuấn", "Văn", "Xuân", "Yến", "Diệu", "Hữu", "Trung", "Việt", "Thị Bích",
)  # fmt: skip
SECOND = (
    "An", "Anh", "Bình", "Châu", "Chi", "Dũng", "Duy", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hiếu", "Hòa", "Huệ",
    "Hùng", "Hương", "Khang", "Khoa", "Lan", "Lâm", "Loan", "Long", "Ly", "Nam", "Nga", "Ngân", "Nghĩa", "Nhi", "Nhung",
    "Phúc", "Phước", "Quân", "Quyên", "Sơn", "Tâm", "Thảo", "Thắng", "Thịnh", "Thủy", "Tiến", "Trang", "Trinh", "Tú",
    "Tùng", "Uyên", "Vân", "Vinh", "Vy", "Yên",
)  # fmt: skip
_BAG = tuple(name for name, weight in FAMILIES for _n in range(weight))


def pick(dice: Random, things: tuple[str, ...]) -> str:
    """One of them. Random.choice may change between versions of Python; this stays."""
    return things[int(dice.random() * len(things))]


def a_name(dice: Random) -> str:
    """A made-up name: two-syllable or one-syllable given name, then the family."""
    given = pick(dice, SECOND) if dice.random() < 0.25 else f"{pick(dice, FIRST)} {pick(dice, SECOND)}"
    return f"{given} {pick(dice, _BAG)}"


def plain(text: str) -> str:
    """Only a-z and full stops: `Thu Hà Nguyễn` becomes `thu.ha.nguyen`."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return ".".join("".join(c for c in bare if c.isascii() and (c.isalpha() or c == " ")).split())
