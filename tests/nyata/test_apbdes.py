"""Real budgets of real villages, as they published them: in, recomputed, and on the pages.

What the villages published is read a second time here, with nothing but the csv module and Decimal.
"""

import csv
import os
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.test import Client

from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from layanan_dasar.actions.belanja import HasilImpor, impor_apbdes
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import APBDes, KualitasBelanja
from p3pd_portal.lib.angka import angka
from tests.assertions import visible_text


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]
BAB = ("01", "02", "03", "04", "05")
Published = dict[str, dict[str, int]]


def file() -> Path:
    return Path(os.environ["PORTAL_DATA_NYATA"]) / "apbdes" / "apbdes_desa.csv"


def whole(text: str) -> int | None:
    return int(Decimal(text).quantize(Decimal(1), ROUND_HALF_UP)) if text else None


def published() -> dict[tuple[str, int], Published]:
    """(desa, year) → measure → what the village published: revenue lines, chapters and totals, by code or word."""
    found: dict[tuple[str, int], Published] = defaultdict(lambda: defaultdict(dict))
    with file().open(newline="", encoding="utf-8") as content:
        for row in csv.DictReader(content):
            code = row["kode_kegiatan"] or row["kode_rekening"] or row["uraian"]
            if row["kode_kegiatan"] and row["kode_rekening"]:
                continue
            key = row["kode_desa"], int(row["tahun"])
            anggaran = whole(row["anggaran_perubahan"] if row["jenis"] == "perubahan" else row["anggaran"])
            for measure, amount in (("anggaran", anggaran), ("realisasi", whole(row["realisasi"]))):
                if amount is not None:
                    found[key][measure][code] = amount
    return found


def leaves(codes: Published, start: str) -> list[str]:
    """Codes below a start that have no longer code under them."""
    mine = [code for code in codes["anggaran"] if code.startswith(start) and code[0].isdigit()]
    return [code for code in mine if not any(other.startswith(f"{code}.") for other in mine)]


@pytest.fixture
def hasil(acuan: None) -> HasilImpor:
    kabupaten = {kode[:5] for kode, _ in published()}
    above = {kode[:2] for kode in kabupaten}
    impor_wilayah((kode, nama) for kode, nama in daftar_resmi() if kode in above or kode[:5] in kabupaten)
    with file().open("rb") as content:
        return impor_apbdes(content)


def test_every_budget_is_taken_in_and_again_changes_nothing(hasil: HasilImpor) -> None:
    assert hasil.apbdes_berubah == len(published()) + 1  # one was published with the amounts before its amendment
    assert hasil.dibaca == hasil.baru
    assert any("dibulatkan" in note for note in hasil.catatan)
    with file().open("rb") as content:
        again = impor_apbdes(content)
    assert (again.apbdes_berubah, again.baru, again.berubah, again.dihapus) == (0, 0, 0, 0)


def test_revenue_equals_what_the_village_published(hasil: HasilImpor) -> None:
    checked = 0
    for (kode, tahun), codes in published().items():
        row = KualitasBelanja.objects.get(wilayah__kode=kode, tahun=tahun)
        for measure in ("anggaran", "realisasi"):
            total = codes[measure].get("Jumlah pendapatan")
            if total is None:
                continue
            assert sum(codes[measure].get(code, 0) for code in leaves(codes, "4")) == total, (kode, tahun, measure)
            assert getattr(row.jumlah("pendapatan"), measure) == total, (kode, tahun, measure)
            checked += 1
    assert checked == 18


def test_every_published_chapter_stands_in_its_row_to_the_rupiah(hasil: HasilImpor) -> None:
    checked = 0
    for (kode, tahun), codes in published().items():
        row = KualitasBelanja.objects.get(wilayah__kode=kode, tahun=tahun)
        for bab in BAB:
            for measure in ("anggaran", "realisasi"):
                if bab in codes[measure]:
                    assert getattr(row.jumlah(f"bab_{bab}"), measure) == codes[measure][bab], (kode, tahun, bab)
                    checked += 1
    assert checked == 64


def test_total_spending_is_shown_only_where_all_of_it_is_known(hasil: HasilImpor) -> None:
    for (kode, tahun), codes in published().items():
        row = KualitasBelanja.objects.get(wilayah__kode=kode, tahun=tahun)
        chapters = [codes["anggaran"][bab] for bab in BAB if bab in codes["anggaran"]]
        complete = len(chapters) == len(BAB)
        assert row.jumlah("belanja").anggaran == (sum(chapters) if complete else None), (kode, tahun)
        assert row.n_belanja == int(complete)
        if "Jumlah belanja" in codes["anggaran"]:
            assert row.jumlah("belanja").anggaran == codes["anggaran"]["Jumlah belanja"]


def test_no_share_is_claimed_without_detail(hasil: HasilImpor) -> None:
    assert not KualitasBelanja.objects.filter(n_rincian__gt=0).exists()
    assert not KualitasBelanja.objects.exclude(porsi_inti=None).exists()


def test_regions_above_add_up_their_complete_villages(hasil: HasilImpor) -> None:
    expected: dict[tuple[str, int], int] = defaultdict(int)
    for (kode, tahun), codes in published().items():
        if all(bab in codes["anggaran"] for bab in BAB):
            for above in (kode[:8], kode[:5], kode[:2], "0"):
                expected[above, tahun] += sum(codes["anggaran"][bab] for bab in BAB)
    for (kode, tahun), total in expected.items():
        row = KualitasBelanja.objects.get(wilayah__kode=kode, tahun=tahun)
        assert row.jumlah("belanja").anggaran == total, (kode, tahun)


def test_a_full_recount_finds_nothing_to_change(hasil: HasilImpor) -> None:
    for tahun in APBDes.objects.values_list("tahun", flat=True).distinct():
        assert rebuild(tahun) == {"tahun": tahun, "desa": 0, "wilayah": 0}


def test_pages_show_what_is_known_and_say_what_is_missing(hasil: HasilImpor, client: Client) -> None:
    for (kode, tahun), codes in published().items():
        text = visible_text(client.get(f"/wilayah/{kode}/?tahun={tahun}"))
        for bab in BAB:
            if bab in codes["anggaran"]:
                assert angka(codes["anggaran"][bab]) in text, (kode, tahun, bab)
        if "Jumlah pendapatan" in codes["anggaran"]:
            assert angka(codes["anggaran"]["Jumlah pendapatan"]) in text
        assert "porsi layanan dasar belum dapat dihitung" in text
        kecamatan = visible_text(client.get(f"/wilayah/{kode[:8]}/?tahun={tahun}"))
        assert "APBDes ada di" in kecamatan
        assert "porsi layanan dasar belum dapat dihitung" in kecamatan
