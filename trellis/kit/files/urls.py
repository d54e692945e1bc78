from django.urls import path

from trellis.kit.files import views

app_name = "files"
urlpatterns = [
    path("files/<str:token>/", views.file, name="file"),
]
