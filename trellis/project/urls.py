"""Every address, by the room it belongs to."""

from django.urls import include, path

from trellis.project import health

handler403 = "trellis.surfaces.web.errors.not_allowed"
handler404 = "trellis.surfaces.web.errors.not_found"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("favicon.ico", health.favicon, name="favicon"),
    path("", include("trellis.surfaces.web.urls")),
    path("", include("trellis.kit.ui.urls")),
    path("", include("trellis.kit.files.urls")),
    path("", include("trellis.kit.journal.urls")),
    path("", include("trellis.kit.notices.urls")),
    path("", include("trellis.kit.tasks.urls")),
    path("", include("trellis.surfaces.exchange.urls")),
    path("", include("trellis.domains.people.web.urls")),
    path("", include("trellis.domains.careers.web.urls")),
    path("", include("trellis.domains.sessions.web.urls")),
    path("", include("trellis.domains.learning.web.urls")),
    path("", include("trellis.domains.mentoring.web.urls")),
    path("", include("trellis.domains.recognition.web.urls")),
    path("", include("trellis.domains.growth.web.urls")),
    path("", include("trellis.domains.programmes.web.urls")),
    path("", include("trellis.domains.credentials.web.urls")),
    path("", include("trellis.domains.opportunities.web.urls")),
    path("account/", include("trellis.project.account_urls")),
]
