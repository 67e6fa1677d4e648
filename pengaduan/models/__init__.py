from pengaduan.models.acuan_meja import JawabanBaku, KategoriSp4n
from pengaduan.models.alur import Langkah, Pihak, Status
from pengaduan.models.hasil_survei import RingkasanProfil, RingkasanSurvei, RingkasanUnsur
from pengaduan.models.jawaban_survei import JawabanSurvei
from pengaduan.models.kartu_skor import KartuSkor, KriteriaSkor, RencanaAksiSkor
from pengaduan.models.kategori import BatasWaktu, KategoriPengaduan
from pengaduan.models.lampiran import Dukungan, KontakPelapor, Lampiran
from pengaduan.models.open311 import KirimanOpen311, KunciApi
from pengaduan.models.pengaduan import JedaPengaduan, LangkahPengaduan, Pengaduan
from pengaduan.models.ringkasan import RingkasanPengaduan
from pengaduan.models.survei import JenisLayanan, MutuSKM, Survei, UnsurSKM


__all__ = [
    "BatasWaktu",
    "Dukungan",
    "JawabanBaku",
    "JawabanSurvei",
    "JedaPengaduan",
    "JenisLayanan",
    "KartuSkor",
    "KategoriPengaduan",
    "KategoriSp4n",
    "KirimanOpen311",
    "KontakPelapor",
    "KriteriaSkor",
    "KunciApi",
    "Lampiran",
    "Langkah",
    "LangkahPengaduan",
    "MutuSKM",
    "Pengaduan",
    "Pihak",
    "RencanaAksiSkor",
    "RingkasanPengaduan",
    "RingkasanProfil",
    "RingkasanSurvei",
    "RingkasanUnsur",
    "Status",
    "Survei",
    "UnsurSKM",
]
