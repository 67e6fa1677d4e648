"""The pages of the evaluation, from the draft's file to its Perdes, and what each person finds there."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kecamatan.models import Wilayah
from layanan_dasar.models import (
    APBDes,
    ButirEvaluasi,
    CatatanEvaluasi,
    DelegasiEvaluasi,
    DokumenEvaluasi,
    EvaluasiAPBDes,
)
from layanan_dasar.models.berkas_evaluasi import BILA_ADA
from p3pd_portal.lib import cetak
from tests.factories import BarisAPBDesFactory, DelegasiFactory, EvaluasiFactory, RancanganFactory
from tests.layanan_dasar.berkas import A1, apbdes_utuh, csv_bytes


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acuan")]
ALFA = "11.01.01"
PDF = b"%PDF-1.7 uji %%EOF"


@pytest.fixture
def masuk(client: Client, cast: SimpleNamespace) -> object:
    """Log somebody of the cast in and return the browser."""

    def log_in(name: str) -> Client:
        client.force_login(getattr(cast, name))
        return client

    return log_in


def alamat(name: str, *args: object, kode: str = ALFA) -> str:
    return reverse(f"layanan_dasar:{name}", args=[kode, *args])


def test_a_draft_goes_all_the_way_to_its_perdes(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    operator = masuk("operator_kecamatan_a")
    rows = apbdes_utuh(tahun=2026)
    berkas = {"berkas": SimpleUploadedFile("r.csv", csv_bytes(rows))}
    sent = operator.post(alamat("rancangan_impor"), berkas, follow=True)
    assert "Simpan 1 rancangan" in sent.content.decode()
    pk = sent.redirect_chain[-1][0].rstrip("/").split("/")[-1]
    kept = operator.post(alamat("rancangan_simpan", pk), follow=True)
    assert "Rancangan tersimpan" in kept.content.decode()
    rancangan = APBDes.objects.get()
    assert "APBDes awal 2026" in operator.get(alamat("evaluasi_terima")).content.decode()
    operator.post(alamat("evaluasi_terima"), {"apbdes": rancangan.pk, "tgl_terima": "2025-11-03"})
    satu = EvaluasiAPBDes.objects.get()
    ada = {f"ada_{jenis}": "on" for jenis in DokumenEvaluasi.Jenis if jenis not in BILA_ADA}
    ada["berkas_rkpdes"] = SimpleUploadedFile("rkp.pdf", PDF)
    operator.post(alamat("evaluasi_dokumen", satu.pk), ada)
    operator.post(alamat("evaluasi_lengkap", satu.pk), {"tanggal": "2025-11-05"})
    camat = masuk("camat_a")
    camat.post(alamat("evaluasi_butir", satu.pk), dict.fromkeys(ButirEvaluasi.Kode.values, "patuh"))
    hasil = {"hasil": "sesuai", "nomor_keputusan": "188/7", "tgl_keputusan": "2025-11-20"}
    page = camat.post(alamat("evaluasi_hasil", satu.pk), hasil, follow=True).content.decode()
    assert "188/7" in page
    operator = masuk("operator_kecamatan_a")
    perdes = {"nomor_perdes": "5/2025", "tanggal_perdes": "2025-12-29"}
    page = operator.post(alamat("evaluasi_perdes", satu.pk), perdes, follow=True).content.decode()
    assert "5/2025, 29 Desember 2025" in page
    rancangan.refresh_from_db()
    assert (rancangan.status, rancangan.berlaku) == ("ditetapkan", True)


def test_a_refused_draft_is_explained(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    EvaluasiFactory(apbdes=RancanganFactory(desa=wilayah[A1], tahun=2025), lengkap=True)
    berkas = {"berkas": SimpleUploadedFile("r.csv", csv_bytes(apbdes_utuh()))}
    answer = masuk("operator_desa_a1").post(alamat("rancangan_impor", kode=A1), berkas)
    assert answer.status_code == 422
    assert "sedang dievaluasi" in answer.content.decode()


def test_a_waiting_draft_can_be_dropped(masuk: object) -> None:
    operator = masuk("operator_kecamatan_a")
    berkas = {"berkas": SimpleUploadedFile("r.csv", csv_bytes(apbdes_utuh()))}
    preview = operator.post(alamat("rancangan_impor"), berkas).url
    assert "Tidak ada yang disimpan" in operator.post(f"{preview}batal/", follow=True).content.decode()
    assert not APBDes.objects.exists()


def test_an_empty_list_says_who_does_what_next(masuk: object) -> None:
    page = masuk("operator_kecamatan_a").get(alamat("evaluasi")).content.decode()
    assert "Belum ada evaluasi" in page
    assert alamat("rancangan_impor") in page
    assert (
        "Tidak ada rancangan APBDes yang menunggu"
        in masuk("operator_kecamatan_a").get(alamat("evaluasi_terima")).content.decode()
    )


def test_a_list_tells_how_late_it_is(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    EvaluasiFactory(apbdes__desa=wilayah[A1], lengkap=True, putaran=2)
    page = masuk("camat_a").get(alamat("evaluasi")).content.decode()
    assert "1 evaluasi berjalan" in page
    assert "1 melewati tenggat" in page
    assert "pengajuan ke-2" in page
    assert "Atur kop surat" in page
    assert "Kecamatan Alfa" in masuk("admin_kabupaten").get(alamat("evaluasi", kode="11.01")).content.decode()


def test_a_long_list_has_pages(masuk: object, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layanan_dasar.queries.evaluasi.PER_HALAMAN", 1)
    for jenis in ("awal", "perubahan"):
        EvaluasiFactory(apbdes__desa=wilayah[A1], apbdes__jenis=jenis)
    client = masuk("camat_a")
    assert "halaman 1 dari 2" in client.get(alamat("evaluasi")).content.decode()
    assert "halaman 2 dari 2" in client.get(alamat("evaluasi") + "?halaman=2").content.decode()
    assert "halaman 1 dari 2" in client.get(alamat("evaluasi") + "?halaman=x").content.decode()


@pytest.mark.parametrize("name", ["evaluasi", "evaluasi_terima", "delegasi"])
def test_levels_without_such_a_page_have_none(name: str, masuk: object) -> None:
    kode = {"evaluasi": "11", "evaluasi_terima": A1, "delegasi": ALFA}[name]
    who = {"evaluasi": "admin_provinsi", "evaluasi_terima": "operator_kecamatan_a", "delegasi": "admin_kabupaten"}[name]
    assert masuk(who).get(alamat(name, kode=kode)).status_code == 404


def test_the_desa_reads_and_changes_nothing(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dokumen=True)
    desa = masuk("operator_desa_a1")
    page = desa.get(alamat("evaluasi_rinci", satu.pk, kode=A1)).content.decode()
    assert "diterima, dokumen belum lengkap" in page
    assert "Nyatakan dokumen lengkap" not in page
    assert desa.post(alamat("evaluasi_lengkap", satu.pk, kode=A1), {"tanggal": "2025-11-05"}).status_code == 403
    assert desa.get(alamat("evaluasi_rinci", satu.pk)).status_code == 404


def test_an_evaluation_of_another_kecamatan_is_not_there(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah["11.01.02.2001"])
    assert masuk("camat_a").get(alamat("evaluasi_rinci", satu.pk)).status_code == 404


def test_notes_are_written_per_line_and_taken_back(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], lengkap=True)
    baris = BarisAPBDesFactory(apbdes=satu.apbdes, uraian="Posyandu")
    camat = masuk("camat_a")
    assert "Posyandu (DDS, Rp1.000.000)" in camat.get(alamat("evaluasi_catatan", satu.pk)).content.decode()
    sent = {"baris": baris.pk, "isi": "Terlalu kecil."}
    page = camat.post(alamat("evaluasi_catatan", satu.pk), sent, follow=True).content.decode()
    assert "02.02.02 5.2.1.01 Posyandu · Rp1.000.000" in page
    hapus = alamat("evaluasi_catatan_hapus", satu.pk, CatatanEvaluasi.objects.get().pk)
    assert "Catatan dihapus" in camat.post(hapus, follow=True).content.decode()


def test_a_note_of_a_finished_evaluation_stays(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True)
    catatan = CatatanEvaluasi.objects.create(evaluasi=satu, isi="Tetap.")
    answer = masuk("camat_a").post(alamat("evaluasi_catatan_hapus", satu.pk, catatan.pk), follow=True)
    assert "Penilaian tidak dapat diubah" in answer.content.decode()
    assert CatatanEvaluasi.objects.exists()


def test_what_an_action_refuses_stands_in_the_form(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], lengkap=True)
    sent = {"hasil": "sesuai", "nomor_keputusan": "1", "tgl_keputusan": "2025-11-20"}
    answer = masuk("camat_a").post(alamat("evaluasi_hasil", satu.pk), sent)
    assert answer.status_code == 422
    assert "Butir ini belum dinilai" in answer.content.decode()


def test_a_broken_scan_is_refused_beside_its_field(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1])
    sent = {"berkas_raperdes": SimpleUploadedFile("r.pdf", b"bukan berkas")}
    answer = masuk("operator_kecamatan_a").post(alamat("evaluasi_dokumen", satu.pk), sent)
    assert answer.status_code == 422
    assert "bukan PDF, JPEG, atau PNG" in answer.content.decode()


def test_a_scan_is_saved_and_never_shown(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dokumen=True)
    answer = masuk("camat_a").get(alamat("evaluasi_berkas", satu.pk, "rkpdes"))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="rkpdes-{A1}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert masuk("camat_a").get(alamat("evaluasi_berkas", satu.pk, "raperdes")).status_code == 404


def test_an_evaluation_is_cancelled_with_a_reason(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1])
    page = masuk("camat_a").post(alamat("evaluasi_batal", satu.pk), {"alasan": "Ditarik desa."}, follow=True)
    assert "Ditarik desa." in page.content.decode()


# Letters


def test_the_letter_can_always_be_printed(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True)
    assert "REKOMENDASI CAMAT ALFA" in masuk("camat_a").get(alamat("evaluasi_surat", satu.pk, "html")).content.decode()


@pytest.mark.parametrize("bentuk", ["pdf", "docx"])
def test_a_letter_whose_library_is_missing_leads_to_the_print_view(
    bentuk: str, masuk: object, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cetak, f"{bentuk}_tersedia", lambda: False)
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True)
    client = masuk("camat_a")
    answer = client.get(alamat("evaluasi_surat", satu.pk, bentuk))
    assert answer.status_code == 503
    assert alamat("evaluasi_surat", satu.pk, "html") in answer.content.decode()
    page = client.get(alamat("evaluasi_rinci", satu.pk)).content.decode()
    assert alamat("evaluasi_surat", satu.pk, bentuk) not in page
    assert ("PDF belum tersedia" in page) == (bentuk == "pdf" or not cetak.pdf_tersedia())


def test_a_drawn_letter_is_saved_under_the_desa_and_year(
    masuk: object, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cetak, "to_pdf", lambda surat: PDF)
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True)
    answer = masuk("camat_a").get(alamat("evaluasi_surat", satu.pk, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="evaluasi-apbdes-{A1}-2026.pdf"'


@pytest.mark.parametrize(("state", "bentuk"), [("lengkap", "html"), ("dinilai", "odt")])
def test_there_is_no_such_letter(state: str, bentuk: str, masuk: object, wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], **{state: True})
    assert masuk("camat_a").get(alamat("evaluasi_surat", satu.pk, bentuk)).status_code == 404


# Delegation


def test_a_delegation_is_written_down_and_corrected(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    admin = masuk("admin_kabupaten")
    assert "Belum ada pendelegasian" in admin.get(alamat("delegasi", kode="11.01")).content.decode()
    sent = {"nomor_peraturan": "Perbup 12/2024", "berlaku_dari": "2024-01-01"}
    assert "Perbup 12/2024" in admin.post(alamat("delegasi", kode="11.01"), sent, follow=True).content.decode()
    satu = DelegasiEvaluasi.objects.get()
    ubah = alamat("delegasi_ubah", satu.pk, kode="11.01")
    assert 'value="2024-01-01"' in admin.get(ubah).content.decode()
    admin.post(ubah, sent | {"berlaku_sampai": "2025-12-31"})
    satu.refresh_from_db()
    assert str(satu.berlaku_sampai) == "2025-12-31"


def test_two_delegations_at_once_are_refused_in_words(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    DelegasiFactory(kabupaten=wilayah["11.01"])
    sent = {"nomor_peraturan": "Perbup 1/2025", "berlaku_dari": "2025-01-01"}
    answer = masuk("admin_kabupaten").post(alamat("delegasi", kode="11.01"), sent)
    assert answer.status_code == 422
    assert "bertumpuk" in answer.content.decode()


def test_the_region_page_leads_to_the_evaluations(masuk: object, wilayah: dict[str, Wilayah]) -> None:
    page = masuk("camat_a").get("/wilayah/11.01.01/").content.decode()
    assert "Belum ada rancangan APBDes yang diterima" in page
    EvaluasiFactory(apbdes__desa=wilayah[A1])
    page = masuk("operator_desa_a1").get(f"/wilayah/{A1}/").content.decode()
    assert "1 evaluasi berjalan" in page
    assert "evaluasi" not in masuk("camat_b").get(f"/wilayah/{A1}/").content.decode()
