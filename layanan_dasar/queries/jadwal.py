"""When a sheet may be filled: from the end of its period to its lock, and longer where somebody opened it again."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from kecamatan.queries.hari_libur import Kalender, kalender
from layanan_dasar.models import Dataset, PengecualianKunci
from p3pd_portal.lib.periode import Periode


class Keadaan(TextChoices):
    """What the calendar says of a sheet."""

    BELUM_DIBUKA = "belum_dibuka", _("belum dibuka")
    DIBUKA = "dibuka", _("dibuka")
    TENGGANG = "tenggang", _("lewat tenggat, masih dalam tenggang")
    DIBUKA_LAGI = "dibuka_lagi", _("dibuka lagi")
    TERKUNCI = "terkunci", _("terkunci")


@dataclass(frozen=True)
class Jadwal:
    """The days of one sheet. `terbuka_sampai` is the end of an exception from the lock, None without one."""

    kalender: Kalender
    buka: datetime.date
    tenggat: datetime.date
    kunci: datetime.date
    hari_ini: datetime.date
    terbuka_sampai: datetime.date | None = None

    @property
    def keadaan(self) -> Keadaan:
        if self.hari_ini < self.buka:
            return Keadaan.BELUM_DIBUKA
        if self.hari_ini <= self.tenggat:
            return Keadaan.DIBUKA
        if self.hari_ini <= self.kunci:
            return Keadaan.TENGGANG
        return Keadaan.DIBUKA_LAGI if self.terbuka_sampai else Keadaan.TERKUNCI

    @property
    def is_open(self) -> bool:
        return self.keadaan not in (Keadaan.BELUM_DIBUKA, Keadaan.TERKUNCI)

    @property
    def alasan_tertutup(self) -> str:
        """Why nothing can be filled in now, and who can change that."""
        if self.keadaan == Keadaan.BELUM_DIBUKA:
            return str(_("Periode ini dibuka pada %(hari)s, sesudah periodenya berakhir.") % {"hari": self.buka})
        return str(
            _("Periode ini terkunci sejak %(hari)s. Minta admin kabupaten membukanya lagi.") % {"hari": self.kunci}
        )


def jadwal(
    dataset: Dataset, periode: Periode, kalender: Kalender, pengecualian: Iterable[PengecualianKunci] = ()
) -> Jadwal:
    """The days of a dataset and period by a region's calendar. Pure but for today."""
    tenggat = kalender.tenggat(periode.akhir, dataset.hari_tenggat)
    opened = [
        satu.sampai for satu in pengecualian if satu.periode == str(periode) and satu.dataset_id in (None, dataset.kode)
    ]
    return Jadwal(
        kalender=kalender,
        buka=periode.akhir + datetime.timedelta(days=1),
        tenggat=tenggat,
        kunci=kalender.tenggat(tenggat, dataset.hari_tenggang),
        hari_ini=kalender.hari_ini,
        terbuka_sampai=max(opened, default=None),
    )


def pengecualian_of(kecamatan: Wilayah, on: datetime.date) -> list[PengecualianKunci]:
    """Exceptions from the lock that hold for a kecamatan on a day."""
    return list(PengecualianKunci.objects.reaching(kecamatan, on))


def jadwal_of(dataset: Dataset, kecamatan: Wilayah, periode: Periode) -> Jadwal:
    """The days of one sheet by the calendar and the exceptions of its kecamatan."""
    jam = kalender(kecamatan)
    return jadwal(dataset, periode, jam, pengecualian_of(kecamatan, jam.hari_ini))


def periode_berakhir(dataset: Dataset, hari: datetime.date, banyak: int) -> Sequence[Periode]:
    """The last periods of a dataset that are over and were ever asked for, latest first."""
    last = Periode.of(dataset.frekuensi, hari).sebelumnya
    found = (last.shift(-n) for n in range(banyak))
    return [satu for satu in found if satu.akhir >= dataset.dari]
