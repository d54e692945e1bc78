from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "trellis.kit.files"
    label = "kit_files"
