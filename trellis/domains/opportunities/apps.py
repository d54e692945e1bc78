from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "trellis.domains.opportunities"
    label = "opportunities"
