from django.apps import AppConfig


class LayananDasarConfig(AppConfig):
    name = "layanan_dasar"
    verbose_name = "layanan dasar"
