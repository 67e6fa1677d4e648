"""The camat's evaluation of a draft budget, step by step: taken in, complete, judged, enacted.

Every step locks its evaluation and asks the table of steps (models/evaluasi.py). Who may take it is asked of the
kecamatan, whose work this is, also where the desa looks on.
"""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.hari_libur import Kalender, kalender
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import APBDes, BerkasEvaluasi, DokumenEvaluasi, EvaluasiAPBDes
from layanan_dasar.models.evaluasi import HARI_EVALUASI, HARI_PENGINGAT, HARI_PERBAIKAN
from layanan_dasar.queries.evaluasi import daftar_butir, daftar_dokumen
from layanan_dasar.queries.periksa import periksa
from layanan_dasar.queries.pihak_evaluasi import penilai_of, pihak_desa


Status = EvaluasiAPBDes.Status
TETAP = (DokumenEvaluasi.Jenis.RKPDES, DokumenEvaluasi.Jenis.KEWENANGAN, DokumenEvaluasi.Jenis.DANA_CADANGAN)
"""Documents that stay as they are when a desa hands its corrected draft in."""


@transaction.atomic
def open_evaluasi(*, by: Pengguna, apbdes: APBDes, tgl_terima: datetime.date, nomor_surat: str = "") -> EvaluasiAPBDes:
    """Take a draft in; one that comes back corrected begins a new round, with the documents that stay valid.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: no draft, already being evaluated, or a day that cannot be.
    """
    apbdes = APBDes.objects.select_for_update(of=("self",)).select_related("desa__induk").get(pk=apbdes.pk)
    baru = EvaluasiAPBDes(apbdes=apbdes, tgl_terima=tgl_terima, nomor_surat=nomor_surat, created_by=by)
    check(by, Izin.IMPOR_APBDES, baru)
    if apbdes.status != APBDes.Status.RANCANGAN:
        raise ValidationError({"apbdes": _("APBDes ini sudah ditetapkan; yang dievaluasi adalah rancangan.")})
    _check_day("tgl_terima", tgl_terima, kalender(baru.kecamatan))
    lama = EvaluasiAPBDes.objects.filter(apbdes=apbdes).order_by("-putaran").first()
    if lama is not None:
        baru.putaran = lama.putaran + 1
        _close_round(lama, tgl_terima)
    baru.save()
    if lama is not None:
        _carry_dokumen(lama, baru)
    return baru


def _close_round(lama: EvaluasiAPBDes, tgl_terima: datetime.date) -> None:
    if lama.is_open and lama.status != Status.PERBAIKAN:
        raise ValidationError({"apbdes": _("Rancangan ini sedang dievaluasi. Lanjutkan evaluasi yang tercatat.")})
    if lama.status != Status.PERBAIKAN:
        return
    if lama.tgl_keputusan and tgl_terima < lama.tgl_keputusan:
        raise ValidationError({"tgl_terima": _("Perbaikan diterima sebelum hasil evaluasinya? Periksa tanggalnya.")})
    lama.move(Status.DIPERBAIKI)
    lama.save()


def _carry_dokumen(lama: EvaluasiAPBDes, baru: EvaluasiAPBDes) -> None:
    for dokumen in lama.dokumen.filter(jenis__in=TETAP):
        salinan = DokumenEvaluasi.objects.create(evaluasi=baru, jenis=dokumen.jenis)
        for berkas in BerkasEvaluasi.objects.filter(dokumen=dokumen):
            BerkasEvaluasi.objects.create(dokumen=salinan, tipe=berkas.tipe, akhiran=berkas.akhiran, isi=berkas.isi)


