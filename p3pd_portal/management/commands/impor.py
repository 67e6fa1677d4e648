"""`manage.py impor JENIS [BERKAS]`: take a file in, with the same checks as the page for it."""

import calendar
import datetime
import hashlib
import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kecamatan.actions.edisi import Edisi, apply_edisi, preview_edisi
from kecamatan.actions.impor import impor_path
from kecamatan.actions.unit import UNIT
from kecamatan.importers.acuan import impor_bidang
from kecamatan.importers.batas import impor_batas
from kecamatan.importers.daftar import HasilDaftar
from kecamatan.importers.daftar_wilayah import read_daftar
from kecamatan.importers.hari_libur import impor_hari_libur
from kecamatan.importers.profil import impor_kode_bps, impor_lokus, impor_penduduk
from kecamatan.importers.sebutan import impor_aturan_daerah
from kecamatan.importers.wilayah import EDISI, EDISI_BERLAKU, daftar_resmi
from kecamatan.models import BerkasImpor, Tingkat, Wilayah
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.actions.nilai import impor_nilai
from layanan_dasar.actions.penduduk import PENDUDUK
from layanan_dasar.importers.acuan import impor_kode_belanja
from layanan_dasar.importers.isian import impor_aturan_isian, impor_dataset
from layanan_dasar.importers.katalog import impor_indikator, impor_peta_kolom
from layanan_dasar.importers.opendk_anggaran import impor_anggaran
from layanan_dasar.importers.pagu import impor_pagu
from layanan_dasar.models import PetaKolom
from layanan_dasar.models.belanja import TAHUN_AWAL
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.compressed import open_plain
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import COMMAND, Rejected
from pelatihan.importers.acuan import impor_angkatan, impor_kurikulum
from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.importers.kategori_sp4n import impor_kategori_sp4n


FIXTURES = settings.BASE_DIR / "fixtures"
ERRORS_SHOWN = 50
CODES_SHOWN = 200
PERIKSA_SAJA = " (pemeriksaan saja, tidak disimpan)"
BERKAS = {jenis.kode: jenis for jenis in (APBDES, UNIT, PENDUDUK)}  # kinds that people also hand in on a page
DAFTAR = ("penduduk", "lokus", "kode_bps", "pagu_dd", "anggaran_kecamatan", "kategori_sp4n")
"""Lists, most of them keyed by region code, CSV or XLSX, also packed as .gz."""


def month_end(text: str) -> datetime.date:
    """Last day of a month written as 2024-12.

    Raises:
        ValueError: anything else.
    """
    match = re.fullmatch(r"(20\d{2})-(\d{2})", text, re.ASCII)
    if not match:
        raise ValueError(text)
    year, month = int(match[1]), int(match[2])
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


