"""The spending page of a region and year: index, measures, rules, need beside spending, oddities. Reads result rows;
lines of budgets only for a desa or a kecamatan (see rincian)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.aggregation.keselarasan import Pasangan, keselarasan, pasangkan
from layanan_dasar.models import APBDes, BarisAPBDes, GapBidang, IndeksBelanja, KepatuhanAturan, KualitasBelanja
from layanan_dasar.queries import rincian
from layanan_dasar.queries.komponen import Komponen, Sumber, semua_komponen
from layanan_dasar.queries.kualitas import KualitasWilayah, Ringkasan
from layanan_dasar.queries.rincian import BarisRincian, Cakupan
from layanan_dasar.queries.ukuran import TahunBelanja, Ukuran, UkuranDuaTahun, pertumbuhan, semua_ukuran


@dataclass(frozen=True)
class TahunMutu:
    """A year of the region's table over the years."""

    tahun: int
    baris: KualitasBelanja
    indeks: IndeksBelanja | None


@dataclass(frozen=True)
class Kejanggalan:
    """What deserves a question. Rows are those of the desa itself, or of the regions directly below.

    Attributes:
        tanpa_anggaran: rows in which lines were spent without a budget.
        tidak_seimbang: desa whose budget does not end at zero.
        lebih: kegiatan on which a desa spent more than its budget.
        belum_dipetakan: rows with more unmapped spending than the index bears.
    """

    tanpa_anggaran: list[KualitasBelanja]
    tidak_seimbang: list[KualitasBelanja]
    lebih: list[BarisRincian]
    belum_dipetakan: list[KualitasBelanja]

    @property
    def is_empty(self) -> bool:
        return not (self.tanpa_anggaran or self.tidak_seimbang or self.lebih or self.belum_dipetakan)


