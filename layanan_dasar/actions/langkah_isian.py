"""The way of a sheet to the public: submitted, verified, approved by the camat, or sent back with a reason.

Every step locks its sheet, asks the table of steps (models/isian.py), checks who takes it, and is written down.
Approval publishes in the same act.
"""

from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna
from kecamatan.permissions import Izin, peran_dengan
from layanan_dasar.actions.isian import check_terbuka
from layanan_dasar.actions.nilai import publish
from layanan_dasar.actions.temuan import refresh_temuan
from layanan_dasar.importers.satuan import BarisNilai
from layanan_dasar.models import AturanIsian, Isian, LangkahIsian, Lembar, Sel, StatusNilai
from layanan_dasar.queries.lembar import lembar, pihak_isian
from p3pd_portal.lib.angka import angka


Langkah = LangkahIsian.Langkah
Status = Isian.Status
_DIHAPUS = Sel(status=StatusNilai.TIDAK_DILAPORKAN)


@transaction.atomic
def ajukan_isian(*, by: Pengguna, isian: Isian, kosong_disengaja: bool = False) -> Isian:
    """Submit a draft: everything in it is sound or explained, and what is empty is said to be empty.

    Raises:
        PermissionDenied: this person does not fill the dataset in the whole kecamatan.
        ValidationError: no draft, closed, or something is still open in it.
    """
    isian = Isian.objects.locked().get(pk=isian.pk)
    if not isian.dataset.may_fill(by, isian.kecamatan):
        raise PermissionDenied
    isian.move(Status.DIAJUKAN)
    check_terbuka(isian.dataset, isian.kecamatan, isian.periode_isian)
    _check_siap(isian, refresh_temuan(isian), kosong_disengaja)
    isian.kosong_disengaja = kosong_disengaja
    isian.save()
    _record(isian, Langkah.AJUKAN, by)
    _tell(
        Pengguna.objects.bertugas(isian.kecamatan, peran_dengan(Izin.VERIFIKASI_CAPAIAN)),
        isian,
        _("Lembar menunggu verifikasi"),
        _("Periksa angkanya, lalu verifikasi atau kembalikan dengan alasan."),
    )
    return isian


def _check_siap(isian: Isian, sheet: Lembar, kosong_disengaja: bool) -> None:
    open_ones = list(isian.temuan.exclude(tingkat=AturanIsian.Tingkat.INFO))
    galat = sum(satu.tingkat == AturanIsian.Tingkat.GALAT for satu in open_ones)
    catatan = sum(satu.perlu_catatan for satu in open_ones)
    kosong = sheet.n_sel - sheet.n_terisi
    errors = []
    if galat:
        errors.append(_("Masih ada %(n)s galat. Betulkan dahulu sel yang ditandai.") % {"n": angka(galat)})
    if catatan:
        errors.append(_("Masih ada %(n)s peringatan tanpa catatan. Jelaskan sebabnya.") % {"n": angka(catatan)})
    if kosong and not kosong_disengaja:
        text = _("Masih ada %(n)s sel kosong. Isi, atau nyatakan bahwa yang kosong memang kosong.")
        errors.append(text % {"n": angka(kosong)})
    if not sheet.n_terisi:
        errors.append(_("Lembar ini belum berisi satu angka pun."))
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def verifikasi_isian(*, by: Pengguna, isian: Isian) -> Isian:
    """Say that a submitted sheet was checked; by somebody who typed nothing of it.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not submitted, or this person had a hand in it.
    """
    isian = Isian.objects.locked().get(pk=isian.pk)
    _require(by, Izin.VERIFIKASI_CAPAIAN, isian)
    isian.move(Status.DIVERIFIKASI)
    if not pihak_isian(isian).may_verify(by):
        raise ValidationError(_("Yang mengisi atau mengajukan tidak memverifikasi isiannya sendiri."))
    isian.save()
    _record(isian, Langkah.VERIFIKASI, by)
    _tell(
        Pengguna.objects.bertugas(isian.kecamatan, peran_dengan(Izin.SAHKAN_CAPAIAN)),
        isian,
        _("Lembar menunggu pengesahan"),
        _("Sudah diverifikasi. Sahkan agar terbit, atau kembalikan dengan alasan."),
    )
    return isian


