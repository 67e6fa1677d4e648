"""The indicator templates of OpenDK, known by their header in whatever order.

Elsewhere are Data Sarana (opendk_sarana.py) and APBDes (read with the budgets). Anggaran Realisasi
(opendk_anggaran.py) is the kecamatan's own money, no figure of a desa.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from layanan_dasar.models import PetaKolom
from p3pd_portal.lib.importing import header_names
from p3pd_portal.lib.spreadsheet import Table, rejected


@dataclass(frozen=True)
class Templat:
    """One template: how often it is reported, and the columns that feed each indicator, of a percentage two:
    numerator and denominator. With `penyakit`, a row tells of one disease, and those of a desa and month add up."""

    nama: str
    frekuensi: str
    figures: Mapping[str, tuple[str, ...]]
    penyakit: bool = False

    @property
    def kolom(self) -> list[str]:
        return [name for names in self.figures.values() for name in names]

    @property
    def bagian(self) -> str:
        """The column that with `tahun` makes the period."""
        return "bulan" if self.frekuensi == "B" else "semester"

    @property
    def contoh(self) -> str:
        """A period as it is written, and what it is called."""
        return "bulan, misalnya 2025-07" if self.frekuensi == "B" else "semester, misalnya 2025-S1"


TEMPLAT = (
    Templat("AKI & AKB", "B", {"OD-AKI": ("jumlah_aki",), "OD-AKB": ("jumlah_akb",)}),
    Templat("Cakupan Imunisasi", "B", {"OD-IMUN": ("cakupan_imunisasi",)}),
    Templat("Epidemi Penyakit", "B", {"OD-PENYAKIT": ("jumlah_penderita",)}, penyakit=True),
    Templat("Toilet & Sanitasi", "B", {"OD-SANITASI": ("sanitasi",), "OD-TOILET": ("toilet",)}),
    Templat(
        "Tingkat Pendidikan",
        "S",
        {
            "OD-PEND-0": ("tidak_tamat_sekolah",),
            "OD-PEND-1": ("tamat_sd_sederajat",),
            "OD-PEND-2": ("tamat_smp_sederajat",),
            "OD-PEND-3": ("tamat_sma_sederajat",),
            "OD-PEND-4": ("tamat_diploma_sederajat",),
        },
    ),
    Templat(
        "Putus Sekolah",
        "S",
        {
            "OD-PS-PAUD": ("siswa_paud_ra", "anak_usia_paud_ra"),
            "OD-PS-SD": ("siswa_sd_mi", "anak_usia_sd_mi"),
            "OD-PS-SMP": ("siswa_smp_mts", "anak_usia_smp_mts"),
            "OD-PS-SMA": ("siswa_sma_ma", "anak_usia_sma_ma"),
        },
    ),
    Templat(
        "Fasilitas PAUD",
        "S",
        {
            "OD-PAUD": ("jumlah_paud_ra",),
            "OD-PAUD-GURU": ("jumlah_guru_paud_ra",),
            "OD-PAUD-ANAK": ("jumlah_siswa_paud_ra",),
        },
    ),
)
# Templates of OpenDK that bring no figures of desa, and where they belong.
LAIN = {
    (
        "no_akun",
        "nama_akun",
        "jumlah",
    ): "Ini templat APBDes. Unggah di halaman Unggah APBDes, bukan sebagai nilai indikator.",
    ("total_anggaran", "total_belanja"): (
        "Templat Anggaran Realisasi memuat uang kantor kecamatan, bukan angka desa. Pengelola server memuatnya dengan "
        "perintah: manage.py impor anggaran_kecamatan BERKAS --kecamatan … --periode …"
    ),
}
_PANJANG = "kode_desa, indikator, periode, pembilang, penyebut"


def find_templat(table: Table) -> Templat | None:
    """The template whose columns all stand in the header; None of the long form.

    Raises:
        Rejected: several fit; or none does, nor the long form, with the shapes that are read.
    """
    header = set(header_names(table))
    fits = [templat for templat in TEMPLAT if header.issuperset(templat.kolom)]
    if len(fits) > 1:
        names = " dan ".join(templat.nama for templat in fits)
        raise rejected(f"Berkas ini memuat kolom templat {names} sekaligus. Pisahkan berkasnya.", table.header_row)
    if not fits and not header & {"indikator", "pembilang"}:
        raise rejected(_unknown(header), table.header_row)
    return fits[0] if fits else None


def _unknown(header: set[str]) -> str:
    """Why a header is not read: a template for another page, one that lacks a column, or nothing known."""
    for names, words in LAIN.items():
        if header.issuperset(names):
            return words
    for templat in TEMPLAT:
        missing = [name for name in templat.kolom if name not in header]
        if 2 * len(missing) <= len(templat.kolom):
            return (
                f"Berkas ini seperti templat OpenDK {templat.nama}, tetapi tanpa kolom {', '.join(missing)}. Tambahkan."
            )
    shapes = "; ".join(f"{templat.nama} ({', '.join(templat.kolom)})" for templat in TEMPLAT)
    lists = ", ".join(PetaKolom.objects.values_list("kode", flat=True)) or "belum ada"
    return (
        f"Bentuk berkas ini tidak dikenal dari judul kolomnya. Yang dibaca: bentuk panjang ({_PANJANG}); templat "
        f"OpenDK {shapes}; atau daftar lain dengan menyebut peta kolomnya (yang ada: {lists})."
    )
