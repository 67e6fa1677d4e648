"""Published figures from a file: compared, stored as revisions, recomputed at once."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.nilai import HasilNilai, impor_nilai
from layanan_dasar.models import Capaian, DesaBerubah, Indikator, NilaiIndikator
from p3pd_portal.lib.spreadsheet import Rejected
from tests.factories import APBDesFactory, BerkasImporFactory, IndikatorFactory, TargetFactory


pytestmark = pytest.mark.django_db
A1, A2 = "11.01.01.2001", "11.01.01.2002"


@pytest.fixture
def indikator(wilayah: dict[str, Wilayah]) -> Indikator:
    satu = IndikatorFactory(kode="PDK-01")
    TargetFactory(indikator=satu)
    return satu


def file(*rows: str) -> io.BytesIO:
    return io.BytesIO("\n".join(["kode_desa,indikator,periode,pembilang,penyebut", *rows]).encode())


def counts(hasil: HasilNilai) -> tuple[int, int, int]:
    return hasil.baru, hasil.berubah, hasil.sama


def test_figures_are_stored_and_every_level_is_recomputed(indikator: Indikator) -> None:
    berkas = BerkasImporFactory()
    hasil = impor_nilai(file(f"{A1},PDK-01,2025,82,100", f"{A2},PDK-01,2025,10,100"), berkas=berkas, sumber="Dapodik")
    assert (counts(hasil), hasil.desa) == ((2, 0, 0), 2)
    assert Capaian.objects.get(wilayah__kode="11.01").nilai == 46
    satu = NilaiIndikator.objects.get(desa__kode=A1)
    assert (satu.revisi, satu.sumber, satu.berkas, satu.terbit_pada is not None) == (1, "Dapodik", berkas, True)
    assert list(NilaiIndikator.objects.order_by("desa__kode").values_list("baris", flat=True)) == [2, 3]


def test_the_same_file_again_changes_nothing(indikator: Indikator) -> None:
    rows = [f"{A1},PDK-01,2025,82,100", f"{A2},PDK-01,2025,10,100"]
    impor_nilai(file(*rows))
    assert counts(impor_nilai(file(*rows))) == (0, 0, 2)
    assert NilaiIndikator.objects.count() == 2


def test_a_correction_is_a_further_revision(indikator: Indikator) -> None:
    impor_nilai(file(f"{A1},PDK-01,2025,82,100"))
    assert counts(impor_nilai(file(f"{A1},PDK-01,2025,90,100"))) == (0, 1, 0)
    assert list(NilaiIndikator.objects.order_by("revisi").values_list("revisi", "pembilang")) == [
        (1, Decimal(82)),
        (2, Decimal(90)),
    ]
    assert Capaian.objects.get(wilayah__kode="0").nilai == 90


def test_a_preview_stores_nothing(indikator: Indikator) -> None:
    assert counts(impor_nilai(file(f"{A1},PDK-01,2025,82,100"), simpan=False)) == (1, 0, 0)
    assert not NilaiIndikator.objects.exists()
    assert not Capaian.objects.exists()


def test_one_wrong_cell_and_nothing_is_stored(indikator: Indikator) -> None:
    with pytest.raises(Rejected):
        impor_nilai(file(f"{A1},PDK-01,2025,82,100", f"{A2},PDK-01,2025,x,100"))
    assert not NilaiIndikator.objects.exists()


def test_codes_that_name_no_village_are_listed(indikator: Indikator) -> None:
    hasil = impor_nilai(file(f"{A1},PDK-01,2025,82,100", "11.01.01.2099,PDK-01,2025,1,2", "11.01,PDK-01,2025,1,2"))
    assert hasil.tak_dikenal == ["11.01", "11.01.01.2099"]
    assert hasil.laporan.endswith("2 kode desa tidak dikenal")
    assert NilaiIndikator.objects.count() == 1


def test_a_code_means_the_village_that_had_it_then(indikator: Indikator, wilayah: dict[str, Wilayah]) -> None:
    """The old village keeps what was recorded under its code; the one that got the code later inherits nothing."""
    Wilayah.objects.filter(kode=A1).update(berlaku_sampai="2024-12-31")
    baru = Wilayah.objects.create(kode=A1, nama="Lain", induk=wilayah["11.01.01"], berlaku_dari="2025-01-01")
    impor_nilai(file(f"{A1},PDK-01,2023,1,2", f"{A1},PDK-01,2025,2,2"))
    found = dict(NilaiIndikator.objects.values_list("periode", "desa"))
    assert found == {"2023": wilayah[A1].pk, "2025": baru.pk}


def test_spending_waits_for_the_night_where_needs_changed(indikator: Indikator, wilayah: dict[str, Wilayah]) -> None:
    IndikatorFactory(kode="PODES-SD", jenis="jumlah", penyebut="", konteks=True)
    for kode in (A1, A2):
        APBDesFactory(desa=wilayah[kode], tahun=2025)
    impor_nilai(file(f"{A1},PDK-01,2025,82,100", f"{A2},PODES-SD,2024,2,"))
    assert set(DesaBerubah.objects.values_list("desa__kode", "tahun")) == {(A1, 2025)}


def test_the_command_reports_and_keeps_a_record(
    indikator: Indikator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nilai.csv"
    path.write_bytes(file(f"{A1},PDK-01,2025,82,100", "11.01.01.2099,PDK-01,2025,1,2").read())
    call_command("impor", "nilai", path, periksa=True)
    assert not BerkasImpor.objects.exists()
    call_command("impor", "nilai", path, sumber="Dapodik")
    out = capsys.readouterr().out
    assert "nilai indikator: 1 desa; 1 baru, 0 berubah, 0 sama, 1 kode desa tidak dikenal" in out
    assert "11.01.01.2099" in out
    assert BerkasImpor.objects.get().ringkasan["baru"] == 1


def test_the_command_knows_its_mappings(indikator: Indikator, tmp_path: Path) -> None:
    path = tmp_path / "idm.csv"
    path.write_text("kode_desa,idm\n")
    with pytest.raises(CommandError, match=r"Peta kolom “idm” tidak dikenal\. Yang ada: belum ada"):
        call_command("impor", "nilai", path, peta="idm")
