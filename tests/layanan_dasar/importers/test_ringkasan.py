"""Taking a published budget apart: lowest-level lines, subtotals, totals, and how much of the whole is known.

Rows are written as (code, words, anggaran[, realisasi]) and numbered from 2, as in a file.
"""

import pytest

from layanan_dasar.importers.ringkasan import BarisPublikasi, Uraian, leluhur, urai


Line = tuple[str, str, int | None] | tuple[str, str, int | None, int | None]


def apart(*lines: Line, toleransi: int = 0) -> Uraian:
    rows = []
    for number, (kode, uraian, anggaran, *realisasi) in enumerate(lines, 2):
        codes = kode.split("/")
        kegiatan = codes[0] if codes[0].startswith("0") else ""
        rekening = "" if codes[-1].startswith("0") else codes[-1]
        rows.append(BarisPublikasi(number, kegiatan, rekening, uraian, anggaran, *(realisasi or [None])))
    return urai(rows, toleransi)


def leaves(hasil: Uraian) -> list[str]:
    return [line.kode for line in hasil.rincian]


BIDANG: list[Line] = [(f"0{n}", f"Bidang {n}", 100) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("kode", "above"),
    [
        ("4", []),
        ("4.2.1", ["4.2", "4"]),
        ("01", []),
        ("01.02.03", ["01.02", "01"]),
        ("01.01.01/5.1.1", ["01.01.01/5.1", "01.01.01/5", "01.01.01", "01.01", "01"]),
    ],
)
def test_codes_above_a_code(kode: str, above: list[str]) -> None:
    assert list(leluhur(kode)) == above


# Lines and totals


def test_a_line_with_a_longer_code_under_it_is_a_subtotal() -> None:
    hasil = apart(("4.2", "Transfer", 300), ("4.2.1", "Dana Desa", 200), ("4.2.3", "ADD", 100))
    assert leaves(hasil) == ["4.2.1", "4.2.3"]
    assert list(hasil.total) == ["4.2"]
    assert hasil.galat == []


def test_details_may_stand_above_their_subtotal() -> None:
    hasil = apart(("01.01.01", "Siltap", 100), ("01", "Bidang 1", 100))
    assert leaves(hasil) == ["01.01.01"]
    assert list(hasil.total) == ["01"]


def test_a_kegiatan_with_rekening_under_it_is_a_subtotal() -> None:
    lines = [("01", "Bidang 1", 100), ("01.01.01", "Siltap", 100), ("01.01.01/5.1.1", "Pegawai", 100)]
    hasil = apart(*lines, ("01.01.01/5.1.1.01", "Siltap Kades", 100))
    assert leaves(hasil) == ["01.01.01/5.1.1.01"]
    assert list(hasil.total) == ["01", "01.01.01", "01.01.01/5.1.1"]


def test_a_code_that_only_looks_alike_is_no_subtotal() -> None:
    assert leaves(apart(("4.1", "PADes", 1), ("4.1.1", "Usaha", 1), ("4.2", "Transfer", 1))) == ["4.1.1", "4.2"]


@pytest.mark.parametrize(
    ("words", "kode"),
    [
        ("Jumlah pendapatan", "4"),
        ("JUMLAH BELANJA", "5"),
        ("Surplus / (defisit)", "surplus"),
        ("Defisit", "surplus"),
        ("Pembiayaan netto", "pembiayaan_neto"),
        ("Pembiayaan Neto", "pembiayaan_neto"),
        ("SiLPA tahun berjalan 2025", "silpa"),
    ],
)
def test_totals_without_code_are_known_by_their_words(words: str, kode: str) -> None:
    hasil = apart(("", words, 0))
    assert list(hasil.total) == [kode]
    assert (hasil.rincian, hasil.galat) == ([], [])


def test_total_in_other_words_is_refused() -> None:
    ((baris, kolom, pesan),) = apart(("4.2.1", "Dana Desa", 1), ("", "Total keseluruhan", 1)).galat
    assert (baris, kolom) == (3, "uraian")
    assert pesan.startswith("“Total keseluruhan” tanpa kode dan bukan total yang dikenal.")


