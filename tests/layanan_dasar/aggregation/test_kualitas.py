import random
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection

from kecamatan.models import ProfilWilayah, Wilayah
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import APBDes, BarisAPBDes, KualitasBelanja, TotalAPBDes
from layanan_dasar.models.kualitas import KELOMPOK, KODE_BIDANG, KOLOM_HITUNG, KOLOM_RUPIAH, UKURAN
from tests.factories import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory
from tests.layanan_dasar.aggregation.lambat import hitung_tahun


pytestmark = pytest.mark.django_db
JUTA = 1_000_000

# Desa A1: a hundred million, so that every amount in millions is also a per cent.
A1 = (
    ("02.01.01", "5.2.2.04", "DDS", 10),  # PDK inti
    ("02.02.02", "5.2.1.01", "DDS", 20),  # KES inti
    ("02.04.11", "5.3.8.01", "DDS", 15),  # SAB inti
    ("05.03.00", "5.4.1.01", "DDS", 5),  # BLT: JSO inti
    ("05.03.00", "5.4.1.01", "ADD", 2),  # not from Dana Desa: JSO terkait
    ("01.03.01", "5.2.1.01", "ADD", 3),  # ADM inti
    ("02.04.15", "5.3.2.01", "DDS", 10),  # SAB terkait
    ("02.03.10", "5.3.5.01", "DDS", 25),  # a road: no basic service
    ("02.04.90", "5.3.9.01", "DDS", 10),  # local code: unmapped
)


def budget(desa: Wilayah, lines: tuple[tuple[str, str, str, int], ...], **fields: object) -> APBDes:
    apbdes = APBDesFactory(desa=desa, **fields)
    for kegiatan, rekening, sumber, juta in lines:
        BarisAPBDesFactory(
            apbdes=apbdes, kode_kegiatan=kegiatan, kode_rekening=rekening, sumber_dana=sumber, anggaran=juta * JUTA
        )
    return apbdes


def row(kode: str, tahun: int = 2025) -> KualitasBelanja:
    return KualitasBelanja.objects.get(wilayah__kode=kode, tahun=tahun)


@pytest.fixture
def a1(wilayah: dict[str, Wilayah], acuan: None) -> APBDes:
    return budget(wilayah["11.01.01.2001"], A1)


def test_a_desa_row_holds_its_own_shares(a1: APBDes) -> None:
    kualitas.rebuild(2025)
    desa = row("11.01.01.2001")
    inti = {kode: desa.jumlah(f"inti_{kode.lower()}").anggaran for kode in KODE_BIDANG}
    assert inti == {"PDK": 10 * JUTA, "KES": 20 * JUTA, "SAB": 15 * JUTA, "JSO": 5 * JUTA, "ADM": 3 * JUTA}
    assert desa.jumlah("belanja").anggaran == 100 * JUTA
    assert desa.jumlah("inti").anggaran == 53 * JUTA
    assert desa.jumlah("terkait").anggaran == 12 * JUTA
    assert desa.porsi_inti == Decimal("0.530000")
    assert desa.porsi_luas == Decimal("0.65")
    assert desa.porsi_belum_dipetakan == Decimal("0.100000")


def test_blt_is_core_only_when_paid_from_dana_desa(a1: APBDes) -> None:
    kualitas.rebuild(2025)
    assert row("11.01.01.2001").jumlah("inti_jso").anggaran == 5 * JUTA
    assert row("11.01.01.2001").jumlah("terkait_jso").anggaran == 2 * JUTA


