"""Signing in is allauth's; whose request it is, is looked up by SQL written once."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from trellis.domains.people.models import Person
from trellis.kit.prepared import prepared


class Backend(AuthenticationBackend):
    """The backend of AUTHENTICATION_BACKENDS."""

    def get_user(self, user_id: int) -> Person | None:
        person = next(iter(_person(user_id)), None)
        return person if person and self.user_can_authenticate(person) else None


@prepared
def _person(pk: int) -> QuerySet[Person]:
    return Person.objects.get_queryset().filter(pk=pk)
