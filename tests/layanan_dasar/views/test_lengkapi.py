"""The page that asks what a file does not say, and the button that undoes a stored one."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.models import APBDes, PetaDesaSiskeudes
from tests.layanan_dasar.berkas import A1, A2, B1, apbdes_utuh, csv_bytes
from tests.layanan_dasar.laporan import laporan_bytes
from tests.layanan_dasar.siskeudes import D2, POSYANDU, cocokkan, rab, utuh, zip_bytes


pytestmark = pytest.mark.usefixtures("acuan")
ALFA = "11.01.01"


@pytest.fixture
def operator(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.operator_kecamatan_a)
    return client


def upload(client: Client, content: bytes, name: str) -> BerkasImpor:
    answer = client.post(reverse("layanan_dasar:impor", args=[ALFA]), {"berkas": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return BerkasImpor.objects.latest("created_at")


def address(name: str, berkas: BerkasImpor) -> str:
    return reverse(f"layanan_dasar:{name}", args=[ALFA, berkas.pk])


@pytest.fixture
def siskeudes(operator: Client) -> BerkasImpor:
    rows = [rab(POSYANDU, "5.2.1.01.", "600"), rab(POSYANDU, "5.2.1.01.", "1", Kd_Desa=D2)]
    return upload(operator, zip_bytes(utuh(Ta_RABRinci=rows)), "siskeudes.zip")


def test_unmatched_desa_are_asked_for_with_a_proposal_by_name(operator: Client, siskeudes: BerkasImpor) -> None:
    page = operator.get(address("pratinjau", siskeudes)).content.decode()
    assert address("lengkapi", siskeudes) in page
    assert "Belum ada yang dapat disimpan" in page
    page = operator.get(address("lengkapi", siskeudes)).content.decode()
    assert f'value="{A1}"' in page
    assert "usulan: A2" in page
    assert not PetaDesaSiskeudes.objects.exists()
    assert operator.post(address("simpan", siskeudes)).status_code == 409


def test_confirmed_pairs_hold_for_every_later_file(operator: Client, siskeudes: BerkasImpor, cast: Any) -> None:
    answer = operator.post(address("lengkapi", siskeudes), {"desa_0": A1, "desa_1": ""})
    assert answer.url == address("pratinjau", siskeudes)
    pair = PetaDesaSiskeudes.objects.get()
    assert (pair.kd_desa, pair.nama_siskeudes, pair.desa.kode) == ("01.2001", "DESA A1", A1)
    assert (pair.kabupaten.kode, pair.disetujui_oleh) == ("11.01", cast.operator_kecamatan_a)
    operator.post(address("simpan", siskeudes))
    assert [apbdes.desa.kode for apbdes in APBDes.objects.all()] == [A1]
    later = upload(operator, zip_bytes(utuh()), "lagi.zip")
    assert later.ringkasan["perlu"]["belum"] == 0
    assert later.ringkasan["dibaca"] == 3


def test_two_codes_may_change_places(operator: Client, siskeudes: BerkasImpor) -> None:
    operator.post(address("lengkapi", siskeudes), {"desa_0": A1, "desa_1": A2})
    operator.post(address("lengkapi", siskeudes), {"desa_0": A2, "desa_1": A1})
    assert dict(PetaDesaSiskeudes.objects.values_list("kd_desa", "desa__kode")) == {"01.2001": A2, "01.2002": A1}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"desa_0": A1, "desa_1": A1}, "Satu desa hanya satu kode"),
        ({"desa_0": B1}, "bukan desa di wilayah halaman ini"),
        ({}, "Pilih sedikitnya satu desa"),
    ],
    ids=["one desa twice", "other region", "none"],
)
def test_wrong_pairs_are_explained(operator: Client, siskeudes: BerkasImpor, sent: dict[str, str], words: str) -> None:
    answer = operator.post(address("lengkapi", siskeudes), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PetaDesaSiskeudes.objects.exists()


def test_a_desa_that_stands_for_another_code_is_not_taken_twice(
    operator: Client, siskeudes: BerkasImpor, wilayah: dict[str, Wilayah]
) -> None:
    cocokkan(wilayah, {"09.2001": A1})
    answer = operator.post(address("lengkapi", siskeudes), {"desa_0": A1})
    assert answer.status_code == 422
    assert "Satu desa hanya satu kode" in answer.content.decode()


def test_a_file_that_turns_out_wrong_leaves_no_pair(operator: Client) -> None:
    berkas = upload(operator, zip_bytes(utuh(Ta_RABRinci=[rab(POSYANDU, "5.2.", "600")])), "salah.zip")
    answer = operator.post(address("lengkapi", berkas), {"desa_0": A1})
    assert answer.status_code == 422
    assert "Ta_RABRinci.kd_rincian" in answer.content.decode()
    assert not PetaDesaSiskeudes.objects.exists()


def test_a_report_is_completed_on_the_page(operator: Client) -> None:
    berkas = upload(operator, laporan_bytes(), "laporan.xlsx")
    page = operator.get(address("lengkapi", berkas)).content.decode()
    assert "3. Anggaran (Rp)" in page
    assert "Realisasi dalam laporan" in page
    sent = {
        "tahun": 2025,
        "jenis": "awal",
        "semester": "2",
        "kode": 0,
        "rekening": "",
        "uraian": 1,
        "anggaran": 2,
        "realisasi": 3,
    }
    assert operator.post(address("lengkapi", berkas), sent).status_code == 422  # no desa
    desa = Wilayah.objects.get(kode=A1).pk
    assert operator.post(address("lengkapi", berkas), sent | {"desa": desa}).status_code == 302
    page = operator.get(address("lengkapi", berkas)).content.decode()
    assert f'<option value="{desa}" selected>' in page
    operator.post(address("simpan", berkas))
    assert APBDes.objects.get().cakupan_belanja == "kegiatan"


def test_opendk_is_completed_on_the_page(operator: Client) -> None:
    berkas = upload(operator, b"no_akun,nama_akun,jumlah\n421-01,Dana Desa,1000\n", "opendk.csv")
    sent = {"desa": Wilayah.objects.get(kode=A2).pk, "tahun": 2025, "jenis": "awal"}
    assert operator.post(address("lengkapi", berkas), sent | {"tahun": 1999}).status_code == 422
    operator.post(address("lengkapi", berkas), sent)
    operator.post(address("simpan", berkas))
    assert APBDes.objects.get().desa.kode == A2


def test_a_file_without_open_questions_has_no_such_page(operator: Client, siskeudes: BerkasImpor) -> None:
    plain = upload(operator, csv_bytes(apbdes_utuh()), "a.csv")
    assert operator.get(address("lengkapi", plain)).status_code == 404
    operator.post(address("batal", siskeudes))
    assert operator.get(address("lengkapi", siskeudes)).status_code == 404


def test_a_stored_file_offers_to_be_undone(operator: Client) -> None:
    berkas = upload(operator, csv_bytes(apbdes_utuh()), "a.csv")
    assert "Urungkan" not in operator.get(address("pratinjau", berkas)).content.decode()
    operator.post(address("simpan", berkas))
    assert "Urungkan berkas ini" in operator.get(address("pratinjau", berkas)).content.decode()
    answer = operator.post(address("urungkan", berkas), follow=True)
    assert "Diurungkan. APBDes dan angka" in answer.content.decode()
    assert not APBDes.objects.exists()


def test_what_cannot_be_undone_says_why(operator: Client) -> None:
    berkas = upload(operator, csv_bytes(apbdes_utuh()), "a.csv")
    answer = operator.post(address("urungkan", berkas))
    assert answer.status_code == 409
    assert "belum disimpan" in answer.content.decode()
