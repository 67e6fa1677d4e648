"""What a file of figures that was laid beside the published ones would change, and what a page may not take of it.

Works on the tables of actions/nilai.py: nilai_impor (the file's figures) and nilai_beda (those of known villages, with
`revisi` of the latest published one, and `beda`).
"""

from decimal import Decimal
from typing import Any

from kecamatan.models import Wilayah
from layanan_dasar.models import Indikator, StatusNilai
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.importing import Errors


TERBESAR = 10

# Closed villages belong to where their successors are; a code that names no village to where it says.
_TEMPAT = """
    SELECT DISTINCT i.baris, i.kode, CASE WHEN n.desa_id IS NULL THEN i.kode ELSE w.kode_kini END AS kini
    FROM nilai_impor i LEFT JOIN nilai_beda n USING (baris, indikator_id)
    LEFT JOIN kecamatan_wilayah w ON w.id = n.desa_id ORDER BY i.baris
"""
_KATALOG = """
    SELECT i.baris, i.indikator_id FROM nilai_impor i JOIN layanan_dasar_indikator d ON d.kode = i.indikator_id
    WHERE NOT d.konteks ORDER BY i.baris, i.indikator_id
"""
_PER_INDIKATOR = """
    SELECT d.kode, d.nama, count(*) FILTER (WHERE n.revisi IS NULL),
        count(*) FILTER (WHERE n.revisi IS NOT NULL AND n.beda), count(*) FILTER (WHERE NOT n.beda)
    FROM nilai_beda n JOIN layanan_dasar_indikator d ON d.kode = n.indikator_id
    GROUP BY d.kode ORDER BY d.kode
"""


def _figure(row: str) -> str:
    return (
        f"CASE WHEN d.jenis = 'persen' THEN 100 * {row}.pembilang / nullif({row}.penyebut, 0) ELSE {row}.pembilang END"
    )


# Figures that appear or go are the largest changes; else what grew or shrank most in proportion, so that a slip of a
# digit shows beside counts of thousands.
_TERBESAR = f"""
    SELECT w.kode, w.nama, n.indikator_id, d.nama, n.periode, d.jenis, d.satuan, l.status, lalu, n.status, baru
    FROM nilai_beda n JOIN layanan_dasar_indikator d ON d.kode = n.indikator_id
    JOIN layanan_dasar_nilaiindikator l
        ON (l.desa_id, l.indikator_id, l.periode, l.revisi) = (n.desa_id, n.indikator_id, n.periode, n.revisi)
    JOIN kecamatan_wilayah w ON w.id = n.desa_id
    CROSS JOIN LATERAL (SELECT {_figure("l")} AS lalu, {_figure("n")} AS baru) nilai
    WHERE n.beda
    ORDER BY abs(baru - lalu) / nullif(greatest(baru, lalu), 0) DESC NULLS FIRST, abs(baru - lalu) DESC NULLS FIRST,
        w.kode, n.indikator_id, n.periode
    LIMIT {TERBESAR}
"""


def check_halaman(cursor: Any, wilayah: Wilayah, errors: Errors) -> None:
    """A page takes figures of the desa of its region, and of no indicator that has sheets with verification."""
    cursor.execute(_TEMPAT)
    for baris, kode, kini in cursor.fetchall():
        if kini is None or not wilayah.contains(kini):
            text = f"Desa {kode} berada di luar {wilayah.nama_lengkap}. Unggah dari halaman wilayahnya."
            errors.add(baris, "desa", text)
    cursor.execute(_KATALOG)
    for baris, kode in cursor.fetchall():
        text = f"{kode} indikator katalog: angkanya diisi lewat lembar isian yang diverifikasi. Hapus dari berkas ini."
        errors.add(baris, "indikator", text)


def per_indikator(cursor: Any) -> list[dict[str, Any]]:
    """How many figures of each indicator are new, changed and the same."""
    cursor.execute(_PER_INDIKATOR)
    names = ("kode", "nama", "baru", "berubah", "sama")
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def terbesar(cursor: Any) -> list[dict[str, str]]:
    """The ten largest changes of published figures, written as a reader sees them."""
    cursor.execute(_TERBESAR)
    return [
        dict(zip(("kode_desa", "desa", "indikator", "nama", "periode"), tempat, strict=True))
        | {"lalu": _written(jenis, satuan, status_lalu, lalu), "baru": _written(jenis, satuan, status_baru, baru)}
        for *tempat, jenis, satuan, status_lalu, lalu, status_baru, baru in cursor.fetchall()
    ]


def _written(jenis: str, satuan: str, status: str, nilai: Decimal | None) -> str:
    """ "77,7%", "3 kasus", "ya"; without a figure why there is none."""
    if nilai is None or status != StatusNilai.ADA:
        return str(StatusNilai(StatusNilai.TIDAK_ADA_SASARAN if status == StatusNilai.ADA else status).label)
    if jenis == Indikator.Jenis.YA_TIDAK:
        return "ya" if nilai else "tidak"
    if jenis == Indikator.Jenis.PERSEN:
        return f"{angka(nilai, 1)}%"
    digits = max(0, -int(nilai.normalize().as_tuple().exponent))
    return f"{angka(nilai, digits)} {satuan}"
