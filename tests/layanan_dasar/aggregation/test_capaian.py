import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from kecamatan.models import Wilayah
from layanan_dasar.aggregation import capaian, naik
from layanan_dasar.models import Capaian, GapBidang, Indikator, NilaiIndikator, TargetIndikator
from p3pd_portal.lib.periode import Periode
from tests.factories import IndikatorFactory, NilaiFactory, TargetFactory
from tests.layanan_dasar.aggregation import capaian_lambat


pytestmark = pytest.mark.django_db
A1, A2, A3, B1, G1, X1 = (
    "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.02.2001", "11.02.01.2001", "99.01.01.2001",
)  # fmt: skip
KOLOM = (
    "pembilang", "penyebut", "status", "nilai", "terendah", "tertinggi", "n_data", "target", "skor", "kurang",
)  # fmt: skip


@pytest.fixture
def indikator(wilayah: dict[str, Wilayah]) -> Indikator:
    satu = IndikatorFactory()
    TargetFactory(indikator=satu)
    return satu


@pytest.fixture
def lapor(wilayah: dict[str, Wilayah], indikator: Indikator) -> Callable[..., NilaiIndikator]:
    """A published figure of a desa by its code, 82 of 100 unless told."""

    def report(kode: str, pembilang: object = 82, penyebut: object = 100, **fields: object) -> NilaiIndikator:
        fields = {"indikator": indikator} | fields
        return NilaiFactory(desa=wilayah[kode], pembilang=pembilang, penyebut=penyebut, **fields)

    return report


def row(kode: str, periode: str = "2025", **keys: object) -> Capaian:
    return Capaian.objects.get(wilayah__kode=kode, periode=periode, **keys)


def test_a_value_its_score_and_its_shortfall(lapor: Callable[..., NilaiIndikator]) -> None:
    """The vector v = 82, t = 100, f = 0 → 0.82; 18 of 100 children are missing."""
    lapor(A1)
    capaian.rebuild(2025)
    satu = row(A1)
    assert (satu.nilai, satu.target, satu.skor, satu.kurang) == (82, 100, Decimal("0.82"), 18)


def test_the_vector_of_stunting(wilayah: dict[str, Wilayah]) -> None:
    """v = 21.5, t = 14, f = 40 → 0.7115."""
    stunting = IndikatorFactory(kode="KES-13", arah="turun")
    TargetFactory(indikator=stunting, nilai=14, lantai=40)
    NilaiFactory(desa=wilayah[A1], indikator=stunting, pembilang=43, penyebut=200)
    capaian.rebuild(2025)
    assert (row(A1).nilai, row(A1).skor, row(A1).kurang) == (Decimal("21.5"), Decimal("0.711538"), 15)


def test_a_region_divides_sums_and_never_averages_percentages(lapor: Callable[..., NilaiIndikator]) -> None:
    """10 of 10 and 0 of 90 are 10 per cent, not 50."""
    lapor(A1, 10, 10)
    lapor(A2, 0, 90)
    capaian.rebuild(2025)
    for kode in ("11.01.01", "11.01", "11", "0"):
        satu = row(kode)
        assert (satu.pembilang, satu.penyebut, satu.nilai) == (10, 100, 10)
        assert (satu.terendah, satu.tertinggi, satu.n_data) == (0, 100, 2)
    assert row("11.01.01").n_desa == 3  # the kelurahan is counted
    assert row("11.01.01").kurang == 90


def test_nobody_to_serve_is_neither_zero_nor_all(lapor: Callable[..., NilaiIndikator]) -> None:
    lapor(A1, 0, 0)
    lapor(A2, 5, 10)
    capaian.rebuild(2025)
    assert (row(A1).status, row(A1).nilai, row(A1).skor) == ("tidak_ada_sasaran", None, None)
    assert (row("11.01.01").nilai, row("11.01.01").n_data) == (50, 1)


def test_not_reported_and_not_applicable_stay_apart(lapor: Callable[..., NilaiIndikator]) -> None:
    lapor(A1, None, None, status="tidak_dilaporkan")
    lapor(A2, None, None, status="tidak_berlaku")
    capaian.rebuild(2025)
    assert [row(kode).status for kode in (A1, A2)] == ["tidak_dilaporkan", "tidak_berlaku"]
    assert (row("11.01.01").nilai, row("11.01.01").n_data) == (None, 0)


def test_more_than_projected_is_shown_raw_and_capped_in_the_score(lapor: Callable[..., NilaiIndikator]) -> None:
    lapor(A1, 120, 100)
    capaian.rebuild(2025)
    assert (row(A1).nilai, row(A1).skor, row(A1).kurang, row(A1).melebihi_sasaran) == (120, 1, 0, True)


