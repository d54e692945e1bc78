from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trellis.domains.people"
    label = "people"
