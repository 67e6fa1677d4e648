"""Of what the rules of sheets may speak, by what they are asked of; see `p3pd_portal.lib.rumus`."""

from layanan_dasar.models.lembar import BAGIAN
from p3pd_portal.lib.rumus import Fungsi, Isian, Jenis, Kosakata


KOLOM = frozenset((*BAGIAN, "nilai"))
"""Figures of a cell: what is typed, and the value that follows from it."""

_FAKTA = dict.fromkeys(("riil", "proyeksi", "kumulatif", "awal_tahun", "persen", "jumlah"), Jenis.PERNYATAAN)
_ANGKA = dict.fromkeys((*BAGIAN, "nilai", "penduduk"), Jenis.ANGKA)

KOSAKATA: dict[str, Kosakata] = {
    "sel": Kosakata(
        nama=_FAKTA | _ANGKA, kolom=KOLOM, fungsi={name: Fungsi(Isian.KOLOM) for name in ("lalu", "setahun", "z")}
    ),
    "desa": Kosakata(
        nama={"penduduk": Jenis.ANGKA}, kolom=frozenset(), fungsi={name: Fungsi(Isian.TEKS) for name in sorted(KOLOM)}
    ),
    "lajur": Kosakata(
        nama=_FAKTA | {"lengkap": Jenis.PERNYATAAN},
        kolom=KOLOM,
        fungsi={name: Fungsi(Isian.KOLOM) for name in ("banyak", "sum", "beda", "porsi_bulat", "total")},
    ),
}
"""By `AturanIsian.Cakupan`.

Facts: `riil`, `proyeksi` of the denominator; `kumulatif` counts on since January; `awal_tahun` first period of a year;
`persen`, `jumlah` kind of indicator; `lengkap` every desa has a figure, or says that there is nothing to count.
Functions: `lalu`, `setahun` the same figure in the period before, and in the same one a year before; `z` how far from
the other desa; `banyak` how many have a figure; `beda` how many different ones; `porsi_bulat` share ending in 0 or 5;
`total` what the source states for the kecamatan itself; `pembilang("KES-01")` a figure of the same desa.
"""