def test_counts_are_summed_and_scales_have_a_median(wilayah: dict[str, Wilayah]) -> None:
    kasus = IndikatorFactory(kode="KES-18", jenis="jumlah", arah="turun", penyebut="")
    idm = IndikatorFactory(kode="IDM-IDM", jenis="skala", penyebut="", konteks=True)
    for kode, jumlah, skala in ((A1, 2, "0.7"), (A2, 1, "0.5"), (B1, 0, "0.8")):
        NilaiFactory(desa=wilayah[kode], indikator=kasus, pembilang=jumlah, penyebut=None)
        NilaiFactory(desa=wilayah[kode], indikator=idm, pembilang=Decimal(skala), penyebut=None)
    capaian.rebuild(2025)
    assert row("11.01", indikator=kasus).nilai == 3
    satu = row("11.01", indikator=idm)
    assert (satu.nilai, satu.terendah, satu.tertinggi) == (Decimal("0.7"), Decimal("0.5"), Decimal("0.8"))
    assert (satu.pembilang, satu.n_data) == (None, 3)


def test_the_floor_of_a_count_is_one_more_than_in_its_first_year(wilayah: dict[str, Wilayah]) -> None:
    """Four deaths at first, then two: half of the way from five to none … (2 − 5) / (0 − 5) = 0.6."""
    kasus = IndikatorFactory(kode="KES-18", jenis="jumlah", arah="turun", penyebut="")
    TargetFactory(indikator=kasus, nilai=0)
    for tahun, jumlah in ((2023, 4), (2024, 3), (2025, 2)):
        NilaiFactory(desa=wilayah[A1], indikator=kasus, periode=str(tahun), pembilang=jumlah, penyebut=None)
        capaian.rebuild(tahun)
    assert [row(A1, tahun).skor for tahun in ("2023", "2024", "2025")] == [
        Decimal("0.2"), Decimal("0.4"), Decimal("0.6"),
    ]  # fmt: skip
    assert row("11", "2025").skor == Decimal("0.6")


def test_a_kabupaten_sets_its_own_target_but_not_below_the_minimum_standard(
    lapor: Callable[..., NilaiIndikator], wilayah: dict[str, Wilayah], indikator: Indikator
) -> None:
    lapor(A1)
    lapor(G1)
    TargetFactory(indikator=indikator, wilayah=wilayah["11.01"], nilai=90, basis="daerah", tahun=2025)
    capaian.rebuild(2025)
    assert [row(kode).target for kode in (A1, "11.01", G1, "11")] == [90, 90, 100, 100]
    TargetFactory(indikator=indikator, basis="spm")
    capaian.rebuild(2025)
    assert {row(kode).target for kode in (A1, "11.01", G1, "11")} == {100}


@pytest.mark.parametrize(("tahun", "target"), [(2023, 50), (2024, 50), (2025, 60), (2029, 60), (2030, 70), (2031, 70)])
def test_a_target_holds_until_the_next_one(
    lapor: Callable[..., NilaiIndikator], indikator: Indikator, tahun: int, target: int
) -> None:
    TargetIndikator.objects.all().delete()
    for of, nilai in ((2024, 50), (2025, 60), (2030, 70)):
        TargetFactory(indikator=indikator, tahun=of, nilai=nilai)
    lapor(A1, periode=str(tahun))
    capaian.rebuild(tahun)
    assert row(A1, str(tahun)).target == target


def test_the_last_published_revision_counts_and_is_never_changed(lapor: Callable[..., NilaiIndikator]) -> None:
    pertama = lapor(A1, 10)
    lapor(A1, 20, revisi=2)
    lapor(A1, 99, revisi=3, terbit_pada=None)  # a draft
    capaian.rebuild(2025)
    assert row(A1).nilai == 20
    for change in (pertama.delete, lambda: NilaiIndikator.objects.filter(pk=pertama.pk).update(pembilang=1)):
        with pytest.raises(IntegrityError, match="sudah terbit"), transaction.atomic():
            change()


def test_a_region_without_figures_any_more_has_no_row(lapor: Callable[..., NilaiIndikator]) -> None:
    draf = lapor(A1, terbit_pada=None)
    NilaiIndikator.objects.filter(pk=draf.pk).update(terbit_pada="2026-01-01T00:00Z")
    capaian.rebuild(2025)
    assert Capaian.objects.count() == 5
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE layanan_dasar_nilaiindikator DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM layanan_dasar_nilaiindikator")
    assert capaian.rebuild(2025) > 0
    assert not Capaian.objects.exists()
    assert not GapBidang.objects.exists()


