from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "trellis.surfaces.exchange"
    label = "exchange"
