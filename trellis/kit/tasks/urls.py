from django.urls import path

from trellis.kit.tasks import views

app_name = "tasks"
urlpatterns = [
    path("jobs/<int:job_id>/", views.job, name="job"),
]
