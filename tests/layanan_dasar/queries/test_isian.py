"""The list of sheets: what is asked for, how far it is, and whether it came in time."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kecamatan.models import Wilayah
from kecamatan.queries.hari_libur import Kalender
from kecamatan.queries.wilayah import kecamatan_of
from layanan_dasar.actions import langkah_isian as langkah
from layanan_dasar.models import Dataset, Isian, LangkahIsian, NilaiIsian, PengecualianKunci
from layanan_dasar.queries.isian import DaftarIsian
from layanan_dasar.queries.isian_kabupaten import daftar_kecamatan
from layanan_dasar.queries.jadwal import Keadaan, jadwal, periode_berakhir
from p3pd_portal.lib.periode import Periode
from tests.factories import DatasetFactory, IndikatorFactory, IsianFactory
from tests.layanan_dasar.isian import HARI, TAHUN, Meja, ada, hari_ini


KALENDER = Kalender("WIB", datetime.time(16), frozenset(), frozenset({2026}))
TENGGAT = datetime.date(2026, 1, 28)
"""Twenty working days after 31 December 2025."""


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch)
    return Meja(cast, wilayah)


# The calendar


@pytest.mark.parametrize(
    ("hari", "keadaan", "terbuka"),
    [
        (datetime.date(2025, 12, 31), Keadaan.BELUM_DIBUKA, False),
        (datetime.date(2026, 1, 1), Keadaan.DIBUKA, True),
        (TENGGAT, Keadaan.DIBUKA, True),
        (TENGGAT + datetime.timedelta(days=1), Keadaan.TENGGANG, True),
        (datetime.date(2026, 2, 25), Keadaan.TENGGANG, True),
        (datetime.date(2026, 2, 26), Keadaan.TERKUNCI, False),
    ],
    ids=str,
)
def test_a_sheet_opens_closes_and_locks_by_working_days(
    hari: datetime.date, keadaan: Keadaan, terbuka: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hari_ini(monkeypatch, hari)
    days = jadwal(DatasetFactory.build(bidang=None), TAHUN, KALENDER)
    assert (days.tenggat, days.keadaan, days.is_open) == (TENGGAT, keadaan, terbuka)


def test_an_exception_opens_its_own_period_and_dataset(monkeypatch: pytest.MonkeyPatch) -> None:
    hari_ini(monkeypatch, datetime.date(2026, 6, 1))
    dataset = DatasetFactory.build(kode="PDK-Y", bidang=None)
    until = datetime.date(2026, 6, 9)
    of = [("2025", "PDK-Y", True), ("2025", None, True), ("2025", "KES-Y", False), ("2024", "PDK-Y", False)]
    for periode, kode, opens in of:
        satu = PengecualianKunci(dataset_id=kode, periode=periode, sampai=until)
        days = jadwal(dataset, TAHUN, KALENDER, [satu])
        assert days.keadaan == (Keadaan.DIBUKA_LAGI if opens else Keadaan.TERKUNCI)


def test_only_periods_that_are_over_and_were_asked_for() -> None:
    dataset = DatasetFactory.build(frekuensi="B", bidang=None, dari=datetime.date(2025, 11, 1))
    assert [str(satu) for satu in periode_berakhir(dataset, HARI, 3)] == ["2025-12", "2025-11"]


# The list


@pytest.mark.django_db
def test_a_sheet_that_nobody_began_is_asked_for(meja: Meja) -> None:
    (row,) = DaftarIsian(meja.kecamatan).baris
    assert (row.dataset, row.periode, row.status, row.isian) == (meja.dataset, TAHUN, "belum dimulai", None)
    assert (row.n_sel, row.n_terisi, row.tepat_waktu, row.is_menunggu_pengisi) == (6, 0, None, True)


@pytest.mark.django_db
def test_progress_counts_cells_of_desa_and_not_the_stated_total(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82), meja.kunci(1): ada(82), (meja.kecamatan.pk, "PDK-01"): ada(240, 300)})
    (row,) = DaftarIsian(meja.kecamatan).baris
    assert (row.n_terisi, row.n_sel, row.status) == (2, 6, "draf")
    (own,) = DaftarIsian(meja.desa[0]).baris
    assert (own.n_terisi, own.n_sel, own.kecamatan) == (1, 2, meja.kecamatan)


@pytest.mark.django_db
@pytest.mark.parametrize(("hari", "tepat"), [(TENGGAT, True), (TENGGAT + datetime.timedelta(days=1), False)], ids=str)
def test_the_first_submission_says_whether_it_came_in_time(hari: datetime.date, tepat: bool, meja: Meja) -> None:
    isian = meja.isi_penuh()
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    set_day(isian, hari)
    (row,) = DaftarIsian(meja.kecamatan).baris
    assert (row.diajukan, row.tepat_waktu, row.is_menunggu_pengisi) == (hari, tepat, False)


def set_day(isian: Isian, hari: datetime.date) -> None:
    """Steps are never changed; these are written anew for another day."""
    noon = datetime.datetime.combine(hari, datetime.time(12), tzinfo=datetime.UTC)
    by = isian.nilai.exclude(diisi_oleh=None)[0].diisi_oleh
    other = IsianFactory(dataset=isian.dataset, kecamatan=isian.kecamatan, periode="2024", status="diajukan")
    LangkahIsian.objects.create(isian=other, langkah="ajukan", oleh=by, created_at=noon)
    Isian.objects.filter(pk=isian.pk).update(periode="2023")
    Isian.objects.filter(pk=other.pk).update(periode="2025")


@pytest.mark.django_db
def test_a_sheet_past_its_day_is_late_before_it_comes(meja: Meja, monkeypatch: pytest.MonkeyPatch) -> None:
    hari_ini(monkeypatch, TENGGAT + datetime.timedelta(days=1))
    (row,) = DaftarIsian(meja.kecamatan).baris
    assert row.tepat_waktu is False


@pytest.mark.django_db
def test_silence_is_counted_in_working_days(meja: Meja, monkeypatch: pytest.MonkeyPatch) -> None:
    isian = meja.isi_penuh()
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    today = timezone.localdate()
    for days, silent in ((0, False), (14, True)):
        hari_ini(monkeypatch, today + datetime.timedelta(days=days))
        (row,) = DaftarIsian(meja.kecamatan).terkini
        assert (row.isian, row.is_diam) == (isian, silent)


@pytest.mark.django_db
def test_completeness_of_every_desa(meja: Meja, monkeypatch: pytest.MonkeyPatch) -> None:
    meja.save({meja.kunci(0, 0): ada(82), meja.kunci(0, 1): ada(82), meja.kunci(1): ada(82)})
    NilaiIsian.objects.update(diisi_pada=datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC))
    rows = DaftarIsian(meja.kecamatan).kelengkapan()
    assert {row.desa.nama: [(cell.terisi, cell.diminta, cell.terlambat) for cell in row.sel] for row in rows} == {
        "A1": [(2, 2, False)],
        "A2": [(1, 2, False)],
        "A3": [(0, 2, False)],
    }
    hari_ini(monkeypatch, TENGGAT + datetime.timedelta(days=1))
    assert [row.sel[0].terlambat for row in DaftarIsian(meja.kecamatan).kelengkapan()] == [True, False, True]


@pytest.mark.django_db
def test_the_list_takes_few_queries_however_many_datasets(meja: Meja, django_assert_max_num_queries: type) -> None:
    for kode in ("KES", "SAB", "JSO"):
        DatasetFactory(bidang_kode=kode)
        IndikatorFactory(kode=f"{kode}-01", bidang_kode=kode)
    meja.isi_penuh()
    with django_assert_max_num_queries(12):
        daftar = DaftarIsian(meja.kecamatan)
        assert len(daftar.baris) == 4
        daftar.kelengkapan()


def test_the_kecamatan_of_a_page(db: None, wilayah: dict[str, Wilayah]) -> None:
    assert kecamatan_of(wilayah["11.01.01.2001"]) == wilayah["11.01.01"]
    assert kecamatan_of(wilayah["11.01.01"]) == wilayah["11.01.01"]


# The kabupaten


@pytest.mark.django_db
def test_a_kabupaten_sees_every_kecamatan_of_one_sheet(meja: Meja, wilayah: dict[str, Wilayah]) -> None:
    meja.sahkan(meja.isi_penuh())
    daftar = daftar_kecamatan(wilayah["11.01"], "", "")
    assert (daftar.dataset, daftar.periode, daftar.n_terbit) == (meja.dataset, TAHUN, 1)
    assert [(row.kecamatan.nama, row.n_terisi, row.n_sel, row.is_terbit) for row in daftar.baris] == [
        ("Alfa", 6, 6, True),
        ("Beta", 0, 4, False),
    ]


@pytest.mark.django_db
def test_a_kabupaten_chooses_the_sheet(meja: Meja, wilayah: dict[str, Wilayah]) -> None:
    DatasetFactory(bidang_kode="KES", frekuensi="B", hari_tenggat=5)
    chosen = daftar_kecamatan(wilayah["11.01"], "KES-B", "2025-11")
    assert (chosen.dataset, str(chosen.periode)) == (Dataset.objects.get(kode="KES-B"), "2025-11")
    assert daftar_kecamatan(wilayah["11.01"], "ABC", "2025-11").dataset is not None


@pytest.mark.django_db
def test_without_datasets_nothing_is_asked_for(wilayah: dict[str, Wilayah]) -> None:
    daftar = daftar_kecamatan(wilayah["11.01"], "", "")
    assert (daftar.dataset, list(daftar.baris)) == (None, [])
    assert not DaftarIsian(wilayah["11.01.01"]).baris


def test_a_period_reads_itself() -> None:
    assert IsianFactory.build(dataset=None, periode="2025-S1").periode_isian == Periode("S", 2025)