class Command(BaseCommand):
    help = (
        "Impor daftar wilayah (wilayah), data acuan dari fixtures/ (acuan), berkas APBDes (apbdes BERKAS), "
        "unit layanan (unit BERKAS), batas wilayah dari GeoJSON (batas BERKAS), penduduk dan luas "
        "(penduduk BERKAS --per 2024-12 --sumber Dukcapil), lokus P3PD 1D (lokus BERKAS: kode, tahun, dasar), "
        "kode BPS (kode_bps BERKAS), pagu Dana Desa per kabupaten (pagu_dd BERKAS --sumber DJPK), uang kantor camat "
        "(anggaran_kecamatan BERKAS --kecamatan 35.24.20 --periode 2025-07), kategori SP4N-LAPOR! "
        "(kategori_sp4n BERKAS), nilai indikator yang sudah terbit (nilai BERKAS; dengan --peta idm --periode 2024 "
        "untuk daftar berkolom; templat OpenDK dikenali sendiri, dengan --periode 2025-07 --desa 53.06.13.2001 bila "
        "berkas tidak memuatnya), atau "
        "hitungan dari paket penduduk OpenSID (penduduk_opensid BERKAS --periode 2025-07)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("jenis", choices=["wilayah", "acuan", "batas", "nilai", *BERKAS, *DAFTAR])
        parser.add_argument("berkas", nargs="?", type=Path)
        parser.add_argument("--periksa", action="store_true", help="periksa saja, tidak menyimpan apa pun")
        parser.add_argument("--sumber", default="", help="berkas daftar wilayah; atau sumber angkanya")
        parser.add_argument("--dasar", help="dasar hukum daftar wilayah dari --sumber")
        parser.add_argument("--berlaku", type=datetime.date.fromisoformat, help="hari pertama daftar wilayah itu")
        parser.add_argument("--atribusi", default="", help="sumber peta, ditulis di bawahnya (batas)")
        parser.add_argument("--edisi-batas", default="", help="edisi atau tanggal sumber peta itu (batas)")
        parser.add_argument("--per", type=month_end, help="bulan keadaan penduduk, misalnya 2024-12")
        parser.add_argument("--peta", default="", help="peta kolom daftar itu (nilai), misalnya idm")
        parser.add_argument("--periode", type=Periode.parse, help="periode semua nilainya, misalnya 2024 (nilai)")
        parser.add_argument("--desa", default="", help="kode desa templat OpenDK yang tidak memuatnya (nilai)")
        parser.add_argument("--kecamatan", default="", help="kode kecamatan (anggaran_kecamatan)")
        parser.add_argument("--penyakit", default="", help="penyakit templat OpenDK yang tidak memuatnya (nilai)")
        parser.add_argument("--sumber-luas", default="", help="sumber angka luas, misalnya BIG")

    def handle(self, *args: Any, jenis: str, berkas: Path | None, periksa: bool, **options: Any) -> None:
        started = time.monotonic()
        saja = PERIKSA_SAJA if periksa else ""
        if jenis == "wilayah":
            self.stdout.write(self.impor_wilayah(periksa, options) + saja)
        elif jenis == "acuan":
            self.impor_acuan()
        elif berkas is None:
            raise CommandError(f"Sebutkan berkasnya: manage.py impor {jenis} BERKAS")
        else:
            laporan, catatan = self.impor_berkas(jenis, berkas, periksa, options)
            self.stdout.write(laporan + saja)
            for satu in catatan:
                self.stdout.write(f"catatan: {satu}")
        self.stdout.write(f"selesai dalam {time.monotonic() - started:.1f} detik")

    def impor_acuan(self) -> None:
        counts = {"bidang": impor_bidang(FIXTURES / "bidang.yaml"), **impor_kode_belanja(FIXTURES)}
        counts["indikator"] = impor_indikator(FIXTURES / "indikator")
        counts["peta kolom"] = impor_peta_kolom(FIXTURES / "peta_kolom.yaml")
        counts["dataset"] = impor_dataset(FIXTURES / "dataset.yaml")
        counts["aturan isian"] = impor_aturan_isian(FIXTURES / "aturan_isian.yaml")
        counts["hari libur"] = impor_hari_libur(FIXTURES / "hari_libur.yaml")
        counts["aturan daerah"] = impor_aturan_daerah(FIXTURES / "aturan_daerah.yaml")
        counts |= impor_pengaduan(FIXTURES)
        counts |= impor_kurikulum(FIXTURES / "pelatihan")
        if Wilayah.objects.in_force().filter(contoh=False, tingkat=Tingkat.PROVINSI).exists():
            counts["angkatan pelatihan"] = impor_angkatan(FIXTURES / "pelatihan")
        counts["APBDes menunggu hitungan malam"] = mark_changed(tahun_dari=TAHUN_AWAL)
        self.stdout.write("acuan: " + ", ".join(f"{count} {name}" for name, count in counts.items()))

    def impor_wilayah(self, periksa: bool, options: dict[str, Any]) -> str:
        sumber, dasar, berlaku = (options[name] for name in ("sumber", "dasar", "berlaku"))
        if sumber and not (dasar and berlaku):
            raise CommandError("Sebutkan --dasar (nomor keputusan) dan --berlaku (misalnya 2025-04-25) untuk --sumber.")
        with self.explained(Path(sumber)):
            if sumber:
                with Path(sumber).open("rb") as file:
                    edisi = Edisi(read_daftar(file, COMMAND), dasar, berlaku)
            else:
                edisi = Edisi(list(daftar_resmi()), EDISI, EDISI_BERLAKU)
            beda = preview_edisi(edisi.rows) if periksa else apply_edisi(edisi)
        counts = ", ".join(f"{angka(n)} {nama}" for nama, n in beda.counts().items())
        return f"wilayah ({edisi.dasar}): {counts}"

    def impor_berkas(self, jenis: str, path: Path, periksa: bool, options: dict[str, Any]) -> tuple[str, list[str]]:
        """What was done, and notes."""
        if jenis == "batas":
            return self.impor_batas(path, periksa, options["atribusi"], options["edisi_batas"])
        if jenis == "nilai":
            return self.impor_nilai(path, periksa, options)
        if jenis in DAFTAR:
            return self.impor_daftar(jenis, path, periksa, options)
        periode = options["periode"]
        if jenis == PENDUDUK.kode and (periode is None or periode.frekuensi != "B"):
            raise CommandError(f"Sebutkan bulan berkasnya: manage.py impor {jenis} BERKAS --periode 2025-07")
        with self.explained(path):
            hasil = impor_path(BERKAS[jenis], path, simpan=not periksa, isian={"periode": str(periode or "")})
        return hasil.laporan, hasil.catatan

    def impor_batas(self, path: Path, periksa: bool, sumber: str, edisi: str) -> tuple[str, list[str]]:
        with self.explained(path, "daerah ke-"), path.open("rb") as file, transaction.atomic():
            sidik = hashlib.file_digest(file, "sha256").hexdigest()
            hasil = impor_batas(file, sumber=sumber or f"berkas {path.name}", edisi=edisi, simpan=not periksa)
            self.record("batas", path, sidik, hasil.as_json())
            transaction.set_rollback(periksa)
        notes = [
            *_codes("kode yang tidak ada di daftar wilayah, tidak disimpan", hasil.tak_dikenal),
            *_codes("wilayah yang tidak ada di berkas, tanpa peta", hasil.tanpa_batas),
            *_codes("batas lama yang dihapus karena tidak ada di berkas", hasil.dihapus),
        ]
        if not sumber:
            notes.append("sebutkan sumber petanya dengan --atribusi, agar tertulis di bawah peta")
        laporan = (
            f"batas: {angka(hasil.dibaca)} daerah; {angka(hasil.baru)} baru, {angka(hasil.berubah)} berubah, "
            f"{angka(hasil.sama)} sama, {angka(len(hasil.dihapus))} dihapus"
        )
        return laporan, notes

    def impor_daftar(self, jenis: str, path: Path, periksa: bool, options: dict[str, Any]) -> tuple[str, list[str]]:
        """One of DAFTAR into its table, with a record of the file; checking only undoes both."""
        if jenis == "penduduk" and not (options["per"] and options["sumber"]):
            raise CommandError("Sebutkan bulan dan sumbernya: manage.py impor penduduk BERKAS --per 2024-12 --sumber …")
        if jenis == "pagu_dd" and not options["sumber"]:
            raise CommandError("Sebutkan sumbernya: manage.py impor pagu_dd BERKAS --sumber …")
        source = {name: options[name] for name in ("per", "sumber", "sumber_luas")}
        importer: dict[str, Callable[[BinaryIO], HasilDaftar]] = {
            "penduduk": partial(impor_penduduk, **source),
            "lokus": impor_lokus,
            "kode_bps": impor_kode_bps,
            "pagu_dd": partial(impor_pagu, sumber=options["sumber"]),
            "anggaran_kecamatan": partial(
                impor_anggaran, **{name: options[name] for name in ("periode", "kecamatan", "sumber")}
            ),
            "kategori_sp4n": impor_kategori_sp4n,
        }
        with self.explained(path), path.open("rb") as original, open_plain(path) as file, transaction.atomic():
            sidik = hashlib.file_digest(original, "sha256").hexdigest()
            hasil = importer[jenis](file)
            self.record(jenis, path, sidik, asdict(hasil))
            transaction.set_rollback(periksa)
        laporan = (
            f"{jenis}: {angka(hasil.baru)} baru, {angka(hasil.berubah)} berubah, {angka(hasil.dihapus)} dihapus, "
            f"{angka(hasil.sama)} sama"
        )
        return laporan, hasil.catatan

    def impor_nilai(self, path: Path, periksa: bool, options: dict[str, Any]) -> tuple[str, list[str]]:
        kode = options["peta"]
        peta = PetaKolom.objects.filter(kode=kode).first()
        if kode and peta is None:
            known = ", ".join(PetaKolom.objects.values_list("kode", flat=True)) or "belum ada"
            raise CommandError(f"Peta kolom “{kode}” tidak dikenal. Yang ada: {known}.")
        with self.explained(path), path.open("rb") as original, open_plain(path) as file, transaction.atomic():
            berkas = self.record("nilai", path, hashlib.file_digest(original, "sha256").hexdigest(), {})
            told = {name: options[name] for name in ("periode", "desa", "penyakit", "sumber")}
            hasil = impor_nilai(file, peta=peta, berkas=berkas, simpan=not periksa, **told)
            berkas.ringkasan = hasil.as_json()
            berkas.save(update_fields=["ringkasan"])
            transaction.set_rollback(periksa)
        notes = _codes("kode desa yang tidak ada di daftar wilayah, tidak disimpan", hasil.tak_dikenal)
        return hasil.laporan, [*hasil.catatan, *notes]

    def record(self, jenis: str, path: Path, sidik: str, ringkasan: dict[str, Any]) -> BerkasImpor:
        return BerkasImpor.objects.create(
            jenis=jenis,
            nama_berkas=path.name,
            sidik=sidik,
            status=BerkasImpor.Status.TERSIMPAN,
            ringkasan=ringkasan,
            finished_at=timezone.now(),
        )

    @contextmanager
    def explained(self, path: Path, unit: str = "baris ") -> Iterator[None]:
        """Turn what is wrong with a file into words for the terminal."""
        try:
            yield
        except OSError as error:
            raise CommandError(f"{path} tidak dapat dibuka: {error.strerror}") from error
        except Rejected as error:
            raise CommandError(_refusal(error, unit)) from error


def _refusal(error: Rejected, unit: str) -> str:
    lines = [f"Tidak ada yang disimpan: {error.total} kesalahan."]
    for row in error.errors[:ERRORS_SHOWN]:
        where = f"{unit}{row.baris}" if row.baris else "berkas"
        lines.append(f"  {where}{f', kolom {row.kolom}' if row.kolom else ''}: {row.pesan}")
    if error.total > ERRORS_SHOWN:
        lines.append(f"  … dan {error.total - ERRORS_SHOWN} lainnya")
    return "\n".join(lines)


def _codes(label: str, codes: list[str]) -> list[str]:
    if not codes:
        return []
    more = f", … dan {angka(len(codes) - CODES_SHOWN)} lainnya" if len(codes) > CODES_SHOWN else ""
    return [f"{label} ({angka(len(codes))}): {', '.join(codes[:CODES_SHOWN])}{more}"]
