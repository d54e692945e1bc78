from django.urls import path

from trellis.domains.sessions.web import changes, check_in, planning, register, views

app_name = "sessions"
urlpatterns = [
    path("sessions/", views.agenda, name="agenda"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/register/", register.register, name="register"),
    path("sessions/<int:pk>/edit/", changes.move, name="move"),
    path("sessions/<int:pk>/following/", planning.following, name="following"),
    path("sessions/<int:pk>/cancel/", changes.cancel, name="cancel"),
    path("sessions/<int:pk>/make-up/", planning.make_up, name="make_up"),
    path("sessions/<int:pk>/check-in/", check_in.board, name="check_in"),
    path("check-in/", check_in.enter_code, name="enter_code"),
    path("series/<int:pk>/", views.series, name="series"),
    path("series/<int:pk>/sessions/new/", planning.new_session, name="new_session"),
    path("people/<int:pk>/attendance/", views.attendance, name="attendance"),
]
