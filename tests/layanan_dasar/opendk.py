"""Files as OpenDK's indicator templates have them, with the sample rows that its own downloads carry."""

import io
from collections.abc import Sequence

from django.conf import settings
from openpyxl import Workbook

from kecamatan.importers.acuan import impor_bidang
from layanan_dasar.importers.katalog import read_indikator
from layanan_dasar.models import Indikator


FIXTURES = settings.BASE_DIR / "fixtures"
KECAMATAN = "53.06.13"
DESA = [f"{KECAMATAN}.{nomor}" for nomor in range(2001, 2009)]
WILAYAH = {"53": "Provinsi", "53.06": "Kabupaten", KECAMATAN: "Kecamatan"} | {kode: kode[-4:] for kode in DESA}

AKI = ("desa_id", "jumlah_aki", "jumlah_akb")
IMUNISASI = ("desa_id", "cakupan_imunisasi")
EPIDEMI = ("desa_id", "jumlah_penderita")
SANITASI = ("desa_id", "sanitasi", "toilet")
PENDIDIKAN = (
    "tidak_tamat_sekolah", "tamat_sd_sederajat", "tamat_smp_sederajat", "tamat_sma_sederajat",
    "tamat_diploma_sederajat",
)  # fmt: skip
PUTUS = (
    "siswa_paud_ra", "anak_usia_paud_ra", "siswa_sd_mi", "anak_usia_sd_mi", "siswa_smp_mts", "anak_usia_smp_mts",
    "siswa_sma_ma", "anak_usia_sma_ma",
)  # fmt: skip
PAUD = ("jumlah_paud_ra", "jumlah_guru_paud_ra", "jumlah_siswa_paud_ra")
SARANA = ("desa_id", "nama", "jumlah", "kategori", "keterangan")

CAKUPAN = (34, 44, 12, 3, 67, 3, 3, 3)
CONTOH_IMUNISASI = [*zip(DESA, CAKUPAN, strict=True)]
CONTOH_AKI = [(DESA[0], *pair) for pair in ((23, 12), (34, 3), (44, 23), (12, 3), (3, 5), (67, 7), (3, 6), (4, 32))]
CONTOH_PUTUS = (34, 23, 44, 45, 3, 2, 45, 3)


def load_katalog() -> None:
    """The indicators of OpenDK as the catalogue has them."""
    impor_bidang(FIXTURES / "bidang.yaml")
    files = (FIXTURES / "indikator").glob("OD-*.yaml")
    Indikator.objects.bulk_create([read_indikator(file)[0] for file in files])


def xlsx(header: Sequence[object], *rows: Sequence[object]) -> io.BytesIO:
    """A workbook of that one sheet and the two empty ones behind it."""
    book, file = Workbook(), io.BytesIO()
    for row in (header, *rows):
        book.worksheets[0].append(list(row))
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3")
    book.save(file)
    return file


def csv(header: Sequence[object], *rows: Sequence[object]) -> io.BytesIO:
    return io.BytesIO("\n".join(",".join(map(str, row)) for row in (header, *rows)).encode())