@transaction.atomic
def mark_lengkap(*, by: Pengguna, evaluasi: EvaluasiAPBDes, tanggal: datetime.date) -> EvaluasiAPBDes:
    """Say that all documents are there: the clock of twenty working days starts, and the evaluators are told.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: a document is missing, or a day that cannot be.
    """
    evaluasi = lock(evaluasi)
    check(by, Izin.IMPOR_APBDES, evaluasi)
    evaluasi.move(Status.LENGKAP)
    if kurang := [str(satu.jenis.label) for satu in daftar_dokumen(evaluasi) if satu.wajib and not satu.ada]:
        raise ValidationError(_("Dokumen belum lengkap: %(kurang)s.") % {"kurang": "; ".join(kurang)})
    jam = kalender(evaluasi.kecamatan)
    _check_day("tanggal", tanggal, jam, evaluasi.tgl_terima)
    evaluasi.tgl_terima_lengkap = tanggal
    evaluasi.tenggat = jam.tenggat(tanggal, HARI_EVALUASI)
    evaluasi.tgl_ingatkan = jam.tenggat(evaluasi.tenggat, -HARI_PENGINGAT)
    evaluasi.save()
    isi = _("Dokumennya lengkap. Hasil evaluasi paling lambat %(tenggat)s.") % {"tenggat": format_day(evaluasi.tenggat)}
    tell_kecamatan(evaluasi, "lengkap", _("Raperdes APBDes menunggu evaluasi"), isi)
    return evaluasi


@transaction.atomic
def nilai_evaluasi(
    *, by: Pengguna, evaluasi: EvaluasiAPBDes, hasil: str, nomor_keputusan: str, tgl_keputusan: datetime.date
) -> EvaluasiAPBDes:
    """Give the result, keep the checklist as it stands with it, and tell the desa.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: a question is open, a note is missing, or the day is outside the clock.
    """
    evaluasi = lock(evaluasi)
    check(by, Izin.NILAI_APBDES, evaluasi)
    tidak_sesuai = hasil == EvaluasiAPBDes.Hasil.TIDAK_SESUAI
    evaluasi.move(Status.PERBAIKAN if tidak_sesuai else Status.DINILAI)
    if terbuka := [str(satu.kode.label) for satu in daftar_butir(evaluasi) if satu.butir is None]:
        raise ValidationError(_("Butir ini belum dinilai: %(butir)s.") % {"butir": "; ".join(terbuka)})
    if hasil != EvaluasiAPBDes.Hasil.SESUAI and not evaluasi.catatan.exists():
        raise ValidationError({"hasil": _("Tulis sedikitnya satu catatan agar desa tahu apa yang diperbaiki.")})
    jam = kalender(evaluasi.kecamatan)
    _check_day("tgl_keputusan", tgl_keputusan, jam, evaluasi.tgl_terima_lengkap)
    if evaluasi.tenggat and tgl_keputusan > evaluasi.tenggat:
        pesan = _("Tenggat evaluasi %(tenggat)s sudah lewat; rancangan berlaku dengan sendirinya.")
        raise ValidationError({"tgl_keputusan": pesan % {"tenggat": format_day(evaluasi.tenggat)}})
    evaluasi.hasil, evaluasi.nomor_keputusan, evaluasi.tgl_keputusan = hasil, nomor_keputusan, tgl_keputusan
    evaluasi.tenggat_perbaikan = jam.tenggat(tgl_keputusan, HARI_PERBAIKAN) if tidak_sesuai else None
    evaluasi.pemeriksaan = [butir.as_json() for butir in periksa(evaluasi.apbdes)]
    evaluasi.penilai = by
    evaluasi.save()
    _tell_hasil(evaluasi)
    return evaluasi


def _tell_hasil(evaluasi: EvaluasiAPBDes) -> None:
    isi = _("Hasil evaluasi: %(hasil)s.") % {"hasil": evaluasi.get_hasil_display()}
    if evaluasi.tenggat_perbaikan:
        isi += " " + _("Perbaiki paling lambat %(tenggat)s.") % {"tenggat": format_day(evaluasi.tenggat_perbaikan)}
    tell_desa(evaluasi, "hasil", _("Hasil evaluasi Raperdes APBDes"), isi)


