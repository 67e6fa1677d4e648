"""How an indicator moved beside training: sums of sums, only where both figures are there, and no claim."""

import datetime
from decimal import Decimal

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.models import Indikator
from p3pd_portal.lib.periode import Periode
from pelatihan.models import Angkatan
from pelatihan.queries.gerak import Pasangan, gerak_indikator, kelompok, pilih_periode, pilihan_indikator
from tests.factories import CapaianFactory, IndikatorFactory, PesertaFactory
from tests.pelatihan.dunia_orang import ALFA, BETA, aparatur


D = Decimal
HARI = (datetime.date(2024, 7, 9), datetime.date(2024, 7, 12))


def test_a_share_is_that_of_the_sums_of_those_with_both_figures() -> None:
    """(10 + 30) / (20 + 80) → (15 + 45) / (20 + 80): 40 % → 60 %; the mean of shares would be 43.75 % → 65.6 %."""
    found = kelompok([
        Pasangan(True, (D(10), D(20)), (D(15), D(20))),
        Pasangan(True, (D(30), D(80)), (D(45), D(80))),
        Pasangan(True, (D(90), D(100)), None),
        Pasangan(True, None, None),
    ])  # fmt: skip
    assert (found.n, found.dari, found.sebelum, found.sesudah, found.gerak) == (2, 4, D("0.4"), D("0.6"), D("0.2"))


def test_without_a_pair_there_is_no_movement_which_is_not_zero() -> None:
    for rows in ([], [Pasangan(True, (D(1), D(2)), None)]):
        found = kelompok(rows)
        assert (found.n, found.sebelum, found.sesudah, found.gerak) == (0, None, None, None)
    same = kelompok([Pasangan(True, (D(1), D(2)), (D(1), D(2)))])
    assert same.gerak == 0


@pytest.mark.parametrize(
    ("periods", "kumulatif", "chosen"),
    [
        (["2023", "2024", "2025", "2026"], False, ("2023", "2026")),
        (["2024-S1", "2024-S2", "2025-S1"], False, ("2024-S1", "2025-S1")),
        (["2024-05", "2024-06", "2025-05"], False, ("2024-06", "2025-05")),
        (["2024-05", "2024-06", "2025-05"], True, ("2024-05", "2025-05")),
        (["2024-06", "2025-05"], True, None),
        (["2024", "2025"], False, None),
        (["2023"], False, None),
        ([], False, None),
    ],
)
def test_the_periods_lie_before_the_first_and_after_the_last_day(
    periods: list[str], kumulatif: bool, chosen: tuple[str, str] | None
) -> None:
    found = pilih_periode(map(Periode.parse, periods), Indikator(kumulatif=kumulatif), HARI)
    assert (found and tuple(map(str, found))) == chosen


@pytest.mark.django_db
def test_kecamatan_with_trained_staff_beside_the_others(wilayah: dict[str, Wilayah], acuan: None) -> None:
    indikator = IndikatorFactory(kode="PDK-01")
    angkatan = aparatur(wilayah["11.01"], mulai=HARI[0], selesai=HARI[1], batas_usulan=None, status="selesai")
    for kode, before, after in ((ALFA, 40, 60), (BETA, 50, 55), ("11.01", 90, 115)):
        for periode, pembilang in (("2023", before), ("2025", after)):
            CapaianFactory(wilayah=wilayah[kode], indikator=indikator, periode=periode, pembilang=pembilang)
    assert gerak_indikator(wilayah["11.01"], indikator) is None
    PesertaFactory(angkatan=angkatan, wilayah=wilayah[ALFA], unsur_id="camat", status="lulus")
    found = gerak_indikator(wilayah["11.01"], indikator)
    assert found is not None
    assert (str(found.sebelum), str(found.sesudah)) == ("2023", "2025")
    assert (found.terlatih.n, found.terlatih.dari, found.terlatih.gerak) == (1, 1, D("0.2"))
    assert (found.lain.n, found.lain.dari, found.lain.gerak) == (1, 1, D("0.05"))
    assert pilihan_indikator(wilayah["11.01"]) == [indikator]
    Angkatan.objects.update(mulai="2026-01-01", selesai="2026-01-02")
    assert gerak_indikator(wilayah["11.01"], indikator) is None
