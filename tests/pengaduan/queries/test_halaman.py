"""Large regions: the first rows and "99+"; a kabupaten and all below it: every row and the exact number."""

from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from pengaduan.models import Pengaduan
from pengaduan.queries import halaman as pages
from pengaduan.queries.meja import daftar_meja, jumlah_meja
from pengaduan.queries.publik import daftar_publik, serupa
from tests.assertions import visible_text
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


@pytest.fixture
def lima(wilayah: World, monkeypatch: pytest.MonkeyPatch) -> list[Pengaduan]:
    """Five reports that everybody may read, the first of them late, where no more than four are counted."""
    monkeypatch.setattr(pages, "TERBANYAK", 4)
    late = {"tenggat": "2026-01-05"}
    return [
        PengaduanFactory(wilayah=wilayah[A1], tayang=True, judul_publik=f"Ke-{n}", **(late if n == 0 else {}))
        for n in range(5)
    ]


@pytest.mark.parametrize(
    ("siapa", "kode", "n", "tampil"),
    [
        ("camat_a", A, "5", 5),
        ("admin_kabupaten", "11.01", "5", 5),
        ("admin_provinsi", "11", "3+", 4),
        ("admin_pusat", "0", "3+", 4),
    ],
)
def test_above_a_kabupaten_lists_and_counts_are_cut(
    siapa: str, kode: str, n: str, tampil: int, lima: list[Pengaduan], cast: SimpleNamespace, wilayah: World
) -> None:
    user = getattr(cast, siapa)
    daftar = daftar_meja(user, wilayah[kode])
    assert (daftar.jumlah[""], daftar.jumlah["lewat"], daftar.jumlah["ditutup"]) == (n, "1", "0")
    assert list(daftar.halaman) == lima[:tampil]
    assert jumlah_meja(user, wilayah[kode]) == {"berjalan": n, "lewat": "1"}
    assert len(daftar_publik(wilayah[kode]).object_list) == tampil


def test_a_list_that_is_cut_says_where_the_rest_is(
    lima: list[Pengaduan], cast: SimpleNamespace, client: Client
) -> None:
    for user, kode, cut in ((cast.admin_provinsi, "11", True), (cast.admin_kabupaten, "11.01", False)):
        client.force_login(user)
        for address in ("pengaduan/meja/", "pengaduan/"):
            text = visible_text(client.get(f"/wilayah/{kode}/{address}"))
            assert ("Hanya 4 yang pertama. Buka kabupaten atau kotanya" in text) is cut


def test_similar_reports_are_those_of_a_kecamatan(lima: list[Pengaduan], wilayah: World) -> None:
    assert len(serupa(wilayah[A], "infrastruktur")) == 3
    assert serupa(wilayah["11.01"], "infrastruktur") == serupa(wilayah["0"], "infrastruktur") == []
