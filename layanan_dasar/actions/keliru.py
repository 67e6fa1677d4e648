"""Somebody who works with a figure says that it is wrong; those who can correct it are told."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna, Tingkat, Wilayah
from kecamatan.permissions import Izin, peran_dengan
from kecamatan.queries.wilayah import kecamatan_of
from layanan_dasar.models import Dataset, Indikator
from p3pd_portal.lib.periode import Periode


@transaction.atomic
def report_keliru(*, by: Pengguna, wilayah: Wilayah, indikator: Indikator, periode: Periode, alasan: str) -> int:
    """Tell who fills and verifies a figure of a desa or kecamatan that it is wrong, and why; of one that came in a
    file, who hands such files in. The same person tells it once.

    Returns:
        Number of people who are told it now.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: a figure of a larger region, or nobody there who could be told.
    """
    if not by.has_izin(Izin.LIHAT_DATA_KERJA, wilayah):
        raise PermissionDenied
    if wilayah.tingkat < Tingkat.KECAMATAN:
        raise ValidationError(
            _("Angka wilayah ini dijumlah dari bawah. Laporkan pada kecamatan atau desa yang keliru.")
        )
    kecamatan = kecamatan_of(wilayah)
    dataset = Dataset.objects.open().filter(bidang=indikator.bidang_id, frekuensi=indikator.frekuensi).first()
    in_sheet = dataset is not None and not indikator.konteks
    izin = Izin.VERIFIKASI_CAPAIAN if in_sheet else Izin.IMPOR_ANGKA
    roles = [*peran_dengan(izin), *(dataset.pengisi if dataset and in_sheet else [])]
    kepada = Pengguna.objects.bertugas(kecamatan, roles)
    if not kepada.exists():
        raise ValidationError(_("Belum ada petugas kecamatan yang dapat diberi tahu. Hubungi admin kabupaten."))
    return notify(
        kepada=kepada,
        jenis="pekerjaan",
        judul=_("Angka dilaporkan keliru: %(kode)s %(periode)s") % {"kode": indikator.kode, "periode": periode.label},
        isi=f"{wilayah.nama_lengkap}. {by.sebagai(wilayah)}: {alasan}",
        url=reverse("layanan_dasar:angka", args=[wilayah.kode, indikator.kode, str(periode)]),
        kunci=f"keliru:{wilayah.pk}:{indikator.kode}:{periode}:{by.pk}",
    )
