"""`manage.py rebuild kualitas_belanja --tahun 2025 [--kabupaten 35.24]`: recompute a result table by hand."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import normalize_kode
from layanan_dasar.aggregation import kualitas


class Command(BaseCommand):
    help = "Hitung ulang tabel hasil untuk satu tahun, seluruhnya atau satu wilayah."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tabel", choices=["kualitas_belanja"])
        parser.add_argument("--tahun", type=int, required=True)
        parser.add_argument("--kabupaten", help="kode kabupaten/kota (atau wilayah lain), misalnya 35.24")

    def handle(self, *args: Any, tahun: int, kabupaten: str | None, **options: Any) -> None:
        started = time.monotonic()
        desa_ids = None
        if kabupaten:
            kode = normalize_kode(kabupaten)
            wilayah = Wilayah.objects.in_force().filter(kode=kode).first()
            if wilayah is None:
                raise CommandError(f"Wilayah {kode} tidak ada dalam daftar Kemendagri. Periksa kodenya.")
            desa = Wilayah.objects.in_force().in_wilayah(wilayah).with_apbdes()
            desa_ids = list(desa.values_list("id", flat=True))
        counts = kualitas.rebuild(tahun, desa_ids=desa_ids)
        self.stdout.write(
            f"kualitas belanja {tahun}: {counts['desa']} desa dan {counts['wilayah']} wilayah ditulis "
            f"dalam {time.monotonic() - started:.1f} detik"
        )
