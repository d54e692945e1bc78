from django.urls import path

from trellis.kit.ui import views

app_name = "ui"
urlpatterns = [
    path("preferences/language/", views.set_language, name="language"),
    path("preferences/theme/", views.set_theme, name="theme"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
