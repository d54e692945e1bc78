from django.urls import path

from trellis.surfaces.web import competencies, people, positions, team, transcript, views
from trellis.surfaces.web.calendar import views as days
from trellis.surfaces.web.funnel import views as funnel
from trellis.surfaces.web.today import views as office

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", office.today, name="today"),
    path("funnel/", funnel.funnel, name="funnel"),
    path("funnel.csv", funnel.as_csv, name="funnel_csv"),
    path("funnel.xlsx", funnel.as_xlsx, name="funnel_xlsx"),
    path("team/", team.team, name="team"),
    path("team/offers/", team.offers, name="team_offers"),
    path("team/mandatory/", team.mandatory, name="team_mandatory"),
    path("more/", views.more, name="more"),
    path("find/", views.find, name="find"),
    path("positions/<slug:code>/", positions.position, name="position"),
    path("competencies/<slug:code>/", competencies.competency, name="competency"),
    path("sessions/calendar/", days.calendar, name="calendar"),
    path("me/", people.me, name="me"),
    path("me/everything.json", people.about_me, name="about_me"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("transcript/", transcript.mine, name="my_transcript"),
    path("people/<int:person_id>/transcript/", transcript.transcript, name="transcript"),
    path("people/<int:person_id>/transcript.pdf", transcript.pdf, name="transcript_pdf"),
]
