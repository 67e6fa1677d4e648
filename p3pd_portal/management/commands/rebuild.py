"""`manage.py rebuild capaian|kualitas_belanja --tahun 2025|--semua [--kabupaten 35.24]`: recompute results by hand."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kecamatan.models import Tingkat, Wilayah
from kecamatan.models.wilayah import normalize_kode
from layanan_dasar.aggregation import capaian, kualitas
from layanan_dasar.models import NilaiIndikator
from layanan_dasar.queries.kualitas import tahun_dihitung


class Command(BaseCommand):
    help = "Hitung ulang tabel hasil untuk satu tahun atau semua tahun, seluruhnya atau satu wilayah."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tabel", choices=["capaian", "kualitas_belanja"])
        years = parser.add_mutually_exclusive_group(required=True)
        years.add_argument("--tahun", type=int)
        years.add_argument("--semua", action="store_true", help="semua tahun yang memiliki bahan atau hasil")
        parser.add_argument("--kabupaten", help="kode kabupaten/kota (atau wilayah lain), misalnya 35.24")

    def handle(
        self, *args: Any, tabel: str, tahun: int | None, semua: bool, kabupaten: str | None, **options: Any
    ) -> None:
        started = time.monotonic()
        desa_ids = self.desa_of(kabupaten) if kabupaten else None
        known, rebuild = {
            "capaian": (tahun_capaian, self.rebuild_capaian),
            "kualitas_belanja": (tahun_dihitung, self.rebuild_kualitas),
        }[tabel]
        years = known() if tahun is None else [tahun]
        for satu in years:
            rebuild(satu, desa_ids)
        if semua:
            self.stdout.write(f"{len(years)} tahun selesai dalam {time.monotonic() - started:.1f} detik")

    def rebuild_capaian(self, tahun: int, desa_ids: list[int] | None) -> None:
        started = time.monotonic()
        written = capaian.rebuild(tahun, desa_ids=desa_ids)
        self.stdout.write(f"capaian {tahun}: {written} baris ditulis dalam {time.monotonic() - started:.1f} detik")

    def rebuild_kualitas(self, tahun: int, desa_ids: list[int] | None) -> None:
        started = time.monotonic()
        counts = kualitas.rebuild(tahun, desa_ids=desa_ids)
        self.stdout.write(
            f"kualitas belanja {tahun}: {counts['desa']} desa dan {counts['wilayah']} wilayah ditulis "
            f"dalam {time.monotonic() - started:.1f} detik"
        )

    def desa_of(self, kabupaten: str) -> list[int]:
        kode = normalize_kode(kabupaten)
        wilayah = Wilayah.objects.in_force().filter(kode=kode).first()
        if wilayah is None:
            raise CommandError(f"Wilayah {kode} tidak ada dalam daftar Kemendagri. Periksa kodenya.")
        desa = Wilayah.objects.in_force().in_wilayah(wilayah).filter(tingkat=Tingkat.DESA)
        return list(desa.values_list("id", flat=True))


def tahun_capaian() -> list[int]:
    """Years with published figures."""
    published = NilaiIndikator.objects.filter(terbit_pada__isnull=False)
    return sorted(day.year for day in published.dates("akhir", "year"))
