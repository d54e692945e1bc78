from django.urls import path

from trellis.surfaces.exchange import frameworks

app_name = "exchange"
urlpatterns = [
    path("imports/frameworks/", frameworks.frameworks, name="frameworks"),
]