@transaction.atomic
def kembalikan_isian(*, by: Pengguna, isian: Isian, alasan: str) -> Isian:
    """Send a sheet back to those who filled it; it is a draft again.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: it is a draft, or published.
    """
    isian = Isian.objects.locked().get(pk=isian.pk)
    _require(by, Izin.VERIFIKASI_CAPAIAN, isian)
    isian.move(Status.DRAF)
    isian.save()
    _record(isian, Langkah.KEMBALIKAN, by, alasan)
    pihak = pihak_isian(isian)
    _tell(
        Pengguna.objects.get_queryset().filter(pk__in=pihak.pengisi | pihak.pengaju, is_active=True),
        isian,
        _("Lembar dikembalikan"),
        _("Alasan: %(alasan)s") % {"alasan": alasan},
    )
    return isian


@transaction.atomic
def sahkan_isian(*, by: Pengguna, isian: Isian) -> Isian:
    """Approve a verified sheet: its figures are published as revisions and every table above is recomputed.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not verified, or this person had a hand in it.
    """
    isian = Isian.objects.locked().get(pk=isian.pk)
    _require(by, Izin.SAHKAN_CAPAIAN, isian)
    isian.move(Status.DISAHKAN)
    pihak = pihak_isian(isian)
    if not pihak.may_approve(by):
        raise ValidationError(_("Yang mengisi, mengajukan, atau memverifikasi tidak mengesahkan isiannya sendiri."))
    sheet = lembar(isian.dataset, isian.kecamatan, isian.periode_isian, isian)
    isian.save()
    _record(isian, Langkah.SAHKAN, by)
    publish(_rows(sheet), sumber=str(isian.dataset), isian=isian)
    _tell(
        Pengguna.objects.get_queryset().filter(pk__in=pihak.pengisi | pihak.pengaju | pihak.pemeriksa, is_active=True),
        isian,
        _("Lembar disahkan dan terbit"),
        _("Angkanya sudah tampil di halaman wilayah."),
    )
    return isian


def _rows(sheet: Lembar) -> Iterator[BarisNilai]:
    """Every cell of the sheet as it is published. What stood there and was cleared is no longer reported."""
    nomor = 0
    for desa in sheet.desa:
        for indikator in sheet.indikator:
            sel = sheet.sel(desa, indikator)
            if not sel.is_filled and (desa.pk, indikator.kode) in sheet.terbit:
                sel = _DIHAPUS
            if sel.is_filled:
                nomor += 1
                yield BarisNilai.of(nomor, desa.kode, indikator, sheet.periode, sel)


# What the steps share


def _require(by: Pengguna, izin: Izin, isian: Isian) -> None:
    if not by.has_izin(izin, isian.kecamatan):
        raise PermissionDenied


def _record(isian: Isian, langkah: LangkahIsian.Langkah, by: Pengguna, alasan: str = "") -> None:
    sebagai = by.sebagai(isian.kecamatan)[:80]
    LangkahIsian.objects.create(isian=isian, langkah=langkah, oleh=by, sebagai=sebagai, alasan=alasan)


def _tell(kepada: Iterable[Pengguna], isian: Isian, judul: str, isi: str) -> None:
    n = isian.langkah.count()
    notify(
        kepada=kepada,
        jenis="pekerjaan",
        judul=f"{judul}: {isian.dataset} {isian.periode_isian.label}",
        isi=f"{isian.kecamatan.nama_lengkap}. {isi}",
        url=reverse("layanan_dasar:isian_rinci", args=[isian.kecamatan.kode, isian.dataset_id, isian.periode]),
        kunci=f"isian:{isian.pk}:{n}",
    )
