from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.kit import clock
from trellis.kit.prepared import prepared
from trellis.kit.text import DataPolicy, Described, Erasure, Named


class Unit(Named):
    """A department or team. `path` holds the ids from the root down, `/1/5/22/`, so a whole branch is one prefix."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Structure of the company.")

    code = models.CharField(_("code"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    path = models.CharField(max_length=400, db_index=True, default="", editable=False)
    head = models.ForeignKey(
        "Person", models.SET_NULL, null=True, blank=True, related_name="heads", verbose_name=_("head")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(parent=models.F("id")), name="unit_not_its_own_parent")]


class Position(Described):
    """A kind of post, held by people: photo editor, team leader."""

    data_policy = DataPolicy(Erasure.KEPT, None, "Structure of the company.")

    code = models.SlugField(_("code"), max_length=120, unique=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["name"]


def on_day(day: date | models.OuterRef, at: str = "") -> Q:
    """The condition that a holding or an employment covers the day; `at`: the way to it, as `person__holdings__`."""
    open_or_later = Q(**{f"{at}ended_on": None}) | Q(**{f"{at}ended_on__gte": day})
    return Q(**{f"{at}began_on__lte": day}) & open_or_later


class PersonQuerySet(models.QuerySet["Person"]):
    def here(self, on: date | None = None) -> PersonQuerySet:
        """Those employed on the day (today when not said)."""
        employed = Employment.objects.filter(on_day(on or clock.today()), person=models.OuterRef("pk"))
        return self.filter(models.Exists(employed))

    def gone(self) -> PersonQuerySet:
        """Those whose last day lies behind them, and who are not expected back on a day known already."""
        ended = self.filter(employments__ended_on__lt=clock.today()).exclude(employments__began_on__gt=clock.today())
        return ended.exclude(pk__in=Person.objects.here().values("pk"))

    def acting_as(self, *roles: str) -> PersonQuerySet:
        """Those to whom one of the roles is granted today, for whatever unit."""
        return self.filter(pk__in=RoleGrant.objects.in_force().filter(role__in=roles).values("person_id"))


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def here(self, on: date | None = None) -> PersonQuerySet:
        return self.get_queryset().here(on)

    def gone(self) -> PersonQuerySet:
        return self.get_queryset().gone()

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody the academy knows; who has an e-mail address can be invited to sign in."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Name, address and sign-in go; the anonymous history stays.")

    employee_id = models.CharField(_("employee id"), max_length=60, unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("manager")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["employee_id", "name"]

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def grants(self) -> list[RoleGrant]:
        """The roles in force today."""
        return list(RoleGrant.objects.in_force().filter(person=self).select_related("unit"))

    @cached_property
    def reaches(self) -> list[tuple[str, str | None]]:
        """Each role in force today, and `head`, with the path of its unit (None: the whole company); one statement."""
        return _reaches(self.pk, clock.today())

    @property
    def headed_paths(self) -> list[str]:
        """Paths of the units this person heads."""
        return [path for role, path in self.reaches if role == "head" and path]

    def acts_as(self, *roles: str) -> bool:
        """Whether any of the roles is granted, for whatever unit."""
        return any(role in roles for role, _path in self.reaches)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Asked of the predicates in each domain's access.py."""
        import rules

        return bool(self.is_active and rules.has_perm(perm, self, obj))

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Employment(models.Model):
    """From joining to leaving; somebody who comes back has two."""

    data_policy = DataPolicy(Erasure.ANONYMISED, None, "Retention is counted from it.", clears=("leaving_reason",))

    class Leaving(models.TextChoices):
        VOLUNTARY = "voluntary", _("of their own will")
        INVOLUNTARY = "involuntary", _("by the company")
        CONTRACT_END = "contract_end", _("contract ended")
        RETIREMENT = "retirement", _("retired")
        OTHER = "other", _("other")

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments", verbose_name=_("person"))
    began_on = models.DateField(_("joined on"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    leaving = models.CharField(_("kind of leaving"), max_length=20, choices=Leaving, blank=True)
    leaving_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["began_on"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_on=None), name="employment_one_open"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("began_on")), name="employment_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.began_on} - {self.ended_on or ''}"


class Holding(models.Model):
    """A person in a position and a unit, from a day to a day (the last one included)."""

    data_policy = DataPolicy(
        Erasure.ANONYMISED, None, "Careers are told from it, and who held a position when.", clears=("reason",)
    )

    class Began(models.TextChoices):
        JOINED = "joined", _("joined")
        MOVED = "moved", _("moved")
        PROMOTED = "promoted", _("promoted")

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings", verbose_name=_("person"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="holdings", verbose_name=_("position"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="holdings", verbose_name=_("unit"))
    began_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    began = models.CharField(_("how it began"), max_length=10, choices=Began)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["began_on"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_on=None), name="holding_one_open"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("began_on")), name="holding_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["position", "began_on"], name="holding_by_position")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.position_id} from {self.began_on}"


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, on: date | None = None) -> RoleGrantQuerySet:
        day = on or clock.today()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), began_on__lte=day)


@prepared
def _reaches(person: int, on: date) -> models.QuerySet[Any, tuple[str, str | None]]:
    granted = RoleGrant.objects.in_force(on).filter(person=person).order_by().values_list("role", "unit__path")
    headed = Unit.objects.filter(head=person, closed_on=None).order_by().values_list(models.Value("head"), "path")
    return granted.union(headed, all=True)


class RoleGrant(models.Model):
    """That a person may act in a role, for a unit and all below it, or for the whole company."""

    data_policy = DataPolicy(Erasure.DELETED, None, "Who may do what; past grants are in the journal.")

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        TEACHER = "teacher", _("teacher")
        ACADEMY = "academy", _("academy staff")
        HR = "hr", _("HR")
        LEADER = "leader", _("leader")
        ADMINISTRATOR = "administrator", _("administrator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("for the unit")
    )
    began_on = models.DateField(_("from"), default=clock.today)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by"))

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            # Two, because SQLite takes no constraint in which nulls are equal.
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=Q(ended_on=None), name="role_granted_once"
            ),
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(ended_on=None, unit=None), name="role_granted_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"


class Invitation(models.Model):
    """A letter with a private link by which a person sets the first password. Only the link's hash is kept."""

    data_policy = DataPolicy(Erasure.DELETED, 90, "Useless once answered or out of date.", counted_from="sent_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"
