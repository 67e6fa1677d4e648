"""Figures of other applications that somebody hands in on a page, and taken back again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from kecamatan.actions.impor import JenisBerkas
from kecamatan.models import BerkasImpor, Pengguna, Tingkat, Wilayah
from layanan_dasar.actions.nilai import HasilNilai, impor_nilai
from layanan_dasar.aggregation import capaian
from layanan_dasar.importers.periksa import named
from layanan_dasar.models import NilaiIndikator, PetaKolom
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import WEB, Limits, rejected


# The figures a file brought. What an undone later file gave back to it is its own too: `terakhir`.
_MILIK = """
    SELECT desa_id, indikator_id, periode, max(akhir) AS akhir, min(revisi) AS pertama, max(revisi) AS terakhir
    FROM layanan_dasar_nilaiindikator WHERE berkas_id = %(berkas)s AND desa_id = ANY(%(desa)s)
    GROUP BY desa_id, indikator_id, periode
"""
_LATER = f"""
    SELECT DISTINCT w.nama, n.indikator_id, coalesce(b.nama_berkas, 'perubahan lain')
    FROM ({_MILIK}) m JOIN layanan_dasar_nilaiindikator n
        ON (n.desa_id, n.indikator_id, n.periode) = (m.desa_id, m.indikator_id, m.periode) AND n.revisi > m.terakhir
    JOIN kecamatan_wilayah w ON w.id = n.desa_id LEFT JOIN kecamatan_berkasimpor b ON b.id = n.berkas_id
    ORDER BY 1, 2, 3
"""
_KOLOM = "pembilang, penyebut, laki_laki, perempuan, disabilitas, isian_id"
_RESTORE = f"""
    WITH kembali AS (
        INSERT INTO layanan_dasar_nilaiindikator (
            desa_id, indikator_id, periode, akhir, revisi, terbit_pada, berkas_id, status, sumber, {_KOLOM}
        )
        SELECT m.desa_id, m.indikator_id, m.periode, m.akhir, m.terakhir + 1, now(),
            CASE WHEN lama.id IS NULL THEN %(berkas)s ELSE lama.berkas_id END,
            coalesce(lama.status, 'tidak_dilaporkan'), coalesce(lama.sumber, ''), {_KOLOM}
        FROM ({_MILIK}) m LEFT JOIN LATERAL (
            SELECT n.id, berkas_id, status, sumber, {_KOLOM} FROM layanan_dasar_nilaiindikator n
            WHERE (n.desa_id, n.indikator_id, n.periode) = (m.desa_id, m.indikator_id, m.periode)
                AND n.revisi < m.pertama AND n.terbit_pada IS NOT NULL
            ORDER BY n.revisi DESC LIMIT 1
        ) lama ON true
        RETURNING desa_id, akhir
    )
    SELECT extract(year FROM akhir)::int, array_agg(DISTINCT desa_id) FROM kembali GROUP BY 1 ORDER BY 1
"""


def impor_angka(
    file: BinaryIO,
    *,
    wilayah: Wilayah | None = None,
    berkas: BerkasImpor | None = None,
    simpan: bool = True,
    limits: Limits = WEB,
) -> HasilNilai:
    """Take a file of figures as the page does; what it leaves open was told with it (`forms_impor.AngkaForm.isian`).

    Raises:
        Rejected: every error found; nothing is stored.
    """
    isian: Mapping[str, Any] = berkas.ringkasan.get("isian", {}) if berkas else {}
    kode = isian.get("peta", "")
    peta = PetaKolom.objects.filter(kode=kode).first()
    if kode and peta is None:
        raise rejected(f"Peta kolom “{kode}” sudah tidak ada. Pilih peta lain, lalu unggah lagi.")
    told = {name: isian.get(name, "") for name in ("desa", "penyakit", "sumber")}
    periode = Periode.parse(isian["periode"]) if isian.get("periode") else None
    hasil = impor_nilai(
        file, peta=peta, periode=periode, **told, wilayah=wilayah, berkas=berkas, simpan=simpan, limits=limits
    )
    return replace(hasil, isian=dict(isian), catatan=[*isian.get("catatan", []), *hasil.catatan])


ANGKA = JenisBerkas("nilai", impor_angka)


@transaction.atomic
def undo_angka(*, by: Pengguna, berkas: BerkasImpor) -> BerkasImpor:
    """Publish once more what stood before every figure of a stored file, and where nothing did that none is reported.
    Undone twice, it is undone once.

    Raises:
        Rejected: the file is not stored, changed nothing, or a later revision stands on what it brought.
    """
    berkas = BerkasImpor.objects.select_for_update(of=["self"]).select_related("wilayah").get(pk=berkas.pk)
    if berkas.status == BerkasImpor.Status.DIBATALKAN:
        return berkas
    if berkas.is_waiting:
        raise rejected("Berkas ini belum disimpan, jadi tidak ada yang diurungkan. Batalkan pratinjaunya saja.")
    wait_in_transaction("nilai-indikator")
    desa = _desa_ids(berkas.wilayah)
    values: dict[str, Any] = {"berkas": berkas.pk, "desa": desa}
    if not NilaiIndikator.objects.filter(berkas=berkas, desa__in=desa).exists():
        raise rejected("Berkas ini tidak mengubah angka apa pun, jadi tidak ada yang diurungkan.")
    with connection.cursor() as cursor:
        _refuse_unless_latest(cursor, values)
        cursor.execute(_RESTORE, values)
        for tahun, desa_ids in cursor.fetchall():
            capaian.rebuild(tahun, desa_ids=desa_ids)
    berkas.status = BerkasImpor.Status.DIBATALKAN
    berkas.finished_at, berkas.finished_by = timezone.now(), by
    berkas.ringkasan["diurungkan"] = True
    berkas.save()
    return berkas


def _desa_ids(wilayah: Wilayah | None) -> list[int]:
    """The villages of a region: figures are found by village, not by file."""
    desa = Wilayah.objects.filter(tingkat=Tingkat.DESA)
    return list((desa.in_wilayah(wilayah) if wilayah else desa).values_list("pk", flat=True))


def _refuse_unless_latest(cursor: Any, values: dict[str, Any]) -> None:
    cursor.execute(_LATER, values)
    names = [f"{indikator} {nama} oleh “{file}”" for nama, indikator, file in cursor.fetchall()]
    if names:
        raise rejected(f"Sudah diganti yang lebih baru: {named(names)}. Urungkan itu lebih dahulu.")
