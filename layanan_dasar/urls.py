from django.urls import path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from layanan_dasar.views import aturan, belanja, impor, pemetaan


app_name = "layanan_dasar"

urlpatterns = [
    path("aturan-belanja/", aturan.aturan_belanja, name="aturan_belanja"),
    # /wilayah/<kode>/belanja/
    path("wilayah/<kode:kode>/belanja/komposisi.json", belanja.komposisi, name="komposisi"),
    path("wilayah/<kode:kode>/belanja/unduh.<str:bentuk>", belanja.unduh, name="unduh"),
    # /wilayah/<kode>/belanja/impor/
    path("wilayah/<kode:kode>/belanja/impor/", impor.impor, name="impor"),
    path("wilayah/<kode:kode>/belanja/impor/templat.<str:bentuk>", impor.templat, name="templat"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/", impor.pratinjau, name="pratinjau"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/simpan/", impor.simpan, name="simpan"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/batal/", impor.batal, name="batal"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/lengkapi/", impor.lengkapi, name="lengkapi"),
    path("wilayah/<kode:kode>/belanja/impor/<uuid:pk>/urungkan/", impor.urungkan, name="urungkan"),
    # /wilayah/<kode>/pemetaan/
    path("wilayah/<kode:kode>/pemetaan/", pemetaan.pemetaan, name="pemetaan"),
    path("wilayah/<kode:kode>/pemetaan/unduh.<str:bentuk>", pemetaan.pemetaan_unduh, name="pemetaan_unduh"),
    path("wilayah/<kode:kode>/pemetaan/usulkan/", pemetaan.pemetaan_usulkan, name="pemetaan_usulkan"),
    path("wilayah/<kode:kode>/pemetaan/baru/", pemetaan.pemetaan_simpan, name="pemetaan_simpan"),
    path("wilayah/<kode:kode>/pemetaan/<int:pk>/", pemetaan.pemetaan_ubah, name="pemetaan_ubah"),
    path("wilayah/<kode:kode>/pemetaan/<int:pk>/cabut/", pemetaan.pemetaan_cabut, name="pemetaan_cabut"),
]
