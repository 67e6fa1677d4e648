"""Lock-out: how many guesses are looked at, who has to wait, and what opens the lock."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings

from kecamatan.models import Pengguna
from tests import totp
from tests.assertions import visible_text
from tests.factories import PenggunaFactory


pytestmark = pytest.mark.django_db
NIP, EMAIL, PASSWORD, WRONG = "198003122005011991", "siti@uji.test", "rahasia-sekali", "salah-sekali-1"
MISMATCH = "NIP/surel atau kata sandi tidak cocok."
TOO_MANY = "Terlalu banyak percobaan masuk. Coba lagi 15 menit lagi, atau hubungi admin kabupaten Anda."


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def siti(db: None) -> Pengguna:
    return PenggunaFactory(orang__nip=NIP, email=EMAIL, password=PASSWORD, langkah_kedua=False)


def log_in(login: str = EMAIL, password: str = PASSWORD, address: str = "203.0.113.7") -> HttpResponse:
    return Client(REMOTE_ADDR=address).post("/masuk/", {"login": login, "password": password})


def lock(login: str = EMAIL) -> None:
    for _ in range(5):
        log_in(login, WRONG)


def in_parallel(work: Callable[[int], HttpResponse], count: int) -> list[HttpResponse]:
    """Answers of requests sent at once, each on a database connection of its own."""

    def once(number: int) -> HttpResponse:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(once, range(count)))


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(siti: Pengguna) -> None:
    for _ in range(4):
        assert MISMATCH in visible_text(log_in(EMAIL, WRONG))
    for login, password in ((EMAIL, WRONG), (EMAIL, PASSWORD), (NIP, PASSWORD), (EMAIL.upper(), PASSWORD)):
        answer = log_in(login, password)
        assert answer.status_code == 429
        assert TOO_MANY in visible_text(answer)
        assert "NIP atau surel" in visible_text(answer)


def test_another_address_and_browser_do_not_help(siti: Pengguna) -> None:
    for number in range(5):
        Client(REMOTE_ADDR=f"203.0.113.{number}", HTTP_USER_AGENT=f"peramban {number}").post(
            "/masuk/", {"login": EMAIL, "password": WRONG}
        )
    assert TOO_MANY in visible_text(log_in(address="198.51.100.1"))


def test_a_forged_forwarded_address_has_no_effect(siti: Pengguna) -> None:
    for number in range(31):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        Client(REMOTE_ADDR="203.0.113.9", headers=headers).post(
            "/masuk/", {"login": f"{number}@uji.test", "password": WRONG}
        )
    assert log_in(address="203.0.113.9").status_code == 429


def test_an_unknown_account_is_locked_like_a_known_one(siti: Pengguna) -> None:
    for login in (EMAIL, "tidakada@uji.test", "111111111111111111"):
        lock(login)
    answers = [log_in(login, WRONG) for login in (EMAIL, "tidakada@uji.test", "111111111111111111")]
    assert [answer.status_code for answer in answers] == [429] * 3
    assert all(TOO_MANY in visible_text(answer) for answer in answers)


def test_others_log_in_meanwhile(siti: Pengguna) -> None:
    PenggunaFactory(email="lain@uji.test", password=PASSWORD)
    lock()
    assert log_in("lain@uji.test").status_code == 302


def test_right_passwords_do_not_count(siti: Pengguna) -> None:
    assert [log_in().status_code for _ in range(7)] == [302] * 7


def test_a_login_forgets_the_wrong_passwords_before_it(siti: Pengguna) -> None:
    for _ in range(2):
        for _ in range(4):
            log_in(EMAIL, WRONG)
        assert log_in().status_code == 302


def test_the_lock_opens_by_itself_and_trying_on_does_not_prolong_it(siti: Pengguna) -> None:
    lock()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE axes_accessattempt SET attempt_time = attempt_time - interval '14 minutes'")
    assert TOO_MANY in visible_text(log_in())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE axes_accessattempt SET attempt_time = attempt_time - interval '61 seconds'")
    assert log_in().status_code == 302


def test_an_emptied_cache_opens_no_lock(siti: Pengguna) -> None:
    lock()
    cache.clear()
    assert TOO_MANY in visible_text(log_in())


def test_a_new_password_opens_the_lock(siti: Pengguna) -> None:
    client = Client()
    client.force_login(siti)
    lock()
    new = {"oldpassword": PASSWORD, "password1": "kopi-panas-di-pagi", "password2": "kopi-panas-di-pagi"}
    assert client.post("/saya/sandi/", new).headers["Location"] == "/saya/keamanan/"
    assert log_in(password="kopi-panas-di-pagi").status_code == 302


def test_one_address_may_fail_thirty_times_in_a_quarter_of_an_hour(siti: Pengguna) -> None:
    for number in range(30):
        assert MISMATCH in visible_text(log_in(f"{number}@uji.test", WRONG))
        cache.delete_many(key for key in _keys() if ":login:" in key)  # the other limit: forms a minute
    assert TOO_MANY in visible_text(log_in())
    assert log_in(address="198.51.100.1").status_code == 302


def _keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM portal_cache")
        return [re.sub(r"^:1:", "", key) for (key,) in cursor.fetchall()]


def test_what_is_kept_of_an_attempt_holds_no_password_and_no_typed_text(siti: Pengguna) -> None:
    log_in(EMAIL, WRONG)
    (attempt,) = AccessAttempt.objects.all()
    assert (attempt.username, attempt.ip_address) == (EMAIL, "203.0.113.7")
    assert WRONG not in attempt.post_data
    assert EMAIL not in attempt.post_data


def test_the_log_names_nobody(siti: Pengguna, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        lock()
        log_in()
    assert "Locking out" in caplog.text
    for secret in (EMAIL, NIP, "203.0.113.7", WRONG, PASSWORD):
        assert secret not in caplog.text


class Penghitung(MD5PasswordHasher):
    """Counts the passwords that were really looked at."""

    checked: list[float] = []

    def verify(self, password: str, encoded: str) -> bool:
        self.checked.append(time.monotonic())
        return super().verify(password, encoded)


@pytest.mark.django_db(transaction=True)
def test_fifty_guesses_sent_at_once_are_counted_like_guesses_in_a_row(siti: Pengguna) -> None:
    """Every guess from an address of its own, half of them by NIP: only the account is the same."""
    Penghitung.checked.clear()
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Penghitung"]):
        answers = in_parallel(lambda n: log_in((EMAIL, NIP)[n % 2], f"{WRONG}{n}", f"198.51.100.{n}"), 50)
    assert 1 <= len(Penghitung.checked) <= 6
    assert sum(MISMATCH in visible_text(answer) for answer in answers) <= 5
    assert sum(TOO_MANY in visible_text(answer) for answer in answers) >= 45


@pytest.mark.django_db(transaction=True)
def test_codes_guessed_at_once_are_counted_like_codes_in_a_row(siti: Pengguna) -> None:
    TOTP.activate(siti, totp.SECRET)
    clients = [Client() for _ in range(15)]
    for client in clients:
        client.post("/masuk/", {"login": EMAIL, "password": PASSWORD})
    answers = in_parallel(lambda n: clients[n].post("/masuk/kode/", {"code": totp.code(-20)}), 15)
    assert sum("Kode salah." in visible_text(answer) for answer in answers) <= 5
    assert sum(TOO_MANY in visible_text(answer) for answer in answers) >= 10


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_twice_at_once_opens_once(siti: Pengguna) -> None:
    TOTP.activate(siti, totp.SECRET)
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.post("/masuk/", {"login": EMAIL, "password": PASSWORD})
    used = totp.code()
    answers = in_parallel(lambda n: clients[n].post("/masuk/kode/", {"code": used}), 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
