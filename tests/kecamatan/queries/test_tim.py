from types import SimpleNamespace

import pytest

from kecamatan.models import AnggotaTim, Wilayah
from kecamatan.queries import tim as queries
from kecamatan.queries.tim import cakupan_tim, rincian_tim
from tests.factories import OrangFactory, tim_lengkap


pytestmark = pytest.mark.django_db


def test_a_kecamatan_without_a_team_says_so(wilayah: dict[str, Wilayah]) -> None:
    rincian = rincian_tim(wilayah["11.01.01"])
    assert (rincian.tim, rincian.anggota, rincian.ada_berkas) == (None, [], False)


def test_members_stand_by_rank_then_name(wilayah: dict[str, Wilayah]) -> None:
    tim = tim_lengkap(wilayah["11.01.01"])
    for nama, kedudukan in (
        ("Wati", "anggota"),
        ("Ani", "anggota"),
        ("Zul", "penanggung_jawab"),
        ("Eko", "sekretaris"),
    ):
        AnggotaTim.objects.create(tim=tim, orang=OrangFactory(nama=nama), kedudukan=kedudukan)
    rincian = rincian_tim(wilayah["11.01.01"])
    assert [satu.orang.nama for satu in rincian.anggota] == ["Zul", "Rahmat", "Eko", "Ani", "Wati"]
    assert rincian.ada_berkas
    tim.berkas.delete()
    assert not rincian_tim(wilayah["11.01.01"]).ada_berkas


@pytest.mark.parametrize(
    ("kode", "n", "dari"), [("0", 1, 3), ("11", 1, 3), ("11.01", 1, 2), ("11.02", 0, 1), ("99", 0, 0)]
)
def test_coverage_counts_kecamatan_with_a_team(
    kode: str, n: int, dari: int, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    """The nation without the demo, whose kecamatan are nobody's here."""
    tim_lengkap(wilayah["11.01.01"])
    tim_lengkap(wilayah["99.01.01"])
    cakupan = cakupan_tim(cast.sekretariat_bersama, wilayah[kode])
    assert (cakupan.n, cakupan.dari) == (n, dari)


@pytest.mark.parametrize(
    ("tampil", "found"),
    [("", ["Alfa", "Beta", "Gama"]), ("sudah", ["Alfa"]), ("belum", ["Beta", "Gama"]), ("x", ["Alfa", "Beta", "Gama"])],
)
def test_the_list_shows_all_or_half_and_counts_all(
    tampil: str, found: list[str], cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    tim_lengkap(wilayah["11.01.01"])
    cakupan = cakupan_tim(cast.sekretariat_bersama, wilayah["0"], tampil)
    assert [satu.nama for satu in cakupan.kecamatan] == found
    assert (cakupan.n, cakupan.dari) == (1, 3)
    assert {satu.nama: satu.n_anggota for satu in cakupan.kecamatan}.get("Alfa", 1) == 1


def test_only_kecamatan_of_the_own_regions_are_there(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    assert [satu.nama for satu in cakupan_tim(cast.admin_kabupaten, wilayah["0"]).kecamatan] == ["Alfa", "Beta"]


def test_long_lists_come_in_pages(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PER_HALAMAN", 2)
    page = cakupan_tim(cast.sekretariat_bersama, wilayah["0"], "", 2).kecamatan
    assert ([satu.nama for satu in page], page.has_next()) == (["Gama"], False)
