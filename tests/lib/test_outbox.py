import datetime
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3pd_portal.lib.outbox import new_message_id, one_line, pause_after, plain_text


MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Halo\r\nBcc: orang@lain.test", "Halo Bcc: orang@lain.test"),
        ("a\x00b\x1b[31mc", "a b [31mc"),
        ("surat\u202efdp.exe", "suratfdp.exe"),
        ("a\u2028b\u2029c\u0085d", "a b c d"),
        ("  dua   kata\t ", "dua kata"),
        ("nol\u200blebar \ufeff", "nollebar"),
        ("a\ud800b", "ab"),
        ("{{ kunci }} {% now %}", "{{ kunci }} {% now %}"),
        ("Yth. Siti – “Alfa”, é 👍", "Yth. Siti – “Alfa”, é 👍"),
        ("", ""),
    ],
)
def test_text_becomes_one_visible_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text())
def test_a_line_never_breaks_and_holds_nothing_invisible(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not {unicodedata.category(sign) for sign in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert one_line(line) == line


def test_longer_text_keeps_its_lines() -> None:
    assert plain_text("\n satu \x07\r\n\r\ndua\u202e \n\n") == "satu\n\ndua"
    assert plain_text("") == ""


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (10, 60), (32767, 60)]
)
def test_pauses_double_up_to_an_hour(attempts: int, minutes: int) -> None:
    assert pause_after(attempts) == minutes * MINUTE


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("https://portal.contoh.test", "portal.contoh.test"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("", "localhost"),
    ],
)
def test_a_message_id_names_the_host_and_is_never_the_same(site: str, host: str) -> None:
    ids = {new_message_id(site) for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(rf"<[0-9a-f]{{32}}@{re.escape(host)}>", one) for one in ids)
