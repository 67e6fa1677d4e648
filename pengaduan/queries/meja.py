"""The desk: what waits in a region for this person, in the order of its deadlines; and one case in full."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from kecamatan.models import Pengguna, Tingkat, UnitLayanan, Wilayah
from kecamatan.permissions import PERAN, Izin
from kecamatan.queries.hari_libur import kalender
from kecamatan.queries.wilayah import kabupaten_of, kecamatan_of
from p3pd_portal.lib.angka import angka
from pengaduan.models import JawabanBaku, Lampiran, Langkah, LangkahPengaduan, Pengaduan, Pihak, Status
from pengaduan.models.alur import ALUR, GILIRAN_PELAPOR, TERBUKA, TERTUTUP, langkah_dari
from pengaduan.queries import halaman as pages
from pengaduan.queries.wewenang import is_pelaksana, is_reported, may_take


SEHALAMAN = 25
SARINGAN = {
    "": "Berjalan",
    "lewat": "Lewat tenggat",
    "baru": "Menunggu verifikasi",
    "saring": "Perlu disaring",
    "pelapor": "Menunggu pelapor",
    "ditutup": "Ditutup",
}


@dataclass(frozen=True)
class DaftarMeja:
    """A page of the desk. `jumlah` counts each filter's cases, in words: "99+" in a province or the nation;
    `boleh_unduh`: this person may take the list away."""

    halaman: Page[Pengaduan]
    tampil: str
    bidang: str
    unit: str
    hari_ini: datetime.date
    jumlah: dict[str, str]
    boleh_unduh: bool

    @property
    def saringan(self) -> list[tuple[str, str, str]]:
        return [(kode, label, self.jumlah[kode]) for kode, label in SARINGAN.items()]


def semua_meja(
    user: Pengguna, wilayah: Wilayah, tampil: str = "", bidang: str = "", unit: str = ""
) -> "QuerySet[Pengaduan]":
    """What a filter shows to this person, what is due first on top; an unknown filter is that of running cases."""
    tampil = tampil if tampil in SARINGAN else ""
    rows = _seen(user, wilayah, bidang, unit).filter(_q(tampil, kalender(wilayah).hari_ini))
    rows = rows.select_related("kategori", "wilayah", "pelaksana_wilayah")
    return rows.order_by(F("tenggat").asc(nulls_last=True), "pk") if tampil != "ditutup" else rows


def _seen(user: Pengguna, wilayah: Wilayah, bidang: str, unit: str) -> "QuerySet[Pengaduan]":
    seen = Pengaduan.objects.visible_to(user).in_wilayah(wilayah)
    if bidang:
        seen = seen.filter(kategori__bidang=bidang)
    return seen.filter(unit=int(unit[:9])) if unit.isdecimal() else seen


def daftar_meja(
    user: Pengguna, wilayah: Wilayah, tampil: str = "", bidang: str = "", unit: str = "", halaman: int = 1
) -> DaftarMeja:
    """What waits in a region for this person; `bidang` and `unit` (its id) narrow list and counts."""
    today = kalender(wilayah).hari_ini
    tampil = tampil if tampil in SARINGAN else ""
    page = pages.halaman(semua_meja(user, wilayah, tampil, bidang, unit), wilayah, SEHALAMAN, halaman)
    counts = _count(_seen(user, wilayah, bidang, unit), wilayah, today, SARINGAN)
    may_download = wilayah.tingkat >= Tingkat.KABUPATEN and user.has_izin(Izin.KELOLA_PENGADUAN, wilayah)
    return DaftarMeja(page, tampil, bidang, unit, today, counts, may_download)


def unit_meja(wilayah: Wilayah) -> QuerySet[UnitLayanan]:
    """Units among which the desk of a kecamatan or desa chooses; a larger region has too many for a list."""
    found = UnitLayanan.objects.in_force().in_wilayah(wilayah).order_by("jenis", "nama")
    return found if wilayah.tingkat >= Tingkat.KECAMATAN else found.none()


def jawaban_baku(pengaduan: Pengaduan) -> QuerySet[JawabanBaku]:
    """Words written beforehand that fit a report: those of its regions."""
    return JawabanBaku.objects.for_wilayah(pengaduan.wilayah).filter(aktif=True)


def jumlah_meja(user: Pengguna, wilayah: Wilayah) -> dict[str, str]:
    """Running cases of a region for this person, and those of them that are late by the day in Jakarta, in words."""
    seen = Pengaduan.objects.visible_to(user).in_wilayah(wilayah).open()
    counted = _count(seen, wilayah, timezone.localdate(), ("", "lewat"))
    return {"berjalan": counted[""], "lewat": counted["lewat"]}


def _q(tampil: str, today: datetime.date) -> Q:
    """What a filter shows. What came without proof stands apart until somebody looked at it."""
    running = Q(perlu_disaring=False, status__in=TERBUKA)
    return {
        "": running,
        "lewat": running & Q(tenggat__lt=today),
        "baru": running & Q(status=Status.DITERIMA),
        "saring": Q(perlu_disaring=True, status__in=TERBUKA),
        "pelapor": running & Q(status__in=GILIRAN_PELAPOR),
        "ditutup": Q(status__in=TERTUTUP),
    }[tampil]


def _count(
    seen: QuerySet[Pengaduan], wilayah: Wilayah, today: datetime.date, saringan: Iterable[str]
) -> dict[str, str]:
    if pages.is_luas(wilayah):
        return {kode: pages.jumlah_teratas(seen.filter(_q(kode, today))) for kode in saringan}
    found: dict[str, int] = seen.aggregate(**{f"n_{kode}": Count("pk", filter=_q(kode, today)) for kode in saringan})
    return {kode: angka(found[f"n_{kode}"]) for kode in saringan}


@dataclass(frozen=True)
class Tujuan:
    """Somebody to whom a case may be handed."""

    kode: str
    label: str
    wilayah: Wilayah
    peran: str


@dataclass(frozen=True)
class RincianMeja:
    """A case for one officer: its history, what may be done now, and to whom it may be handed.

    `boleh_kontak`: its reporter left a contact that this officer may read; of an anonymous report the desk alone.
    """

    pengaduan: Pengaduan
    langkah: Sequence[LangkahPengaduan]
    lampiran: Sequence[Lampiran]
    boleh: Sequence[Langkah]
    tujuan: Sequence[Tujuan]
    is_meja: bool
    is_pelaksana: bool
    boleh_kontak: bool
    hari_ini: datetime.date

    @property
    def lewat(self) -> bool:
        return bool(self.pengaduan.tenggat and self.pengaduan.tenggat < self.hari_ini)


def rincian_meja(user: Pengguna, pengaduan: Pengaduan) -> RincianMeja:
    may = [satu for satu in langkah_dari(pengaduan.status) if may_take(user, pengaduan, ALUR[satu].pihak)]
    desk, follows = may_take(user, pengaduan, Pihak.MEJA), is_pelaksana(user, pengaduan)
    anonim = pengaduan.identitas == Pengaduan.Identitas.ANONIM
    return RincianMeja(
        pengaduan=pengaduan,
        langkah=list(pengaduan.langkah.select_related("oleh__orang")),
        lampiran=list(pengaduan.lampiran.defer("isi")),
        boleh=may,
        tujuan=tujuan_disposisi(pengaduan) if Langkah.DISPOSISI in may else [],
        is_meja=desk,
        is_pelaksana=follows or desk,
        boleh_kontak=hasattr(pengaduan, "kontak") and (desk or (follows and not anonim)),
        hari_ini=kalender(pengaduan.wilayah).hari_ini,
    )


def tujuan_disposisi(pengaduan: Pengaduan) -> list[Tujuan]:
    """The desa it is about, the UPT of its kecamatan, the desks and offices of its kabupaten; never the office that is
    reported."""
    kecamatan, kabupaten = kecamatan_of(pengaduan.wilayah), kabupaten_of(pengaduan.wilayah)
    offered = [
        *([(pengaduan.wilayah, "")] if pengaduan.wilayah.tingkat == Tingkat.DESA else []),
        (kecamatan, "upt_kesehatan"),
        (kecamatan, "upt_pendidikan"),
        (kecamatan, ""),
        (kabupaten, "opd_kabupaten"),
        (kabupaten, "inspektorat"),
        (kabupaten, ""),
    ]
    return [
        Tujuan(f"{wilayah.kode}:{peran}", _label(wilayah, peran), wilayah, peran)
        for wilayah, peran in offered
        if not is_reported(pengaduan, wilayah, peran)
    ]


def _label(wilayah: Wilayah, peran: str) -> str:
    if peran:
        return f"{PERAN[peran].label}, {wilayah.nama_lengkap}"
    return f"Pemerintah {wilayah.nama_lengkap}" if wilayah.tingkat == Tingkat.DESA else f"Meja {wilayah.nama_lengkap}"