@transaction.atomic
def enact_apbdes(
    *, by: Pengguna, evaluasi: EvaluasiAPBDes, nomor_perdes: str, tanggal_perdes: datetime.date
) -> EvaluasiAPBDes:
    """Write down the Perdes: the draft becomes the budget in force, in place of the one it amends, and the figures of
    its desa are recomputed.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not evaluated yet, or a day before it was.
    """
    evaluasi = lock(evaluasi)
    check(by, Izin.IMPOR_APBDES, evaluasi)
    evaluasi.move(Status.SELESAI)
    sejak = evaluasi.tgl_keputusan or evaluasi.tenggat
    _check_day("tanggal_perdes", tanggal_perdes, kalender(evaluasi.kecamatan), sejak)
    evaluasi.save()
    apbdes = evaluasi.apbdes
    apbdes.status, apbdes.nomor_perdes, apbdes.tanggal_perdes = APBDes.Status.DITETAPKAN, nomor_perdes, tanggal_perdes
    same_year = APBDes.objects.filter(desa=apbdes.desa_id, tahun=apbdes.tahun).exclude(pk=apbdes.pk)
    amended = same_year.filter(jenis=APBDes.Jenis.PERUBAHAN, status=APBDes.Status.DITETAPKAN)
    apbdes.berlaku = apbdes.jenis == APBDes.Jenis.PERUBAHAN or not amended.exists()
    if apbdes.berlaku:  # the old one steps down first: one in force per desa and year
        same_year.filter(berlaku=True).update(berlaku=False)
    apbdes.save()
    kualitas.rebuild(apbdes.tahun, desa_ids=[apbdes.desa_id])
    tell_desa(evaluasi, "perdes", _("APBDes ditetapkan"), _("Perdes tercatat; angka desa dihitung ulang."))
    return evaluasi


@transaction.atomic
def cancel_evaluasi(*, by: Pengguna, evaluasi: EvaluasiAPBDes, alasan: str) -> EvaluasiAPBDes:
    """End an evaluation without a Perdes: the desa withdrew its draft, or the bupati annulled it.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: judged already.
    """
    evaluasi = lock(evaluasi)
    check(by, Izin.NILAI_APBDES, evaluasi)
    evaluasi.move(Status.DIBATALKAN)
    evaluasi.alasan_batal = alasan
    evaluasi.save()
    tell_desa(evaluasi, "batal", _("Evaluasi Raperdes APBDes dibatalkan"), alasan)
    return evaluasi


# What the steps share


def lock(evaluasi: EvaluasiAPBDes) -> EvaluasiAPBDes:
    """The evaluation as it is now, ours until the transaction ends."""
    rows = EvaluasiAPBDes.objects.select_for_update(of=("self",)).select_related("apbdes__desa__induk")
    return rows.get(pk=evaluasi.pk)


def check(by: Pengguna, izin: Izin, evaluasi: EvaluasiAPBDes) -> None:
    """Raises PermissionDenied: this person does not do that work in the kecamatan."""
    if not by.has_izin(izin, evaluasi.kecamatan):
        raise PermissionDenied


def _check_day(field: str, day: datetime.date, jam: Kalender, since: datetime.date | None = None) -> None:
    if day > jam.hari_ini:
        raise ValidationError({field: _("Tanggal ini belum tiba. Periksa lagi.")})
    if since and day < since:
        words = {"sejak": format_day(since)}
        raise ValidationError({field: _("Tanggal ini mendahului %(sejak)s. Periksa lagi.") % words})


def format_day(day: datetime.date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def tell_kecamatan(evaluasi: EvaluasiAPBDes, kunci: str, judul: str, isi: str) -> None:
    _tell(list(penilai_of(evaluasi.kecamatan)), evaluasi, evaluasi.kecamatan, kunci, judul, isi)


def tell_desa(evaluasi: EvaluasiAPBDes, kunci: str, judul: str, isi: str) -> None:
    _tell(list(pihak_desa(evaluasi.apbdes.desa)), evaluasi, evaluasi.apbdes.desa, kunci, judul, isi)


def _tell(kepada: list[Pengguna], evaluasi: EvaluasiAPBDes, wilayah: Wilayah, kunci: str, judul: str, isi: str) -> None:
    apbdes = evaluasi.apbdes
    notify(
        kepada=kepada,
        jenis="pekerjaan",
        judul=f"{judul}: {apbdes.desa.nama_lengkap} {apbdes.tahun}",
        isi=isi,
        url=reverse("layanan_dasar:evaluasi_rinci", args=[wilayah.kode, evaluasi.pk]),
        kunci=f"evaluasi:{evaluasi.pk}:{kunci}",
    )
