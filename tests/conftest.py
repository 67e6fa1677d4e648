"""The fixed cast and the small arithmetic world in which every test plays.

Indonesia (0)
├── Provinsi Uji (11)
│   ├── Kabupaten Satu (11.01)          admin_kabupaten
│   │   ├── Kecamatan Alfa (11.01.01)   camat_a, operator_kecamatan_a, upt_kesehatan_a, upt_pendidikan_a
│   │   │   ├── Desa A1 (…2001)         operator_desa_a1
│   │   │   ├── Desa A2 (…2002)
│   │   │   └── Kelurahan A3 (…1003)
│   │   └── Kecamatan Beta (11.01.02)   camat_b, the outsider
│   │       ├── Desa B1 (…2001)
│   │       └── Desa B2 (…2002)
│   └── Kabupaten Dua (11.02)           admin_kabupaten_lain
│       └── Kecamatan Gama (11.02.01) ── Desa G1 (…2001)
└── Provinsi Contoh (99) ── … ── Desa X1 (99.01.01.2001)
"""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings

from kecamatan.importers.acuan import impor_bidang
from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Pengguna, Wilayah
from layanan_dasar.importers.acuan import impor_kode_belanja
from tests.factories import PenggunaFactory, PenugasanFactory


WILAYAH = {
    "11": "Uji",
    "11.01": "Kabupaten Satu",
    "11.01.01": "Alfa",
    "11.01.01.2001": "A1",
    "11.01.01.2002": "A2",
    "11.01.01.1003": "A3",
    "11.01.02": "Beta",
    "11.01.02.2001": "B1",
    "11.01.02.2002": "B2",
    "11.02": "Kabupaten Dua",
    "11.02.01": "Gama",
    "11.02.01.2001": "G1",
    "99": "Contoh",
    "99.01": "Kabupaten Contoh",
    "99.01.01": "Melati",
    "99.01.01.2001": "X1",
}
FIXTURES = django_settings.BASE_DIR / "fixtures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lengkap", action="store_true", help="juga uji berat")


def pytest_configure(config: pytest.Config) -> None:
    """Fast hashing and plain static files; everything else is as in production."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    django_settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    skip = {} if config.getoption("--lengkap") else {"lengkap": "uji berat: ./portal test --lengkap"}
    if not os.environ.get("PORTAL_DATA_NYATA"):
        skip["nyata"] = "data nyata tidak ada: isi PORTAL_DATA_NYATA"
    if not Path("/usr/bin/chromium").exists():
        skip["browser"] = "Chromium tidak terpasang: apt-get install chromium chromium-driver"
    for item in items:
        for name, reason in skip.items():
            if name in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def wilayah(db: None) -> dict[str, Wilayah]:
    """The region tree of the world, by code."""
    impor_wilayah(WILAYAH.items())
    return {satu.kode: satu for satu in Wilayah.objects.all()}


@pytest.fixture
def acuan(db: None) -> None:
    """The five services and the code lists of village budgets."""
    impor_bidang(FIXTURES / "bidang.yaml")
    impor_kode_belanja(FIXTURES)


CAST = {
    "camat_a": ("camat", "11.01.01"),
    "operator_kecamatan_a": ("operator_kecamatan", "11.01.01"),
    "upt_kesehatan_a": ("upt_kesehatan", "11.01.01"),
    "upt_pendidikan_a": ("upt_pendidikan", "11.01.01"),
    "operator_desa_a1": ("operator_desa", "11.01.01.2001"),
    "camat_b": ("camat", "11.01.02"),
    "operator_kecamatan_b": ("operator_kecamatan", "11.01.02"),
    "admin_kabupaten": ("admin_kabupaten", "11.01"),
    "admin_kabupaten_lain": ("admin_kabupaten", "11.02"),
    "admin_pusat": ("admin_pusat", "0"),
}


@pytest.fixture
def cast(wilayah: dict[str, Wilayah]) -> SimpleNamespace:
    """Everybody of CAST by name; `warga` is nobody in particular and has no account."""
    people = {name: PenggunaFactory(orang__nama=name, email=f"{name}@uji.test") for name in CAST}
    for name, (peran, kode) in CAST.items():
        PenugasanFactory(pengguna=people[name], peran=peran, wilayah=wilayah[kode])
    people["admin_pusat"].is_superuser = True
    people["admin_pusat"].save()
    return SimpleNamespace(**people)


@pytest.fixture
def camat_a(cast: SimpleNamespace) -> Pengguna:
    return cast.camat_a
