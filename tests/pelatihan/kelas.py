"""A class on its day, for tests."""

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.utils import timezone

from kecamatan.models import Wilayah
from pelatihan.models import Angkatan, Kelas, Peserta, Sesi
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, SesiFactory


KABUPATEN = "11.01"
WIB = ZoneInfo("Asia/Jakarta")


def angkatan_kini(wilayah: dict[str, Wilayah], **kwargs: object) -> Angkatan:
    """A cohort that KABUPATEN organises and that began yesterday."""
    day = timezone.localdate()
    days = {"mulai": day - datetime.timedelta(days=1), "selesai": day + datetime.timedelta(days=3)}
    satu: Angkatan = AngkatanFactory(program__wilayah=wilayah[KABUPATEN], **{"status": "berlangsung", **days, **kwargs})
    return satu


def kelas_kini(wilayah: dict[str, Wilayah], cast: SimpleNamespace | None = None, **kwargs: object) -> Kelas:
    """A class of it, which the provider and the trainer of the cast keep."""
    angkatan = kwargs.pop("angkatan", None) or angkatan_kini(wilayah)
    place = {"wilayah": kwargs.pop("tempat_di")} if "tempat_di" in kwargs else {}
    kelas: Kelas = KelasFactory(angkatan=angkatan, **place, **kwargs)
    if cast:
        kelas.petugas.add(cast.penyedia)
    return kelas


def sesi_kini(kelas: Kelas, menit: int = 5, **kwargs: object) -> Sesi:
    """A session that began so many minutes ago, or begins in so many if negative."""
    mulai = timezone.now() - datetime.timedelta(minutes=menit)
    satu: Sesi = SesiFactory(kelas=kelas, mulai=mulai, **kwargs)
    return satu


def peserta_kini(kelas: Kelas, **kwargs: object) -> Peserta:
    satu: Peserta = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas, **kwargs)
    return satu


def at(day: datetime.date, jam: str, zona: ZoneInfo = WIB) -> datetime.datetime:
    """ "08.00" of a day by a clock."""
    hours, _, minutes = jam.partition(".")
    return datetime.datetime.combine(day, datetime.time(int(hours), int(minutes)), tzinfo=zona)
