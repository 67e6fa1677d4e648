"""Small zips of Siskeudes for the small world: desa 01.2001 is Desa A1, 01.2002 is Desa A2."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

from kecamatan.models import Pengguna, Wilayah
from layanan_dasar.importers.siskeudes_tabel import TABEL
from layanan_dasar.models import PetaDesaSiskeudes
from tests.factories import PenggunaFactory


D1, D2 = "01.2001.", "01.2002."
POSYANDU, SILTAP = "02.02.02.", "01.01.01."
Rows = Sequence[Mapping[str, object]]


def rab(kegiatan: str, rekening: str, anggaran: object, **cells: object) -> dict[str, object]:
    """A line of Ta_RABRinci of Desa A1, not amended."""
    keg = f"{cells.get('Kd_Desa', D1)}{kegiatan or '00.00.00.'}"
    line = {"Tahun": 2025, "Kd_Desa": D1, "Kd_Keg": keg, "Kd_Rincian": rekening, "SumberDana": "DDS"}
    return line | {"Anggaran": anggaran, "AnggaranPAK": "0", "AnggaranStlhPAK": anggaran, "Uraian": "Uraian"} | cells


def dokumen(nomor: str, kolom: str, tanggal: str, **cells: object) -> dict[str, object]:
    """The head of a document: number, name of its date column, date."""
    names = {"Tgl_SPP": "No_SPP", "Tgl_SPJ": "No_SPJ", "Tgl_Bukti": "No_Bukti", "Tanggal": "NoBukti"}
    return {"Tahun": 2025, "Kd_Desa": D1, names[kolom]: nomor, kolom: tanggal} | cells


def nilai(nomor: Mapping[str, str], kegiatan: str, rekening: str, jumlah: object, **cells: object) -> dict[str, object]:
    """A line of a document."""
    keg = f"{D1}{kegiatan}" if kegiatan else ""
    line = {"Tahun": 2025, "Kd_Desa": D1, "Kd_Keg": keg, "Kd_Rincian": rekening, "Sumberdana": "DDS", "Nilai": jumlah}
    return line | dict(nomor) | cells


def jurnal(kegiatan: str, rekening: str, debet: int, kredit: int) -> dict[str, object]:
    """A line of the only journal entry."""
    line = nilai({"NoBukti": "1"}, kegiatan, rekening, "", Debet=debet, Kredit=kredit)
    return {name: cell for name, cell in line.items() if name != "Nilai"}


def utuh(**changes: Rows) -> dict[str, Rows]:
    """All tables that are read: a balanced budget of Desa A1 of 1000, without any document."""
    tables: dict[str, Rows] = {tabel.nama: [] for tabel in TABEL.values() if tabel.nama != "Ta_AnggaranRinci"}
    tables["Ref_Version"] = [{"Versi": "2.0.7"}]
    tables["Ref_Desa"] = [{"Kd_Kec": "01.", "Kd_Desa": D1, "Nama_Desa": "DESA A1"},
                          {"Kd_Kec": "01.", "Kd_Desa": D2, "Nama_Desa": "DESA A2"}]  # fmt: skip
    tables["Ta_Pemda"] = [{"Kd_Prov": "11.", "Kd_Kab": "01."}]
    tables["Ta_Desa"] = [{"Tahun": 2025, "Kd_Desa": D1, "No_Perdes": "1/2025", "Tgl_Perdes": "12/30/2024 00:00:00"}]
    tables["Ta_Kegiatan"] = [{"Tahun": 2025, "Kd_Desa": D1, "Kd_Keg": f"{D1}{POSYANDU}", "Nama_Kegiatan": "Posyandu"}]
    tables["Ta_RABRinci"] = [
        rab("", "4.2.1.01.", "1000.0000"),
        rab(POSYANDU, "5.2.1.01.", "600", Satuan="paket", JmlSatuan="3.00"),
        rab(SILTAP, "5.1.1.01.", "400", SumberDana="ADD"),
    ]
    return tables | changes


def zip_bytes(tables: Mapping[str, Rows], folder: str = "", upper: bool = False, **more: Sequence[str]) -> bytes:
    """The zip; `more` adds columns to a table. Columns are those that must be there, and whatever the rows hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for nama, rows in tables.items():
            needed = TABEL[nama.lower()].wajib.split()
            given = [name for row in rows for name in row]
            lower = {name.lower() for name in needed}
            header = [*needed, *dict.fromkeys(name for name in given if name.lower() not in lower), *more.get(nama, ())]
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            writer.writerow([name.upper() for name in header] if upper else header)
            for row in rows:
                cells = {name.lower(): cell for name, cell in row.items()}
                writer.writerow([cells.get(name.lower(), "") for name in header])
            archive.writestr(f"{folder}{nama}.csv", text.getvalue())
    return out.getvalue()


def cocokkan(wilayah: Mapping[str, Wilayah], pairs: Mapping[str, str], by: Pengguna | None = None) -> None:
    """Matches codes of Siskeudes (without the last dot) with codes of desa, as a person did."""
    for kd, kode in pairs.items():
        PetaDesaSiskeudes.objects.create(
            kabupaten=wilayah["11.01"], kd_desa=kd, desa=wilayah[kode], disetujui_oleh=by or PenggunaFactory()
        )
