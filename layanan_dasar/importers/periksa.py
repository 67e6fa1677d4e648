"""Checks over a staged file of village budgets as a whole: repeats, hidden subtotals, control totals."""

from typing import Any

from layanan_dasar.importers.bacaan import Bacaan, Kunci
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.importing import MOST_ERRORS_KEPT, Errors


_LIMIT = f"LIMIT {MOST_ERRORS_KEPT}"
_NO_LINES = f"""
    SELECT i.baris FROM impor_kepala i
    WHERE NOT EXISTS (
        SELECT FROM impor_baris b WHERE (b.desa_id, b.tahun, b.jenis) = (i.desa_id, i.tahun, i.jenis)
    )
    ORDER BY i.baris {_LIMIT}
"""
_TWICE = f"""
    SELECT array_agg(baris ORDER BY baris) FROM impor_baris
    GROUP BY desa_id, tahun, jenis, kode_kegiatan, kode_rekening, sumber_dana
    HAVING count(*) > 1 ORDER BY 1 {_LIMIT}
"""
_SUBTOTAL = f"""
    SELECT a.baris, min(b.baris) FROM impor_baris a
    JOIN impor_baris b USING (desa_id, tahun, jenis, kode_kegiatan)
    WHERE length(a.kode_rekening) = length('5.2.1') AND starts_with(b.kode_rekening, a.kode_rekening || '.')
    GROUP BY a.baris ORDER BY a.baris {_LIMIT}
"""
# A coarse amendment would also take the place of the detailed original.
_LESS_DETAIL = f"""
    SELECT DISTINCT i.baris, w.nama FROM impor_kepala i
    JOIN layanan_dasar_apbdes a USING (desa_id, tahun)
    JOIN kecamatan_wilayah w ON w.id = a.desa_id
    WHERE a.cakupan_belanja = 'kegiatan' AND i.cakupan_belanja <> 'kegiatan' AND i.jenis IN (a.jenis, 'perubahan')
    ORDER BY i.baris {_LIMIT}
"""

UKURAN = ("anggaran", "realisasi_s1", "realisasi_s2")
_AKUN = {
    "4": "kode_kegiatan = '' AND starts_with(kode_rekening, '4')",
    "5": "kode_kegiatan <> ''",
    "61": "kode_kegiatan = '' AND starts_with(kode_rekening, '6.1')",
    "62": "kode_kegiatan = '' AND starts_with(kode_rekening, '6.2')",
}
_COLUMNS = ", ".join(
    f"sum({ukuran}) FILTER (WHERE {condition})::int8 AS {ukuran}_{akun}"
    for ukuran in UKURAN
    for akun, condition in _AKUN.items()
)
SUMS = f"SELECT desa_id, tahun, jenis, {_COLUMNS} FROM impor_baris GROUP BY desa_id, tahun, jenis"
"""Sums of each staged budget: revenue (4), spending (5), financing in (61) and out (62)."""


_MOST_NAMED = 10
_CODES = """
    SELECT array_agg(DISTINCT kode_kegiatan ORDER BY kode_kegiatan) FILTER (
            WHERE length(kode_kegiatan) = length('02.02.02') AND k.kode IS NULL),
        array_agg(DISTINCT sumber_dana ORDER BY sumber_dana) FILTER (WHERE starts_with(sumber_dana, 'LAIN:'))
    FROM impor_baris b LEFT JOIN layanan_dasar_kegiatan k ON k.kode = b.kode_kegiatan
"""
_NAMED = "w.nama || ' ' || i.tahun"
_NO_ORIGINAL = f"""
    SELECT array_agg({_NAMED} ORDER BY w.kode, i.tahun) FROM impor_kepala i JOIN kecamatan_wilayah w ON w.id = i.desa_id
    WHERE i.jenis = 'perubahan' AND NOT EXISTS (
        SELECT FROM impor_kepala b WHERE (b.desa_id, b.tahun, b.jenis) = (i.desa_id, i.tahun, 'awal')
    ) AND NOT EXISTS (
        SELECT FROM layanan_dasar_apbdes a WHERE (a.desa_id, a.tahun, a.jenis) = (i.desa_id, i.tahun, 'awal')
    )
"""
_SILPA = "+".join(
    f"{sign}coalesce(anggaran_{akun}, 0)" for akun, sign in (("4", ""), ("5", "-"), ("61", ""), ("62", "-"))
)
_UNBALANCED = f"""
    SELECT array_agg({_NAMED} || ' ' || i.jenis || ' (' || ({_SILPA}) || ')' ORDER BY w.kode, i.tahun, i.jenis)
    FROM impor_kepala i JOIN ({SUMS}) s USING (desa_id, tahun, jenis) JOIN kecamatan_wilayah w ON w.id = i.desa_id
    WHERE i.cakupan_belanja = 'kegiatan' AND i.cakupan_pendapatan = 'lengkap' AND {_SILPA} <> 0
"""


