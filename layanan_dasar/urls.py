from django.urls import path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from layanan_dasar.views import (
    angka,
    aturan,
    belanja,
    buku_isian,
    capaian,
    evaluasi,
    impor,
    indikator,
    isi_evaluasi,
    isi_isian,
    isian,
    pemetaan,
    penduduk,
    perhitungan,
    rancangan,
    transparansi,
)


app_name = "layanan_dasar"
ISIAN = "wilayah/<kode:kode>/isian/"
LEMBAR = f"{ISIAN}<slug:dataset>/<str:periode>/"
ANGKA = "wilayah/<kode:kode>/angka/"
EVALUASI = "wilayah/<kode:kode>/evaluasi/"

urlpatterns = [
    path("aturan-belanja/", aturan.aturan_belanja, name="aturan_belanja"),
    # /indikator/
    path("indikator/", indikator.indikator, name="indikator"),
    path("indikator/unduh.<str:bentuk>", indikator.indikator_unduh, name="indikator_unduh"),
    path("indikator/<slug:kode>/", indikator.indikator_rinci, name="indikator_rinci"),
    # /wilayah/<kode>/belanja/
    path("wilayah/<kode:kode>/belanja/", belanja.belanja, name="belanja"),
    path("wilayah/<kode:kode>/belanja/mutu.<str:bentuk>", belanja.mutu, name="mutu"),
    path("wilayah/<kode:kode>/belanja/kuadran.json", belanja.kuadran, name="kuadran"),
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
    # /wilayah/<kode>/angka/
    path(f"{ANGKA}impor/", angka.angka_impor, name="angka_impor"),
    path(f"{ANGKA}impor/<uuid:pk>/", angka.angka_pratinjau, name="angka_pratinjau"),
    path(f"{ANGKA}impor/<uuid:pk>/simpan/", angka.angka_simpan, name="angka_simpan"),
    path(f"{ANGKA}impor/<uuid:pk>/batal/", angka.angka_batal, name="angka_batal"),
    path(f"{ANGKA}impor/<uuid:pk>/urungkan/", angka.angka_urungkan, name="angka_urungkan"),
    path(f"{ANGKA}penduduk/", penduduk.penduduk_impor, name="penduduk_impor"),
    path(f"{ANGKA}penduduk/<uuid:pk>/", penduduk.penduduk_pratinjau, name="penduduk_pratinjau"),
    path(f"{ANGKA}penduduk/<uuid:pk>/simpan/", penduduk.penduduk_simpan, name="penduduk_simpan"),
    path(f"{ANGKA}penduduk/<uuid:pk>/batal/", penduduk.penduduk_batal, name="penduduk_batal"),
    path(f"{ANGKA}penduduk/<uuid:pk>/urungkan/", penduduk.penduduk_urungkan, name="penduduk_urungkan"),
    path(f"{ANGKA}<slug:indikator>/<str:periode>/", capaian.angka, name="angka"),
    path(f"{ANGKA}<slug:indikator>/<str:periode>/keliru/", angka.angka_keliru, name="angka_keliru"),
    # /wilayah/<kode>/capaian/
    path("wilayah/<kode:kode>/capaian/", capaian.capaian, name="capaian"),
    path("wilayah/<kode:kode>/capaian/unduh.<str:bentuk>", capaian.capaian_unduh, name="capaian_unduh"),
    # /wilayah/<kode>/pemetaan/
    path("wilayah/<kode:kode>/pemetaan/", pemetaan.pemetaan, name="pemetaan"),
    path("wilayah/<kode:kode>/pemetaan/unduh.<str:bentuk>", pemetaan.pemetaan_unduh, name="pemetaan_unduh"),
    path("wilayah/<kode:kode>/pemetaan/usulkan/", pemetaan.pemetaan_usulkan, name="pemetaan_usulkan"),
    path("wilayah/<kode:kode>/pemetaan/baru/", pemetaan.pemetaan_simpan, name="pemetaan_simpan"),
    path("wilayah/<kode:kode>/pemetaan/<int:pk>/", pemetaan.pemetaan_ubah, name="pemetaan_ubah"),
    path("wilayah/<kode:kode>/pemetaan/<int:pk>/cabut/", pemetaan.pemetaan_cabut, name="pemetaan_cabut"),
    # /wilayah/<kode>/evaluasi/
    path(EVALUASI, evaluasi.evaluasi, name="evaluasi"),
    path(f"{EVALUASI}terima/", isi_evaluasi.evaluasi_terima, name="evaluasi_terima"),
    path(f"{EVALUASI}delegasi/", isi_evaluasi.delegasi, name="delegasi"),
    path(f"{EVALUASI}delegasi/<int:pk>/", isi_evaluasi.delegasi, name="delegasi_ubah"),
    path(f"{EVALUASI}<int:pk>/", evaluasi.evaluasi_rinci, name="evaluasi_rinci"),
    path(f"{EVALUASI}<int:pk>/surat.<str:bentuk>", evaluasi.evaluasi_surat, name="evaluasi_surat"),
    path(f"{EVALUASI}<int:pk>/dokumen/", isi_evaluasi.evaluasi_dokumen, name="evaluasi_dokumen"),
    path(f"{EVALUASI}<int:pk>/dokumen/<slug:jenis>/", evaluasi.evaluasi_berkas, name="evaluasi_berkas"),
    path(f"{EVALUASI}<int:pk>/lengkap/", isi_evaluasi.evaluasi_lengkap, name="evaluasi_lengkap"),
    path(f"{EVALUASI}<int:pk>/butir/", isi_evaluasi.evaluasi_butir, name="evaluasi_butir"),
    path(f"{EVALUASI}<int:pk>/catatan/", isi_evaluasi.evaluasi_catatan, name="evaluasi_catatan"),
    path(
        f"{EVALUASI}<int:pk>/catatan/<int:catatan>/hapus/",
        isi_evaluasi.evaluasi_catatan_hapus,
        name="evaluasi_catatan_hapus",
    ),
    path(f"{EVALUASI}<int:pk>/hasil/", isi_evaluasi.evaluasi_hasil, name="evaluasi_hasil"),
    path(f"{EVALUASI}<int:pk>/perdes/", isi_evaluasi.evaluasi_perdes, name="evaluasi_perdes"),
    path(f"{EVALUASI}<int:pk>/batal/", isi_evaluasi.evaluasi_batal, name="evaluasi_batal"),
    # /wilayah/<kode>/evaluasi/rancangan/
    path(f"{EVALUASI}rancangan/", rancangan.rancangan_impor, name="rancangan_impor"),
    path(f"{EVALUASI}rancangan/<uuid:pk>/", rancangan.rancangan_pratinjau, name="rancangan_pratinjau"),
    path(f"{EVALUASI}rancangan/<uuid:pk>/simpan/", rancangan.rancangan_simpan, name="rancangan_simpan"),
    path(f"{EVALUASI}rancangan/<uuid:pk>/batal/", rancangan.rancangan_batal, name="rancangan_batal"),
    # /wilayah/<kode>/isian/
    path(ISIAN, isian.isian, name="isian"),
    path(f"{ISIAN}kunci/", isi_isian.isian_kunci, name="isian_kunci"),
    path(LEMBAR, isian.isian_lembar, name="isian_lembar"),
    path(f"{LEMBAR}simpan/", isi_isian.isian_simpan, name="isian_simpan"),
    path(f"{LEMBAR}ringkas/", isian.isian_rinci, name="isian_rinci"),
    path(f"{LEMBAR}versi/<int:versi>/", isian.isian_versi, name="isian_versi"),
    path(f"{LEMBAR}buku.xlsx", buku_isian.isian_buku, name="isian_buku"),
    path(f"{LEMBAR}unggah/", buku_isian.isian_unggah, name="isian_unggah"),
    path(f"{LEMBAR}unggah/<uuid:pk>/", buku_isian.isian_periksa, name="isian_periksa"),
    path(f"{LEMBAR}unggah/<uuid:pk>/bertanda.xlsx", buku_isian.isian_bertanda, name="isian_bertanda"),
    path(f"{LEMBAR}unggah/<uuid:pk>/simpan/", buku_isian.isian_terima, name="isian_terima"),
    path(f"{LEMBAR}unggah/<uuid:pk>/batal/", buku_isian.isian_buang, name="isian_buang"),
    path(f"{LEMBAR}catatan/", isi_isian.isian_catatan, name="isian_catatan"),
    path(f"{LEMBAR}ajukan/", isi_isian.isian_ajukan, name="isian_ajukan"),
    path(f"{LEMBAR}verifikasi/", isi_isian.isian_verifikasi, name="isian_verifikasi"),
    path(f"{LEMBAR}kembalikan/", isi_isian.isian_kembalikan, name="isian_kembalikan"),
    path(f"{LEMBAR}sahkan/", isi_isian.isian_sahkan, name="isian_sahkan"),
    path(f"{LEMBAR}koreksi/", isi_isian.isian_koreksi, name="isian_koreksi"),
    # /wilayah/<kode>/transparansi/
    path("wilayah/<kode:kode>/transparansi/", transparansi.transparansi, name="transparansi"),
    path(
        "wilayah/<kode:kode>/transparansi/unduh.<str:bentuk>",
        transparansi.transparansi_unduh,
        name="transparansi_unduh",
    ),
    # /perhitungan/
    path("perhitungan/", perhitungan.perhitungan, name="perhitungan"),
    path("perhitungan/<int:pk>/", perhitungan.perhitungan_rinci, name="perhitungan_rinci"),
    path("perhitungan/penuh/", perhitungan.perhitungan_penuh, name="perhitungan_penuh"),
    path("perhitungan/terbitkan/", perhitungan.perhitungan_terbitkan, name="perhitungan_terbitkan"),
]
