"""Rules of the year and the index: the reference's vectors and every row of its table of edge cases (§4.3–4.6)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from kecamatan.models import ProfilWilayah, Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import (
    APBDes,
    AturanBelanja,
    BarisAPBDes,
    GapBidang,
    IndeksBelanja,
    KepatuhanAturan,
    KualitasBelanja,
    ParameterIbdb,
    PemetaanKegiatan,
)
from tests.factories import APBDesFactory, BarisAPBDesFactory
from tests.layanan_dasar.vektor import JUTA, VEKTOR
from tests.layanan_dasar.vektor import vektor as pakai_vektor


pytestmark = pytest.mark.django_db
A1, A2, ALFA = "11.01.01.2001", "11.01.01.2002", "11.01.01"


@pytest.fixture(autouse=True)
def reference(acuan: None) -> None:
    """Codes, mapping, rules and parameters."""


def lines(apbdes: APBDes, rows: tuple[tuple[str, str, str, int, int | None], ...]) -> None:
    for kegiatan, rekening, sumber, anggaran, realisasi in rows:
        BarisAPBDesFactory(
            apbdes=apbdes,
            kode_kegiatan=kegiatan,
            kode_rekening=rekening,
            sumber_dana=sumber,
            anggaran=anggaran * JUTA,
            realisasi_s2=None if realisasi is None else realisasi * JUTA,
        )


@pytest.fixture
def vektor(wilayah: dict[str, Wilayah]) -> APBDes:
    return pakai_vektor(wilayah[A1])


def indeks(kode: str = A1, tahun: int = 2025) -> IndeksBelanja:
    return IndeksBelanja.objects.get(wilayah__kode=kode, tahun=tahun, parameter__aktif=True)


def row(kode: str = A1) -> KualitasBelanja:
    return KualitasBelanja.objects.get(wilayah__kode=kode, tahun=2025)


def run(tahun_berjalan: int = 2026) -> IndeksBelanja:
    rebuild(2025, tahun_berjalan=tahun_berjalan)
    return indeks()


# The vectors


def test_the_worked_example(vektor: APBDes) -> None:
    found = run()
    parts = [found.c1, found.c2, found.c3, found.c4, found.c5, found.c6]
    assert parts == [Decimal(text) for text in ("0.833333", "0.854286", "0.902857", "0.75", "0.56", "0.75")]
    assert (found.bobot, found.nilai, found.mutu) == (100, Decimal("80.742857"), "A")
    assert (found.alasan, found.sementara) == ("", False)


def test_the_worked_example_without_dates(vektor: APBDes) -> None:
    APBDes.objects.update(tanggal_perdes=None, tanggal_laporan_s1=None, tanggal_lpj=None)
    found = run()
    assert (found.c6, found.bobot) == (None, 90)
    assert found.nilai == Decimal("81.380952")


def test_thirty_per_cent_leaves_out_what_village_land_pays(wilayah: dict[str, Wilayah]) -> None:
    """405 of 1,400 million, 60 of it from tanah bengkok: (405 − 60) / (1,400 − 60) = 0.2575."""
    rows = [("01.01.01", "5.1.1.01", 48), ("01.01.02", "5.1.2.01", 210), ("01.01.03", "5.1.3.01", 12)]
    rows += [("01.01.05", "5.1.4.01", 60), ("01.01.06", "5.2.1.01", 15), ("02.03.10", "5.3.5.01", 995)]
    apbdes = APBDesFactory(desa=wilayah[A1])
    lines(apbdes, tuple((keg, rek, "ADD", juta, None) for keg, rek, juta in rows))
    lines(apbdes, (("01.01.02", "5.1.2.01", "PAD-BENGKOK", 60, None),))
    rebuild(2025)
    r30 = KepatuhanAturan.objects.get(wilayah=wilayah[A1], aturan__kode="tujuh_puluh_tiga_puluh")
    assert round(r30.porsi, 4) == Decimal("0.2575")
    assert (r30.pembilang, r30.penyebut, r30.status) == (345 * JUTA, 1340 * JUTA, "patuh")


def test_concentration_of_the_example(vektor: APBDes) -> None:
    run()
    assert round(row().hhi, 6) == Decimal("0.255902")
    assert round(row().hhi_ternormalisasi, 6) == Decimal("0.069878")


# Rules


@pytest.mark.parametrize(
    ("pembilang", "status"),
    [(0, "patuh"), (150, "patuh"), (151, "tidak_patuh")],
)
def test_at_most_includes_the_limit(pembilang: int, status: str, wilayah: dict[str, Wilayah]) -> None:
    apbdes = APBDesFactory(desa=wilayah[A1])
    lines(apbdes, (("05.03.00", "5.4.1.01", "DDS", pembilang, None), ("02.03.10", "5.3.5.01", "DDS", 700, None)))
    BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="", kode_rekening="4.2.1.01", anggaran=1000 * JUTA)
    rebuild(2025)
    assert KepatuhanAturan.objects.get(wilayah=wilayah[A1], aturan__kode="blt").status == status


def test_what_cannot_be_judged_is_no_breach(wilayah: dict[str, Wilayah]) -> None:
    """Revenue unknown: no pagu. No Dana Desa at all: the rule does not apply. No percentage: named only."""
    unknown = APBDesFactory(desa=wilayah[A1], cakupan_pendapatan="tidak_ada")
    nothing = APBDesFactory(desa=wilayah[A2])
    for apbdes in (unknown, nothing):
        lines(apbdes, (("02.03.10", "5.3.5.01", "ADD", 100, None),))
    AturanBelanja.objects.create(
        kode="wajib", nama="uji", jenis="wajib", ukuran="dd_stunting", basis="belanja_bersih", tahun_dari=2025,
        dasar_hukum="uji", keyakinan="rendah",
    )  # fmt: skip
    rebuild(2025)
    status = {
        (satu.wilayah.kode, satu.aturan.kode): satu.status
        for satu in KepatuhanAturan.objects.filter(wilayah__tingkat=4).select_related("wilayah", "aturan")
    }
    assert status[A1, "blt"] == "tidak_dapat_dihitung"
    assert status[A2, "blt"] == "tidak_berlaku"
    assert status[A2, "wajib"] == "tidak_dapat_dihitung"
    assert status[A1, "tujuh_puluh_tiga_puluh"] == "patuh"


def test_regions_count_their_desa_by_outcome(vektor: APBDes, wilayah: dict[str, Wilayah]) -> None:
    other = APBDesFactory(desa=wilayah[A2], cakupan_belanja="bidang")
    lines(other, (("01", "", "", 10, None),))
    run()
    found = KepatuhanAturan.objects.get(wilayah__kode=ALFA, aturan__kode="tujuh_puluh_tiga_puluh")
    assert (found.n_patuh, found.n_tidak_patuh, found.n_tidak_dapat_dihitung) == (1, 0, 1)
    assert found.penyebut == 1400 * JUTA


def test_a_rule_of_another_year_leaves_no_trace(vektor: APBDes) -> None:
    run()
    AturanBelanja.objects.filter(kode="uji0").update(tahun_sampai=2025, tahun_dari=2025)
    AturanBelanja.objects.filter(kode="uji1").update(tahun_dari=2026)
    run()
    assert set(KepatuhanAturan.objects.values_list("aturan__kode", flat=True)) == {
        "tujuh_puluh_tiga_puluh", "uji0", "uji2",
    }  # fmt: skip


# Edge cases of §4.6


def test_without_a_budget_there_is_no_row_at_all(vektor: APBDes) -> None:
    run()
    assert not IndeksBelanja.objects.filter(wilayah__kode=A2).exists()
    assert row(ALFA).n_apbdes == 1


def test_without_basic_services_allocation_is_zero_and_there_is_no_index(vektor: APBDes) -> None:
    BarisAPBDes.objects.exclude(kode_kegiatan="02.03.10").exclude(kode_kegiatan="").delete()
    found = run()
    assert (found.c1, found.c2, found.c3, found.c5) == (0, None, None, None)
    assert (found.nilai, found.alasan, found.bobot) == (None, "tanpa_layanan_dasar", 50)


def test_realisation_not_reported_is_not_zero(vektor: APBDes) -> None:
    BarisAPBDes.objects.update(realisasi_s2=None)
    found = run()
    assert (found.c2, found.bobot) == (None, 80)
    BarisAPBDes.objects.update(realisasi_s2=0)
    assert run().c2 == 0


def test_the_first_half_of_the_year_is_no_year(vektor: APBDes) -> None:
    BarisAPBDes.objects.update(realisasi_s1=1, realisasi_s2=None)
    assert run().c2 is None


def test_more_than_budgeted_is_shown_raw_and_capped_in_the_index(vektor: APBDes) -> None:
    BarisAPBDes.objects.filter(kode_kegiatan="02.02.02").update(realisasi_s2=900 * JUTA)
    assert run().c2 == 1
    assert row().serapan_inti > 1


def test_spending_without_a_budget_is_an_anomaly(vektor: APBDes) -> None:
    BarisAPBDes.objects.filter(kode_kegiatan="02.03.10").update(anggaran=0)
    run()
    assert (row().n_tanpa_anggaran, row().tanpa_anggaran) == (1, 900 * JUTA)


def test_an_amendment_counts_and_the_original_gives_its_volatility(vektor: APBDes) -> None:
    APBDes.objects.update(berlaku=False)
    changed = APBDesFactory(desa=vektor.desa, jenis="perubahan", urutan_perubahan=1)
    lines(changed, (*VEKTOR[:-1], ("02.03.10", "5.3.5.01", "ADD", 1000, 900), ("02.03.11", "5.3.5.01", "ADD", 90, 0)))
    run()
    assert (row().awal, row().ubah) == (1400 * JUTA, 140 * JUTA)
    assert row().volatilitas == Decimal("0.1")
    assert row().jumlah("rincian").anggaran == 1440 * JUTA


def test_a_running_year_has_no_index_but_components(vektor: APBDes) -> None:
    found = run(tahun_berjalan=2025)
    assert (found.nilai, found.alasan) == (None, "tahun_berjalan")
    assert found.c1 is not None
    assert run(tahun_berjalan=2026).nilai is not None


def test_without_detail_there_is_a_reason(wilayah: dict[str, Wilayah]) -> None:
    apbdes = APBDesFactory(desa=wilayah[A1], cakupan_belanja="bidang")
    lines(apbdes, (("01", "", "", 10, None),))
    found = run()
    assert (found.c1, found.nilai, found.alasan) == (None, None, "rincian_belum_ada")


def test_little_weight_gives_no_index(vektor: APBDes) -> None:
    GapBidang.objects.all().delete()
    BarisAPBDes.objects.update(realisasi_s2=None)
    found = run()
    assert (found.c2, found.c3, found.bobot) == (None, None, 60)
    assert (found.nilai, found.alasan) == (None, "bobot_kurang")


@pytest.mark.parametrize(
    "change",
    [{"keep": 2}, {"gap": "0"}, {"gap": None}],
    ids=["two services", "no need left", "no data"],
)
def test_alignment_needs_three_services_and_some_need(change: dict[str, object], vektor: APBDes) -> None:
    if "keep" in change:
        GapBidang.objects.exclude(bidang_id__in=("PDK", "KES")).delete()
    else:
        GapBidang.objects.update(gap=change["gap"])
    assert run().c3 is None


def test_much_that_is_unmapped_makes_the_index_provisional(vektor: APBDes) -> None:
    BarisAPBDes.objects.filter(kode_kegiatan="02.03.10").update(kode_kegiatan="02.03.97")
    found = run()
    assert found.sementara
    assert found.nilai is not None


def test_a_published_index_stands_whatever_changes_later(vektor: APBDes) -> None:
    before = run().nilai
    IndeksBelanja.objects.update(terbit=True)
    BarisAPBDes.objects.filter(kode_kegiatan="02.01.01").delete()
    assert run().nilai == before
    APBDes.objects.update(berlaku=False)
    run()
    assert indeks().nilai == before
    for change in (IndeksBelanja.objects.all().delete, lambda: IndeksBelanja.objects.update(nilai=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_new_parameters_are_a_new_version(vektor: APBDes) -> None:
    run()
    IndeksBelanja.objects.update(terbit=True)
    lama = ParameterIbdb.objects.get()
    ParameterIbdb.objects.update(aktif=False)
    values = {f.attname: getattr(lama, f.attname) for f in ParameterIbdb._meta.concrete_fields}
    ParameterIbdb.objects.create(**values | {"versi": "uji", "aktif": True, "target_alokasi": "0.25"})
    found = run()
    assert (found.parameter_id, found.c1) == ("uji", 1)
    assert IndeksBelanja.objects.filter(wilayah__kode=A1).count() == 2


def test_money_that_passes_through_stays_out_of_the_headline(vektor: APBDes) -> None:
    PemetaanKegiatan.objects.filter(kode_kegiatan="02.03.10").update(tag=["kdmp"])
    run()
    assert row().porsi_inti == 1
    assert row().porsi_inti_dengan_kdmp == Decimal("0.25")


# The region


def test_a_kecamatan_is_computed_from_sums_and_shows_its_spread(vektor: APBDes, wilayah: dict[str, Wilayah]) -> None:
    other = APBDesFactory(desa=wilayah[A2])
    lines(other, (("02.01.01", "5.2.1.01", "ADD", 50, 50), ("02.03.10", "5.3.5.01", "ADD", 550, 550)))
    for kode, jiwa in ((A1, 1000), (A2, 500)):
        ProfilWilayah.objects.create(wilayah=wilayah[kode], per="2024-12-31", penduduk=jiwa, sumber="uji")
    run()
    alfa = row(ALFA)
    assert alfa.porsi_inti == Decimal("0.200000")
    assert (alfa.porsi_min, alfa.porsi_maks) == (Decimal("0.083333"), Decimal("0.250000"))
    assert alfa.porsi_median == Decimal("0.166667")
    assert alfa.per_kapita == Decimal(400 * JUTA) / 1500
    assert alfa.gini == Decimal("0.277778")  # 100,000 and 350,000 rupiah a head
    assert indeks(ALFA).c1 == Decimal("0.666667")


def test_one_desa_has_no_inequality(vektor: APBDes, wilayah: dict[str, Wilayah]) -> None:
    ProfilWilayah.objects.create(wilayah=wilayah[A1], per="2024-12-31", penduduk=10, sumber="uji")
    run()
    assert row(ALFA).gini is None
    APBDes.objects.update(cakupan_belanja="bidang")
    run()
    assert (row(ALFA).porsi_min, row(ALFA).gini) == (None, None)


def test_a_second_run_changes_nothing(vektor: APBDes) -> None:
    run()
    assert rebuild(2025, tahun_berjalan=2026) == {"tahun": 2025, "desa": 0, "wilayah": 0}
