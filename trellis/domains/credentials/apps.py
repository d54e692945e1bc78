from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "trellis.domains.credentials"
    label = "credentials"
