"""The rows of the desa: one pass over the lines of their budgets in force."""

from layanan_dasar.models.belanja import BidangApbdes
from layanan_dasar.models.kualitas import KELOMPOK, KODE_BIDANG, KOLOM_HITUNG, KOLOM_RUPIAH


_INTI = [f"inti_{kode.lower()}" for kode in KODE_BIDANG]
_TERKAIT = [f"terkait_{kode.lower()}" for kode in KODE_BIDANG]
_BAB = [f"bab_{kode}" for kode in BidangApbdes.values]
_NONE = 15  # stands for an unmapped kegiatan where a number is needed
_TAG_BIT = 14

# Which lines each group sums. `golongan` numbers class and service of the line's kegiatan: 1–5 inti, 6–10 terkait, in
# the order of KODE_BIDANG; 0 no basic service, null unmapped. `akun` is a number of AKUN.
_LINES = {
    "pendapatan": "akun IN (1, 2)",
    "terima_pembiayaan": "akun = 7",
    "keluar_pembiayaan": "akun IN (8, 9)",
    "rincian": "bab > 0",
    "belum_dipetakan": "bab > 0 AND golongan IS NULL",
    **{group: f"golongan = {number}" for number, group in enumerate([*_INTI, *_TERKAIT], 1)},
    **{group: f"bab = {number}" for number, group in enumerate(_BAB, 1)},
}
_RUPIAH = {
    "pegawai": "akun = 3",
    "modal": "akun = 6",
    "overhead": "akun = 5 AND golongan BETWEEN 1 AND 5",
    "k30": "t_k30 AND NOT bengkok",
    "belanja_bersih": "bab > 0 AND NOT bengkok",
    "pagu_dd": "akun = 2",
    "dd_blt": "t_blt AND sesuai AND dds",
    "dd_pangan": "dds AND (t_pangan OR akun = 9)",
    "dd_operasional": "t_operasional AND dds",
    "dd_stunting": "t_stunting AND dds",
    "kdmp": "t_kdmp",
}
_TAGS = {
    "t_k30": "k30",
    "t_blt": "blt",
    "t_pangan": "ketahanan_pangan",
    "t_operasional": "operasional_dd",
    "t_stunting": "stunting",
    "t_kdmp": "kdmp",
}
AKUN = """CASE
    WHEN b.kode_kegiatan <> '' THEN CASE left(b.kode_rekening, 4)
        WHEN '5.1.' THEN 3 WHEN '5.3.' THEN 6
        WHEN '5.2.' THEN CASE WHEN substr(b.kode_rekening, 5, 1) IN ('2', '3', '5') THEN 5 ELSE 4 END ELSE 0 END
    WHEN starts_with(b.kode_rekening, '4') THEN CASE WHEN starts_with(b.kode_rekening, '4.2.1') THEN 2 ELSE 1 END
    WHEN starts_with(b.kode_rekening, '6.1') THEN 7
    WHEN starts_with(b.kode_rekening, '6.2') THEN CASE WHEN starts_with(b.kode_rekening, '6.2.2') THEN 9 ELSE 8 END
    ELSE 0 END"""
"""1 revenue, 2 of it Dana Desa; 3 staff (5.1), 4 goods and services, 5 of it overhead, 6 capital (5.3); 7 financing in,
8 out, 9 of it capital of village enterprises (6.2.2)."""
# Without lines of that kind a rule still has something to be measured by: none of it was spent.
_RUPIAH_VALUES = {
    **{name: f"CASE WHEN rinci THEN coalesce({name}_a, 0) END" for name in _RUPIAH},
    "pagu_dd": "CASE WHEN pendapatan_lengkap THEN coalesce(pagu_dd_a, 0) END",
    "awal": "awal_a",
    "ubah": "ubah_a",
    "inti_s2_anggaran": f"CASE WHEN rinci AND setahun THEN {' + '.join(f'coalesce({k}_a, 0)' for k in _INTI)} END",
    "inti_s2_realisasi": "CASE WHEN rinci AND setahun THEN coalesce(inti_s2_r, 0) END",
    "tanpa_anggaran": "CASE WHEN rinci AND lapor_belanja THEN coalesce(tanpa_anggaran_r, 0) END",
    "inti_berpenduduk": f"CASE WHEN rinci AND jiwa > 0 THEN {' + '.join(f'coalesce({k}_a, 0)' for k in _INTI)} END",
}
_COUNTS = {
    "n_desa": "1",
    "n_apbdes": "1",
    "n_pendapatan": "pendapatan_lengkap::int",
    "n_belanja": "lengkap::int",
    "n_rincian": "rinci::int",
    "n_realisasi": "(lengkap AND lapor_belanja)::int",
    "n_setahun": "(lengkap AND setahun)::int",
    "n_tanpa_anggaran": "CASE WHEN rinci THEN coalesce(n_tanpa, 0) ELSE 0 END",
    "n_waktu": "num_nonnulls(tanggal_perdes, tanggal_s1, tanggal_lpj) + tahun_ditutup::int",
    "n_tepat_waktu": """coalesce((tanggal_perdes < make_date(%(tahun)s, 1, 1))::int, 0)
        + coalesce((tanggal_s1 <= make_date(%(tahun)s, 7, 14))::int, 0)
        + coalesce((tanggal_lpj <= make_date(%(tahun)s + 1, 3, 31))::int, 0)
        + (tahun_ditutup AND n_perubahan <= 1)::int""",
    "penduduk": "CASE WHEN rinci THEN coalesce(jiwa, 0) ELSE 0 END",
}


