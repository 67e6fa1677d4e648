"""The workbook of a sheet comes back: unchanged it changes nothing, another's is refused, what is broken is named."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from django.core import signing
from openpyxl import Workbook
from openpyxl.comments import Comment

from kecamatan.models import Wilayah
from layanan_dasar.importers.meta_buku import PER_SEL, SALT
from layanan_dasar.importers.tiga_arah import JenisBeda, banding, hitung
from layanan_dasar.models import Dataset, Lembar, Sel, StatusNilai
from layanan_dasar.models.lembar import KOSONG, Kunci
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected
from tests.factories import IndikatorFactory
from tests.layanan_dasar.buku import LEMBAR, baca, ketik, places, ubah, unduh
from tests.layanan_dasar.lembar import ada, buat_lembar, tanpa
from tests.lib.test_spreadsheet_xlsx import repacked


pytestmark = pytest.mark.django_db
A1, A2, A3, ALFA = "11.01.01.2001", "11.01.01.2002", "11.01.01.1003", "11.01.01"


@pytest.fixture
def lembar(wilayah: dict[str, Wilayah]) -> Lembar:
    """Empty; desa in rows 4 to 6, their sum in 7, the source's total in 8."""
    return buat_lembar(wilayah[ALFA], [wilayah[kode] for kode in (A1, A2, A3)])


def full(lembar: Lembar) -> Lembar:
    """Every cell filled, in every way that a cell can be."""
    figures = {
        "KES-01": ada(82, 100, laki_laki=40, perempuan=42, disabilitas=3),
        "KES-02": ada(120, 100),
        "KES-03": ada(0),
        "KES-04": ada(1, 1),
        "KES-05": ada("0.7654"),
        "KES-06": ada("0.5"),
    }
    a1, a2, a3 = lembar.desa
    isi: dict[Kunci, Sel] = {}
    for kode, sel in figures.items():
        isi |= {(a1.pk, kode): sel, (a2.pk, kode): tanpa(), (a3.pk, kode): tanpa(StatusNilai.TIDAK_BERLAKU)}
    isi[a3.pk, "KES-01"] = ada(0, 0)
    isi[lembar.kecamatan.pk, "KES-02"] = ada(9_999_999, "10000000")
    return replace(lembar, isi=isi, lalu=isi)


def messages(data: bytes, lembar: Lembar) -> list[str]:
    with pytest.raises(Rejected) as caught:
        baca(data, lembar)
    return [error.pesan for error in caught.value.errors]


def odd(lembar: Lembar) -> Lembar:
    """Figures that nobody could type anew, as older ways in let them through."""
    a1 = lembar.desa[0]
    return replace(
        lembar,
        isi={
            (a1.pk, "KES-01"): ada("12.5", 10),
            (a1.pk, "KES-03"): ada("3.25"),
            (a1.pk, "KES-02"): Sel(status=StatusNilai.TIDAK_ADA_SASARAN.value),
            (a1.pk, "KES-06"): ada("0.3333"),
        },
    )


@pytest.mark.parametrize("fill", [lambda lembar: lembar, full, odd], ids=["empty", "full", "odd"])
@pytest.mark.parametrize("resave", [False, True], ids=["as downloaded", "opened and saved"])
def test_an_unchanged_workbook_changes_nothing_and_finds_nothing(
    lembar: Lembar, fill: Callable[[Lembar], Lembar], resave: bool
) -> None:
    lembar = fill(lembar)
    data = unduh(lembar)
    buku = baca(ubah(data, lambda book: None) if resave else data, lembar)
    assert (buku.galat, buku.peringatan, buku.catatan) == ([], [], [])
    assert buku.isi == buku.dasar == lembar.isi
    counts = hitung(banding(buku.dasar, buku.isi, lembar.isi).values())
    assert counts == dict.fromkeys(JenisBeda, 0) | {JenisBeda.SAMA: len(lembar.isi)}


def test_what_is_typed_is_read(lembar: Lembar) -> None:
    a1, a2, _a3 = lembar.desa
    buku = baca(ketik(unduh(lembar), D4=82, E4=100, F4=40, G4=42, H4=3, D8=250, E8=300, O5=7, R5="ya"), lembar)
    assert buku.galat == buku.peringatan == []
    assert buku.isi == {
        (a1.pk, "KES-01"): ada(82, 100, laki_laki=40, perempuan=42, disabilitas=3),
        (lembar.kecamatan.pk, "KES-01"): ada(250, 300),
        (a2.pk, "KES-03"): ada(7),
        (a2.pk, "KES-04"): ada(1, 1),
    }


