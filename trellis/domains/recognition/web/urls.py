from django.urls import path

from trellis.domains.recognition.web import payroll, views

app_name = "recognition"
urlpatterns = [
    path("bonuses/", views.bonuses, name="bonuses"),
    path("bonuses.csv", views.bonuses_csv, name="bonuses_csv"),
    path("bonuses.xlsx", views.bonuses_xlsx, name="bonuses_xlsx"),
    path("bonuses/lists/", payroll.lists, name="lists"),
    path("bonuses/lists/make/", payroll.make, name="make_list"),
    path("bonuses/lists/<int:number>/", payroll.one_list, name="list"),
    path("bonuses/lists/<int:number>.csv", payroll.list_csv, name="list_csv"),
    path("bonuses/lists/<int:number>.xlsx", payroll.list_xlsx, name="list_xlsx"),
    path("bonuses/lists/<int:number>/paid/", payroll.paid, name="list_paid"),
    path("bonuses/lists/<int:number>/lines/<int:line_id>/returned/", payroll.returned, name="line_returned"),
    path("bonuses/<int:transfer_id>/reverse/", views.reverse, name="reverse"),
]