def test_a_total_stated_twice_is_refused() -> None:
    lines = [("4.2.1", "Dana Desa", 1), ("", "Jumlah pendapatan", 1), ("", "Jumlah Pendapatan", 1)]
    assert apart(*lines).galat == [(4, "uraian", "Total ini sudah tertulis di baris 3. Sisakan satu.")]


def test_spending_may_be_totalled_under_its_code() -> None:
    """ "5" is the head of all kegiatan, as "4" is that of the revenue lines: not a line of its own."""
    hasil = apart(("5", "BELANJA", 300), ("01", "Bidang 1", 100), ("02", "Bidang 2", 200))
    assert leaves(hasil) == ["01", "02"]
    assert list(hasil.total) == ["5"]
    assert hasil.cakupan_belanja == "bidang"


# Amounts that cannot be


def test_a_negative_line_is_refused_in_each_amount() -> None:
    galat = apart(("4.2.1", "Dana Desa", -1, -2), ("4.2.3", "ADD", None, 0)).galat
    assert [satu[:2] for satu in galat] == [(2, "anggaran"), (2, "realisasi")]
    assert all("tidak boleh negatif" in pesan for *_, pesan in galat)


@pytest.mark.parametrize("words", ["Surplus / (defisit)", "Pembiayaan netto", "SiLPA tahun berjalan"])
def test_a_balance_may_be_negative(words: str) -> None:
    hasil = apart(("4.2.1", "Dana Desa", 1), ("", words, -5, -6))
    assert hasil.galat == []
    assert next(iter(hasil.total.values())).anggaran == -5


def test_parts_above_their_total_are_refused() -> None:
    ((baris, kolom, pesan),) = apart(("4.2", "Transfer", 100), ("4.2.1", "DD", 60), ("4.2.3", "ADD", 50)).galat
    assert (baris, kolom) == (2, "anggaran")
    assert pesan == "“Transfer” tertulis 100, padahal rinciannya berjumlah 110. Periksa baris-baris di bawahnya."


def test_realisasi_above_its_total_is_refused_too() -> None:
    galat = apart(("4.2", "Transfer", 100, 40), ("4.2.1", "Dana Desa", 100, 41)).galat
    assert [satu[:2] for satu in galat] == [(2, "realisasi")]


def test_chapters_above_all_spending_are_refused() -> None:
    galat = apart(*BIDANG, ("", "Jumlah belanja", 499)).galat
    assert [satu[:2] for satu in galat] == [(7, "anggaran")]


def test_parts_below_their_total_are_only_not_all_of_them() -> None:
    assert apart(("4.2", "Transfer", 100), ("4.2.1", "Dana Desa", 60)).galat == []


def test_rounded_parts_may_exceed_their_total_by_a_rupiah_each() -> None:
    lines: list[Line] = [("4.2", "Transfer", 100), ("4.2.1", "DD", 51), ("4.2.3", "ADD", 51)]
    assert apart(*lines, toleransi=2).galat == []
    assert len(apart(*lines, toleransi=1).galat) == 1


def test_a_subtotal_without_amount_is_compared_with_nothing() -> None:
    assert apart(("4.2", "Transfer", None), ("4.2.1", "Dana Desa", 60)).galat == []


@pytest.mark.parametrize("enam", [30, 70])
def test_financing_total_may_be_net_or_gross(enam: int) -> None:
    lines = [("6.1.1", "SiLPA tahun lalu", 50), ("6.2.2", "Penyertaan modal", 20)]
    assert apart(("6", "PEMBIAYAAN", enam), *lines).galat == []


# Surplus


def surplus(anggaran: int | None, realisasi: int | None = None) -> Uraian:
    return apart(
        ("", "Jumlah pendapatan", 100, 90), ("", "Jumlah belanja", 70, 80), ("", "Surplus", anggaran, realisasi)
    )


@pytest.mark.parametrize("stated", [29, 30, 31, None])
def test_a_surplus_may_be_off_by_one_rupiah(stated: int | None) -> None:
    assert surplus(stated, 10).catatan == []