def test_a_cell_that_was_emptied_is_empty_and_one_that_never_was_filled_is_not_there(lembar: Lembar) -> None:
    lembar = full(lembar)
    a1 = lembar.desa[0]
    buku = baca(ketik(unduh(lembar), O4=None), lembar)
    assert buku.isi[a1.pk, "KES-03"] == KOSONG
    assert buku.galat == []
    empty = replace(lembar, isi={})
    assert baca(unduh(empty), empty).isi == {}


def test_a_workbook_of_an_older_version_is_read_against_what_it_was_filled_with(lembar: Lembar) -> None:
    a1 = lembar.desa[0]
    older = replace(lembar, isi={(a1.pk, "KES-03"): ada(5)})
    newer = replace(lembar, versi=2, isi={(a1.pk, "KES-03"): ada(9)})
    buku = baca(unduh(older), newer)
    assert (buku.versi, buku.dasar, buku.isi) == (1, older.isi, older.isi)
    assert buku.catatan == ["Buku kerja ini dari versi 1; lembar sekarang versi 2."]
    (beda,) = banding(buku.dasar, buku.isi, newer.isi).values()
    assert beda.hasil == ada(9)


def test_cells_of_a_desa_that_is_no_longer_here_are_forgotten(lembar: Lembar) -> None:
    lembar = full(lembar)
    fewer = replace(lembar, desa=lembar.desa[:2], isi={})
    buku = baca(unduh(lembar), fewer)
    assert {pk for pk, _kode in buku.isi} == {*(desa.pk for desa in fewer.desa), lembar.kecamatan.pk}
    assert [temuan.pesan for temuan in buku.galat] == [
        "Kode “11.01.01.1003” bukan desa di Kecamatan Alfa. Hapus barisnya."
    ]


def test_a_large_signed_text_is_spread_over_cells(lembar: Lembar) -> None:
    indikator = [IndikatorFactory(kode=f"KES-{n}", bidang_kode="KES", frekuensi="B") for n in range(20, 60)]
    desa = [Wilayah(pk=10_000 + n, kode=f"11.01.01.2{n:03}", nama=f"Desa {n}") for n in range(60)]
    dice = random.Random(1)
    isi = {
        (w.pk, satu.kode): ada(dice.randrange(10**9), 10**9 + dice.randrange(10**9)) for w in desa for satu in indikator
    }
    lembar = replace(lembar, indikator=tuple(indikator), desa=tuple(desa), isi=isi)
    data = unduh(lembar)
    hidden = openpyxl.load_workbook(io.BytesIO(data))["_meta"]
    chunks = [value for name, value in hidden.iter_rows(values_only=True) if name == "tanda"]
    assert len(chunks) > 1
    assert max(map(len, chunks)) <= PER_SEL
    assert baca(data, lembar).isi == isi


# Not of this sheet


def test_a_workbook_of_another_kecamatan_dataset_and_period_is_refused_with_every_reason(
    lembar: Lembar, wilayah: dict[str, Wilayah]
) -> None:
    dataset = Dataset(kode="PDK-Y", nama="Pendidikan tahunan", frekuensi="Y")
    other = replace(lembar, kecamatan=wilayah["11.01.02"], periode=Periode.parse("2026-04"), dataset=dataset)
    assert messages(unduh(lembar), other) == [
        f"Buku kerja ini {text}"
        for text in (
            "milik kecamatan 11.01.01, sedangkan lembar ini Kecamatan Beta (11.01.02). Unggah di kecamatannya.",
            "untuk dataset KES-B, sedangkan lembar ini PDK-Y (Pendidikan tahunan). Unggah di lembar datasetnya.",
            "untuk Maret 2026, sedangkan lembar ini April 2026. Unggah di lembar periodenya.",
        )
    ]


def without_meta(book: Workbook) -> None:
    del book["_meta"]


def other_schema(book: Workbook) -> None:
    book["_meta"]["B1"] = "99"


def forged(book: Workbook) -> None:
    book["_meta"]["B6"] = signing.dumps({"kecamatan": ALFA}, salt=SALT, key="kunci orang lain")


def cut(book: Workbook) -> None:
    book["_meta"]["B6"] = book["_meta"]["B6"].value[:-5]


