"""Handing in the resident file of OpenSID in the browser, and that nobody of it is left anywhere."""

import datetime
import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.models import NilaiIndikator
from tests.assertions import content, visible_text
from tests.layanan_dasar.penduduk import (
    A1,
    A2,
    B1,
    JULI,
    NIK,
    csv_penduduk,
    load_katalog,
    orang,
    pack,
    terlihat,
    zip_penduduk,
)


ALFA = "11.01.01"


@pytest.fixture
def operator(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> Client:
    load_katalog()
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


def address(name: str, *args: object, kode: str = ALFA) -> str:
    return reverse(f"layanan_dasar:penduduk_{name}", args=[kode, *args])


def upload(client: Client, file: bytes, periode: str = JULI, name: str = f"{NIK}000001 Sutrisnowati.zip") -> Any:
    return client.post(address("impor"), {"berkas": SimpleUploadedFile(name, file), "periode": periode})


def database_text() -> str:
    """Every cell of every table, as text; bytes are in hexadecimal form."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            rows.append(cursor.fetchone()[0])
    return "\n".join(rows)


def test_the_search_for_people_finds_them_where_they_are(operator: Client, wilayah: dict[str, Wilayah]) -> None:
    """Else the tests below would prove nothing."""
    BerkasImpor.objects.create(jenis="x", nama_berkas="Sutrisnowati", sidik="0", isi=b"Jalan Kenangan", wilayah=None)
    assert terlihat(database_text()) == ["Sutrisnowati", "Jalan Kenangan"]


def test_from_the_package_to_the_page_of_the_region_nobody_is_left_behind(
    operator: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in a table, a page, a log, a statement sent to the database, nor in a temporary file."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("tempfile.tempdir", "/tidak/ada")
    people = [orang(n, "2015-01-01" if n % 3 else "1980-01-01") for n in range(1, 40)]
    photos = {f"{NIK}{n:06}-{n}.jpg": bytes(range(256)) * 400 for n in range(30)}
    file = zip_penduduk(*people, orang(50, status_dasar="2"), orang(51, desa_id=A2), **photos)
    with CaptureQueriesContext(connection) as statements:
        answer = upload(operator, file)
        preview = operator.get(answer.url)
    assert "angka baru 18" in visible_text(preview)
    assert "1 baris tidak dihitung karena bukan penduduk hidup" in visible_text(preview)
    assert terlihat([database_text(), content(preview), caplog.text, statements.captured_queries]) == []
    berkas = BerkasImpor.objects.get()
    with CaptureQueriesContext(connection) as statements:
        saved = operator.post(address("simpan", berkas.pk), follow=True)
        page = Client().get(f"/wilayah/{ALFA}/capaian/")
    assert "Tersimpan." in visible_text(saved)
    assert "Penduduk (OpenSID) OS-PDDK 40 orang Juli 2025" in visible_text(page)
    assert terlihat([database_text(), content(saved), content(page), caplog.text, statements.captured_queries]) == []


@pytest.mark.parametrize(
    "file",
    [
        zip_penduduk(orang(1), orang(2, tanggal_lahir="Sutrisnowati", desa_id="Jalan Kenangan")),
        csv_penduduk(orang(1), header=False),
        pack({"Sutrisnowati.csv": csv_penduduk(orang(1)), f"{NIK}.csv": b"x"}),
        zip_penduduk(orang(1))[:-70],
    ],
    ids=["wrong cells", "no header", "two tables", "cut"],
)
def test_a_refused_file_leaves_nobody_behind_either(
    file: bytes, operator: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = upload(operator, file)
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan" in visible_text(answer)
    assert terlihat([content(answer), caplog.text, database_text()]) == []
    assert not BerkasImpor.objects.exists()


def test_the_page_for_figures_does_not_take_people_and_leads_here(operator: Client) -> None:
    angka = reverse("layanan_dasar:angka_impor", args=[ALFA])
    assert address("impor") in content(operator.get(angka))
    answer = operator.post(angka, {"berkas": SimpleUploadedFile("x.csv", csv_penduduk(orang(1)))})
    assert "memuat kolom NIK atau nomor KK" in visible_text(answer)
    assert terlihat([content(answer), database_text()]) == []


@pytest.mark.parametrize(
    ("periode", "words"),
    [("", "Bidang ini tidak boleh kosong"), ("juli", "Periode ditulis"), ("2025", "Tulis bulannya")],
)
def test_the_month_must_be_told(periode: str, words: str, operator: Client) -> None:
    answer = upload(operator, zip_penduduk(orang(1)), periode)
    assert answer.status_code == 422
    assert words in visible_text(answer)


def test_a_month_that_has_not_come_is_refused(operator: Client) -> None:
    later = timezone.localdate() + datetime.timedelta(days=32)
    assert "Bulan ini belum tiba" in visible_text(upload(operator, zip_penduduk(orang(1)), f"{later:%Y-%m}"))
    assert upload(operator, zip_penduduk(orang(1)), f"{timezone.localdate():%Y-%m}").status_code == 302


def test_a_desa_of_another_region_is_named(operator: Client) -> None:
    text = visible_text(upload(operator, zip_penduduk(orang(1), orang(2, desa_id=B1))))
    assert f"3 desa_id Desa {B1} berada di luar Kecamatan Alfa" in text


def test_a_stored_file_is_taken_back_and_a_waiting_one_forgotten(operator: Client) -> None:
    upload(operator, zip_penduduk(orang(1)))
    first = BerkasImpor.objects.get()
    operator.post(address("simpan", first.pk))
    upload(operator, zip_penduduk(orang(1), orang(2)))
    waiting = BerkasImpor.objects.get(status="pratinjau")
    preview = visible_text(operator.get(address("pratinjau", waiting.pk)))
    assert f"A1 {A1} Penduduk (OpenSID) OS-PDDK 2025-07 1 orang 2 orang" in preview
    operator.post(address("batal", waiting.pk))
    answer = operator.post(address("urungkan", first.pk), follow=True)
    assert "Diurungkan." in visible_text(answer)
    latest = NilaiIndikator.objects.filter(indikator="OS-PDDK").latest("revisi")
    assert (latest.revisi, latest.status) == (2, "tidak_dilaporkan")


def test_a_file_of_figures_is_not_found_among_those_of_residents(operator: Client) -> None:
    upload(operator, zip_penduduk(orang(1)))
    berkas = BerkasImpor.objects.get()
    assert operator.get(reverse("layanan_dasar:angka_pratinjau", args=[ALFA, berkas.pk])).status_code == 404


def test_the_pages_cost_few_queries(operator: Client, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(8):
        operator.get(address("impor"))
    upload(operator, zip_penduduk(*(orang(n, desa_id=(A1, A2)[n % 2]) for n in range(40))))
    with django_assert_max_num_queries(8):
        operator.get(address("pratinjau", BerkasImpor.objects.get().pk))


def test_reading_costs_the_same_queries_for_few_and_many_people(
    operator: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    upload(operator, zip_penduduk(orang(0)))
    with CaptureQueriesContext(connection) as few:
        upload(operator, zip_penduduk(orang(1)))
    with django_assert_num_queries(len(few.captured_queries)):
        upload(operator, zip_penduduk(*(orang(n) for n in range(200))))
