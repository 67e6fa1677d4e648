"""The latest figure of each indicator and what stands beside it, for a visitor and for who works there."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.aggregation import capaian
from layanan_dasar.models import Capaian, StatusNilai
from layanan_dasar.queries.angka import (
    Angka,
    BarisIndikator,
    Sebaran,
    is_usang,
    prioritas,
    rendah,
    sebelum,
    selang,
    status,
)
from layanan_dasar.queries.capaian import CapaianWilayah, Pembaca
from layanan_dasar.queries.tekan import Alasan
from p3pd_portal.lib.periode import Periode
from tests.factories import CapaianFactory, IndikatorFactory, NilaiFactory, TargetFactory


A1, A2, A3, B1, ALFA, BETA, SATU = (
    "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.02.2001", "11.01.01", "11.01.02", "11.01",
)  # fmt: skip
HARI = datetime.date(2026, 3, 1)
AKHIR = datetime.date(2025, 12, 31)


def semua(kode: str, *, di_sini: bool = False, di_induk: bool = False, hari: datetime.date = HARI) -> CapaianWilayah:
    wilayah = Wilayah.objects.get(kode=kode)
    return CapaianWilayah(wilayah, list(Wilayah.objects.ancestors_of(wilayah)), Pembaca(di_sini, di_induk), hari)


def baris(kode: str, satu: str = "UJI", batas: datetime.date = AKHIR, **known: Any) -> BarisIndikator:
    return next(row for row in semua(kode, **known).terbaru(batas) if row.indikator.kode == satu)


@pytest.fixture
def indikator(wilayah: dict[str, Wilayah]) -> Any:
    satu = IndikatorFactory(kode="UJI")
    TargetFactory(indikator=satu)
    return satu


# Words


@pytest.mark.parametrize(
    ("skor", "kata"),
    [("1", "tercapai"), ("0.90", "tercapai"), ("0.8999", "mendekati"), ("0.75", "mendekati"),
     ("0.7499", "perlu perhatian"), ("0.5", "perlu perhatian"), ("0.4999", "kritis"), ("0", "kritis")],
)  # fmt: skip
def test_a_score_in_words(skor: str, kata: str) -> None:
    assert status(Decimal(skor)).kata == kata


def test_without_a_score_there_is_a_word_too() -> None:
    assert (status(None).kata, status(None).ikon) == ("tidak ada data", "–")


@pytest.mark.parametrize(
    ("periode", "hari", "expected"),
    [
        ("2024", "2025-12-31", False), ("2023", "2025-12-31", True), ("2025", "2026-11-22", False),
        ("2025-S2", "2026-06-30", False), ("2025-S2", "2026-07-01", True), ("2026-S1", "2026-11-22", False),
        ("2025-11", "2025-12-31", False), ("2025-10", "2025-12-31", True), ("2026-10", "2026-11-22", False),
        ("2026-09", "2026-11-22", True), ("2025-T3", "2025-12-31", False), ("2025-T2", "2025-12-31", True),
    ],
)  # fmt: skip
def test_a_figure_is_old_once_the_period_after_it_has_passed(periode: str, hari: str, expected: bool) -> None:
    assert is_usang(Periode.parse(periode), datetime.date.fromisoformat(hari)) is expected


@pytest.mark.django_db
def test_what_starts_anew_every_january_is_compared_with_the_year_before() -> None:
    periode = Periode.parse("2025-03")
    assert str(sebelum(IndikatorFactory(kode="A", frekuensi="B"), periode)) == "2025-02"
    assert str(sebelum(IndikatorFactory(kode="B", frekuensi="B", kumulatif=True), periode)) == "2024-03"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arah", "tren", "expected"),
    [("naik", 1, "naik, membaik"), ("naik", -1, "turun, memburuk"), ("turun", 1, "naik, memburuk"),
     ("turun", -1, "turun, membaik"), ("naik", 0, "tetap"), ("naik", None, "")],
)  # fmt: skip
def test_a_trend_says_whether_it_is_good(arah: str, tren: int | None, expected: str) -> None:
    satu = BarisIndikator(IndikatorFactory(kode=arah, arah=arah), angka(tren=tren))
    assert satu.tren == expected


def angka(**fields: Any) -> Angka:
    return Angka(Periode("Y", 2025), "ada", 1, 1, **fields)


@pytest.mark.django_db
def test_a_share_of_few_people_carries_its_interval() -> None:
    satu = IndikatorFactory()
    few = BarisIndikator(satu, angka(pembilang=Decimal(16), penyebut=Decimal(20)))
    many = BarisIndikator(satu, angka(pembilang=Decimal(160), penyebut=Decimal(200)))
    assert [round(bound) for bound in few.selang or ()] == [58, 92]
    assert many.selang is None
    assert BarisIndikator(satu).selang is None
    assert selang(satu, angka(alasan=Alasan.KECIL)) is None
    assert selang(IndikatorFactory(jenis="jumlah"), angka(pembilang=Decimal(1), penyebut=Decimal(2))) is None


@pytest.mark.django_db
def test_the_shortfall_counts_people_desa_or_cases() -> None:
    kinds: list[dict[str, Any]] = [
        {"penyebut": "keluarga"}, {"jenis": "ya_tidak"}, {"jenis": "jumlah", "penyebut": "", "satuan": "kasus"},
    ]  # fmt: skip
    units = [IndikatorFactory(**fields).satuan_kurang for fields in kinds]
    assert units == ["keluarga", "desa", "kasus"]


@pytest.mark.django_db
def test_priorities_are_the_bad_that_get_worse_then_the_critical_without_a_trend() -> None:
    def row(kode: str, skor: str | None, tren: int | None) -> BarisIndikator:
        return BarisIndikator(
            IndikatorFactory(kode=kode), angka(skor=None if skor is None else Decimal(skor), tren=tren)
        )

    rows = [
        row("fine", "0.95", -1), row("better", "0.2", 1), row("bad", "0.7", -1), row("worse", "0.3", -1),
        row("critical", "0.1", None), row("weak", "0.6", None), row("steady", "0.1", 0), row("unknown", None, -1),
        BarisIndikator(IndikatorFactory(kode="missing")),
    ]  # fmt: skip
    assert [satu.indikator.kode for satu in prioritas(rows)] == ["worse", "bad", "critical"]
    assert len(prioritas([row(f"many{n}", "0.1", -1) for n in range(15)])) == 10
    assert [satu.indikator.kode for satu in rendah(rows)] == ["steady", "better", "weak"]
    assert len(rendah([row(f"low{n}", "0.1", 0) for n in range(5)])) == 3
    assert rendah([row("near", "0.75", 0)]) == []


# Figures


def test_the_latest_figure_that_ended_by_the_end_of_the_year(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    for tahun, nilai in (("2023", 10), ("2024", 20), ("2025", 30), ("2026", 40)):
        CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode=tahun, pembilang=nilai)
    found = baris(A1)
    assert found.kini and (found.kini.nilai, str(found.kini.periode)) == (30, "2025")
    assert found.lalu and (found.lalu.nilai, str(found.lalu.periode)) == (20, "2024")
    assert semua(A1).tahun_tersedia == [2026, 2025, 2024, 2023]


def test_an_older_figure_stands_in_with_its_own_date_and_a_flag(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode="2023")
    found = baris(A1)
    assert found.kini and str(found.kini.periode) == "2023"
    assert (found.usang, found.lalu) == (True, None)
    assert not baris(A1, batas=datetime.date(2024, 12, 31)).usang


def test_a_running_year_is_judged_by_today(wilayah: dict[str, Wilayah]) -> None:
    monthly = IndikatorFactory(kode="UJI", frekuensi="B")
    CapaianFactory(wilayah=wilayah[A1], indikator=monthly, periode="2026-01")
    batas = datetime.date(2026, 12, 31)
    assert not baris(A1, batas=batas, hari=datetime.date(2026, 2, 28)).usang
    assert baris(A1, batas=batas, hari=datetime.date(2026, 3, 1)).usang


def test_a_gap_in_the_series_is_not_bridged(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    """The figure before is that of the period before, not whatever is older."""
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode="2025")
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode="2023")
    assert baris(A1).lalu is None


def test_not_reported_does_not_hide_what_was_reported_before(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode="2024")
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, nilai=None, status=StatusNilai.TIDAK_DILAPORKAN)
    found = baris(A1)
    assert found.kini and str(found.kini.periode) == "2024"


def test_an_indicator_nobody_reported_keeps_its_row(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    found = baris(A1)
    assert (found.kini, found.tren, found.status.kata, found.selang) == (None, "", "tidak ada data", None)


def test_the_parent_and_the_siblings_of_the_same_period(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    for kode, p in ((A1, 40), (A2, 60), (A3, 90), (B1, 10)):
        NilaiFactory(desa=wilayah[kode], indikator=indikator, pembilang=p)
    capaian.rebuild(2025)
    found = baris(A1)
    assert found.induk and found.induk.nilai == Decimal("63.3333")
    assert found.sebaran == Sebaran(Decimal(60), Decimal(40), Decimal(90), 3)
    assert found.kini and (found.kini.target, found.kini.skor, found.kini.kurang) == (100, Decimal("0.4"), 60)
    alfa = baris(ALFA)
    assert alfa.sebaran and (alfa.sebaran.terendah, alfa.sebaran.n) == (10, 2)
    assert alfa.kini and (alfa.kini.rentang, alfa.kini.n_data, alfa.kini.n_desa) == ((40, 90), 3, 3)
    nation = baris("0")
    assert (nation.induk, nation.sebaran) == (None, None)


def test_a_demo_region_has_no_nation_above_it(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    NilaiFactory(desa=wilayah["99.01.01.2001"], indikator=indikator)
    NilaiFactory(desa=wilayah[A1], indikator=indikator)
    capaian.rebuild(2025)
    assert (baris("99").induk, baris("99").sebaran) == (None, None)
    assert baris("11").sebaran is None  # the demo province does not stand beside it
    assert baris("99.01").induk


def test_a_region_with_figures_of_few_desa_says_so(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    NilaiFactory(desa=wilayah[A1], indikator=indikator)
    capaian.rebuild(2025)
    found = baris(ALFA)
    assert found.kini and (found.kini.n_data, found.kini.n_desa, found.kini.is_cakupan_kurang) == (1, 3, True)


def test_a_desa_shows_what_was_reported_under_the_code_it_follows(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    old = Wilayah.objects.create(
        kode="11.01.01.2009", nama="Lama", induk=wilayah[ALFA], berlaku_sampai="2025-06-30", kode_penerus=A1
    )
    CapaianFactory(wilayah=old, indikator=indikator, pembilang=10)
    found = baris(A1)
    assert found.kini and found.kini.nilai == 10
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, pembilang=30)
    found = baris(A1)
    assert found.kini and found.kini.nilai == 30


def test_the_year_asked_for_else_the_latest_else_this_one(wilayah: dict[str, Wilayah], indikator: Any) -> None:
    assert semua(A1).pilih_tahun("") == 2026
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode="2024")
    CapaianFactory(wilayah=wilayah[A1], indikator=indikator, periode="2025")
    for asked, tahun in (("2024", 2024), ("2025", 2025), ("1999", 2025), ("abc", 2025), ("²⁰²⁴", 2025), ("", 2025)):
        assert semua(A1).pilih_tahun(asked) == tahun


# Who sees what


@pytest.fixture
def peka(wilayah: dict[str, Wilayah]) -> Any:
    """A1 has 2 of 100, A2 50, A3 30; Beta 40."""
    satu = IndikatorFactory(kode="UJI", bidang_kode="KES")
    TargetFactory(indikator=satu)
    for kode, p in ((A1, 2), (A2, 50), (A3, 30), (B1, 40)):
        NilaiFactory(desa=wilayah[kode], indikator=satu, pembilang=p)
    capaian.rebuild(2025)
    return satu


def test_nothing_of_a_hidden_figure_reaches_the_public(peka: Any) -> None:
    found = baris(A1)
    assert found.kini == Angka(Periode("Y", 2025), "ada", 1, 1, Alasan.KECIL)
    assert (found.kini.keterangan, found.status.kata, found.selang, found.tren) == ("<5", "tidak ada data", None, "")
    assert prioritas([found]) == []
    assert baris(A3).kini == Angka(Periode("Y", 2025), "ada", 1, 1, Alasan.PELENGKAP)


def test_the_siblings_of_a_small_desa_do_not_show_it_as_their_lowest(peka: Any) -> None:
    assert baris(A2).sebaran is None  # of three one remains
    assert baris(A2, di_sini=True).sebaran is None
    found = baris(A2, di_sini=True, di_induk=True).sebaran
    assert found and (found.terendah, found.n) == (2, 3)


def test_the_extremes_of_desa_are_for_those_who_work_there(peka: Any) -> None:
    public, known = baris(ALFA).kini, baris(ALFA, di_sini=True).kini
    assert public and known
    assert (public.nilai, public.rentang, known.rentang) == (Decimal("27.3333"), None, (2, 50))


def test_who_works_in_a_desa_sees_it_and_its_past_but_not_more(peka: Any, wilayah: dict[str, Wilayah]) -> None:
    CapaianFactory(wilayah=wilayah[A1], indikator=peka, periode="2024", pembilang=1)
    found = baris(A1, di_sini=True)
    assert found.kini and found.kini.nilai == 2
    assert found.lalu and found.lalu.nilai == 1
    public = baris(A1)
    assert public.lalu and (public.lalu.nilai, public.lalu.alasan) == (None, Alasan.KECIL)


def test_a_small_parent_is_hidden_from_who_works_below_it(wilayah: dict[str, Wilayah]) -> None:
    satu = IndikatorFactory(kode="UJI", bidang_kode="JSO")
    NilaiFactory(desa=wilayah[A1], indikator=satu, pembilang=2)
    NilaiFactory(desa=wilayah[A2], indikator=satu, pembilang=1)
    NilaiFactory(desa=wilayah[B1], indikator=satu, pembilang=50)
    capaian.rebuild(2025)
    found = baris(A1, di_sini=True)
    assert found.kini and found.kini.nilai == 2
    assert found.induk and (found.induk.nilai, found.induk.alasan) == (None, Alasan.KECIL)
    found = baris(A1, di_sini=True, di_induk=True)
    assert found.induk and found.induk.nilai == Decimal("1.5")


def test_the_number_of_queries_does_not_grow(wilayah: dict[str, Wilayah], django_assert_max_num_queries: Any) -> None:
    for n in range(12):
        satu = IndikatorFactory(kode=f"KES-{n:02}", bidang_kode="KES")
        for kode in (A1, A2, A3):
            NilaiFactory(desa=wilayah[kode], indikator=satu, pembilang=n)
    capaian.rebuild(2025)
    assert Capaian.objects.count() > 50
    found = semua(A1)
    with django_assert_max_num_queries(5):
        assert len(found.terbaru(AKHIR)) == 12
