"""Does the time of an answer tell who has an account? Wrong passwords for a known, an unknown and a disabled account.

Every guess is a whole request with the production hasher, in rotating order, each for an account of its own, so that
none is locked. Target: the medians of the unknown and the disabled account are within 5 % of the known one's.
"""

import logging
import secrets
import statistics

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings

from benchmarks import ukur
from kecamatan.models import Orang, Pengguna


ROUNDS = 200
_PLAIN = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
KINDS = ("dikenal", "tidak dikenal", "nonaktif")


def run(rounds: int = ROUNDS) -> None:
    call_command("createcachetable", verbosity=0)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    logging.disable()
    password = secrets.token_urlsafe(16)
    addresses = {kind: [f"{kind.replace(' ', '-')}{n}@bench.test" for n in range(rounds)] for kind in KINDS}
    accounts = _accounts(addresses["dikenal"], True, password) + _accounts(addresses["nonaktif"], False, password)
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    try:
        with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=_PLAIN, ACCOUNT_RATE_LIMITS=False):
            for number in range(rounds):
                for kind in KINDS[number % 3 :] + KINDS[: number % 3]:
                    times[kind].append(_seconds(addresses[kind][number]))
    finally:
        logging.disable(logging.NOTSET)
        for account in accounts:
            account.delete()
            account.orang.delete()
        cache.clear()
    _print(times)


def _accounts(addresses: list[str], active: bool, password: str) -> list[Pengguna]:
    first = Pengguna(is_active=active)
    first.set_password(password)
    return [
        Pengguna.objects.create(
            orang=Orang.objects.create(nama=address), email=address, is_active=active, password=first.password
        )
        for address in addresses
    ]


def _seconds(address: str) -> float:
    client, form = Client(), {"login": address, "password": "salah-sekali-1"}
    return ukur.seconds(lambda: client.post("/masuk/", form, secure=settings.HTTPS))


def _print(times: dict[str, list[float]]) -> None:
    reference = statistics.median(times["dikenal"])
    print(f"{len(times['dikenal'])} tebakan per jenis akun; median akun yang dikenal {reference * 1000:.1f} ms")
    for kind in KINDS[1:]:
        print(f"  {kind}: {statistics.median(times[kind]) / reference:.3f} × (sasaran 0,95 sampai 1,05)")
