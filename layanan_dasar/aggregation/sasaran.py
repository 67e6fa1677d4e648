"""Targets in force of a year, and the score against them (reference of P3PD 1D §2.4)."""

SHARE = "jenis IN ('persen', 'ya_tidak')"
"""Indicators whose value is a share, 0–100, as `Indikator.is_share` says it."""
# One target for each indicator and holder: the nation ('') or a province or kabupaten that set its own. Of a year the
# latest that has come, else the next to come; of several bases the stronger one.
SASARAN = """
    SELECT DISTINCT ON (t.indikator_id, holder.kode) t.indikator_id, holder.kode, t.nilai, t.lantai,
        t.basis = 'spm' AS spm
    FROM layanan_dasar_targetindikator t LEFT JOIN kecamatan_wilayah w ON w.id = t.wilayah_id
    CROSS JOIN LATERAL (SELECT coalesce(w.kode, '') AS kode) holder
    ORDER BY t.indikator_id, holder.kode, array_position(ARRAY['spm', 'daerah', 'nasional', 'portal'], t.basis::text),
        coalesce(t.tahun, 0) > %(tahun)s, abs(coalesce(t.tahun, 0) - %(tahun)s)
"""
"""Common table `sasaran` for the joins below."""


def sasaran_joins(indikator: str, kode: str) -> str:
    """Join the targets that may hold for a region under its present code, as nas, prov and kab."""
    return f"""
        LEFT JOIN sasaran nas ON nas.indikator_id = {indikator} AND nas.kode = ''
        LEFT JOIN sasaran prov ON prov.indikator_id = {indikator} AND prov.kode = left({kode}, 2)
        LEFT JOIN sasaran kab ON kab.indikator_id = {indikator} AND kab.kode = left({kode}, 5) AND length({kode}) > 2
    """


TARGET = "CASE WHEN nas.spm THEN nas.nilai ELSE coalesce(kab.nilai, prov.nilai, nas.nilai) END"
"""A minimum standard of the nation (SPM) is not changed below it."""
_LANTAI = "CASE WHEN nas.spm THEN nas.lantai ELSE coalesce(kab.lantai, prov.lantai, nas.lantai) END"


def lantai(awal: str) -> str:
    """The floor, where the score is 0: the target's, else 0, the whole, or one case more than at first (`awal`)."""
    return f"""coalesce({_LANTAI}, CASE WHEN arah = 'naik' THEN 0 WHEN {SHARE} THEN 100
        WHEN jenis = 'jumlah' THEN {awal} + 1 END)"""


def skor(nilai: str, target: str, floor: str) -> str:
    """clamp((v − f) / (t − f), 0, 1), the same for both directions; null without value, target or floor."""
    raw = f"({nilai} - {floor}) / nullif({target} - {floor}, 0)"
    return f"CASE WHEN {raw} >= 1 THEN 1 WHEN {raw} <= 0 THEN 0 ELSE round({raw}, 6) END"


_SELISIH = "greatest(CASE arah WHEN 'naik' THEN target - nilai ELSE nilai - target END, 0)"
KURANG = f"""CASE WHEN target IS NULL OR nilai IS NULL THEN NULL
    WHEN {SHARE} THEN round({_SELISIH} * penyebut / 100, 4)
    WHEN jenis = 'jumlah' THEN {_SELISIH} END"""
"""People or households short of the target. (greatest would make 0 of an unknown value.)"""
