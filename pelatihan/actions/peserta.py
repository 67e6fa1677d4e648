"""Who takes part in a cohort: added, changed, withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kecamatan.models import Orang, Pengguna, Wilayah
from kecamatan.queries.gabung_orang import boleh_diubah
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.importers.peserta import check_tempat
from pelatihan.models import Angkatan, Calon, KodePerangkat, Peserta, StatusCalon, UnsurPeserta
from pelatihan.models.data_peserta import DIRI, TEMPAT, DataPeserta
from pelatihan.models.usulan import DITERIMA
from pelatihan.queries.beda_peserta import serupa


TERBUKA = (Peserta.Status.TERDAFTAR, Peserta.Status.DIKONFIRMASI)
"""Participants about whom nothing is decided yet."""


def fill_orang(orang: Orang, data: DataPeserta) -> Orang:
    """What is told of a person; what is not told stays."""
    for name in DIRI:
        setattr(orang, name, getattr(data, name) or getattr(orang, name))
    terurai = orang.nip_terurai
    orang.jenis_kelamin = orang.jenis_kelamin or (terurai.jenis_kelamin if terurai else "")
    return orang


def _check(angkatan: Angkatan, unsur: UnsurPeserta | None, wilayah: Wilayah) -> None:
    cakupan = angkatan.cakupan.values_list("kode_kini", flat=True)
    if problem := check_tempat(angkatan, unsur, wilayah, [kode or "" for kode in cakupan]):
        raise ValidationError({"wilayah": problem})


@transaction.atomic
def add_peserta(*, by: Pengguna, angkatan: Angkatan, data: DataPeserta) -> Peserta:
    """Somebody takes part. Whoever has the NIP already is that person, as recorded: nothing about them is overwritten.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: by field; the cohort is closed, the NIP is somebody else's, or the person takes part already.
    """
    angkatan = lock_angkatan(angkatan, by)
    require_open(angkatan)
    _check(angkatan, data.unsur, data.wilayah)
    orang = Orang.objects.filter(nip=data.nip).first() if data.nip else None
    if orang and not serupa(orang.nama, data.nama):
        raise ValidationError({"nip": _("NIP ini tercatat atas nama orang lain. Periksa NIP dan namanya.")})
    if orang is None:
        orang = fill_orang(Orang(nip=data.nip), data)
        orang.full_clean()
        orang.save()
    peserta = Peserta(angkatan=angkatan, orang=orang, unsur=data.unsur, wilayah=data.wilayah, kelas=data.kelas)
    peserta.full_clean()
    peserta.save()
    return peserta


def _lock(by: Pengguna, peserta: Peserta) -> Peserta:
    require_open(lock_angkatan(peserta.angkatan, by))
    return Peserta.objects.select_for_update(of=("self",)).select_related("orang", "angkatan").get(pk=peserta.pk)


@transaction.atomic
def change_peserta(*, by: Pengguna, peserta: Peserta, data: DataPeserta) -> Peserta:
    """Correct a participant; what is known of the person too, where that is this person's to change.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
        ValidationError: by field.
    """
    peserta = _lock(by, peserta)
    _check(peserta.angkatan, data.unsur, data.wilayah)
    for name in TEMPAT:
        setattr(peserta, name, getattr(data, name))
    peserta.full_clean()
    peserta.save()
    if boleh_diubah(by, [peserta.orang_id]):
        orang = fill_orang(peserta.orang, data)
        orang.nip = data.nip or orang.nip
        orang.full_clean()
        orang.save()
    return peserta


@transaction.atomic
def withdraw_peserta(*, by: Pengguna, peserta: Peserta, alasan: str) -> Peserta:
    """Somebody does not take part any more: their links and codes die, and a place that a proposal gave is free.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
        ValidationError: no reason, or it was decided already whether they passed.
    """
    peserta = _lock(by, peserta)
    if peserta.status not in TERBUKA:
        words = {"status": peserta.get_status_display()}
        raise ValidationError(_("Peserta ini sudah dinyatakan %(status)s.") % words)
    peserta.status, peserta.alasan = Peserta.Status.MENGUNDURKAN_DIRI, alasan.strip()
    peserta.versi_tautan = F("versi_tautan") + 1
    peserta.full_clean(exclude=["versi_tautan"])
    peserta.save()
    KodePerangkat.objects.filter(peserta=peserta, dipakai_pada=None).delete()
    gone = {"status": StatusCalon.MUNDUR, "alasan": peserta.alasan}
    Calon.objects.filter(peserta=peserta, status__in=DITERIMA).update(**gone)
    return peserta


@transaction.atomic
def restore_peserta(*, by: Pengguna, peserta: Peserta) -> Peserta:
    """Somebody who withdrew takes part after all.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
        ValidationError: they never withdrew.
    """
    peserta = _lock(by, peserta)
    if peserta.status != Peserta.Status.MENGUNDURKAN_DIRI:
        raise ValidationError(_("Peserta ini tidak mengundurkan diri."))
    peserta.status, peserta.alasan = Peserta.Status.TERDAFTAR, ""
    peserta.save()
    back = {"status": StatusCalon.DISETUJUI, "alasan": ""}
    Calon.objects.filter(peserta=peserta, status=StatusCalon.MUNDUR).update(**back)
    return peserta


@transaction.atomic
def remove_peserta(*, by: Pengguna, peserta: Peserta) -> None:
    """Strike out somebody who was entered by mistake, and of whom nothing but codes was recorded since.

    Raises:
        PermissionDenied: not a participant of a cohort of this person.
        ValidationError: something was recorded; then they withdraw instead.
    """
    peserta = _lock(by, peserta)
    hanging = (field for field in Peserta._meta.related_objects if field.related_model is not KodePerangkat)
    tables = [(field.related_model, field.field.name) for field in hanging]
    if peserta.status in (Peserta.Status.LULUS, Peserta.Status.TIDAK_LULUS) or any(
        model._base_manager.filter(**{name: peserta}).exists() for model, name in tables
    ):
        raise ValidationError(_("Kegiatan peserta ini sudah tercatat. Catat sebagai mengundurkan diri."))
    peserta.delete()
