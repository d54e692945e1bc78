"""Which units and posts a company of a size has, and when in its eight years each came into being."""

from dataclasses import dataclass, field

CITIES = (
    "Hanoi", "Da Nang", "Hai Phong", "Can Tho", "Hue", "Vinh", "Nha Trang", "Quy Nhon", "Da Lat", "Bien Hoa",
    "Thai Nguyen", "Nam Dinh", "Buon Ma Thuot", "Vung Tau", "Ha Long", "Thanh Hoa", "My Tho", "Pleiku", "Viet Tri",
    "Dong Hoi",
)  # fmt: skip
SHIFTS = ("Morning shift", "Evening shift", "Night shift")
COMPANY = "Pixel House"
EDITORS_PER_TEAM = 11

# From which positions a post is filled from within, nearest first; nobody there: somebody is hired.
STEPS: dict[str, tuple[str, ...]] = {
    "Production manager": ("Shift manager",),
    "Shift manager": ("Team leader",),
    "Team leader": ("Photo editor",),
    "QA lead": ("Quality controller",),
    "Quality controller": ("Photo editor",),
    "Key account manager": ("Account manager",),
    "Account manager": ("Account assistant",),
    "Account assistant": ("Photo editor",),
    "Training lead": ("Technical trainer",),
    "Technical trainer": ("Photo editor",),
}
# Posts are filled in this order each month, so that a promotion leaves a gap that is filled after it.
ORDER = (
    "Site manager", "Production manager", "Shift manager", "Team leader", "QA lead", "Quality controller",
    "Key account manager", "Account manager", "Account assistant", "Training lead", "Technical trainer", "HR officer",
    "Academy officer", "Accountant",
    "IT engineer", "Office manager", "Graduate trainee", "Photo editor",
)  # fmt: skip


@dataclass(eq=False)
class Post:
    """One chair: in a unit, of a position, under a boss, from a month on (0 is the first of the eight years)."""

    unit: str
    position: str
    boss: "Post | None"
    opens: int
    site: str
    holder: int | None = None  # index of the person who sits there


@dataclass
class Plan:
    posts: list[Post] = field(default_factory=list)
    heads: dict[str, Post] = field(default_factory=dict)  # unit path -> the chair of its head

    def add(self, unit: str, position: str, boss: Post | None, opens: int, site: str, *, heads: bool = False) -> Post:
        post = Post(unit, position, boss, max(0, opens), site)
        self.posts.append(post)
        if heads:
            self.heads[unit] = post
        return post


def site_names(size: int) -> list[str]:
    """Two sites for a company of some hundred; one more for every 1,250 people."""
    count = 2 if size <= 1500 else -(-size // 1250)
    return [city if turn == 0 else f"{city} {turn + 1}" for turn in range(-(-count // len(CITIES))) for city in CITIES][
        :count
    ]


def plan(size: int, months: int = 96) -> Plan:
    """Units and posts for exactly `size` people (from 100 on), spread over the months in which the company grew."""
    made = Plan()
    top = made.add(COMPANY, "General manager", None, 0, "Hanoi", heads=True)
    sites = site_names(size)
    _central_office(made, top, size)
    # A team of 12 brings along quality controllers, account people and trainers: about 14 people in all.
    teams = max(4, int((size - len(made.posts) - 6 * len(sites)) / 14.2))
    bosses = {}
    for number, site in enumerate(sites):
        opens = 0 if number == 0 else 14 + number * 60 // max(2, len(sites))
        bosses[site] = _site(made, top, site, opens)
    for number in range(teams):
        site = sites[number % len(sites)]
        turn = number // len(sites)
        opens = max(made.heads[f"{COMPANY}/{site}"].opens, int((number / teams) ** 0.8 * (months - 8)))
        _team(made, bosses[site], site, turn, opens)
    _fill_up(made, size, months)
    return made


def _central_office(made: Plan, top: Post, size: int) -> None:
    people = f"{COMPANY}/Hanoi/People and Academy"
    made.heads[people] = hr = made.add(people, "HR manager", top, 12, "Hanoi")
    academy = made.add(people, "Academy manager", top, 20, "Hanoi")
    for number in range(max(1, size // 400)):
        made.add(people, "HR officer", hr, 14 + number * 5 % 60, "Hanoi")
        made.add(people, "Academy officer", academy, 30 + number * 7 % 55, "Hanoi")
    office = f"{COMPANY}/Hanoi/Finance and IT"
    chief = made.add(office, "Office manager", top, 0, "Hanoi", heads=True)
    for number in range(max(2, size // 150)):
        made.add(office, "Accountant" if number % 2 else "IT engineer", chief, number * 11 % 80, "Hanoi")
    qingdao = f"{COMPANY}/Qingdao office"
    lead = made.add(qingdao, "Key account manager", top, 48, "Qingdao", heads=True)
    for number in range(3):
        made.add(qingdao, "Account assistant" if number else "Account manager", lead, 50 + number * 9, "Qingdao")
    made.add(qingdao, "Graduate trainee", lead, 90, "Qingdao")
    made.add(f"{COMPANY}/Hanoi/Training", "Soft-skills teacher", academy, 44, "Hanoi")


def _site(made: Plan, top: Post, site: str, opens: int) -> dict[str, Post]:
    """The people who run a site; returns who leads which part of it."""
    place = f"{COMPANY}/{site}"
    chief = made.add(place, "Site manager", top, opens, site, heads=True)
    leads = {"production": made.add(f"{place}/Production", "Production manager", chief, opens, site, heads=True)}
    for turn, shift in enumerate(SHIFTS):
        leads[shift] = made.add(
            f"{place}/Production/{shift}", "Shift manager", leads["production"], opens + turn * 6, site, heads=True
        )
    leads["qa"] = made.add(f"{place}/Quality Assurance", "QA lead", chief, opens + 8, site, heads=True)
    leads["accounts"] = made.add(
        f"{place}/Account Management", "Key account manager", chief, opens + 10, site, heads=True
    )
    leads["training"] = made.add(f"{place}/Training", "Training lead", chief, opens + 12, site, heads=True)
    return leads


def _team(made: Plan, leads: dict[str, Post], site: str, turn: int, opens: int) -> None:
    """One team on a shift, and what every few teams add to the other departments."""
    shift = leads[SHIFTS[turn % len(SHIFTS)]]
    unit = f"{shift.unit}/{site} team {turn // len(SHIFTS) + 1 + (turn % len(SHIFTS)) * 100}"
    leader = made.add(unit, "Team leader", shift, opens, site, heads=True)
    for number in range(EDITORS_PER_TEAM):
        made.add(unit, "Photo editor", leader, opens + number // 4, site)
    made.add(leads["qa"].unit, "Quality controller", leads["qa"], opens + 2, site)
    if turn % 2:
        position = "Account manager" if turn % 6 == 1 else "Account assistant"
        made.add(leads["accounts"].unit, position, leads["accounts"], opens + 3, site)
    if turn % 4 == 0:
        made.add(leads["training"].unit, "Technical trainer", leads["training"], opens + 5, site)


def _fill_up(made: Plan, size: int, months: int) -> None:
    """Reach the size exactly: editors are added to the teams in turn, or the last posts of editors left out."""
    leaders = [post for post in made.posts if post.position == "Team leader"]
    turn = 0
    while len(made.posts) < size:
        leader = leaders[turn % len(leaders)]
        made.add(leader.unit, "Photo editor", leader, min(months - 4, leader.opens + 4), leader.site)
        turn += 1
    while len(made.posts) > size:
        last = max(number for number, post in enumerate(made.posts) if post.position == "Photo editor")
        del made.posts[last]
