"""Evaluations of draft budgets as the pages show them: with their clock, their documents and their checklist."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from kecamatan.models import Pengguna, Wilayah
from kecamatan.queries.hari_libur import Kalender, kalender
from layanan_dasar.models import (
    APBDes,
    BarisAPBDes,
    BerkasEvaluasi,
    ButirEvaluasi,
    CatatanEvaluasi,
    DelegasiEvaluasi,
    DokumenEvaluasi,
    EvaluasiAPBDes,
)
from layanan_dasar.models.berkas_evaluasi import BILA_ADA
from layanan_dasar.queries.periksa import Butir, dari_json, periksa


PER_HALAMAN = 50


@dataclass(frozen=True)
class Jam:
    """How the clock of an evaluation stands today.

    Attributes:
        batas: the last day; None while no clock runs.
        sisa: working days left, today not counted; negative once it is over.
        pasti: whether the days off up to then are known.
    """

    batas: datetime.date | None = None
    sisa: int = 0
    pasti: bool = True

    @property
    def lewat(self) -> bool:
        return self.sisa < 0

    @property
    def terlambat(self) -> int:
        """Working days since the deadline."""
        return -self.sisa


def jam_of(evaluasi: EvaluasiAPBDes, kalender: Kalender) -> Jam:
    batas, kini = evaluasi.batas, kalender.hari_ini
    if batas is None:
        return Jam()
    sisa = kalender.selisih(kini, batas)
    if batas < kini:
        sisa = min(sisa, -1)  # over a weekend no working day passes, and yet the deadline has
    return Jam(batas, sisa, kalender.is_certain(batas))


@dataclass(frozen=True)
class BarisEvaluasi:
    """An evaluation in a list."""

    evaluasi: EvaluasiAPBDes
    jam: Jam


@dataclass(frozen=True)
class DaftarEvaluasi:
    """A page of evaluations of a region, the most urgent first; and how many are open or late in all."""

    baris: list[BarisEvaluasi]
    halaman: Page[Any]
    n_berjalan: int
    n_lewat: int


def daftar_evaluasi(user: Pengguna, wilayah: Wilayah, tampil: str = "", halaman: int = 1) -> DaftarEvaluasi:
    """Evaluations that the user may see: all, or with `tampil` those that run ("berjalan") or ended ("selesai")."""
    jam = kalender(wilayah)
    seen = _seen(user, wilayah)
    berjalan = seen.open()
    lewat = berjalan.filter(
        Q(status="lengkap", tenggat__lt=jam.hari_ini) | Q(status="perbaikan", tenggat_perbaikan__lt=jam.hari_ini)
    )
    rows = {"berjalan": berjalan, "selesai": seen.exclude(pk__in=berjalan.values("pk"))}.get(tampil, seen)
    urut = rows.order_by(
        F("tgl_keputusan").asc(nulls_first=True), F("tenggat").asc(nulls_last=True), "-tgl_terima", "pk"
    )
    page = Paginator(urut, PER_HALAMAN).get_page(halaman)
    baris = [BarisEvaluasi(satu, jam_of(satu, jam)) for satu in page]
    return DaftarEvaluasi(baris, page, berjalan.count(), lewat.count())


def _seen(user: Pengguna, wilayah: Wilayah) -> Any:
    seen = EvaluasiAPBDes.objects.visible_to(user).in_wilayah(wilayah)
    return seen.select_related("apbdes__desa__induk").defer("pemeriksaan")


def jumlah_evaluasi(user: Pengguna, wilayah: Wilayah) -> dict[str, int]:
    """How many evaluations of a region run, and how many there were."""
    berjalan = Count("pk", filter=Q(pk__in=EvaluasiAPBDes.objects.open().values("pk")))
    return EvaluasiAPBDes.objects.visible_to(user).in_wilayah(wilayah).aggregate(semua=Count("pk"), berjalan=berjalan)


def rancangan_menunggu(wilayah: Wilayah) -> QuerySet[APBDes]:
    """Drafts of the region's desa that wait to be taken in: without an evaluation that runs, or back from the desa."""
    busy = EvaluasiAPBDes.objects.open().exclude(status=EvaluasiAPBDes.Status.PERBAIKAN)
    drafts = APBDes.objects.filter(wilayah.q_below("desa__"), status=APBDes.Status.RANCANGAN)
    return drafts.exclude(pk__in=busy.values("apbdes")).select_related("desa").order_by("desa__kode", "tahun", "jenis")


@dataclass(frozen=True)
class BarisDokumen:
    """A document of the checklist: whether it was handed in, and whether its scan is there."""

    jenis: DokumenEvaluasi.Jenis
    ada: bool
    berkas: bool
    wajib: bool


def daftar_dokumen(evaluasi: EvaluasiAPBDes) -> list[BarisDokumen]:
    ada = set(evaluasi.dokumen.values_list("jenis", flat=True))
    berkas = set(BerkasEvaluasi.objects.filter(dokumen__evaluasi=evaluasi).values_list("dokumen__jenis", flat=True))
    return [BarisDokumen(satu, satu in ada, satu in berkas, satu not in BILA_ADA) for satu in DokumenEvaluasi.Jenis]


@dataclass(frozen=True)
class BarisButir:
    """A question that is answered by hand, and its answer (None: not yet)."""

    kode: ButirEvaluasi.Kode
    butir: ButirEvaluasi | None


def daftar_butir(evaluasi: EvaluasiAPBDes) -> list[BarisButir]:
    butir = {satu.kode: satu for satu in evaluasi.butir.all()}
    return [BarisButir(kode, butir.get(kode)) for kode in ButirEvaluasi.Kode]


@dataclass(frozen=True)
class RincianEvaluasi:
    """Everything the page of one evaluation shows.

    `pemeriksaan` is computed from the lines as they are, or, once there is a result, as it was kept with that.
    """

    evaluasi: EvaluasiAPBDes
    jam: Jam
    delegasi: DelegasiEvaluasi | None
    dokumen: list[BarisDokumen]
    pemeriksaan: list[Butir]
    butir: list[BarisButir]
    catatan: list[CatatanEvaluasi]

    @property
    def dokumen_lengkap(self) -> bool:
        return all(satu.ada for satu in self.dokumen if satu.wajib)

    @property
    def keputusan(self) -> bool:
        """Whether the camat decides; else the result is a recommendation to the bupati."""
        return self.delegasi is not None


def rincian_evaluasi(evaluasi: EvaluasiAPBDes) -> RincianEvaluasi:
    jam = kalender(evaluasi.kecamatan)
    return RincianEvaluasi(
        evaluasi,
        jam_of(evaluasi, jam),
        delegasi_of(evaluasi, jam),
        daftar_dokumen(evaluasi),
        dari_json(evaluasi.pemeriksaan) if evaluasi.pemeriksaan else periksa(evaluasi.apbdes),
        daftar_butir(evaluasi),
        list(evaluasi.catatan.all()),
    )


def delegasi_of(evaluasi: EvaluasiAPBDes, jam: Kalender) -> DelegasiEvaluasi | None:
    """The delegation on the day of the decision, or today while there is none."""
    return DelegasiEvaluasi.objects.at(evaluasi.apbdes.desa, evaluasi.tgl_keputusan or jam.hari_ini).first()


def pilihan_baris(apbdes: APBDes) -> "QuerySet[BarisAPBDes]":
    """The lines of a budget in the order of the printed one."""
    return BarisAPBDes.objects.filter(apbdes=apbdes).order_by("kode_kegiatan", "kode_rekening", "sumber_dana")
