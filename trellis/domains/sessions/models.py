from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trellis.kit import clock
from trellis.kit.text import DataPolicy, Erasure, Named


class Series(Named):
    """Sessions that belong together, and the people who are expected at each of them."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person.")

    class Kind(models.TextChoices):
        CLASSES = "classes", _("classes")
        MENTORSHIP = "mentorship", _("mentorship days")
        EVENT = "event", _("event")
        MENTORING = "mentoring", _("mentor meeting")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CLASSES)

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "series"

    @property
    def is_private(self) -> bool:
        """Whether nobody but its members is told of its sessions: a meeting of mentor and mentee has no register,
        counts nowhere, and others learn at most that somebody is busy."""
        return self.kind == Series.Kind.MENTORING


class Member(models.Model):
    """Somebody expected at the sessions of a series, from joining until withdrawing."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Attendance is counted over it.")

    series = models.ForeignKey(Series, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["series", "person"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.series_id}"


class Room(Named):
    """Where sessions take place. One that is retired keeps what took place in it, and takes nothing new."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person.")

    site = models.CharField(_("site"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("places for people"))
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    retired_on = models.DateField(_("out of use since"), null=True, blank=True)

    class Meta:
        ordering = ["site", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="room_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="room_holds_somebody"),
        ]

    def __str__(self) -> str:
        name = super().__str__()
        return f"{name}, {self.site}" if self.site else name


class SessionQuerySet(models.QuerySet["Session"]):
    """Chains of conditions."""

    def not_private(self) -> SessionQuerySet:
        """Those that may be listed to others than their members."""
        return self.exclude(series__kind=Series.Kind.MENTORING)


class Session(models.Model):
    """One meeting: from when to when, where, with which hosts."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person beyond its hosts.")

    series = models.ForeignKey(Series, models.CASCADE, related_name="sessions", verbose_name=_("series"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), blank=True)
    hosts: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="hosted_sessions", verbose_name=_("hosts"), blank=True
    )
    makes_up = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="make_ups", verbose_name=_("make-up for")
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("reason"), max_length=300, blank=True)
    places = models.PositiveIntegerField(_("places to book"), null=True, blank=True)
    book_until = models.DateTimeField(_("book until"), null=True, blank=True)
    kept_because = models.CharField(_("reason, in spite of a clash"), max_length=300, blank=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0, help_text="How often it was moved, changed or cancelled.")
    changed_at = models.DateTimeField(default=clock.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start")
        ]
        indexes = [models.Index(fields=["starts_at"], name="session_by_start")]

    def __str__(self) -> str:
        if self.title:
            return self.title
        if self.series.kind == Series.Kind.MENTORSHIP:
            return gettext("Mentorship day: %(position)s") % {"position": self.series}
        if self.series.is_private:
            return gettext("Mentor meeting")
        return str(self.series)

    @property
    def where(self) -> str:
        """The room and what is said of the place beside it; load the room with the session."""
        return ", ".join(filter(None, [str(self.room) if self.room else "", self.place]))


class Change(models.Model):
    """What became of a session after it was scheduled: once moved or changed, or cancelled. One row a revision."""

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "Tells why attendance counts as it does.", clears=("reason",), about=("changed_by",)
    )

    class Kind(models.TextChoices):
        MOVED = "moved", pgettext_lazy("of a session", "moved")
        CANCELLED = "cancelled", _("cancelled")

    session = models.ForeignKey(Session, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(help_text="Start, end, place, link, title and ids of hosts as they were.")
    after = models.JSONField(help_text="The same, since.")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["session", "revision"], name="change_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind} ({self.revision})"


class CheckIn(models.Model):
    """Marking by a code shown in the room. Whoever opened it attests for those who enter the code."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Tells who attested the marks that came by code.")

    session = models.OneToOneField(Session, models.CASCADE, related_name="check_in")
    secret = models.CharField(max_length=64)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["opened_at"], condition=Q(closed_at=None), name="check_in_open")]

    def __str__(self) -> str:
        return f"check-in of {self.session_id}"


class WrongCode(models.Model):
    """Somebody entered a code that was none: counted, so that codes cannot be guessed."""

    data_policy = DataPolicy(Erasure.DELETED, 1, "Only counts attempts within some minutes.", counted_from="at")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="wrong_code_of")]

    def __str__(self) -> str:
        return f"by {self.person_id}"


class Mark(models.Model):
    """One fact of a register. Never edited: a correction replaces it and says why."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.", clears=("reason",))

    class Value(models.TextChoices):
        PRESENT = "present", _("Present")
        LATE = "late", _("Late")
        ABSENT = "absent", _("Absent")
        EXCUSED = "excused", _("Excused")

    class Way(models.TextChoices):
        REGISTER = "register", _("by the register")
        CODE = "code", _("by the code in the room")

    session = models.ForeignKey(Session, models.CASCADE, related_name="marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks")
    value = models.CharField(max_length=10, choices=Value)
    minutes = models.PositiveIntegerField(null=True, help_text="Time really spent, where that counts.")
    way = models.CharField(max_length=10, choices=Way, default=Way.REGISTER)
    marked_at = models.DateTimeField(default=clock.now)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(is_current=True), name="mark_one_current"
            ),
            models.CheckConstraint(condition=~Q(person=models.F("marked_by")), name="mark_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.value} of {self.person_id} in {self.session_id}"


class Booking(models.Model):
    """A place in a session that people book themselves, or somebody's turn in the queue for one."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Says who was expected at a session.")

    session = models.ForeignKey(Session, models.CASCADE, related_name="bookings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bookings")
    is_waiting = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], condition=Q(ended_at=None), name="booking_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.session_id}"


class Shift(Named):
    """When people work: on which days of the week, from when to when. One that ends before it begins ends next day."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person.")

    weekdays = models.CharField(_("weekdays"), max_length=7, help_text="Monday is 1: `12345`.")
    from_time = models.TimeField(_("from"))
    to_time = models.TimeField(_("to"))

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["name"], name="shift_once")]


class OnShift(models.Model):
    """That somebody works a shift, from a day to a day (the last one included)."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Only warns who plans sessions.")

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts")
    began_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["began_on", "id"]
        verbose_name_plural = "people on shifts"
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(ended_on=None), name="on_shift_one_open")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.shift_id}"
