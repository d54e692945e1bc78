from trellis.domains.growth.web import (
    around_urls,
    boards_urls,
    delegation_urls,
    goals_urls,
    meetings_urls,
    offers_urls,
    sharing_urls,
    skills_urls,
)

app_name = "growth"
urlpatterns = [
    *around_urls.urlpatterns,
    *boards_urls.urlpatterns,
    *delegation_urls.urlpatterns,
    *goals_urls.urlpatterns,
    *meetings_urls.urlpatterns,
    *offers_urls.urlpatterns,
    *sharing_urls.urlpatterns,
    *skills_urls.urlpatterns,
]
