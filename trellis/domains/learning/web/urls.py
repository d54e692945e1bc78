from django.urls import path

from trellis.domains.learning.web import courses, credits, mandatory, offerings, planning, results

app_name = "learning"
urlpatterns = [
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses.new_course, name="new_course"),
    path("courses/<slug:code>/", courses.course, name="course"),
    path("courses/<slug:code>/edit/", courses.edit_course, name="edit_course"),
    path("courses/<slug:code>/offerings/new/", planning.new_offering, name="new_offering"),
    path("courses/<slug:code>/teachers/", planning.teachers, name="teachers"),
    path("offerings/<int:pk>/", offerings.offering, name="offering"),
    path("offerings/<int:pk>/edit/", planning.edit_offering, name="edit_offering"),
    path("offerings/<int:pk>/join/", offerings.join, name="join"),
    path("offerings/<int:pk>/leave/", offerings.leave, name="leave"),
    path("offerings/<int:pk>/people/", offerings.enrol, name="enrol"),
    path("offerings/<int:pk>/people/<int:person>/withdraw/", offerings.withdraw, name="withdraw"),
    path("offerings/<int:pk>/results/", results.results, name="results"),
    path("offerings/<int:pk>/results/<int:person>/<slug:part>/", results.rubric, name="rubric"),
    path("offerings/<int:pk>/re-sits/new/", results.new_resit, name="new_resit"),
    path("courses/<slug:code>/credit/", credits.ask, name="ask_credit"),
    path("mandatory/", mandatory.mine, name="my_mandatory"),
    path("mandatory/all/", mandatory.everybody, name="all_mandatory"),
    path("mandatory/new/", mandatory.new, name="new_mandatory"),
    path("mandatory/<int:pk>/", mandatory.one, name="mandatory"),
    path("mandatory/<int:pk>.csv", mandatory.one_csv, name="mandatory_csv"),
    path("mandatory/<int:pk>/end/", mandatory.end, name="end_mandatory"),
    path("mandatory/<int:pk>/people/<int:person_id>/", mandatory.person, name="mandatory_person"),
    path("credits/", credits.credits, name="credits"),
    path("credits/new/", credits.grant, name="grant_credit"),
    path("credits/<int:pk>/", credits.credit, name="credit"),
    path("credits/<int:pk>/revoke/", credits.revoke, name="revoke_credit"),
]