def _known(group: str, measure: str) -> str:
    """One sum (`measure` a: anggaran, r: realisasi) as far as the budget tells it: NULL unknown, 0 a true zero."""
    if group == "belanja":
        return f"CASE WHEN lengkap THEN {' + '.join(_known(bab, measure) for bab in _BAB)} END"
    if group in ("inti", "terkait"):
        parts = _INTI if group == "inti" else _TERKAIT
        return f"CASE WHEN rinci THEN {' + '.join(f'coalesce({part}_{measure}, 0)' for part in parts)} END"
    if group == "pendapatan":
        return f"CASE WHEN pendapatan_lengkap THEN pendapatan_{measure} END"
    if group.endswith("_pembiayaan"):
        return f"{group}_{measure}"
    if group in _BAB:  # a summary states its chapters itself; its lines may be only some of them
        stated = f"coalesce(CASE WHEN NOT rinci THEN total_{group}_{measure} END, {group}_{measure})"
        return f"CASE WHEN lengkap THEN coalesce({stated}, 0) ELSE {stated} END"
    return f"CASE WHEN rinci THEN coalesce({group}_{measure}, 0) END"


def _group_values() -> list[str]:
    """The three columns of every group: budgeted, realised, and budgeted by those who reported realisation."""
    values = []
    for group in KELOMPOK:
        reported = "lapor_pendapatan" if group == "pendapatan" else "lapor_belanja"
        reported = f"{group}_r IS NOT NULL" if group.endswith("_pembiayaan") else reported
        values.append(_known(group, "a"))
        values += [f"CASE WHEN {reported} THEN {_known(group, measure)} END" for measure in "ra"]
    return values


def _sums() -> str:
    groups = [
        f"sum(a) FILTER (WHERE {condition}) AS {group}_a, sum(r) FILTER (WHERE {condition}) AS {group}_r"
        for group, condition in _LINES.items()
    ]
    rupiah = [f"sum(a) FILTER (WHERE {condition}) AS {name}_a" for name, condition in _RUPIAH.items()]
    return ",\n".join(groups + rupiah)


def _stated() -> str:
    return ",\n".join(
        f"max(anggaran) FILTER (WHERE kode = '{kode}') AS total_bab_{kode}_a, "
        f"max(coalesce(realisasi_s2, realisasi_s1)) FILTER (WHERE kode = '{kode}') AS total_bab_{kode}_r"
        for kode in BidangApbdes.values
    )


