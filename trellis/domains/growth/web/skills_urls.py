"""The addresses of what one wants to grow in, and of what is needed."""

from django.urls import path

from trellis.domains.growth.web import skills

urlpatterns = [
    path("wishes/", skills.wishes, name="wishes"),
    path("wishes/new/", skills.new_wish, name="new_wish"),
    path("wishes/<int:pk>/drop/", skills.drop_wish, name="drop_wish"),
    path("needs/", skills.needs, name="needs"),
    path("needs/<int:pk>/end/", skills.end_need, name="end_need"),
]