def test_a_wrong_surplus_is_noted_and_taken() -> None:
    hasil = surplus(32, 12)
    assert hasil.galat == []
    assert hasil.catatan == [
        "Baris 4: anggaran surplus/defisit tertulis 32, padahal pendapatan dikurangi belanja 30.",
        "Baris 4: realisasi surplus/defisit tertulis 12, padahal pendapatan dikurangi belanja 10.",
    ]


def test_a_surplus_is_not_judged_without_both_totals() -> None:
    assert apart(("", "Jumlah pendapatan", 100), ("", "Surplus", 5)).catatan == []


# How much is known


@pytest.mark.parametrize(
    ("lines", "cakupan"),
    [
        ([("01", "Bidang 1", 100)], "tidak_ada"),
        ([("", "Jumlah pendapatan", 100)], "tidak_ada"),
        ([("4.2.1", "Dana Desa", 100)], "sebagian"),
        ([("4.2.1", "Dana Desa", 100), ("", "Jumlah pendapatan", 150)], "sebagian"),
        ([("4.2.1", "Dana Desa", 100), ("", "Jumlah pendapatan", None)], "sebagian"),
        ([("4.2.1", "Dana Desa", 100), ("", "Jumlah pendapatan", 100)], "lengkap"),
        ([("4.2.1", "Dana Desa", 100), ("4", "PENDAPATAN", 100)], "lengkap"),
    ],
)
def test_coverage_of_revenue(lines: list[Line], cakupan: str) -> None:
    assert apart(*lines).cakupan_pendapatan == cakupan


def test_rounding_does_not_make_revenue_partial() -> None:
    lines: list[Line] = [("4.2.1", "Dana Desa", 101), ("", "Jumlah pendapatan", 100)]
    assert apart(*lines, toleransi=1).cakupan_pendapatan == "lengkap"


KEGIATAN: list[Line] = [(f"0{n}.01.01", f"Kegiatan {n}", 100) for n in range(1, 6)]
COVERAGE: dict[str, tuple[list[Line], str]] = {
    "revenue only": ([("4.2.1", "Dana Desa", 100)], "tidak_ada"),
    "two chapters": (BIDANG[:2], "sebagian"),
    "two chapters of a larger total": ([*BIDANG[:2], ("", "Jumlah belanja", 500)], "sebagian"),
    "two chapters and an empty total": ([*BIDANG[:2], ("", "Jumlah belanja", None)], "sebagian"),
    "two chapters, which are all": ([*BIDANG[:2], ("", "Jumlah belanja", 200)], "bidang"),
    "five chapters": (BIDANG, "bidang"),
    "five chapters, one unknown": ([*BIDANG[:4], ("05", "Bidang 5", None)], "sebagian"),
    "five chapters, one unknown but nothing left": (
        [*BIDANG[:4], ("05", "Bidang 5", None), ("", "Jumlah belanja", 400)],
        "bidang",
    ),
    "a kegiatan of each chapter": (KEGIATAN, "kegiatan"),
    "one kegiatan": (KEGIATAN[:1], "sebagian"),
    "one kegiatan, which is all": ([*KEGIATAN[:1], ("", "Jumlah belanja", 100)], "kegiatan"),
    "kegiatan under all chapters": ([*BIDANG, *KEGIATAN], "kegiatan"),
    "kegiatan missing in a chapter": ([*BIDANG, *KEGIATAN[:4]], "bidang"),
    "kegiatan below the chapter's amount": ([("01", "Bidang 1", 150), *KEGIATAN], "bidang"),
    "sub-chapters": ([*KEGIATAN[:4], ("05.01", "Bencana", 100)], "bidang"),
}


@pytest.mark.parametrize("name", COVERAGE)
def test_coverage_of_spending(name: str) -> None:
    lines, cakupan = COVERAGE[name]
    hasil = apart(*lines)
    assert (hasil.galat, hasil.cakupan_belanja) == ([], cakupan)
