from kecamatan.models.acuan import Bidang
from kecamatan.models.impor import BerkasImpor
from kecamatan.models.orang import Orang, Pengguna, Penugasan
from kecamatan.models.riwayat import JenisRiwayat, RiwayatWilayah
from kecamatan.models.wilayah import Jenis, Tingkat, Wilayah


__all__ = [
    "BerkasImpor",
    "Bidang",
    "Jenis",
    "JenisRiwayat",
    "Orang",
    "Pengguna",
    "Penugasan",
    "RiwayatWilayah",
    "Tingkat",
    "Wilayah",
]
