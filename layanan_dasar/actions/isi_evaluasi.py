"""What is filled in while an evaluation runs: documents, answers, notes; and the delegation behind it."""

from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.actions.evaluasi import check, lock
from layanan_dasar.models import (
    BarisAPBDes,
    BerkasEvaluasi,
    ButirEvaluasi,
    CatatanEvaluasi,
    DelegasiEvaluasi,
    DokumenEvaluasi,
    EvaluasiAPBDes,
)
from layanan_dasar.models.berkas_evaluasi import BILA_ADA
from p3pd_portal.lib.dokumen import Dokumen


Status = EvaluasiAPBDes.Status


@transaction.atomic
def record_dokumen(
    *, by: Pengguna, evaluasi: EvaluasiAPBDes, ada: Collection[str], berkas: Mapping[str, Dokumen]
) -> EvaluasiAPBDes:
    """Write down which documents were handed in (a scan is one, too) and keep the new scans; the old ones stay.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: too late, or a document would be taken away from an evaluation that runs.
    """
    evaluasi = lock(evaluasi)
    check(by, Izin.IMPOR_APBDES, evaluasi)
    if evaluasi.status not in (Status.DITERIMA, Status.LENGKAP):
        raise ValidationError(_("Dokumen tidak dapat diubah lagi: evaluasi sudah melewati tahap itu."))
    wanted = {*ada, *berkas}
    gone = evaluasi.dokumen.exclude(jenis__in=wanted)
    if evaluasi.status == Status.LENGKAP and gone.exclude(jenis__in=BILA_ADA).exists():
        raise ValidationError(_("Dokumen sudah dinyatakan lengkap; tanda terimanya tidak dapat dicabut."))
    gone.delete()
    for jenis in sorted(wanted):
        dokumen, _new = DokumenEvaluasi.objects.get_or_create(evaluasi=evaluasi, jenis=jenis)
        if jenis in berkas:
            BerkasEvaluasi.objects.update_or_create(dokumen=dokumen, defaults=vars(berkas[jenis]))
    return evaluasi


@transaction.atomic
def answer_butir(*, by: Pengguna, evaluasi: EvaluasiAPBDes, nilai: Mapping[str, str]) -> EvaluasiAPBDes:
    """Answer the questions that no figure tells.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not the time for it, or consistency with a RKPDesa whose Perdes is not attached.
    """
    evaluasi = _being_judged(by, evaluasi)
    scan = BerkasEvaluasi.objects.filter(dokumen__evaluasi=evaluasi, dokumen__jenis=DokumenEvaluasi.Jenis.RKPDES)
    if nilai.get(ButirEvaluasi.Kode.RKPDES) == ButirEvaluasi.Nilai.PATUH and not scan.exists():
        pesan = _("Unggah dahulu pindaian Perdes RKPDesa, lalu nyatakan kegiatannya selaras.")
        raise ValidationError({str(ButirEvaluasi.Kode.RKPDES): pesan})
    for kode, jawaban in nilai.items():
        ButirEvaluasi.objects.update_or_create(evaluasi=evaluasi, kode=kode, defaults={"nilai": jawaban})
    return evaluasi


@transaction.atomic
def add_catatan(
    *, by: Pengguna, evaluasi: EvaluasiAPBDes, isi: str, baris: BarisAPBDes | None = None
) -> CatatanEvaluasi:
    """Write a note, general or on one line of the draft.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not the time for it, or a line of another budget.
    """
    evaluasi = _being_judged(by, evaluasi)
    catatan = CatatanEvaluasi(evaluasi=evaluasi, isi=isi)
    if baris is not None:
        if baris.apbdes_id != evaluasi.apbdes_id:
            raise ValidationError({"baris": _("Baris ini bukan dari rancangan yang dievaluasi.")})
        for name in ("kode_kegiatan", "kode_rekening", "sumber_dana", "uraian", "anggaran"):
            setattr(catatan, name, getattr(baris, name))
    catatan.save()
    return catatan


@transaction.atomic
def remove_catatan(*, by: Pengguna, catatan: CatatanEvaluasi) -> None:
    """Take a note back while there is no result.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not the time for it.
    """
    _being_judged(by, catatan.evaluasi)
    catatan.delete()


def _being_judged(by: Pengguna, evaluasi: EvaluasiAPBDes) -> EvaluasiAPBDes:
    evaluasi = lock(evaluasi)
    check(by, Izin.NILAI_APBDES, evaluasi)
    if not evaluasi.may_be_judged:
        words = {"kini": evaluasi.get_status_display()}
        raise ValidationError(_("Penilaian tidak dapat diubah: evaluasi sekarang %(kini)s.") % words)
    return evaluasi


@transaction.atomic
def save_delegasi(*, by: Pengguna, wilayah: Wilayah, delegasi: DelegasiEvaluasi) -> DelegasiEvaluasi:
    """Write down a regulation that leaves the evaluation to the camat of a kabupaten, or correct it.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: dates that overlap with another one or run backwards.
    """
    if not by.has_izin(Izin.KELOLA_DELEGASI, wilayah):
        raise PermissionDenied
    delegasi.kabupaten = wilayah
    delegasi.full_clean()
    delegasi.save()
    return delegasi
