"""Drafts handed in as files: beside the budgets in force, never in their place."""

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, EvaluasiAPBDes, KualitasBelanja
from tests.factories import APBDesFactory, EvaluasiFactory, RancanganFactory
from tests.layanan_dasar.berkas import A1, akun, apbdes_utuh, baris_tersimpan, belanja, ditolak, impor, satu_galat


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wilayah", "acuan")]


def apbdes(**fields: object) -> APBDes:
    return APBDes.objects.get(desa__kode=A1, **fields)


def test_a_draft_is_stored_and_counts_nowhere() -> None:
    impor(apbdes_utuh(), status="rancangan")
    assert (apbdes().status, apbdes().berlaku) == ("rancangan", False)
    assert len(baris_tersimpan()) == 5
    assert not KualitasBelanja.objects.exists()


def test_the_same_draft_again_changes_nothing_and_a_new_one_replaces_it() -> None:
    impor(apbdes_utuh(), status="rancangan")
    assert impor(apbdes_utuh(), status="rancangan").apbdes_berubah == 0
    impor([akun("4.2.1", 600), belanja(600)], status="rancangan")
    assert len(baris_tersimpan()) == 2
    assert apbdes().status == "rancangan"


def test_a_draft_never_replaces_an_enacted_budget() -> None:
    impor(apbdes_utuh())
    baris, kolom, pesan = satu_galat(apbdes_utuh(), status="rancangan")
    assert (baris, kolom) == (2, "kode_desa")
    assert pesan == "APBDes awal 2025 A1 sudah ditetapkan. Rancangan tidak menggantinya; periksa tahun dan jenisnya."


def test_a_draft_of_the_amendment_leaves_the_original_in_force() -> None:
    impor(apbdes_utuh())
    impor(apbdes_utuh(jenis="perubahan"), status="rancangan")
    assert (apbdes(jenis="awal").berlaku, apbdes(jenis="perubahan").berlaku) == (True, False)
    impor([akun("4.2.1", 600), belanja(600)])  # the original again, corrected
    assert (apbdes(jenis="awal").berlaku, apbdes(jenis="perubahan").berlaku) == (True, False)


@pytest.mark.parametrize("state", ["lengkap", "dinilai"])
def test_a_draft_being_judged_is_locked(state: str, wilayah: dict[str, Wilayah]) -> None:
    EvaluasiFactory(apbdes=RancanganFactory(desa=wilayah[A1], tahun=2025), **{state: True})
    assert "sedang dievaluasi dan tidak dapat diganti" in satu_galat(apbdes_utuh(), status="rancangan")[2]


@pytest.mark.parametrize("state", [{}, {"perbaikan": True}], ids=["just taken in", "to be corrected"])
def test_a_draft_that_nobody_judges_may_be_replaced(state: dict[str, bool], wilayah: dict[str, Wilayah]) -> None:
    EvaluasiFactory(apbdes=RancanganFactory(desa=wilayah[A1], tahun=2025), **state)
    assert impor(apbdes_utuh(), status="rancangan").apbdes_berubah == 1


def test_a_file_does_not_enact_what_is_being_evaluated(wilayah: dict[str, Wilayah]) -> None:
    EvaluasiFactory(apbdes=RancanganFactory(desa=wilayah[A1], tahun=2025))
    assert "Catat Perdesnya di halaman evaluasi" in satu_galat(apbdes_utuh())[2]


def test_an_enacted_budget_takes_the_place_of_a_draft_nobody_evaluates() -> None:
    impor(apbdes_utuh(), status="rancangan")
    assert impor(apbdes_utuh()).apbdes_berubah == 1
    assert (apbdes().status, apbdes().berlaku) == ("ditetapkan", True)
    assert KualitasBelanja.objects.filter(wilayah__kode=A1).exists()


def test_every_budget_in_the_way_is_named(wilayah: dict[str, Wilayah]) -> None:
    APBDesFactory(desa=wilayah[A1])
    APBDesFactory(desa=wilayah[A1], tahun=2024)
    rows = [*apbdes_utuh(), *apbdes_utuh(tahun=2024)]
    assert [baris for baris, _, _ in ditolak(rows, status="rancangan")] == [2, 7]
    assert not EvaluasiAPBDes.objects.exists()
