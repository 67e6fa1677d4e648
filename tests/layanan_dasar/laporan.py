"""A realisation report of the small world as Siskeudes prints it: title, header, mixed codes, subtotals, signature."""

import io
from collections.abc import Sequence

from openpyxl import Workbook


JUDUL = ["Kode Rekening", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "Lebih/(Kurang) (Rp)", "%"]
BARIS: list[list[object]] = [
    [1, 2, 3, 4, 5, 6],
    ["4.", "PENDAPATAN", 1000, 900, 100, 90],
    ["4.2.", "Pendapatan Transfer", 1000, 900, 100, 90],
    ["4.2.1.", "Dana Desa", 1000, 900, 100, 90],
    ["", "JUMLAH PENDAPATAN", 1000, 900, 100, 90],
    ["5.", "BELANJA", 1000, 500, 500, 50],
    ["1.", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", 400, 300, 100, 75],
    ["1.1.", "Penghasilan Tetap", 400, 300, 100, 75],
    ["1.1.01.", "Siltap Kepala Desa", 400, 300, 100, 75],
    ["5.1.", "Belanja Pegawai", 400, 300, 100, 75],
    ["5.1.1.", "Siltap", 400, 300, 100, 75],
    ["4.", "BIDANG PEMBERDAYAAN MASYARAKAT", 100, 0, 100, 0],
    ["4.2.", "Pertanian", 100, 0, 100, 0],
    ["4.2.03.", "Ketahanan Pangan", 100, 0, 100, 0],
    ["5.2.", "Belanja Barang dan Jasa", 100, 0, 100, 0],
    ["5.2.1.", "Barang", 100, 0, 100, 0],
    ["5.", "BIDANG PENANGGULANGAN BENCANA", 500, 200, 300, 40],
    ["5.3.", "Keadaan Mendesak", 500, 200, 300, 40],
    ["5.3.00.", "Keadaan Mendesak", 500, 200, 300, 40],
    ["5.4.", "Belanja Tidak Terduga", 500, 200, 300, 40],
    ["5.4.1.", "Belanja Tidak Terduga", 500, 200, 300, 40],
    ["", "JUMLAH BELANJA", 1000, 500, 500, 50],
    ["", "SURPLUS / (DEFISIT)", 0, 400, -400, 0],
    ["6.", "PEMBIAYAAN", 0, 0, 0, 0],
    ["6.1.", "Penerimaan Pembiayaan", 0, 0, 0, 0],
    ["6.1.1.", "SiLPA Tahun Sebelumnya", 0, 0, 0, 0],
    ["", "KEPALA DESA", "", "", "", ""],
]


def laporan_bytes(rows: Sequence[Sequence[object]] = BARIS, header: Sequence[str] = JUDUL) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["LAPORAN REALISASI PELAKSANAAN APBDESA"])
    book.active.append(["PEMERINTAH DESA A1 TAHUN ANGGARAN 2025"])
    for row in (header, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()
