import pytest

from p3pd_portal.lib.telepon import parse_telepon, show_telepon


@pytest.mark.parametrize(
    "text", ["0812", "telepon", "12", "0812 3456 7890 1234 5678", "+99 123456789", "-", "0000000000"]
)
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"Tulis misalnya 0812 3456 7890\."):
        parse_telepon(text)


@pytest.mark.parametrize("text", ["", "   "])
def test_no_number_is_no_error(text: str) -> None:
    assert parse_telepon(text) == show_telepon("") == ""


@pytest.mark.parametrize(
    "text", ["0812-3456-7890", "081234567890", "+62 812 3456 7890", "62812 3456 7890", "(0812) 34567890"]
)
def test_however_it_is_typed_it_is_stored_the_same(text: str) -> None:
    assert parse_telepon(text) == "+6281234567890"


def test_a_number_is_shown_as_people_read_it() -> None:
    assert show_telepon("+6281234567890") == "0812-3456-7890"
    assert show_telepon(parse_telepon("(021) 345 0038")).startswith("(021)")


def test_a_foreign_number_keeps_its_country() -> None:
    assert show_telepon(parse_telepon("+61 2 9374 4000")) == "+61 2 9374 4000"
