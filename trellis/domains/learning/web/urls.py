from django.urls import path

from trellis.domains.learning.web import courses, offerings, results

app_name = "learning"
urlpatterns = [
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses.new_course, name="new_course"),
    path("courses/<slug:code>/", courses.course, name="course"),
    path("courses/<slug:code>/edit/", courses.edit_course, name="edit_course"),
    path("courses/<slug:code>/offerings/new/", courses.new_offering, name="new_offering"),
    path("offerings/<int:pk>/", offerings.offering, name="offering"),
    path("offerings/<int:pk>/join/", offerings.join, name="join"),
    path("offerings/<int:pk>/leave/", offerings.leave, name="leave"),
    path("offerings/<int:pk>/people/", offerings.enrol, name="enrol"),
    path("offerings/<int:pk>/people/<int:person>/withdraw/", offerings.withdraw, name="withdraw"),
    path("offerings/<int:pk>/results/", results.results, name="results"),
]
