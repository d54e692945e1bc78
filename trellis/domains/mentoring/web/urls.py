from django.urls import path

from trellis.domains.mentoring.web import views

app_name = "mentoring"
urlpatterns = [
    path("mentorship-days/", views.days, name="days"),
    path("mentorship-days/everybody/", views.everybody, name="everybody"),
    path("positions/<slug:code>/mentorship-days/new/", views.plan, name="plan"),
    path("mentorship-days/<int:pk>/", views.day, name="day"),
    path("mentorship-days/<int:pk>/cancel/", views.cancel, name="cancel"),
]
