"""Which mapping holds for a kabupaten and year, and what is left to map."""

import dataclasses
from decimal import Decimal

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, PemetaanKegiatan
from layanan_dasar.queries import aturan
from layanan_dasar.queries.pemetaan import (
    belum_dipetakan,
    berlaku,
    halaman_belum,
    nasional,
    pemakaian,
    pemetaan_kabupaten,
    peta_kegiatan,
    tahun_pemetaan,
)
from tests.factories import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory


pytestmark = pytest.mark.usefixtures("acuan")
JUTA = 1_000_000


@pytest.fixture
def satu(wilayah: dict[str, Wilayah]) -> Wilayah:
    return wilayah["11.01"]


@pytest.fixture
def dua(wilayah: dict[str, Wilayah]) -> Wilayah:
    return wilayah["11.02"]


def budget(desa: Wilayah, lines: dict[str, int], uraian: str = "", **fields: object) -> APBDes:
    """A budget with one line of so many million rupiah per kegiatan."""
    apbdes = APBDesFactory(desa=desa, **fields)
    for kode, juta in lines.items():
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan=kode, anggaran=juta * JUTA, uraian=uraian)
    return apbdes


def service(kabupaten: Wilayah, tahun: int, kode: str) -> str | None:
    """The service a kegiatan counts for; "?" while nothing maps it."""
    found = berlaku(kabupaten, tahun).get(kode)
    return found.bidang_id if found else "?"


# What holds


def test_a_local_code_means_what_its_kabupaten_says(satu: Wilayah, dua: Wilayah) -> None:
    PemetaanKegiatanFactory(kabupaten=satu, bidang_id="SAB", kelas="I")
    PemetaanKegiatanFactory(kabupaten=dua, bidang_id="KES", kelas="T")
    assert (service(satu, 2025, "02.02.90"), service(dua, 2025, "02.02.90")) == ("SAB", "KES")


def test_a_kabupaten_goes_before_the_nation_at_home_only(satu: Wilayah, dua: Wilayah) -> None:
    PemetaanKegiatanFactory(kabupaten=satu, kode_kegiatan="02.02.02", bidang_id="PDK", kelas="I")
    assert (service(satu, 2025, "02.02.02"), service(dua, 2025, "02.02.02")) == ("PDK", "KES")


def test_a_mapping_holds_in_its_years_the_last_included(satu: Wilayah) -> None:
    PemetaanKegiatanFactory(kabupaten=satu, tahun_dari=2023, tahun_sampai=2024, bidang_id="SAB", kelas="I")
    PemetaanKegiatanFactory(kabupaten=satu, tahun_dari=2025, bidang_id="KES", kelas="I")
    assert [service(satu, tahun, "02.02.90") for tahun in (2022, 2023, 2024, 2025, 2026)] == [
        "?", "SAB", "SAB", "KES", "KES",
    ]  # fmt: skip


def test_a_proposal_never_counts(satu: Wilayah) -> None:
    usulan = PemetaanKegiatanFactory(kabupaten=satu, status="usulan", bidang_id="SAB", kelas="I")
    assert service(satu, 2025, "02.02.90") == "?"
    assert usulan not in PemetaanKegiatan.objects.approved()
    assert PemetaanKegiatan.objects.approved().filter(status="usulan").count() == 0


def test_a_suggestion_leaves_money_unmapped(satu: Wilayah, wilayah: dict[str, Wilayah]) -> None:
    budget(wilayah["11.01.01.2001"], {"02.04.90": 5}, uraian="Jambanisasi")
    (todo,) = belum_dipetakan(satu, 2025).kegiatan
    assert todo.saran
    assert todo.usulan is None
    assert service(satu, 2025, "02.04.90") == "?"


