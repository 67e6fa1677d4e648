"""What the benchmarks share: a made-up country of budgets, clocks, and words for the result."""

import statistics
import time
from collections.abc import Callable, Iterator

from django.db import connection

from kecamatan.importers.acuan import impor_bidang
from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from kecamatan.models import Wilayah
from layanan_dasar.importers.acuan import impor_kode_belanja
from layanan_dasar.models import Kegiatan
from p3pd_portal.management.commands.impor import FIXTURES


ROUNDS = 3
LINES_PER_DESA = 120
TAHUN = 2025


def prepare() -> None:
    """The real region tree and the code lists, once per run."""
    if not Wilayah.objects.exists():
        impor_wilayah(daftar_resmi())
    impor_bidang(FIXTURES / "bidang.yaml")
    impor_kode_belanja(FIXTURES)


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def empty_budgets() -> None:
    execute("TRUNCATE layanan_dasar_apbdes, layanan_dasar_kualitasbelanja, layanan_dasar_desaberubah CASCADE")


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def medians(*pair: tuple[Callable[[], object], Callable[[], object]]) -> list[float]:
    """Median seconds of each (before, work) pair over interleaved rounds; `before` is not counted."""
    times: list[list[float]] = [[] for _ in pair]
    for _ in range(ROUNDS):
        for number, (before, work) in enumerate(pair):
            before()
            times[number].append(seconds(work))
    return [statistics.median(row) for row in times]


def kode_desa(count: int) -> list[str]:
    found = Wilayah.objects.in_force().with_apbdes().filter(contoh=False).order_by("kode")
    return list(found.values_list("kode", flat=True)[:count])


def lines(desa: list[str]) -> Iterator[list[object]]:
    """120 lines of a template for each desa: 10 of revenue, 110 of spending, amounts that can be checked by hand."""
    kegiatan = list(Kegiatan.objects.values_list("kode", flat=True))[: LINES_PER_DESA - 10]
    for number, kode in enumerate(desa):
        for item in range(10):
            amount = 1_000_000 * (item + 1) + number
            rekening = f"4.{item % 3 + 1}.{item // 3 + 1}.01"
            yield [kode, TAHUN, "awal", "", "Pendapatan", rekening, "ADD", amount, amount // 2, amount, "2025-12-31"]
        for item, keg in enumerate(kegiatan):
            amount = 500_000 * (item + 1) + number
            yield [kode, TAHUN, "awal", keg, f"Kegiatan {keg}", "5.2.1.01", "DDS", amount, amount // 3, amount // 2, ""]
