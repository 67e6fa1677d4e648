"""Note what has to be recomputed; the next run takes it."""

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from kecamatan.models import Wilayah


# A row that stands already is written again: the run that is about to take it off waits for this transaction, and
# so reads what this transaction changed. In the order of the rows, so that two of these never wait for each other.
_MARK = """
    INSERT INTO layanan_dasar_desaberubah AS d (desa_id, tahun)
    SELECT a.desa_id, a.tahun
    FROM ({sumber}) a JOIN kecamatan_wilayah w ON w.id = a.desa_id
    WHERE a.tahun >= %(dari)s AND a.tahun <= coalesce(%(sampai)s, a.tahun)
        AND (%(kabupaten)s::text IS NULL OR starts_with(w.kode_kini, %(kabupaten)s || '.'))
        AND (%(desa_ids)s::bigint[] IS NULL OR a.desa_id = ANY(%(desa_ids)s))
    ORDER BY a.desa_id, a.tahun
    ON CONFLICT (tahun, desa_id) DO UPDATE SET created_at = excluded.created_at
"""
_APBDES = "SELECT desa_id, tahun FROM layanan_dasar_apbdes a WHERE berlaku"
_WITH_KEGIATAN = f"""{_APBDES} AND EXISTS (
    SELECT FROM layanan_dasar_barisapbdes b WHERE b.apbdes_id = a.id AND b.kode_kegiatan = ANY(%(kode)s)
)"""
_SEMUA = f"""{_APBDES} UNION
    SELECT desa_id, extract(year FROM akhir)::int FROM layanan_dasar_nilaiindikator WHERE terbit_pada IS NOT NULL"""


@transaction.atomic
def mark_changed(
    *,
    tahun_dari: int,
    tahun_sampai: int | None = None,
    kabupaten: Wilayah | None = None,
    kode_kegiatan: Collection[str] | None = None,
    desa_ids: Collection[int] | None = None,
) -> int:
    """Have the desa recomputed whose budgets in force or published figures are touched; returns how many desa and
    years.

    Args:
        tahun_dari: first year touched; `tahun_sampai` the last, None for all later ones.
        kabupaten: its desa, villages that went over into them included; None for every desa.
        kode_kegiatan: only budgets in which one of these occurs; None for every budget and figure.
        desa_ids: only these desa.
    """
    values: dict[str, Any] = {
        "dari": tahun_dari,
        "sampai": tahun_sampai,
        "kabupaten": kabupaten.kode if kabupaten else None,
        "kode": None if kode_kegiatan is None else list(kode_kegiatan),
        "desa_ids": None if desa_ids is None else list(desa_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK.format(sumber=_SEMUA if kode_kegiatan is None else _WITH_KEGIATAN), values)
        return cursor.rowcount