def test_the_resolved_mapping_tells_its_origin_and_its_use(satu: Wilayah, wilayah: dict[str, Wilayah]) -> None:
    budget(wilayah["11.01.01.2001"], {"02.02.02": 3, "02.02.90": 2})
    budget(wilayah["11.01.02.2001"], {"02.02.02": 4})
    PemetaanKegiatanFactory(kabupaten=satu, nama="Jambanisasi")
    PemetaanKegiatanFactory(kabupaten=satu, kode_kegiatan="02.02.03", bidang_id="PDK", kelas="T", alasan="uji")
    rows = {row.kode: row for row in peta_kegiatan(satu, 2025)}
    assert list(rows) == sorted(rows)
    assert len(rows) == 160
    posyandu, lokal, diganti = rows["02.02.02"], rows["02.02.90"], rows["02.02.03"]
    assert posyandu.pemakaian
    assert (posyandu.pemakaian.n_desa, posyandu.pemakaian.anggaran) == (2, 7 * JUTA)
    assert (lokal.nama, lokal.is_nasional, lokal.menggantikan) == ("Jambanisasi", False, False)
    assert (diganti.is_nasional, diganti.menggantikan, diganti.pemakaian) == (True, True, None)
    assert (posyandu.is_nasional, posyandu.menggantikan) == (True, False)
    with pytest.raises(dataclasses.FrozenInstanceError):
        posyandu.nama = "lain"  # type: ignore[misc]


def test_the_national_mapping_is_that_of_the_year(satu: Wilayah) -> None:
    PemetaanKegiatan.objects.filter(kode_kegiatan="02.02.02").update(tahun_sampai=2024)
    PemetaanKegiatanFactory(kabupaten=satu)
    assert [len(nasional(tahun)) for tahun in (2024, 2025)] == [159, 158]


def test_the_own_mappings_of_a_kabupaten_are_those_approved(satu: Wilayah, dua: Wilayah) -> None:
    own = PemetaanKegiatanFactory(kabupaten=satu)
    PemetaanKegiatanFactory(kabupaten=satu, kode_kegiatan="02.02.91", status="usulan")
    PemetaanKegiatanFactory(kabupaten=dua)
    assert pemetaan_kabupaten(satu) == [own]


# What is left


def test_the_work_list_is_by_rupiah_and_tells_its_share(satu: Wilayah, wilayah: dict[str, Wilayah]) -> None:
    budget(wilayah["11.01.01.2001"], {"02.02.02": 10, "02.02.90": 4, "02.04.90": 1}, uraian="Jambanisasi")
    budget(wilayah["11.01.02.2001"], {"02.04.90": 5}, uraian="Sanitasi")
    budget(wilayah["11.01.02.2002"], {"02.04.90": 0}, uraian="Sanitasi")
    daftar = belum_dipetakan(satu, 2025)
    assert [(row.pemakaian.kode, row.pemakaian.anggaran, row.pemakaian.n_desa) for row in daftar.kegiatan] == [
        ("02.04.90", 6 * JUTA, 3), ("02.02.90", 4 * JUTA, 1),
    ]  # fmt: skip
    assert daftar.kegiatan[0].nama == "Sanitasi"  # what most lines are called
    assert (daftar.anggaran, daftar.belanja, daftar.porsi) == (10 * JUTA, 20 * JUTA, Decimal("0.5"))
    assert daftar.n_saran == 2


def test_only_budgets_in_force_known_by_kegiatan_of_the_kabupaten_and_year_count(
    satu: Wilayah, wilayah: dict[str, Wilayah]
) -> None:
    desa = wilayah["11.01.01.2001"]
    budget(desa, {"02.02.90": 1}, berlaku=False)
    budget(desa, {"02.02.91": 1}, tahun=2024)
    budget(wilayah["11.01.01.2002"], {"02": 1}, cakupan_belanja="bidang")
    budget(wilayah["11.02.01.2001"], {"02.02.92": 1})
    assert pemakaian(satu, 2025) == {}
    assert belum_dipetakan(satu, 2025).porsi is None
    assert tahun_pemetaan(satu) == [2025, 2024]


