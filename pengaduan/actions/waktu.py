"""What happens to complaints by the calendar alone; a task calls it every hour, and may be run at any time."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Tingkat
from kecamatan.queries.hari_libur import Kalender, kalender
from pengaduan.actions.catat import lock, record
from pengaduan.actions.kabar import tell_meja
from pengaduan.models import Langkah, LangkahPengaduan, Pengaduan, Pihak, Status
from pengaduan.queries.jam import batas_waktu, perbarui_tenggat, set_tenggat


SEKALIGUS = 1000


def settle_overdue(*, pada: datetime.date) -> dict[str, int]:
    """Close what its reporter did not complete, close answered cases to which nobody objected, and move up what an
    office left lying.

    Args:
        pada: today in Jakarta, where the day ends last: nothing is late there that is not late elsewhere.

    Returns:
        How many of each.
    """
    late = Pengaduan.objects.open().filter(tenggat__lt=pada)
    return {
        "kedaluwarsa": _each(
            late.filter(status=Status.PERLU_DILENGKAPI), lambda satu: _close(satu, Langkah.KEDALUWARSA)
        ),
        "selesai": _each(late.filter(status=Status.DITANGGAPI), lambda satu: _close(satu, Langkah.DIAM)),
        "eskalasi": _each(Pengaduan.objects.open().filter(tenggat_naik__lt=pada), lambda satu: _naik(satu, pada)),
    }


def _each(rows: QuerySet[Pengaduan], act: Callable[[Pengaduan], None]) -> int:
    """One transaction a case, so that one that fails holds up no other."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        with transaction.atomic():
            act(lock(Pengaduan(pk=pk)))
    return len(keys)


def _close(pengaduan: Pengaduan, langkah: Langkah) -> None:
    pengaduan.move(langkah)
    perbarui_tenggat(pengaduan)
    pengaduan.save()
    record(pengaduan, langkah, pihak=Pihak.SISTEM, sifat=LangkahPengaduan.Sifat.PUBLIK)


def _naik(pengaduan: Pengaduan, pada: datetime.date) -> None:
    """To the region above: from a desa's hands to the kecamatan's desk, from there to the kabupaten's, and so on."""
    above = pengaduan.meja.induk
    if pengaduan.pelaksana_wilayah.tingkat == Tingkat.DESA or above is None:
        pengaduan.pelaksana_wilayah, pengaduan.pelaksana_peran = pengaduan.meja, ""
    else:
        pengaduan.meja = above
    pengaduan.eskalasi, pengaduan.naik_pada = pengaduan.eskalasi + 1, pada
    perbarui_tenggat(pengaduan)
    pengaduan.save()
    row = record(pengaduan, Langkah.ESKALASI, pihak=Pihak.SISTEM, sifat=LangkahPengaduan.Sifat.PELAPOR)
    tell_meja(row, _("Laporan warga lewat tenggat dan naik ke meja Anda"))


def recount_tenggat() -> int:
    """Count the days of every open case again, as after a day off was added; returns how many changed.

    Their history tells of each change, under the name of the task. Mostly nothing changes: only what does is locked.
    """
    clocks = _Jam()
    return sum(_recount([satu.pk for satu in clocks.move(rows)], clocks) for rows in _batches())


@transaction.atomic
def _recount(keys: Sequence[int], clocks: "_Jam") -> int:
    """Count the days of these cases again, as they are now."""
    moved = clocks.move(_running().filter(pk__in=keys).select_for_update(of=("self",))) if keys else []
    Pengaduan.objects.bulk_update(moved, ["tenggat", "tenggat_selesai", "tenggat_naik"])
    return len(moved)


class _Jam:
    """Calendars and limits for many cases: days off and time zones are those of a kabupaten, limits those of a day."""

    def __init__(self) -> None:
        self._kalender: dict[str, Kalender] = {}
        self._batas: dict[datetime.date, dict[str, int]] = {}

    def move(self, rows: Iterable[Pengaduan]) -> list[Pengaduan]:
        """The cases whose days differ now, with their new days."""
        return [satu for satu in rows if set_tenggat(satu, *self.of(satu))]

    def of(self, pengaduan: Pengaduan) -> tuple[Kalender, dict[str, int]]:
        kabupaten = pengaduan.wilayah.kode[:5]
        if kabupaten not in self._kalender:
            self._kalender[kabupaten] = kalender(pengaduan.wilayah)
        jam = self._kalender[kabupaten]
        day = timezone.localdate(pengaduan.jam_mulai, jam.zoneinfo)
        if day not in self._batas:
            self._batas[day] = batas_waktu(day)
        return jam, self._batas[day]


def _batches() -> Iterator[list[Pengaduan]]:
    last = 0
    while batch := list(_running().filter(pk__gt=last).order_by("pk")[:SEKALIGUS]):
        yield batch
        last = batch[-1].pk


def _running() -> QuerySet[Pengaduan]:
    """Running cases with what their days depend on, and nothing else: there may be hundreds of thousands."""
    rows = Pengaduan.objects.open().select_related("wilayah", "meja").prefetch_related("jeda")
    return rows.only(
        "jenis", "status", "pengawasan", "wbs", "jam_mulai", "sejak", "naik_pada",
        "tenggat", "tenggat_selesai", "tenggat_naik", "wilayah__kode", "meja__tingkat",
    )  # fmt: skip
