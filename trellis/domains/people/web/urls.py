from django.urls import path

from trellis.domains.people.web import changes, invitations, views

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="list"),
    path("people.csv", views.people_csv, name="csv"),
    path("people.xlsx", views.people_xlsx, name="xlsx"),
    path("units/", views.units, name="units"),
    path("people/new/", changes.new_person, name="new"),
    path("people/<int:person_id>/changes/new/", changes.new_change, name="new-change"),
    path("people/<int:person_id>/roles/", views.roles, name="roles"),
    path("role-grants/<int:grant_id>/end/", views.end_role, name="end-role"),
    path("people/<int:person_id>/erase/", views.erase, name="erase"),
    path("people/<int:person_id>/invite/", invitations.invite, name="invite"),
    path("people/invite-everybody/", invitations.invite_everybody, name="invite-everybody"),
    path("invitations/<str:token>/", invitations.answer, name="invitation"),
]
