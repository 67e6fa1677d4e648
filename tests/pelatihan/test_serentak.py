"""A whole class at once: each participant one record, whatever they press and how often."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from kecamatan.models import Wilayah
from p3pd_portal.lib import presensi as kode
from pelatihan.actions.tautan import give_kode
from pelatihan.models import Presensi, Sesi
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini
from tests.pelatihan.ponsel import Ponsel


pytestmark = pytest.mark.django_db(transaction=True)
BANYAK = 30


@pytest.fixture
def sesi(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Sesi:
    return sesi_kini(kelas_kini(wilayah, cast))


def pindai(sesi: Sesi) -> str:
    return f"/ikut/h/{sesi.pk}/{kode.token(bytes(sesi.kunci), time.time())}/"


def test_thirty_telephones_at_once_are_thirty_records(sesi: Sesi, cast: SimpleNamespace, live_server: Any) -> None:
    people = [peserta_kini(sesi.kelas) for _ in range(BANYAK)]
    codes = give_kode(by=cast.penyedia, kelas=sesi.kelas, peserta=[satu.pk for satu in people])

    def come(code: str) -> int:
        ponsel = Ponsel(live_server.thread.host, live_server.thread.port)
        ponsel.hubungkan(code)
        return ponsel.hadir(pindai(sesi))

    with ThreadPoolExecutor(BANYAK) as pool:
        assert list(pool.map(come, codes.values())) == [302] * BANYAK
    assert sorted(Presensi.objects.values_list("peserta", flat=True)) == sorted(codes)


def test_one_telephone_that_taps_ten_times_at_once_is_one_record(
    sesi: Sesi, cast: SimpleNamespace, live_server: Any
) -> None:
    satu = peserta_kini(sesi.kelas)
    (code,) = give_kode(by=cast.penyedia, kelas=sesi.kelas, peserta=[satu.pk]).values()
    ponsel = Ponsel(live_server.thread.host, live_server.thread.port)
    ponsel.hubungkan(code)
    path = pindai(sesi)
    page = ponsel.ask("GET", path)[1]
    with ThreadPoolExecutor(10) as pool:
        assert [status for status, _page in pool.map(lambda _n: ponsel.send(path, page), range(10))] == [302] * 10
    assert Presensi.objects.count() == 1
