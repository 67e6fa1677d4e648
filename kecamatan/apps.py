from importlib import import_module

from django.apps import AppConfig


class KecamatanConfig(AppConfig):
    name = "kecamatan"
    verbose_name = "kecamatan"

    def ready(self) -> None:
        import_module("kecamatan.receivers")
