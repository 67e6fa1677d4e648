from django.urls import path

from kecamatan.views import wilayah


app_name = "kecamatan"

urlpatterns = [
    path("cari/", wilayah.cari, name="cari"),
]
