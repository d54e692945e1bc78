"""Where and when the company learns: rooms of two cities, who works when, open talks, and a clash that was kept."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course, Offering
from trellis.domains.people.models import Holding, Person
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Room, Session, Shift
from trellis.kit import clock
from trellis.project.demo.story import workday
from trellis.surfaces.exchange.shift_import.actions import apply, bring

ROOMS = (
    ("Lotus", "莲花", "Hanoi", 30, "Screen, whiteboard"),
    ("Marble", "大理石", "Da Nang", 32, "Screen, video conference"),
    ("Willow", "柳树", "Hanoi", 30, "Screen"),
    ("Studio 2", "二号影棚", "Hanoi", 30, "20 workplaces, colour-true monitors"),
    ("Great hall", "大礼堂", "Hanoi", 160, "Stage, sound"),
    ("Beach", "沙滩", "Da Nang", 8, "Whiteboard"),
)
SHIFTS = (("Early", "早班", "12345", 6, 14), ("Late", "晚班", "12345", 14, 22), ("Office", "行政班", "12345", 8, 18))
TALKS = (
    ("Light at night", "夜里的光", "Lotus", 3, 2),
    ("What a team leader does all day", "组长的一天", "Willow", 8, 20),
    ("Colour across screens", "跨屏色彩", "Beach", 10, 4),
)


def open_rooms(actor: Person) -> None:
    """The rooms; one of them has been given up."""
    for name, chinese, site, capacity, equipment in ROOMS:
        room = Room(name=name, names={"zh-hans": chinese}, site=site, capacity=capacity, equipment=equipment)
        sessions.save_room(room=room, actor=actor)
    cellar = sessions.save_room(room=Room(name="Cellar", site="Hanoi", capacity=10), actor=actor)
    sessions.retire_room(room=cellar, actor=actor)


def fill_rooms(cast: dict[str, Person], until: date) -> None:
    """Shifts, usual teachers, talks to book with people who wait for them, and one session kept in spite of a clash."""
    mai = cast["mai"]
    _work_in_shifts(cast)
    for course in Course.objects.all():
        teacher = cast["huong"] if course.kind == "soft" else cast["an"]
        learning.set_usual_teachers(course=course, teachers=[teacher], actor=mai)
    colleagues = list(Person.objects.here().exclude(pk__in=[p.pk for p in cast.values()]).order_by("employee_id")[:12])
    rooms = {room.name: room for room in Room.objects.all()}
    for name, chinese, room, days, places in TALKS:
        _talk(cast["minh"], (name, chinese), rooms[room], until + timedelta(days=days), places, colleagues, mai)
    _wait_for_a_run(colleagues, until)
    _insist(until, mai)


def _work_in_shifts(cast: dict[str, Person]) -> None:
    """Of those who came last to edit photos a part works early and a part late; whoever is on a programme keeps office
    hours, as those do whose days they share."""
    actor = cast["hoa"]
    shifts = [
        sessions.save_shift(
            shift=Shift(
                name=name, names={"zh-hans": chinese}, weekdays=days, from_time=time(begins), to_time=time(ends)
            ),
            actor=actor,
        )
        for name, chinese, days, begins, ends in SHIFTS
    ]
    editors = Holding.objects.filter(ended_on=None, position__code="photo-editor").order_by("-person_id")
    people = list(editors.filter(person__journeys=None).values_list("person_id", flat=True)[:400])
    last_come = [pk for pk in people[: len(people) // 2] if pk not in {person.pk for person in cast.values()}]
    in_programmes = list(editors.exclude(person__journeys=None).values_list("person_id", flat=True)[:200])
    for shift, works in zip(shifts, (last_come[::2], last_come[1::2], in_programmes), strict=True):
        sessions.put_on_shift(shift=shift, person_ids=works, actor=actor)
    nights = [pk for pk in people[len(people) // 2 :] if pk not in {person.pk for person in cast.values()}][:4]
    ids = Person.objects.get_queryset().filter(pk__in=nights).order_by("pk").values_list("employee_id", flat=True)
    rows = [f"{employee_id},Weekend nights,六日,22:00,06:00" for employee_id in ids]
    head = "工号,班次,工作日,上班时间,下班时间"
    run = bring(content="\n".join([head, *rows]).encode(), file_name="roster-march.csv", actor=actor)
    apply(run=run, actor=actor)


def _talk(
    host: Person,
    name: tuple[str, str],
    room: Room,
    day: date,
    places: int,
    colleagues: Sequence[Person],
    actor: Person,
) -> None:
    starts = clock.at_time(workday(day), 12, 15)
    planned = [PlannedSession("", starts, starts + timedelta(minutes=45), (host,), room=room)]
    outcome = sessions.open_event(
        name=name[0],
        names={"zh-hans": name[1]},
        planned=planned,
        places=places,
        days_before=0,
        because="Two teams share the hour",
        actor=actor,
    )
    for person in colleagues[: min(places + 3, len(colleagues)) if places < 10 else 7]:
        sessions.book(session=outcome.sessions[0], person=person, actor=person)


def _wait_for_a_run(colleagues: Sequence[Person], until: date) -> None:
    """A run that is full, with people waiting for a place."""
    coming = Offering.objects.filter(starts_on__gte=until, course__kind="soft").order_by("starts_on", "id").first()
    if coming is None:
        return
    taken = coming.enrolments.filter(withdrawn_at=None).count()
    learning.change_offering(
        offering=coming,
        name=coming.name,
        places=taken + 2,
        book_until=coming.starts_on,
        teachers=list(coming.teachers.all()),
        actor=colleagues[0],
    )
    for person in colleagues[:5]:
        learning.take_place(offering=coming, person=person, actor=person)


def _insist(until: date, actor: Person) -> None:
    """One more session in a room that is taken, kept because the academy says why."""
    ahead = Session.objects.filter(
        room__isnull=False, starts_at__gt=clock.at_time(until, 23), places=None, cancelled_at=None, makes_up=None
    )
    taken = ahead.select_related("series", "room").order_by("starts_at", "id").first()
    if taken is None:
        return
    planned = PlannedSession("Rehearsal for the graduation", taken.starts_at, taken.ends_at, (actor,), room=taken.room)
    series = sessions.open_series(
        name="Graduation rehearsal", names={"zh-hans": "结业典礼彩排"}, kind="event", actor=actor
    )
    sessions.plan(series=series, planned=[planned], because="The partition can be closed that day", actor=actor)
