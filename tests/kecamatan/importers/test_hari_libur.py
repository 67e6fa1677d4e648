import datetime
from pathlib import Path

import pytest
from holidays import GOVERNMENT, PUBLIC, country_holidays

from kecamatan.importers.hari_libur import SUMBER_USULAN, impor_hari_libur, usulan_tahun
from kecamatan.models import HariLibur
from tests.conftest import FIXTURES
from tests.factories import HariLiburFactory


pytestmark = pytest.mark.django_db
FILE = FIXTURES / "hari_libur.yaml"


def dates(jenis: str) -> set[datetime.date]:
    return set(HariLibur.objects.filter(jenis=jenis, usulan=False).values_list("tanggal", flat=True))


# The decree


def test_the_decree_of_2026_has_17_holidays_and_8_days_of_cuti_bersama() -> None:
    assert impor_hari_libur(FILE) == 25
    assert (len(dates("nasional")), len(dates("cuti_bersama"))) == (17, 8)
    assert set(HariLibur.objects.values_list("sumber", "wilayah", "usulan")) == {
        ("SKB Menag 1497/2025, Menaker 2/2025, MenPANRB 5/2025", None, False)
    }


@pytest.mark.parametrize(("kategori", "jenis"), [(PUBLIC, "nasional"), (GOVERNMENT, "cuti_bersama")])
def test_an_independent_list_has_the_same_days(kategori: str, jenis: str) -> None:
    impor_hari_libur(FILE)
    assert dates(jenis) == set(country_holidays("ID", years=2026, categories=(kategori,)))


def test_the_same_file_again_changes_nothing() -> None:
    impor_hari_libur(FILE)
    before = list(HariLibur.objects.values())
    impor_hari_libur(FILE)
    assert list(HariLibur.objects.values()) == before


def test_what_people_have_changed_stays() -> None:
    HariLiburFactory(tanggal="2026-01-01", nama="Nama dari admin")
    impor_hari_libur(FILE)
    assert HariLibur.objects.get(tanggal="2026-01-01").nama == "Nama dari admin"


def test_a_proposal_gives_way_to_the_decree() -> None:
    HariLiburFactory(tanggal="2026-03-21", nama="Idulfitri (perkiraan)", usulan=True)
    impor_hari_libur(FILE)
    idulfitri = HariLibur.objects.get(tanggal="2026-03-21")
    assert (idulfitri.usulan, idulfitri.nama) == (False, "Idulfitri 1447 Hijriah")


def test_a_decree_without_cuti_bersama_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "hari_libur.yaml"
    file.write_text("- {sumber: SKB baru, nasional: {2027-01-01: Tahun Baru}}")
    assert impor_hari_libur(file) == 1
    assert HariLibur.objects.get().sumber == "SKB baru"


# Proposals


def test_a_proposed_year_holds_feasts_and_cuti_bersama_and_says_where_it_is_from() -> None:
    days = usulan_tahun(2027)
    assert {day.tanggal.year for day in days} == {2027}
    assert {day.jenis for day in days} == {"nasional", "cuti_bersama"}
    assert datetime.date(2027, 8, 17) in {day.tanggal for day in days if day.jenis == "nasional"}
    assert not any(day.nama.startswith("Cuti Bersama") for day in days)
    assert all(day.usulan and day.nama and day.sumber == SUMBER_USULAN for day in days)


def test_a_proposal_is_not_saved_by_itself() -> None:
    usulan_tahun(2027)
    assert not HariLibur.objects.exists()
