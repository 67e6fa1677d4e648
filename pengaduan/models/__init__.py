from pengaduan.models.alur import Langkah, Pihak, Status
from pengaduan.models.kategori import BatasWaktu, KategoriPengaduan
from pengaduan.models.lampiran import Dukungan, KontakPelapor, Lampiran, Pembatas
from pengaduan.models.pengaduan import JedaPengaduan, LangkahPengaduan, Pengaduan
from pengaduan.models.ringkasan import RingkasanPengaduan


__all__ = [
    "BatasWaktu",
    "Dukungan",
    "JedaPengaduan",
    "KategoriPengaduan",
    "KontakPelapor",
    "Lampiran",
    "Langkah",
    "LangkahPengaduan",
    "Pembatas",
    "Pengaduan",
    "Pihak",
    "RingkasanPengaduan",
    "Status",
]
