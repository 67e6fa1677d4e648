"""Number and code open a report; a wrong code tells nothing, and guessing ends soon."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from kecamatan.models import Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from pengaduan.actions.meja import add_catatan
from pengaduan.actions.pelapor import add_tambahan
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
    client.post("/lapor/tanggapi/", code(tanda, aksi="hapus", yakin="on"))
    assert fresh(tanda.pengaduan).isi == "(dihapus)"
    assert not KontakPelapor.objects.exists()


@pytest.mark.parametrize("aksi", ["hapus", "hapus_kontak"])
def test_nothing_is_erased_without_a_tick(client: Client, tanda: TandaTerima, aksi: str) -> None:
    answer = client.post("/lapor/tanggapi/", code(tanda, aksi=aksi))
    assert answer.status_code == 422
    assert "Belum dihapus. Centang dahulu" in visible_text(answer)
    assert "<details open>" in answer.text
    assert fresh(tanda.pengaduan).isi != "(dihapus)"
    assert KontakPelapor.objects.exists()


def test_the_contact_alone_goes_and_the_report_stays(client: Client, tanda: TandaTerima) -> None:
    assert client.post("/lapor/tanggapi/", code(tanda, aksi="hapus_kontak", yakin="on")).status_code == 200
    assert not KontakPelapor.objects.exists()
    assert fresh(tanda.pengaduan).isi == tanda.pengaduan.isi


# The own data to take away


def download(client: Client, tanda: TandaTerima) -> tuple[HttpResponse, dict[str, Any]]:
    answer = client.post("/lapor/tanggapi/", code(tanda, aksi="unduh"))
    return answer, json.loads(answer.content)


def test_the_reporter_takes_everything_away_but_what_officers_note_for_themselves(
    client: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    gambar = Dokumen(b"png", "image/png", "png")
    said = {"lokasi": "RT 3", "nama": "Siti Pelapor", "telepon": "+6281234567890", "surel": "siti@warga.test"}
    tanda = lapor(wilayah[A1], identitas="terbuka", lampiran=[gambar], **said)
    add_tambahan(pengaduan=tanda.pengaduan, catatan="Ada foto.")
    add_catatan(by=cast.camat_a, pengaduan=tanda.pengaduan, catatan="Besok kami ke sana.", sifat="pelapor")
    add_catatan(by=cast.camat_a, pengaduan=tanda.pengaduan, catatan="Hati-hati, wartawan.", sifat="internal")
    answer, data = download(client, tanda)
    told = data["laporan"]
    assert {name: told[name] for name in ("judul", "isi", "lokasi")} == {
        "judul": tanda.pengaduan.judul, "isi": tanda.pengaduan.isi, "lokasi": "RT 3"
    }  # fmt: skip
    assert (told["status"], told["wilayah"], told["rahasia"]) == ("diterima, menunggu verifikasi", "Desa A1", False)
    assert data["kontak"] == {name: said[name] for name in ("nama", "telepon", "surel")} | {
        "surel_dikonfirmasi_pada": None
    }
    assert data["lampiran"] == [
        {"nama": "lampiran-1.png", "tipe": "image/png", "ukuran_bita": 3, "keadaan": "dapat dibuka"}
    ]
    steps = [(satu["langkah"], satu["oleh"], satu["isi"]) for satu in data["perjalanan"]]
    assert steps[0] == ("Laporan diterima", "pelapor", "")
    assert steps[1] == ("Tambahan dari pelapor", "pelapor", "Ada foto.")
    assert (steps[2][2], len(steps)) == ("Besok kami ke sana.", 3)
    assert "camat_a" not in answer.text


def test_every_field_of_a_report_is_taken_away_or_known_to_be_withheld(client: Client, tanda: TandaTerima) -> None:
    """A field that is added later belongs into one of the two."""
    withheld = {"id", "kode", "kirim", "sidik", "perlu_disaring", "meja", "pelaksana_wilayah", "pelaksana_peran",
                "induk", "jam_mulai", "sejak", "tenggat_naik", "naik_pada", "dicatat_oleh"}  # fmt: skip
    _answer, data = download(client, tanda)
    assert {field.name for field in Pengaduan._meta.fields} - withheld == set(data["laporan"])


def test_the_file_is_kept_by_nobody_and_its_name_tells_no_code(client: Client, tanda: TandaTerima) -> None:
    answer, _data = download(client, tanda)
    headers = str(dict(answer.headers))
    assert answer["Content-Disposition"] == 'attachment; filename="data-laporan.json"'
    assert "no-store" in answer["Cache-Control"]
    for secret in (tanda.kode, tanda.kode_tampil, tanda.pengaduan.nomor):
        assert secret not in headers
    for secret in (tanda.kode, tanda.kode_tampil):
        assert secret not in answer.text


def test_a_wrong_code_takes_nothing_away(client: Client, tanda: TandaTerima) -> None:
    other = lapor(tanda.pengaduan.wilayah, kunci="dua")
    answer = client.post("/lapor/tanggapi/", code(tanda, kode=other.kode, aksi="unduh"))
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")


def test_what_was_erased_is_not_in_the_file(client: Client, tanda: TandaTerima) -> None:
    client.post("/lapor/tanggapi/", code(tanda, aksi="hapus", yakin="on"))
    _answer, data = download(client, tanda)
    assert (data["kontak"], data["lampiran"], data["laporan"]["isi"]) == (None, [], "(dihapus)")
