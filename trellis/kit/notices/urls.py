from django.urls import path

from trellis.kit.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read_all, name="read-all"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/<int:notice_id>/open/", views.open_notice, name="open"),
]
