from django.urls import path

from trellis.domains.credentials.web import ceremonies, runs, views

app_name = "credentials"
urlpatterns = [
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/all/", views.all_certificates, name="all"),
    path("certificates/ceremony/", views.ceremony, name="ceremony"),
    path("certificates/issue/<int:journey_id>/", views.issue, name="issue"),
    path("certificates/course/<slug:code>/", views.issue_for_course, name="issue_for_course"),
    path("certificates/runs/<int:pk>/", runs.run, name="run"),
    path("certificates/<slug:number>.pdf", views.pdf, name="pdf"),
    path("certificates/<slug:number>.svg", views.qr, name="qr"),
    path("certificates/<slug:number>/", views.certificate, name="certificate"),
    path("certificates/<slug:number>/withdraw/", views.withdraw, name="withdraw"),
    path("ceremonies/", ceremonies.ceremonies, name="ceremonies"),
    path("ceremonies/new/", ceremonies.new_ceremony, name="new_ceremony"),
    path("ceremonies/<int:ceremony_id>/", ceremonies.ceremony, name="one_ceremony"),
    path("ceremonies/<int:ceremony_id>/issue/", ceremonies.issue_all, name="issue_all"),
    path("ceremonies/<int:ceremony_id>/certificates.pdf", ceremonies.pdf_of_all, name="pdf_of_all"),
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<slug:number>/", views.verify, name="verify"),
]
