"""OpenDK's Anggaran Realisasi: one row a kecamatan and month, never three that overwrite each other in silence."""

import io
from collections.abc import Sequence

import pytest
from django.test import Client

from kecamatan.importers.daftar import HasilDaftar
from kecamatan.models import Wilayah
from layanan_dasar.importers.opendk_anggaran import impor_anggaran
from layanan_dasar.models import AnggaranKecamatan
from layanan_dasar.models.anggaran import ANGGARAN
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import Rejected
from tests.assertions import visible_text
from tests.layanan_dasar.opendk import csv, xlsx


pytestmark = pytest.mark.django_db
JULI = Periode.parse("2025-07")
ROW = (2_500_000_000, 2_000_000_000, 900_000_000, 600_000_000, 300_000_000, 200_000_000)
A = "11.01.01"


def take(file: io.BytesIO, **told: object) -> HasilDaftar:
    return impor_anggaran(file, **({"periode": JULI, "kecamatan": A} | told))  # type: ignore[arg-type]


def refusals(file: io.BytesIO, **told: object) -> list[tuple[int, str, str]]:
    with pytest.raises(Rejected) as caught:
        take(file, **told)
    return [(error.baris, error.kolom, error.pesan) for error in caught.value.errors]


def test_month_and_kecamatan_are_told_beside_the_file(client: Client, wilayah: dict[str, Wilayah]) -> None:
    assert take(xlsx(ANGGARAN, ROW)).baru == 1
    satu = AnggaranKecamatan.objects.get()
    assert (satu.kecamatan.kode, satu.periode, satu.total_belanja) == (A, "2025-07", 2_000_000_000)
    assert take(xlsx(ANGGARAN, ROW)).sama == 1
    assert take(xlsx(ANGGARAN, (*ROW[:1], 1, *ROW[2:]))).berubah == 1
    text = visible_text(client.get(f"/wilayah/{A}/"))
    assert "Anggaran kantor kecamatan" in text
    assert "Rp2.500.000.000" in text
    assert "Anggaran kantor kecamatan" not in visible_text(client.get("/wilayah/11.01.02/"))


def test_or_stand_in_columns_and_kinds_may_be_unknown(wilayah: dict[str, Wilayah]) -> None:
    header = ("kode", "bulan", "tahun", "total_anggaran", "total_belanja")
    take(csv(header, (A, 7, 2025, 100, 40), ("110102", 8, 2025, 50, 0)), periode=None, kecamatan="")
    rows = AnggaranKecamatan.objects.order_by("periode")
    assert [(row.kecamatan.kode, row.periode, row.total_belanja) for row in rows] == [
        (A, "2025-07", 40), ("11.01.02", "2025-08", 0),
    ]  # fmt: skip
    first = rows.first()
    assert first is not None
    assert [amount for _, amount in first.rincian] == [None] * 4


def test_three_rows_of_one_month_are_two_conflicts(wilayah: dict[str, Wilayah]) -> None:
    """The sample of OpenDK's own template: three rows of one month."""
    found = refusals(xlsx(ANGGARAN, ROW, ROW, ROW))
    assert [(baris, kolom) for baris, kolom, _ in found] == [(3, "total_anggaran"), (4, "total_anggaran")]


@pytest.mark.parametrize(
    ("header", "row", "told", "kolom", "pesan"),
    [
        (ANGGARAN, ROW, {"periode": None}, "", "Sebutkan bulannya"),
        (ANGGARAN, ROW, {"periode": Periode.parse("2025")}, "", "Sebutkan bulannya"),
        (ANGGARAN, ROW, {"kecamatan": ""}, "", "Sebutkan kecamatannya"),
        (ANGGARAN, ROW, {"kecamatan": "11.01"}, "kode", "bukan kecamatan"),
        (ANGGARAN, ROW, {"kecamatan": "Deket"}, "kode", "bukan kode wilayah"),
        (("kode", *ANGGARAN), ("11.01", *ROW), {"kecamatan": ""}, "kode", "bukan kecamatan"),
        (ANGGARAN, ("", *ROW[1:]), {}, "total_anggaran", "harus diisi"),
        (ANGGARAN, (-5, *ROW[1:]), {}, "total_anggaran", "nol atau lebih"),
        (ANGGARAN, ("banyak", *ROW[1:]), {}, "total_anggaran", ""),
        ((*ANGGARAN, "bulan", "tahun"), (*ROW, 13, 2025), {}, "bulan", "1 sampai 12"),
        ((*ANGGARAN, "bulan", "tahun"), (*ROW, "Juli", 2025), {}, "bulan", "angkanya saja"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    header: Sequence[str], row: Sequence[object], told: dict[str, object], kolom: str, pesan: str,
    wilayah: dict[str, Wilayah],
) -> None:  # fmt: skip
    ((_, where, text),) = refusals(xlsx(header, row), **told)
    assert where == kolom
    assert pesan in text
    assert not AnggaranKecamatan.objects.exists()
