"""The upload page and its three steps, as the operator of Kecamatan Alfa sees them in the browser."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from kecamatan.models import BerkasImpor
from layanan_dasar.models import APBDes, KualitasBelanja
from p3pd_portal.lib.spreadsheet import Limits
from tests.layanan_dasar.berkas import (
    A1,
    B1,
    PUBLIKASI,
    apbdes_utuh,
    baris_tersimpan,
    belanja,
    csv_bytes,
    impor,
    isi_tabel,
    publikasi,
    xlsx_bytes,
)


pytestmark = pytest.mark.usefixtures("acuan")

ALFA = "11.01.01"


@pytest.fixture
def operator(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


def address(name: str, *args: object, kode: str = ALFA) -> str:
    return reverse(f"layanan_dasar:{name}", args=[kode, *args])


def upload(client: Client, content: bytes, name: str = "apbdes.csv", kode: str = ALFA) -> Any:
    return client.post(address("impor", kode=kode), {"berkas": SimpleUploadedFile(name, content)})


def waiting(client: Client, content: bytes | None = None) -> BerkasImpor:
    """A file that was uploaded and waits for confirmation."""
    assert upload(client, csv_bytes(apbdes_utuh()) if content is None else content).status_code == 302
    return BerkasImpor.objects.defer("isi").latest("created_at")


# Choosing a file


def test_the_page_offers_template_and_form(operator: Client) -> None:
    page = operator.get(address("impor")).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'type="file" name="berkas"' in page
    assert address("templat", "xlsx") in page
    assert address("templat", "csv") in page
    assert "Kecamatan Alfa" in page


def test_without_a_file_the_page_asks_for_one(operator: Client) -> None:
    answer = operator.post(address("impor"), {"lain": "isi"})
    assert answer.status_code == 422
    assert "Pilih berkasnya lebih dahulu." in answer.content.decode()


def test_a_file_over_20_mb_is_refused_before_it_is_opened(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    content = csv_bytes([belanja()])
    monkeypatch.setattr("kecamatan.forms.WEB", Limits(csv_bytes=len(content) - 1))
    answer = upload(operator, content)
    assert answer.status_code == 422
    assert "Berkas melebihi 20 MB. Bagi menurut kecamatan" in answer.content.decode()
    assert not BerkasImpor.objects.exists()
    monkeypatch.setattr("kecamatan.forms.WEB", Limits(csv_bytes=len(content)))
    assert upload(operator, content).status_code == 302


def test_an_empty_file_is_refused_with_words(operator: Client) -> None:
    answer = upload(operator, b"")
    assert answer.status_code == 422
    assert "Berkas kosong. Unduh templat, isi, lalu unggah lagi." in answer.content.decode()


def test_a_wrong_file_is_answered_with_a_table_of_errors_and_stores_nothing(operator: Client) -> None:
    before = isi_tabel()
    answer = upload(operator, csv_bytes([belanja(), belanja("x"), belanja(kode_desa=B1)]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan: 2 kesalahan" in page
    assert '<td class="n">3</td>' in page
    assert "<td>anggaran</td>" in page
    assert f"Desa {B1} berada di luar Kecamatan Alfa." in page
    assert isi_tabel() == before


def test_an_error_of_the_whole_file_has_no_row(operator: Client) -> None:
    assert '<td class="n">–</td>' in upload(operator, csv_bytes([])).content.decode()


def test_what_stands_in_a_cell_never_becomes_markup(operator: Client) -> None:
    page = upload(operator, csv_bytes([belanja(jenis="<script>alert(1)")])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_only_the_first_200_errors_are_shown_but_all_are_counted(operator: Client) -> None:
    page = upload(operator, csv_bytes([belanja("x") for _ in range(201)])).content.decode()
    assert "Tidak ada yang disimpan: 201 kesalahan" in page
    assert "Ditampilkan 200 kesalahan pertama." in page
    assert page.count("<td>anggaran</td>") == 200


# The preview


def test_a_right_file_leads_to_its_preview(operator: Client) -> None:
    answer = upload(operator, xlsx_bytes(apbdes_utuh()), "apbdes-a1.xlsx")
    berkas = BerkasImpor.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == address("pratinjau", berkas.pk)
    assert not APBDes.objects.exists()


def test_the_preview_shows_counts_and_control_totals(operator: Client) -> None:
    impor([belanja("599", kode_rekening="5.2.1.01"), belanja(1, kode_rekening="5.2.9.01")])
    berkas = waiting(operator, csv_bytes([*apbdes_utuh(), belanja("1.234.567,50", kode_rekening="5.3.4.01")]))
    page = operator.get(address("pratinjau", berkas.pk)).content.decode()
    for name, count in (("baru", 5), ("berubah", 1), ("dihapus", 1), ("sama", 0)):
        assert f"<dt>baris {name}</dt><dd>{count}</dd>" in page
    for amount in ("1.000", "1.235.598", "30"):
        assert f'<td class="n">{amount}</td>' in page
    assert "1 angka memuat sen dan dibulatkan" in page
    assert "Simpan 1 APBDes" in page
    assert A1 in page


def test_an_unchanged_file_cannot_be_saved_but_discarded(operator: Client) -> None:
    impor(apbdes_utuh())
    page = operator.get(address("pratinjau", waiting(operator).pk)).content.decode()
    assert "Isi berkas sama dengan yang sudah tersimpan." in page
    assert "/simpan/" not in page
    assert "/batal/" in page


@pytest.mark.parametrize(("name", "method"), [("pratinjau", "get"), ("simpan", "post"), ("batal", "post")])
def test_a_file_of_another_region_is_not_found(name: str, method: str, operator: Client, cast: SimpleNamespace) -> None:
    berkas = waiting(operator)
    before = isi_tabel()
    for user, kode in ((cast.operator_kecamatan_b, "11.01.02"), (cast.admin_kabupaten, "11.01")):
        client = Client()
        client.force_login(user)
        assert getattr(client, method)(address(name, berkas.pk, kode=kode)).status_code == 404
    assert isi_tabel() == before


# Saving and discarding


def test_saving_stores_recomputes_and_says_so(operator: Client, cast: SimpleNamespace) -> None:
    berkas = waiting(operator)
    answer = operator.post(address("simpan", berkas.pk), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(address("pratinjau", berkas.pk), 302)]
    assert "Tersimpan. Angka halaman wilayah sudah dihitung ulang." in page
    assert "/simpan/" not in page
    assert len(baris_tersimpan(berkas=berkas)) == 5
    assert KualitasBelanja.objects.get(wilayah__kode=ALFA).belanja_anggaran == 1030
    saved = BerkasImpor.objects.get()
    assert (saved.status, saved.isi, saved.finished_by) == ("tersimpan", None, cast.operator_kecamatan_a)
    assert saved.finished_at is not None


def test_saving_twice_imports_once(operator: Client) -> None:
    berkas = waiting(operator)
    operator.post(address("simpan", berkas.pk))
    before = isi_tabel()
    assert operator.post(address("simpan", berkas.pk)).status_code == 302
    assert isi_tabel() == before


@pytest.mark.django_db(transaction=True)
def test_saving_twice_at_once_imports_once(operator: Client, cast: SimpleNamespace) -> None:
    berkas = waiting(operator)
    clients = [operator, Client()]
    clients[1].force_login(cast.admin_kabupaten)
    start = Barrier(2)

    def save(client: Client) -> int:
        try:
            start.wait(timeout=10)
            return client.post(address("simpan", berkas.pk)).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(save, clients)) == [302, 302]
    saved = BerkasImpor.objects.get()
    assert (saved.status, saved.ringkasan["baru"], saved.ringkasan["sama"]) == ("tersimpan", 5, 0)
    assert len(baris_tersimpan()) == 5


def test_a_preview_that_no_longer_fits_is_answered_409_and_stores_nothing(operator: Client) -> None:
    berkas = waiting(operator, csv_bytes([publikasi("4.2.1", "Dana Desa", 900)], PUBLIKASI))
    impor(apbdes_utuh())
    before = isi_tabel()
    answer = operator.post(address("simpan", berkas.pk))
    assert answer.status_code == 409
    assert "Berkas yang kurang rinci tidak menggantinya." in answer.content.decode()
    assert isi_tabel() == before
    assert BerkasImpor.objects.get().is_waiting


def test_discarding_forgets_the_file(operator: Client) -> None:
    berkas = waiting(operator)
    answer = operator.post(address("batal", berkas.pk), follow=True)
    assert answer.redirect_chain == [(address("impor"), 302)]
    assert "Dibatalkan. Tidak ada yang disimpan." in answer.content.decode()
    assert BerkasImpor.objects.values_list("status", "isi").get() == ("dibatalkan", None)
    assert not APBDes.objects.exists()


def test_discarding_a_saved_file_does_not_claim_that_nothing_was_saved(operator: Client) -> None:
    berkas = waiting(operator)
    operator.post(address("simpan", berkas.pk))
    page = operator.post(address("batal", berkas.pk), follow=True).content.decode()
    assert APBDes.objects.exists()
    assert "Tidak ada yang disimpan" not in page


def test_saving_a_discarded_file_does_not_claim_that_it_was_saved(operator: Client) -> None:
    berkas = waiting(operator)
    operator.post(address("batal", berkas.pk))
    operator.get(address("impor"))  # reads the first message
    page = operator.post(address("simpan", berkas.pk), follow=True).content.decode()
    assert not APBDes.objects.exists()
    assert "Tersimpan." not in page


# Reading


def test_reading_never_writes(operator: Client) -> None:
    berkas = waiting(operator)
    paths = [address("impor"), address("templat", "csv"), address("templat", "xlsx"), address("pratinjau", berkas.pk)]
    before = isi_tabel(apps.get_models())
    assert [operator.get(path).status_code for path in paths] == [200] * 4
    assert [operator.head(path).status_code for path in paths] == [200] * 4
    assert [operator.get(address(name, berkas.pk)).status_code for name in ("simpan", "batal")] == [405, 405]
    assert isi_tabel(apps.get_models()) == before


@pytest.mark.parametrize("name", ["templat", "pratinjau"])
def test_pages_for_reading_take_no_post(name: str, operator: Client) -> None:
    argument = "csv" if name == "templat" else waiting(operator).pk
    assert operator.post(address(name, argument)).status_code == 405
