from django.urls import path

from trellis.domains.opportunities.web import views

app_name = "opportunities"
urlpatterns = [
    path("openings/", views.openings, name="openings"),
    path("openings/new/", views.new_opening, name="new_opening"),
    path("openings/<int:opening_id>/", views.opening, name="opening"),
    path("openings/<int:opening_id>/close/", views.close, name="close"),
    path("openings/<int:opening_id>/put-forward/", views.put_forward, name="put_forward"),
    path("openings/<int:opening_id>/withdraw/", views.withdraw, name="withdraw"),
    path("pool/", views.pool, name="pool"),
]
