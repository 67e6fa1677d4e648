"""Run programmes and cohorts: from the plan to the closing."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions.hasil import tell_hasil
from pelatihan.models import Angkatan, LangkahAngkatan, Peserta, Program, StatusAngkatan
from pelatihan.models.alur import ALUR, URUTAN


def require_kelola(by: Pengguna, wilayah: Wilayah) -> None:
    """Raises:
    PermissionDenied: this person does not run training in the region.
    """
    if not by.has_izin(Izin.KELOLA_PELATIHAN, wilayah):
        raise PermissionDenied


def lock_angkatan(angkatan: Angkatan, by: Pengguna) -> Angkatan:
    """The cohort as it is now, ours until the transaction ends.

    Raises:
        PermissionDenied: no cohort that this person runs.
    """
    mine = Angkatan.objects.select_for_update(of=("self",)).visible_to(by)
    found = mine.select_related("program__wilayah").filter(pk=angkatan.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def require_open(angkatan: Angkatan) -> None:
    """Raises:
    ValidationError: it is closed or called off; nothing of it changes any more.
    """
    if angkatan.is_closed:
        words = {"status": angkatan.get_status_display()}
        raise ValidationError(_("Angkatan ini sudah %(status)s dan tidak dapat diubah lagi.") % words)


@transaction.atomic
def create_program(*, by: Pengguna, wilayah: Wilayah, nama: str, jenis: str, keterangan: str = "") -> Program:
    """A programme that the region organises.

    Raises:
        PermissionDenied: this person does not run training there.
        ValidationError: there is one of that name.
    """
    require_kelola(by, wilayah)
    program = Program(wilayah=wilayah, nama=nama, jenis=jenis, keterangan=keterangan)
    program.full_clean()
    program.save()
    return program


def _require_cakupan(program: Program, cakupan: Collection[Wilayah]) -> None:
    outside = [satu for satu in cakupan if not program.wilayah.contains(satu.kode)]
    if not cakupan:
        raise ValidationError({"cakupan": _("Pilih sedikitnya satu wilayah sasaran.")})
    if outside:
        words = {"nama": outside[0].nama_lengkap, "wilayah": program.wilayah.nama_lengkap}
        text = _("%(nama)s tidak terletak di %(wilayah)s. Pilih wilayah di dalamnya.") % words
        raise ValidationError({"cakupan": text})


@transaction.atomic
def create_angkatan(*, by: Pengguna, program: Program, cakupan: Collection[Wilayah], **isi: Any) -> Angkatan:
    """A cohort in planning.

    Args:
        cakupan: regions whose people it trains, all inside that of the programme.
        isi: fields of `Angkatan`.

    Raises:
        PermissionDenied: not a programme that this person runs.
        ValidationError: a region outside, days in the wrong order, or a name that is taken.
    """
    require_kelola(by, program.wilayah)
    _require_cakupan(program, cakupan)
    angkatan = Angkatan(program=program, **isi)
    angkatan.full_clean()
    angkatan.save()
    angkatan.cakupan.set(cakupan)
    return angkatan


@transaction.atomic
def change_angkatan(*, by: Pengguna, angkatan: Angkatan, cakupan: Collection[Wilayah], **isi: Any) -> Angkatan:
    """Correct a cohort.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: it is closed, or breaks a rule of `create_angkatan`.
    """
    angkatan = lock_angkatan(angkatan, by)
    require_open(angkatan)
    _require_cakupan(angkatan.program, cakupan)
    for name, value in isi.items():
        setattr(angkatan, name, value)
    angkatan.full_clean()
    angkatan.save()
    angkatan.cakupan.set(cakupan)
    return angkatan


def _has_days(angkatan: Angkatan) -> str:
    return "" if angkatan.mulai and angkatan.selesai else _("Isi hari pertama dan hari terakhir dahulu.")


def _has_deadline(angkatan: Angkatan) -> str:
    return _has_days(angkatan) or ("" if angkatan.batas_usulan else _("Isi batas usulan dahulu."))


def _has_peserta(angkatan: Angkatan) -> str:
    some = angkatan.peserta.ikut().exists()
    return "" if some else _("Belum ada peserta. Tetapkan dari usulan, atau unggah daftarnya, dahulu.")


def _has_begun(angkatan: Angkatan) -> str:
    if not angkatan.mulai or angkatan.mulai > timezone.localdate():
        return _("Hari pertamanya belum tiba. Ubah tanggalnya bila pelatihan dimulai lebih awal.")
    homeless = angkatan.peserta.ikut().filter(kelas=None).count()
    return _("%(n)s peserta belum mendapat kelas. Bagi mereka dahulu.") % {"n": homeless} if homeless else ""


def _has_verdicts(angkatan: Angkatan) -> str:
    done = (Peserta.Status.LULUS, Peserta.Status.TIDAK_LULUS)
    waiting = angkatan.peserta.ikut().exclude(status__in=done).count()
    text = _("%(n)s peserta belum dinyatakan lulus atau tidak lulus. Putuskan dahulu.")
    return text % {"n": waiting} if waiting else ""


SYARAT: dict[LangkahAngkatan, Callable[[Angkatan], str]] = {
    LangkahAngkatan.UNDANG: _has_deadline,
    LangkahAngkatan.TETAPKAN: _has_peserta,
    LangkahAngkatan.MULAI: _has_begun,
    LangkahAngkatan.SELESAI: _has_verdicts,
}
"""What must be there before a step: a sentence that says what is missing, or ""."""


@transaction.atomic
def advance_angkatan(*, by: Pengguna, angkatan: Angkatan, langkah: str, alasan: str = "") -> Angkatan:
    """Take a step of the table `pelatihan.models.alur.ALUR`; when participants are settled, offices that proposed get
    a mail.

    Args:
        alasan: why, for a step that asks for it; it is kept in the cohort's history.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the step is not open from here, something is missing, or the reason is.
    """
    angkatan = lock_angkatan(angkatan, by)
    rule = ALUR[LangkahAngkatan(langkah)]
    if angkatan.status not in rule.dari:
        words = {"status": angkatan.get_status_display()}
        raise ValidationError(_("Langkah ini tidak berlaku lagi: angkatan sekarang %(status)s.") % words)
    if rule.perlu_alasan and not alasan.strip():
        raise ValidationError(_("Tulis alasannya."))
    missing = SYARAT[LangkahAngkatan(langkah)](angkatan) if langkah in SYARAT else ""
    if missing:
        raise ValidationError(missing)
    angkatan.status = rule.ke or URUTAN[URUTAN.index(StatusAngkatan(angkatan.status)) - 1]
    angkatan.alasan = alasan.strip()
    angkatan.save()
    if langkah == LangkahAngkatan.TETAPKAN:
        tell_hasil(angkatan)
    return angkatan
