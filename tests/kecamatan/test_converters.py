import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse


@pytest.mark.parametrize("kode", ["11", "11.01.01.2001", "1101012001"])
def test_a_code_with_or_without_dots_is_part_of_an_address(kode: str) -> None:
    assert resolve(f"/wilayah/{kode}/").kwargs == {"kode": kode}
    assert reverse("dasbor:wilayah", args=[kode]) == f"/wilayah/{kode}/"


@pytest.mark.parametrize("text", ["alfa", "11-01", "11 01", "11\x00", "1" * 17])
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/wilayah/{text}/")
    with pytest.raises(NoReverseMatch):
        reverse("dasbor:wilayah", args=[text])
