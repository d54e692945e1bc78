from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "trellis.domains.sessions"
    label = "academy_sessions"  # Django has a "sessions" of its own
