"""The desk: what waits in a region for this person, in the order of its deadlines; and one case in full."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from kecamatan.models import Bidang, Pengguna, Tingkat, Wilayah
from kecamatan.permissions import PERAN
from kecamatan.queries.hari_libur import kalender
from pengaduan.models import Lampiran, Langkah, LangkahPengaduan, Pengaduan, Pihak, Status
from pengaduan.models.alur import ALUR, TERTUTUP, langkah_dari
from pengaduan.queries.jam import kecamatan_of
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
    """A page of the desk. `jumlah` counts each filter's cases."""

    halaman: Page[Pengaduan]
    tampil: str
    bidang: str
    hari_ini: datetime.date
    jumlah: dict[str, int]

    @property
    def saringan(self) -> list[tuple[str, str, int]]:
        return [(kode, label, self.jumlah[kode]) for kode, label in SARINGAN.items()]


def daftar_meja(user: Pengguna, wilayah: Wilayah, tampil: str = "", bidang: str = "", halaman: int = 1) -> DaftarMeja:
    today = kalender(wilayah).hari_ini
    seen = Pengaduan.objects.visible_to(user).in_wilayah(wilayah)
    if bidang in set(Bidang.objects.values_list("kode", flat=True)):
        seen = seen.filter(kategori__bidang=bidang)
    tampil = tampil if tampil in SARINGAN else ""
    rows = seen.filter(_q(tampil, today)).select_related("kategori", "wilayah", "meja", "pelaksana_wilayah", "unit")
    late_first = rows.order_by(F("tenggat").asc(nulls_last=True), "pk") if tampil != "ditutup" else rows
    return DaftarMeja(Paginator(late_first, SEHALAMAN).get_page(halaman), tampil, bidang, today, _count(seen, today))


def jumlah_meja(user: Pengguna, wilayah: Wilayah) -> dict[str, int]:
    """Running cases of a region for this person, and those of them that are late by the day in Jakarta."""
    today = timezone.localdate()
    seen = Pengaduan.objects.visible_to(user).in_wilayah(wilayah)
    counted: dict[str, int] = seen.aggregate(
        berjalan=Count("pk", filter=_q("", today)), lewat=Count("pk", filter=_q("lewat", today))
    )
    return counted


def _q(tampil: str, today: datetime.date) -> Q:
    """What a filter shows. What came without proof stands apart until somebody looked at it."""
    running = Q(perlu_disaring=False) & ~Q(status__in=TERTUTUP)
    return {
        "": running,
        "lewat": running & Q(tenggat__lt=today),
        "baru": running & Q(status=Status.DITERIMA),
        "saring": Q(perlu_disaring=True) & ~Q(status__in=TERTUTUP),
        "pelapor": running & Q(status__in=[Status.PERLU_DILENGKAPI, Status.DITANGGAPI]),
        "ditutup": Q(status__in=TERTUTUP),
    }[tampil]


def _count(seen: QuerySet[Pengaduan], today: datetime.date) -> dict[str, int]:
    found: dict[str, int] = seen.aggregate(**{f"n_{kode}": Count("pk", filter=_q(kode, today)) for kode in SARINGAN})
    return {kode: found[f"n_{kode}"] for kode in SARINGAN}


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
    kecamatan = kecamatan_of(pengaduan.wilayah)
    kabupaten = kecamatan.induk if kecamatan.tingkat == Tingkat.KECAMATAN and kecamatan.induk else kecamatan
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
