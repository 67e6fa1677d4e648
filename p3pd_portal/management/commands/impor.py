"""`manage.py impor JENIS [BERKAS]`: take a file in, with the same checks as the page for it."""

import datetime
import hashlib
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kecamatan.actions.edisi import Edisi, apply_edisi, preview_edisi
from kecamatan.importers.acuan import impor_bidang
from kecamatan.importers.daftar import read_daftar
from kecamatan.importers.wilayah import EDISI, EDISI_BERLAKU, daftar_resmi
from kecamatan.models import BerkasImpor
from layanan_dasar.actions.belanja import impor_apbdes
from layanan_dasar.importers.acuan import impor_indikator, impor_kode_belanja
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.spreadsheet import COMMAND, Rejected


FIXTURES = settings.BASE_DIR / "fixtures"
ERRORS_SHOWN = 50
PERIKSA_SAJA = " (pemeriksaan saja, tidak disimpan)"


class Command(BaseCommand):
    help = "Impor daftar wilayah (wilayah), data acuan dari fixtures/ (acuan), atau berkas APBDes (apbdes BERKAS)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("jenis", choices=["wilayah", "acuan", "apbdes"])
        parser.add_argument("berkas", nargs="?", type=Path)
        parser.add_argument("--periksa", action="store_true", help="periksa saja, tidak menyimpan apa pun")
        parser.add_argument("--sumber", type=Path, help="daftar wilayah kode,nama (CSV, CSV.gz, XLSX)")
        parser.add_argument("--dasar", help="dasar hukum edisi dari --sumber")
        parser.add_argument("--berlaku", type=datetime.date.fromisoformat, help="hari pertama edisi dari --sumber")

    def handle(self, *args: Any, jenis: str, berkas: Path | None, periksa: bool, **options: Any) -> None:
        started = time.monotonic()
        if jenis == "wilayah":
            self.impor_wilayah(options["sumber"], options["dasar"], options["berlaku"], periksa)
        elif jenis == "acuan":
            counts = {"bidang": impor_bidang(FIXTURES / "bidang.yaml"), **impor_kode_belanja(FIXTURES)}
            counts["indikator"] = impor_indikator(FIXTURES / "indikator")
            self.stdout.write("acuan: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
        else:
            if berkas is None:
                raise CommandError("Sebutkan berkasnya: manage.py impor apbdes BERKAS")
            self.impor_apbdes(berkas, periksa)
        self.stdout.write(f"selesai dalam {time.monotonic() - started:.1f} detik")

    def impor_wilayah(
        self, sumber: Path | None, dasar: str | None, berlaku: datetime.date | None, periksa: bool
    ) -> None:
        if sumber and not (dasar and berlaku):
            raise CommandError("Sebutkan --dasar (nomor keputusan) dan --berlaku (misalnya 2025-04-25) untuk --sumber.")
        try:
            if sumber:
                with sumber.open("rb") as file:
                    rows = read_daftar(file, COMMAND)
            else:
                rows = list(daftar_resmi())
            edisi = Edisi(rows, dasar or EDISI, berlaku or EDISI_BERLAKU)
            beda = preview_edisi(rows) if periksa else apply_edisi(edisi)
        except OSError as error:
            raise CommandError(f"{sumber} tidak dapat dibuka: {error.strerror}") from error
        except Rejected as error:
            raise CommandError(self.explain(error)) from error
        counts = ", ".join(f"{angka(n)} {nama}" for nama, n in beda.counts().items())
        self.stdout.write(f"wilayah ({edisi.dasar}): {counts}" + (PERIKSA_SAJA if periksa else ""))

    def impor_apbdes(self, path: Path, periksa: bool) -> None:
        try:
            with path.open("rb") as file, transaction.atomic():
                sidik = hashlib.file_digest(file, "sha256").hexdigest()
                berkas = BerkasImpor(
                    jenis="apbdes",
                    nama_berkas=path.name,
                    sidik=sidik,
                    status=BerkasImpor.Status.TERSIMPAN,
                    finished_at=timezone.now(),
                )
                if not periksa:
                    berkas.save()
                hasil = impor_apbdes(file, berkas=berkas, simpan=not periksa, limits=COMMAND)
                berkas.ringkasan = hasil.as_json()
                if not periksa:
                    berkas.save()
        except OSError as error:
            raise CommandError(f"{path} tidak dapat dibuka: {error.strerror}") from error
        except Rejected as error:
            raise CommandError(self.explain(error)) from error
        self.stdout.write(
            f"apbdes ({hasil.format}): {angka(hasil.dibaca)} baris; {hasil.apbdes_berubah} APBDes berubah; "
            f"{angka(hasil.baru)} baris baru, {angka(hasil.berubah)} berubah, {angka(hasil.dihapus)} dihapus, "
            f"{angka(hasil.sama)} sama" + (PERIKSA_SAJA if periksa else "")
        )
        for catatan in hasil.catatan:
            self.stdout.write(f"catatan: {catatan}")

    def explain(self, error: Rejected) -> str:
        lines = [f"Tidak ada yang disimpan: {error.total} kesalahan."]
        for row in error.errors[:ERRORS_SHOWN]:
            where = f"baris {row.baris}" if row.baris else "berkas"
            lines.append(f"  {where}{f', kolom {row.kolom}' if row.kolom else ''}: {row.pesan}")
        if error.total > ERRORS_SHOWN:
            lines.append(f"  … dan {error.total - ERRORS_SHOWN} lainnya")
        return "\n".join(lines)
