from kecamatan.models.acuan import Bidang, KopSurat
from kecamatan.models.audit import CatatanAkses, CatatanAudit
from kecamatan.models.batas import Batas
from kecamatan.models.gabung import PenggabunganOrang
from kecamatan.models.hari_libur import HariLibur
from kecamatan.models.impor import BerkasImpor
from kecamatan.models.notifikasi import Notifikasi, PreferensiNotifikasi
from kecamatan.models.orang import JenisKelamin, Orang
from kecamatan.models.pembatas import Pembatas
from kecamatan.models.pengguna import Pengguna, Penugasan, PenugasanDesa
from kecamatan.models.pesan import PesanKeluar
from kecamatan.models.profil import AturanDaerah, Lokus, ProfilWilayah
from kecamatan.models.riwayat import JenisRiwayat, RiwayatWilayah
from kecamatan.models.tim import AnggotaTim, BerkasSK, TimPengelola
from kecamatan.models.unit import JenisUnit, UnitLayanan, WilayahKerja
from kecamatan.models.wilayah import Jenis, Tingkat, Wilayah


__all__ = [
    "AnggotaTim",
    "AturanDaerah",
    "Batas",
    "BerkasImpor",
    "BerkasSK",
    "Bidang",
    "CatatanAkses",
    "CatatanAudit",
    "HariLibur",
    "Jenis",
    "JenisKelamin",
    "JenisRiwayat",
    "JenisUnit",
    "KopSurat",
    "Lokus",
    "Notifikasi",
    "Orang",
    "Pembatas",
    "PenggabunganOrang",
    "Pengguna",
    "Penugasan",
    "PenugasanDesa",
    "PesanKeluar",
    "PreferensiNotifikasi",
    "ProfilWilayah",
    "RiwayatWilayah",
    "TimPengelola",
    "Tingkat",
    "UnitLayanan",
    "Wilayah",
    "WilayahKerja",
]
