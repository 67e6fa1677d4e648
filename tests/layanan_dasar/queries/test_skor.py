"""Scores of the services: of a region, those below it, over the years, and how complete they are."""

from decimal import Decimal
from typing import Any

import pytest

from kecamatan.models import Bidang, Wilayah
from layanan_dasar.models import Indikator
from layanan_dasar.queries.skor import SkorWilayah, rata_rata, skor_terbaru, skor_wilayah, urut_anak
from tests.factories import CapaianFactory, GapFactory, IndikatorFactory


pytestmark = pytest.mark.django_db
A1, A2, A3, ALFA, SATU = "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.01", "11.01"


BIDANG = [Bidang(pk="PDK"), Bidang(pk="KES")]


@pytest.fixture
def katalog(acuan: None, wilayah: dict[str, Wilayah]) -> list[Indikator]:
    for bidang in ("PDK", "KES", "SAB", "JSO", "ADM"):
        IndikatorFactory(kode=f"{bidang}-01", bidang_kode=bidang)
    IndikatorFactory(kode="IDM-1", bidang_kode="PDK", konteks=True)
    return list(Indikator.objects.select_related("bidang").order_by("bidang__urutan", "kode"))


def skor(
    katalog: list[Indikator], kode: str = ALFA, induk: str | None = SATU, *, is_known: bool = False
) -> SkorWilayah:
    above = Wilayah.objects.get(kode=induk) if induk else None
    return skor_wilayah(Wilayah.objects.get(kode=kode), above, 2025, katalog, is_known=is_known)


def test_a_service_beside_its_parent_and_the_range_of_its_children(
    katalog: list[Indikator], wilayah: dict[str, Wilayah]
) -> None:
    for kode, gap in ((ALFA, "0.28"), (SATU, "0.4"), (A1, "0.1"), (A2, "0.7")):
        GapFactory(wilayah=wilayah[kode], gap=Decimal(gap))
    GapFactory(wilayah=wilayah[A3], gap=None, n_indikator=1)
    found = skor(katalog).bidang
    assert [satu.bidang.pk for satu in found] == ["PDK", "KES", "SAB", "JSO", "ADM"]
    pdk, kes = found[:2]
    assert (pdk.skor, pdk.induk, pdk.anak) == (Decimal("0.72"), Decimal("0.6"), (Decimal("0.3"), Decimal("0.9")))
    assert (pdk.n_indikator, pdk.n_katalog, pdk.status.kata) == (2, 1, "perlu perhatian")
    assert (kes.skor, kes.induk, kes.anak, kes.n_indikator, kes.status.kata) == (None, None, None, 0, "tidak ada data")


def test_the_years_of_a_service_that_have_a_score(katalog: list[Indikator], wilayah: dict[str, Wilayah]) -> None:
    for tahun, gap in ((2017, "0.9"), (2018, "0.8"), (2023, None), (2024, "0.6"), (2025, "0.5"), (2026, "0.4")):
        GapFactory(wilayah=wilayah[ALFA], tahun=tahun, gap=gap and Decimal(gap))
    tren = skor(katalog, induk=None).bidang[0].tren
    assert tren == [(2018, Decimal("0.2")), (2024, Decimal("0.4")), (2025, Decimal("0.5"))]


def test_all_services_together_need_three_of_them() -> None:
    assert rata_rata([Decimal("0.2"), Decimal("0.4"), None, None, None]) is None
    assert rata_rata([Decimal("0.2"), Decimal("0.4"), Decimal("0.9"), None, None]) == Decimal("0.5")


def test_children_with_their_scores_and_how_many_indicators_of_the_year_they_have(
    katalog: list[Indikator], wilayah: dict[str, Wilayah]
) -> None:
    for bidang, gap in (("PDK", "0.1"), ("KES", "0.2"), ("SAB", "0.3")):
        GapFactory(wilayah=wilayah[A1], bidang_kode=bidang, gap=Decimal(gap))
    for periode in ("2025-01", "2025-02", "2024-12"):
        CapaianFactory(wilayah=wilayah[A1], indikator=Indikator.objects.get(pk="PDK-01"), periode=periode)
    CapaianFactory(wilayah=wilayah[A1], indikator=Indikator.objects.get(pk="IDM-1"))
    CapaianFactory(
        wilayah=wilayah[A1], indikator=Indikator.objects.get(pk="ADM-01"), status="tidak_dilaporkan", nilai=None
    )
    a3, a1, a2 = skor(katalog).anak
    assert (a1.wilayah.nama, a1.semua, a1.skor["KES"]) == ("A1", Decimal("0.8"), Decimal("0.8"))
    assert a1.n_lapor == {"PDK": 1}
    assert (a2.semua, a2.n_lapor, a3.nilai("PDK")) == (None, {}, None)
    assert (a1.nilai(""), a1.nilai("SAB")) == (Decimal("0.8"), Decimal("0.7"))


