"""What stands between an empty academy and its first cohort, for the administrator who begins."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from trellis.domains.people.models import Person, RoleGrant
from trellis.domains.programmes.models import Cohort, Programme


@dataclass(frozen=True)
class FirstStep:
    """One of them, whether it is taken, and where it is taken."""

    key: str
    name: Any
    about: Any
    href: str
    is_done: bool = False


STEPS = (
    FirstStep(
        "people",
        _("Import your people"),
        _("Everybody with department, position and manager, from a file of your HR system."),
        "/imports/people/",
    ),
    FirstStep(
        "roles",
        _("Name who runs the academy"),
        _("On a person’s page, under Roles: academy staff, HR, teachers."),
        "/people/",
    ),
    FirstStep(
        "definitions",
        _("Load your definitions"),
        _("What positions ask, the courses and a programme, in one file."),
        "/programmes/definitions/",
    ),
    FirstStep(
        "cohort",
        _("Open a cohort"),
        _("Its dates and places; the runs of its courses are planned in it, and people join by themselves."),
        "/cohorts/new/",
    ),
    FirstStep(
        "invitations",
        _("Invite everybody"),
        _("Each gets a letter with a private link to their first sign-in."),
        "/people/",
    ),
)


def first_steps(person: Person) -> list[FirstStep]:
    """The steps with what is done of them; none for who is no administrator, or when all are done. One statement."""
    if not person.acts_as(RoleGrant.Role.ADMINISTRATOR):
        return []
    others = Person.objects.get_queryset().exclude(pk=person.pk)
    may_come = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(invitations__isnull=False)
    done = Person.objects.get_queryset().filter(pk=person.pk)
    found = done.values_list(
        Exists(others),
        Exists(RoleGrant.objects.in_force().filter(role=RoleGrant.Role.ACADEMY)),
        Exists(Programme.objects.all()),
        Exists(Cohort.objects.all()),
        Exists(others.filter(may_come)),
    ).get()
    steps = [
        FirstStep(step.key, step.name, step.about, step.href, bool(is_done))
        for step, is_done in zip(STEPS, found, strict=True)
    ]
    return [] if all(step.is_done for step in steps) else steps
