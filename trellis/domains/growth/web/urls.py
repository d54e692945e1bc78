from trellis.domains.growth.web import sharing_urls

app_name = "growth"
urlpatterns = [
    *sharing_urls.urlpatterns,
]
