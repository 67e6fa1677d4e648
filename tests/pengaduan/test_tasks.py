"""The doors for Celery, and the command that turns the keys."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt
from django.conf import LazySettings
from django.core.management import call_command

from kecamatan.models import Wilayah
from pengaduan.models import KontakPelapor, RingkasanPengaduan
from pengaduan.tasks import hapus_pengaduan_lama, jaga_tenggat
from tests import totp
from tests.factories import PengaduanFactory, PenggunaFactory, SurveiFactory
from tests.pengaduan.dunia import A1, lapor


pytestmark = pytest.mark.django_db


def test_the_hourly_run_counts_days_and_figures(wilayah: dict[str, Wilayah]) -> None:
    lapor(wilayah[A1])
    assert jaga_tenggat() == {"berubah": 0, "kedaluwarsa": 0, "selesai": 0, "eskalasi": 0}
    assert RingkasanPengaduan.objects.filter(wilayah=wilayah["0"]).get().n_diterima == 1


def test_the_nightly_run_forgets_and_closes_what_nobody_closed(wilayah: dict[str, Wilayah]) -> None:
    PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    SurveiFactory(unit__wilayah=wilayah[A1], dari="2026-01-01", sampai="2026-01-31")
    assert hapus_pengaduan_lama() == {"kontak": 0, "laporan": 0, "pembatas": 0, "saran": 0, "survei_ditutup": 1}


def test_after_a_change_of_keys_contacts_and_second_factors_are_encrypted_anew(
    wilayah: dict[str, Wilayah], settings: LazySettings
) -> None:
    PengaduanFactory(wilayah=wilayah[A1], lengkap=True)
    pengguna = PenggunaFactory()
    RecoveryCodes.activate(pengguna)
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "kunci-baru-yang-panjang"
    out = StringIO()
    call_command("putar_kunci", stdout=out)
    assert "1 kontak pelapor dan 2 langkah kedua disandikan ulang" in out.getvalue()
    settings.SECRET_KEY_FALLBACKS = []
    assert KontakPelapor.objects.get().nama == "Warga Uji"
    assert decrypt(Authenticator.objects.get(type="totp").data["secret"]) == totp.SECRET
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes() == codes
