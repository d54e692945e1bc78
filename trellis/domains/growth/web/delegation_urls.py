"""The addresses of delegation boards."""

from django.urls import path

from trellis.domains.growth.web import delegation

urlpatterns = [
    path("decisions/", delegation.decisions, name="decisions"),
    path("units/<int:unit_id>/decisions/", delegation.team, name="team_decisions"),
    path("units/<int:unit_id>/decisions.csv", delegation.team_csv, name="team_decisions_csv"),
    path("units/<int:unit_id>/decisions/open/", delegation.show_to_all, name="show_decisions"),
    path("decisions/<int:pk>/", delegation.decision, name="decision"),
    path("decisions/<int:pk>/count/", delegation.count, name="decision_count"),
    path("decisions/<int:pk>/round/", delegation.open_round, name="open_round"),
    path("decisions/<int:pk>/choose/", delegation.choose, name="choose_level"),
    path("decisions/<int:pk>/reveal/", delegation.reveal, name="reveal_round"),
    path("decisions/<int:pk>/explain/", delegation.explain, name="explain_choice"),
    path("decisions/<int:pk>/agree/", delegation.agree, name="agree_level"),
    path("decisions/<int:pk>/drop/", delegation.drop, name="drop_decision"),
]
