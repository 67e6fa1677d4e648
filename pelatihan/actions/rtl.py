"""Write plans of what to do after the training, tell how they go, and verify it."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from layanan_dasar.models import Indikator
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.models import Angkatan, BuktiRtl, PemantauanRtl, Peserta, Rtl
from pelatihan.models.rtl import DIBUKA_SEBELUM, PALING_BANYAK, TONGGAK
from pelatihan.queries.rtl import rtl_ditulis
from pelatihan.signals import rtl_berubah


Hasil = PemantauanRtl.Hasil


def _lock_peserta(peserta: Peserta) -> Peserta:
    """Raises:
    ValidationError: plans are not written now.
    """
    found = Peserta.objects.select_for_update(of=("self",)).select_related("angkatan", "wilayah").get(pk=peserta.pk)
    if not rtl_ditulis(found):
        raise ValidationError(_("RTL ditulis sejak pelatihan dimulai sampai angkatannya ditutup."))
    return found


def _save(rtl: Rtl, peserta: Peserta) -> None:
    if not Indikator.objects.filter(kode=rtl.kode_indikator, konteks=False).exists():
        raise ValidationError({"kode_indikator": _("Pilih indikator dari daftar.")})
    desa = rtl.desa
    if desa.tingkat != 4 or desa.berlaku_sampai or not peserta.wilayah.contains(desa.kode):
        words = {"wilayah": peserta.wilayah.nama_lengkap}
        raise ValidationError({"desa": _("Pilih desa atau kelurahan di %(wilayah)s.") % words})
    rtl.full_clean()
    rtl.save()
    rtl_berubah.send(sender=Rtl, rtl=rtl)


def _require_future(tenggat: datetime.date) -> None:
    if tenggat <= timezone.localdate():
        raise ValidationError({"tenggat": _("Tenggat harus sesudah hari ini.")})


@transaction.atomic
def create_rtl(*, peserta: Peserta, **isi: Any) -> Rtl:
    """A plan more, with the days on which it is asked about.

    Args:
        isi: `masalah`, `kode_indikator`, `kegiatan`, `target`, `desa`, `tenggat`, `penanggung_jawab`.

    Raises:
        ValidationError: plans are not written now, there are five, the indicator is none of the catalogue, the desa
            lies elsewhere, or the day is past.
    """
    peserta = _lock_peserta(peserta)
    if peserta.rtl.exclude(status=Rtl.Status.BATAL).count() >= PALING_BANYAK:
        raise ValidationError(_("Paling banyak lima rencana. Ubah atau batalkan salah satu."))
    _require_future(isi["tenggat"])
    rtl = Rtl(peserta=peserta, **isi)
    _save(rtl, peserta)
    since = peserta.angkatan.selesai or timezone.localdate()
    PemantauanRtl.objects.bulk_create(
        PemantauanRtl(rtl=rtl, tonggak=hari, jatuh_tempo=since + datetime.timedelta(days=hari)) for hari in TONGGAK
    )
    return rtl


@transaction.atomic
def change_rtl(*, peserta: Peserta, rtl: Rtl, **isi: Any) -> Rtl:
    """Correct a plan that nothing was told of yet.

    Raises:
        ValidationError: it was followed up, or breaks a rule of `create_rtl`.
    """
    peserta = _lock_peserta(peserta)
    rtl = Rtl.objects.select_for_update().get(pk=rtl.pk, peserta=peserta)
    if rtl.pemantauan.exclude(diisi_pada=None).exists() or rtl.status == Rtl.Status.BATAL:
        raise ValidationError(_("Rencana ini sudah dipantau. Ceritakan perubahannya pada pemantauan berikutnya."))
    if isi["tenggat"] != rtl.tenggat:
        _require_future(isi["tenggat"])
    for name, value in isi.items():
        setattr(rtl, name, value)
    _save(rtl, peserta)
    return rtl


@transaction.atomic
def report_rtl(
    *, peserta: Peserta, pemantauan: PemantauanRtl, keadaan: str, uraian: str, bukti: Dokumen | None = None
) -> PemantauanRtl:
    """Tell how a plan goes; the last thing told is where it stands. Possible long after the cohort was closed.

    Args:
        bukti: picture or PDF; without a new one that of before stays.

    Raises:
        ValidationError: it is not due yet, it was accepted, a plan is called done without evidence, or the data of its
            cohort are kept no more.
    """
    satu = PemantauanRtl.objects.select_for_update().get(pk=pemantauan.pk, rtl__peserta=peserta)
    rtl = Rtl.objects.select_for_update().get(pk=satu.rtl_id)
    _require_open(satu)
    if keadaan == Rtl.Status.SELESAI and not bukti and not BuktiRtl.objects.filter(pemantauan=satu).exists():
        raise ValidationError({"bukti": _("Rencana yang selesai memerlukan bukti: foto atau dokumen.")})
    satu.keadaan, satu.uraian, satu.diisi_pada = keadaan, uraian, timezone.now()
    satu.hasil, satu.verifikator, satu.diverifikasi_pada, satu.catatan = "", None, None, ""
    satu.full_clean()
    satu.save()
    if bukti:
        BuktiRtl.objects.update_or_create(pemantauan=satu, defaults=vars(bukti))
    if not rtl.pemantauan.filter(tonggak__gt=satu.tonggak).exclude(diisi_pada=None).exists():
        rtl.status = keadaan
        rtl.save()
    rtl_berubah.send(sender=Rtl, rtl=rtl)
    return satu


def _require_open(satu: PemantauanRtl) -> None:
    if Angkatan.objects.lewat_simpan(timezone.localdate()).filter(peserta__rtl=satu.rtl_id).exists():
        raise ValidationError(_("Masa simpan data angkatan ini sudah berakhir; laporannya ditutup."))
    if satu.is_settled:
        raise ValidationError(_("Laporan ini sudah diterima dan tidak dapat diubah lagi."))
    if not satu.is_started(timezone.localdate()):
        words = {"tanggal": f"{satu.jatuh_tempo - DIBUKA_SEBELUM:%d-%m-%Y}"}
        raise ValidationError(_("Pemantauan ini dibuka mulai %(tanggal)s.") % words)


@transaction.atomic
def verify_rtl(*, by: Pengguna, pemantauan: PemantauanRtl, hasil: str, catatan: str = "") -> PemantauanRtl:
    """Accept what was told, or return it with what is missing.

    Raises:
        PermissionDenied: not a plan of a cohort that this person runs.
        ValidationError: nothing was told yet, it was accepted before, or it is returned without a word.
    """
    mine = PemantauanRtl.objects.select_for_update(of=("self",)).filter(rtl__in=Rtl.objects.visible_to(by))
    satu = mine.select_related("rtl").filter(pk=pemantauan.pk).first()
    if satu is None:
        raise PermissionDenied
    if satu.diisi_pada is None or satu.is_settled:
        raise ValidationError(_("Tidak ada laporan yang menunggu verifikasi."))
    if satu.rtl.peserta.orang_id == by.orang_id:
        raise ValidationError(_("Laporan Anda sendiri diverifikasi orang lain."))
    if hasil == Hasil.DIKEMBALIKAN and not catatan.strip():
        raise ValidationError({"catatan": _("Tulis apa yang perlu dilengkapi.")})
    satu.hasil, satu.catatan = hasil, catatan.strip()
    satu.verifikator, satu.diverifikasi_pada = by, timezone.now()
    satu.full_clean()
    satu.save()
    rtl_berubah.send(sender=Rtl, rtl=satu.rtl)
    return satu