def test_a_second_run_writes_nothing(lapor: Callable[..., NilaiIndikator]) -> None:
    lapor(A1)
    lapor(B1, 5, 10)
    assert capaian.rebuild(2025) > 0
    assert capaian.rebuild(2025) == 0


def test_a_table_that_was_just_filled_is_counted(
    lapor: Callable[..., NilaiIndikator], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next statement would join it as if it were empty."""
    monkeypatch.setattr(naik, "MANY", 1)
    lapor(A1)
    lapor(A2)
    capaian.rebuild(2025)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'layanan_dasar_capaian'")
        assert cursor.fetchone() == (2,)


def test_the_demo_counts_in_its_kabupaten_but_not_in_the_nation(lapor: Callable[..., NilaiIndikator]) -> None:
    lapor(X1)
    capaian.rebuild(2025)
    assert row("99").nilai == 82
    assert not Capaian.objects.filter(wilayah__kode="0").exists()


def test_a_closed_village_counts_where_its_successor_is_until_that_has_its_own(
    lapor: Callable[..., NilaiIndikator], wilayah: dict[str, Wilayah]
) -> None:
    lapor(A1, 10)
    Wilayah.objects.filter(kode=A1).update(berlaku_sampai="2025-06-30", kode_penerus=B1)
    capaian.rebuild(2025)
    assert (row("11.01.02").nilai, row("11.01.02").n_data) == (10, 1)
    assert not Capaian.objects.filter(wilayah__kode="11.01.01").exists()
    lapor(B1, 90)
    capaian.rebuild(2025)
    assert row("11.01.02").nilai == 90


# --- the gap of a bidang


@pytest.fixture
def empat(wilayah: dict[str, Wilayah]) -> list[Indikator]:
    """Four indicators of education with a target of 100, the last with double weight."""
    daftar = [IndikatorFactory(kode=f"PDK-0{n}", bobot=2 if n == 4 else 1) for n in range(1, 5)]
    for satu in daftar:
        TargetFactory(indikator=satu)
    return daftar


def test_a_bidang_needs_half_of_its_weight(wilayah: dict[str, Wilayah], empat: list[Indikator]) -> None:
    for satu in empat[:2]:
        NilaiFactory(desa=wilayah[A1], indikator=satu, pembilang=60)
    capaian.rebuild(2025)
    gap = GapBidang.objects.get(wilayah=wilayah[A1], tahun=2025)
    assert (gap.gap, gap.n_indikator, gap.n_katalog) == (None, 2, 4)
    NilaiFactory(desa=wilayah[A1], indikator=empat[3], pembilang=90)
    capaian.rebuild(2025)
    gap.refresh_from_db()
    assert (gap.gap, gap.n_indikator) == (Decimal("0.25"), 3)  # 1 − (0.6 + 0.6 + 2 × 0.9) / 4
    assert GapBidang.objects.get(wilayah=wilayah["0"], tahun=2025).gap == Decimal("0.25")


def test_context_never_enters_a_score(wilayah: dict[str, Wilayah], empat: list[Indikator]) -> None:
    podes = IndikatorFactory(kode="PODES-SD", konteks=True)
    TargetFactory(indikator=podes)
    NilaiFactory(desa=wilayah[A1], indikator=podes)
    capaian.rebuild(2025)
    assert not GapBidang.objects.exists()


def test_last_year_stands_in_until_this_year_is_there(wilayah: dict[str, Wilayah], empat: list[Indikator]) -> None:
    for satu in empat:
        NilaiFactory(desa=wilayah[A1], indikator=satu, pembilang=50)
    NilaiFactory(desa=wilayah[A1], indikator=empat[0], periode="2026", pembilang=100)
    capaian.rebuild(2025)
    capaian.rebuild(2026)
    gaps = dict(GapBidang.objects.filter(wilayah=wilayah[A1]).values_list("tahun", "gap"))
    assert gaps == {2025: Decimal("0.5"), 2026: Decimal("0.4"), 2027: None}


# --- trends


@pytest.mark.parametrize(
    ("values", "tren"),
    [
        ((50, 60, 70), None),
        ((50, 60, 70, 80), 1),
        ((80, 70, 60, 50), -1),
        ((50, 50, 51, 50), 0),
        ((50, 80, 40, 60), 0),
    ],
    ids=["three are too few", "up", "down", "hardly", "to and fro"],
)
def test_trend_words(lapor: Callable[..., NilaiIndikator], values: tuple[int, ...], tren: int | None) -> None:
    first = 2026 - len(values)
    for tahun, nilai in enumerate(values, first):
        lapor(A1, nilai, periode=str(tahun))
        capaian.rebuild(tahun)
    assert row(A1).tren == tren
    assert row("0").tren == tren


def test_cumulative_months_are_compared_with_the_same_month_of_other_years(wilayah: dict[str, Wilayah]) -> None:
    """Every December is below its November of the year before, yet rises from year to year."""
    kumulatif = IndikatorFactory(kode="KES-01", frekuensi="B", kumulatif=True)
    for tahun in (2022, 2023, 2024, 2025):
        for bulan, nilai in ((1, 5 + tahun - 2022), (12, 50 + 5 * (tahun - 2022))):
            NilaiFactory(desa=wilayah[A1], indikator=kumulatif, periode=f"{tahun}-{bulan:02}", pembilang=nilai)
        capaian.rebuild(tahun)
    assert row(A1, "2025-12").tren == 1
    assert row(A1, "2025-01").tren == 1


# --- against the slow second implementation


def acak(seed: int, wilayah: dict[str, Wilayah]) -> None:
    random.seed(seed)
    daftar = [
        IndikatorFactory(kode="PDK-01"),
        IndikatorFactory(kode="PDK-05", arah="turun"),
        IndikatorFactory(kode="SAB-01", frekuensi="S"),
        IndikatorFactory(kode="SAB-07", jenis="ya_tidak"),
        IndikatorFactory(kode="KES-18", jenis="jumlah", arah="turun", penyebut=""),
        IndikatorFactory(kode="SAB-08", jenis="skala", penyebut=""),
    ]
    for satu in daftar[:5]:
        TargetFactory(indikator=satu, nilai=random.choice([0, 40, 95, 100]), basis=random.choice(["spm", "portal"]))
    TargetFactory(indikator=daftar[0], wilayah=wilayah["11.01"], nilai=70, basis="daerah", lantai=20)
    for satu in daftar:
        for kode in (A1, A2, A3, B1, "11.01.02.2002", G1, X1):
            for periode in ("2025-S1", "2025-S2") if satu.frekuensi == "S" else ("2025",):
                if random.random() < 0.8:
                    n = random.choice([0, 1, 20, 300])
                    p = random.randint(0, 1) if satu.jenis == "ya_tidak" else random.randint(0, n)
                    status = random.choice(["ada"] * 6 + ["tidak_dilaporkan", "tidak_berlaku"])
                    whole = 1 if satu.jenis == "ya_tidak" else n if satu.jenis == "persen" else None
                    NilaiFactory(
                        desa=wilayah[kode], indikator=satu, periode=periode, status=status,
                        pembilang=p if status == "ada" else None, penyebut=whole if status == "ada" else None,
                    )  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_a_slow_second_implementation(wilayah: dict[str, Wilayah], seed: int) -> None:
    acak(seed, wilayah)
    capaian.rebuild(2025)
    stored = {
        (satu.wilayah.kode, satu.indikator_id, satu.periode): tuple(getattr(satu, name) for name in KOLOM)
        for satu in Capaian.objects.select_related("wilayah")
    }
    expected = {key: tuple(getattr(satu, name) for name in KOLOM) for key, satu in capaian_lambat.hitung(2025).items()}
    assert stored == expected


@pytest.mark.parametrize("seed", range(3))
def test_parts_in_any_order_make_the_same_tables_as_one_run(wilayah: dict[str, Wilayah], seed: int) -> None:
    def snapshot() -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
        return (
            set(Capaian.objects.values_list("wilayah", "indikator", "periode", "tren", *KOLOM)),
            set(GapBidang.objects.values_list("wilayah", "tahun", "bidang", "gap", "n_indikator", "n_katalog")),
        )

    acak(seed, wilayah)
    parts = [list(Wilayah.objects.filter(kode__startswith=f"{kab}.", tingkat=4)) for kab in ("11.01", "11.02", "99.01")]
    random.shuffle(parts)
    for part in parts:
        capaian.rebuild(2025, desa_ids=[desa.pk for desa in part], sampai=2)
    capaian.rebuild_above(2025)
    by_parts = snapshot()
    assert capaian.rebuild(2025) == 0
    assert snapshot() == by_parts


def test_the_trend_agrees_with_its_pure_function(wilayah: dict[str, Wilayah]) -> None:
    random.seed(5)
    satu = IndikatorFactory(kode="SAB-06", frekuensi="T")
    start = Periode.parse("2022-T1")
    for kode in (A1, B1, G1):
        for step in range(14):
            if random.random() < 0.9:
                NilaiFactory(
                    desa=wilayah[kode], indikator=satu, periode=str(start.shift(step)), pembilang=random.randint(0, 100)
                )
    for tahun in (2022, 2023, 2024, 2025):
        capaian.rebuild(tahun)
    for stored in Capaian.objects.filter(akhir__year=2025).select_related("wilayah"):
        assert stored.tren == capaian_lambat.tren(stored.wilayah.kode, satu, stored.periode), stored
