from django.urls import path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from pengaduan.views import (
    jawaban,
    kartu_skor,
    kelola_survei,
    kertas_survei,
    lapor,
    meja,
    meja_serentak,
    meja_unduh,
    open311,
    open311_halaman,
    open311_kunci,
    publik,
    status,
    surel,
    survei,
)


app_name = "pengaduan"
MEJA = "wilayah/<kode:kode>/pengaduan/meja/"
SATU = f"{MEJA}<int:pk>/"
SURVEI = "wilayah/<kode:kode>/survei/"
KELOLA = f"{SURVEI}kelola/"
SATU_SURVEI = f"{KELOLA}<int:pk>/"
KARTU = "wilayah/<kode:kode>/kartu-skor/"
SATU_KARTU = f"{KARTU}kelola/<int:pk>/"
V2 = "open311/v2/"

urlpatterns = [
    path("lapor/", lapor.lapor, name="lapor"),
    path("lapor/status/", status.lapor_status, name="lapor_status"),
    path("lapor/tanggapi/", status.lapor_tanggapi, name="lapor_tanggapi"),
    path("lapor/konfirmasi/<str:token>/", surel.konfirmasi_surel, name="konfirmasi_surel"),
    path("wilayah/<kode:kode>/pengaduan/", publik.pengaduan, name="pengaduan"),
    path("wilayah/<kode:kode>/pengaduan/serupa/", publik.serupa, name="serupa"),
    path("wilayah/<kode:kode>/pengaduan/<str:nomor>/dukung/", publik.dukung, name="dukung"),
    path(MEJA, meja.meja, name="meja"),
    path(f"{MEJA}unduh.<str:bentuk>", meja_unduh.meja_unduh, name="meja_unduh"),
    path(f"{MEJA}catat/", meja.meja_catat, name="meja_catat"),
    path(f"{MEJA}serentak/", meja_serentak.meja_serentak, name="meja_serentak"),
    path("wilayah/<kode:kode>/pengaduan/jawaban/", jawaban.jawaban, name="jawaban"),
    path("wilayah/<kode:kode>/pengaduan/jawaban/<int:pk>/", jawaban.jawaban, name="jawaban_ubah"),
    path(SATU, meja.meja_rinci, name="meja_rinci"),
    path(f"{SATU}langkah/<slug:langkah>/", meja.meja_langkah, name="meja_langkah"),
    path(f"{SATU}klasifikasi/", meja.meja_klasifikasi, name="meja_klasifikasi"),
    path(f"{SATU}catatan/", meja.meja_catatan, name="meja_catatan"),
    path(f"{SATU}tayang/", meja.meja_tayang, name="meja_tayang"),
    path(f"{SATU}redaksi/<int:langkah>/", meja.meja_redaksi, name="meja_redaksi"),
    path(f"{SATU}kontak/", meja.meja_kontak, name="meja_kontak"),
    path(f"{SATU}lampiran/<int:urutan>/", meja.meja_lampiran, name="meja_lampiran"),
    path("survei/<str:kunci>/", survei.survei_isi, name="survei_isi"),
    path(SURVEI, survei.survei, name="survei"),
    path(KELOLA, kelola_survei.survei_kelola, name="survei_kelola"),
    path(f"{KELOLA}tambah/", kelola_survei.survei_tambah, name="survei_tambah"),
    path(SATU_SURVEI, kelola_survei.survei_rinci, name="survei_rinci"),
    path(f"{SATU_SURVEI}ubah/", kelola_survei.survei_ubah, name="survei_ubah"),
    path(f"{SATU_SURVEI}langkah/<slug:langkah>/", kelola_survei.survei_langkah, name="survei_langkah"),
    path(f"{SATU_SURVEI}rencana/", kelola_survei.survei_rencana, name="survei_rencana"),
    path(f"{SATU_SURVEI}kertas/", kertas_survei.survei_kertas, name="survei_kertas"),
    path(f"{SATU_SURVEI}kertas/<int:lembar>/hapus/", kertas_survei.survei_kertas_hapus, name="survei_kertas_hapus"),
    path(f"{SATU_SURVEI}poster/<slug:bentuk>/", kelola_survei.survei_poster, name="survei_poster"),
    path(f"{SATU_SURVEI}laporan/<slug:bentuk>/", kelola_survei.survei_laporan, name="survei_laporan"),
    path(KARTU, kartu_skor.kartu_skor, name="kartu_skor"),
    path(f"{KARTU}<int:pk>/", kartu_skor.kartu_skor_baca, name="kartu_skor_baca"),
    path(f"{KARTU}kelola/", kartu_skor.kartu_skor_kelola, name="kartu_skor_kelola"),
    path(f"{KARTU}kelola/tambah/", kartu_skor.kartu_skor_tambah, name="kartu_skor_tambah"),
    path(SATU_KARTU, kartu_skor.kartu_skor_rinci, name="kartu_skor_rinci"),
    path(f"{SATU_KARTU}skor/", kartu_skor.kartu_skor_isi, name="kartu_skor_isi"),
    path(f"{SATU_KARTU}pertemuan/", kartu_skor.kartu_skor_pertemuan, name="kartu_skor_pertemuan"),
    path(f"{SATU_KARTU}aksi/", kartu_skor.kartu_skor_aksi, name="kartu_skor_aksi"),
    path(f"{SATU_KARTU}aksi/<int:aksi>/", kartu_skor.kartu_skor_keadaan, name="kartu_skor_keadaan"),
    path(f"{SATU_KARTU}tayang/", kartu_skor.kartu_skor_tayang, name="kartu_skor_tayang"),
    path("wilayah/<kode:kode>/open311/", open311_kunci.kunci, name="open311_kunci"),
    path("wilayah/<kode:kode>/open311/<int:pk>/cabut/", open311_kunci.cabut, name="open311_cabut"),
    path("open311/", open311_halaman.halaman, name="open311"),
    path(f"{V2}openapi.json", open311_halaman.openapi, name="open311_openapi"),
    path("open311/discovery.<str:bentuk>", open311.discovery, name="open311_discovery"),
    path(f"{V2}services.<str:bentuk>", open311.services, name="open311_services"),
    path(f"{V2}services/<str:kode>.<str:bentuk>", open311.definition, name="open311_definition"),
    path(f"{V2}requests.<str:bentuk>", open311.requests, name="open311_requests"),
    path(f"{V2}requests/<str:nomor>.<str:bentuk>", open311.one_request, name="open311_request"),
    path(f"{V2}tokens/<str:token>.<str:bentuk>", open311.token, name="open311_token"),
    path("open311/<path:sisa>", open311.lain, name="open311_lain"),
]
