"""Who passes: each condition alone, and conditions that are not asked for."""

from decimal import Decimal

import pytest

from pelatihan.aggregation.kelulusan import Bukti, kekurangan
from pelatihan.models import Angkatan


def cohort(hadir: int | None = 80, nilai: int | None = 70, rtl: bool = True) -> Angkatan:
    return Angkatan(syarat_hadir=hadir, syarat_nilai=nilai, syarat_rtl=rtl)


@pytest.mark.parametrize(
    ("bukti", "missing"),
    [
        (Bukti(Decimal(80), Decimal(70), True), []),
        (Bukti(Decimal("79.99"), Decimal(70), True), ["kehadiran 80,0 % dari 80 %"]),
        (Bukti(Decimal(75), Decimal(100), True), ["kehadiran 75,0 % dari 80 %"]),
        (Bukti(Decimal(100), Decimal("69.5"), True), ["nilai pascates 69,5 dari 70"]),
        (Bukti(Decimal(100), Decimal(70), False), ["RTL belum ada"]),
        (Bukti(), ["kehadiran belum tercatat", "pascates belum dikerjakan", "RTL belum ada"]),
        (Bukti(Decimal(0), Decimal(0), True), ["kehadiran 0,0 % dari 80 %", "nilai pascates 0,0 dari 70"]),
    ],
)
def test_what_somebody_lacks(bukti: Bukti, missing: list[str]) -> None:
    assert kekurangan(cohort(), bukti) == missing


def test_a_condition_that_is_not_asked_for_lacks_nothing() -> None:
    assert kekurangan(cohort(hadir=None, nilai=None, rtl=False), Bukti()) == []
    assert kekurangan(cohort(nilai=None, rtl=False), Bukti(hadir=Decimal(90))) == []
