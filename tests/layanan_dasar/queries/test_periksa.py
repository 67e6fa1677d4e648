"""The computed checklist of one budget, in amounts one can check in the head."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, AturanBelanja, BarisAPBDes, ParameterIbdb, PemetaanKegiatan
from layanan_dasar.queries.periksa import Butir, dari_json, periksa
from tests.factories import RancanganFactory
from tests.layanan_dasar.berkas import A1


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acuan")]
JUTA = 1_000_000


@pytest.fixture
def rancangan(wilayah: dict[str, Wilayah], acuan: None) -> APBDes:
    """A draft of 2025, whose rules have percentages."""
    return RancanganFactory(desa=wilayah[A1], tahun=2025)


def isi(apbdes: APBDes, *lines: tuple[str, str, str, int]) -> None:
    """Lines as (kegiatan, rekening, sumber dana, million rupiah)."""
    BarisAPBDes.objects.bulk_create(
        BarisAPBDes(apbdes=apbdes, kode_kegiatan=k, kode_rekening=r, sumber_dana=s, anggaran=n * JUTA)
        for k, r, s, n in lines
    )


def butir(apbdes: APBDes, kode: str) -> Butir:
    return {satu.kode: satu for satu in periksa(apbdes)}[kode]


PENDAPATAN = ("", "4.2.1.01", "DDS", 1000)
BELANJA = ("02.02.02", "5.2.1.01", "DDS", 1000)


@pytest.mark.parametrize(
    ("lines", "selisih", "status"),
    [
        ([PENDAPATAN, BELANJA], 0, "patuh"),
        ([PENDAPATAN, ("02.02.02", "5.2.1.01", "DDS", 1030), ("", "6.1.1", "", 50), ("", "6.2.2", "", 20)], 0, "patuh"),
        ([PENDAPATAN, ("02.02.02", "5.2.1.01", "DDS", 1001)], -1, "tidak_patuh"),
        ([("", "4.2.1.01", "DDS", 1001), BELANJA], 1, "tidak_patuh"),
    ],
    ids=["without financing", "with financing", "deficit", "surplus"],
)
def test_revenue_spending_and_financing_balance(
    rancangan: APBDes, lines: list[tuple[str, str, str, int]], selisih: int, status: str
) -> None:
    isi(rancangan, *lines)
    found = butir(rancangan, "keseimbangan")
    assert (found.pembilang, found.status) == (selisih * JUTA, status)


def test_the_vector_of_the_seventy_thirty_rule(rancangan: APBDes) -> None:
    """405 of 1,400 with 60 from village land inside: (405 − 60) / (1400 − 60) = 0.2575, and that keeps the rule."""
    siltap = (("01.01.01", "ADD", 48), ("01.01.02", "ADD", 210), ("01.01.02", "PAD-BENGKOK", 60))
    siltap += (("01.01.03", "ADD", 12), ("01.01.05", "ADD", 60), ("01.01.06", "ADD", 15))
    isi(rancangan, *((k, "5.1.1.01", s, n) for k, s, n in siltap), ("02.03.10", "5.3.1.01", "DDS", 995))
    found = butir(rancangan, "tujuh_puluh_tiga_puluh")
    assert (found.pembilang, found.penyebut, found.status) == (345 * JUTA, 1340 * JUTA, "patuh")
    assert found.porsi is not None
    assert round(found.porsi, 4) == Decimal("0.2575")
    assert found.batas == "paling banyak 30%"


@pytest.mark.parametrize(("siltap", "status"), [(30, "patuh"), (31, "tidak_patuh")])
def test_the_bound_itself_still_keeps_the_rule(siltap: int, status: str, rancangan: APBDes) -> None:
    isi(rancangan, ("01.01.01", "5.1.1.01", "ADD", siltap), ("02.02.02", "5.2.1.01", "ADD", 100 - siltap))
    assert butir(rancangan, "tujuh_puluh_tiga_puluh").status == status


DANA_DESA = [
    ("blt", ("05.03.00", "5.4.1.01", "DDS", 150), 150, "patuh"),
    ("blt", ("05.03.00", "5.4.1.01", "DDS", 151), 151, "tidak_patuh"),
    ("blt", ("05.03.00", "5.2.1.01", "DDS", 400), 0, "patuh"),  # urgent spending that is no BLT
    ("blt", ("05.03.00", "5.4.1.01", "ADD", 400), 0, "patuh"),  # nor is what other money pays
    ("ketahanan_pangan", ("04.02.03", "5.3.1.01", "DDS", 200), 200, "patuh"),
    ("ketahanan_pangan", ("04.02.03", "5.3.1.01", "DDS", 199), 199, "tidak_patuh"),
    ("ketahanan_pangan", ("", "6.2.2.01", "DDS", 200), 200, "patuh"),  # capital of a BUM Desa
    ("ketahanan_pangan", ("04.02.03", "5.3.1.01", "ADD", 200), 0, "tidak_patuh"),
    ("operasional", ("01.01.08", "5.2.1.01", "DDS", 30), 30, "patuh"),
    ("operasional", ("01.01.08", "5.2.1.01", "DDS", 31), 31, "tidak_patuh"),
]


@pytest.mark.parametrize(("kode", "line", "juta", "status"), DANA_DESA)
def test_rules_of_dana_desa(
    kode: str, line: tuple[str, str, str, int], juta: int, status: str, rancangan: APBDes
) -> None:
    isi(rancangan, PENDAPATAN, line)
    found = butir(rancangan, kode)
    assert (found.pembilang, found.penyebut, found.status) == (juta * JUTA, 1000 * JUTA, status)
    assert found.dasar


def test_an_output_code_tells_blt_too(rancangan: APBDes) -> None:
    isi(rancangan, PENDAPATAN, ("05.03.00", "5.2.1.01", "DDS", 100))
    rancangan.baris.filter(kode_kegiatan="05.03.00").update(kode_output="530001")
    assert butir(rancangan, "blt").pembilang == 100 * JUTA


def test_a_rule_without_a_percentage_is_shown_and_not_judged(rancangan: APBDes) -> None:
    rancangan.tahun = 2026
    rancangan.save()
    isi(rancangan, PENDAPATAN, ("05.03.00", "5.4.1.01", "DDS", 300))
    found = butir(rancangan, "blt")
    assert (found.status, found.pembilang, found.batas) == ("tidak_berlaku", 300 * JUTA, "")


def test_support_of_cooperatives_leaves_the_regular_ceiling(rancangan: APBDes) -> None:
    rancangan.tahun = 2026
    rancangan.save()
    PemetaanKegiatan.objects.filter(kode_kegiatan="04.02.03").update(tag=["kdmp"])
    isi(rancangan, PENDAPATAN, ("04.02.03", "5.2.1.01", "DDS", 580), ("01.01.08", "5.2.1.01", "DDS", 12))
    found = butir(rancangan, "operasional")
    assert (found.pembilang, found.penyebut, found.status) == (12 * JUTA, 420 * JUTA, "patuh")


def test_without_dana_desa_its_rules_do_not_apply(rancangan: APBDes) -> None:
    isi(rancangan, ("", "4.2.4.01", "ADD", 100), ("02.02.02", "5.2.1.01", "ADD", 100))
    assert butir(rancangan, "blt").status == "tidak_berlaku"


def test_spending_from_dana_desa_without_its_revenue_is_named(rancangan: APBDes) -> None:
    isi(rancangan, ("", "4.2.4.01", "ADD", 100), BELANJA)
    found = butir(rancangan, "blt")
    assert (found.status, found.pembilang) == ("tidak_dapat_dihitung", None)
    assert "4.2.1" in found.catatan


@pytest.mark.parametrize(
    ("change", "kode", "words"),
    [
        ({"cakupan_belanja": "bidang"}, "blt", "Rincian kegiatan"),
        ({"cakupan_belanja": "bidang"}, "keseimbangan", "belum lengkap"),
        ({"cakupan_belanja": "bidang"}, "porsi_layanan_dasar", "Rincian kegiatan"),
        ({"cakupan_pendapatan": "tidak_ada"}, "blt", "Pagu Dana Desa"),
        ({"cakupan_pendapatan": "sebagian"}, "keseimbangan", "belum lengkap"),
    ],
)
def test_what_is_not_known_is_not_computed(change: dict[str, str], kode: str, words: str, rancangan: APBDes) -> None:
    isi(rancangan, PENDAPATAN, BELANJA)
    for name, value in change.items():
        setattr(rancangan, name, value)
    found = butir(rancangan, kode)
    assert (found.status, found.pembilang) == ("tidak_dapat_dihitung", None)
    assert words in found.catatan


def test_lines_without_a_source_of_money_cannot_be_judged(rancangan: APBDes) -> None:
    isi(rancangan, PENDAPATAN, ("02.02.02", "5.2.1.01", "", 10))
    assert "1 baris belanja tidak menyebut" in butir(rancangan, "blt").catatan


def test_a_rule_that_no_code_tells_apart_cannot_be_judged(rancangan: APBDes) -> None:
    rancangan.tahun = 2022
    assert butir(rancangan, "covid").status == "tidak_dapat_dihitung"


def test_the_share_of_basic_services_is_shown_beside_its_target(rancangan: APBDes) -> None:
    isi(rancangan, ("02.02.02", "5.2.1.01", "DDS", 25), ("02.03.10", "5.3.1.01", "DDS", 75))
    found = butir(rancangan, "porsi_layanan_dasar")
    assert (found.pembilang, found.penyebut, found.status) == (25 * JUTA, 100 * JUTA, "tidak_berlaku")
    assert found.batas == "acuan portal 30%"
    ParameterIbdb.objects.update(aktif=False)
    assert butir(rancangan, "porsi_layanan_dasar").batas == ""


def test_an_empty_share_is_a_true_zero_and_unmapped_money_is_told(rancangan: APBDes) -> None:
    isi(rancangan, ("04.99.99", "5.2.1.01", "DDS", 100))
    found = butir(rancangan, "porsi_layanan_dasar")
    assert (found.pembilang, found.porsi) == (0, 0)
    assert "Belanja Rp100.000.000 belum dipetakan" in found.catatan


def test_a_kabupatens_own_mapping_goes_before_the_national_one(rancangan: APBDes, wilayah: dict[str, Wilayah]) -> None:
    isi(rancangan, ("02.02.02", "5.2.1.01", "DDS", 100))
    own = {"kode_kegiatan": "02.02.02", "tag": ["k30"]}
    PemetaanKegiatan.objects.create(kabupaten=wilayah["11.02"], status="kabupaten", **own)
    PemetaanKegiatan.objects.create(kabupaten=wilayah["11.01"], status="usulan", **own)
    assert butir(rancangan, "tujuh_puluh_tiga_puluh").pembilang == 0
    PemetaanKegiatan.objects.filter(status="usulan").update(status="kabupaten")
    assert butir(rancangan, "tujuh_puluh_tiga_puluh").pembilang == 100 * JUTA
    PemetaanKegiatan.objects.filter(kabupaten=wilayah["11.01"]).update(tahun_dari=2026)
    assert butir(rancangan, "tujuh_puluh_tiga_puluh").pembilang == 0


def test_other_budgets_of_the_desa_add_nothing(rancangan: APBDes, wilayah: dict[str, Wilayah]) -> None:
    isi(RancanganFactory(desa=wilayah[A1], tahun=2025, jenis="perubahan"), PENDAPATAN)
    assert butir(rancangan, "keseimbangan").pembilang == 0


def test_the_checklist_costs_four_queries_and_survives_being_kept(rancangan: APBDes) -> None:
    isi(rancangan, PENDAPATAN, BELANJA)
    with CaptureQueriesContext(connection) as queries:
        found = periksa(rancangan)
    assert len(queries) == 4
    assert dari_json([satu.as_json() for satu in found]) == found
    assert {satu.label for satu in found} <= {"patuh", "tidak patuh", "tidak dapat dihitung", "tidak berlaku"}
    assert len(found) == AturanBelanja.objects.at(2025).count() + 2
