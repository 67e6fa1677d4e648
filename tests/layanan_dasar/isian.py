"""A sheet of two indicators for kecamatan 11.01.01 (two desa, one kelurahan) and the year 2025, on 5 January 2026."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kecamatan.models import Pengguna, Wilayah
from kecamatan.queries.hari_libur import Kalender
from layanan_dasar.actions import langkah_isian as langkah
from layanan_dasar.actions.isian import HasilSimpan, save_sel
from layanan_dasar.models import Dataset, Indikator, Isian, Sel
from layanan_dasar.models.lembar import Kunci
from p3pd_portal.lib.periode import Periode
from tests.factories import DatasetFactory, IndikatorFactory


KEC = "11.01.01"
TAHUN = Periode("Y", 2025)
HARI = datetime.date(2026, 1, 5)


def hari_ini(monkeypatch: pytest.MonkeyPatch, hari: datetime.date = HARI) -> None:
    monkeypatch.setattr(Kalender, "hari_ini", hari)


def ada(pembilang: int | str, penyebut: int | str | None = 100, **bagian: int) -> Sel:
    """Figures of a cell."""
    whole = None if penyebut is None else Decimal(penyebut)
    return Sel(Decimal(pembilang), whole, status="ada", **{name: Decimal(value) for name, value in bagian.items()})


class Meja:
    """The desk of the kecamatan with its cast, and short ways to fill and to move the sheet."""

    def __init__(self, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
        self.cast, self.wilayah = cast, wilayah
        self.kecamatan = wilayah[KEC]
        self.desa = [wilayah[f"{KEC}.{nomor}"] for nomor in ("2001", "2002", "1003")]
        self.dataset: Dataset = DatasetFactory(
            kode="PDK-Y", bidang_id="PDK", frekuensi="Y", pengisi=["upt_pendidikan", "operator_kecamatan"]
        )
        self.indikator: list[Indikator] = [IndikatorFactory(kode=f"PDK-0{n}") for n in (1, 2)]

    def kunci(self, desa: int, indikator: int = 0) -> Kunci:
        return self.desa[desa].pk, self.indikator[indikator].kode

    def save(
        self, isi: dict[Kunci, Sel], by: Pengguna | None = None, dasar: dict[Kunci, Sel] | None = None
    ) -> HasilSimpan:
        return save_sel(
            by=by or self.cast.upt_pendidikan_a,
            dataset=self.dataset,
            kecamatan=self.kecamatan,
            periode=TAHUN,
            isi=isi,
            dasar=dasar or {},
        )

    def isi_penuh(self, pembilang: int = 82) -> Isian:
        """Every cell filled."""
        isi = {(desa.pk, satu.kode): ada(pembilang + n) for n, desa in enumerate(self.desa) for satu in self.indikator}
        isian = self.save(isi).isian
        assert isian
        return isian

    def sahkan(self, isian: Isian) -> Isian:
        """All the way to the public."""
        langkah.ajukan_isian(by=self.cast.upt_pendidikan_a, isian=isian)
        langkah.verifikasi_isian(by=self.cast.verifikator_a, isian=isian)
        return langkah.sahkan_isian(by=self.cast.camat_a, isian=isian)
