"""Who asks, for the type checker: the marks of `kit.access` let only persons who are signed in come so far."""

from django.http import HttpRequest

from trellis.domains.people.models import Person


class Asked(HttpRequest):
    """The request of a person who is signed in.

    A view may say whose the page is (an id): the navigation then puts what is somebody else's under the people.
    """

    user: Person
    whose: int
