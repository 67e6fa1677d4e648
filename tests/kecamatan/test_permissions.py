import re

import pytest

from kecamatan.models import Penugasan, Tingkat
from kecamatan.permissions import PERAN, Izin, Peran
from tests.conftest import CAST


ROLES = {
    "admin_pusat": ({0}, {"lihat_data_kerja", "impor_apbdes", "kelola_wilayah"}),
    "admin_kabupaten": ({2}, {"lihat_data_kerja", "impor_apbdes"}),
    "camat": ({3}, {"lihat_data_kerja"}),
    "operator_kecamatan": ({3}, {"lihat_data_kerja", "impor_apbdes"}),
    "upt_kesehatan": ({3}, {"lihat_data_kerja"}),
    "upt_pendidikan": ({3}, {"lihat_data_kerja"}),
    "operator_desa": ({4}, {"lihat_data_kerja", "impor_apbdes"}),
}


def test_the_roles_and_what_each_may_do() -> None:
    """Written a second time on purpose: a change of rights has to be made in two places."""
    assert {kode: (set(peran.tingkat), set(peran.izin)) for kode, peran in PERAN.items()} == ROLES


def test_an_assignment_offers_exactly_these_roles() -> None:
    assert Penugasan._meta.get_field("peran").choices == [(kode, peran.label) for kode, peran in PERAN.items()]


def test_every_role_plays_in_the_cast_at_a_level_it_is_given_for() -> None:
    level = {1: Tingkat.NASIONAL, 2: Tingkat.PROVINSI, 5: Tingkat.KABUPATEN, 8: Tingkat.KECAMATAN, 13: Tingkat.DESA}
    levels = {peran: level[len(kode)] for peran, kode in CAST.values()}
    assert {kode: levels[kode] in peran.tingkat for kode, peran in PERAN.items()} == dict.fromkeys(ROLES, True)


@pytest.mark.parametrize("peran", PERAN.values(), ids=lambda peran: peran.kode)
def test_a_role_is_complete(peran: Peran) -> None:
    assert re.fullmatch(r"[a-z_]{1,30}", peran.kode)
    assert peran.label
    assert peran.keterangan.endswith(".")
    assert Izin.LIHAT_DATA_KERJA in peran.izin
    assert peran.tingkat
    assert peran.tingkat <= set(Tingkat)


def test_no_permission_is_left_without_a_role() -> None:
    assert frozenset.union(*(peran.izin for peran in PERAN.values())) == set(Izin)
