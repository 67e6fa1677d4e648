"""What tests of complaints share: reference data, a report as the form gives it, and one laid on a desk."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from kecamatan.models import Wilayah
from kecamatan.queries.hari_libur import Kalender
from pengaduan.actions.meja import take_langkah
from pengaduan.actions.terima import Laporan, terima
from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.models import KategoriPengaduan, Langkah, Pengaduan
from pengaduan.queries.kode import TandaTerima


A, A1 = "11.01.01", "11.01.01.2001"
B, B1 = "11.01.02", "11.01.02.2001"
FIXTURES = settings.BASE_DIR / "fixtures"
SENIN = datetime.datetime(2026, 11, 9, 3, tzinfo=datetime.UTC)
"""Monday, 9 November 2026, ten o'clock in Jakarta; no day off in sight until Christmas."""


def load_acuan() -> None:
    impor_pengaduan(FIXTURES)


def laporan(wilayah: Wilayah, **more: Any) -> Laporan:
    said = {
        "jenis": "pengaduan",
        "kategori": KategoriPengaduan.objects.get(pk=more.pop("kategori", "infrastruktur")),
        "judul": "Jembatan Dusun Krajan putus",
        "isi": "Anak-anak menyeberang sungai sejak hari Senin.",
        "identitas": "tanpa_identitas",
    }
    return Laporan(wilayah=wilayah, **(said | more))


def lapor(wilayah: Wilayah, kunci: str = "satu", perlu_disaring: bool = False, **more: Any) -> TandaTerima:
    return terima(laporan=laporan(wilayah, **more), kunci=kunci, perlu_disaring=perlu_disaring)


def maju(pengaduan: Pengaduan, cast: SimpleNamespace, *langkah: Langkah) -> Pengaduan:
    """Take steps in the name of the camat, with words where they are asked for."""
    for satu in langkah:
        more: dict[str, Any] = {"wilayah": pengaduan.meja, "peran": ""} if satu == Langkah.DISPOSISI else {}
        take_langkah(by=cast.camat_a, pengaduan=pengaduan, langkah=satu, catatan="Penjelasan.", **more)
    return fresh(pengaduan)


def fresh(pengaduan: Pengaduan) -> Pengaduan:
    return Pengaduan.objects.get(pk=pengaduan.pk)


def hari_ini(monkeypatch: Any, day: datetime.date) -> None:
    """Let every calendar stand on a day."""
    monkeypatch.setattr(Kalender, "hari_ini", day)
