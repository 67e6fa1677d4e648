"""Number and code open a report; a wrong code tells nothing, and guessing ends soon."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from pengaduan.actions.meja import add_catatan
from pengaduan.models import KontakPelapor, Langkah, Pengaduan
from pengaduan.queries.kode import TandaTerima
from tests.assertions import visible_text
from tests.pengaduan.dunia import A1, fresh, lapor, maju


pytestmark = pytest.mark.django_db
L = Langkah


@pytest.fixture
def tanda(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> TandaTerima:
    return lapor(wilayah[A1], identitas="terbuka", nama="Siti Pelapor", rahasia=True)


def code(tanda: TandaTerima, **more: Any) -> dict[str, Any]:
    return {"nomor": tanda.pengaduan.nomor, "kode": tanda.kode_tampil} | more


def test_number_and_code_show_where_it_stands(client: Client, cast: SimpleNamespace, tanda: TandaTerima) -> None:
    add_catatan(by=cast.camat_a, pengaduan=tanda.pengaduan, catatan="Besok kami ke sana.", sifat="pelapor")
    add_catatan(by=cast.camat_a, pengaduan=tanda.pengaduan, catatan="Hati-hati, wartawan.", sifat="internal")
    answer = client.post("/lapor/status/", code(tanda))
    text = visible_text(answer)
    assert "Besok kami ke sana." in text
    assert "wartawan" not in text
    assert "no-store" in answer["Cache-Control"]


def test_letters_that_look_alike_and_small_ones_are_understood(client: Client, tanda: TandaTerima) -> None:
    typed = tanda.kode.lower().replace("0", "o").replace("1", "l")
    answer = client.post("/lapor/status/", {"nomor": tanda.pengaduan.nomor.lower(), "kode": f" {typed} "})
    assert "Perjalanan laporan" in visible_text(answer)


def test_a_wrong_code_reads_like_a_number_that_does_not_exist(client: Client, tanda: TandaTerima) -> None:
    other = lapor(tanda.pengaduan.wilayah, kunci="dua")
    Pengaduan.objects.filter(pk=other.pengaduan.pk).delete()
    wrong = client.post("/lapor/status/", code(tanda, kode=other.kode))
    gone = client.post("/lapor/status/", code(other))
    assert wrong.status_code == gone.status_code == 422
    assert "Nomor dan kode ini tidak cocok" in visible_text(wrong)
    assert visible_text(wrong) == visible_text(gone)


def test_a_slip_of_the_keys_is_told_before_anything_is_looked_up(client: Client, tanda: TandaTerima) -> None:
    last = "A" if tanda.kode[-1] != "A" else "B"
    text = visible_text(client.post("/lapor/status/", code(tanda, kode=tanda.kode[:-1] + last)))
    assert "Kode ini salah ketik" in text
    assert "Nomor ini salah ketik" in visible_text(client.post("/lapor/status/", code(tanda, nomor="DK-1-2-ABC")))


def test_after_ten_wrong_codes_the_right_one_opens_nothing_either(client: Client, tanda: TandaTerima) -> None:
    other = lapor(tanda.pengaduan.wilayah, kunci="dua")
    for _ in range(10):
        client.post("/lapor/status/", code(tanda, kode=other.kode))
    answer = client.post("/lapor/status/", code(tanda))
    assert "Terlalu banyak percobaan" in visible_text(answer)
    assert "Perjalanan" not in visible_text(answer)


def test_the_reporter_completes_adds_accepts_and_objects(
    client: Client, cast: SimpleNamespace, tanda: TandaTerima
) -> None:
    satu = tanda.pengaduan
    client.post("/lapor/tanggapi/", code(tanda, aksi="tambah", catatan="Ada foto."))
    assert satu.langkah.filter(langkah="tambahan").exists()
    maju(satu, cast, L.MINTA_DATA)
    assert "Lengkapi laporan" in visible_text(client.post("/lapor/status/", code(tanda)))
    client.post("/lapor/tanggapi/", code(tanda, aksi="lengkapi", catatan="Di RT 3."))
    assert fresh(satu).status == "diterima"
    maju(satu, cast, L.VERIFIKASI, L.PROSES, L.TANGGAPI)
    assert "Apakah jawabannya membantu?" in visible_text(client.post("/lapor/status/", code(tanda)))
    client.post("/lapor/tanggapi/", code(tanda, aksi="keberatan", catatan="Belum."))
    assert fresh(satu).status == "dibuka_kembali"
    maju(satu, cast, L.PROSES, L.TANGGAPI)
    client.post("/lapor/tanggapi/", code(tanda, aksi="puas", kepuasan="3"))
    assert (fresh(satu).status, fresh(satu).kepuasan) == ("selesai", 3)


def test_what_cannot_be_done_is_said_on_the_page(client: Client, tanda: TandaTerima) -> None:
    answer = client.post("/lapor/tanggapi/", code(tanda, aksi="keberatan", catatan="Tidak."))
    assert answer.status_code == 422
    assert "Langkah ini tidak berlaku lagi" in visible_text(answer)
    answer = client.post("/lapor/tanggapi/", code(tanda, aksi="tambah", catatan="NIK 3524012001900001"))
    assert "nomor 16 angka" in visible_text(answer)
    assert client.post("/lapor/tanggapi/", {"aksi": "hapus"}).status_code == 422


def test_the_reporter_has_everything_personal_erased(client: Client, tanda: TandaTerima) -> None:
    client.post("/lapor/tanggapi/", code(tanda, aksi="hapus"))
    assert fresh(tanda.pengaduan).isi == "(dihapus)"
    assert not KontakPelapor.objects.exists()
