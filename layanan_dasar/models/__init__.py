from layanan_dasar.models.belanja import (
    APBDes,
    BarisAPBDes,
    BidangApbdes,
    Kegiatan,
    Kelas,
    Rekening,
    SumberDana,
    TotalAPBDes,
)
from layanan_dasar.models.indikator import Indikator, TargetIndikator
from layanan_dasar.models.kualitas import Jumlah, KualitasBelanja


__all__ = [
    "APBDes",
    "BarisAPBDes",
    "BidangApbdes",
    "Indikator",
    "Jumlah",
    "Kegiatan",
    "Kelas",
    "KualitasBelanja",
    "Rekening",
    "SumberDana",
    "TargetIndikator",
    "TotalAPBDes",
]
