"""The doors for Celery, and the command that turns the keys."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from kecamatan.models import Wilayah
from pengaduan.models import KontakPelapor, RingkasanPengaduan
from pengaduan.tasks import hapus_pengaduan_lama, jaga_tenggat
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, lapor


pytestmark = pytest.mark.django_db


def test_the_hourly_run_counts_days_and_figures(wilayah: dict[str, Wilayah]) -> None:
    lapor(wilayah[A1])
    assert jaga_tenggat() == {"berubah": 0, "kedaluwarsa": 0, "selesai": 0, "eskalasi": 0}
    assert RingkasanPengaduan.objects.filter(wilayah=wilayah["0"]).get().n_diterima == 1


def test_the_nightly_run_forgets(wilayah: dict[str, Wilayah]) -> None:
    PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    assert hapus_pengaduan_lama() == {"kontak": 0, "laporan": 0, "pembatas": 0}


def test_after_a_change_of_keys_contacts_are_encrypted_anew(
    wilayah: dict[str, Wilayah], settings: LazySettings
) -> None:
    PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "kunci-baru-yang-panjang"
    out = StringIO()
    call_command("putar_kunci", stdout=out)
    assert "1 kontak pelapor disandikan ulang" in out.getvalue()
    settings.SECRET_KEY_FALLBACKS = []
    assert KontakPelapor.objects.get().nama == "Warga Uji"