def signature_gone(book: Workbook) -> None:
    book["_meta"].delete_rows(6)


def renamed(book: Workbook) -> None:
    book[LEMBAR].title = "Data"


def removed(book: Workbook) -> None:
    del book[LEMBAR]


def code_row_gone(book: Workbook) -> None:
    book[LEMBAR].delete_rows(3)


@pytest.mark.parametrize(
    ("change", "what", "how"),
    [
        (without_meta, "_meta tidak ada; berkas ini bukan buku kerja dari portal", "Unduh buku kerja baru"),
        (other_schema, "susunan lain yang tidak dikenal", "Unduh buku kerja baru"),
        (forged, "Tanda portal pada lembar _meta rusak atau diubah", "Unduh buku kerja baru"),
        (cut, "Tanda portal pada lembar _meta rusak atau diubah", "Unduh buku kerja baru"),
        (signature_gone, "Tanda portal pada lembar _meta rusak atau diubah", "Unduh buku kerja baru"),
        (renamed, "Lembar “KES-B” tidak ada", "Kembalikan namanya menjadi KES-B"),
        (removed, "Lembar “KES-B” tidak ada", "atau unduh buku kerja baru"),
        (code_row_gone, "Baris kode kolom (baris 3, diawali “kode_desa”) tidak ditemukan", "unduh buku kerja baru"),
    ],
)
def test_a_workbook_that_is_no_longer_ours_is_refused(
    lembar: Lembar, change: Callable[[Workbook], None], what: str, how: str
) -> None:
    (pesan,) = messages(ubah(unduh(lembar), change), lembar)
    assert what in pesan
    assert how in pesan


@pytest.mark.parametrize("data", [b"", b"kode,nilai\n", b"\xd0\xcf\x11\xe0 xls"], ids=["empty", "csv", "xls"])
def test_another_kind_of_file_is_refused(lembar: Lembar, data: bytes) -> None:
    assert "bukan buku kerja Excel (.xlsx)" in messages(data, lembar)[0]


def test_a_cell_far_outside_is_refused(lembar: Lembar) -> None:
    assert "jauh di luar tabel (1001)" in messages(ketik(unduh(lembar), A1001="x"), lembar)[0]


# Ours, but changed where it should not be


def test_merged_cells_of_the_table_are_errors_and_leave_their_cells_alone(lembar: Lembar) -> None:
    lembar = full(lembar)
    buku = baca(ubah(unduh(lembar), lambda book: book[LEMBAR].merge_cells("D4:E4")), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.galat] == [
        ("D4", "Sel D4:E4 digabung. Pisahkan gabungannya, lalu isi setiap sel.")
    ]
    assert buku.isi == lembar.isi


def test_merged_labels_do_no_harm(lembar: Lembar) -> None:
    buku = baca(ubah(unduh(lembar), lambda book: book[LEMBAR].merge_cells("C1:I1")), lembar)
    assert buku.galat == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_with_a_warning(lembar: Lembar, state: str) -> None:
    def hide(book: Workbook) -> None:
        book[LEMBAR].sheet_state = state
        book[LEMBAR]["O4"] = 3

    buku = baca(ubah(unduh(lembar), hide), lembar)
    assert [temuan.pesan for temuan in buku.peringatan] == [
        "Lembar KES-B tersembunyi. Isinya tetap dibaca; periksa isinya."
    ]
    assert (buku.galat, len(buku.isi)) == ([], 1)


def test_a_desa_that_stands_twice_is_an_error_at_its_second_row(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), A5=A1), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.galat] == [
        ("A5", f"Desa {A1} sudah ada di baris 4. Sisakan satu baris.")
    ]


def test_a_row_that_is_gone_leaves_its_desa_as_it_was_and_says_so(lembar: Lembar) -> None:
    lembar = full(lembar)
    buku = baca(ubah(unduh(lembar), lambda book: book[LEMBAR].delete_rows(5)), lembar)
    assert buku.galat == []
    assert [(temuan.sel, temuan.desa, temuan.pesan) for temuan in buku.peringatan] == [
        ("", "A2", "Baris desa A2 (11.01.01.2002) tidak ada; angkanya tidak diubah.")
    ]
    assert buku.isi == lembar.isi


def test_a_desa_of_elsewhere_is_an_error(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), A9="11.01.02.2001", D9=5), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.galat] == [
        ("A9", "Kode “11.01.02.2001” bukan desa di Kecamatan Alfa. Hapus barisnya.")
    ]