@dataclass(frozen=True)
class MutuWilayah:
    """A region and year; every part is read once, when it is first asked for."""

    semua: KualitasWilayah
    tahun: int

    @property
    def wilayah(self) -> Wilayah:
        return self.semua.wilayah

    @property
    def is_desa(self) -> bool:
        return self.wilayah.tingkat == Tingkat.DESA

    @property
    def baris(self) -> KualitasBelanja | None:
        return self.semua.baris.get(self.tahun)

    @cached_property
    def ringkasan(self) -> Ringkasan:
        return self.semua.ringkasan(self.tahun)

    @cached_property
    def _indeks(self) -> dict[int, IndeksBelanja]:
        """By year, of the parameters in use where they have one, else of the latest others."""
        rows = {row.wilayah_id: row for row in self.semua.baris.values()}
        found = IndeksBelanja.objects.filter(wilayah_id__in=rows, tahun__in=self.semua.tahun)
        ordered = found.select_related("parameter").order_by("parameter__aktif", "parameter_id")
        return {
            satu.tahun: satu for satu in ordered if self.semua.baris[satu.tahun].wilayah_id == satu.wilayah_id
        }  # of two of a year the last counts

    @property
    def indeks(self) -> IndeksBelanja | None:
        return self._indeks.get(self.tahun)

    @property
    def per_tahun(self) -> list[TahunMutu]:
        """Every year with a budget, latest first."""
        return [TahunMutu(tahun, baris, self._indeks.get(tahun)) for tahun, baris in self.semua.baris.items()]

    @cached_property
    def aturan(self) -> list[KepatuhanAturan]:
        """The rules of the year with their outcome: those with a percentage first."""
        if self.baris is None:
            return []
        rows = KepatuhanAturan.objects.filter(wilayah=self.baris.wilayah_id, tahun=self.tahun).select_related("aturan")
        return sorted(rows, key=lambda satu: (satu.aturan.persen is None, satu.aturan.kode))

    @cached_property
    def pasangan(self) -> list[Pasangan]:
        """Need beside spending, for the services whose gap is known."""
        if self.baris is None:
            return []
        known = GapBidang.objects.filter(wilayah=self.baris.wilayah_id, tahun=self.tahun)
        gap = dict(known.values_list("bidang_id", "gap"))
        order = {satu.bidang.kode: satu.inti.anggaran for satu in self.ringkasan.bidang}
        nama = {satu.bidang.kode: satu.bidang.nama for satu in self.ringkasan.bidang}
        return pasangkan({kode: gap.get(kode) for kode in order}, order, nama)

    @property
    def keselarasan(self) -> Decimal | None:
        return keselarasan(self.pasangan)

    @property
    def komponen(self) -> list[Komponen]:
        if self.baris is None or self.indeks is None:
            return []
        return semua_komponen(Sumber(self.indeks, self.baris, self.aturan, self.pasangan))

    @cached_property
    def _anak(self) -> dict[int, list[KualitasBelanja]]:
        """Rows directly below, of this year and the one before, in the order of their codes; of a desa its own."""
        years = (self.tahun, self.tahun - 1)
        if self.is_desa:
            return {tahun: [self.semua.baris[tahun]] for tahun in years if tahun in self.semua.baris}
        rows = KualitasBelanja.objects.below(self.wilayah).filter(tahun__in=years).order_by("wilayah__kode_kini")
        if self.wilayah.induk_id is None:
            rows = rows.filter(wilayah__contoh=False)
        found: dict[int, list[KualitasBelanja]] = {tahun: [] for tahun in years}
        for row in rows:
            found[row.tahun].append(row)
        return found

    @property
    def anak(self) -> list[KualitasBelanja]:
        return self._anak.get(self.tahun, [])

    @cached_property
    def ukuran(self) -> list[UkuranDuaTahun]:
        """M1 to M12, each beside the year before."""
        if self.baris is None:
            return []
        lalu = self.semua.baris.get(self.tahun - 1)
        dulu = {(satu.kode, satu.nama): satu for satu in self._ukuran(lalu)} if lalu else {}
        found = [UkuranDuaTahun(satu, dulu.get((satu.kode, satu.nama))) for satu in self._ukuran(self.baris)]
        inflasi = self.indeks.parameter.inflasi_persen if self.indeks else Decimal(0)
        growth = UkuranDuaTahun(pertumbuhan(self.baris, lalu, inflasi), None)
        at = next(number for number, satu in enumerate(found) if satu.kini.kode == "M9")
        return [*found[:at], growth, *found[at:]]

    def _ukuran(self, baris: KualitasBelanja) -> list[Ukuran]:
        return semua_ukuran(TahunBelanja(baris, self._anak.get(baris.tahun, []), self.wilayah.tingkat))

    # Lines: of a desa or a kecamatan only.

    @property
    def has_rincian(self) -> bool:
        return bool(self.baris and self.baris.n_rincian)

    @property
    def may_rincian(self) -> bool:
        """Above the kecamatan millions of lines would have to be added up for one page."""
        return self.wilayah.tingkat >= Tingkat.KECAMATAN

    @property
    def _cakupan(self) -> Cakupan:
        rows = [row for row in self.anak if row.n_rincian]
        lapor = [row.wilayah_id for row in rows if row.n_realisasi]
        return Cakupan(self.tahun, [row.wilayah_id for row in rows], lapor, self.wilayah.kode[:5])

    @cached_property
    def sumber(self) -> list[BarisRincian]:
        return rincian.per_sumber(self._cakupan) if self.has_rincian and self.may_rincian else []

    @cached_property
    def kegiatan(self) -> list[BarisRincian]:
        return rincian.per_kegiatan(self._cakupan) if self.has_rincian and self.may_rincian else []

    def baris_tanpa_anggaran(self, paling_banyak: int | None = None) -> list[BarisAPBDes]:
        """Of a desa, or for the file of a kecamatan: the lines spent without a budget."""
        desa = [row.wilayah_id for row in self.anak if row.n_tanpa_anggaran]
        if not desa or not self.may_rincian:
            return []
        return rincian.baris_tanpa_anggaran(desa, self.tahun, paling_banyak)

    @cached_property
    def kejanggalan(self) -> Kejanggalan:
        limit = self.indeks.parameter.batas_belum_dipetakan if self.indeks else None
        anak, desa = self.anak, self.anak if self.may_rincian else []
        return Kejanggalan(
            [row for row in anak if row.n_tanpa_anggaran],
            [row for row in desa if row.silpa_anggaran],
            [satu for satu in self.kegiatan if satu.n_lebih and satu.anggaran],
            [row for row in anak if limit is not None and (row.porsi_belum_dipetakan or 0) > limit],
        )

    # The year that has not ended.

    @property
    def is_berjalan(self) -> bool:
        """Whether some realisation is of the first half of the year only."""
        return bool(self.baris and self.baris.n_setahun < self.baris.n_realisasi)

    @cached_property
    def semester_lalu(self) -> tuple[Decimal, Decimal, int] | None:
        """What the same desa had spent by the middle of the year before: smallest and largest share, and of how many
        desa. Beside the realisation of a year that has not ended."""
        desa = [row.wilayah_id for row in self._anak.get(self.tahun - 1, []) if row.n_rincian]
        return (
            rincian.semester_pertama(desa, self.tahun - 1) if self.is_berjalan and self.may_rincian and desa else None
        )

    @cached_property
    def apbdes(self) -> APBDes | None:
        """Of a desa: the budget in force behind the figures."""
        if not self.is_desa or self.baris is None:
            return None
        return APBDes.objects.published().filter(desa=self.baris.wilayah_id, tahun=self.tahun).first()


def jumlahkan(rows: Sequence[BarisRincian], nama: str) -> BarisRincian:
    """Several rows as one, for a total or the rest of a long list. Desa are counted where they are most."""
    realisasi = [satu.realisasi for satu in rows if satu.realisasi is not None]
    terlapor = [satu.terlapor for satu in rows if satu.terlapor is not None]
    return BarisRincian(
        "", nama, ("", ""), False,
        sum(satu.anggaran for satu in rows),
        sum(realisasi) if realisasi else None,
        sum(terlapor) if terlapor else None,
        max((satu.n_desa for satu in rows), default=0),
        sum(satu.n_lebih for satu in rows),
    )  # fmt: skip
