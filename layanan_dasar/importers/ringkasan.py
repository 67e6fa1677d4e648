"""Published budgets: tell lowest-level lines from subtotals and totals, and say how much of the budget is known.

Villages publish their budget with subtotals between the lines and often only in part. A line with a longer
code under it is a subtotal; a line without any code is a total, which may be negative. Pure functions.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from layanan_dasar.models import APBDes, BidangApbdes
from p3pd_portal.lib.angka import angka


CakupanBelanja, CakupanPendapatan = APBDes.CakupanBelanja, APBDes.CakupanPendapatan

# Totals are published without a code; these words begin their descriptions.
_TOTAL = {
    "jumlah pendapatan": "4",
    "jumlah belanja": "5",
    "surplus": "surplus",
    "defisit": "surplus",
    "pembiayaan netto": "pembiayaan_neto",
    "pembiayaan neto": "pembiayaan_neto",
    "silpa tahun berjalan": "silpa",
}
_SELISIH = ("surplus", "pembiayaan_neto", "silpa", "6")  # differences, which are the sum of no lines
UKURAN = ("anggaran", "realisasi")


@dataclass(frozen=True)
class BarisPublikasi:
    """A line as published. Amounts in rupiah, None where the village gave none."""

    baris: int
    kegiatan: str
    rekening: str
    uraian: str
    anggaran: int | None
    realisasi: int | None

    @property
    def kode(self) -> str:
        """The code under which the line stands: "4.2", "01", "01.01.01/5.1.1.01", "" for a total."""
        return "/".join(part for part in (self.kegiatan, self.rekening) if part)


@dataclass
class Uraian:
    """A budget taken apart.

    Attributes:
        rincian: lowest-level lines, with a code each.
        total: (code, line) of subtotals and totals.
        galat: (row, column, sentence): the budget cannot be taken.
        catatan: sentences for the person who imports it.
    """

    rincian: list[BarisPublikasi] = field(default_factory=list)
    total: dict[str, BarisPublikasi] = field(default_factory=dict)
    galat: list[tuple[int, str, str]] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    cakupan_belanja: str = CakupanBelanja.TIDAK_ADA
    cakupan_pendapatan: str = CakupanPendapatan.TIDAK_ADA


def leluhur(kode: str) -> Iterator[str]:
    """Codes above a code: "01.01.01/5.1.1" → "01.01.01/5.1", "01.01.01/5", "01.01.01", "01.01", "01"."""
    for position in range(len(kode) - 1, 0, -1):
        if kode[position] in "./":
            yield kode[:position]


def urai(rows: Iterable[BarisPublikasi], toleransi: int) -> Uraian:
    """Take a published budget apart.

    Args:
        rows: all lines of one budget, in any order.
        toleransi: rupiah by which a total may differ from its parts, one for each amount whose sen were rounded.
    """
    hasil = Uraian()
    lines = list(rows)
    punya_rincian = {atas for line in lines for atas in leluhur(line.kode)}
    for line in lines:
        # Spending is detailed by kegiatan; by rekening alone (5, 5.1) it is another view of the same money.
        is_total = not line.kode or line.kode in punya_rincian or line.kode.startswith("5")
        if is_total:
            _catat_total(hasil, line)
        else:
            hasil.galat += _galat_rincian(line)
            hasil.rincian.append(line)
    jumlah = {ukuran: _jumlahkan(hasil.rincian, ukuran) for ukuran in UKURAN}
    hasil.galat += list(_periksa_total(hasil, jumlah, toleransi))
    hasil.catatan += list(_periksa_surplus(hasil, toleransi))
    hasil.cakupan_pendapatan = _cakupan_pendapatan(hasil, jumlah["anggaran"], toleransi)
    hasil.cakupan_belanja = _cakupan_belanja(hasil, jumlah["anggaran"], toleransi)
    return hasil


def _galat_rincian(line: BarisPublikasi) -> list[tuple[int, str, str]]:
    galat = [
        (line.baris, ukuran, "Jumlah baris rincian tidak boleh negatif. Periksa tanda minus atau kurungnya.")
        for ukuran in UKURAN
        if (getattr(line, ukuran) or 0) < 0
    ]
    if line.kegiatan and line.rekening[:1] in ("4", "6"):
        pesan = "Kosongkan kode kegiatan pada baris pendapatan (4) dan pembiayaan (6)."
        galat.append((line.baris, "kode_kegiatan", pesan))
    return galat


def _catat_total(hasil: Uraian, line: BarisPublikasi) -> None:
    words = line.uraian.lower()
    kode = line.kode or next((kode for start, kode in _TOTAL.items() if words.startswith(start)), "")
    if not kode:
        pesan = f"“{line.uraian[:60]}” tanpa kode dan bukan total yang dikenal. Isi kode_kegiatan atau kode_rekening."
        hasil.galat.append((line.baris, "uraian", pesan))
    elif kode in hasil.total:
        pesan = f"Total ini sudah tertulis di baris {hasil.total[kode].baris}. Sisakan satu."
        hasil.galat.append((line.baris, "uraian", pesan))
    else:
        hasil.total[kode] = line


def _jumlahkan(rincian: Iterable[BarisPublikasi], ukuran: str) -> Counter[str]:
    """Sum of the lowest-level lines under every code, and of all spending under "5"."""
    jumlah: Counter[str] = Counter()
    for line in rincian:
        nilai = getattr(line, ukuran) or 0
        jumlah[line.kode] += nilai
        for kode in leluhur(line.kode):
            jumlah[kode] += nilai
        if line.kegiatan:
            jumlah["5"] += nilai
    return jumlah


def _periksa_total(hasil: Uraian, jumlah: dict[str, Counter[str]], toleransi: int) -> Iterator[tuple[int, str, str]]:
    """Parts may be missing from a published budget, but can never exceed the total above them."""
    for kode, line in hasil.total.items():
        for ukuran in UKURAN:
            tertulis, terjumlah = getattr(line, ukuran), jumlah[ukuran].get(kode, 0)
            if tertulis is not None and kode not in _SELISIH and terjumlah > tertulis + toleransi:
                pesan = (
                    f"“{line.uraian[:60]}” tertulis {angka(tertulis)}, padahal rinciannya berjumlah "
                    f"{angka(terjumlah)}. Periksa baris-baris di bawahnya."
                )
                yield line.baris, ukuran, pesan


def _periksa_surplus(hasil: Uraian, toleransi: int) -> Iterator[str]:
    pendapatan, belanja, surplus = (hasil.total.get(kode) for kode in ("4", "5", "surplus"))
    if pendapatan is None or belanja is None or surplus is None:
        return
    for ukuran in UKURAN:
        masuk, keluar, tertulis = (getattr(line, ukuran) for line in (pendapatan, belanja, surplus))
        if None not in (masuk, keluar, tertulis) and abs(masuk - keluar - tertulis) > toleransi + 1:
            yield (
                f"Baris {surplus.baris}: {ukuran} surplus/defisit tertulis {angka(tertulis)}, padahal pendapatan "
                f"dikurangi belanja {angka(masuk - keluar)}."
            )


def _cakupan_pendapatan(hasil: Uraian, jumlah: Counter[str], toleransi: int) -> str:
    if not any(line.rekening.startswith("4") for line in hasil.rincian):
        return CakupanPendapatan.TIDAK_ADA
    total = hasil.total.get("4")
    if total is not None and total.anggaran is not None and abs(total.anggaran - jumlah["4"]) <= toleransi:
        return CakupanPendapatan.LENGKAP
    return CakupanPendapatan.SEBAGIAN


def _cakupan_belanja(hasil: Uraian, jumlah: Counter[str], toleransi: int) -> str:
    belanja = [line for line in hasil.rincian if line.kegiatan]
    if not belanja:
        return CakupanBelanja.TIDAK_ADA
    tidak_diketahui = {line.kegiatan[:2] for line in belanja if line.anggaran is None}
    bab = {}
    for kode in BidangApbdes.values:
        tertulis = hasil.total[kode].anggaran if kode in hasil.total else None
        if tertulis is not None:
            bab[kode] = tertulis
        elif kode in jumlah and kode not in tidak_diketahui:
            bab[kode] = jumlah[kode]
    total = hasil.total.get("5")
    cocok = total is not None and total.anggaran is not None and abs(total.anggaran - sum(bab.values())) <= toleransi
    if not cocok and len(bab) < len(BidangApbdes.values):
        return CakupanBelanja.SEBAGIAN
    rinci = all(line.kegiatan.count(".") == 2 for line in belanja)
    if rinci and abs(sum(bab.values()) - jumlah["5"]) <= toleransi:
        return CakupanBelanja.KEGIATAN
    return CakupanBelanja.BIDANG
