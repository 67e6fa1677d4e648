"""Bring village budgets back to what they were before a file; the other half of gabung.merge."""

from typing import Any

from kecamatan.models import BerkasImpor
from layanan_dasar.importers.gabung import KOLOM, columns, settle


_KEPALA = "cakupan_belanja, cakupan_pendapatan, per_tanggal, sumber, nomor_perdes, tanggal_perdes, berkas_id"
_LAMA = "layanan_dasar_apbdes a JOIN layanan_dasar_apbdeslama v USING (desa_id, tahun, jenis)"
_RESTORE = (
    "DROP TABLE IF EXISTS pg_temp.impor_beda",
    """
    CREATE TEMPORARY TABLE impor_beda ON COMMIT DROP AS
    SELECT desa_id, tahun, jenis, true AS beda FROM layanan_dasar_apbdeslama WHERE berkas_id = %s
    """,
    f"DELETE FROM layanan_dasar_barisapbdes l USING {_LAMA} WHERE v.berkas_id = %s AND l.apbdes_id = a.id",
    f"DELETE FROM layanan_dasar_totalapbdes t USING {_LAMA} WHERE v.berkas_id = %s AND t.apbdes_id = a.id",
    f"""
    INSERT INTO layanan_dasar_barisapbdes (
        apbdes_id, kode_kegiatan, kode_rekening, sumber_dana, {", ".join(KOLOM)}
    )
    SELECT a.id, l.kode_kegiatan, l.kode_rekening, l.sumber_dana, {columns("l")}
    FROM {_LAMA}, jsonb_populate_recordset(NULL::layanan_dasar_barisapbdes, nullif(v.isi -> 'baris', 'null')) l
    WHERE v.berkas_id = %s
    """,
    f"""
    INSERT INTO layanan_dasar_totalapbdes (apbdes_id, kode, uraian, anggaran, realisasi_s1, realisasi_s2)
    SELECT a.id, t.kode, t.uraian, t.anggaran, t.realisasi_s1, t.realisasi_s2
    FROM {_LAMA}, jsonb_populate_recordset(NULL::layanan_dasar_totalapbdes, nullif(v.isi -> 'total', 'null')) t
    WHERE v.berkas_id = %s
    """,
    f"""
    UPDATE layanan_dasar_apbdes a SET ({_KEPALA}, updated_at) = (
        SELECT {_KEPALA}, now() FROM jsonb_populate_record(NULL::layanan_dasar_apbdes, v.isi -> 'kepala')
    )
    FROM layanan_dasar_apbdeslama v
    WHERE v.berkas_id = %s AND (v.desa_id, v.tahun, v.jenis) = (a.desa_id, a.tahun, a.jenis)
    """,
)


def restore(cursor: Any, berkas: BerkasImpor) -> dict[int, list[int]]:
    """Bring the budgets a file changed back to what they were, and return their desa by year.

    Budgets that did not exist before must already be gone.
    """
    for statement in _RESTORE:
        cursor.execute(statement, [berkas.pk] if "%s" in statement else None)
    return settle(cursor)
