from django.urls import path

from trellis.domains.mentoring.web import meetings, minutes

paths = [
    path("meetings/", meetings.mine, name="meetings"),
    path("meetings/new/", meetings.new, name="new_meeting"),
    path("meetings/<int:pk>/", minutes.meeting, name="meeting"),
    path("meetings/<int:pk>/move/", meetings.move, name="move_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/notes/", minutes.notes, name="notes"),
    path("meetings/<int:pk>/my-note/", minutes.note, name="note"),
    path("meetings/<int:pk>/topics/", minutes.add_topic, name="add_topic"),
    path("meetings/<int:pk>/actions/", minutes.take_on, name="take_on"),
    path("meetings/<int:pk>/afterwards/", minutes.afterword, name="afterword"),
    path("meeting-topics/<int:pk>/remove/", minutes.remove_topic, name="remove_topic"),
    path("meeting-actions/<int:pk>/tick/", minutes.tick, name="tick"),
    path("meeting-actions/<int:pk>/drop/", minutes.drop, name="drop_action"),
    path("mentorships/<int:pk>/meetings/new/", meetings.plan, name="plan_meeting"),
    path("mentorships/<int:pk>/times/", meetings.times, name="times"),
]