def test_a_village_that_went_over_is_counted_where_it_is_now(
    satu: Wilayah, dua: Wilayah, wilayah: dict[str, Wilayah]
) -> None:
    budget(wilayah["11.02.01.2001"], {"02.02.90": 1})
    Wilayah.objects.filter(kode="11.02.01.2001").update(berlaku_sampai="2025-12-31", kode_penerus="11.01.01.2001")
    assert (set(pemakaian(satu, 2025)), pemakaian(dua, 2025)) == ({"02.02.90"}, {})


def test_a_stored_proposal_stands_beside_its_kegiatan(satu: Wilayah, wilayah: dict[str, Wilayah]) -> None:
    budget(wilayah["11.01.01.2001"], {"02.02.90": 1}, uraian="Jambanisasi")
    usulan = PemetaanKegiatanFactory(kabupaten=satu, status="usulan")
    daftar = belum_dipetakan(satu, 2025)
    assert daftar.kegiatan[0].usulan == usulan
    assert daftar.n_saran == 0


def test_a_national_code_that_is_new_has_its_name_from_the_list(satu: Wilayah, wilayah: dict[str, Wilayah]) -> None:
    budget(wilayah["11.01.01.2001"], {"02.02.02": 1})
    PemetaanKegiatan.objects.filter(kode_kegiatan="02.02.02").delete()
    (row,) = belum_dipetakan(satu, 2025).kegiatan
    assert row.nama.startswith("Penyelenggaraan Posyandu")
    assert not row.is_kode_daerah


@pytest.mark.parametrize(("asked", "codes"), [("1", 20), ("2", 5), ("99", 5), ("x", 20)])
def test_the_work_list_comes_in_pages(asked: str, codes: int, satu: Wilayah, wilayah: dict[str, Wilayah]) -> None:
    lines = {f"02.0{n // 10 + 1}.{90 + n % 10}": n + 1 for n in range(25)}
    budget(wilayah["11.01.01.2001"], lines)
    assert len(halaman_belum(belum_dipetakan(satu, 2025), asked)) == codes


def test_the_work_list_takes_few_queries(
    satu: Wilayah, wilayah: dict[str, Wilayah], django_assert_num_queries: object
) -> None:
    budget(wilayah["11.01.01.2001"], {"02.02.90": 1, "02.02.91": 1})
    with django_assert_num_queries(4):  # type: ignore[operator]
        belum_dipetakan(satu, 2025)


# Words


def test_a_mapping_reads_in_words() -> None:
    blt = PemetaanKegiatan.objects.get(kode_kegiatan="05.03.00")
    assert blt.syarat == ("inti bila sumber dana DDS dan rekening 5.4.1 atau kode keluaran 530001; selain itu terkait")
    assert blt.golongan.endswith("(inti)")
    assert blt.label_tag == ["BLT Desa"]
    jalan = PemetaanKegiatan.objects.get(kode_kegiatan="02.03.10")
    assert (jalan.golongan, jalan.syarat, jalan.masa) == ("bukan layanan dasar", "", "sejak 2015")


@pytest.mark.parametrize(("sampai", "masa"), [(None, "sejak 2022"), (2022, "2022"), (2024, "2022–2024")])
def test_the_years_of_a_mapping_in_words(sampai: int | None, masa: str) -> None:
    assert PemetaanKegiatan(tahun_dari=2022, tahun_sampai=sampai).masa == masa


# Rules by year


def test_rules_of_a_year_are_those_that_hold_then() -> None:
    assert aturan.tahun_aturan(2026) == list(range(2026, 2018, -1))
    rules = {tahun: {satu.kode: satu.persen for satu in aturan.aturan_tahun(tahun)} for tahun in (2020, 2022, 2025)}
    assert rules[2020] == {"tujuh_puluh_tiga_puluh": 30}
    assert (rules[2022]["blt"], rules[2025]["blt"], rules[2025]["operasional"]) == (40, 15, 3)
    assert aturan.aturan_tahun(2026)[-1].persen is None  # those without a figure come last


def test_one_version_of_the_parameters_is_in_use() -> None:
    first, *_others = aturan.parameter_ibdb()
    assert first.aktif
