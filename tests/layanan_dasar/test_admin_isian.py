"""The admin of datasets and of the rules of sheets, for Bina Adwil."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from layanan_dasar.models import AturanIsian, Dataset
from tests.factories import AturanIsianFactory, DatasetFactory, IndikatorFactory


pytestmark = pytest.mark.usefixtures("acuan")
ATURAN = {
    "kode": "uji", "ekspresi": "pembilang <= penyebut", "tingkat": "peringatan", "cakupan": "sel",
    "pesan": "Ini {pembilang} dari {penyebut}.", "urutan": "1",
}  # fmt: skip
DATASET = {
    "kode": "SAB-T", "nama": "Sanitasi, triwulanan", "bidang": "SAB", "frekuensi": "T",
    "pengisi": ["upt_kesehatan", "operator_desa"], "hari_tenggat": "10", "hari_tenggang": "0", "dari": "2025-01-01",
    "aktif": "on",
}  # fmt: skip


@pytest.fixture
def pusat(cast: SimpleNamespace, client: Client) -> Client:
    client.force_login(cast.admin_pusat)
    return client


def refusal(client: Client, url: str, sent: dict[str, object]) -> dict[str, list[str]]:
    """What the form says, by field."""
    response = client.post(url, sent)
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


def test_a_rule_is_written_in_the_admin(pusat: Client) -> None:
    assert pusat.post("/admin/layanan_dasar/aturanisian/add/", ATURAN).status_code == 302
    assert AturanIsian.objects.get().ekspresi == ATURAN["ekspresi"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ekspresi", "pembilan <= penyebut", "“pembilan” (kolom 1) tidak dikenal di sini. Nama yang ada: awal_tahun"),
        ("ekspresi", "pembilang.real > 1", "“.real > 1” (kolom 10) tidak dikenal"),
        ("ekspresi", "lalu(riil) > 1", "“riil” (kolom 6) salah: lalu diisi nama kolom"),
        ("ekspresi", "pembilang + 1", "“pembilang + 1” (kolom 1) adalah angka"),
        ("pesan", "Ini {sasaran}.", "{sasaran}: “sasaran” (kolom 1) tidak dikenal di sini"),
        ("pesan", "Ini {riil}.", "{riil}: “riil” (kolom 1) adalah pernyataan"),
        ("pesan", "Ini {pembilang", "Kurung kurawal tidak berpasangan"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_in_the_parsers_words(
    field: str, value: str, words: str, pusat: Client
) -> None:
    errors = refusal(pusat, "/admin/layanan_dasar/aturanisian/add/", ATURAN | {field: value})
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert not AturanIsian.objects.exists()


def test_a_rule_of_an_unknown_scope_is_refused_for_that_alone(pusat: Client) -> None:
    errors = refusal(pusat, "/admin/layanan_dasar/aturanisian/add/", ATURAN | {"cakupan": "kecamatan"})
    assert list(errors) == ["cakupan"]


def test_a_rule_speaks_of_indicators_of_the_catalogue(pusat: Client) -> None:
    IndikatorFactory(kode="PDK-01")
    sent = ATURAN | {"cakupan": "desa", "ekspresi": "nilai('PDK-01') < 9", "pesan": "Ini {nilai('PDK-99')}."}
    errors = refusal(pusat, "/admin/layanan_dasar/aturanisian/add/", sent)
    assert errors["ekspresi"] == ["Indikator tidak ada di katalog: PDK-99."]
    sent["pesan"] = "Ini {nilai('PDK-01')}."
    assert pusat.post("/admin/layanan_dasar/aturanisian/add/", sent).status_code == 302


def test_a_rule_gets_a_last_day_but_keeps_its_code_and_is_never_deleted(pusat: Client) -> None:
    rule = AturanIsianFactory(kode="uji")
    url = "/admin/layanan_dasar/aturanisian/uji/"
    assert pusat.post(f"{url}change/", ATURAN | {"kode": "lain", "sampai": "2026-12-31"}).status_code == 302
    rule.refresh_from_db()
    assert (rule.kode, rule.sampai) == ("uji", datetime.date(2026, 12, 31))
    assert AturanIsian.objects.count() == 1
    assert pusat.post(f"{url}delete/", {"post": "yes"}).status_code == 403


def test_a_dataset_is_written_in_the_admin(pusat: Client) -> None:
    assert pusat.post("/admin/layanan_dasar/dataset/add/", DATASET).status_code == 302
    satu = Dataset.objects.get()
    assert (satu.pengisi, satu.hari_tenggang) == (["upt_kesehatan", "operator_desa"], 0)


def test_only_roles_that_may_fill_in_figures_are_offered(pusat: Client) -> None:
    errors = refusal(pusat, "/admin/layanan_dasar/dataset/add/", DATASET | {"pengisi": ["camat"]})
    assert list(errors) == ["pengisi"]


def test_a_dataset_keeps_what_its_sheets_rest_on(pusat: Client) -> None:
    DatasetFactory(frekuensi="T", bidang_kode="SAB")
    url = "/admin/layanan_dasar/dataset/SAB-T/"
    sent = DATASET | {"kode": "X", "bidang": "KES", "frekuensi": "B", "hari_tenggat": "12"}
    assert pusat.post(f"{url}change/", sent).status_code == 302
    satu = Dataset.objects.get()
    assert (satu.kode, satu.bidang_id, satu.frekuensi, satu.hari_tenggat) == ("SAB-T", "SAB", "T", 12)
    assert pusat.post(f"{url}delete/", {"post": "yes"}).status_code == 403
