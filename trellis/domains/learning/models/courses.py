from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency, SkillKind
from trellis.domains.learning.rules import Scheme, read_scheme
from trellis.domains.sessions.models import Series
from trellis.kit import clock
from trellis.kit.text import DataPolicy, Described, Erasure


class Course(Described):
    """What can be learned, for how many hours, passed from which mark on."""

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own definitions.")

    code = models.SlugField(_("code"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SkillKind)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, default=0)
    sessions_planned = models.PositiveSmallIntegerField(_("number of sessions"), default=1)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark of 100"), default=70)
    assessed = models.JSONField(_("assessments"), default=dict, blank=True, help_text="As rules.scheme writes it.")
    usual_teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="courses_taught", verbose_name=_("usual teachers"), blank=True
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(pass_mark__lte=100), name="course_pass_mark_of_100")]

    @property
    def scheme(self) -> Scheme:
        """How it is assessed; it was read without fault before it was kept."""
        return read_scheme(self.assessed)[0]


class CourseTeaches(models.Model):
    """Passing the course shows this competency at this level."""

    data_policy = DataPolicy(Erasure.KEPT, None, "The company's own definitions.")

    course = models.ForeignKey(Course, models.CASCADE, related_name="teaches")
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="taught_by")
    level = models.PositiveSmallIntegerField(_("level"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "competency"], name="course_teaches_once")]

    def __str__(self) -> str:
        return f"{self.course_id} teaches {self.competency_id}"


class Offering(models.Model):
    """One run of a course."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Holds nothing about a person.")

    course = models.ForeignKey(Course, models.PROTECT, related_name="offerings", verbose_name=_("course"))
    series = models.OneToOneField(Series, models.PROTECT, related_name="offering")
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    places = models.PositiveIntegerField(_("places"), default=30)
    book_until = models.DateField(_("places can be taken until"), null=True, blank=True)
    teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="offerings_taught", verbose_name=_("teachers"), blank=True
    )
    pass_mark = models.PositiveSmallIntegerField(_("pass mark of 100"))
    assessed = models.JSONField(default=dict, blank=True, help_text="The course's, as it was when the run was opened.")

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="offering_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scheme(self) -> Scheme:
        """How this run is assessed: as the course was on the day it was opened."""
        return read_scheme(self.assessed)[0]


class Enrolment(models.Model):
    """A person in an offering, who put them there and why."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "A certificate rests on it.")

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField(default=clock.now)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way_in = models.CharField(max_length=80, help_text="What enrolled the person: `self`, `programme:next-step`, ...")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "person"], condition=Q(withdrawn_at=None), name="enrolment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.offering_id}"


class InQueue(models.Model):
    """Somebody's turn in the queue for a place in a run; ended by the place or by themselves."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Only orders who comes next.")

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="queue")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waits_for_runs")
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        verbose_name_plural = "in queue"
        constraints = [
            models.UniqueConstraint(fields=["offering", "person"], condition=Q(ended_at=None), name="run_queue_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.offering_id}"
