"""Compare staged village budgets with the stored ones, and merge what differs. Set-based SQL, no Python loop.

Staging tables: impor_kepala (one row per budget), impor_baris (its lines), impor_total (totals it states);
`compare` adds impor_beda, which says of each budget how many lines differ and whether anything does.
"""

from typing import Any, NamedTuple

from kecamatan.models import BerkasImpor
from layanan_dasar.importers.periksa import SUMS


KOLOM = ("uraian", "anggaran", "realisasi_s1", "realisasi_s2", "kode_output", "volume", "satuan")
"""What a line says beside its key."""


def columns(source: str) -> str:
    """The same, as SQL."""
    return ", ".join(f"{source}.{name}" for name in KOLOM)


# A file that names no Perdes does not take away the one on record.
_PERDES = "coalesce(nullif(i.nomor_perdes, ''), a.nomor_perdes), coalesce(i.tanggal_perdes, a.tanggal_perdes)"
_COMPARE = f"""
    CREATE TEMPORARY TABLE impor_beda ON COMMIT DROP AS
    WITH lama AS (
        SELECT i.desa_id, i.tahun, i.jenis, l.*
        FROM impor_kepala i JOIN layanan_dasar_apbdes a USING (desa_id, tahun, jenis)
        JOIN layanan_dasar_barisapbdes l ON l.apbdes_id = a.id
    ), jumlah AS (
        SELECT desa_id, tahun, jenis,
            count(*) FILTER (WHERE l.id IS NULL) AS baru,
            count(*) FILTER (WHERE l.id IS NOT NULL AND b.baris IS NOT NULL
                AND ({columns("l")})
                IS DISTINCT FROM ({columns("b")})) AS berubah,
            count(*) FILTER (WHERE b.baris IS NULL) AS dihapus,
            count(*) AS semua
        FROM impor_baris b
        FULL JOIN lama l USING (desa_id, tahun, jenis, kode_kegiatan, kode_rekening, sumber_dana)
        GROUP BY desa_id, tahun, jenis
    ), total_beda AS (
        SELECT DISTINCT desa_id, tahun, jenis
        FROM (
            SELECT i.desa_id, i.tahun, i.jenis, t.*
            FROM impor_kepala i JOIN layanan_dasar_apbdes a USING (desa_id, tahun, jenis)
            JOIN layanan_dasar_totalapbdes t ON t.apbdes_id = a.id
        ) t
        FULL JOIN impor_total u USING (desa_id, tahun, jenis, kode)
        WHERE (t.uraian, t.anggaran, t.realisasi_s1, t.realisasi_s2)
            IS DISTINCT FROM (u.uraian, u.anggaran, u.realisasi_s1, u.realisasi_s2)
    )
    SELECT j.*, j.baru + j.berubah + j.dihapus > 0 OR a.id IS NULL OR t.desa_id IS NOT NULL
        OR (a.cakupan_belanja, a.cakupan_pendapatan, a.per_tanggal, a.sumber, a.nomor_perdes, a.tanggal_perdes)
            IS DISTINCT FROM (i.cakupan_belanja, i.cakupan_pendapatan, i.per_tanggal, i.sumber, {_PERDES})
        OR a.status <> i.status AS beda
    FROM jumlah j
    JOIN impor_kepala i USING (desa_id, tahun, jenis)
    LEFT JOIN layanan_dasar_apbdes a USING (desa_id, tahun, jenis)
    LEFT JOIN total_beda t USING (desa_id, tahun, jenis)
"""
_COUNTS = """
    SELECT sum(baru), sum(berubah), sum(dihapus), sum(semua - baru - berubah - dihapus), count(*) FILTER (WHERE beda)
    FROM impor_beda
"""
_SUMMARY = f"""
    SELECT w.kode AS kode_desa, w.nama AS nama_desa, n.tahun, n.jenis, s.anggaran_4 AS pendapatan,
        s.anggaran_5 AS belanja,
        CASE WHEN num_nonnulls(s.anggaran_61, s.anggaran_62) > 0
            THEN coalesce(s.anggaran_61, 0) - coalesce(s.anggaran_62, 0) END AS pembiayaan,
        n.baru, n.berubah, n.dihapus, n.semua - n.baru - n.berubah - n.dihapus AS sama
    FROM impor_beda n
    JOIN ({SUMS}) s USING (desa_id, tahun, jenis)
    JOIN kecamatan_wilayah w ON w.id = n.desa_id
    ORDER BY w.kode, n.tahun, n.jenis LIMIT %s
"""

