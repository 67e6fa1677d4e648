from importlib import import_module

from django.apps import AppConfig


class LayananDasarConfig(AppConfig):
    name = "layanan_dasar"
    verbose_name = "layanan dasar"

    def ready(self) -> None:
        import_module("layanan_dasar.receivers")
