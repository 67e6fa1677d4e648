from django.urls import path

from kecamatan.views import edisi, wilayah


app_name = "kecamatan"

urlpatterns = [
    path("cari/", wilayah.cari, name="cari"),
    path("edisi-wilayah/", edisi.edisi, name="edisi"),
    path("edisi-wilayah/riwayat/", edisi.riwayat, name="riwayat"),
    path("edisi-wilayah/riwayat/tambah/", edisi.riwayat_tambah, name="riwayat_tambah"),
    path("edisi-wilayah/<uuid:pk>/", edisi.edisi_pratinjau, name="edisi_pratinjau"),
    path("edisi-wilayah/<uuid:pk>/perubahan.csv", edisi.edisi_unduh, name="edisi_unduh"),
    path("edisi-wilayah/<uuid:pk>/simpan/", edisi.edisi_simpan, name="edisi_simpan"),
    path("edisi-wilayah/<uuid:pk>/batal/", edisi.edisi_batal, name="edisi_batal"),
]
