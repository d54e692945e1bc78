from django.urls import path

from trellis.domains.opportunities.web import filling, pool, stories, views

app_name = "opportunities"
urlpatterns = [
    path("openings/", views.openings, name="openings"),
    path("openings/new/", views.new_opening, name="new_opening"),
    path("openings/passed-over/", filling.passed_over, name="passed_over"),
    path("openings/passed-over.csv", filling.passed_over_csv, name="passed_over_csv"),
    path("openings/<int:opening_id>/", views.opening, name="opening"),
    path("openings/<int:opening_id>/close/", views.close, name="close"),
    path("openings/<int:opening_id>/put-forward/", views.put_forward, name="put_forward"),
    path("openings/<int:opening_id>/withdraw/", views.withdraw, name="withdraw"),
    path("openings/<int:opening_id>/interviews/", filling.interviews, name="interviews"),
    path("openings/<int:opening_id>/interviews/<int:person_id>/invite/", filling.invite, name="invite"),
    path("openings/<int:opening_id>/interviews/<int:person_id>/outcome/", filling.outcome, name="outcome"),
    path("openings/<int:opening_id>/choose/<int:person_id>/", filling.choose, name="choose"),
    path("pool/", pool.pool, name="pool"),
    path("pool.csv", pool.people_csv, name="people_csv"),
    path("pool.xlsx", pool.people_xlsx, name="people_xlsx"),
    path("pool/supply/", pool.supply, name="supply"),
    path("pool/supply.csv", pool.supply_csv, name="supply_csv"),
    path("pool/supply.xlsx", pool.supply_xlsx, name="supply_xlsx"),
    path("pool/expected/new/", pool.expect, name="expect"),
    path("pool/expected/<int:expected_id>/drop/", pool.drop, name="drop"),
    path("pool/renew/<slug:number>/", pool.renew, name="renew"),
    path("pool/positions/<slug:code>/", pool.position, name="pool_position"),
    path("pool/positions/<slug:code>/term/", pool.term, name="term"),
    path("stories/", stories.stories, name="stories"),
    path("stories/mine/", stories.mine, name="my_stories"),
    path("stories/begin/<int:holding_id>/", stories.begin, name="begin_story"),
    path("stories/<int:story_id>/", stories.story, name="story"),
    path("stories/<int:story_id>/edit/", stories.edit, name="edit_story"),
    path("stories/<int:story_id>/publish/", stories.publish, name="publish_story"),
    path("stories/<int:story_id>/withdraw/", stories.withdraw, name="withdraw_story"),
    path("stories/<int:story_id>/pay/", stories.pay, name="pay"),
]
