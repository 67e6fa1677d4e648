"""Handing in figures of other applications in the browser, from the template to the page of the region."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.models import NilaiIndikator, PetaKolom
from tests.assertions import content, row_counts, visible_text
from tests.factories import BerkasImporFactory
from tests.layanan_dasar import opendk
from tests.layanan_dasar.angka import A1, A2, B1, JULI, konteks, panjang, satu
from tests.layanan_dasar.opendk import csv, xlsx


ALFA = "11.01.01"


@pytest.fixture
def operator(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


@pytest.fixture
def katalog(wilayah: dict[str, Wilayah]) -> None:
    opendk.load_katalog()


def address(name: str, *args: object, kode: str = ALFA) -> str:
    return reverse(f"layanan_dasar:angka_{name}", args=[kode, *args])


def upload(client: Client, file: bytes, name: str = "angka.csv", **told: str) -> Any:
    return client.post(address("impor"), {"berkas": SimpleUploadedFile(name, file), **told})


def waiting(client: Client, file: bytes, **told: str) -> BerkasImpor:
    answer = upload(client, file, **told)
    assert answer.status_code == 302, visible_text(answer)
    return BerkasImpor.objects.latest("created_at")


def test_a_template_of_opendk_reaches_the_page_of_the_region(operator: Client, katalog: None) -> None:
    """Upload, preview, confirmation, and the figure as everybody reads it."""
    file = xlsx(opendk.AKI, (A1, 1, 2), ("1101012002", 0, 3)).getvalue()
    answer = upload(operator, file, "Format_Upload_AKI_&_AKB.xlsx", periode=JULI)
    preview = visible_text(operator.get(answer.url))
    assert "angka baru 4" in preview
    assert "Kematian bayi (OpenDK) OD-AKB 2 0 0" in preview
    assert "Simpan 4 angka baru dan 0 perubahan" in preview
    assert not NilaiIndikator.objects.exists()
    berkas = BerkasImpor.objects.get()
    saved = operator.post(address("simpan", berkas.pk), follow=True)
    assert "Tersimpan. Capaian wilayah sudah dihitung ulang." in visible_text(saved)
    page = visible_text(Client().get(f"/wilayah/{ALFA}/capaian/"))
    assert "Kematian bayi (OpenDK) OD-AKB 5 kasus Juli 2025" in page
    assert "5 kasus" in visible_text(Client().get(f"/wilayah/{ALFA}/angka/OD-AKB/{JULI}/"))


def test_what_the_file_leaves_open_is_asked_and_then_taken_from_the_form(operator: Client, katalog: None) -> None:
    file = csv(opendk.PAUD, (34, 23, 12)).getvalue()
    text = visible_text(upload(operator, file))
    assert "Sebutkan periodenya (semester, misalnya 2025-S1)" in text
    assert "Sebutkan kode desanya" in text
    berkas = waiting(operator, file, periode="2025-s1", desa=A2)
    assert berkas.ringkasan["isian"] == {"periode": "2025-S1", "desa": A2, "penyakit": "", "sumber": "", "peta": ""}
    operator.post(address("simpan", berkas.pk))
    assert NilaiIndikator.objects.get(indikator="OD-PAUD").desa.kode == A2


def test_the_desa_that_was_told_must_lie_in_the_region(operator: Client, katalog: None) -> None:
    answer = upload(operator, csv(opendk.PAUD, (34, 23, 12)).getvalue(), periode="2025-S1", desa=B1)
    assert answer.status_code == 422
    assert f"Desa {B1} berada di luar Kecamatan Alfa" in visible_text(answer)


def test_the_disease_that_was_told_is_kept_with_the_file(operator: Client, katalog: None) -> None:
    berkas = waiting(operator, csv(opendk.EPIDEMI, (A1, 3)).getvalue(), periode=JULI, penyakit="DBD")
    operator.post(address("simpan", berkas.pk))
    answer = upload(operator, csv(opendk.EPIDEMI, (A1, 4)).getvalue(), periode=JULI, penyakit="Diare")
    assert "Satukan semua penyakit dalam satu berkas" in visible_text(answer)


def test_a_list_is_read_by_the_mapping_that_was_chosen(operator: Client) -> None:
    konteks("PODES-SD", frekuensi="Y", satuan="sekolah")
    rules = [{"indikator": "PODES-SD", "pembilang": ["negeri", "swasta"]}]
    PetaKolom.objects.create(kode="podes", nama="Podes", sumber="BPS", kolom_kode="kode", aturan=rules)
    berkas = waiting(operator, f"kode,negeri,swasta\n{A1},2,1\n".encode(), peta="podes", periode="2024")
    operator.post(address("simpan", berkas.pk))
    satu = NilaiIndikator.objects.get()
    assert (satu.pembilang, satu.sumber) == (3, "BPS")


@pytest.mark.parametrize(
    ("told", "words"),
    [({"periode": "juli"}, "Periode ditulis 2025 (tahun)"), ({"peta": "lain"}, "Masukkan pilihan yang valid")],
)
def test_a_wrong_answer_is_explained_at_its_field(told: dict[str, str], words: str, operator: Client) -> None:
    answer = upload(operator, panjang(), **told)
    assert answer.status_code == 422
    assert words in visible_text(answer)


def test_without_a_file_the_page_asks_for_one(operator: Client) -> None:
    answer = operator.post(address("impor"), {"periode": JULI})
    assert "Pilih berkasnya lebih dahulu." in visible_text(answer)
    assert f'value="{JULI}"' in content(answer)


def test_a_wrong_file_is_answered_with_every_error_and_kept_nowhere(operator: Client) -> None:
    konteks()
    before = row_counts()
    answer = upload(operator, panjang(satu(1), satu(2), satu("x", A2), satu(3, B1)))
    text = visible_text(answer)
    assert answer.status_code == 422
    assert "Tidak ada yang disimpan: 3 kesalahan" in text
    assert "3 indikator OD-AKI desa 11.01.01.2001 periode 2025-07 sudah ada di baris 2" in text
    assert "4 pembilang" in text
    assert f"5 desa Desa {B1} berada di luar Kecamatan Alfa." in text
    assert row_counts() == before


def test_the_desa_to_choose_from_are_offered_in_a_kecamatan_only(operator: Client, cast: SimpleNamespace) -> None:
    assert f'<option value="{A1}">A1</option>' in content(operator.get(address("impor")))
    admin = Client()
    admin.force_login(cast.admin_kabupaten)
    page = content(admin.get(address("impor", kode="11.01")))
    assert 'name="desa"' in page
    assert A1 not in page


def test_a_preview_shows_changes_unknown_codes_and_notes(operator: Client) -> None:
    konteks()
    operator.post(address("simpan", waiting(operator, panjang(satu(3))).pk))
    unknown = [satu(1, f"11.01.01.20{n}") for n in range(40, 62)]
    text = visible_text(operator.get(address("pratinjau", waiting(operator, panjang(satu(30), *unknown)).pk)))
    assert "A1 11.01.01.2001 Nama OD-AKI OD-AKI 2025-07 3 kasus 30 kasus" in text
    assert "22 kode tidak ada di daftar wilayah, dan barisnya tidak disimpan: 11.01.01.2040," in text
    assert "11.01.01.2059, …" in text


def test_a_file_without_news_cannot_be_saved_and_a_saved_one_can_be_undone(operator: Client) -> None:
    konteks()
    berkas = waiting(operator, panjang(satu(3)))
    operator.post(address("simpan", berkas.pk))
    same = waiting(operator, panjang(satu(3)))
    page = operator.get(address("pratinjau", same.pk))
    assert "Tidak ada yang perlu disimpan." in visible_text(page)
    assert "/simpan/" not in content(page)
    assert address("urungkan", berkas.pk) in content(operator.get(address("pratinjau", berkas.pk)))
    answer = operator.post(address("urungkan", berkas.pk), follow=True)
    assert "Diurungkan. Angka sebelum berkas ini berlaku lagi." in visible_text(answer)
    assert "Berkas ini sudah diurungkan" in visible_text(answer)
    assert "/urungkan/" not in content(answer)


def test_what_cannot_be_undone_says_why(operator: Client) -> None:
    konteks()
    berkas = waiting(operator, panjang(satu(3)))
    operator.post(address("simpan", berkas.pk))
    operator.post(address("simpan", waiting(operator, panjang(satu(4))).pk))
    answer = operator.post(address("urungkan", berkas.pk))
    assert answer.status_code == 409
    assert "Sudah diganti yang lebih baru: OD-AKI A1 oleh “angka.csv”" in visible_text(answer)


def test_discarding_forgets_the_file(operator: Client) -> None:
    konteks()
    berkas = waiting(operator, panjang(satu(3)))
    assert "Dibatalkan." in visible_text(operator.post(address("batal", berkas.pk), follow=True))
    operator.post(address("simpan", berkas.pk))
    assert not NilaiIndikator.objects.exists()


def test_what_stands_in_a_cell_never_becomes_markup(operator: Client) -> None:
    konteks()
    page = content(upload(operator, panjang(f"{A1},<b>x</b>,{JULI},1,,")))
    assert "<b>x" not in page.lower()


@pytest.mark.parametrize(
    ("name", "method"), [("pratinjau", "get"), ("simpan", "post"), ("batal", "post"), ("urungkan", "post")]
)
@pytest.mark.parametrize(("kode", "jenis"), [(ALFA, "apbdes"), ("11.01.02", "nilai")])
def test_a_file_of_another_region_or_kind_is_not_found(
    kode: str, jenis: str, name: str, method: str, operator: Client, wilayah: dict[str, Wilayah]
) -> None:
    berkas = BerkasImporFactory(wilayah=wilayah[kode], jenis=jenis)
    assert getattr(operator, method)(address(name, berkas.pk)).status_code == 404


@pytest.mark.parametrize(
    ("person", "offered"),
    [("operator_kecamatan_a", True), ("admin_kabupaten", True), ("admin_pusat", True), ("camat_a", False),
     ("operator_desa_a1", False), ("operator_kecamatan_b", False), (None, False)],
)  # fmt: skip
def test_the_page_of_the_region_leads_here_who_may_hand_in(
    person: str | None, offered: bool, cast: SimpleNamespace, client: Client
) -> None:
    if person:
        client.force_login(getattr(cast, person))
    assert (address("impor") in content(client.get(f"/wilayah/{ALFA}/capaian/"))) is offered


def test_the_pages_cost_few_queries_however_much_there_is(
    operator: Client, katalog: None, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    few = waiting(operator, panjang(satu(3)))
    many = waiting(operator, panjang(*(satu(n, kode) for n, kode in enumerate((A1, A2, "11.01.01.1003")))))
    for berkas in (few, many):
        with django_assert_max_num_queries(8):
            operator.get(address("pratinjau", berkas.pk))
    with django_assert_max_num_queries(9):
        operator.get(address("impor"))
