import pytest

from p3pd_portal.lib.urutan import kolom, urutkan


@pytest.mark.parametrize(
    ("urut", "turun", "arah", "berikut"),
    [
        ("", False, "", "porsi"),
        ("", True, "", "-porsi"),
        ("nama", True, "", "-porsi"),
        ("porsi", False, "ascending", "-porsi"),
        ("porsi", True, "ascending", "-porsi"),
        ("-porsi", True, "descending", "porsi"),
    ],
)
def test_a_heading_tells_its_order_and_the_next(urut: str, turun: bool, arah: str, berikut: str) -> None:
    found = kolom("porsi", "Porsi", urut, turun=turun)
    assert (found.judul, found.arah, found.berikut) == ("Porsi", arah, berikut)


@pytest.mark.parametrize(("turun", "expected"), [(False, [1, 2, 3, None, None]), (True, [3, 2, 1, None, None])])
def test_what_is_unknown_comes_last_either_way(turun: bool, expected: list[int | None]) -> None:
    assert urutkan([2, None, 3, 1, None], lambda row: row, turun=turun) == expected
