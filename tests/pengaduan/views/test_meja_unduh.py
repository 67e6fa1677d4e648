"""The list of a desk as a table: what the filter shows, without anything that names or reaches a person."""

import csv
import io
from types import SimpleNamespace

import pytest
from django.test import Client
from openpyxl import load_workbook

from kecamatan.models import CatatanAkses, Wilayah
from pengaduan import exports
from pengaduan.models import Langkah
from tests.assertions import content, visible_text
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, lapor, maju
from tests.pengaduan.views.test_meja import MEJA, at


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.fixture
def camat(cast: SimpleNamespace) -> Client:
    return at(cast.camat_a)


def rows(client: Client, query: str = "", meja: str = MEJA) -> list[dict[str, str]]:
    answer = client.get(f"{meja}unduh.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_line_tells_the_case_and_no_person(camat: Client, cast: SimpleNamespace, wilayah: World) -> None:
    said = {"identitas": "terbuka", "nama": "Siti Pelapor", "telepon": "+6281234567890", "surel": "siti@warga.test"}
    satu = lapor(wilayah[A1], judul="Tanya Pak Budi Santoso 0812-3456-7890", isi="Isi rahasia warga.", **said).pengaduan
    (row,) = rows(camat)
    assert list(row) == exports.MEJA_HEADER
    assert row["judul_disamarkan"] == "Tanya Pak [disamarkan] [disamarkan]"
    assert {name: row[name] for name in ("nomor", "keadaan", "kode_wilayah", "rahasia", "umur_hari", "ditutup")} == {
        "nomor": satu.nomor, "keadaan": "diterima, menunggu verifikasi", "kode_wilayah": A1, "rahasia": "tidak",
        "umur_hari": "0", "ditutup": "",
    }  # fmt: skip
    for secret in ("Siti", "6281234567890", "siti@warga.test", "Isi rahasia"):
        assert secret not in str(row)


def test_of_a_confidential_case_there_is_no_title(camat: Client, wilayah: World) -> None:
    lapor(wilayah[A1], rahasia=True)
    (row,) = rows(camat)
    assert (row["rahasia"], row["judul_disamarkan"]) == ("ya", "(rahasia)")


def test_the_filter_that_is_shown_is_taken_away_whole(camat: Client, cast: SimpleNamespace, wilayah: World) -> None:
    for _ in range(30):
        PengaduanFactory(wilayah=wilayah[A1], tenggat="2026-01-05", diterima_pada="2026-01-01T03:00Z")
    closed = lapor(wilayah[A1], kunci="tutup").pengaduan
    maju(closed, cast, Langkah.TOLAK)
    late = rows(camat, "?tampil=lewat")
    assert (len(late), late[0]["lewat_tenggat"]) == (30, "ya")
    assert [row["nomor"] for row in rows(camat, "?tampil=ditutup")] == [closed.nomor]
    assert (len(rows(camat, "?tampil=entah")), rows(camat, "?bidang=KES"), rows(camat, "?unit=1")) == (30, [], [])


def test_the_queries_do_not_grow_with_the_list(
    camat: Client, wilayah: World, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        PengaduanFactory(wilayah=wilayah[A1])
    rows(camat)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert len(rows(camat)) == 30


def test_a_very_long_list_comes_without_titles_and_says_so(
    camat: Client, wilayah: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "JUDUL_TERBANYAK", 1)
    PengaduanFactory(wilayah=wilayah[A1])
    PengaduanFactory(wilayah=wilayah[A1], rahasia=True)
    assert {row["judul_disamarkan"] for row in rows(camat)} == {"(rahasia)", exports.TERLALU_BANYAK}


def test_nobody_takes_away_what_they_may_not_read(cast: SimpleNamespace, wilayah: World) -> None:
    lapor(wilayah[A1], wbs=True)
    assert rows(at(cast.camat_a)) == []
    assert at(cast.inspektorat).get("/wilayah/11.01/pengaduan/meja/unduh.csv").status_code == 403
    assert at(cast.upt_kesehatan_a).get(f"{MEJA}unduh.csv").status_code == 403
    assert at(cast.camat_b).get(f"{MEJA}unduh.csv").status_code == 404


def test_the_country_is_no_spreadsheet(cast: SimpleNamespace, wilayah: World) -> None:
    lapor(wilayah[A1])
    assert len(rows(at(cast.admin_pusat), meja="/wilayah/11.01/pengaduan/meja/")) == 1
    for kode in ("0", "11"):
        meja = f"/wilayah/{kode}/pengaduan/meja/"
        assert at(cast.admin_pusat).get(f"{meja}unduh.xlsx").status_code == 404
        assert "Unduh daftar ini" not in visible_text(at(cast.admin_pusat).get(meja))


def test_the_workbook_says_the_same_and_every_download_is_written_down(
    camat: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    satu = lapor(wilayah[A1]).pengaduan
    answer = camat.get(f"{MEJA}unduh.xlsx")
    lines = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert (lines[0], lines[1][0]) == (tuple(exports.MEJA_HEADER), satu.nomor)
    assert answer["Cache-Control"] == "private, no-store"
    entry = CatatanAkses.objects.get()
    assert (entry.pelaku, entry.alasan) == (cast.camat_a, "mengunduh daftar pengaduan")
    assert entry.wilayah == wilayah["11.01.01"]
    assert camat.get(f"{MEJA}unduh.pdf").status_code == 404
    assert CatatanAkses.objects.count() == 1


def test_the_desk_offers_it_to_those_who_may(camat: Client, cast: SimpleNamespace, wilayah: World) -> None:
    lapor(wilayah[A1])
    assert f"{MEJA}unduh.xlsx?tampil=baru" in content(camat.get(f"{MEJA}?tampil=baru&hal=2"))
    maju(lapor(wilayah[A1], kunci="dua").pengaduan, cast, Langkah.VERIFIKASI)
    assert "Unduh daftar ini" not in visible_text(at(cast.upt_kesehatan_a).get(MEJA))
