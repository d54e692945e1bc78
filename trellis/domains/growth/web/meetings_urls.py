from django.urls import path

from trellis.domains.growth.web import from_meetings

urlpatterns = [
    path("meeting-actions/<int:pk>/card/", from_meetings.from_meeting, name="from_meeting"),
]
