"""Eight years of who was hired, moved, promoted and left, month by month, as the rows of the people file.

The same seed, size and last day always give the same bytes. The proportions are chosen to look like a
service company of young people, where most who leave do so of their own will and in the first year.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from trellis.project.demo.cast import CAST, DOMAIN, Part
from trellis.project.demo.names import a_name, pick, plain
from trellis.project.demo.plan import ORDER, STEPS, Plan, Post, plan

HEADINGS = (
    "Employee ID", "Name", "E-mail", "Department", "Position", "Manager", "Hire date", "Effective date", "Change",
    "Leaving date", "Leaving kind", "Leaving reason", "Head of department",
)  # fmt: skip
MONTHS = 96
KINDS = ("voluntary",) * 72 + ("contract_end",) * 13 + ("involuntary",) * 10 + ("other",) * 4 + ("retirement",)
REASONS: dict[str, tuple[str, ...]] = {
    "voluntary": (
        "Better offer elsewhere",
        "Saw no next step here",
        "Studies",
        "Family",
        "Moved to another city",
        "Health",
    ),
    "contract_end": ("Fixed term ended", "Season ended"),
    "involuntary": ("Quality below standard", "Absence without notice", "Site reorganised"),
    "other": ("Changed to a partner company", "Not known"),
    "retirement": ("Retired",),
}


@dataclass
class Row:
    on: date
    change: str
    unit: str
    position: str
    manager: int | None
    kind: str = ""
    reason: str = ""


@dataclass
class Worker:
    """Somebody who works or worked here. `post` is None for who left."""

    name: str
    email: str
    hired: date
    leaves: int  # month in which they will be gone
    since: int  # month in which the present position began
    rows: list[Row] = field(default_factory=list)
    post: Post | None = None
    is_cast: bool = False


class Company:
    """The state of the company while its months go by."""

    def __init__(self, size: int, until: date, seed: int) -> None:
        # The company is made up and has to be the same each time: nothing is kept secret by these dice.
        self.dice = Random(f"{seed}/{size}")  # noqa: S311, the same numbers each time
        self.until = until
        self.plan: Plan = plan(size, MONTHS)
        self.workers: list[Worker] = []
        self.mails: dict[str, int] = {part.email: 1 for part in CAST}
        self.pools: dict[tuple[str, str], list[int]] = {}
        self.leaving: list[list[int]] = [[] for _m in range(MONTHS + 1)]
        self.gone: list[int] = []
        self.parts: dict[str, int] = {}
        self.taken: list[Post] = []  # chairs that members of the cast have at the end
        self.chairs = {part.key: self._chair(part) for part in CAST}

    def run(self) -> list[Worker]:
        """All months, up to the one of the last day."""
        opening: list[list[Post]] = [[] for _m in range(MONTHS + 1)]
        for post in self.plan.posts:
            opening[min(post.opens, MONTHS)].append(post)
        empty: list[Post] = []
        for month in range(MONTHS + 1):
            empty += [left for number in self.leaving[month] if (left := self._leave(number, month))]
            for part in CAST:
                self._play(part, month)
            empty += opening[month]
            kept = self._reserved(month)
            self._fill([post for post in empty if post.holder is None and post not in kept], month)
            empty = []
        return self.workers

    # -- the calendar

    def first(self, month: int) -> date:
        """First day of the month that lies so far before the month of the last day."""
        number = self.until.year * 12 + self.until.month - 1 - (MONTHS - month)
        return date(number // 12, number % 12 + 1, 1)

    def _starting(self, month: int) -> date:
        day = self.first(month) + timedelta(days=int(self.dice.random() * 12))
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
        return min(day, self.until)

    # -- what happens to people

    def _fill(self, empty: list[Post], month: int) -> None:
        """Fill the empty posts from the top down; each promotion or move empties one that is filled after it."""
        waiting: dict[str, list[Post]] = {}
        for post in empty:
            waiting.setdefault(post.position, []).append(post)
        for position in (*ORDER, *(p for p in waiting if p not in ORDER)):
            queue = waiting.get(position, [])
            while queue:
                post = queue.pop()
                if post.holder is not None:
                    continue
                number, change = self._candidate(post, month)
                left = self.workers[number].post
                self._seat(number, post, change, month)
                if left:
                    waiting.setdefault(left.position, []).append(left)

    def _candidate(self, post: Post, month: int) -> tuple[int, str]:
        for below in STEPS.get(post.position, ()):
            if (number := self._seasoned(post.site, below, month, least=18)) is not None:
                return number, "promoted"
        if post.position == "Photo editor":
            if month - post.opens < 3 and self.dice.random() < 0.2:
                number = self._seasoned(post.site, "Photo editor", month, least=8, but=post.unit)
                if number is not None:
                    return number, "moved"
            if self.gone and self.dice.random() < 0.02:
                return self.gone.pop(int(self.dice.random() * len(self.gone))), "hired"
        return self._newcomer(a_name(self.dice), month, None), "hired"

    def _seasoned(self, site: str, position: str, month: int, *, least: int, but: str = "") -> int | None:
        """Somebody of the site (but not of one unit) who has been in the position for so long; of a few the longest."""
        pool = self.pools.get((site, position), [])
        best: int | None = None
        for _try in range(14):
            if not pool:
                break
            place = int(self.dice.random() * len(pool))
            number = pool[place]
            worker = self.workers[number]
            if worker.post is None or worker.post.position != position or worker.post.site != site:
                pool[place] = pool[-1]
                pool.pop()
            elif (
                month - worker.since >= least
                and worker.leaves - month > 6
                and not worker.is_cast
                and worker.post.unit != but
                and (best is None or worker.since < self.workers[best].since)
            ):
                best = number
        return best

    def _newcomer(self, name: str, month: int, part: Part | None) -> int:
        number = len(self.workers)
        self.workers.append(
            Worker(name, part.email if part else self._mail(name), self._starting(month), MONTHS * 9, month)
        )
        self.workers[number].is_cast = part is not None
        return number

    def _mail(self, name: str) -> str:
        base = plain(name)
        count = self.mails[base] = self.mails.get(base, 0) + 1
        return f"{base}{count if count > 1 else ''}@{DOMAIN}"

    def _seat(self, number: int, post: Post, change: str, month: int) -> None:
        """Put somebody into a post, and write the row."""
        worker = self.workers[number]
        on = self._starting(month)
        if change == "hired":
            worker.hired = on
            worker.leaves = MONTHS * 9 if worker.is_cast else month + self._stay()
        else:
            on = max(on, worker.rows[-1].on + timedelta(days=1))
        if change == "promoted" and worker.leaves <= MONTHS and not worker.is_cast:
            worker.leaves += 12 + int(self.dice.random() * 30)  # who steps up stays longer
        if worker.post is not None:
            worker.post.holder = None
        if change != "moved":
            worker.since = month
        worker.post, post.holder = post, number
        worker.rows.append(Row(on, change, post.unit, post.position, self.boss_of(post)))
        self.pools.setdefault((post.site, post.position), []).append(number)
        if worker.leaves <= MONTHS:
            self.leaving[worker.leaves].append(number)

    def _stay(self) -> int:
        """Months until leaving: about a fifth go in the first year, then fewer each year."""
        chance = self.dice.random()
        month, left = 0, 1.0
        while month < MONTHS and left > chance:
            month += 1
            left *= 1 - (0.021 if month <= 6 else 0.014 if month <= 24 else 0.008)
        return max(month, 2) + 1

    def _leave(self, number: int, month: int) -> Post | None:
        """Let somebody go whose month has come; returns the post that became empty."""
        worker = self.workers[number]
        if worker.post is None or worker.leaves != month:
            return None
        last = self.first(month) - timedelta(days=1 + int(self.dice.random() * 9))
        last = max(last, worker.rows[-1].on + timedelta(days=1))
        if last > self.until:
            return None
        post, worker.post = worker.post, None
        post.holder = None
        kind = pick(self.dice, KINDS)
        if kind == "retirement" and post.position == "Photo editor":
            kind = "voluntary"
        worker.rows.append(
            Row(last, "left", post.unit, post.position, self.boss_of(post), kind, pick(self.dice, REASONS[kind]))
        )
        if kind in ("voluntary", "contract_end") and self.first(month) > last:
            self.gone.append(number)
        return post

    # -- the cast

    def _chair(self, part: Part) -> Post:
        for post in self.plan.posts:
            if post.unit == part.unit and post.position == part.position and post not in self.taken:
                self.taken.append(post)
                return post
        raise LookupError(f"no chair for {part.name}: {part.position} in {part.unit}")

    def _reserved(self, month: int) -> list[Post]:
        """Chairs kept free because a member of the cast takes them within the half-year."""
        return [self.chairs[p.key] for p in CAST if MONTHS - 6 <= month + p.career[-1][0] < MONTHS]

    def _play(self, part: Part, month: int) -> None:
        """What the script has for this member of the cast in this month."""
        for step, (ago, position, change) in enumerate(part.career):
            if MONTHS - ago != month:
                continue
            chair = self.chairs[part.key]
            if step < len(part.career) - 1:
                head = self.plan.heads.get(part.before or part.unit)
                chair = Post(part.before or part.unit, position, head, month, "")
            elif chair.holder is not None:
                self.workers[chair.holder].leaves = month
                self._leave(chair.holder, month)
            if part.key not in self.parts:
                self.parts[part.key] = self._newcomer(part.name, month, part)
            self._seat(self.parts[part.key], chair, change, month)

    def boss_of(self, post: Post) -> int | None:
        """Who is over this post now: the nearest chair above that somebody sits in."""
        boss = post.boss
        while boss and boss.holder is None:
            boss = boss.boss
        return boss.holder if boss else None


def employee_id(number: int) -> str:
    """Number of a worker as the company writes it."""
    return f"PH{number + 1:05d}"


def lines(size: int, until: date, seed: int, *, history: bool = True) -> Iterator[tuple[str, ...]]:
    """The rows of the people file, by person and then by day; without history one line for each who is here."""
    company = Company(size, until, seed)
    for number, worker in enumerate(company.run()):
        if not history and worker.post is None:
            continue
        hired = worker.hired
        for place, row in enumerate(worker.rows):
            hired = row.on if row.change == "hired" else hired
            is_last = place == len(worker.rows) - 1
            if not (history or is_last):
                continue
            # The last line of who is here names today's manager, as the HR system of a real company does.
            boss = company.boss_of(worker.post) if worker.post and is_last else row.manager
            heads = is_last and worker.post is not None and company.plan.heads.get(row.unit) is worker.post
            yield (
                employee_id(number),
                worker.name,
                worker.email,
                row.unit,
                row.position,
                "" if boss is None or boss == number else employee_id(boss),
                hired.isoformat(),
                row.on.isoformat(),
                row.change,
                row.on.isoformat() if row.change == "left" else "",
                row.kind,
                row.reason,
                "yes" if heads else "",
            )


def people_file(size: int, until: date, seed: int = 8, *, history: bool = True) -> bytes:
    """The company as the CSV that the people import reads: UTF-8, comma, one line an event (or a person)."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(lines(size, until, seed, history=history))
    return paper.getvalue().encode()
