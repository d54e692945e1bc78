"""Letters by which people come in: each with a private link that sets a first password, once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from trellis.domains.people.events import InvitationAccepted, Invited
from trellis.domains.people.models import Invitation, Person, PersonQuerySet
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.notices.post import language_of, letter

DAYS_OPEN = 14


@dataclass(frozen=True)
class InviteOutcome:
    """Whether a letter went; `reason` says why not: `no_email`, `not_here`, `signs_in_already`."""

    sent: bool
    reason: str = ""


def hash_of(token: str) -> str:
    """What is kept of a link: who reads the database cannot answer it."""
    return hashlib.sha256(token.encode()).hexdigest()


def without_sign_in(people: PersonQuerySet) -> PersonQuerySet:
    """Those employed today who have an address and never set a password."""
    return people.here().filter(email__isnull=False, is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def may_be_invited(person: Person) -> InviteOutcome:
    """Whether a letter can go, and why not."""
    if not person.email:
        return InviteOutcome(False, "no_email")
    if person.has_usable_password():
        return InviteOutcome(False, "signs_in_already")
    if not person.is_active or not Person.objects.here().filter(pk=person.pk).exists():
        return InviteOutcome(False, "not_here")
    return InviteOutcome(True)


@transaction.atomic
def invite(*, person: Person, actor: Person | None) -> InviteOutcome:
    """Send the letter in the person's language. An earlier link stops working, so that one is open at a time.

    The mail leaves within the transaction: when it cannot, no invitation stands.
    """
    outcome = may_be_invited(person)
    if not outcome.sent:
        return outcome
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(person=person, accepted_at=None).delete()
    Invitation.objects.create(
        person=person,
        token_hash=hash_of(token),
        sent_at=clock.now(),
        sent_by=actor,
        expires_at=clock.now() + timedelta(days=DAYS_OPEN),
    )
    announce(Invited(person=person.pk), actor=actor)
    with translation.override(language_of(person)):
        subject = _("Your way into the academy of %(company)s") % {"company": settings.COMPANY}
        context = {"name": person.name, "link": f"{settings.SITE_URL}/invitations/{token}/", "days": DAYS_OPEN}
        letter(to=person.email or "", subject=subject, template="people/invitation_mail", context=context).send()
    return outcome


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, while it can be answered: who has a password by now needs no first one."""
    return (
        Invitation.objects.filter(token_hash=hash_of(token), accepted_at=None, expires_at__gt=clock.now())
        .filter(person__is_active=True, person__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .select_related("person")
        .first()
    )


@transaction.atomic
def accept(*, invitation: Invitation, password: str) -> bool:
    """Set the first password; False when the link was answered meanwhile."""
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=clock.now()):
        return False
    person = invitation.person
    person.set_password(password)
    person.save(update_fields=["password"])
    announce(InvitationAccepted(person=person.pk), actor=person)
    return True
