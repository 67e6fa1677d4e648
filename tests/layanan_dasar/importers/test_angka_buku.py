"""Whatever stands in a cell is a figure, nothing, or refused in a sentence; nothing else comes out."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layanan_dasar.importers.angka_buku import Ketikan, angka_of, keraguan, status_of
from layanan_dasar.importers.satuan import MOST
from layanan_dasar.importers.tata_buku import Kolom
from layanan_dasar.models import Indikator


KINDS = ["persen", "jumlah", "ya_tidak", "skala"]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text("0123456789.,-%() Rp", max_size=12),
    st.datetimes(),
    st.times(),
    st.just(datetime.timedelta(days=2)),
)


def column(jenis: str, satuan: str = "%", bagian: str = "pembilang") -> Kolom:
    return Kolom(Indikator(kode="KES-01", jenis=jenis, satuan=satuan), bagian, 4)


@given(VALUES, st.sampled_from(KINDS), st.sampled_from(["%", "indeks"]), st.sampled_from(["General", "0%"]))
def test_any_cell_is_a_figure_or_nothing_or_is_refused(value: object, jenis: str, satuan: str, form: str) -> None:
    ketikan, kolom = Ketikan(value, form), column(jenis, satuan)
    try:
        number = angka_of(ketikan, kolom, None)
    except ValueError as error:
        assert str(error).endswith((".", "koma)."))
        return
    assert number is None or 0 <= number < MOST
    assert number is None or keraguan(ketikan, number, Decimal(5))[:1] in ("", "“")


@given(VALUES)
def test_any_status_is_one_of_ours_or_is_refused(value: object) -> None:
    try:
        assert status_of(Ketikan(value)) in ("", "ada", "tidak_dilaporkan", "tidak_berlaku")
    except ValueError as error:
        assert "Isi salah satu" in str(error)


@given(st.integers(0, MOST - 1), st.sampled_from(KINDS[:2]))
def test_a_count_is_read_as_it_is_however_it_is_written(number: int, jenis: str) -> None:
    spellings = [number, float(number), str(number), f"{number:,}".replace(",", "."), f" {number} "]
    assert {angka_of(Ketikan(value), column(jenis), None) for value in spellings} == {Decimal(number)}


@pytest.mark.parametrize("number", ["0.0001", "0.5", "12.5", "9999999999.9999"])
def test_a_number_that_the_workbook_wrote_is_known_again(number: str) -> None:
    assert Ketikan(float(number)).is_angka(Decimal(number))
    assert not Ketikan(number).is_angka(Decimal(number))
    assert not Ketikan(float(number)).is_angka(None)
