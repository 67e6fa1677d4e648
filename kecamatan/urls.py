from django.urls import path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from kecamatan.views import (
    audit,
    edisi,
    hari_libur,
    impor_orang,
    masuk,
    notifikasi,
    orang,
    pesan,
    tim,
    unit,
    unit_impor,
    wilayah,
)


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
    path("hari-libur/", hari_libur.hari_libur, name="hari_libur"),
    path("wilayah/<kode:kode>/hari-libur/", hari_libur.hari_libur_wilayah, name="hari_libur_wilayah"),
    path("wilayah/<kode:kode>/hari-libur/tambah/", hari_libur.hari_libur_tambah, name="hari_libur_tambah"),
    path("wilayah/<kode:kode>/hari-libur/usulkan/", hari_libur.hari_libur_usulkan, name="hari_libur_usulkan"),
    path("wilayah/<kode:kode>/hari-libur/tetapkan/", hari_libur.hari_libur_tetapkan, name="hari_libur_tetapkan"),
    path("wilayah/<kode:kode>/hari-libur/hapus/", hari_libur.hari_libur_hapus, name="hari_libur_hapus"),
    path("wilayah/<kode:kode>/hari-libur/<int:pk>/", hari_libur.hari_libur_ubah, name="hari_libur_ubah"),
    # /wilayah/<kode>/unit/
    path("wilayah/<kode:kode>/unit/", unit.unit, name="unit"),
    path("wilayah/<kode:kode>/unit/unduh.<str:bentuk>", unit.unit_unduh, name="unit_unduh"),
    path("wilayah/<kode:kode>/unit/baru/", unit.unit_tambah, name="unit_tambah"),
    path("wilayah/<kode:kode>/unit/<int:pk>/", unit.unit_rinci, name="unit_rinci"),
    path("wilayah/<kode:kode>/unit/<int:pk>/ubah/", unit.unit_ubah, name="unit_ubah"),
    path("wilayah/<kode:kode>/unit/<int:pk>/tutup/", unit.unit_tutup, name="unit_tutup"),
    # /wilayah/<kode>/unit/impor/
    path("wilayah/<kode:kode>/unit/impor/", unit_impor.unit_impor, name="unit_impor"),
    path("wilayah/<kode:kode>/unit/impor/templat.<str:bentuk>", unit_impor.unit_templat, name="unit_templat"),
    path("wilayah/<kode:kode>/unit/impor/<uuid:pk>/", unit_impor.unit_pratinjau, name="unit_pratinjau"),
    path("wilayah/<kode:kode>/unit/impor/<uuid:pk>/simpan/", unit_impor.unit_simpan, name="unit_simpan"),
    path("wilayah/<kode:kode>/unit/impor/<uuid:pk>/batal/", unit_impor.unit_batal, name="unit_batal"),
    # People and roles
    path("akun/", orang.akun, name="akun"),
    path("akun/tambah/", orang.akun_tambah, name="akun_tambah"),
    path("akun/<int:pk>/", orang.akun_orang, name="akun_orang"),
    path("akun/<int:pk>/ubah/", orang.akun_ubah, name="akun_ubah"),
    path("akun/<int:pk>/undang/", orang.akun_undang, name="akun_undang"),
    path("akun/<int:pk>/nonaktifkan/", orang.akun_nonaktifkan, name="akun_nonaktifkan"),
    path("akun/<int:pk>/aktifkan/", orang.akun_aktifkan, name="akun_aktifkan"),
    path("akun/<int:pk>/penugasan/", orang.penugasan_tambah, name="penugasan_tambah"),
    path("penugasan/<int:pk>/akhiri/", orang.penugasan_akhiri, name="penugasan_akhiri"),
    path("peran/", orang.peran, name="peran"),
    path("saya/", orang.saya, name="saya"),
    # /wilayah/<kode>/orang/impor/
    path("wilayah/<kode:kode>/orang/impor/", impor_orang.orang_impor, name="orang_impor"),
    path("wilayah/<kode:kode>/orang/impor/templat.<str:bentuk>", impor_orang.orang_templat, name="orang_templat"),
    path("wilayah/<kode:kode>/orang/impor/<uuid:pk>/", impor_orang.orang_pratinjau, name="orang_pratinjau"),
    path("wilayah/<kode:kode>/orang/impor/<uuid:pk>/simpan/", impor_orang.orang_simpan, name="orang_simpan"),
    path("wilayah/<kode:kode>/orang/impor/<uuid:pk>/batal/", impor_orang.orang_batal, name="orang_batal"),
    # /wilayah/<kode>/tim/
    path("wilayah/<kode:kode>/tim/", tim.tim, name="tim"),
    path("wilayah/<kode:kode>/tim/ubah/", tim.tim_ubah, name="tim_ubah"),
    path("wilayah/<kode:kode>/tim/anggota/", tim.anggota_tambah, name="anggota_tambah"),
    path("wilayah/<kode:kode>/tim/anggota/<int:pk>/hapus/", tim.anggota_hapus, name="anggota_hapus"),
    path("wilayah/<kode:kode>/tim/sk/", tim.tim_sk, name="tim_sk"),
    path("saya/sesi/lain/akhiri/", masuk.akhiri_sesi_lain, name="akhiri_sesi_lain"),
    path("saya/sesi/<int:pk>/akhiri/", masuk.akhiri_sesi, name="akhiri_sesi"),
    path("saya/notifikasi/", notifikasi.notifikasi, name="notifikasi"),
    path("saya/notifikasi/baca/", notifikasi.baca_semua, name="baca_semua"),
    path("saya/notifikasi/<uuid:pk>/baca/", notifikasi.baca, name="baca"),
    path("saya/notifikasi/pilihan/", notifikasi.pilihan, name="pilihan"),
    path("wilayah/<kode:kode>/pesan/", pesan.pesan_keluar, name="pesan_keluar"),
    path("wilayah/<kode:kode>/pesan/kirim-ulang/", pesan.kirim_ulang, name="kirim_ulang"),
    path("wilayah/<kode:kode>/catatan-audit/", audit.catatan_audit, name="catatan_audit"),
]
