"""What was found in a workbook that came back: where, of which desa and indicator, and what to do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TemuanBuku:
    """An error or a warning; `sel` is an address as "D7", "" of the whole sheet. `pesan` says what, then the repair."""

    lembar: str
    sel: str
    desa: str
    indikator: str
    pesan: str
    bagian: str = ""

    @property
    def variabel(self) -> str:
        return ".".join(part for part in (self.indikator, self.bagian) if part)


@dataclass
class Catatan:
    """Collects them while a workbook is read.

    Attributes:
        n_strip: cell groups in which a dash was read as not reported.
    """

    lembar: str
    galat: list[TemuanBuku] = field(default_factory=list)
    peringatan: list[TemuanBuku] = field(default_factory=list)
    n_strip: int = 0

    def add_galat(self, sel: str, pesan: str, desa: str = "", indikator: str = "", bagian: str = "") -> None:
        self.galat.append(TemuanBuku(self.lembar, sel, desa, indikator, pesan, bagian))

    def add_peringatan(self, sel: str, pesan: str, desa: str = "", indikator: str = "", bagian: str = "") -> None:
        self.peringatan.append(TemuanBuku(self.lembar, sel, desa, indikator, pesan, bagian))
