from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "trellis.kit.ui"
    label = "ui"

    def ready(self) -> None:
        from trellis.kit.ui.days import hold_days_within_reach

        hold_days_within_reach()
