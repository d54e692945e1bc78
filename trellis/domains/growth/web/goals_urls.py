from django.urls import path

from trellis.domains.growth.web import checking, finding, goals, key_results

urlpatterns = [
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.new_goal, name="new-goal"),
    path("goals/first/", checking.first, name="first-goal"),
    path("goals/check-in/", checking.check_in, name="check-in"),
    path("goals/find/", finding.begin, name="find"),
    path("goals/find/leave/", finding.leave, name="find-leave"),
    path("goals/find/forget/", finding.forget, name="find-forget"),
    path("goals/find/card/", finding.to_card, name="find-card"),
    *(path(f"goals/find/{step}/", view, {"step": step}, name=f"find-{step}") for step, view in finding.VIEWS.items()),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/edit/", goals.edit_goal, name="edit-goal"),
    *(path(f"goals/<int:pk>/{what}/", goals.becomes, {"what": what}, name=f"goal-{what}") for what in goals.BECOMES),
    path("goals/<int:pk>/example/", goals.example, name="goal-example"),
    path("goals/<int:pk>/objectives/new/", key_results.new_objective, name="new-objective"),
    path("objectives/<int:pk>/edit/", key_results.edit_objective, name="edit-objective"),
    path("objectives/<int:pk>/drop/", key_results.drop_objective, name="drop-objective"),
    path("objectives/<int:pk>/key-results/new/", key_results.new_key_result, name="new-key-result"),
    path("key-results/<int:pk>/", key_results.key_result, name="key-result"),
    path("key-results/<int:pk>/edit/", key_results.edit_key_result, name="edit-key-result"),
    path("key-results/<int:pk>/drop/", key_results.drop_key_result, name="drop-key-result"),
    path("key-results/<int:pk>/cards/", key_results.add_card, name="key-result-card"),
]
