"""Documents, answers and notes of an evaluation, and the delegation behind it."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Wilayah
from layanan_dasar.actions import isi_evaluasi as isi
from layanan_dasar.models import DelegasiEvaluasi, EvaluasiAPBDes
from p3pd_portal.lib.dokumen import Dokumen
from tests.factories import BarisAPBDesFactory, DelegasiFactory, EvaluasiFactory
from tests.layanan_dasar.berkas import A1, A2


pytestmark = pytest.mark.django_db
PDF = Dokumen(b"%PDF-1.7 baru %%EOF", "application/pdf", "pdf")


@pytest.fixture
def diterima(wilayah: dict[str, Wilayah]) -> EvaluasiAPBDes:
    return EvaluasiFactory(apbdes__desa=wilayah[A1])


@pytest.fixture
def lengkap(wilayah: dict[str, Wilayah]) -> EvaluasiAPBDes:
    return EvaluasiFactory(apbdes__desa=wilayah[A1], lengkap=True, dokumen=True)


def jenis(evaluasi: EvaluasiAPBDes) -> set[str]:
    return set(evaluasi.dokumen.values_list("jenis", flat=True))


def test_a_scan_counts_as_handed_in_and_an_old_one_stays(diterima: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    by = cast.operator_kecamatan_a
    isi.record_dokumen(by=by, evaluasi=diterima, ada={"raperdes"}, berkas={"rkpdes": PDF})
    assert jenis(diterima) == {"raperdes", "rkpdes"}
    isi.record_dokumen(by=by, evaluasi=diterima, ada={"rkpdes"}, berkas={})
    assert jenis(diterima) == {"rkpdes"}
    assert bytes(diterima.dokumen.get().berkas.isi) == PDF.isi


def test_a_new_scan_replaces_the_old_one(lengkap: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    everything = jenis(lengkap)
    isi.record_dokumen(by=cast.operator_kecamatan_a, evaluasi=lengkap, ada=everything, berkas={"rkpdes": PDF})
    assert bytes(lengkap.dokumen.get(jenis="rkpdes").berkas.isi) == PDF.isi


def test_a_receipt_is_not_taken_back_while_the_clock_runs(lengkap: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="tidak dapat dicabut"):
        isi.record_dokumen(by=cast.operator_kecamatan_a, evaluasi=lengkap, ada=set(), berkas={})


def test_documents_stay_as_they_are_after_the_result(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    dinilai = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True)
    with pytest.raises(ValidationError, match="melewati tahap"):
        isi.record_dokumen(by=cast.operator_kecamatan_a, evaluasi=dinilai, ada={"raperdes"}, berkas={})
    with pytest.raises(PermissionDenied):
        isi.record_dokumen(by=cast.operator_desa_a1, evaluasi=dinilai, ada={"raperdes"}, berkas={})


def test_answers_may_be_changed_until_the_result(lengkap: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    isi.answer_butir(by=cast.camat_a, evaluasi=lengkap, nilai={"rkpdes": "patuh", "silpa": "tidak_patuh"})
    isi.answer_butir(by=cast.camat_a, evaluasi=lengkap, nilai={"silpa": "tidak_berlaku"})
    assert dict(lengkap.butir.values_list("kode", "nilai")) == {"rkpdes": "patuh", "silpa": "tidak_berlaku"}


def test_consistency_with_the_rkpdes_needs_its_scan(lengkap: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    lengkap.dokumen.get(jenis="rkpdes").berkas.delete()
    with pytest.raises(ValidationError, match="Perdes RKPDesa"):
        isi.answer_butir(by=cast.camat_a, evaluasi=lengkap, nilai={"rkpdes": "patuh"})
    isi.answer_butir(by=cast.camat_a, evaluasi=lengkap, nilai={"rkpdes": "tidak_patuh"})


def test_a_note_on_a_line_keeps_what_the_line_said(lengkap: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    baris = BarisAPBDesFactory(apbdes=lengkap.apbdes, uraian="Posyandu")
    catatan = isi.add_catatan(by=cast.camat_a, evaluasi=lengkap, isi="Terlalu kecil.", baris=baris)
    baris.delete()
    catatan.refresh_from_db()
    assert (catatan.baris, catatan.anggaran) == ("02.02.02 5.2.1.01 Posyandu", 1_000_000)


def test_a_general_note_comes_and_goes(lengkap: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    catatan = isi.add_catatan(by=cast.camat_a, evaluasi=lengkap, isi="Lengkapi tanda tangan.")
    assert (catatan.baris, catatan.anggaran) == ("", None)
    isi.remove_catatan(by=cast.camat_a, catatan=catatan)
    assert not lengkap.catatan.exists()


def test_a_line_of_another_budget_is_refused(
    lengkap: EvaluasiAPBDes, wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    baris = BarisAPBDesFactory(apbdes__desa=wilayah[A2])
    with pytest.raises(ValidationError, match="bukan dari rancangan"):
        isi.add_catatan(by=cast.camat_a, evaluasi=lengkap, isi="Salah.", baris=baris)


def test_nothing_is_noted_before_or_after_the_judging(diterima: EvaluasiAPBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="dokumen belum lengkap"):
        isi.add_catatan(by=cast.camat_a, evaluasi=diterima, isi="Belum.")
    with pytest.raises(PermissionDenied):
        isi.answer_butir(by=cast.operator_kecamatan_a, evaluasi=diterima, nilai={"silpa": "patuh"})


def test_the_kabupaten_writes_down_its_delegation(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    satu = DelegasiEvaluasi(nomor_peraturan="Perbup 1", berlaku_dari=datetime.date(2025, 1, 1))
    isi.save_delegasi(by=cast.admin_kabupaten, wilayah=wilayah["11.01"], delegasi=satu)
    assert DelegasiEvaluasi.objects.get().kabupaten == wilayah["11.01"]


def test_overlapping_delegations_are_refused_in_words(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    DelegasiFactory(kabupaten=wilayah["11.01"])
    satu = DelegasiEvaluasi(nomor_peraturan="Perbup 1", berlaku_dari=datetime.date(2025, 1, 1))
    with pytest.raises(ValidationError, match="bertumpuk"):
        isi.save_delegasi(by=cast.admin_kabupaten, wilayah=wilayah["11.01"], delegasi=satu)
    with pytest.raises(PermissionDenied):
        isi.save_delegasi(by=cast.camat_a, wilayah=wilayah["11.01"], delegasi=satu)
