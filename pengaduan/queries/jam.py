"""The clock of a complaint: by when its next step is due, by when it must be answered, and when it moves up."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kecamatan.models import Tingkat
from kecamatan.queries.hari_libur import Kalender, kalender
from p3pd_portal.lib import hari_kerja
from pengaduan.models import BatasWaktu, Pengaduan, Status
from pengaduan.models.alur import GILIRAN_PELAPOR


Jeda = Iterable[tuple[datetime.date, datetime.date | None]]
_K = BatasWaktu.Kode


@dataclass(frozen=True)
class Tenggat:
    """The days that follow from a complaint's events; none where nothing is due."""

    tenggat: datetime.date | None
    selesai: datetime.date | None
    naik: datetime.date | None


def batas_waktu(on: datetime.date) -> dict[str, int]:
    """Days of every step that begins on a day."""
    rules = BatasWaktu.objects.filter(berlaku_dari__lte=on).order_by("berlaku_dari")
    return dict(rules.values_list("kode", "hari"))


def hitung_tenggat(pengaduan: Pengaduan, jeda: Jeda, jam: Kalender, batas: Mapping[str, int]) -> Tenggat:
    """What is due when, from the events alone: the same again after a day off was added or taken away.

    Args:
        jeda: first and last day of every pause, in order.
        batas: days of every step, as of the day the clock started.
    """
    if not pengaduan.is_open:
        return Tenggat(None, pengaduan.tenggat_selesai, None)
    selesai = hari_kerja.due_day(jam.mulai(pengaduan.jam_mulai), batas[kode_selesai(pengaduan)], jeda, jam.libur)
    tenggat = _langkah_berikut(pengaduan, selesai, jam, batas)
    return Tenggat(tenggat, selesai, _naik(pengaduan, tenggat, jam, batas))


def kode_selesai(pengaduan: Pengaduan) -> str:
    """Which promise a report falls under."""
    if pengaduan.pengawasan:
        return _K.PENGAWASAN
    return _K.PENGADUAN if pengaduan.jenis == Pengaduan.Jenis.PENGADUAN else _K.INFORMASI


def _langkah_berikut(
    pengaduan: Pengaduan, selesai: datetime.date | None, jam: Kalender, batas: Mapping[str, int]
) -> datetime.date | None:
    match pengaduan.status:
        case Status.DITERIMA:
            return jam.tenggat(pengaduan.jam_mulai, batas[_K.VERIFIKASI])
        case Status.PERLU_DILENGKAPI:
            here = pengaduan.sejak.astimezone(jam.zoneinfo).date()
            return here + datetime.timedelta(days=batas[_K.LENGKAPI])
        case Status.DIDISPOSISI:
            respon = jam.tenggat(pengaduan.sejak, batas[_K.RESPON])
            return min(respon, selesai) if selesai else respon
        case Status.DITANGGAPI:
            return jam.tenggat(pengaduan.sejak, batas[_K.TANGGAPAN])
        case Status.DITUNDA:
            return None
    return selesai


def _naik(
    pengaduan: Pengaduan, tenggat: datetime.date | None, jam: Kalender, batas: Mapping[str, int]
) -> datetime.date | None:
    """What was given more time by moving up moves on when that has passed. The inspectorate has nobody above it."""
    is_top = pengaduan.meja.tingkat == Tingkat.NASIONAL
    if tenggat is None or is_top or pengaduan.wbs or pengaduan.status in GILIRAN_PELAPOR:
        return None
    if pengaduan.naik_pada is None:
        return tenggat
    return max(tenggat, jam.tenggat(pengaduan.naik_pada, batas[_K.ESKALASI]))


def set_tenggat(pengaduan: Pengaduan, jam: Kalender, batas: Mapping[str, int]) -> bool:
    """Write the days onto a complaint, not yet saved; returns whether any differs."""
    before = (pengaduan.tenggat, pengaduan.tenggat_selesai, pengaduan.tenggat_naik)
    jeda = [(satu.dari, satu.sampai) for satu in pengaduan.jeda.all()] if pengaduan.pk else []
    found = hitung_tenggat(pengaduan, jeda, jam, batas)
    pengaduan.tenggat, pengaduan.tenggat_selesai, pengaduan.tenggat_naik = found.tenggat, found.selesai, found.naik
    return before != (found.tenggat, found.selesai, found.naik)


def perbarui_tenggat(pengaduan: Pengaduan) -> None:
    """The days of one complaint after a step, not yet saved."""
    jam = kalender(pengaduan.wilayah)
    set_tenggat(pengaduan, jam, batas_waktu(pengaduan.jam_mulai.astimezone(jam.zoneinfo).date()))
