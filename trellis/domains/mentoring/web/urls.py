from django.urls import path

from trellis.domains.mentoring.web import offers, plans, views
from trellis.domains.mentoring.web.meeting_urls import paths as meetings
from trellis.domains.mentoring.web.mentors_urls import paths as mentors

app_name = "mentoring"
urlpatterns = [
    *meetings,
    *mentors,
    path("mentorship-days/", views.days, name="days"),
    path("mentorship-days/everybody/", views.everybody, name="everybody"),
    path("positions/<slug:code>/mentorship-days/new/", views.plan, name="plan"),
    path("mentorship-days/<int:pk>/", views.day, name="day"),
    path("mentorship-days/<int:pk>/sign/", views.sign, name="sign"),
    path("mentorship-days/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("mentorship-days/offers/", offers.offers, name="offers"),
    path("mentorship-days/offers/<int:pk>/withdraw/", offers.withdraw, name="withdraw"),
    path("mentorship-days/offered/", offers.offered, name="offered"),
    path("people/<int:person_id>/away/", offers.away, name="away"),
    path("people/<int:person_id>/away/<int:pk>/back/", offers.back, name="back"),
    path("mentorship-days/plans/", plans.plans, name="plans"),
    path("mentorship-days/plans/<int:pk>/", plans.proposal, name="proposal"),
    path("mentorship-days/plans/<int:pk>/people/<int:learner_id>/", plans.person, name="proposed_person"),
    path("mentorship-days/plans/<int:pk>/apply/", plans.apply, name="apply"),
    path("mentorship-days/plans/<int:pk>/drop/", plans.drop, name="drop"),
    path("mentorship-days/plans/<int:pk>/take-back/", plans.undo, name="take_back"),
    path("people/<int:person_id>/replacements/", plans.replace, name="replace"),
]
