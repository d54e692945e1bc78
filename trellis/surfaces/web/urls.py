from django.urls import path

from trellis.surfaces.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("more/", views.more, name="more"),
    path("find/", views.find, name="find"),
]
