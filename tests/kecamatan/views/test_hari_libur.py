import datetime
import re
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kecamatan.importers.hari_libur import impor_hari_libur
from kecamatan.models import AturanDaerah, HariLibur, Wilayah
from tests.assertions import content, row_counts, visible_text
from tests.conftest import FIXTURES
from tests.factories import HariLiburFactory


pytestmark = pytest.mark.django_db
NEXT = timezone.localdate().year + 1


@pytest.fixture
def skb(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, and the days off of 2026."""
    impor_hari_libur(FIXTURES / "hari_libur.yaml")
    return cast


@pytest.fixture
def pusat(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.admin_pusat)
    return client


@pytest.fixture
def kabupaten(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


def days(**lookup: object) -> set[str]:
    return {str(day.tanggal) for day in HariLibur.objects.filter(**lookup)}


def form(**fields: object) -> dict[str, object]:
    return {"tanggal": "2027-02-01", "nama": "Hari X", "jenis": "nasional", "sumber": "SKB 1"} | fields


def said(answer: HttpResponse, client: Client) -> str:
    """The page to which an answer leads, with its message."""
    assert answer.status_code == 302
    return visible_text(client.get(answer.url))


# Reading


def test_everybody_reads_the_year_with_its_working_days(skb: SimpleNamespace, client: Client) -> None:
    text = visible_text(client.get("/hari-libur/?tahun=2026"))
    assert "240 hari kerja · 25 hari libur dan cuti bersama" in text
    assert "Maret · 17 hari kerja" in text
    assert "Kam 19 Hari Suci Nyepi (Tahun Baru Saka 1948)" in text
    assert "Rab 18 Hari Suci Nyepi (Tahun Baru Saka 1948) cuti bersama" in text
    assert "Dasar: SKB Menag 1497/2025, Menaker 2/2025, MenPANRB 5/2025." in text
    assert "Kelola hari libur" not in text


def test_a_kabupaten_shows_its_own_days_and_the_nation_does_not(
    skb: SimpleNamespace, wilayah: dict[str, Wilayah], client: Client
) -> None:
    HariLiburFactory(nama="Pilkada Satu", jenis="daerah", wilayah=wilayah["11.01"])
    pages = {kode: visible_text(client.get(f"/wilayah/{kode}/hari-libur/?tahun=2026")) for kode in ("11.01", "11.02")}
    assert "Pilkada Satu libur daerah" in pages["11.01"]
    assert "Hari Lahir Pancasila" in pages["11.02"]
    assert "Pilkada Satu" not in pages["11.02"] + visible_text(client.get("/hari-libur/?tahun=2026"))


@pytest.mark.parametrize(
    ("kode", "url"),
    [("0", "/hari-libur/"), ("11", "/hari-libur/"), ("11.01.01", "/wilayah/11.01/hari-libur/"),
     ("11.01.01.2001", "/wilayah/11.01/hari-libur/")],
)  # fmt: skip
def test_regions_without_a_calendar_of_their_own_lead_to_the_one_they_follow(
    kode: str, url: str, wilayah: dict[str, Wilayah], client: Client
) -> None:
    assert client.get(f"/wilayah/{kode}/hari-libur/").url == url


def test_a_year_without_decree_has_a_reason_an_owner_and_what_it_means(skb: SimpleNamespace, client: Client) -> None:
    HariLiburFactory(tanggal=f"{NEXT}-08-17", nama="Usulan belaka", usulan=True)
    text = visible_text(client.get(f"/hari-libur/?tahun={NEXT}"))
    assert f"Hari libur nasional {NEXT} belum ditetapkan." in text
    assert "Yang menetapkan: admin pusat" in text
    assert "Usulan belaka" not in text
    assert "Tidak ada hari libur." not in text


@pytest.mark.parametrize("tahun", ["", "abc", "²⁰²⁶", "1999", "9999", "2026.0", "1" * 400])
def test_a_year_nobody_understands_is_this_year(tahun: str, wilayah: dict[str, Wilayah], client: Client) -> None:
    text = visible_text(client.get("/hari-libur/", {"tahun": tahun}))
    assert f"Hari kerja dan hari libur {timezone.localdate().year}" in text


def test_reading_costs_few_queries_and_writes_nothing(
    skb: SimpleNamespace, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    before = row_counts()
    with django_assert_max_num_queries(7):
        client.get("/wilayah/11.01/hari-libur/?tahun=2026&mulai=2026-03-13&hari=3")
    assert row_counts() == before


# The calculator


def test_a_promise_is_counted_before_the_readers_eyes(skb: SimpleNamespace, client: Client) -> None:
    text = visible_text(client.get("/hari-libur/?mulai=2026-03-13&hari=3"))
    assert "Rabu, 25 Maret 2026 — 3 hari kerja sesudah Jumat, 13 Maret 2026." in text
    assert "Tidak dihitung selain Sabtu dan Minggu: 18 Mar 2026 – Hari Suci Nyepi" in text
    assert "16 Mar 2026, 17 Mar 2026, 25 Mar 2026" in text
    assert "masih dapat bergeser" not in text
    assert "pukul 16.00 waktu setempat" in text


def test_a_kabupaten_names_its_own_clock(wilayah: dict[str, Wilayah], client: Client) -> None:
    AturanDaerah.objects.create(kode="11", zona_waktu="WITA", keyakinan="tinggi", sumber="uji")
    assert "pukul 16.00 WITA atau sesudahnya" in visible_text(client.get("/wilayah/11.01/hari-libur/"))


def test_a_promise_into_an_unknown_year_says_that_it_may_move(skb: SimpleNamespace, client: Client) -> None:
    text = visible_text(client.get("/hari-libur/?tahun=2026&mulai=2026-12-30&hari=5"))
    assert "jadi tanggal ini masih dapat bergeser" in text


@pytest.mark.parametrize(
    "query",
    [{"mulai": "", "hari": "3"}, {"mulai": "kemarin", "hari": "3"}, {"mulai": "2026-03-13", "hari": "0"},
     {"mulai": "2026-03-13", "hari": "261"}, {"mulai": "2026-03-13"}, {"mulai": "0001-01-01", "hari": "1"},
     {"mulai": "9999-12-31", "hari": "260"}],
)  # fmt: skip
def test_what_cannot_be_counted_is_explained_beside_the_field(
    query: dict[str, str], skb: SimpleNamespace, client: Client
) -> None:
    answer = client.get("/hari-libur/", query)
    assert answer.status_code == 200
    assert 'class="pesan pesan-galat' in content(answer)


# Keeping the calendar


def test_admins_see_the_tools_for_their_own_days_only(
    skb: SimpleNamespace, wilayah: dict[str, Wilayah], client: Client
) -> None:
    local = HariLiburFactory(jenis="daerah", wilayah=wilayah["11.01"])
    edits = {}
    nation, kabupaten = "/hari-libur/?tahun=2026", "/wilayah/11.01/hari-libur/?tahun=2026"
    for name in ("admin_pusat", "admin_kabupaten", "admin_kabupaten_lain", "camat_a"):
        client.force_login(getattr(skb, name))
        for url in (nation, kabupaten):
            links = re.findall(r'href="/wilayah/[0-9.]+/hari-libur/(\d+)/"', content(client.get(url)))
            edits[name, url] = links
    assert len(edits.pop(("admin_pusat", nation))) == 25
    assert edits.pop(("admin_pusat", kabupaten)) == edits.pop(("admin_kabupaten", kabupaten)) == [str(local.pk)]
    assert set(map(tuple, edits.values())) == {()}


def test_the_centre_adds_a_day(pusat: Client) -> None:
    answer = pusat.post("/wilayah/0/hari-libur/tambah/", form())
    assert answer.url == "/hari-libur/?tahun=2027"
    assert "Hari X tersimpan." in said(answer, pusat)
    assert days(wilayah=None, usulan=False) == {"2027-02-01"}


def test_a_kabupaten_adds_a_day_of_its_own_whatever_kind_it_asks_for(kabupaten: Client) -> None:
    answer = kabupaten.post("/wilayah/11.01/hari-libur/tambah/", form(jenis="nasional"))
    assert "Hari X libur daerah" in said(answer, kabupaten)
    assert days(wilayah__kode="11.01", jenis="daerah") == {"2027-02-01"}


def test_a_day_is_changed_in_place(pusat: Client) -> None:
    day = HariLiburFactory()
    page = content(pusat.get(f"/wilayah/0/hari-libur/{day.pk}/"))
    assert '<input type="date" name="tanggal" value="2026-07-15"' in page
    assert 'value="Hari Uji"' in page
    said(pusat.post(f"/wilayah/0/hari-libur/{day.pk}/", form(tanggal="2026-07-15", nama="Nama baru")), pusat)
    assert list(HariLibur.objects.values_list("pk", "nama")) == [(day.pk, "Nama baru")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tanggal": "2026-07-15"}, "Tanggal ini sudah tercatat: Hari Uji. Ubah yang itu."),
        ({"tanggal": "0026-07-15"}, "Periksa tahunnya."),
        ({"tanggal": "15 Juli"}, "Masukkan tanggal yang valid"),
        ({"jenis": "daerah"}, "Masukkan pilihan yang valid"),
        ({"nama": ""}, "tidak boleh kosong"),
        ({"sumber": " "}, "tidak boleh kosong"),
    ],
)
def test_a_wrong_day_is_explained_and_not_stored(fields: dict[str, str], message: str, pusat: Client) -> None:
    HariLiburFactory()
    answer = pusat.post("/wilayah/0/hari-libur/tambah/", form(**fields))
    assert answer.status_code == 422
    assert message in visible_text(answer)
    assert HariLibur.objects.count() == 1


def test_a_kabupaten_may_be_off_on_a_day_of_the_nation(kabupaten: Client) -> None:
    HariLiburFactory()
    assert kabupaten.post("/wilayah/11.01/hari-libur/tambah/", form(tanggal="2026-07-15")).status_code == 302


@pytest.mark.parametrize("url", ["/wilayah/11.01.01/hari-libur/tambah/", "/wilayah/11.01.01.2001/hari-libur/tambah/"])
def test_only_the_nation_and_kabupaten_keep_days(url: str, kabupaten: Client) -> None:
    assert kabupaten.get(url).status_code == 404
    assert kabupaten.post(url, form()).status_code == 404
    assert kabupaten.post(url.replace("tambah", "hapus")).status_code == 404
    assert not HariLibur.objects.exists()


@pytest.mark.parametrize("action", ["usulkan", "tetapkan"])
def test_a_kabupaten_proposes_nothing(action: str, kabupaten: Client) -> None:
    assert kabupaten.post(f"/wilayah/11.01/hari-libur/{action}/", {"tahun": NEXT}).status_code == 404


def test_nobody_touches_the_days_of_others(kabupaten: Client, wilayah: dict[str, Wilayah]) -> None:
    national = HariLiburFactory()
    other = HariLiburFactory(jenis="daerah", wilayah=wilayah["11.02"])
    for day in (national, other):
        assert kabupaten.post(f"/wilayah/11.01/hari-libur/{day.pk}/", form()).status_code == 404
        said(kabupaten.post("/wilayah/11.01/hari-libur/hapus/", {"hari": day.pk}), kabupaten)
    assert set(HariLibur.objects.values_list("pk", flat=True)) == {national.pk, other.pk}


def test_a_day_is_deleted(pusat: Client) -> None:
    answer = pusat.post("/wilayah/0/hari-libur/hapus/", {"hari": HariLiburFactory().pk})
    assert answer.url == "/hari-libur/?tahun=2026"
    assert "1 hari dihapus." in said(answer, pusat)
    assert not HariLibur.objects.exists()


@pytest.mark.parametrize("action", ["hapus", "tetapkan"])
@pytest.mark.parametrize(
    ("chosen", "message"),
    [({}, "Pilih sedikitnya satu hari."), ({"hari": ["x"]}, "sudah berubah"), ({"hari": ["999999"]}, "sudah berubah")],
)
def test_nothing_chosen_changes_nothing_and_says_so(
    action: str, chosen: dict[str, object], message: str, pusat: Client
) -> None:
    HariLiburFactory(usulan=True)
    text = said(pusat.post(f"/wilayah/0/hari-libur/{action}/", chosen | {"sumber": "SKB"}), pusat)
    assert message in text
    assert HariLibur.objects.filter(usulan=True).count() == 1


# Proposals


def test_a_later_year_is_proposed_looked_through_and_confirmed(pusat: Client) -> None:
    text = said(pusat.post("/wilayah/0/hari-libur/usulkan/", {"tahun": NEXT}), pusat)
    proposed = HariLibur.objects.filter(usulan=True, tanggal__year=NEXT)
    n = proposed.count()
    assert f"{n} hari diusulkan." in text
    assert f"{n} usulan belum berlaku" in text
    chosen = [day.pk for day in proposed[: n - 1]]
    answer = pusat.post("/wilayah/0/hari-libur/tetapkan/", {"hari": chosen, "sumber": "SKB baru"})
    assert f"{n - 1} hari ditetapkan dan mulai dihitung." in said(answer, pusat)
    assert HariLibur.objects.filter(usulan=False, sumber="SKB baru").count() == n - 1
    assert proposed.count() == 1


def test_proposing_is_offered_for_years_within_reach_that_no_decree_covers(skb: SimpleNamespace, pusat: Client) -> None:
    offered = {
        year: "Usulkan hari libur" in visible_text(pusat.get(f"/hari-libur/?tahun={year}"))
        for year in (2020, 2026, NEXT, NEXT + 5)
    }
    assert offered == {2020: False, 2026: False, NEXT: True, NEXT + 5: False}


def test_a_proposal_is_confirmed_only_with_its_decree(pusat: Client) -> None:
    day = HariLiburFactory(usulan=True)
    said(pusat.post("/wilayah/0/hari-libur/tetapkan/", {"hari": day.pk, "sumber": ""}), pusat)
    assert HariLibur.objects.get().usulan


@pytest.mark.parametrize("tahun", ["", "abc", str(NEXT - 2), str(NEXT + 5), "99999"])
def test_only_years_within_reach_are_proposed(tahun: str, pusat: Client) -> None:
    text = said(pusat.post("/wilayah/0/hari-libur/usulkan/", {"tahun": tahun}), pusat)
    assert "Hari libur diusulkan untuk tahun ini sampai lima tahun mendatang." in text
    assert not HariLibur.objects.exists()


def test_the_footer_leads_to_the_calendar(wilayah: dict[str, Wilayah], client: Client) -> None:
    assert 'href="/hari-libur/"' in content(client.get("/bantuan/"))


def test_dates_are_those_of_the_calendar_not_of_the_clock(skb: SimpleNamespace, client: Client) -> None:
    """A day off has no hour: the page shows the same date in every zone."""
    with timezone.override(datetime.timezone(datetime.timedelta(hours=-11))):
        assert "Kam 1 Tahun Baru 2026 Masehi" in visible_text(client.get("/hari-libur/?tahun=2026"))
