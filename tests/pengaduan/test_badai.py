"""Five hundred reports through ten faults of a whole portal: none lost, none twice, and its desk told once of each."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.kecamatan.surel import Penerima, server_surel
from tests.p3pd_portal.portal import Portal, wait_until
from tests.pengaduan.badai import Badai, Warga, bagi, nomor_tersimpan, surel_kabar, wait_until_sent


pytestmark = [
    pytest.mark.lengkap,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("jalankan"),
    pytest.mark.skipif(not Path("/proc").exists(), reason="perlu /proc"),
]
DESA = "99.01.02.2001"
"""Of a demo kecamatan whose desk is one person: a report is one notice and one e-mail."""
LAPORAN = 500


@pytest.fixture
def penerima() -> Iterator[tuple[Penerima, int]]:
    with server_surel() as both:
        yield both


@pytest.fixture
def portal(tmp_path: Path, penerima: tuple[Penerima, int]) -> Iterator[Portal]:
    portal = Portal(tmp_path / "data")
    portal.environment["PORTAL_SMTP"] = f"smtp://127.0.0.1:{penerima[1]}"
    try:
        portal.start()
        yield portal
    finally:
        portal.interrupt()


def test_five_hundred_reports_through_ten_faults(
    portal: Portal, penerima: tuple[Penerima, int], capsys: pytest.CaptureFixture[str]
) -> None:
    surel, warga = penerima[0], Warga(portal, DESA)
    surel.detik = 0.02  # so that a fault meets a relay at work
    receipts = storm(Badai(portal, surel, warga), warga)
    wait_until_sent(portal, 600)
    wanted = surel_kabar(portal)
    assert len(set(receipts)) == len(receipts) == LAPORAN
    assert sorted(nomor_tersimpan(portal)) == sorted(receipts)
    assert len(set(wanted)) == len(wanted) == LAPORAN
    arrived = Counter({one: n for one, n in surel.counts().items() if one in set(wanted)})
    twice = arrived.total() - LAPORAN
    with capsys.disabled():
        print(f"\n{LAPORAN} laporan, {warga.diulang.total()} kali dicoba lagi, {twice} surel datang dua kali")
        print("\n".join([*map(warga.laporan_detik, warga.detik), *map(str, warga.diulang.most_common())]))
        print(portal.output.partition("Tekan Ctrl-C")[2].strip())
    assert set(arrived) == set(wanted)
    assert twice <= LAPORAN // 100


def storm(badai: Badai, warga: Warga) -> list[str]:
    """A part of the reports for every fault, which strikes once the relay sends them."""
    receipts: list[str] = []
    with ThreadPoolExecutor(4) as people:
        for part, (name, strike) in zip(bagi(LAPORAN, len(badai.gangguan)), badai.gangguan.items(), strict=True):
            before, few = len(badai.penerima.mails), len(part) // 5
            receipts += people.map(warga.lapor, part[:few])
            wait_until(lambda n=before: len(badai.penerima.mails) > n + 2, 180, f"surel sebelum {name}")
            rest = [people.submit(warga.lapor, nomor) for nomor in part[few:]]
            warga.gangguan = name
            strike()
            receipts += [one.result() for one in rest]
    return receipts
