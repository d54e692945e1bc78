"""What the company needs and what Linh wants, and five trainings that are part of the job."""

from datetime import date, timedelta

from trellis.domains.careers.models import Competency
from trellis.domains.growth.actions import skills
from trellis.domains.learning.actions import mandatory
from trellis.domains.learning.models import Course, Mandatory, TrainingRecord
from trellis.domains.learning.queries.mandatory import standings
from trellis.domains.people.models import Employment, Person, Position, Unit
from trellis.kit import clock

# Code, names, why; of whom (unit, position), within days or due in days, again after months, one in so many never did.
REQUIRED = (
    ("data-protection", "Data protection", "数据保护", "Clients trust us with their pictures", "", "", 30, 0, 12, 40),
    ("fire-safety", "Fire safety", "消防安全", "The law asks for it, once a year", "", "", 30, 0, 12, 25),
    ("safe-screens", "Healthy at the screen", "屏幕工作健康", "Eyes and backs", "", "", 60, 0, 0, 30),
    ("first-aid", "First aid", "急救", "Two on every shift", "", "team-leader", 0, 45, 24, 9),
    ("bribery", "Gifts and hospitality", "礼品与招待", "Who meets clients", "Account Management", "", 0, -14, 24, 11),
)  # fmt: skip
NEEDED = (
    ("english", "", 300, "Half of our new clients write in English only"),
    ("feedback", "Production", 200, "Nine new teams by summer need people who can say what is good and what is not"),
    ("coaching", "Production", None, "More who sit down with somebody new"),
    ("data-analysis", "", 400, "We want to see why orders come back"),
    ("lesson-design", "Training", 150, "The courses for makers"),
)


def want_and_need(cast: dict[str, Person], until: date) -> None:
    """The needs of the company and of its branches, Linh's wishes, and what is required of everybody."""
    skill = {c.code: c for c in Competency.objects.all()}
    with clock.moved(to=until - timedelta(days=80)):
        for code, unit, days, why in NEEDED:
            last = until + timedelta(days=days) if days else None
            for place in _units(unit):
                skills.declare_need(competency=skill[code], unit=place, until=last, why=why, actor=cast["mai"])
    with clock.moved(to=until - timedelta(days=20)):
        for code, note in (("feedback", "People come to me with their pictures anyway"), ("public-speaking", "")):
            skills.wish(owner=cast["linh"], competency=skill[code], note=note)
        skills.wish(owner=cast["linh"], words="Analogue photography", note="At weekends")
        skills.wish(owner=cast["xiaoyu"], words="水彩画")
    _require(cast, until)


def _units(name: str) -> list[Unit | None]:
    return list(Unit.objects.filter(name=name).order_by("pk")) if name else [None]


def _require(cast: dict[str, Person], until: date) -> None:
    positions = {position.code: position for position in Position.objects.all()}
    for code, name, chinese, why, unit, position, within, due, again, one_in in REQUIRED:
        course = Course.objects.create(
            code=code, name=name, names={"zh-hans": chinese}, kind="technical", hours=2, pass_mark=70
        )
        with clock.moved(to=until - timedelta(days=40)):  # required anew; earlier signed lists count
            required = [
                mandatory.require_training(
                    wanted=Mandatory(
                        course=course,
                        unit=place,
                        position=positions.get(position),
                        within_days=within or None,
                        due_on=until + timedelta(days=due) if due else None,
                        repeat_months=again or None,
                        why=why,
                    ),
                    actor=cast["mai"],
                )
                for place in _units(unit)
            ]
        _keep(required, cast, until, one_in)
        spared = next((m for m in required if code == "first-aid"), None)
        if spared:
            mandatory.exempt(
                mandatory=spared, person=cast["minh"], reason="Trained paramedic", until=None, actor=cast["hoa"]
            )


def _keep(required: list[Mandatory], cast: dict[str, Person], until: date, one_in: int) -> None:
    """Who did it, from the signed lists; in bulk, for as single acts 600 people would take long."""
    people = {line.person_id for line in standings(required, None, until)}
    hired = dict(Employment.objects.filter(person__in=people).order_by("began_on").values_list("person", "began_on"))
    days = {pk: 20 + (pk * 37) % 330 + (60 if pk % one_in == 1 else 0) for pk in people}
    done = {pk: max(until - timedelta(days=days[pk]), hired[pk] + timedelta(days=9)) for pk in people}
    hoa = cast["hoa"].pk
    TrainingRecord.objects.bulk_create(
        [
            TrainingRecord(
                person_id=pk,
                course_id=required[0].course_id,
                done_on=done[pk],
                note="Signed list",
                recorded_by=cast["mai" if pk == hoa else "hoa"],  # nobody records themselves
            )
            for pk in sorted(people)
            if (pk % one_in or pk == hoa) and done[pk] <= until
        ],
        batch_size=2000,
    )
