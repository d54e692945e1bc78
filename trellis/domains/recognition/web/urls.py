from django.urls import path

from trellis.domains.recognition.web import views

app_name = "recognition"
urlpatterns = [
    path("bonuses/", views.bonuses, name="bonuses"),
    path("bonuses.csv", views.bonuses_csv, name="bonuses_csv"),
    path("bonuses.xlsx", views.bonuses_xlsx, name="bonuses_xlsx"),
    path("bonuses/<int:transfer_id>/reverse/", views.reverse, name="reverse"),
]
