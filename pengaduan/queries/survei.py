"""Surveys to read: the list of those who keep them, what one found, and what everybody may see of a region."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.db.models.functions import Lower
from django.utils import timezone

from kecamatan.models import Pengguna, UnitLayanan, Wilayah
from p3pd_portal.lib.charts import bar_width
from p3pd_portal.lib.periode import Periode
from pengaduan.models import (
    JenisLayanan,
    MutuSKM,
    Pengaduan,
    RingkasanProfil,
    RingkasanSurvei,
    RingkasanUnsur,
    Status,
    Survei,
    UnsurSKM,
)
from pengaduan.models.hasil_survei import pilihan
from pengaduan.models.survei import q_unit
from pengaduan.queries.publik import BarisBidang, tekan


SEHALAMAN, DERET_SEHALAMAN = 25, 15
NILAI_TERTINGGI = Decimal(4)


@dataclass(frozen=True)
class BarisUnsur:
    """An element with its mean value; `lebar` is the width of its bar in per cent, for SVG."""

    unsur: UnsurSKM
    n: int
    nrr: Decimal | None

    @property
    def lebar(self) -> str:
        return bar_width(self.nrr, NILAI_TERTINGGI)


@dataclass(frozen=True)
class ProfilResponden:
    """One thing people may say of themselves; small numbers are hidden, as in every table of few people."""

    nama: str
    baris: Sequence[BarisBidang]


@dataclass(frozen=True)
class HasilSurvei:
    """What a closed survey found, the weakest element first."""

    survei: Survei
    ringkasan: RingkasanSurvei
    unsur: Sequence[BarisUnsur]
    profil: Sequence[ProfilResponden] = ()

    @property
    def terlemah(self) -> BarisUnsur:
        return self.unsur[0]

    @property
    def terkuat(self) -> BarisUnsur:
        return self.unsur[-1]


def hasil_survei(survei: Survei) -> HasilSurvei | None:
    """What a survey found, with who answered; None while it runs."""
    if not survei.is_closed:
        return None
    ringkasan = RingkasanSurvei.objects.select_related("mutu", "survei").get(survei=survei)
    return HasilSurvei(survei, ringkasan, _unsur(ringkasan.unsur.select_related("unsur")), _profil(ringkasan))


def _unsur(rows: Iterable[RingkasanUnsur]) -> list[BarisUnsur]:
    found = [BarisUnsur(row.unsur, row.n, row.nrr) for row in rows]
    return sorted(found, key=lambda satu: (satu.nrr is None, satu.nrr or 0, satu.unsur.urutan))


def _profil(ringkasan: RingkasanSurvei) -> list[ProfilResponden]:
    counts: dict[str, dict[str, int]] = {}
    for row in ringkasan.profil.all():
        counts.setdefault(row.dimensi, {})[row.nilai] = row.n
    return [
        ProfilResponden(
            str(dimensi.label).capitalize(),
            tekan({label: counts.get(dimensi, {}).get(kode, 0) for kode, label in pilihan(dimensi).items()}),
        )
        for dimensi in RingkasanProfil.Dimensi
    ]


def daftar_kelola(user: Pengguna, wilayah: Wilayah, halaman: int = 1) -> Page[Any]:
    """Surveys of a region that somebody keeps, each with the number of its answers (`n_jawaban`), the latest first."""
    rows = Survei.objects.visible_to(user).in_wilayah(wilayah).select_related("unit__wilayah", "ringkasan__mutu")
    return Paginator(rows.annotate(n_jawaban=Count("jawaban")).order_by("-sampai", "-pk"), SEHALAMAN).get_page(halaman)


def unit_kelola(user: Pengguna, wilayah: Wilayah) -> list[UnitLayanan]:
    """Units at work in a region whose surveys and cards somebody keeps."""
    rows = UnitLayanan.objects.in_force().in_wilayah(wilayah).filter(q_unit(user))
    return list(rows.order_by("jenis", "nama"))


def nama_layanan() -> list[str]:
    """Kinds of service that the form proposes, each once."""
    return list(JenisLayanan.objects.order_by("nama").values_list("nama", flat=True).distinct())


def survei_pelapor(pengaduan: Pengaduan) -> list[Survei]:
    """Running surveys of the unit of a complaint that came to its end."""
    if pengaduan.status != Status.SELESAI or pengaduan.unit_id is None:
        return []
    return list(Survei.objects.running(timezone.localdate()).filter(unit=pengaduan.unit_id).order_by("pk"))


# What everybody may see


@dataclass(frozen=True)
class Deret:
    """One service of one unit over its published periods, the latest first."""

    terbaru: HasilSurvei
    survei: Sequence[Survei]


def daftar_publik(wilayah: Wilayah, halaman: int = 1) -> tuple[Page[Any], list[Deret]]:
    """A page of services with published surveys, by unit; and each of them over its periods."""
    rows = Survei.objects.published().in_wilayah(wilayah).annotate(layanan=Lower("jenis_layanan"))
    one_service = ("unit__jenis", "unit__nama", "unit", "layanan")
    latest = rows.order_by(*one_service, "-sampai", "-pk").distinct(*one_service)
    page = Paginator(latest.select_related("unit__wilayah"), DERET_SEHALAMAN).get_page(halaman)
    return page, _deret(list(page.object_list))


def _deret(latest: Sequence[Survei]) -> list[Deret]:
    rows = Survei.objects.published().filter(unit__in={satu.unit_id for satu in latest})
    known = rows.select_related("unit__wilayah", "ringkasan__mutu").prefetch_related("ringkasan__unsur__unsur")
    series: dict[tuple[int, str], list[Survei]] = {}
    for satu in sorted(known, key=lambda satu: Periode.parse(satu.periode), reverse=True):
        series.setdefault(_key(satu), []).append(satu)
    return [_satu_deret(series[_key(satu)]) for satu in latest]


def _key(survei: Survei) -> tuple[int, str]:
    return survei.unit_id, survei.jenis_layanan.casefold()


def _satu_deret(rows: Sequence[Survei]) -> Deret:
    first = rows[0]
    return Deret(HasilSurvei(first, first.ringkasan, _unsur(first.ringkasan.unsur.all())), rows)


def tabel_mutu() -> list[MutuSKM]:
    return list(MutuSKM.objects.all())
