"""How rules are asked of a sheet."""

import datetime
from dataclasses import replace

import pytest

from layanan_dasar.aggregation.temuan import MAKS_PESAN, TemuanBaru
from layanan_dasar.models import Sel
from layanan_dasar.models.kosakata import KOSAKATA
from p3pd_portal.lib.rumus import Isian, Jenis
from tests.layanan_dasar.aggregation.lembar import HARI, KECAMATAN, aturan, found, lembar, sel, with_cell


def test_only_cells_with_figures_are_asked_and_never_those_of_the_kecamatan() -> None:
    cells = [sel(5, 1), sel(5, 1, "tidak_berlaku"), sel(5, 1, ""), sel(5, 1, "tidak_ada_sasaran")]
    satu = lembar({"X": cells}, total={"X": [sel(50, 1)]})
    assert found(satu, aturan("pembilang <= penyebut")) == [TemuanBaru("uji", 1, "X", "Janggal.")]
    assert found(with_cell(satu, 1, "X", Sel()), aturan("pembilang <= penyebut")) == []


def test_findings_come_cell_by_cell_then_desa_then_indicators() -> None:
    satu = lembar({"X": [sel(1), sel(1)], "Y": [sel(1), sel(1)]}, penduduk=5)
    rules = [
        aturan("sum(pembilang) < 0", "lajur", kode="l"),
        aturan("penduduk < 0", "desa", kode="d"),
        aturan("pembilang < 0", kode="s"),
        aturan("pembilang < 1", kode="t"),
    ]
    where = [(satu.aturan, satu.wilayah_id, satu.indikator) for satu in found(satu, *rules)]
    cells = [(kode, desa, indikator) for desa in (1, 2) for indikator in "XY" for kode in "st"]
    assert where == [*cells, ("d", 1, None), ("d", 2, None), ("l", None, "X"), ("l", None, "Y")]


@pytest.mark.parametrize(
    ("dari", "sampai", "asked"),
    [
        (None, None, True),
        (HARI, HARI, True),
        (HARI + datetime.timedelta(1), None, False),
        (None, HARI - datetime.timedelta(1), False),
    ],
)
def test_a_rule_is_asked_on_the_days_on_which_it_holds(
    dari: datetime.date | None, sampai: datetime.date | None, asked: bool
) -> None:
    rule = aturan("pembilang < 0", dari=dari, sampai=sampai)
    assert bool(found(lembar({"X": [sel(1)]}), rule)) is asked


def test_a_long_sentence_is_cut() -> None:
    rule = aturan("pembilang < 0", pesan="{pembilang}" * 25)
    (temuan,) = found(lembar({"X": [sel(10**13)]}), rule)
    assert len(temuan.pesan) == MAKS_PESAN


def test_a_rule_that_cannot_be_read_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="tidak dikenal di sini"):
        found(lembar({"X": [sel(1)]}), aturan("sasaran > 1"))


def test_the_stated_total_is_that_of_the_kecamatan() -> None:
    satu = lembar({"X": [sel(1, 2)]}, total={"X": [sel(7, 8)]})
    assert satu.isi[KECAMATAN, "X"].pembilang == 7
    rule = aturan("total(pembilang) < 0", "lajur", pesan="{total(pembilang)} {total(penyebut)}")
    assert [temuan.pesan for temuan in found(satu, rule)] == ["7 8"]


@pytest.mark.parametrize("cakupan", KOSAKATA)
def test_everything_a_rule_may_speak_of_is_there(cakupan: str) -> None:
    """Each name and function that parsing lets through has a value on a sheet where nothing is missing."""
    words = KOSAKATA[cakupan]
    full = [sel(n, 100, laki_laki=n, perempuan=n, disabilitas=n) for n in (1, 2, 3, 4, 9)]
    satu = lembar({"X": full}, lalu={"X": full}, setahun={"X": full}, total={"X": full[:1]}, penduduk=9)
    satu = replace(satu, desa=satu.desa[:1]) if cakupan == "desa" else satu
    texts = [f"{name} or not {name}" if kind is Jenis.PERNYATAAN else name for name, kind in words.nama.items()]
    for name, fungsi in words.fungsi.items():
        inside = (
            ["'X'"] if fungsi.isian is Isian.TEKS else sorted(words.kolom - ({"penyebut"} if name == "z" else set()))
        )
        texts += [f"{name}({argument})" for argument in inside]
    for text in texts:
        turned = f"not ({text})" if " or " in text else f"{text} != {text}"
        assert found(satu, aturan(turned, cakupan)), text
