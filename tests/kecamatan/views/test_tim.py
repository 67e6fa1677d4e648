"""The team of Kecamatan Alfa, and all teams as the Sekretariat Bersama reads them."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kecamatan.models import BerkasSK, TimPengelola, Wilayah
from tests.assertions import content, row_counts, visible_text
from tests.factories import PenugasanFactory, tim_lengkap
from tests.lib.test_dokumen import PDF, picture


pytestmark = pytest.mark.django_db
TIM = "/wilayah/11.01.01/tim/"
SK = {"nomor_sk": "188/12/2026", "tanggal_sk": "2026-02-02"}


@pytest.fixture
def camat(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.camat_a)
    return client


@pytest.fixture
def tim(wilayah: dict[str, Wilayah]) -> TimPengelola:
    return tim_lengkap(wilayah["11.01.01"])


def scan(content: bytes, name: str = "sk.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


# The decision


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"nomor_sk": ""}, "Bidang ini tidak boleh kosong."),
        ({"tanggal_sk": "2999-01-01"}, "Tanggal SK belum tiba."),
        ({"berkas": scan(b"<script>alert(1)</script>")}, "Berkas bukan PDF, JPEG, atau PNG yang utuh."),
        ({"berkas": scan(b"")}, "Berkas bukan PDF, JPEG, atau PNG yang utuh."),
        ({"berkas": scan(PDF[:-7])}, "Berkas PDF terpotong."),
        ({"berkas": scan(PDF + b" " * 5 * 1024 * 1024)}, "Berkas melebihi 5 MB."),
    ],
)
def test_a_wrong_decision_is_explained_and_not_saved(fields: dict[str, object], message: str, camat: Client) -> None:
    before = row_counts()
    answer = camat.post(f"{TIM}ubah/", SK | fields)
    assert answer.status_code == 422
    assert message in visible_text(answer)
    assert row_counts() == before


def test_a_decision_is_kept_with_its_scan_and_given_back_as_a_file_to_save(camat: Client) -> None:
    answer = camat.post(f"{TIM}ubah/", SK | {"berkas": scan(PDF)}, follow=True)
    assert "Nomor 188/12/2026, tanggal 2 Februari 2026." in visible_text(answer)
    assert "Anggota tim belum dicatat." in visible_text(answer)
    file = camat.get(f"{TIM}sk/")
    assert file.content == PDF
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="sk-tim-11.01.01.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert {name: file.headers[name] for name in headers} == headers


def test_the_kind_of_a_scan_follows_its_content_not_its_name(camat: Client) -> None:
    camat.post(f"{TIM}ubah/", SK | {"berkas": scan(picture("PNG"), "sk.pdf")})
    assert BerkasSK.objects.get().tipe == camat.get(f"{TIM}sk/").headers["Content-Type"] == "image/png"


def test_the_form_begins_with_what_is_known(camat: Client, tim: TimPengelola) -> None:
    page = content(camat.get(f"{TIM}ubah/"))
    assert 'value="188/12/2026"' in page
    assert 'value="2026-02-02"' in page


def test_without_a_scan_there_is_nothing_to_save(camat: Client, tim: TimPengelola) -> None:
    tim.berkas.delete()
    assert camat.get(f"{TIM}sk/").status_code == 404
    assert "Pindaiannya belum diunggah." in visible_text(camat.get(TIM))


# Members


def test_a_member_is_chosen_or_named_but_not_both(camat: Client, tim: TimPengelola, cast: SimpleNamespace) -> None:
    path, sekcam = f"{TIM}anggota/", cast.sekcam_a.orang
    for wrong in ({}, {"orang": sekcam.pk, "nama": "Budi"}):
        assert "salah satu saja" in visible_text(camat.post(path, wrong | {"kedudukan": "anggota"}))
    camat.post(path, {"orang": sekcam.pk, "kedudukan": "sekretaris"})
    camat.post(path, {"nama": "Budi", "jabatan": "Staf", "kedudukan": "anggota"})
    text = visible_text(camat.get(TIM))
    assert "Rahmat ketua" in text
    assert "sekcam_a sekretaris" in text
    assert "Budi anggota Staf" in text


def test_only_people_of_the_kecamatan_are_offered(
    camat: Client, tim: TimPengelola, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    over = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="ptpd", sampai="2021-01-01")
    page = content(camat.get(f"{TIM}anggota/"))
    assert ">operator_desa_a1<" in page
    assert ">camat_b<" not in page
    assert f">{over.pengguna.orang.nama}<" not in page
    answer = camat.post(f"{TIM}anggota/", {"orang": cast.camat_b.orang_id, "kedudukan": "anggota"})
    assert (answer.status_code, tim.anggota.count()) == (422, 1)


def test_a_second_head_is_refused_with_words(camat: Client, tim: TimPengelola) -> None:
    answer = camat.post(f"{TIM}anggota/", {"nama": "Budi", "kedudukan": "ketua"})
    assert answer.status_code == 422
    assert "Tim ini sudah memiliki ketua." in visible_text(answer)


def test_members_need_a_team_and_leave_it_again(camat: Client, wilayah: dict[str, Wilayah]) -> None:
    assert camat.get(f"{TIM}anggota/").status_code == 404
    tim = tim_lengkap(wilayah["11.01.01"])
    assert "Anggota dihapus dari tim." in visible_text(
        camat.post(f"{TIM}anggota/{tim.anggota.get().pk}/hapus/", follow=True)
    )
    assert not tim.anggota.exists()


def test_a_member_of_another_team_is_not_found(camat: Client, wilayah: dict[str, Wilayah]) -> None:
    beta = tim_lengkap(wilayah["11.01.02"])
    assert camat.post(f"{TIM}anggota/{beta.anggota.get().pk}/hapus/").status_code == 404
    assert beta.anggota.exists()


# Reading


def test_without_a_team_the_page_says_who_is_to_do_what(camat: Client, cast: SimpleNamespace) -> None:
    assert f'href="{TIM}ubah/"' in content(camat.get(TIM))
    reader = Client()
    reader.force_login(cast.verifikator_a)
    page = reader.get(TIM)
    assert "Camat, sekretaris, atau operator kecamatan mencatatnya." in visible_text(page)
    assert "ubah/" not in content(page)


def test_the_sekretariat_reads_all_teams_with_their_coverage(cast: SimpleNamespace, tim: TimPengelola) -> None:
    client = Client()
    client.force_login(cast.sekretariat_bersama)
    text = visible_text(client.get("/wilayah/0/tim/"))
    assert "1 dari 3 kecamatan di Indonesia sudah mencatat SK timnya." in text
    assert "Alfa 11.01.01 188/12/2026 2 Februari 2026 1" in text
    assert "Beta 11.01.02 belum dicatat" in text
    assert "Alfa 11.01.01" not in visible_text(client.get("/wilayah/0/tim/?tampil=belum"))
    assert "Tidak ada kecamatan pada saringan ini." in visible_text(client.get("/wilayah/11.02/tim/?tampil=sudah"))
    assert "Rahmat ketua" in visible_text(client.get(TIM))
    assert client.get(f"{TIM}sk/").content == b"%PDF-1.7"
    assert client.post(f"{TIM}ubah/", SK).status_code == 403


def test_a_long_list_is_turned_over(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kecamatan.queries.tim.PER_HALAMAN", 1)
    client = Client()
    client.force_login(cast.sekretariat_bersama)
    page = content(client.get("/wilayah/0/tim/?tampil=belum&halaman=2"))
    assert "?tampil=belum&amp;halaman=1" in page
    assert "?tampil=belum&amp;halaman=3" in page
    assert client.get("/wilayah/0/tim/?halaman=x").status_code == 200


def test_a_desa_has_no_team(cast: SimpleNamespace) -> None:
    client = Client()
    client.force_login(cast.operator_desa_a1)
    assert client.get("/wilayah/11.01.01.2001/tim/").status_code == 404


@pytest.mark.parametrize(
    ("name", "path", "shown"),
    [
        ("camat_a", "/wilayah/11.01.01/", "SK camat 188/12/2026, 2 Februari 2026; 1 anggota."),
        ("camat_b", "/wilayah/11.01.02/", "SK tim pengelola kecamatan ini belum dicatat. Catat SK tim"),
        ("admin_kabupaten", "/wilayah/11.01.02/", "belum dicatat. Camat, sekretaris, atau operator kecamatan"),
        ("admin_kabupaten", "/wilayah/11.01/", "1 dari 2 kecamatan sudah mencatat tim pengelolanya."),
        ("camat_b", "/wilayah/11.01.01/", None),
        ("operator_desa_a1", "/wilayah/11.01.01.2001/", None),
    ],
)
def test_the_page_of_a_region_shows_its_team_to_who_works_there(
    name: str, path: str, shown: str | None, cast: SimpleNamespace, tim: TimPengelola
) -> None:
    client = Client()
    client.force_login(getattr(cast, name))
    text = visible_text(client.get(path))
    assert (shown in text) if shown else ("Tim pengelola Dashboard" not in text)
