"""Reports counted for every region: the statement against a slow count by hand."""

import datetime
import random
import statistics
from decimal import Decimal

import pytest

from kecamatan.models import Bidang, Wilayah
from pengaduan.aggregation.pengaduan import rebuild
from pengaduan.models import KategoriPengaduan, Pengaduan, RingkasanPengaduan
from pengaduan.models.alur import TERTUTUP, Status
from tests.factories import PengaduanFactory


pytestmark = pytest.mark.django_db
PADA = datetime.date(2026, 11, 22)
JAKARTA = datetime.timezone(datetime.timedelta(hours=7))
DESA = ("11.01.01.2001", "11.01.01.2002", "11.01.02.2001", "11.02.01.2001", "99.01.01.2001", "11.01.01")


@pytest.fixture
def reports(wilayah: dict[str, Wilayah]) -> list[Pengaduan]:
    chance, subjects = random.Random(7), list(KategoriPengaduan.objects.all())
    made = []
    for _ in range(60):
        received = datetime.datetime(chance.choice([2025, 2026, 2026]), chance.randint(1, 11), 5, 9, tzinfo=JAKARTA)
        status = chance.choice(list(Status))
        while status == Status.DIGABUNG:
            status = chance.choice(list(Status))
        ended = received + datetime.timedelta(hours=chance.randint(1, 900)) if status in TERTUTUP else None
        answered = received + datetime.timedelta(hours=chance.randint(1, 300)) if chance.random() < 0.6 else None
        made.append(
            PengaduanFactory(
                wilayah=wilayah[chance.choice(DESA)], kategori=chance.choice(subjects), status=status,
                diterima_pada=received, ditutup_pada=ended, dijawab_pada=answered,
                tenggat=None if ended else PADA + datetime.timedelta(days=chance.choice([-3, 0, 4])),
                perlu_disaring=chance.random() < 0.1, tayang=chance.random() < 0.3, judul_publik="Jembatan putus",
            )
        )  # fmt: skip
    return made


def by_hand(rows: list[Pengaduan], wilayah: Wilayah, tahun: int, bidang: Bidang | None) -> tuple[object, ...] | None:
    here = [
        row
        for row in rows
        if wilayah.contains(row.wilayah.kode)
        and row.diterima_pada.astimezone(JAKARTA).year == tahun
        and not row.perlu_disaring
        and (bidang is None or row.kategori.bidang == bidang)
    ]
    if not here:
        return None
    running = [row for row in here if row.status not in TERTUTUP]
    return (
        len(here), len(running), sum(row.tenggat is not None and row.tenggat < PADA for row in running),
        len(here) - len(running), sum(row.tayang for row in here),
        median([row.dijawab_pada - row.diterima_pada for row in here if row.dijawab_pada]),
        median([row.ditutup_pada - row.diterima_pada for row in here if row.ditutup_pada]),
    )  # fmt: skip


def median(spans: list[datetime.timedelta]) -> Decimal | None:
    return round(Decimal(statistics.median(spans).total_seconds()) / 86400, 1) if spans else None


def test_every_region_year_and_service_is_counted(reports: list[Pengaduan], wilayah: dict[str, Wilayah]) -> None:
    for tahun in (2025, 2026):
        rebuild(tahun, pada=PADA)
        assert rebuild(tahun, pada=PADA) == RingkasanPengaduan.objects.filter(tahun=tahun).count()
    for satu in wilayah.values():
        for tahun in (2024, 2025, 2026):
            for bidang in (None, *Bidang.objects.all()):
                row = RingkasanPengaduan.objects.filter(wilayah=satu, tahun=tahun, bidang=bidang).first()
                found = row and (
                    row.n_diterima, row.n_terbuka, row.n_lewat, row.n_ditutup, row.n_tayang, row.jawab_median,
                    row.tutup_median,
                )  # fmt: skip
                want = by_hand(reports, satu, tahun, bidang)
                assert (found and found[:5]) == (want and want[:5])
                if found and want:  # half a tenth may be rounded either way
                    for ours, theirs in zip(found[5:], want[5:], strict=True):
                        assert (ours is None) == (theirs is None)
                        assert ours is None or abs(ours - theirs) <= Decimal("0.1")


def test_the_slowest_tenth_is_told_beside_the_middle(wilayah: dict[str, Wilayah]) -> None:
    start = datetime.datetime(2026, 3, 2, 9, tzinfo=JAKARTA)
    for days in range(1, 12):
        ended = start + datetime.timedelta(days=days)
        PengaduanFactory(
            wilayah=wilayah[DESA[0]], diterima_pada=start, status="selesai", ditutup_pada=ended, tenggat=None
        )
    rebuild(2026, pada=PADA)
    row = RingkasanPengaduan.objects.get(wilayah=wilayah["11.01"], bidang=None)
    assert (row.tutup_median, row.tutup_p90, row.jawab_median) == (Decimal("6.0"), Decimal("10.0"), None)


def test_demo_regions_stay_out_of_the_nation(wilayah: dict[str, Wilayah]) -> None:
    PengaduanFactory(wilayah=wilayah["99.01.01.2001"])
    rebuild(2026, pada=PADA)
    assert not RingkasanPengaduan.objects.filter(wilayah=wilayah["0"]).exists()
    assert RingkasanPengaduan.objects.filter(wilayah=wilayah["99.01"]).exists()