def notes_staged(cursor: Any) -> list[str]:
    """What the file may hold but its owner should know: codes outside the lists, gaps between budgets."""
    cursor.execute(_CODES)
    kegiatan, sumber = cursor.fetchone()
    cursor.execute(_NO_ORIGINAL)
    (tanpa_awal,) = cursor.fetchone()
    cursor.execute(_UNBALANCED)
    (timpang,) = cursor.fetchone()
    found = (
        (kegiatan, "Kode kegiatan di luar daftar nasional, jadi belum dipetakan ke bidang layanan"),
        (sumber, "Sumber dana di luar daftar"),
        (tanpa_awal, "APBDes perubahan tanpa APBDes awal; lengkapi awalnya agar perubahannya dapat dibandingkan"),
        (timpang, "Pendapatan dikurangi belanja ditambah pembiayaan neto bukan nol (selisih rupiah); periksa isinya"),
    )
    return [f"{words}: {named(values)}." for values, words in found if values]


def named(values: list[str]) -> str:
    """The first few, and how many more."""
    more = f" dan {angka(len(values) - _MOST_NAMED)} lainnya" if len(values) > _MOST_NAMED else ""
    return ", ".join(values[:_MOST_NAMED]) + more


def check_staged(cursor: Any, bacaan: Bacaan, errors: Errors) -> None:
    """Add the errors that only show when the lines of a file are seen together."""
    cursor.execute(_TWICE)
    for ((pertama, *lagi),) in cursor.fetchall():
        for baris in lagi:
            pesan = f"Kegiatan, rekening, dan sumber dana sama dengan baris {pertama}. Gabungkan menjadi satu baris."
            errors.add(baris, "kode_rekening", pesan)
    cursor.execute(_SUBTOTAL)
    for baris, rinci in cursor.fetchall():
        pesan = f"Baris ini jumlah dari rincian di bawahnya (baris {rinci}). Hapus agar tidak terhitung dua kali."
        errors.add(baris, "kode_rekening", pesan)
    if not errors.total:  # a refused line is missing from every sum, and from what the budget tells
        cursor.execute(_LESS_DETAIL)
        for baris, desa in cursor.fetchall():
            pesan = f"APBDes {desa} sudah tersimpan rinci sampai kegiatan. Berkas yang kurang rinci tidak menggantinya."
            errors.add(baris, "kode_desa", pesan)
        cursor.execute(_NO_LINES)
        for (baris,) in cursor.fetchall():
            errors.add(baris, "", "APBDes ini hanya memuat baris total. Sertakan baris rinciannya.")
        if bacaan.format == "templat portal":
            _check_control_totals(cursor, bacaan, errors)


def _check_control_totals(cursor: Any, bacaan: Bacaan, errors: Errors) -> None:
    """The template's control rows 4, 5 and 6 must equal their lines; 6 may be the net or the gross sum."""
    if not any(kepala.total for kepala in bacaan.heads.values()):
        return
    cursor.execute(SUMS)
    names = [column.name for column in cursor.description]
    sums = {Kunci(*row[:3]): dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    for kunci, kepala in bacaan.heads.items():
        for total in kepala.total if kunci in sums else ():
            for ukuran in UKURAN:
                tertulis = getattr(total, ukuran)
                jumlah = _jumlah(sums[kunci], ukuran, total.kode)
                if tertulis is not None and all(abs(tertulis - nilai) > kepala.dibulatkan for nilai in jumlah):
                    pesan = (
                        f"Baris kendali {total.kode} tertulis {angka(tertulis)}, padahal rinciannya berjumlah "
                        f"{angka(jumlah[0])}. Periksa rincian atau kendalinya."
                    )
                    errors.add(total.baris, ukuran, pesan)


def _jumlah(sums: dict[str, int | None], ukuran: str, kode: str) -> list[int]:
    if kode != "6":
        return [sums[f"{ukuran}_{kode}"] or 0]
    masuk, keluar = (sums[f"{ukuran}_{akun}"] or 0 for akun in ("61", "62"))
    return [masuk - keluar, masuk + keluar]
