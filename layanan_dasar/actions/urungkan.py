"""Undo a stored file of village budgets: what it changed is again as it was before."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from kecamatan.models import BerkasImpor, Pengguna
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.aggregation import kualitas
from layanan_dasar.importers import pulihkan
from layanan_dasar.importers.periksa import named
from layanan_dasar.models import APBDes
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.spreadsheet import rejected


@transaction.atomic
def undo_berkas(*, by: Pengguna | None, berkas: BerkasImpor) -> BerkasImpor:
    """Restore every budget the file changed and recompute its desa; undone twice, it is undone once.

    Args:
        by: who asked for it; None for the operator of the server.

    Raises:
        Rejected: the file is not stored, changed nothing, or a later file or work stands on what it brought.
    """
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk, jenis=APBDES.kode)
    if berkas.status == BerkasImpor.Status.DIBATALKAN:
        return berkas
    wait_in_transaction("impor-apbdes")
    _refuse_unless_latest(berkas)
    _remove_new(berkas)
    with connection.cursor() as cursor:
        for tahun, desa_ids in pulihkan.restore(cursor, berkas).items():
            kualitas.rebuild(tahun, desa_ids=desa_ids)
    berkas.apbdes_lama.all().delete()
    berkas.status = BerkasImpor.Status.DIBATALKAN
    berkas.finished_at, berkas.finished_by = timezone.now(), by
    berkas.ringkasan["diurungkan"] = True
    berkas.save()
    return berkas


def _changed(berkas: BerkasImpor, **before: Any) -> QuerySet[APBDes]:
    """The budgets the file changed, as they are now; `before` narrows by what they were."""
    key = {name: OuterRef(name) for name in ("desa", "tahun", "jenis")}
    return APBDes.objects.filter(Exists(berkas.apbdes_lama.filter(**key, **before)))


def _refuse_unless_latest(berkas: BerkasImpor) -> None:
    if berkas.is_waiting:
        raise rejected("Berkas ini belum disimpan, jadi tidak ada yang diurungkan. Batalkan pratinjaunya saja.")
    if not berkas.apbdes_lama.exists():
        raise rejected("Berkas ini tidak mengubah APBDes apa pun, jadi tidak ada yang diurungkan.")
    later = _changed(berkas).exclude(berkas=berkas).order_by("desa__kode", "tahun")
    names = [
        f"{nama} {tahun} oleh “{file or 'perubahan lain'}”"
        for nama, tahun, file in later.values_list("desa__nama", "tahun", "berkas__nama_berkas")
    ]
    if names:
        raise rejected(f"Sudah diganti berkas yang lebih baru: {named(names)}. Urungkan berkas itu lebih dahulu.")


def _remove_new(berkas: BerkasImpor) -> None:
    """Budgets that were not there before the file go, with their lines and totals."""
    try:
        _changed(berkas, isi__isnull=True).delete()
    except ProtectedError as error:
        raise rejected(
            "APBDes dari berkas ini sudah dipakai pekerjaan lain, misalnya evaluasi. Hapus pekerjaan itu lebih dahulu."
        ) from error
