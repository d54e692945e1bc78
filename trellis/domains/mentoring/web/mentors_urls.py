from django.urls import path

from trellis.domains.mentoring.web import finder, mentors, supply

paths = [
    path("mentors/", mentors.mentors, name="mentors"),
    path("mentors/find/", finder.find, name="find"),
    path("mentors/willing/", finder.willing, name="willing"),
    path("mentors/willing/rest/", finder.rest, name="rest"),
    path("mentors/supply/", supply.supply, name="supply"),
    path("mentors/supply.csv", supply.supply_csv, name="supply_csv"),
    path("mentors/<int:person_id>/", finder.ask, name="ask"),
    path("mentorships/<int:pk>/", mentors.mentorship, name="mentorship"),
    path("mentorships/<int:pk>/answer/", mentors.answer, name="answer"),
    path("mentorships/<int:pk>/take-back/", mentors.take_back, name="take_back_question"),
    path("mentorships/<int:pk>/end/", mentors.end, name="end"),
]
