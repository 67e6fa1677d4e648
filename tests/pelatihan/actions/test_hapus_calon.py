"""Who was proposed and got no place is forgotten in time; who took part stays."""

import datetime

import pytest

from kecamatan.models import Wilayah
from pelatihan.actions.hapus_calon import SIMPAN_CALON, TERHAPUS, erase_calon
from pelatihan.models import Calon
from tests.factories import AngkatanFactory, CalonFactory, PesertaFactory, UndanganFactory


pytestmark = pytest.mark.django_db
AKHIR = datetime.date(2026, 3, 6)


@pytest.mark.parametrize(("days", "many"), [(0, 0), (1, 2)])
def test_those_without_a_place_are_forgotten_after_their_days(
    wilayah: dict[str, Wilayah], days: int, many: int
) -> None:
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"], mulai=AKHIR - datetime.timedelta(days=4))
    usulan = UndanganFactory(angkatan=angkatan, wilayah=wilayah["11.01"], terkirim=True).usulan
    stays = CalonFactory(usulan=usulan, status="disetujui", peserta=PesertaFactory(angkatan=angkatan))
    CalonFactory(usulan=usulan, status="ditolak", alasan="Data keliru.")
    CalonFactory(usulan=usulan, status="cadangan")
    pada = AKHIR + SIMPAN_CALON + datetime.timedelta(days=days)
    assert erase_calon(pada=pada) == many
    assert erase_calon(pada=pada) == 0
    gone = Calon.objects.filter(nama=TERHAPUS)
    assert {(satu.nip, satu.telepon, satu.instansi) for satu in gone} == ({("", "", "")} if many else set())
    assert Calon.objects.exclude(nama=TERHAPUS).filter(pk=stays.pk).exists()
    assert set(Calon.objects.values_list("status", "alasan")) == {
        ("disetujui", ""), ("ditolak", "Data keliru."), ("cadangan", "")
    }  # fmt: skip
