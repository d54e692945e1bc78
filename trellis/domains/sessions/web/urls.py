from django.urls import path

from trellis.domains.sessions.web import booking, changes, check_in, planning, register, rooms, shifts, views

app_name = "sessions"
urlpatterns = [
    path("sessions/", views.agenda, name="agenda"),
    path("sessions/open/", booking.open_sessions, name="open"),
    path("sessions/events/new/", booking.new_event, name="new_event"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/book/", booking.book, name="book"),
    path("sessions/<int:pk>/give-back/", booking.give_back, name="give_back"),
    path("sessions/<int:pk>/bookings/", booking.bookings, name="bookings"),
    path("sessions/<int:pk>/register/", register.register, name="register"),
    path("sessions/<int:pk>/edit/", changes.move, name="move"),
    path("sessions/<int:pk>/following/", planning.following, name="following"),
    path("sessions/<int:pk>/cancel/", changes.cancel, name="cancel"),
    path("sessions/<int:pk>/make-up/", planning.make_up, name="make_up"),
    path("sessions/<int:pk>/check-in/", check_in.board, name="check_in"),
    path("sessions/<int:pk>/corrections/", changes.corrections, name="corrections"),
    path("check-in/", check_in.enter_code, name="enter_code"),
    path("series/<int:pk>/", views.series, name="series"),
    path("series/<int:pk>/sessions/new/", planning.new_session, name="new_session"),
    path("rooms/", rooms.rooms, name="rooms"),
    path("rooms/new/", rooms.new_room, name="new_room"),
    path("rooms/<int:pk>/", rooms.room, name="room"),
    path("rooms/<int:pk>/edit/", rooms.edit_room, name="edit_room"),
    path("rooms/<int:pk>/use/", rooms.use_room, name="use_room"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/new/", shifts.new_shift, name="new_shift"),
    path("shifts/<int:pk>/", shifts.shift, name="shift"),
    path("shifts/<int:pk>/people/", shifts.put_on_shift, name="put_on_shift"),
    path("people/<int:pk>/attendance/", views.attendance, name="attendance"),
]
