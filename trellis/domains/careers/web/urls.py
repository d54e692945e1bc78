from django.urls import path

from trellis.domains.careers.web import aims, competencies, definitions, maps

app_name = "careers"
urlpatterns = [
    path("pathways/", maps.growth_map, name="map"),
    path("pathways/list/", maps.position_list, name="position_list"),
    path("pathways/definitions/", definitions.definitions, name="definitions"),
    path("pathways/definitions/load/", definitions.load, name="load"),
    path("pathways/definitions/<slug:code>.yaml", definitions.download, name="download"),
    path("pathways/<slug:code>/", maps.pathway, name="pathway"),
    path("positions/<slug:code>/holders/", maps.holders, name="holders"),
    path("positions/<slug:code>/aim/", aims.set_aim, name="set_aim"),
    path("positions/<slug:code>/aim/drop/", aims.drop_aim, name="drop_aim"),
    path("skills/", competencies.skills, name="skills"),
    path("skills/<slug:code>/", competencies.skill, name="skill"),
    path("people/<int:person_id>/skills/", competencies.skills, name="skills_of"),
    path("people/<int:person_id>/skills/<slug:code>/", competencies.skill, name="skill_of"),
]
