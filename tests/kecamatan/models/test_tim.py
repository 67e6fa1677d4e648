from types import SimpleNamespace

import pytest

from kecamatan.models import AnggotaTim, BerkasSK, TimPengelola, Wilayah
from tests.factories import OrangFactory, tim_lengkap
from tests.kecamatan.penolakan import refused_by


pytestmark = pytest.mark.django_db


@pytest.fixture
def tim(wilayah: dict[str, Wilayah]) -> TimPengelola:
    return tim_lengkap(wilayah["11.01.01"])


def test_a_kecamatan_has_one_team(tim: TimPengelola) -> None:
    with refused_by("kecamatan_timpengelola_wilayah_id_key"):
        TimPengelola.objects.create(wilayah=tim.wilayah, nomor_sk="2", tanggal_sk="2026-03-03")


def test_a_decision_has_a_number(wilayah: dict[str, Wilayah]) -> None:
    with refused_by("tim_pengelola_nomor_sk_terisi"):
        TimPengelola.objects.create(wilayah=wilayah["11.01.01"], nomor_sk="", tanggal_sk="2026-03-03")


def test_a_team_has_one_head_and_nobody_twice(tim: TimPengelola) -> None:
    with refused_by("anggota_tim_satu_ketua"):
        AnggotaTim.objects.create(tim=tim, orang=OrangFactory(), kedudukan="ketua")
    with refused_by("anggota_tim_tidak_ganda"):
        AnggotaTim.objects.create(tim=tim, orang=tim.anggota.get().orang, kedudukan="anggota")
    for _ in range(2):
        AnggotaTim.objects.create(tim=tim, orang=OrangFactory(), kedudukan="anggota")


@pytest.mark.parametrize("fields", [{"tipe": "text/html", "akhiran": "pdf"}, {"tipe": "image/png", "akhiran": "pdf"}])
def test_a_scan_is_of_a_kind_we_checked(fields: dict[str, str], tim: TimPengelola) -> None:
    with refused_by("berkas_sk_tipe_dikenal"):
        BerkasSK.objects.update(**fields)


def test_teams_are_visible_to_who_works_there(tim: TimPengelola, cast: SimpleNamespace) -> None:
    seen = [name for name, who in vars(cast).items() if TimPengelola.objects.visible_to(who).exists()]
    assert {"camat_a", "sekretariat_bersama", "admin_kabupaten"} <= set(seen)
    assert not {"camat_b", "ptpd_a", "kades_a1", "admin_kabupaten_lain"} & set(seen)


def test_names_read_as_people_say_them(tim: TimPengelola) -> None:
    assert str(tim) == "Tim pengelola Kecamatan Alfa"
    assert str(tim.berkas) == "SK 188/12/2026"
    assert str(tim.anggota.get()) == "Rahmat (ketua)"
