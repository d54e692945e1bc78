from django.urls import path

from trellis.surfaces.exchange import frameworks
from trellis.surfaces.exchange.calendars import views as calendars
from trellis.surfaces.exchange.people_import import views as people
from trellis.surfaces.exchange.shift_import import views as shifts

app_name = "exchange"
urlpatterns = [
    path("imports/", people.imports, name="imports"),
    path("imports/people/", people.upload, name="people"),
    path("imports/people/<int:run_id>/", people.run_page, name="import"),
    path("imports/people/<int:run_id>/columns/", people.columns, name="columns"),
    path("imports/people/<int:run_id>/preview/", people.preview, name="preview"),
    path("imports/people/<int:run_id>/faults.csv", people.faults_csv, name="faults"),
    path("imports/people/<int:run_id>/apply/", people.apply, name="apply"),
    path("imports/people/<int:run_id>/undo/", people.undo, name="undo"),
    path("imports/people/<int:run_id>/discard/", people.discard, name="discard"),
    path("imports/shifts/", shifts.upload, name="shifts"),
    path("imports/shifts/<int:run_id>/", shifts.run_page, name="shift_import"),
    path("imports/shifts/<int:run_id>/faults.csv", shifts.faults_csv, name="shift_faults"),
    path("imports/shifts/<int:run_id>/apply/", shifts.apply, name="apply_shifts"),
    path("imports/shifts/<int:run_id>/undo/", shifts.undo, name="undo_shifts"),
    path("imports/shifts/<int:run_id>/discard/", shifts.discard, name="discard_shifts"),
    path("imports/frameworks/", frameworks.frameworks, name="frameworks"),
    path("me/calendar/", calendars.my_calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendars.feed, name="feed"),
    path("sessions/<int:pk>/session.ics", calendars.one_session, name="session"),
]
