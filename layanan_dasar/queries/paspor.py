"""Where one published figure comes from: what was divided by what, who reported it, which revisions it had."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.models import Capaian, Indikator, Isian, LangkahIsian, NilaiIndikator, StatusNilai, TargetIndikator
from layanan_dasar.queries.angka import Angka, Status, angka, is_usang, selang, status
from layanan_dasar.queries.capaian import CapaianWilayah, milik, terurut
from layanan_dasar.queries.tekan import Alasan, Sel, alasan_sendiri, is_peka, is_tertutup, tersembunyi
from p3pd_portal.lib.periode import Periode


PERIODE_TERBANYAK = 8
_BASIS = list(TargetIndikator.Basis)


@dataclass(frozen=True)
class Revisi:
    """A published revision of a desa's figure; with `alasan` its numbers are not shown.

    Attributes:
        langkah: of a figure from a sheet who submitted, verified and approved it when; the public reads the office.
        koreksi: why an earlier one was corrected.
        rincian: parts of the numerator by their word, for those who work there.
    """

    nomor: int
    terbit_pada: datetime.datetime | None
    sumber: str
    berkas: str
    status: str
    alasan: Alasan | None
    pembilang: Decimal | None
    penyebut: Decimal | None
    nilai: Decimal | None
    langkah: Sequence[LangkahIsian] = ()
    koreksi: str = ""
    rincian: Sequence[tuple[str, Decimal]] = ()


@dataclass(frozen=True)
class AngkaAnak:
    """A region below and its part in the figure; None where it reported nothing."""

    wilayah: Wilayah
    angka: Angka | None


@dataclass(frozen=True)
class Paspor:
    """The figure `baris` of a region, indicator and period; every part is read when it is first asked for."""

    semua: CapaianWilayah
    indikator: Indikator
    periode: Periode
    deret_baris: Sequence[Capaian]

    @property
    def baris(self) -> Capaian:
        return self.deret_baris[0]

    @property
    def wilayah(self) -> Wilayah:
        return self.semua.wilayah

    @property
    def is_desa(self) -> bool:
        return self.wilayah.tingkat == Tingkat.DESA

    @cached_property
    def _tersembunyi(self) -> dict[int, Alasan]:
        if self.semua.pembaca.di_induk:
            return {}
        return tersembunyi(self.semua.jalur, [self.indikator], {row.akhir for row in self.deret_baris})

    def _angka(self, row: Capaian, is_known: bool) -> Angka:
        alasan = None if is_known else self._tersembunyi.get(row.pk)
        return angka(row, self.indikator, alasan, is_public=not is_known)

    @cached_property
    def deret(self) -> list[Angka]:
        """This figure and the earlier ones it is compared with, latest first."""
        return [self._angka(row, self.semua.pembaca.di_sini) for row in self.deret_baris]

    @property
    def kini(self) -> Angka:
        return self.deret[0]

    @property
    def lalu(self) -> list[Angka]:
        return self.deret[1:]

    @property
    def status(self) -> Status:
        return status(self.kini.skor)

    @property
    def selang(self) -> tuple[float, float] | None:
        return selang(self.indikator, self.kini)

    @property
    def is_usang(self) -> bool:
        return is_usang(self.periode, self.semua.hari)

    @cached_property
    def target(self) -> TargetIndikator | None:
        """The target the score was computed against, as the catalogue has it today."""
        if self.kini.target is None:
            return None
        kode = [satu.kode for satu in self.semua.leluhur]
        found = self.indikator.target.filter(Q(wilayah=None) | Q(wilayah__kode__in=kode), nilai=self.kini.target)
        rows = sorted(found.select_related("wilayah"), key=lambda satu: _BASIS.index(TargetIndikator.Basis(satu.basis)))
        return rows[0] if rows else None

    @property
    def atas(self) -> Wilayah | None:
        """The nearest region above at a level that everybody may see."""
        above = reversed(self.semua.jalur[:-1])
        return next((satu for satu in above if not is_tertutup(self.indikator, satu.tingkat, 2)), None)

    @cached_property
    def _anak(self) -> list[Wilayah]:
        return [] if self.is_desa else list(Wilayah.objects.children_of(self.wilayah))

    @cached_property
    def _sekitar(self) -> dict[str, Capaian]:
        """Rows of the same period of the regions below and of the one above, by code."""
        induk = self.semua.induk
        kode = [satu.kode for satu in (*self._anak, *([induk] if induk else []))]
        rows = Capaian.objects.filter(milik(*kode), indikator=self.indikator, periode=str(self.periode))
        return {row.wilayah.kode_kini or "": row for row in reversed(terurut(rows).select_related("wilayah"))}

    @property
    def induk(self) -> Angka | None:
        row = self.semua.induk and self._sekitar.get(self.semua.induk.kode)
        return self._angka(row, self.semua.pembaca.di_induk) if row else None

    @cached_property
    def anak(self) -> list[AngkaAnak]:
        """What the figure adds up, by code of the region below."""
        rows = [(satu, self._sekitar.get(satu.kode)) for satu in self._anak]
        return [AngkaAnak(satu, self._angka(row, self.semua.pembaca.di_sini) if row else None) for satu, row in rows]

    @cached_property
    def revisi(self) -> list[Revisi]:
        """Of a desa: what was published, latest first."""
        if not self.is_desa:
            return []
        rows = NilaiIndikator.objects.filter(
            desa=self.baris.wilayah_id, indikator=self.indikator, periode=str(self.periode), terbit_pada__isnull=False
        )
        rows = rows.select_related("berkas", "isian").prefetch_related("isian__langkah__oleh__orang")
        return [self._revisi(row) for row in rows.order_by("-revisi")]

    def _revisi(self, row: NilaiIndikator) -> Revisi:
        """An older revision may hold few people where the latest does not."""
        closed = is_tertutup(self.indikator, Tingkat.DESA, 1)
        sel = Sel(row.pk, row.pembilang, row.penyebut, is_peka(self.indikator), closed)
        alasan = None if self.semua.pembaca.di_sini else self.kini.alasan or alasan_sendiri(sel)
        numbers = (None, None, None) if alasan else (row.pembilang, row.penyebut, nilai(self.indikator, row))
        label, name = str(StatusNilai(row.status).label), _berkas(row)
        parts = _rincian(row) if self.semua.pembaca.di_sini else []
        revisi = Revisi(row.revisi, row.terbit_pada, row.sumber, name, label, alasan, *numbers, rincian=parts)
        return replace(revisi, langkah=_langkah(row.isian), koreksi=row.isian.alasan) if row.isian else revisi


def _langkah(isian: Isian) -> list[LangkahIsian]:
    """The steps by which a sheet came to the public: the last time each was taken."""
    last = {satu.langkah: satu for satu in isian.langkah.all()}
    way = (LangkahIsian.Langkah.AJUKAN, LangkahIsian.Langkah.VERIFIKASI, LangkahIsian.Langkah.SAHKAN)
    return [last[kind] for kind in way if kind in last]


def _berkas(row: NilaiIndikator) -> str:
    """The file a figure came from, and the row in which it stood."""
    if row.berkas is None:
        return ""
    return row.berkas.nama_berkas if row.baris is None else f"{row.berkas.nama_berkas}, baris {row.baris}"


def _rincian(row: NilaiIndikator) -> list[tuple[str, Decimal]]:
    parts = (("laki-laki", row.laki_laki), ("perempuan", row.perempuan), ("disabilitas", row.disabilitas))
    return [(kata, angka) for kata, angka in parts if angka is not None]


def nilai(indikator: Indikator, row: NilaiIndikator) -> Decimal | None:
    """The value of what was reported: of shares 0 to 100, else the number itself."""
    if row.status != StatusNilai.ADA or row.pembilang is None or not indikator.is_share:
        return row.pembilang if row.status == StatusNilai.ADA else None
    return 100 * row.pembilang / row.penyebut if row.penyebut else None


def paspor(semua: CapaianWilayah, kode: str, periode: Periode) -> Paspor | None:
    """The figure of an indicator and period with the earlier ones of its series; None where none was published."""
    indikator = Indikator.objects.select_related("bidang").filter(kode=kode).first()
    if indikator is None:
        return None
    rows = Capaian.objects.filter(milik(semua.wilayah.kode), indikator=indikator, akhir__lte=periode.akhir)
    if indikator.kumulatif:
        rows = rows.filter(periode__endswith=str(periode)[4:])
    by_period: dict[str, Capaian] = {}
    for row in terurut(rows)[: 2 * PERIODE_TERBANYAK]:
        by_period.setdefault(row.periode, row)
    found = list(by_period.values())[:PERIODE_TERBANYAK]
    return Paspor(semua, indikator, periode, found) if found and found[0].periode == str(periode) else None