def test_of_a_desa_a_single_indicator_of_health_is_not_a_mean(
    katalog: list[Indikator], wilayah: dict[str, Wilayah]
) -> None:
    GapFactory(wilayah=wilayah[A1], bidang_kode="KES", n_indikator=1)
    GapFactory(wilayah=wilayah[A1], bidang_kode="PDK", n_indikator=1)
    GapFactory(wilayah=wilayah[A2], bidang_kode="KES", n_indikator=2)
    GapFactory(wilayah=wilayah[ALFA], bidang_kode="KES", n_indikator=1)
    public = skor(katalog)
    assert [satu.skor["KES"] for satu in public.anak] == [None, None, Decimal("0.5")]
    assert public.anak[1].skor["PDK"] == Decimal("0.5")
    assert public.bidang[1].skor == Decimal("0.5")
    assert skor(katalog, is_known=True).anak[1].skor["KES"] == Decimal("0.5")
    CapaianFactory(wilayah=wilayah[A1])
    assert skor_terbaru(wilayah[A1], 2025, BIDANG, is_known=False)[1][1].skor is None


def test_a_village_that_follows_another_shows_its_score(katalog: list[Indikator], wilayah: dict[str, Wilayah]) -> None:
    old = Wilayah.objects.create(
        kode="11.01.01.2009", nama="Lama", induk=wilayah[ALFA], berlaku_sampai="2025-06-30", kode_penerus=A1
    )
    GapFactory(wilayah=old, gap=Decimal("0.9"))
    assert skor(katalog, A1, ALFA).bidang[0].skor == Decimal("0.1")
    GapFactory(wilayah=wilayah[A1], gap=Decimal("0.2"))
    assert skor(katalog, A1, ALFA).bidang[0].skor == Decimal("0.8")
    assert skor(katalog, A1, ALFA).anak == []


def test_the_weakest_service_comes_first_and_one_region_has_no_range(
    katalog: list[Indikator], wilayah: dict[str, Wilayah]
) -> None:
    for bidang, gap in (("PDK", "0.2"), ("SAB", "0.7"), ("ADM", "0.2"), ("KES", None)):
        GapFactory(wilayah=wilayah[ALFA], bidang_kode=bidang, gap=None if gap is None else Decimal(gap))
    GapFactory(wilayah=wilayah[A1], gap=Decimal("0.3"))
    assert [satu.bidang.pk for satu in skor(katalog).terurut] == ["SAB", "PDK", "ADM"]
    assert skor(katalog).bidang[0].anak is None
    GapFactory(wilayah=wilayah[A2], gap=Decimal("0.1"))
    assert skor(katalog).bidang[0].anak == (Decimal("0.7"), Decimal("0.9"))


def test_the_nation_lists_no_demo_province(katalog: list[Indikator], wilayah: dict[str, Wilayah]) -> None:
    assert [satu.wilayah.kode for satu in skor(katalog, "0", None).anak] == ["11"]
    assert [satu.wilayah.kode for satu in skor(katalog, "99", None).anak] == ["99.01"]


def test_the_order_of_the_table(katalog: list[Indikator], wilayah: dict[str, Wilayah]) -> None:
    GapFactory(wilayah=wilayah[A1], gap=Decimal("0.9"))
    GapFactory(wilayah=wilayah[A2], gap=Decimal("0.2"))
    rows = skor(katalog).anak

    def names(urut: str) -> list[str]:
        return [satu.wilayah.nama for satu in urut_anak(rows, urut)]

    assert names("") == names("nonsense") == ["A3", "A1", "A2"]
    assert names("PDK") == ["A1", "A2", "A3"]
    assert names("-PDK") == ["A2", "A1", "A3"]
    assert names("-nama") == ["A3", "A2", "A1"]
    assert names("semua") == ["A3", "A1", "A2"]


def test_three_queries_however_many(
    katalog: list[Indikator], wilayah: dict[str, Wilayah], django_assert_num_queries: Any
) -> None:
    region, above = wilayah[ALFA], wilayah[SATU]
    for kode in (A1, A2, A3, ALFA, SATU):
        GapFactory(wilayah=wilayah[kode])
    with django_assert_num_queries(3):
        skor_wilayah(region, above, 2025, katalog, is_known=False)


def test_the_short_form_takes_the_latest_year_with_figures(acuan: None, wilayah: dict[str, Wilayah]) -> None:
    """Not 2026, whose score still counts the figures of the year before; and what is context is not counted."""
    assert skor_terbaru(wilayah[ALFA], 2026, BIDANG, is_known=False) == (2026, [])
    for tahun, gap in ((2024, "0.5"), (2025, "0.3"), (2026, "0.3"), (2027, "0.1")):
        GapFactory(wilayah=wilayah[ALFA], tahun=tahun, gap=Decimal(gap))
    anak = IndikatorFactory(kode="PDK-01")
    for periode in ("2024", "2025", "2027"):
        CapaianFactory(wilayah=wilayah[ALFA], indikator=anak, periode=periode)
    CapaianFactory(wilayah=wilayah[ALFA], indikator=IndikatorFactory(konteks=True), periode="2026")
    tahun, services = skor_terbaru(wilayah[ALFA], 2026, BIDANG, is_known=False)
    assert (tahun, len(services), services[0].skor, services[1].skor) == (2025, 2, Decimal("0.7"), None)