def test_figures_beside_no_code_are_not_read_and_that_is_said(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), D10=5), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.peringatan] == [
        ("D10", "Baris 10 tanpa kode desa, jadi tidak dibaca. Pindahkan angkanya ke baris desanya.")
    ]
    assert (buku.galat, buku.isi) == ([], {})


def test_rows_may_be_sorted_anew(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), A4=A3, A6=A1, O4=3, O6=1), lembar)
    values = {(desa.kode, buku.isi.get((desa.pk, "KES-03"), KOSONG).pembilang) for desa in lembar.desa}
    assert (buku.galat, values) == ([], {(A1, Decimal(1)), (A2, None), (A3, Decimal(3))})


def test_a_changed_column_code_is_named_and_its_indicator_left_alone(lembar: Lembar) -> None:
    lembar = full(lembar)
    buku = baca(ketik(unduh(lembar), D3="KES-99.pembilang", D4=1, O4=3), lembar)
    assert places(buku.galat) == [("D3", "", "KES-01.pembilang")]
    assert buku.galat[0].pesan == (
        "Kolom KES-01.pembilang tidak ditemukan; di sini tertulis “KES-99.pembilang”. Tulis kembali kodenya di "
        "baris 3, atau unduh buku kerja baru."
    )
    changed = {kunci for kunci in buku.isi if buku.isi[kunci] != lembar.isi[kunci]}
    assert changed == {(lembar.desa[0].pk, "KES-03")}
    assert buku.peringatan == []


def test_a_column_that_was_deleted_is_missing_and_the_others_are_read_where_they_stand_now(lembar: Lembar) -> None:
    buku = baca(ketik(ubah(unduh(lembar), lambda book: book[LEMBAR].delete_cols(5)), N4=3), lembar)
    assert places(buku.galat) == [("E3", "", "KES-01.penyebut")]
    assert buku.isi == {(lembar.desa[0].pk, "KES-03"): ada(3)}


def test_a_column_code_that_stands_twice_is_an_error(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), Z3="KES-03.pembilang", Z4=1, O4=2), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.galat] == [
        ("Z3", "Kode kolom KES-03.pembilang ada 2 kali. Sisakan satu.")
    ]
    assert buku.isi == {}


def test_an_unknown_column_is_not_read_and_that_is_said(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), Z3="catatan saya", Z4="lihat map 3"), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.peringatan] == [
        ("Z3", "Kolom “catatan saya” tidak dikenal, jadi tidak dibaca. Hapus bila tidak diperlukan.")
    ]
    assert buku.galat == []


NIK = "Sel ini memuat angka 16 digit seperti NIK. Hapus: data pribadi tidak boleh diunggah."


@pytest.mark.parametrize("value", ["3524010101010001", 3524010101010001, "3524-0101 01010001", "a.n. 3524010101010001"])
@pytest.mark.parametrize("address", ["D4", "AB12", "B4", "I5"])
def test_what_looks_like_a_nik_is_refused_anywhere(lembar: Lembar, address: str, value: object) -> None:
    buku = baca(ketik(unduh(lembar), **{address: value}), lembar)
    assert [(temuan.sel, temuan.pesan) for temuan in buku.galat] == [(address, NIK)]
    assert buku.isi == {}


def test_a_nik_in_a_comment_is_refused_too(lembar: Lembar) -> None:
    def say(book: Workbook) -> None:
        book[LEMBAR]["P4"].comment = Comment("milik 3524010101010001", "operator")

    assert [temuan.sel for temuan in baca(ubah(unduh(lembar), say), lembar).galat] == ["P4"]


def test_a_long_fraction_is_no_nik(lembar: Lembar) -> None:
    buku = baca(ketik(unduh(lembar), U4=1 / 3, O4=0.1 + 0.2), lembar)
    assert [temuan.pesan for temuan in buku.galat] == ["Jumlah ditulis bulat, tanpa desimal."]
    assert buku.isi == {(lembar.desa[0].pk, "KES-05"): ada("0.3333")}


def test_what_the_library_cannot_read_is_refused_in_a_sentence(lembar: Lembar) -> None:
    data = repacked(
        lambda name, content: (name, content.replace(b"<v>0</v>", b"<v>nol koma</v>", 1)), unduh(full(lembar))
    )
    assert "rusak" in messages(data, lembar)[0]
