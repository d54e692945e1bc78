from django.urls import path

from trellis.kit.journal import views

app_name = "journal"
urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/try-anew/", views.try_anew, name="try-anew"),
]
