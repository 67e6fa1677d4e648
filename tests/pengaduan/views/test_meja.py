"""The desk as people use it: list, filters, one case, its steps, its attachments and its contact."""

from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from kecamatan.models import CatatanAkses, Pengguna, Wilayah
from pengaduan.models import KontakPelapor, Langkah, Pengaduan
from tests.assertions import visible_text
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, A, fresh, lapor, maju
from tests.pengaduan.views.test_lapor import form


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
MEJA = f"/wilayah/{A}/pengaduan/meja/"


def at(user: Pengguna) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def camat(cast: SimpleNamespace) -> Client:
    return at(cast.camat_a)


@pytest.fixture
def satu(cast: SimpleNamespace, wilayah: World) -> Pengaduan:
    return lapor(wilayah[A1]).pengaduan


def test_the_list_counts_and_filters(camat: Client, cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    late = PengaduanFactory(wilayah=wilayah[A1], judul="Sumur kering", tenggat="2026-01-05")
    lapor(wilayah[A1], kunci="bot", judul="Iklan obat", perlu_disaring=True)
    closed = lapor(wilayah[A1], kunci="tutup", judul="Salah alamat").pengaduan
    maju(closed, cast, Langkah.TOLAK)
    text = visible_text(camat.get(MEJA))
    assert all(words in text for words in ("Berjalan (2)", "Lewat tenggat (1)", "Perlu disaring (1)", "Ditutup (1)"))
    assert text.index(late.judul) < text.index(satu.judul)
    filters = ("saring", "lewat", "ditutup", "pelapor")
    shown = {tampil: visible_text(camat.get(f"{MEJA}?tampil={tampil}")) for tampil in filters}
    assert "Iklan obat" in shown["saring"]
    assert "Sumur kering" in shown["lewat"]
    assert "Salah alamat" in shown["ditutup"]
    assert "Tidak ada laporan pada daftar ini" in shown["pelapor"]
    assert "Tidak ada laporan" in visible_text(camat.get(f"{MEJA}?bidang=KES"))


def test_a_long_list_asks_no_more_queries(
    camat: Client, wilayah: World, satu: Pengaduan, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        PengaduanFactory(wilayah=wilayah[A1])
    camat.get(MEJA)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert "Halaman 1 dari 2" in visible_text(camat.get(MEJA))


def test_a_case_offers_what_this_officer_may_do(camat: Client, cast: SimpleNamespace, satu: Pengaduan) -> None:
    page = camat.get(satu.get_absolute_url()).text
    assert f"{MEJA}{satu.pk}/langkah/verifikasi/".replace(A, A1) in page
    assert "langkah/tanggapi/" not in page
    assert at(cast.camat_b).get(satu.get_absolute_url()).status_code == 404


def test_a_step_is_taken_on_its_own_page(camat: Client, satu: Pengaduan) -> None:
    address = f"{MEJA}{satu.pk}/langkah/verifikasi/"
    assert camat.get(address).status_code == 200
    assert camat.post(address).status_code == 302
    assert fresh(satu).status == "diverifikasi"
    late = camat.post(address)  # somebody else was faster
    assert late.status_code == 409
    assert "laporan sekarang diverifikasi" in visible_text(late)
    assert camat.get(f"{MEJA}{satu.pk}/langkah/terbang/").status_code == 404


def test_a_disposition_names_its_destination(camat: Client, cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, Langkah.VERIFIKASI)
    address = f"{MEJA}{satu.pk}/langkah/disposisi/"
    page = visible_text(camat.get(address))
    assert all(words in page for words in ("Pemerintah Desa A1", "UPT Kesehatan/Puskesmas", "Meja Kabupaten Satu"))
    assert camat.post(address, {"tujuan": "entah"}).status_code == 422
    assert camat.post(address, {"tujuan": f"{A}:upt_kesehatan"}).status_code == 302
    assert fresh(satu).pelaksana_peran == "upt_kesehatan"


def test_a_merger_and_a_referral_ask_for_what_they_need(
    camat: Client, cast: SimpleNamespace, wilayah: World, satu: Pengaduan
) -> None:
    other = lapor(wilayah[A1], kunci="dua").pengaduan
    address = f"{MEJA}{satu.pk}/langkah/"
    assert camat.post(f"{address}gabung/", {"induk": "DK-0"}).status_code == 422
    assert camat.post(f"{address}gabung/", {"induk": other.nomor}).status_code == 302
    assert fresh(satu).induk == other
    words = {"catatan": "PLN yang berwenang.", "instansi_lain": "PLN"}
    assert camat.post(f"{MEJA}{other.pk}/langkah/alihkan/", words).status_code == 302
    assert fresh(other).instansi_lain == "PLN"


def test_a_case_that_leaves_the_desk_leads_back_to_the_list(camat: Client, satu: Pengaduan) -> None:
    said = {"jenis": "pengaduan", "kategori": "infrastruktur", "terlapor": "kecamatan"}
    answer = camat.post(f"{MEJA}{satu.pk}/klasifikasi/", said)
    assert answer["Location"] == MEJA
    assert camat.get(satu.get_absolute_url()).status_code == 404


def test_what_the_desk_may_not_do_is_said_in_the_form(camat: Client, satu: Pengaduan) -> None:
    answer = camat.post(f"{MEJA}{satu.pk}/tayang/", {"judul_publik": "Jembatan"})
    assert answer.status_code == 422
    assert "Verifikasi laporan ini dahulu" in visible_text(answer)
    camat.post(f"{MEJA}{satu.pk}/langkah/tolak/", {"catatan": "Bukan layanan."})
    said = {"jenis": "pengaduan", "kategori": "infrastruktur"}
    assert "sudah ditutup" in visible_text(camat.post(f"{MEJA}{satu.pk}/klasifikasi/", said))


def test_a_report_is_shown_taken_down_and_noted(camat: Client, cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, Langkah.VERIFIKASI)
    assert "[disamarkan]" not in camat.get(satu.get_absolute_url()).text
    camat.post(f"{MEJA}{satu.pk}/tayang/", {"judul_publik": "Jembatan putus"})
    assert fresh(satu).tayang
    camat.post(f"{MEJA}{satu.pk}/tayang/", {"judul_publik": "Jembatan putus", "turun": "1"})
    assert not fresh(satu).tayang
    camat.post(f"{MEJA}{satu.pk}/catatan/", {"catatan": "Besok rapat.", "sifat": "internal"})
    assert "Besok rapat." in visible_text(camat.get(satu.get_absolute_url()))


def test_names_and_numbers_are_covered_in_what_is_proposed_for_the_public(camat: Client, wilayah: World) -> None:
    satu = lapor(wilayah[A1], isi="Hubungi Pak Budi Santoso, 0812-3456-7890.").pengaduan
    initial = camat.get(satu.get_absolute_url()).context["form_tayang"].initial["isi_publik"]
    assert "0812" not in initial
    assert "[disamarkan]" in initial


def test_every_look_at_a_contact_and_at_a_confidential_report_is_written_down(
    camat: Client, cast: SimpleNamespace, wilayah: World
) -> None:
    said = {"identitas": "anonim", "nama": "Siti", "rahasia": True}
    satu = lapor(wilayah[A1], **said).pengaduan
    assert "Siti" not in visible_text(camat.get(satu.get_absolute_url()))
    assert "Siti" in visible_text(camat.post(f"{MEJA}{satu.pk}/kontak/"))
    rows = CatatanAkses.objects.filter(model="pengaduan.pengaduan").order_by("id").values_list("alasan", "pelaku")
    assert list(rows) == [("membaca laporan rahasia", cast.camat_a.pk), ("kontak pelapor", cast.camat_a.pk)]


def test_a_contact_says_what_is_confirmed(camat: Client, wilayah: World) -> None:
    contact = {"nama": "Siti", "telepon": "+6281234567890", "surel": "siti@warga.test"}
    satu = lapor(wilayah[A1], identitas="terbuka", **contact).pengaduan
    text = visible_text(camat.post(f"{MEJA}{satu.pk}/kontak/"))
    assert "(belum dikonfirmasi)" in text
    assert "(nomor tidak dikonfirmasi)" in text
    satu.kontak.surel_dikonfirmasi_pada = timezone.now()
    satu.kontak.save()
    assert "(terkonfirmasi " in visible_text(camat.post(f"{MEJA}{satu.pk}/kontak/"))
    KontakPelapor.objects.update(telepon="", surel="", surel_dikonfirmasi_pada=None)
    assert "konfirmasi)" not in visible_text(camat.post(f"{MEJA}{satu.pk}/kontak/"))


def test_of_an_anonymous_report_whoever_follows_it_up_learns_no_name(cast: SimpleNamespace, wilayah: World) -> None:
    secret = lapor(wilayah[A1], identitas="anonim", nama="Siti").pengaduan
    public = lapor(wilayah[A1], kunci="dua", identitas="terbuka", nama="Siti").pengaduan
    Pengaduan.objects.update(pelaksana_wilayah=wilayah[A], pelaksana_peran="upt_kesehatan")
    upt = at(cast.upt_kesehatan_a)
    assert upt.post(f"{MEJA}{secret.pk}/kontak/").status_code == 403
    assert "Siti" in visible_text(upt.post(f"{MEJA}{public.pk}/kontak/"))


def test_a_report_without_a_contact_has_none_to_show(camat: Client, satu: Pengaduan) -> None:
    assert camat.post(f"{MEJA}{satu.pk}/kontak/").status_code == 404


def test_an_attachment_is_saved_never_shown(camat: Client, wilayah: World) -> None:
    satu = PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    answer = camat.get(f"{MEJA}{satu.pk}/lampiran/1/")
    assert answer["Content-Disposition"] == f'attachment; filename="{satu.nomor}-1.png"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "sandbox" in answer["Content-Security-Policy"]
    satu.lampiran.update(status="karantina")
    assert camat.get(f"{MEJA}{satu.pk}/lampiran/1/").status_code == 404
    assert "menunggu pemeriksaan virus" in visible_text(camat.get(satu.get_absolute_url()))
    satu.lampiran.update(status="bervirus")
    assert camat.get(f"{MEJA}{satu.pk}/lampiran/1/").status_code == 404
    assert "ditolak pemeriksaan virus" in visible_text(camat.get(satu.get_absolute_url()))


def test_the_desk_says_where_nothing_is_scanned(camat: Client, settings: LazySettings) -> None:
    assert "Pemeriksaan virus tidak aktif" in visible_text(camat.get(MEJA))
    settings.CLAMD = "clamav:3310"
    assert "Pemeriksaan virus" not in visible_text(camat.get(MEJA))


def test_a_spoken_report_is_written_down_with_its_receipt(camat: Client, cast: SimpleNamespace, wilayah: World) -> None:
    answer = camat.post(f"{MEJA}catat/", form(wilayah, kanal="telepon", bukti=""))
    satu = Pengaduan.objects.get()
    assert satu.nomor in visible_text(answer)
    assert (satu.kanal, satu.dicatat_oleh, satu.perlu_disaring) == ("telepon", cast.camat_a, False)
    again = form(wilayah, kanal="telepon")
    camat.post(f"{MEJA}catat/", again)
    assert camat.post(f"{MEJA}catat/", again | {"isi": "Lain."}).status_code == 422
    assert at(cast.admin_kabupaten).get("/wilayah/11.01/pengaduan/meja/catat/").status_code == 404
