from django.http import HttpResponse
from django.shortcuts import render

from trellis.domains.people.asking import Asked
from trellis.kit.access import signed_in
from trellis.surfaces.web import home as at_home
from trellis.surfaces.web.find import find as find_named
from trellis.surfaces.web.first_steps import first_steps
from trellis.surfaces.web.navigation import by_whose, places_of
from trellis.surfaces.web.team import led_by


@signed_in
def home(request: Asked) -> HttpResponse:
    """One next step, and what is around it."""
    person = request.user
    registers = at_home.registers_to_mark(person)
    journey = at_home.journey_under_way(person)
    coming = at_home.coming_sessions(person)
    results = at_home.results_to_record(person)
    reviews, beginning = at_home.reviews_waiting(person), first_steps(person)
    is_free = not (journey or registers or reviews or results)
    waiting = at_home.place_waited_for(person) if is_free else None
    post = at_home.post_ahead(person) if is_free else None
    page = {
        "step": at_home.next_step(
            registers,
            journey,
            coming,
            reviews=reviews,
            results=results,
            beginning=beginning,
            waiting=waiting,
            post=post,
        ),
        "beginning": beginning,
        "coming": coming,
        "people": at_home.my_people(person),
        "tiles": at_home.office(person, registers, reviews, results),
        "notices": at_home.news(person),
    }
    return render(request, "web/home.html", page)


@signed_in
def more(request: Asked) -> HttpResponse:
    """Everything this person may go to, for phones and for those who look around."""
    leads = led_by(request.user).exists()
    places = (place for place in places_of(request.user) if place.href != "/team/" or leads)
    return render(request, "web/more.html", {"groups": by_whose(places).items()})


@signed_in
def find(request: Asked) -> HttpResponse:
    """What is called so; the dialog takes only the answers."""
    words = request.GET.get("q", "").strip()[:100]
    part = "#answers" if request.headers.get("HX-Request") else ""
    return render(request, f"web/find.html{part}", {"words": words, "groups": find_named(words, request.user)})
