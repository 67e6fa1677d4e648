"""Keep the register of service units: one by one on pages, many by file."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from kecamatan.actions.impor import JenisBerkas
from kecamatan.importers import unit_gabung
from kecamatan.importers.unit import read_unit
from kecamatan.models import BerkasImpor, Pengguna, UnitLayanan, Wilayah
from kecamatan.models.unit import check_wilayah_kerja
from kecamatan.permissions import Izin
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.spreadsheet import WEB, Limits, rejected


UNIT_DITAMPILKAN = 200
_KUNCI = "unit-layanan"


def _require_izin(by: Pengguna, *tempat: Wilayah) -> None:
    if not all(by.has_izin(Izin.KELOLA_UNIT, satu) for satu in tempat):
        raise PermissionDenied


@transaction.atomic
def save_unit(*, by: Pengguna, unit: UnitLayanan, wilayah_kerja: Iterable[Wilayah]) -> UnitLayanan:
    """Add or change a unit with its whole working area and return it.

    Raises:
        PermissionDenied: it stands, or stood until now, where `by` may not keep units.
        ValidationError: the unit breaks a rule, or its working area leaves the kabupaten.
    """
    wait_in_transaction(_KUNCI)
    stood = [UnitLayanan.objects.select_related("wilayah").get(pk=unit.pk).wilayah] if unit.pk else []
    _require_izin(by, unit.wilayah, *stood)
    desa = list(wilayah_kerja)
    check_wilayah_kerja(unit.wilayah, desa)
    unit.full_clean()
    unit.berkas, unit.updated_at = None, timezone.now()
    unit.save()
    unit.wilayah_kerja.set(desa)
    return unit


@transaction.atomic
def close_unit(*, by: Pengguna, unit: UnitLayanan, sampai: datetime.date) -> UnitLayanan:
    """Note the last day on which a unit works; the unit and what it reported stay.

    Raises:
        PermissionDenied: it stands where `by` may not keep units.
        ValidationError: the day lies before its first one.
    """
    unit = UnitLayanan.objects.select_for_update(of=["self"]).select_related("wilayah").get(pk=unit.pk)
    _require_izin(by, unit.wilayah)
    if unit.mulai and sampai < unit.mulai:
        raise ValidationError({"sampai": "Hari terakhir melayani mendahului hari mulainya. Periksa tanggalnya."})
    unit.sampai, unit.updated_at = sampai, timezone.now()
    unit.save(update_fields=["sampai", "updated_at"])
    return unit


@dataclass
class HasilImporUnit:
    """What a file of units did, or in a preview would do.

    Attributes:
        unit: the first 200 new or changed units (see unit_gabung.summarize).
        catatan: sentences for the person who imports.
    """

    baru: int
    berubah: int
    sama: int
    unit: list[dict[str, Any]]
    catatan: list[str]

    @property
    def laporan(self) -> str:
        return f"unit: {angka(self.baru)} baru, {angka(self.berubah)} berubah, {angka(self.sama)} sama"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def impor_unit(
    file: BinaryIO,
    *,
    wilayah: Wilayah | None = None,
    berkas: BerkasImpor | None = None,
    simpan: bool = True,
    limits: Limits = WEB,
) -> HasilImporUnit:
    """Check a file of units and, unless it is a preview, add its new units and bring the others to what it says.

    A row speaks of the stored unit with its code, else of the one with its kind, name and place. It states
    everything of that unit, an empty code excepted, which leaves the known one. Units the file leaves out stay
    as they are, and the same file again changes nothing. With one error nothing is stored.

    Args:
        file: seekable CSV or XLSX in the columns of importers/unit.py.
        wilayah: region in which every unit of the file stands, and stood; None for everywhere.
        berkas: file record that the changed units name as their origin.
        simpan: False for a preview, which only counts.
        limits: size limits of the file.

    Raises:
        Rejected: every error found, with row, column and repair.
    """
    errors = Errors()
    bacaan = read_unit(file, wilayah=wilayah, errors=errors, limits=limits)
    if not bacaan.unit and not errors.total:
        raise rejected("Berkas tidak memuat satu unit pun. Isi templat, lalu unggah lagi.")
    with connection.cursor() as cursor:
        if simpan:  # what is compared must not change before it is merged
            wait_in_transaction(_KUNCI)
        unit_gabung.match(cursor, bacaan, wilayah, errors)
        errors.raise_if_any()
        beda = unit_gabung.compare(cursor)
        hasil = HasilImporUnit(*beda, unit_gabung.summarize(cursor, UNIT_DITAMPILKAN), list(bacaan.table.notes))
        if simpan and (beda.baru or beda.berubah):
            unit_gabung.merge(cursor, berkas)
    return hasil


UNIT = JenisBerkas("unit", impor_unit)
