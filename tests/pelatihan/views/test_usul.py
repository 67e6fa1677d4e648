"""The pages of those who propose and of those who decide."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from p3pd_portal.lib import cetak
from pelatihan.actions.seleksi import approve
from pelatihan.models import Calon, Kuota, Peserta, Undangan, Usulan
from pelatihan.queries.pintu_usulan import token_undangan
from pelatihan.queries.tautan import token_tautan
from tests.assertions import sent_mail, visible_text
from tests.factories import CalonFactory, UnsurPesertaFactory
from tests.factories.usulan import PDF, nip
from tests.pelatihan.dunia_usulan import DUA, SATU, World, angkatan_tot, hari, undangan_of, usulan_masuk


pytestmark = pytest.mark.django_db
ISI = {"unsur": "bappeda", "nip": nip(1), "nama": "Siti Aminah", "jabatan": "Analis", "instansi": "Bappeda",
       "telepon": "0812 3456 7890"}  # fmt: skip


@pytest.fixture
def undangan(wilayah: World) -> Undangan:
    return undangan_of(angkatan_tot(wilayah), wilayah[SATU])


def let_in(client: Client, undangan: Undangan) -> Client:
    """Through link and code."""
    link = f"/usul/t/{token_undangan(undangan)}/"
    assert "Kode dikirim ke se•••@uji.test" in visible_text(client.post(f"{link}kode/", follow=True))
    kode = re.search(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$", sent_mail()[-1].body, re.MULTILINE)
    assert kode
    page = client.post(link, {"kode": kode[0]})
    assert page.url == f"/usul/{undangan.pk}/"  # type: ignore[attr-defined]
    return client


def test_link_and_code_open_this_invitation_and_no_other(client: Client, undangan: Undangan, wilayah: World) -> None:
    other = undangan_of(undangan.angkatan, wilayah[DUA])
    let_in(client, undangan)
    assert client.get(f"/usul/{undangan.pk}/").status_code == 200
    assert client.get(f"/usul/{other.pk}/").status_code == 404
    assert client.cookies["usul"]["path"] == "/usul/"
    assert client.cookies["usul"]["httponly"]
    let_in(client, other)  # one office of two kabupaten keeps both
    assert client.get(f"/usul/{undangan.pk}/").status_code == 200


def test_the_link_alone_opens_nothing(client: Client, undangan: Undangan) -> None:
    page = client.get(f"/usul/t/{token_undangan(undangan)}/")
    assert "usul" not in client.cookies
    assert undangan.surel not in page.text
    assert client.get(f"/usul/{undangan.pk}/").status_code == 404


@pytest.mark.parametrize("forged", ["karangan", "WzEsMF0:1tAAAA:abc"])
def test_a_forged_link_or_cookie_opens_nothing(client: Client, undangan: Undangan, forged: str) -> None:
    for page in (client.get(f"/usul/t/{forged}/"), client.post(f"/usul/t/{forged}/kode/")):
        assert page.status_code == 404
        assert "Penyelenggara pelatihan dapat mengirim undangan baru" in visible_text(page)
    client.cookies["usul"] = forged
    assert client.get(f"/usul/{undangan.pk}/").status_code == 404


def test_taking_an_invitation_back_ends_links_and_cookies(client: Client, undangan: Undangan) -> None:
    let_in(client, undangan)
    Undangan.objects.update(versi=undangan.versi + 1)
    assert client.get(f"/usul/{undangan.pk}/").status_code == 404
    assert client.get(f"/usul/t/{token_undangan(undangan)}/").status_code == 404


def test_a_wrong_code_says_so_and_asking_too_often_too(client: Client, undangan: Undangan) -> None:
    link = f"/usul/t/{token_undangan(undangan)}/"
    page = client.post(link, {"kode": "salah"})
    assert page.status_code == 422
    assert "Kode ini salah, sudah dipakai, atau lewat 15 menit" in visible_text(page)
    for _time in range(6):
        last = client.post(f"{link}kode/", follow=True)
    assert "coba lagi satu jam lagi" in visible_text(last)


def test_an_office_fills_the_proposal_in_and_sends_it(client: Client, undangan: Undangan) -> None:
    page = f"/usul/{undangan.pk}/"
    let_in(client, undangan)
    assert client.post(f"{page}calon/", ISI | {"nip": "123"}).status_code == 422
    assert client.post(f"{page}calon/", ISI).status_code == 302
    calon = Calon.objects.get()
    changed = client.post(f"{page}calon/{calon.pk}/", ISI | {"gelar_depan": "Dr."})
    assert changed.status_code == 302
    assert "Dr. Siti Aminah" in visible_text(client.get(page))
    sent = client.post(f"{page}kirim/")
    assert sent.status_code == 422
    assert "Unggah pindaian surat yang sudah ditandatangani." in visible_text(sent)
    surat = {"nomor_surat": "800/1", "tanggal_surat": str(hari(0)), "pejabat": "Sri", "jabatan_pejabat": "Sekda"}
    wrong = client.post(f"{page}surat/", surat | {"berkas": SimpleUploadedFile("a.pdf", b"bukan")})
    assert wrong.status_code == 422
    assert client.post(f"{page}surat/", surat | {"berkas": SimpleUploadedFile("a.pdf", PDF.isi)}).status_code == 302
    assert "Usulan terkirim" in visible_text(client.post(f"{page}kirim/", follow=True))
    assert bytes(client.get(f"{page}pindaian/").content) == PDF.isi
    refused = client.post(f"{page}calon/{calon.pk}/hapus/", follow=True)
    assert "Usulan sudah dikirim" in visible_text(refused)
    assert Calon.objects.get().status == "lengkap"


def test_people_of_another_proposal_are_unknown_here(client: Client, undangan: Undangan, wilayah: World) -> None:
    let_in(client, undangan)
    other = CalonFactory(usulan=undangan_of(undangan.angkatan, wilayah[DUA]).usulan)
    for last in ("", "hapus/", "naik/"):
        assert client.post(f"/usul/{undangan.pk}/calon/{other.pk}/{last}", ISI).status_code == 404


def test_an_office_in_a_kecamatan_asks_for_the_kecamatan(client: Client, undangan: Undangan, wilayah: World) -> None:
    camat = UnsurPesertaFactory(kode="camat", nama="Camat", kecamatan=True)
    Kuota.objects.create(angkatan=undangan.angkatan, wilayah=undangan.wilayah, unsur=camat, jumlah=1)
    let_in(client, undangan)
    page = f"/usul/{undangan.pk}/calon/"
    assert "Kecamatan tempat bertugas" in visible_text(client.get(page))
    assert client.post(page, ISI | {"unsur": "camat"}).status_code == 422
    assert client.post(page, ISI | {"unsur": "camat", "wilayah": wilayah["11.01.01"].pk}).status_code == 302


def test_a_sekda_with_an_account_needs_no_code(client: Client, cast: SimpleNamespace, undangan: Undangan) -> None:
    client.force_login(cast.sekda)
    assert 'href="/usul/"' in client.get(f"/wilayah/{SATU}/pelatihan/").text
    assert 'href="/usul/"' not in client.get(f"/wilayah/{DUA}/pelatihan/").text
    assert f'href="/usul/{undangan.pk}/"' in client.get("/usul/").text
    assert client.get(f"/usul/{undangan.pk}/").status_code == 200
    Undangan.objects.update(dicabut_pada="2026-01-01T00:00Z")
    assert client.get(f"/usul/{undangan.pk}/").status_code == 404
    assert "Belum ada undangan" in visible_text(client.get("/usul/"))


def test_the_letter_can_be_printed(
    client: Client, undangan: Undangan, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.sekda)
    CalonFactory(usulan=undangan.usulan, nama="Siti Aminah")
    page = f"/usul/{undangan.pk}/surat/"
    assert "Siti Aminah" in visible_text(client.get(f"{page}html/"))
    assert client.get(f"{page}docx/").status_code == 404
    if cetak.pdf_tersedia():
        assert client.get(f"{page}pdf/").content.startswith(b"%PDF-")
    monkeypatch.setattr(cetak, "pdf_tersedia", lambda: False)
    missing = client.get(f"{page}pdf/")
    assert missing.status_code == 503
    assert f'href="{page}html/"' in missing.text


def work(client: Client, cast: SimpleNamespace, wilayah: World, many: int = 4) -> tuple[str, list[Calon], Usulan]:
    angkatan, calon = usulan_masuk(wilayah, many)
    client.force_login(cast.admin_provinsi)
    return f"/wilayah/11/pelatihan/kelola/{angkatan.pk}/", calon, calon[0].usulan


def test_the_desk_decides_and_says_who_went_to_the_reserve(
    client: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    page, calon, usulan = work(client, cast, wilayah)
    decide = f"{page}usulan/{usulan.pk}/putus/"
    nothing = client.post(decide, {"keputusan": "setujui"})
    assert nothing.status_code == 422
    assert "Pilih sedikitnya satu calon." in visible_text(nothing)
    told = client.post(decide, {"keputusan": "setujui", "calon": [satu.pk for satu in calon[:3]]}, follow=True)
    assert f"2 calon disetujui. Kuota penuh, menjadi cadangan: {calon[2]}." in visible_text(told)
    client.post(decide, {"keputusan": "cadangan", "calon": [calon[3].pk]})
    raised = client.post(f"{page}calon/{calon[3].pk}/naik/", follow=True)
    assert "Urutan cadangan diubah." in visible_text(raised)
    gone = client.post(f"{page}calon/{calon[0].pk}/ganti/", {"alasan": "Sakit"}, follow=True)
    assert f"{calon[3]} menggantikannya." in visible_text(gone)
    refused = client.post(decide, {"keputusan": "tolak", "calon": [calon[2].pk], "alasan": "Pensiun"}, follow=True)
    assert "1 calon ditolak." in visible_text(refused)
    assert "Pensiun" in visible_text(client.get(f"{page}usulan/{usulan.pk}/hasil/html/"))


def test_a_proposal_goes_back_from_the_desk(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    page, _calon, usulan = work(client, cast, wilayah, 1)
    told = client.post(f"{page}usulan/{usulan.pk}/kembali/", {"alasan": "Stempel", "batas": str(hari(2))}, follow=True)
    assert "Usulan dikembalikan" in visible_text(told)


def test_leftover_places_are_offered_with_one_click(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    page, calon, usulan = work(client, cast, wilayah)
    client.post(f"{page}usulan/{usulan.pk}/putus/", {"keputusan": "cadangan", "calon": [satu.pk for satu in calon]})
    assert "cadangan yang menunggu 4" in visible_text(client.get(f"{page}usulan/"))
    assert "2 cadangan dipanggil" in visible_text(client.post(f"{page}usulan/sisa/", follow=True))
    moved = client.post(f"{page}usulan/sisa/", {"antar": "1"}, follow=True)
    assert "1 cadangan dipanggil" in visible_text(moved)
    Calon.objects.update(telepon="")
    Kuota.objects.filter(unsur="bappeda", wilayah=wilayah[SATU]).update(jumlah=9)
    assert "lengkapi nomor telepon" in visible_text(client.post(f"{page}usulan/sisa/", follow=True))


def test_quotas_are_filled_cell_by_cell_or_all_alike(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah, "rancang")
    page = f"/wilayah/11/pelatihan/kelola/{angkatan.pk}/kuota/"
    client.force_login(cast.admin_provinsi)
    cell = f"{wilayah[DUA].pk}-bappeda"
    assert "Kuota tersimpan" in visible_text(client.post(page, {f"j-{cell}": "5", f"c-{cell}": ""}, follow=True))
    assert Kuota.objects.get(wilayah=wilayah[DUA], unsur="bappeda").jumlah == 5
    assert client.post(page, {f"j-{cell}": "100"}).status_code == 422
    same = client.post(f"{page}sama/", {"jumlah": "2", "cadangan": "1"}, follow=True)
    assert "8 peserta dan 4 cadangan" in visible_text(same)
    assert "Pastikan nilai ini" in visible_text(
        client.post(f"{page}sama/", {"jumlah": "-1", "cadangan": "1"}, follow=True)
    )


def test_invitations_are_sent_again_and_taken_back(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah)
    page = f"/wilayah/11/pelatihan/kelola/{angkatan.pk}/undangan/"
    client.force_login(cast.admin_provinsi)
    field = f"surel-{wilayah[SATU].pk}"
    assert client.post(page, {field: "bukan surel"}).status_code == 422
    assert "1 undangan dikirim." in visible_text(client.post(page, {field: "setda@satu.test"}, follow=True))
    satu = Undangan.objects.get()
    assert "dikirim lagi" in visible_text(client.post(f"{page}{satu.pk}/kirim/", follow=True))
    assert "semua tautan dan kodenya mati" in visible_text(client.post(f"{page}{satu.pk}/cabut/", follow=True))


def test_the_board_counts_and_is_red_where_nobody_proposed(
    client: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    work(client, cast, wilayah)
    text = visible_text(client.get("/wilayah/11/pelatihan/kelola/"))
    assert "1 belum mengusulkan, 5 hari lagi" in text
    assert "Provinsi Uji 4 4 4 0 0 0 0 – " in text  # quota, proposed, complete, approved; people, there, passed, plans


def test_a_participant_answers_by_the_link_of_the_mail(client: Client, cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah, 2)
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=[satu.pk for satu in calon])
    one, two = (Peserta.objects.get(calon=satu) for satu in calon)
    page = client.get(f"/ikut/t/{token_tautan(one)}/", follow=True)
    assert "Nyatakan kehadiran Anda" in visible_text(page)
    assert client.post(f"/ikut/{two.pk}/konfirmasi/", {"hadir": "1"}).status_code == 404
    assert client.post(f"/ikut/{one.pk}/konfirmasi/", {"hadir": "0"}).status_code == 422
    told = client.post(f"/ikut/{one.pk}/konfirmasi/", {"hadir": "1"}, follow=True)
    assert "kehadiran Anda tercatat" in visible_text(told)
    gone = client.post(f"/ikut/{one.pk}/konfirmasi/", {"hadir": "0", "alasan": "Sakit"}, follow=True)
    assert "diberikan kepada cadangan" in visible_text(gone)
    assert "mengundurkan diri" in visible_text(client.get(f"/ikut/{one.pk}/konfirmasi/"))
