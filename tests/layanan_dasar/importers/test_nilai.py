"""Files of figures, read against the catalogue: what is taken, and what is refused with where and why."""

import io
from decimal import Decimal
from typing import Any

import pytest

from layanan_dasar.importers.nilai import read_nilai
from layanan_dasar.importers.satuan import BarisNilai, angka_nilai
from layanan_dasar.models import PetaKolom
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected, read_table
from tests.factories import IndikatorFactory


pytestmark = pytest.mark.django_db
A1 = "11.01.01.2001"


@pytest.fixture(autouse=True)
def katalog(db: None) -> None:
    IndikatorFactory(kode="PDK-01")
    IndikatorFactory(kode="KES-01", jenis_penyebut="proyeksi", frekuensi="B")
    IndikatorFactory(kode="KES-18", jenis="jumlah", penyebut="")
    IndikatorFactory(kode="SAB-07", jenis="ya_tidak", penyebut="")
    IndikatorFactory(kode="IDM-IDM", jenis="skala", penyebut="", konteks=True)


def read(text: str, peta: PetaKolom | None = None, periode: str = "") -> list[BarisNilai]:
    errors = Errors()
    table = read_table(io.BytesIO(text.encode()))
    rows = list(read_nilai(table, peta, Periode.parse(periode) if periode else None, errors))
    errors.raise_if_any()
    return rows


def long(*rows: str) -> str:
    return "\n".join(["kode_desa,indikator,periode,pembilang,penyebut,status", *rows])


def refusals(text: str, **kwargs: Any) -> list[tuple[int, str, str]]:
    with pytest.raises(Rejected) as caught:
        read(text, **kwargs)
    return [(error.baris, error.kolom, error.pesan) for error in caught.value.errors]


def test_the_long_form_one_figure_a_row() -> None:
    rows = read(
        long(
            f"{A1},PDK-01,2025,82,100,",
            "1101012001,kes-18,2025,3,,",  # without dots, small letters
            f"{A1},SAB-07,2025,1,,ada",
            f'{A1},IDM-IDM,2024,"0,765",,',
            f"{A1},KES-01,2025-06,120,100,",  # more than projected
            "11.01.01.2002,PDK-01,2025,,,tidak_dilaporkan",
        )
    )
    found = [(r.kode, r.indikator, r.periode, r.pembilang, r.penyebut, r.status) for r in rows]
    assert found == [
        (A1, "PDK-01", "2025", 82, 100, "ada"),
        (A1, "KES-18", "2025", 3, None, "ada"),
        (A1, "SAB-07", "2025", 1, 1, "ada"),
        (A1, "IDM-IDM", "2024", Decimal("0.765"), None, "ada"),
        (A1, "KES-01", "2025-06", 120, 100, "ada"),
        ("11.01.01.2002", "PDK-01", "2025", None, None, "tidak_dilaporkan"),
    ]


@pytest.mark.parametrize(
    ("row", "kolom", "pesan"),
    [
        (f"{A1},PDK-99,2025,1,2,", "indikator", "tidak ada di katalog"),
        (f"{A1},PDK-01,2025-S1,1,2,", "periode", "dilaporkan tahunan"),
        (f"{A1},PDK-01,tahun ini,1,2,", "periode", "Periode ditulis 2025"),
        (f"{A1},PDK-01,2025,82,,", "PDK-01", "Penyebut"),
        (f"{A1},PDK-01,2025,,100,", "PDK-01", "Pembilang belum diisi"),
        (f"{A1},PDK-01,2025,101,100,", "PDK-01", "melebihi penyebut"),
        (f"{A1},SAB-07,2025,2,,", "SAB-07", "1 (ya) atau 0"),
        (f'{A1},KES-18,2025,"2,5",,', "KES-18", "bulat"),
        (f"{A1},KES-18,2025,-1,,", "pembilang", "nol sampai"),
        (f"{A1},KES-18,2025,sebelas,,", "pembilang", "Bukan angka"),
        (f"{A1},KES-18,2025,10000000000,,", "pembilang", "nol sampai"),
        (f"{A1},KES-18,2025,3201010101010001,,", "pembilang", "NIK"),
        (f"{A1},PDK-01,2025,1,2,mungkin", "status", "tidak dikenal"),
        ("desa kami,PDK-01,2025,1,2,", "kode_desa", "bukan kode wilayah"),
    ],
)
def test_what_does_not_fit_is_refused_by_cell(row: str, kolom: str, pesan: str) -> None:
    ((baris, where, text),) = refusals(long(row))
    assert (baris, where) == (2, kolom)
    assert pesan in text


def test_a_figure_twice_is_refused_not_the_last_one_taken() -> None:
    """Peers let the last of eight rows of one village win in silence."""
    rows = [f"{A1},KES-18,2025,{n},," for n in (23, 34, 44, 12, 3, 67, 3, 4)]
    found = refusals(long(*rows))
    assert len(found) == 7
    assert "sudah ada di baris 2" in found[0][2]


PETA = {
    "kode": "uji",
    "nama": "Uji",
    "sumber": "Sumber uji",
    "kolom_kode": "kode",
    "aturan": [
        {"indikator": "PDK-01", "pembilang": ["laki", "perempuan"], "penyebut": ["anak"]},
        {"indikator": "SAB-07", "kolom": "jamban", "ya": ["Sendiri", "Bersama"]},
    ],
}


def test_columns_of_a_list_add_up_and_words_mean_yes_or_no() -> None:
    text = (
        f"kode,laki,perempuan,anak,jamban\n{A1},3,4,10,Sendiri\n11.01.01.2002,1,,10,Tidak ada\n11.01.02.2001,0,0,0,\n"
    )
    rows = read(text, PetaKolom(**PETA), "2025")
    assert [(r.kode, r.indikator, r.pembilang, r.penyebut) for r in rows] == [
        (A1, "PDK-01", 7, 10),
        (A1, "SAB-07", 1, 1),
        ("11.01.01.2002", "SAB-07", 0, 1),  # without the girls there is no share
        ("11.01.02.2001", "PDK-01", 0, 0),
    ]


def test_a_column_of_periods_goes_before_the_one_told() -> None:
    text = f"kode,laki,perempuan,anak,jamban,Periode\n{A1},3,4,10,,2023\n"
    assert [r.periode for r in read(text, PetaKolom(**PETA))] == ["2023"]


def test_without_any_period_the_file_is_refused() -> None:
    found = refusals(f"kode,laki,perempuan,anak,jamban\n{A1},3,4,10,\n", peta=PetaKolom(**PETA))
    assert "Sebutkan periodenya" in found[0][2]


def test_every_missing_column_is_named() -> None:
    found = refusals(f"kode,laki,anak\n{A1},3,10\n", peta=PetaKolom(**PETA), periode="2025")
    assert [kolom for _, kolom, _ in found] == ["perempuan", "jamban"]


def test_a_mapping_of_unknown_indicators_is_refused() -> None:
    peta = PetaKolom(**PETA | {"aturan": [{"indikator": "ZZZ-01", "pembilang": ["laki"]}]})
    assert "ZZZ-01" in refusals(f"kode,laki\n{A1},3\n", peta=peta, periode="2025")[0][2]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("", None), ("-", None), ("1.234", 1234), (5.0, 5), (0.25, Decimal("0.25")), ("0.500", Decimal("0.5"))],
)
def test_numbers_as_they_are_typed(cell: object, value: object) -> None:
    assert angka_nilai(cell) == value