_HEADS = """
    INSERT INTO layanan_dasar_apbdes AS a (
        desa_id, tahun, jenis, berlaku, status, urutan_perubahan, nomor_perdes, tanggal_perdes,
        cakupan_belanja, cakupan_pendapatan, per_tanggal, sumber, berkas_id
    )
    SELECT desa_id, tahun, jenis, false, status, (jenis = 'perubahan')::int, nomor_perdes, tanggal_perdes,
        cakupan_belanja, cakupan_pendapatan, per_tanggal, sumber, %s
    FROM impor_kepala JOIN impor_beda USING (desa_id, tahun, jenis) WHERE beda
    ON CONFLICT (desa_id, tahun, jenis) DO UPDATE SET
        nomor_perdes = coalesce(nullif(excluded.nomor_perdes, ''), a.nomor_perdes),
        tanggal_perdes = coalesce(excluded.tanggal_perdes, a.tanggal_perdes),
        cakupan_belanja = excluded.cakupan_belanja, cakupan_pendapatan = excluded.cakupan_pendapatan,
        per_tanggal = excluded.per_tanggal, sumber = excluded.sumber, berkas_id = excluded.berkas_id,
        status = excluded.status, updated_at = now()
"""
_CHANGED = "impor_beda n JOIN layanan_dasar_apbdes a USING (desa_id, tahun, jenis)"
_SAME_LINE = "(b.kode_kegiatan, b.kode_rekening, b.sumber_dana) = (l.kode_kegiatan, l.kode_rekening, l.sumber_dana)"
_MERGE = (
    f"""
    DELETE FROM layanan_dasar_barisapbdes l USING {_CHANGED}
    WHERE n.dihapus > 0 AND l.apbdes_id = a.id AND NOT EXISTS (
        SELECT FROM impor_baris b
        WHERE (b.desa_id, b.tahun, b.jenis) = (n.desa_id, n.tahun, n.jenis) AND {_SAME_LINE}
    )
    """,
    f"""
    UPDATE layanan_dasar_barisapbdes l
    SET {", ".join(f"{name} = b.{name}" for name in KOLOM)}
    FROM {_CHANGED} JOIN impor_baris b USING (desa_id, tahun, jenis)
    WHERE n.berubah > 0 AND l.apbdes_id = a.id AND {_SAME_LINE}
      AND ({columns("l")}) IS DISTINCT FROM ({columns("b")})
    """,
    f"""
    INSERT INTO layanan_dasar_barisapbdes (
        apbdes_id, kode_kegiatan, kode_rekening, sumber_dana, {", ".join(KOLOM)}
    )
    SELECT a.id, b.kode_kegiatan, b.kode_rekening, b.sumber_dana, {columns("b")}
    FROM {_CHANGED} JOIN impor_baris b USING (desa_id, tahun, jenis)
    WHERE n.baru > 0 AND (n.baru = n.semua OR NOT EXISTS (
        SELECT FROM layanan_dasar_barisapbdes l WHERE l.apbdes_id = a.id AND {_SAME_LINE}
    ))
    """,
    f"DELETE FROM layanan_dasar_totalapbdes t USING {_CHANGED} WHERE n.beda AND t.apbdes_id = a.id",
    f"""
    INSERT INTO layanan_dasar_totalapbdes (apbdes_id, kode, uraian, anggaran, realisasi_s1, realisasi_s2)
    SELECT a.id, t.kode, t.uraian, t.anggaran, t.realisasi_s1, t.realisasi_s2
    FROM {_CHANGED} JOIN impor_total t USING (desa_id, tahun, jenis) WHERE n.beda
    """,
)
# The amended budget is in force where there is one; a draft never is. The old one steps down first: one in force per
# desa and year.
_IN_FORCE = """
    UPDATE layanan_dasar_apbdes a SET berlaku = %(berlaku)s
    FROM impor_beda n
    WHERE n.beda AND (n.desa_id, n.tahun) = (a.desa_id, a.tahun) AND a.berlaku <> %(berlaku)s
      AND %(berlaku)s = (a.status = 'ditetapkan' AND (a.jenis = 'perubahan' OR NOT EXISTS (
          SELECT FROM layanan_dasar_apbdes p
          WHERE (p.desa_id, p.tahun, p.jenis, p.status) = (a.desa_id, a.tahun, 'perubahan', 'ditetapkan')
      )))
"""


_BEFORE = """
    INSERT INTO layanan_dasar_apbdeslama (berkas_id, desa_id, tahun, jenis, isi)
    SELECT %s, n.desa_id, n.tahun, n.jenis, CASE WHEN a.id IS NOT NULL THEN jsonb_build_object(
        'kepala', to_jsonb(a),
        'baris', (SELECT jsonb_agg(to_jsonb(l) - 'id') FROM layanan_dasar_barisapbdes l WHERE l.apbdes_id = a.id),
        'total', (SELECT jsonb_agg(to_jsonb(t) - 'id') FROM layanan_dasar_totalapbdes t WHERE t.apbdes_id = a.id)
    ) END
    FROM impor_beda n LEFT JOIN layanan_dasar_apbdes a USING (desa_id, tahun, jenis) WHERE n.beda
"""


class Beda(NamedTuple):
    """Lines that are new, changed, removed, the same; and budgets that differ in anything."""

    baru: int
    berubah: int
    dihapus: int
    sama: int
    apbdes: int


def compare(cursor: Any) -> Beda:
    """Fill impor_beda and count it."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.impor_beda")
    cursor.execute(_COMPARE)
    cursor.execute(_COUNTS)
    return Beda(*(int(count or 0) for count in cursor.fetchone()))


def summarize(cursor: Any, most: int) -> list[dict[str, Any]]:
    """The first budgets of the file: their sums and how many lines they add, change, remove, keep."""
    cursor.execute(_SUMMARY, [most])
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def merge(cursor: Any, berkas: BerkasImpor | None) -> dict[int, list[int]]:
    """Store what differs and return, by year, the desa whose budgets changed. With a file, what was is kept."""
    if berkas:
        cursor.execute(_BEFORE, [berkas.pk])
    cursor.execute(_HEADS, [berkas.pk if berkas else None])
    for statement in _MERGE:
        cursor.execute(statement)
    return settle(cursor)


def settle(cursor: Any) -> dict[int, list[int]]:
    """Decide which budgets are in force; the desa of impor_beda by year."""
    for berlaku in (False, True):
        cursor.execute(_IN_FORCE, {"berlaku": berlaku})
    cursor.execute("SELECT tahun, array_agg(DISTINCT desa_id) FROM impor_beda WHERE beda GROUP BY tahun")
    return dict(cursor.fetchall())
