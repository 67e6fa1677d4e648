"""Figures from OpenDK's templates, all the way to the result table: the numbers that peers get wrong, right."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kecamatan.importers.wilayah import impor_wilayah
from layanan_dasar.actions.nilai import HasilNilai, impor_nilai
from layanan_dasar.models import Capaian, NilaiIndikator
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected
from tests.layanan_dasar import opendk
from tests.layanan_dasar.opendk import DESA, KECAMATAN, csv, xlsx


pytestmark = pytest.mark.django_db
D1, D2 = DESA[:2]


@pytest.fixture(autouse=True)
def dunia(db: None) -> None:
    impor_wilayah(opendk.WILAYAH.items())
    opendk.load_katalog()


def take(file: io.BytesIO, periode: str, desa: str = "", penyakit: str = "") -> HasilNilai:
    return impor_nilai(file, periode=Periode.parse(periode), desa=desa, penyakit=penyakit)


def figures(indikator: str, kode: str = KECAMATAN) -> dict[str, Decimal | None]:
    """What a region shows, by period; the latest last."""
    rows = Capaian.objects.filter(wilayah__kode=kode, indikator=indikator).order_by("akhir", "periode")
    return dict(rows.values_list("periode", "nilai"))


def test_coverage_without_denominator_is_a_median_and_a_range_never_a_sum() -> None:
    """34, 44, 12, 3, 67, 3, 3, 3: peers show 169 per cent."""
    hasil = take(xlsx(opendk.IMUNISASI, *opendk.CONTOH_IMUNISASI), "2025-06")
    assert (hasil.baru, hasil.desa) == (8, 8)
    satu = Capaian.objects.get(wilayah__kode=KECAMATAN, indikator="OD-IMUN")
    assert (satu.nilai, satu.terendah, satu.tertinggi, satu.n_data) == (Decimal("7.5"), 3, 67, 8)
    assert satu.pembilang is None


def test_stocks_are_added_over_desa_but_never_over_months() -> None:
    for periode in ("2025-06", "2025-07"):
        take(xlsx(opendk.SANITASI, (D1, 34, 12), (D2, 6, 8)), periode)
    assert figures("OD-SANITASI") == {"2025-06": 40, "2025-07": 40}
    assert figures("OD-TOILET") == {"2025-06": 20, "2025-07": 20}


def test_each_semester_stands_for_itself() -> None:
    """Peers show 74 and nothing."""
    for periode, lembaga in (("2025-S1", 34), ("2025-S2", 40)):
        take(xlsx(opendk.PAUD, (lembaga, 23, 12)), periode, D1)
    assert figures("OD-PAUD", D1) == figures("OD-PAUD") == {"2025-S1": 34, "2025-S2": 40}


def test_shares_of_two_semesters_differ() -> None:
    for periode, siswa in (("2025-S1", 20), ("2025-S2", 30)):
        take(csv(opendk.PUTUS, (siswa, 40, 44, 45, 2, 3, 3, 45)), periode, D1)
    assert figures("OD-PS-PAUD") == {"2025-S1": 50, "2025-S2": 75}


def test_all_five_levels_of_schooling_reach_the_kecamatan() -> None:
    for desa in (D1, D2):
        take(csv(opendk.PENDIDIKAN, (34, 23, 12, 11, 3)), "2025-S1", desa)
    assert [figures(f"OD-PEND-{n}")["2025-S1"] for n in range(5)] == [68, 46, 24, 22, 6]


def test_deaths_are_cases_and_are_summed() -> None:
    take(xlsx(opendk.AKI, (D1, 1, 2), (D2, 0, 3)), "2025-07")
    satu = Capaian.objects.select_related("indikator").get(wilayah__kode=KECAMATAN, indikator="OD-AKB")
    assert (satu.nilai, satu.indikator.jenis, satu.indikator.satuan) == (5, "jumlah", "kasus")
    assert figures("OD-AKI") == {"2025-07": 1}


def test_the_sample_of_eight_rows_of_one_desa_stores_nothing() -> None:
    with pytest.raises(Rejected) as caught:
        take(xlsx(opendk.AKI, *opendk.CONTOH_AKI), "2025-07")
    assert caught.value.total == 7
    assert not NilaiIndikator.objects.exists()


def test_one_unknown_desa_is_listed_and_the_others_are_kept() -> None:
    hasil = take(xlsx(opendk.IMUNISASI, (D1, 34), ("53.06.13.2099", 44), (D2, 12)), "2025-07")
    assert (hasil.tak_dikenal, hasil.baru) == (["53.06.13.2099"], 2)
    assert figures("OD-IMUN") == {"2025-07": 23}


@pytest.mark.parametrize(
    ("take_more", "periode", "desa"),
    [
        (lambda p, d: take(xlsx(opendk.SANITASI, (d, 1, 2)), p), "2025-08", D1),
        (lambda p, d: take(xlsx(opendk.SANITASI, (d, 1, 2)), p), "2025-07", D2),
        (lambda p, d: take(xlsx(opendk.PAUD, (1, 2, 3)), p, d), "2025-S1", D2),
        (lambda p, d: take(xlsx(opendk.PAUD, (1, 2, 3)), p, d), "2025-S2", D1),
    ],
)
def test_the_rest_of_a_year_can_follow(take_more: Callable[[str, str], HasilNilai], periode: str, desa: str) -> None:
    """Peers refuse any further month, desa or semester of a year once a row of that year is there."""
    take(xlsx(opendk.SANITASI, (D1, 34, 12)), "2025-07")
    take(xlsx(opendk.PAUD, (34, 23, 12)), "2025-S1", D1)
    before = NilaiIndikator.objects.count()
    hasil = take_more(periode, desa)
    assert (hasil.baru, hasil.berubah) == (NilaiIndikator.objects.count() - before, 0)
    assert hasil.baru > 0


def test_a_second_disease_never_takes_the_place_of_the_first() -> None:
    take(csv(opendk.EPIDEMI, (D1, 34)), "2025-07", penyakit="DBD")
    for jumlah in (12, 34):
        with pytest.raises(Rejected, match="Satukan semua penyakit"):
            take(csv(opendk.EPIDEMI, (D1, jumlah)), "2025-07", penyakit="Diare")
    assert figures("OD-PENYAKIT") == {"2025-07": 34}
    hasil = take(csv((*opendk.EPIDEMI, "penyakit"), (D1, 34, "DBD"), (D1, 12, "Diare")), "2025-07")
    assert figures("OD-PENYAKIT") == {"2025-07": 46}
    assert "dijumlahkan per desa dan bulan" in hasil.catatan[0]


def test_a_file_that_names_its_desa_itself_is_told_none() -> None:
    with pytest.raises(Rejected, match="hanya disebut untuk templat OpenDK"):
        take(csv(("kode_desa", "indikator", "periode", "pembilang", "penyebut")), "2025-07", D1)


def test_the_template_is_named_as_source() -> None:
    take(xlsx(opendk.PAUD, (34, 23, 12)), "2025-S1", D1)
    assert set(NilaiIndikator.objects.values_list("sumber", flat=True)) == {"OpenDK, Fasilitas PAUD"}


def test_the_command_takes_period_and_desa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "paud.xlsx"
    path.write_bytes(xlsx(opendk.PAUD, (34, 23, 12)).getvalue())
    with pytest.raises(CommandError, match="Sebutkan kode desanya"):
        call_command("impor", "nilai", str(path), "--periode", "2025-S1")
    call_command("impor", "nilai", str(path), "--periode", "2025-S1", "--desa", "5306132001")
    assert "nilai indikator: 1 desa; 3 baru" in capsys.readouterr().out
    assert figures("OD-PAUD", D1) == {"2025-S1": 34}


def test_the_command_names_the_known_shapes(tmp_path: Path) -> None:
    path = tmp_path / "lain.csv"
    path.write_text("kode_desa,idm\n")
    with pytest.raises(CommandError, match="Bentuk berkas ini tidak dikenal"):
        call_command("impor", "nilai", path)


def test_places_of_data_sarana_are_counted_by_desa_and_kind() -> None:
    """Peers show a total of the kecamatan; users asked for the desa."""
    rows = [(D1, "Posyandu Melati", 1, "Posyandu", ""), (D1, "Posyandu Mawar", 1, "Posyandu", "")]
    hasil = take(xlsx(opendk.SARANA, *rows, (D2, "Posyandu Anggrek", 1, "Posyandu", "")), "2025")
    assert (hasil.baru, hasil.desa) == (2, 2)
    assert figures("OD-SR-POSY", D1) == {"2025": 2}
    assert figures("OD-SR-POSY") == {"2025": 3}
    with pytest.raises(Rejected, match="hanya disebut untuk templat OpenDK"):
        take(xlsx(opendk.SARANA, *rows), "2025", desa=D1)
