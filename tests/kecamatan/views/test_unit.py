"""Pages of service units: what everybody reads, and what their keepers may change."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kecamatan.actions.unit import save_unit
from kecamatan.models import UnitLayanan, Wilayah
from kecamatan.queries.unit import PER_HALAMAN
from kecamatan.views import unit as views
from tests.assertions import content, row_counts, visible_text
from tests.factories import UnitLayananFactory
from tests.kecamatan.berkas import A1, A2, A3, B1, G1, TEMPLAT, impor


ALFA = "11.01.01"


@pytest.fixture
def operator(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


def address(name: str, *args: object, kode: str = ALFA) -> str:
    return reverse(f"kecamatan:{name}", args=[kode, *args])


def filled(**fields: object) -> dict[str, Any]:
    """A form of a posyandu in Desa A1, ready to be sent."""
    return {"jenis": "posyandu", "nama": "Posyandu Melati", "wilayah": A1} | fields


# The list


def test_the_list_shows_name_kind_place_and_whom_it_serves(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
    UnitLayananFactory(nama="Puskesmas Alfa", jenis="puskesmas", wilayah=wilayah[A1])
    UnitLayananFactory(nama="Puskesmas Beta", jenis="puskesmas", wilayah=wilayah[B1], kerja=[wilayah[A2], wilayah[B1]])
    UnitLayananFactory(nama="Pustu", jenis="pustu", wilayah=wilayah[A1], kerja=[wilayah[A2]])
    text = visible_text(client.get(address("unit")))
    assert "2 puskesmas" in text.replace("puskesmas 2", "2 puskesmas")
    assert "Posyandu Melati posyandu Desa A1 Desa A1" in text
    assert "Puskesmas Alfa puskesmas Desa A1 Kecamatan Alfa" in text
    assert "Puskesmas Beta puskesmas Desa B1 2 desa/kelurahan" in text
    assert "Pustu puskesmas pembantu Desa A1 Desa A2" in text


def test_an_empty_list_has_a_reason_an_owner_and_a_next_step(client: Client, cast: SimpleNamespace) -> None:
    text = visible_text(client.get(address("unit")))
    assert "Belum ada unit layanan yang dicatat untuk Kecamatan Alfa." in text
    assert "Yang mencatat: operator kecamatan atau admin kabupaten." in text
    assert "Mintalah kepada mereka" in text
    client.force_login(cast.operator_kecamatan_a)
    assert "Unggah daftar unit layanan" in visible_text(client.get(address("unit")))


def test_a_kind_of_which_there_is_none_leads_back_to_all(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(wilayah=wilayah[A1])
    text = visible_text(client.get(address("unit"), {"jenis": "sekolah"}))
    assert "Tidak ada unit jenis ini di sini. Tampilkan semua jenis" in text


def test_closed_units_are_hidden_until_asked_for(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Posyandu Lama", wilayah=wilayah[A1], sampai="2020-06-30")
    assert "Posyandu Lama" not in visible_text(client.get(address("unit")))
    text = visible_text(client.get(address("unit"), {"tutup": "1"}))
    assert "Posyandu Lama tutup 30 Juni 2020" in text
    assert "Termasuk yang sudah tutup." in text


def test_headings_sort_and_tell_the_present_order(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(wilayah=wilayah[A1])
    page = content(client.get(address("unit"), {"urut": "nama", "hal": "1"}))
    assert 'aria-sort="ascending"' in page
    assert 'href="?urut=-nama"' in page
    assert 'aria-sort="descending"' in content(client.get(address("unit"), {"urut": "-nama"}))


def test_pages_of_a_long_list_keep_what_was_chosen(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayanan.objects.bulk_create(
        UnitLayanan(jenis="posyandu", nama=f"Posyandu {n}", wilayah=wilayah[A1]) for n in range(PER_HALAMAN + 1)
    )
    page = client.get(address("unit"), {"jenis": "posyandu"})
    assert f"Unit 1–{PER_HALAMAN} dari {PER_HALAMAN + 1}." in visible_text(page)
    assert 'href="?jenis=posyandu&amp;hal=2"' in content(page)
    assert "Halaman 2 dari 2" in visible_text(client.get(address("unit"), {"hal": "2"}))


@pytest.mark.parametrize("kode", ["0", "11", "11.01", ALFA, A1, A3])
def test_every_level_has_its_list(kode: str, client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Puskesmas Alfa", jenis="puskesmas", wilayah=wilayah[ALFA])
    page = client.get(address("unit", kode=kode))
    assert "Puskesmas Alfa" in visible_text(page)
    assert ("unduh.csv" in content(page)) is (len(kode) >= 5)


def test_a_code_without_dots_leads_to_the_list(client: Client, wilayah: dict[str, Wilayah]) -> None:
    answer = client.get("/wilayah/110101/unit/", {"jenis": "posyandu"})
    assert (answer.status_code, answer.url) == (301, "/wilayah/11.01.01/unit/?jenis=posyandu")


def test_a_demo_region_says_so(client: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah["99.01.01.2001"])
    for path in (address("unit", kode="99.01.01"), unit.get_absolute_url()):
        assert "DATA CONTOH" in visible_text(client.get(path))


# Taking it away


def test_the_list_can_be_taken_away_and_handed_in_again(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="=SUM(1)", wilayah=wilayah[A1], lintang="-7.5", bujur="112.25", mulai="2001-01-01")
    UnitLayananFactory(
        nama="SD A1", jenis="sekolah", kode="20512345", wilayah=wilayah[A1], kerja=[wilayah[A2], wilayah[A1]]
    )
    answer = client.get(address("unit_unduh", "csv"), {"urut": "nama"})
    assert answer["Content-Disposition"] == 'attachment; filename="unit-layanan-11.01.01.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["nama"] for row in rows] == ["'=SUM(1)", "SD A1"]
    assert rows[1]["wilayah_kerja"] == f"{A1};{A2}"
    assert rows[0]["lintang"] == "-7.500000"
    rows[0]["nama"] = "=SUM(1)"
    assert impor(*rows).sama == 2


def test_the_list_as_a_workbook_has_the_columns_of_the_template(client: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
    UnitLayananFactory(nama="SD", jenis="sekolah", wilayah=wilayah[A1])
    answer = client.get(address("unit_unduh", "xlsx"), {"jenis": "sekolah"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == TEMPLAT
    assert [row[1] for row in rows[1:]] == ["SD"]


@pytest.mark.parametrize(("kode", "bentuk"), [(ALFA, "pdf"), ("11", "csv"), ("0", "xlsx")])
def test_what_is_not_offered_is_not_found(kode: str, bentuk: str, client: Client, wilayah: dict[str, Wilayah]) -> None:
    assert client.get(address("unit_unduh", bentuk, kode=kode)).status_code == 404


# The page of one unit


def test_the_page_of_a_unit_tells_all_of_it(client: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(
        nama="Puskesmas Alfa", jenis="puskesmas", kode="P3501", wilayah=wilayah[A1], alamat="Jalan Raya 1",
        lintang="-7.5", bujur="112.25", mulai="1998-07-01", sumber="Dinkes", kerja=[wilayah[A2], wilayah[B1]],
    )  # fmt: skip
    text = visible_text(client.get(unit.get_absolute_url()))
    assert "Wilayah kerja Kecamatan Alfa Desa A2 Kecamatan Beta Desa B1" in text
    assert "Kode puskesmas P3501 Berdiri di Desa A1 Alamat Jalan Raya 1" in text
    assert "Mulai melayani 1 Juli 1998 Sumber data Dinkes" in text
    assert "-7,5" in text
    assert "sudah tutup" not in text
    assert "Ubah" not in text


@pytest.mark.parametrize(
    ("jenis", "serves"), [("puskesmas", "Seluruh Kecamatan Alfa"), ("posyandu", "Wilayah kerja Desa A1")]
)
def test_an_area_that_is_not_stated_is_marked_as_assumed(
    jenis: str, serves: str, client: Client, wilayah: dict[str, Wilayah]
) -> None:
    text = visible_text(client.get(UnitLayananFactory(jenis=jenis, wilayah=wilayah[A1]).get_absolute_url()))
    assert f"{serves} Wilayah kerja belum dirinci; ini anggapan portal" in text
    assert "Koordinat –" in text


def test_a_closed_unit_says_since_when(client: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], sampai="2020-06-30")
    assert "sudah tutup; hari terakhir melayani 30 Juni 2020" in visible_text(client.get(unit.get_absolute_url()))


def test_a_unit_is_found_from_the_regions_above_it_only(client: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(jenis="puskesmas", wilayah=wilayah[A1], kerja=[wilayah[B1]])
    found = {kode for kode in wilayah if client.get(address("unit_rinci", unit.pk, kode=kode)).status_code == 200}
    assert found == {"0", "11", "11.01", ALFA, A1}
    assert client.get(address("unit_rinci", 10**30)).status_code == 404


# Adding and changing


def test_a_posyandu_is_added(operator: Client) -> None:
    answer = operator.post(
        address("unit_tambah"), filled(nama=" Posyandu  Melati ", kode="pos-1", wilayah_kerja=[A1, A2])
    )
    unit = UnitLayanan.objects.get()
    assert (answer.status_code, answer.url) == (302, unit.get_absolute_url())
    assert (unit.nama, unit.kode, unit.wilayah.kode) == ("Posyandu Melati", "POS-1", A1)
    assert {desa.kode for desa in unit.wilayah_kerja.all()} == {A1, A2}
    assert "Tersimpan." in visible_text(operator.get(answer.url))


def test_a_wrong_form_comes_back_with_what_was_typed(operator: Client) -> None:
    answer = operator.post(address("unit_tambah"), filled(jenis="sekolah", kode="12", wilayah=ALFA, wilayah_kerja=[A2]))
    text = visible_text(answer)
    assert answer.status_code == 422
    assert "Belum tersimpan. Perbaiki isian berikut. Kode unit : NPSN terdiri atas 8" in text
    assert "Pilih desa atau kelurahannya." in text
    assert f'value="{A2}" checked' in content(answer)
    assert 'value="Posyandu Melati"' in content(answer)
    assert not UnitLayanan.objects.exists()


def test_a_unit_that_is_there_already_is_refused(operator: Client, wilayah: dict[str, Wilayah]) -> None:
    UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
    answer = operator.post(address("unit_tambah"), filled())
    assert answer.status_code == 422
    assert "sudah tercatat di sana" in visible_text(answer)
    assert UnitLayanan.objects.count() == 1


def test_an_area_outside_the_kabupaten_is_refused_with_words(operator: Client) -> None:
    answer = operator.post(address("unit_tambah"), filled(wilayah_kerja=[A1, G1]))
    assert answer.status_code == 422
    assert f"{G1} bukan desa atau kelurahan di Kabupaten Satu. Wilayah kerja tidak boleh keluar" in visible_text(answer)
    assert not UnitLayanan.objects.exists()


@pytest.mark.parametrize("kode", [B1, "11.01.02", G1, "11.01"])
def test_a_place_one_does_not_keep_is_refused(kode: str, operator: Client) -> None:
    assert operator.post(address("unit_tambah"), filled(jenis="puskesmas", wilayah=kode)).status_code == 422
    assert not UnitLayanan.objects.exists()


def test_the_form_offers_the_places_one_keeps_and_every_desa_of_the_kabupaten(
    operator: Client, cast: SimpleNamespace
) -> None:
    page = content(operator.get(address("unit_tambah")))
    assert f'<option value="{ALFA}" selected>' in page
    assert f'<option value="{B1}"' not in page
    assert f'value="{B1}">' in page
    assert G1 not in page
    operator.force_login(cast.admin_kabupaten)
    page = content(operator.get(address("unit_tambah", kode="11.01")))
    assert f'<option value="{B1}">' in page
    assert "Pilih tempat" in page


@pytest.mark.parametrize("kode", ["0", "11"])
def test_a_unit_is_added_from_a_kabupaten_down(kode: str, client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.admin_pusat)
    assert client.get(address("unit_tambah", kode=kode)).status_code == 404
    page = content(client.get(address("unit", kode=kode)))
    assert address("unit_impor", kode=kode) in page
    assert "/unit/baru/" not in page


def test_a_unit_is_changed_with_its_area(operator: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], kerja=[wilayah[A1]], mulai="2001-02-03")
    path = address("unit_ubah", unit.pk, kode=A1)
    page = content(operator.get(path))
    assert f'<option value="{A1}" selected>' in page
    assert f'value="{A1}" checked' in page
    assert 'value="2001-02-03"' in page
    answer = operator.post(path, filled(wilayah=A2, wilayah_kerja=[B1], sampai="2030-01-01"))
    unit.refresh_from_db()
    assert answer.url == f"/wilayah/{A2}/unit/{unit.pk}/"
    assert (unit.wilayah, list(unit.wilayah_kerja.all())) == (wilayah[A2], [wilayah[B1]])


@pytest.mark.parametrize("name", ["unit_ubah", "unit_tutup"])
def test_a_unit_that_only_serves_the_region_is_kept_elsewhere(
    name: str, operator: Client, wilayah: dict[str, Wilayah]
) -> None:
    unit = UnitLayananFactory(jenis="puskesmas", wilayah=wilayah[B1], kerja=[wilayah[A1]])
    for kode in (ALFA, A1, B1):
        assert operator.get(address(name, unit.pk, kode=kode)).status_code == 404


def test_the_same_unit_added_by_somebody_else_meanwhile_is_answered_in_the_form(
    operator: Client, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_late(**arguments: Any) -> UnitLayanan:
        UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
        return save_unit(**arguments)

    monkeypatch.setattr(views, "save_unit", save_late)
    answer = operator.post(address("unit_tambah"), filled())
    assert answer.status_code == 422
    assert "sudah tercatat di sana" in visible_text(answer)
    assert UnitLayanan.objects.count() == 1


# Closing


def test_closing_asks_for_the_day_and_keeps_the_unit(operator: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1])
    path = address("unit_tutup", unit.pk, kode=A1)
    assert f'value="{timezone.localdate().isoformat()}"' in content(operator.get(path))
    answer = operator.post(path, {"sampai": "2024-06-30"}, follow=True)
    unit.refresh_from_db()
    assert str(unit.sampai) == "2024-06-30"
    assert "Hari terakhir melayani dicatat." in visible_text(answer)
    assert "Tutup unit" not in visible_text(answer)


@pytest.mark.parametrize(("sampai", "words"), [("", ""), ("kemarin", ""), ("2000-01-01", "mendahului hari mulainya")])
def test_a_wrong_last_day_is_refused(sampai: str, words: str, operator: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], mulai="2001-01-01")
    answer = operator.post(address("unit_tutup", unit.pk), {"sampai": sampai})
    assert answer.status_code == 422
    assert words in visible_text(answer)
    assert 'role="alert"' in content(answer)
    unit.refresh_from_db()
    assert unit.sampai is None


# Reading


def test_reading_never_writes(operator: Client, wilayah: dict[str, Wilayah]) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1])
    before = row_counts(), UnitLayanan.objects.values().get()
    for path in (address("unit"), unit.get_absolute_url(), address("unit_tambah"), address("unit_ubah", unit.pk),
                 address("unit_tutup", unit.pk), address("unit_unduh", "csv")):  # fmt: skip
        assert operator.get(path).status_code == 200
        assert operator.head(path).status_code == 200
    assert (row_counts(), UnitLayanan.objects.values().get()) == before