def test_a_region_adds_rupiah_and_never_averages_percentages(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    """53 of 100 and 0 of 300 are 53 of 400, not the mean 26,5 %."""
    budget(wilayah["11.01.01.2002"], (("02.03.10", "5.3.5.01", "DDS", 300),))
    kualitas.rebuild(2025)
    kecamatan = row("11.01.01")
    assert kecamatan.jumlah("belanja").anggaran == 400 * JUTA
    assert kecamatan.porsi_inti == Decimal("0.132500")
    assert (kecamatan.n_desa, kecamatan.n_apbdes, kecamatan.n_rincian) == (2, 2, 2)


def test_every_region_above_gets_a_row_with_its_coverage(a1: APBDes) -> None:
    kualitas.rebuild(2025)
    coverage = {kode: (row(kode).n_apbdes, row(kode).n_desa) for kode in ("0", "11", "11.01", "11.01.01")}
    assert coverage == {"0": (1, 5), "11": (1, 5), "11.01": (1, 4), "11.01.01": (1, 2)}


def test_demo_regions_stay_out_of_the_nation(wilayah: dict[str, Wilayah], acuan: None) -> None:
    budget(wilayah["99.01.01.2001"], A1)
    kualitas.rebuild(2025)
    assert row("99").jumlah("belanja").anggaran == 100 * JUTA
    assert not KualitasBelanja.objects.filter(wilayah__kode="0").exists()


def test_realisation_not_reported_is_unknown_and_reported_zero_is_zero(a1: APBDes) -> None:
    kualitas.rebuild(2025)
    assert row("11.01.01.2001").jumlah("belanja").realisasi is None
    a1.baris.update(realisasi_s1=0)
    kualitas.rebuild(2025)
    assert row("11.01.01.2001").jumlah("belanja").realisasi == 0
    assert row("11.01.01.2001").serapan == 0


def test_absorption_compares_only_those_who_reported(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    """A1 spent 50 of 100; A2 has not reported its 300: 50 %, not 12,5 %."""
    a1.baris.filter(anggaran=25 * JUTA).update(realisasi_s2=50 * JUTA)
    budget(wilayah["11.01.01.2002"], (("02.03.10", "5.3.5.01", "DDS", 300),))
    kualitas.rebuild(2025)
    kecamatan = row("11.01.01")
    assert kecamatan.jumlah("belanja").terlapor == 100 * JUTA
    assert kecamatan.serapan == Decimal("0.500000")
    assert (kecamatan.n_realisasi, kecamatan.n_belanja) == (1, 2)


def test_the_later_semester_counts(a1: APBDes) -> None:
    a1.baris.filter(kode_kegiatan="02.03.10").update(realisasi_s1=5 * JUTA, realisasi_s2=20 * JUTA)
    kualitas.rebuild(2025)
    assert row("11.01.01.2001").jumlah("bab_02").realisasi == 20 * JUTA


def test_a_summary_per_chapter_has_no_share(wilayah: dict[str, Wilayah], acuan: None) -> None:
    apbdes = APBDesFactory(desa=wilayah["11.01.01.2001"], cakupan_belanja="bidang")
    for kode, juta in (("01", 40), ("02", 60)):
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan=kode, kode_rekening="", sumber_dana="", anggaran=juta * JUTA)
    kualitas.rebuild(2025)
    desa = row("11.01.01.2001")
    assert desa.porsi_inti is None
    assert desa.jumlah("belanja").anggaran == 100 * JUTA
    assert desa.jumlah("bab_03").anggaran == 0
    assert (desa.n_belanja, desa.n_rincian) == (1, 0)


def test_a_desa_known_in_part_shows_its_chapter_and_adds_it_to_nothing(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    partly = APBDesFactory(desa=wilayah["11.01.01.2002"], cakupan_belanja="sebagian", cakupan_pendapatan="sebagian")
    BarisAPBDesFactory(apbdes=partly, kode_kegiatan="01.01.01", kode_rekening="", anggaran=7 * JUTA)
    TotalAPBDes.objects.create(apbdes=partly, kode="01", uraian="Bidang 1", anggaran=9 * JUTA)
    kualitas.rebuild(2025)
    assert row("11.01.01.2002").jumlah("bab_01").anggaran == 9 * JUTA
    assert row("11.01.01.2002").jumlah("belanja").anggaran is None
    assert row("11.01.01").jumlah("bab_01").anggaran == 3 * JUTA
    assert row("11.01.01").n_apbdes == 2


def test_only_the_budget_in_force_counts(a1: APBDes) -> None:
    a1.berlaku = False
    a1.save()
    budget(a1.desa, (("02.02.02", "5.2.1.01", "DDS", 80),), jenis="perubahan")
    kualitas.rebuild(2025)
    assert row("11.01.01.2001").jumlah("belanja").anggaran == 80 * JUTA


def test_a_second_run_writes_nothing(a1: APBDes) -> None:
    assert kualitas.rebuild(2025) == {"tahun": 2025, "desa": 1, "wilayah": 4}
    before = list(KualitasBelanja.objects.order_by("id").values())
    assert kualitas.rebuild(2025) == {"tahun": 2025, "desa": 0, "wilayah": 0}
    assert list(KualitasBelanja.objects.order_by("id").values()) == before


def test_a_withdrawn_budget_takes_its_rows_along(a1: APBDes) -> None:
    kualitas.rebuild(2025)
    a1.delete()
    kualitas.rebuild(2025, desa_ids=[a1.desa_id])
    assert not KualitasBelanja.objects.exists()


def test_recomputing_some_desa_leaves_the_others_alone(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    other = budget(wilayah["11.01.02.2001"], A1)
    kualitas.rebuild(2025)
    other.baris.all().delete()
    a1.baris.filter(kode_kegiatan="02.03.10").delete()
    kualitas.rebuild(2025, desa_ids=[a1.desa_id])
    assert row("11.01.01.2001").jumlah("belanja").anggaran == 75 * JUTA
    assert row("11.01.02.2001").jumlah("belanja").anggaran == 100 * JUTA
    assert row("11.01").jumlah("belanja").anggaran == 175 * JUTA


def test_years_are_apart(a1: APBDes) -> None:
    budget(a1.desa, A1[:1], tahun=2024)
    kualitas.rebuild(2024)
    assert list(KualitasBelanja.objects.values_list("tahun", flat=True).distinct()) == [2024]


def test_amounts_of_the_whole_country_fit(a1: APBDes) -> None:
    """A year of all villages is about a hundred trillion rupiah."""
    a1.baris.filter(kode_kegiatan="02.03.10").update(anggaran=10**15, realisasi_s1=10**15)
    a1.baris.filter(kode_kegiatan="02.02.02").update(anggaran=1)
    kualitas.rebuild(2025)
    assert row("0").serapan is not None


def random_budgets(seed: int, wilayah: dict[str, Wilayah]) -> Iterator[APBDes]:
    """Budgets of every sort for some desa: detailed, summaries, parts; reported or not; original and amended."""
    chance = random.Random(seed)
    kode = ["01.01.01", "01.01.08", "01.03.01", "02.01.01", "02.02.02", "02.04.01", "02.04.11", "02.04.90",
            "02.03.10", "04.02.01", "05.03.00"]  # fmt: skip
    satu, dua = wilayah["11.01"], wilayah["11.02"]
    local = {"kode_kegiatan": "02.04.90", "bidang_id": "SAB", "kelas": "I"}
    if chance.random() < 0.7:
        PemetaanKegiatanFactory(kabupaten=satu, tag=["stunting"], **local)
    PemetaanKegiatanFactory(kabupaten=dua, tahun_dari=2026, **local)
    PemetaanKegiatanFactory(kabupaten=dua, status="usulan", **local)
    PemetaanKegiatanFactory(kabupaten=satu, kode_kegiatan="02.03.10", tag=["kdmp"])
    for desa in [satu for satu in wilayah.values() if satu.has_apbdes]:
        if chance.random() < 0.2:
            continue
        amended = chance.random() < 0.4
        for per in chance.sample(["2023-12-31", "2024-06-30", "2024-12-31", "2025-06-30"], chance.randrange(4)):
            ProfilWilayah.objects.create(wilayah=desa, per=per, penduduk=chance.randrange(3), sumber="uji")
        for jenis in ("awal", "perubahan")[: 1 + amended]:
            belanja = chance.choice(["kegiatan", "kegiatan", "bidang", "sebagian", "tidak_ada"])
            apbdes = APBDesFactory(
                desa=desa, jenis=jenis, berlaku=(jenis == "perubahan") == amended, cakupan_belanja=belanja,
                cakupan_pendapatan=chance.choice(["lengkap", "sebagian", "tidak_ada"]),
                tanggal_perdes=chance.choice([None, "2024-12-31", "2025-01-01"]),
                tanggal_laporan_s1=chance.choice([None, "2025-07-14", "2025-07-15"]),
                tanggal_lpj=chance.choice([None, "2026-03-31", "2026-04-01"]),
                urutan_perubahan=chance.randrange(3),
            )  # fmt: skip
            reported = chance.random() < 0.6

            def amount(reported: bool = reported) -> dict[str, int | None]:
                s1 = chance.randrange(50) if reported and chance.random() < 0.7 else None
                s2 = chance.randrange(90) if reported and chance.random() < 0.5 else None
                return {"anggaran": chance.randrange(100), "realisasi_s1": s1, "realisasi_s2": s2}

            def line(kegiatan: str, rekening: str, sumber: str, apbdes: APBDes = apbdes) -> BarisAPBDes:
                return BarisAPBDesFactory(
                    apbdes=apbdes, kode_kegiatan=kegiatan, kode_rekening=rekening, sumber_dana=sumber,
                    kode_output=chance.choice(["", "530001"]), **amount(),
                )  # fmt: skip

            for rekening in ("4.1.2.01", "4.2.1.01", "6.1.1.01", "6.2.2.01"):
                line("", rekening, chance.choice(["", "DDS"]))
            if belanja == "kegiatan":
                for satu in chance.sample(kode, chance.randrange(len(kode) + 1)):
                    for sumber in chance.sample(["DDS", "ADD", "PAD-BENGKOK"], chance.choice([1, 2])):
                        line(satu, chance.choice(["5.4.1.01", "5.2.2.01", "5.1.1.01", "5.3.1.01"]), sumber)
            elif belanja != "tidak_ada":
                for bab in chance.sample(["01", "02", "03"], 2):
                    line(bab, "", "")
                for bab in chance.sample(["01", "04"], 1):
                    TotalAPBDes.objects.create(apbdes=apbdes, kode=bab, **amount())
            yield apbdes


@pytest.mark.parametrize("seed", range(12))
def test_the_set_based_statements_agree_with_the_slow_way(seed: int, wilayah: dict[str, Wilayah], acuan: None) -> None:
    list(random_budgets(seed, wilayah))
    kualitas.rebuild(2025)
    slow = hitung_tahun(2025)
    fast = {row.wilayah.kode: row for row in KualitasBelanja.objects.select_related("wilayah")}
    assert set(fast) == set(slow)
    for kode, hasil in slow.items():
        assert {name: getattr(fast[kode], name) for name in KOLOM_HITUNG} == {n: hasil.hitung[n] for n in KOLOM_HITUNG}
        empty = dict.fromkeys(UKURAN)
        want = {kelompok: hasil.jumlah.get(kelompok, empty) for kelompok in KELOMPOK}
        got = {kelompok: vars(fast[kode].jumlah(kelompok)) for kelompok in KELOMPOK}
        assert got == want, kode
        assert {nama: getattr(fast[kode], nama) for nama in KOLOM_RUPIAH} == {
            nama: hasil.rupiah.get(nama) for nama in KOLOM_RUPIAH
        }, kode


@pytest.mark.parametrize("seed", range(4))
def test_recomputing_desa_one_by_one_gives_what_a_full_run_gives(
    seed: int, wilayah: dict[str, Wilayah], acuan: None
) -> None:
    budgets = list(random_budgets(seed, wilayah))
    for apbdes in budgets:
        kualitas.rebuild(2025, desa_ids=[apbdes.desa_id])
    assert kualitas.rebuild(2025) == {"tahun": 2025, "desa": 0, "wilayah": 0}


@pytest.mark.parametrize("seed", range(4))
def test_shares_of_a_complete_budget_add_up(seed: int, wilayah: dict[str, Wilayah], acuan: None) -> None:
    list(random_budgets(seed, wilayah))
    kualitas.rebuild(2025)
    for satu in KualitasBelanja.objects.filter(n_rincian__gt=0):
        parts = sum(satu.jumlah(f"{kelas}_{k.lower()}").anggaran for kelas in ("inti", "terkait") for k in KODE_BIDANG)
        assert parts == satu.jumlah("inti").anggaran + satu.jumlah("terkait").anggaran
        assert parts + satu.jumlah("belum_dipetakan").anggaran <= satu.jumlah("rincian").anggaran


def test_the_number_of_statements_does_not_grow_with_the_lines(
    a1: APBDes, wilayah: dict[str, Wilayah], django_assert_num_queries: object
) -> None:
    budget(wilayah["11.01.02.2001"], A1)
    # lock, savepoint, memory; done, stale, desa, rules, index; and for each of four levels sums, rules, spread, index
    with django_assert_num_queries(2 + 2 + 3 + 2 + 2 + 4 * (2 + 2 + 2 + 2)):
        kualitas.rebuild(2025)
    assert connection.vendor == "postgresql"
