from django.urls import path

from trellis.domains.programmes.web import cohorts, definitions, journeys, offers, reviews

app_name = "programmes"
urlpatterns = [
    path("programmes/", offers.programmes, name="programmes"),
    path("programmes/definitions/", definitions.definitions, name="definitions"),
    path("programmes/definitions/courses.yaml", definitions.courses_yaml, name="courses_yaml"),
    path("programmes/<slug:code>/", offers.programme, name="programme"),
    path("programmes/<slug:code>/join/", offers.join, name="join"),
    path("programmes/<slug:code>.yaml", definitions.definition, name="definition"),
    path("journeys/", journeys.journeys, name="journeys"),
    path("journeys/<int:journey_id>/", journeys.journey, name="journey"),
    path("journeys/<int:journey_id>/leave/", journeys.leave, name="leave"),
    path("journeys/<int:journey_id>/ask/", journeys.ask_review, name="ask_review"),
    path("journeys/<int:journey_id>/waive/", reviews.waive, name="waive"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<int:review_id>/", reviews.review, name="review"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/new/", cohorts.new_cohort, name="new_cohort"),
    path("cohorts/<int:cohort_id>/", cohorts.cohort, name="cohort"),
]
