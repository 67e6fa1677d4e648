"""Drafts and budgets in force share a place (desa, year, kind): which may take the other's."""

from typing import Any

from layanan_dasar.models.evaluasi import ALUR, TERKUNCI
from p3pd_portal.lib.importing import MOST_ERRORS_KEPT, Errors


_IN_THE_WAY = f"""
    SELECT i.baris, w.nama, i.jenis, i.tahun, i.status, a.status
    FROM impor_kepala i
    JOIN layanan_dasar_apbdes a USING (desa_id, tahun, jenis)
    JOIN kecamatan_wilayah w ON w.id = i.desa_id
    LEFT JOIN layanan_dasar_evaluasiapbdes e ON e.apbdes_id = a.id AND e.status = ANY(%(berjalan)s)
    WHERE (i.status = 'rancangan' AND (a.status = 'ditetapkan' OR e.status = ANY(%(terkunci)s)))
       OR (i.status = 'ditetapkan' AND a.status = 'rancangan' AND e.id IS NOT NULL)
    ORDER BY i.baris LIMIT {MOST_ERRORS_KEPT}
"""
_BERJALAN = [str(status) for status, berikut in ALUR.items() if berikut]


def check_status(cursor: Any, errors: Errors) -> None:
    """A draft never takes the place of an enacted budget or of a draft being judged; and while an evaluation runs, its
    draft is enacted there and not by a file."""
    cursor.execute(_IN_THE_WAY, {"berjalan": _BERJALAN, "terkunci": [str(status) for status in TERKUNCI]})
    for baris, desa, jenis, tahun, dibawa, tersimpan in cursor.fetchall():
        sebutan = f"APBDes {jenis} {tahun} {desa}"
        if tersimpan == "ditetapkan":
            pesan = f"{sebutan} sudah ditetapkan. Rancangan tidak menggantinya; periksa tahun dan jenisnya."
        elif dibawa == "rancangan":
            pesan = f"Rancangan {sebutan} sedang dievaluasi dan tidak dapat diganti. Tunggu hasilnya."
        else:
            pesan = f"Rancangan {sebutan} sedang dievaluasi. Catat Perdesnya di halaman evaluasi."
        errors.add(baris, "kode_desa", pesan)
