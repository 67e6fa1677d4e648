"""A sheet of figures while it is filled in: begun from what is published, then saved cell by cell."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.hari_libur import kalender
from layanan_dasar.actions.temuan import refresh_temuan
from layanan_dasar.importers.tiga_arah import DITULIS, JenisBeda, banding
from layanan_dasar.models import Dataset, Isian, NilaiIsian, PengecualianKunci, Sel
from layanan_dasar.models.lembar import BAGIAN, KOSONG, Kunci
from layanan_dasar.queries.jadwal import jadwal_of
from layanan_dasar.queries.lembar import isi_of, terbit
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.periode import Periode


@dataclass(frozen=True)
class HasilSimpan:
    """What saving did: the cells that changed, and those that somebody else had changed in between, of which nothing
    was saved. `isian` is None where there was nothing to save and no sheet yet."""

    isian: Isian | None
    tersimpan: Sequence[Kunci] = ()
    bentrok: Sequence[Kunci] = ()


@transaction.atomic
def save_sel(
    *,
    by: Pengguna,
    dataset: Dataset,
    kecamatan: Wilayah,
    periode: Periode,
    isi: Mapping[Kunci, Sel],
    dasar: Mapping[Kunci, Sel],
) -> HasilSimpan:
    """Save cells of a draft. The first ones begin the sheet, with what is published of its period.

    Args:
        isi: cells as they were typed; an empty one clears what stood there.
        dasar: the same cells as the person saw them before: one that somebody else has changed since is left alone.

    Raises:
        PermissionDenied: a cell is of a region, or of a dataset, that this person does not fill.
        ValidationError: the period is closed, or the sheet is on its way to being published.
    """
    isian = _lock(dataset, kecamatan, periode)
    check_terbuka(dataset, kecamatan, periode)
    if isian is not None and not isian.is_draf:
        raise ValidationError(
            _("Lembar ini %(kini)s. Minta dikembalikan dahulu.") % {"kini": isian.get_status_display()}
        )
    now = isi_of(isian) if isian else _terbit(dataset, kecamatan, periode)
    beda = banding(
        {kunci: dasar.get(kunci, KOSONG) for kunci in isi}, isi, {kunci: now.get(kunci, KOSONG) for kunci in isi}
    )
    bentrok = [kunci for kunci, satu in beda.items() if satu.jenis == JenisBeda.BENTROK]
    write = {kunci: satu.mine for kunci, satu in beda.items() if satu.jenis in DITULIS}
    _check_sel(by, dataset, kecamatan, write)
    if write:
        isian = isian or _begin(dataset, kecamatan, periode)
        _write(by, isian, write)
        refresh_temuan(isian)
    return HasilSimpan(isian, list(write), bentrok)


@transaction.atomic
def koreksi_isian(*, by: Pengguna, isian: Isian, alasan: str) -> Isian:
    """Begin a new version of a published sheet; the published one stays until the new one is approved.

    Raises:
        PermissionDenied: this person does not fill the dataset in the whole kecamatan.
        ValidationError: a version is running already, or the period is closed.
    """
    dataset, kecamatan, periode = isian.dataset, isian.kecamatan, isian.periode_isian
    running = _lock(dataset, kecamatan, periode)
    if not dataset.may_fill(by, kecamatan):
        raise PermissionDenied
    if running is not None:
        raise ValidationError(_("Lembar ini sedang berjalan: %(kini)s.") % {"kini": running.get_status_display()})
    check_terbuka(dataset, kecamatan, periode)
    return _begin(dataset, kecamatan, periode, alasan)


@transaction.atomic
def open_kunci(
    *, by: Pengguna, wilayah: Wilayah, dataset: Dataset | None, periode: str, sampai: datetime.date, alasan: str
) -> PengecualianKunci:
    """Open a locked period again in a region, up to a day.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: no period of the dataset, or a day that is over.
    """
    if not by.has_izin(Izin.BUKA_KUNCI, wilayah):
        raise PermissionDenied
    try:
        of = Periode.parse(periode)
    except ValueError as error:
        raise ValidationError({"periode": str(error)}) from error
    if dataset is not None and of.frekuensi != dataset.frekuensi:
        text = _("%(dataset)s tidak memakai periode ini.") % {"dataset": dataset}
        raise ValidationError({"periode": text})
    if sampai < kalender(wilayah).hari_ini:
        raise ValidationError({"sampai": _("Hari ini sudah lewat. Pilih hari yang akan datang.")})
    return PengecualianKunci.objects.create(
        wilayah=wilayah, dataset=dataset, periode=str(of), sampai=sampai, alasan=alasan, created_by=by
    )


def check_terbuka(dataset: Dataset, kecamatan: Wilayah, periode: Periode) -> None:
    """Raises ValidationError: nobody fills in this period now, for this reason."""
    if not dataset.aktif or periode.akhir < dataset.dari or periode.frekuensi != dataset.frekuensi:
        raise ValidationError(_("Periode ini tidak diminta untuk dataset ini."))
    days = jadwal_of(dataset, kecamatan, periode)
    if not days.is_open:
        raise ValidationError(days.alasan_tertutup)


def _lock(dataset: Dataset, kecamatan: Wilayah, periode: Periode) -> Isian | None:
    """The running version of the sheet, ours until the transaction ends; two who begin it come one after another."""
    wait_in_transaction(f"isian:{dataset.pk}:{kecamatan.pk}:{periode}")
    rows = Isian.objects.running().filter(dataset=dataset, kecamatan=kecamatan, periode=str(periode))
    return rows.locked().first()


def _begin(dataset: Dataset, kecamatan: Wilayah, periode: Periode, alasan: str = "") -> Isian:
    """A new version that holds what is published of its period.

    Raises:
        ValidationError: a published sheet is only opened again for a reason.
    """
    of = Isian.objects.filter(dataset=dataset, kecamatan=kecamatan, periode=str(periode))
    versi = (of.aggregate(versi=Max("versi"))["versi"] or 0) + 1
    if versi > 1 and not alasan:
        raise ValidationError(_("Lembar ini sudah terbit. Buka koreksi lebih dahulu, dengan alasannya."))
    isian = Isian.objects.create(
        dataset=dataset, kecamatan=kecamatan, periode=str(periode), akhir=periode.akhir, versi=versi, alasan=alasan
    )
    _write(None, isian, _terbit(dataset, kecamatan, periode))
    return isian


def _terbit(dataset: Dataset, kecamatan: Wilayah, periode: Periode) -> Mapping[Kunci, Sel]:
    return terbit(Wilayah.objects.children_of(kecamatan), dataset.indikator(), [periode])[periode]


def _check_sel(by: Pengguna, dataset: Dataset, kecamatan: Wilayah, isi: Mapping[Kunci, Sel]) -> None:
    """Raises PermissionDenied: a cell that is not part of the sheet, or not of this person's work."""
    places = {kecamatan.pk: kecamatan} | {desa.pk: desa for desa in Wilayah.objects.children_of(kecamatan)}
    asked = set(dataset.indikator().values_list("kode", flat=True))
    for pk, kode in isi:
        if pk not in places or kode not in asked or not dataset.may_fill(by, places[pk]):
            raise PermissionDenied


def _write(by: Pengguna | None, isian: Isian, isi: Mapping[Kunci, Sel]) -> None:
    gone = [kunci for kunci, sel in isi.items() if not sel.is_filled]
    for wilayah, kode in gone:
        NilaiIsian.objects.filter(isian=isian, wilayah=wilayah, indikator=kode).delete()
    rows = [
        NilaiIsian(
            isian=isian,
            wilayah_id=wilayah,
            indikator_id=kode,
            diisi_oleh=by,
            diisi_pada=timezone.now(),
            status=sel.status,
            **{bagian: getattr(sel, bagian) for bagian in BAGIAN},
        )
        for (wilayah, kode), sel in isi.items()
        if sel.is_filled
    ]
    NilaiIsian.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["isian", "wilayah", "indikator"],
        update_fields=[*BAGIAN, "status", "diisi_oleh", "diisi_pada"],
    )
    isian.save()  # the moment of the last change
