"""Telephone numbers as people type them and as they are stored (E.164: +6281234567890)."""

import phonenumbers


_REGION = "ID"


def parse_telepon(text: str) -> str:
    """The stored form of a number, an Indonesian one unless it begins with another country's code; "" of "".

    Raises:
        ValueError: no telephone number.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError("Nomor telepon tidak dikenal. Tulis misalnya 0812 3456 7890.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_telepon(number: str) -> str:
    """A stored number as people read it: 0812-3456-7890, with its country code outside Indonesia; "" of ""."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number)
    is_home = phonenumbers.region_code_for_number(parsed) == _REGION
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
