from django.urls import path

from trellis.domains.growth.web import offers

urlpatterns = [
    path("development-offers/", offers.mine, name="development-offers"),
    path("people/<int:person_id>/development-offers/new/", offers.new, name="new-development-offer"),
    path("development-offers/<int:pk>/take/", offers.take_up, name="take-up-offer"),
    path("development-offers/<int:pk>/put-away/", offers.put_away, name="put-offer-away"),
    path("development-offers/<int:pk>/withdraw/", offers.withdraw, name="withdraw-development-offer"),
]
