"""A hundred and twenty telephones within a minute, against a whole portal as `./portal run` starts it."""

import json
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from p3pd_portal.lib import presensi as kode
from p3pd_portal.lib.embedded import Postgres
from tests.p3pd_portal.portal import Portal
from tests.pelatihan.ponsel import Ponsel


pytestmark = [
    pytest.mark.lengkap,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("jalankan"),
    pytest.mark.skipif(not Path("/proc").exists(), reason="perlu /proc"),
]
BANYAK = 120
MENIT = 60


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    portal = Portal(tmp_path / "data")
    try:
        portal.start()
        yield portal
    finally:
        portal.interrupt()


def test_a_hundred_and_twenty_telephones_in_one_minute(portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    portal.environment["DJANGO_SETTINGS_MODULE"] = "p3pd_portal.settings"
    made = portal.run("-m", "tests.pelatihan.kelas_besar", str(BANYAK))
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout.splitlines()[-1])
    kunci, phones = bytes.fromhex(told["kunci"]), []
    for number, code in enumerate(told["kode"].values()):
        phones.append(Ponsel("127.0.0.1", portal.port, f"127.0.1.{number % 50 + 1}"))
        phones[-1].hubungkan(code)
        phones[-1].detik.clear()
    started = time.monotonic()

    def come(numbered: tuple[int, Ponsel]) -> int:
        """Within three quarters of a minute everybody has scanned."""
        time.sleep(max(0, numbered[0] * 45 / BANYAK - (time.monotonic() - started)))
        return numbered[1].hadir(f"/ikut/h/{told['sesi']}/{kode.token(kunci, time.time())}/")

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(come, enumerate(phones)))
    took = time.monotonic() - started
    times = sorted(second for phone in phones for second in phone.detik)
    with capsys.disabled():
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"\n{BANYAK} ponsel dalam {took:.0f} detik: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")
    assert answers == [302] * BANYAK
    assert took <= MENIT
    with Postgres(portal.data).connect("portal") as connection:
        rows = connection.execute("SELECT peserta_id FROM pelatihan_presensi WHERE sesi_id = %s", [told["sesi"]])
        assert sorted(pk for (pk,) in rows) == sorted(map(int, told["kode"]))