# The mapping of a year, resolved: set 0 is the national one; a kabupaten with own mappings has a whole set of its own,
# in which they go before the national ones.
PETA = f"""
    SELECT DISTINCT ON (himpunan, kode) himpunan, kode_kegiatan AS kode,
        CASE WHEN kelas = '' THEN 0 ELSE array_position(ARRAY{list(KODE_BIDANG)}, bidang_id::text)
            + CASE kelas WHEN 'T' THEN 5 ELSE 0 END END AS golongan,
        CASE kelas_lain WHEN '' THEN 0 ELSE array_position(ARRAY{list(KODE_BIDANG)}, bidang_id::text)
            + CASE kelas_lain WHEN 'T' THEN 5 ELSE 0 END END AS golongan_lain,
        syarat_sumber_dana <> '' OR syarat_rekening <> '' OR syarat_output <> '' AS bersyarat,
        syarat_sumber_dana, syarat_rekening, syarat_output,
        {" | ".join(f"(('{tag}' = ANY(tag))::int << {n})" for n, tag in enumerate(_TAGS.values(), _TAG_BIT))} AS tanda
    FROM (
        SELECT 0 AS himpunan, p.* FROM layanan_dasar_pemetaankegiatan p WHERE kabupaten_id IS NULL
        UNION ALL
        SELECT s.himpunan, p.* FROM layanan_dasar_pemetaankegiatan p
        JOIN (SELECT DISTINCT kabupaten_id AS himpunan FROM layanan_dasar_pemetaankegiatan) s
            ON p.kabupaten_id = s.himpunan OR p.kabupaten_id IS NULL
        WHERE s.himpunan IS NOT NULL
    ) p
    CROSS JOIN LATERAL (SELECT kode_kegiatan AS kode) k
    WHERE status <> 'usulan' AND tahun_dari <= %(tahun)s AND coalesce(tahun_sampai, 9999) >= %(tahun)s
    ORDER BY himpunan, kode, (kabupaten_id IS NULL)
"""
# BLT from Dana Desa: the condition names a source and either an account or an output code.
SESUAI = """NOT bersyarat OR (
    (syarat_sumber_dana = '' OR b.sumber_dana = syarat_sumber_dana)
    AND (starts_with(b.kode_rekening, syarat_rekening) OR (syarat_output <> '' AND b.kode_output = syarat_output))
)"""


# Everything a line is summed by fits into one number, so that millions of lines become a few sums per budget in one
# cheap step, and only those are spread over the columns. (All operators here bind alike, from left to right.)
_SIDIK = f"""
    CASE b.kode_kegiatan WHEN '' THEN 0 ELSE ascii(substr(b.kode_kegiatan, 2, 1)) - 48 END
    | (({AKUN}) << 3)
    | (coalesce(CASE WHEN {SESUAI} THEN golongan ELSE golongan_lain END, {_NONE}) << 7)
    | ((b.sumber_dana = 'DDS')::int << 11) | ((b.sumber_dana = ANY(bengkok.kode))::int << 12)
    | (coalesce({SESUAI}, false)::int << 13) | coalesce(tanda, 0)
"""
_DECODED = f"""
    sidik & 7 AS bab, sidik >> 3 & 15 AS akun, nullif(sidik >> 7 & 15, {_NONE}) AS golongan,
    sidik >> 11 & 1 = 1 AS dds, sidik >> 12 & 1 = 1 AS bengkok, sidik >> 13 & 1 = 1 AS sesuai,
    {", ".join(f"sidik >> {n} & 1 = 1 AS {name}" for n, name in enumerate(_TAGS, _TAG_BIT))}
"""
_LINE_SUMS = f"""
    SELECT b.apbdes_id, {_SIDIK} AS sidik, sum(b.anggaran)::bigint AS a,
        sum(coalesce(b.realisasi_s2, b.realisasi_s1))::bigint AS r, sum(b.realisasi_s2)::bigint AS s2,
        count(*) FILTER (WHERE coalesce(b.realisasi_s2, b.realisasi_s1) > 0 AND coalesce(b.anggaran, 0) = 0) AS n_tanpa,
        (sum(coalesce(b.realisasi_s2, b.realisasi_s1)) FILTER (WHERE coalesce(b.anggaran, 0) = 0))::bigint AS r_tanpa
    FROM budget JOIN layanan_dasar_barisapbdes b ON b.apbdes_id = budget.id
    CROSS JOIN (SELECT coalesce(array_agg(kode), '{{}}') AS kode FROM layanan_dasar_sumberdana WHERE bengkok) bengkok
    LEFT JOIN peta ON (peta.himpunan, peta.kode) = (budget.himpunan, b.kode_kegiatan)
    GROUP BY 1, 2
"""
_BUDGET_SUMS = f"""
    SELECT apbdes_id, {_sums()}, sum(n_tanpa) FILTER (WHERE bab > 0) AS n_tanpa,
        sum(r_tanpa) FILTER (WHERE bab > 0) AS tanpa_anggaran_r,
        sum(s2) FILTER (WHERE golongan BETWEEN 1 AND 5) AS inti_s2_r,
        count(s2) FILTER (WHERE bab > 0) > 0 AS s2_rinci
    FROM (SELECT *, {_DECODED} FROM ({_LINE_SUMS}) baris) baris GROUP BY apbdes_id
"""
_BUDGET = """
    SELECT a.id, a.desa_id, a.cakupan_belanja = 'kegiatan' AS rinci,
        a.cakupan_belanja IN ('kegiatan', 'bidang') AS lengkap,
        a.cakupan_pendapatan = 'lengkap' AS pendapatan_lengkap, awal.id AS awal_id,
        coalesce(awal.tanggal_perdes, CASE a.jenis WHEN 'awal' THEN a.tanggal_perdes END) AS tanggal_perdes,
        greatest(a.tanggal_laporan_s1, awal.tanggal_laporan_s1) AS tanggal_s1,
        greatest(a.tanggal_lpj, awal.tanggal_lpj) AS tanggal_lpj,
        CASE a.jenis WHEN 'awal' THEN 0 ELSE greatest(a.urutan_perubahan, 1) END AS n_perubahan,
        (
            SELECT penduduk FROM kecamatan_profilwilayah p
            WHERE p.wilayah_id = a.desa_id AND p.per < make_date(%(tahun)s, 1, 1) ORDER BY p.per DESC LIMIT 1
        ) AS jiwa,
        coalesce(sendiri.himpunan, 0) AS himpunan
    FROM layanan_dasar_apbdes a JOIN kecamatan_wilayah w ON w.id = a.desa_id
    LEFT JOIN layanan_dasar_apbdes awal ON a.jenis = 'perubahan' AND awal.jenis = 'awal'
        AND (awal.desa_id, awal.tahun) = (a.desa_id, a.tahun)
    LEFT JOIN (
        SELECT DISTINCT himpunan, kab.kode FROM peta JOIN kecamatan_wilayah kab ON kab.id = himpunan
    ) sendiri ON sendiri.kode = left(w.kode, 5)
    WHERE a.tahun = %(tahun)s AND {scope}
"""
_CHANGED = """
    SELECT id, sum(abs(beda)) AS ubah_a, coalesce(sum(lama), 0) AS awal_a FROM (
        SELECT budget.id, sum(CASE b.apbdes_id WHEN budget.id THEN b.anggaran ELSE -b.anggaran END) AS beda,
            sum(b.anggaran) FILTER (WHERE b.apbdes_id = awal_id) AS lama
        FROM budget JOIN layanan_dasar_apbdes awal ON awal.id = awal_id AND awal.cakupan_belanja = 'kegiatan'
        JOIN layanan_dasar_barisapbdes b ON b.apbdes_id IN (budget.id, awal_id) AND b.kode_kegiatan <> ''
        WHERE rinci GROUP BY budget.id, b.kode_kegiatan, b.kode_rekening, b.sumber_dana
    ) per_baris GROUP BY id
"""


