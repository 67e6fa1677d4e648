"""A sheet of figures in memory: what is typed, what stood there before, of which desa and indicators.

The grid, the workbook, the rules and the actions all speak of a sheet in these words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kecamatan.models import Wilayah
from layanan_dasar.models.capaian import StatusNilai
from layanan_dasar.models.dataset import Dataset
from layanan_dasar.models.indikator import Indikator
from p3pd_portal.lib.periode import Periode


Kunci = tuple[int, str]
"""A region's key and an indicator's code."""


@dataclass(frozen=True)
class Sel:
    """What a desa and indicator have on a sheet. Without a status nothing was filled in.

    `laki_laki`, `perempuan` and `disabilitas` are parts of `pembilang`, where the catalogue asks for them.
    """

    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    laki_laki: Decimal | None = None
    perempuan: Decimal | None = None
    disabilitas: Decimal | None = None
    status: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.status)

    @property
    def nilai(self) -> Decimal | None:
        """100 P/N of a percentage, P of everything else; None without a figure or without anybody to reach."""
        if self.status != StatusNilai.ADA or self.pembilang is None:
            return None
        if self.penyebut is None:
            return self.pembilang
        return 100 * self.pembilang / self.penyebut if self.penyebut else None


KOSONG = Sel()
BAGIAN = {
    "pembilang": "Pembilang",
    "penyebut": "Penyebut",
    "laki_laki": "Laki-laki",
    "perempuan": "Perempuan",
    "disabilitas": "Disabilitas",
}
"""Parts of a cell that are typed, with their labels."""


def bagian_of(indikator: Indikator) -> tuple[str, ...]:
    """Which parts an indicator asks for: a percentage its pair, everything else one number; then its parts."""
    pair = ("pembilang", "penyebut") if indikator.jenis == Indikator.Jenis.PERSEN else ("pembilang",)
    sexes = ("laki_laki", "perempuan") if Indikator.Disagregasi.JENIS_KELAMIN in indikator.disagregasi else ()
    disabled = ("disabilitas",) if Indikator.Disagregasi.DISABILITAS in indikator.disagregasi else ()
    return (*pair, *sexes, *disabled)


@dataclass(frozen=True)
class Lembar:
    """A dataset of a kecamatan and period.

    Attributes:
        versi: number of the version the cells belong to; 0 while nothing was ever saved.
        desa: in official order.
        isi: what is filled in now, by desa and indicator; the kecamatan's own key holds totals stated by the source.
        lalu: the last published figures of the period before; `setahun` those of the same period a year before;
            `terbit` those published of this very period.
        penduduk: people of a desa, where they are known.
    """

    dataset: Dataset
    kecamatan: Wilayah
    periode: Periode
    versi: int
    indikator: tuple[Indikator, ...]
    desa: tuple[Wilayah, ...]
    isi: Mapping[Kunci, Sel] = field(default_factory=dict)
    lalu: Mapping[Kunci, Sel] = field(default_factory=dict)
    setahun: Mapping[Kunci, Sel] = field(default_factory=dict)
    terbit: Mapping[Kunci, Sel] = field(default_factory=dict)
    penduduk: Mapping[int, int] = field(default_factory=dict)

    def sel(self, wilayah: Wilayah, indikator: Indikator) -> Sel:
        return self.isi.get((wilayah.pk, indikator.kode), KOSONG)

    @property
    def baris(self) -> list[tuple[Wilayah, list[tuple[Indikator, Sel]]]]:
        """Every desa with its cells."""
        return [(desa, [(satu, self.sel(desa, satu)) for satu in self.indikator]) for desa in self.desa]

    @property
    def n_sel(self) -> int:
        """How many cells are asked for."""
        return len(self.desa) * len(self.indikator)

    @property
    def n_terisi(self) -> int:
        return sum(self.sel(desa, indikator).is_filled for desa in self.desa for indikator in self.indikator)
