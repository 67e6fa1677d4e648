from django.urls import path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from pengaduan.views import lapor, meja, publik, status


app_name = "pengaduan"
MEJA = "wilayah/<kode:kode>/pengaduan/meja/"
SATU = f"{MEJA}<int:pk>/"

urlpatterns = [
    path("lapor/", lapor.lapor, name="lapor"),
    path("lapor/status/", status.lapor_status, name="lapor_status"),
    path("lapor/tanggapi/", status.lapor_tanggapi, name="lapor_tanggapi"),
    path("wilayah/<kode:kode>/pengaduan/", publik.pengaduan, name="pengaduan"),
    path("wilayah/<kode:kode>/pengaduan/serupa/", publik.serupa, name="serupa"),
    path("wilayah/<kode:kode>/pengaduan/<str:nomor>/dukung/", publik.dukung, name="dukung"),
    path(MEJA, meja.meja, name="meja"),
    path(f"{MEJA}catat/", meja.meja_catat, name="meja_catat"),
    path(SATU, meja.meja_rinci, name="meja_rinci"),
    path(f"{SATU}langkah/<slug:langkah>/", meja.meja_langkah, name="meja_langkah"),
    path(f"{SATU}klasifikasi/", meja.meja_klasifikasi, name="meja_klasifikasi"),
    path(f"{SATU}catatan/", meja.meja_catatan, name="meja_catatan"),
    path(f"{SATU}tayang/", meja.meja_tayang, name="meja_tayang"),
    path(f"{SATU}redaksi/<int:langkah>/", meja.meja_redaksi, name="meja_redaksi"),
    path(f"{SATU}kontak/", meja.meja_kontak, name="meja_kontak"),
    path(f"{SATU}lampiran/<int:urutan>/", meja.meja_lampiran, name="meja_lampiran"),
]