def budget_sums(scope: str) -> str:
    """The sums of the lines of budgets, in force or not: `apbdes_id` and for each group and amount `<name>_a`, NULL
    without such a line. `scope` is a condition on apbdes `a`."""
    return f"""
        WITH peta AS MATERIALIZED ({PETA}), budget AS MATERIALIZED ({_BUDGET.format(scope=scope)})
        SELECT * FROM ({_BUDGET_SUMS}) jumlah
    """


def desa_select(scope: str) -> str:
    """The rows of the desa, from the lines of their budgets in force. `scope` is a condition on apbdes `a`."""
    values = [*(_COUNTS[name] for name in KOLOM_HITUNG), *_group_values(), *(_RUPIAH_VALUES[n] for n in KOLOM_RUPIAH)]
    return f"""
        WITH peta AS MATERIALIZED ({PETA}), budget AS MATERIALIZED ({_BUDGET.format(scope=f"a.berlaku AND {scope}")}),
        jumlah AS ({_BUDGET_SUMS}), ubah AS ({_CHANGED}), total AS (
            SELECT apbdes_id, {_stated()}, count(realisasi_s2) FILTER (WHERE length(kode) = 2) > 0 AS s2_total
            FROM layanan_dasar_totalapbdes
            WHERE apbdes_id IN (SELECT id FROM budget WHERE NOT rinci) GROUP BY apbdes_id
        ), diketahui AS (
            SELECT budget.*, jumlah.*, total.*, ubah_a, awal_a, pendapatan_r IS NOT NULL AS lapor_pendapatan,
                num_nonnulls(rincian_r, {", ".join(f"total_{bab}_r" for bab in _BAB)}) > 0 AS lapor_belanja,
                coalesce(s2_rinci, false) OR coalesce(s2_total, false) AS setahun,
                coalesce(s2_rinci, false) OR coalesce(s2_total, false) OR tanggal_lpj IS NOT NULL AS tahun_ditutup
            FROM budget
            LEFT JOIN jumlah ON jumlah.apbdes_id = budget.id
            LEFT JOIN total ON total.apbdes_id = budget.id
            LEFT JOIN ubah ON ubah.id = budget.id
        )
        SELECT desa_id, %(tahun)s, {", ".join(values)} FROM diketahui
    """
