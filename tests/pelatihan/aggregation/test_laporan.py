"""Groups of participants: every total is the group of the rows it stands under."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pelatihan.aggregation.laporan import BarisPeserta, count, group
from pelatihan.models import Peserta


NILAI = st.none() | st.integers(0, 100).map(Decimal)
BARIS = st.builds(
    BarisPeserta,
    provinsi=st.sampled_from(["Aceh", "Bali", ""]),
    kabupaten=st.just(""),
    unsur=st.sampled_from(["Bappeda", "PMD"]),
    jenis_kelamin=st.sampled_from(["L", "P", ""]),
    status=st.sampled_from(Peserta.Status.values),
    hadir=NILAI,
    pra=NILAI,
    pasca=NILAI,
    rtl=st.booleans(),
)


@given(st.lists(BARIS, max_size=30))
def test_a_total_equals_its_rows(rows: list[BarisPeserta]) -> None:
    whole, parts = count("", rows), group(rows, lambda row: row.provinsi)
    for name in ("n", "perempuan", "laki_laki", "lulus", "tidak_lulus", "belum", "n_hadir", "rtl"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts), name
    assert whole.tes.n == sum(part.tes.n for part in parts)
    assert {part.nama for part in parts} == {row.provinsi for row in rows}


def test_what_nobody_knows_is_no_zero() -> None:
    row = BarisPeserta("", "", "", "", "terdaftar")
    found = count("", [row])
    assert (found.hadir, found.n_hadir, found.tes.gain, found.tes.n) == (None, 0, None, 0)
    known = BarisPeserta("", "", "", "P", "lulus", hadir=Decimal(0), pra=Decimal(50), pasca=Decimal(80), rtl=True)
    both = count("", [row, known])
    assert (both.hadir, both.n_hadir, both.tes.gain, both.tes.n, both.perempuan) == (Decimal(0), 1, Decimal(30), 1, 1)


def test_the_group_without_a_name_comes_last() -> None:
    rows = [BarisPeserta(nama, "", "", "", "lulus") for nama in ("", "Bali", "Aceh")]
    assert [part.nama for part in group(rows, lambda row: row.provinsi)] == ["Aceh", "Bali", ""]


def test_marks_of_a_few_people_are_not_told() -> None:
    rows = [BarisPeserta(nama, "", "", "", "lulus", pra=Decimal(40), pasca=Decimal(90)) for nama in "AAAABBBBB"]
    few, many = group(rows, lambda row: row.provinsi)
    assert (few.tes.n, few.tes.pra, few.tes.gain, few.n) == (4, None, None, 4)
    assert (many.tes.n, many.tes.gain) == (5, Decimal(50))
