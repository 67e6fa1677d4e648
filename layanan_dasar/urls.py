from django.urls import path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from layanan_dasar.views import belanja, impor


app_name = "layanan_dasar"

urlpatterns = [
    # /wilayah/<kode>/belanja/
    path("wilayah/<kode:kode>/belanja/komposisi.json", belanja.komposisi, name="komposisi"),
    path("wilayah/<kode:kode>/belanja/unduh.<str:bentuk>", belanja.unduh, name="unduh"),
    # /wilayah/<kode>/belanja/impor/
    path("wilayah/<kode:kode>/belanja/impor/", impor.impor, name="impor"),
    path("wilayah/<kode:kode>/belanja/impor/templat.<str:bentuk>", impor.templat, name="templat"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/", impor.pratinjau, name="pratinjau"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/simpan/", impor.simpan, name="simpan"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/batal/", impor.batal, name="batal"),
]
