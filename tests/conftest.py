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
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from pytest_django import DjangoDbBlocker

from kecamatan.importers.acuan import impor_bidang
from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Bidang, CatatanAkses, CatatanAudit, Orang, Pengguna, Penugasan, PenugasanDesa, Wilayah
from kecamatan.triggers import HanyaTambah
from layanan_dasar.importers.acuan import impor_kode_belanja
from layanan_dasar.importers.katalog import impor_indikator
from layanan_dasar.models import (
    AturanBelanja,
    Indikator,
    Kegiatan,
    ParameterIbdb,
    PemetaanKegiatan,
    Rekening,
    SumberDana,
    TargetIndikator,
)
from tests.factories import PenggunaFactory, PenugasanFactory
from tests.rekaman import Rekaman


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


@pytest.fixture(scope="session", autouse=True)
def flush_steps_over_the_audit_guard() -> Iterator[None]:
    """Transactional tests empty every table with TRUNCATE, which the audit tables refuse. Here alone the flush does
    what only the owner of the tables can do: it lifts their triggers for its own statement.
    """
    guards = [(model._meta.db_table, HanyaTambah().get_pgid(model)) for model in (CatatanAudit, CatatanAkses)]
    plain = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: object, tables: Sequence[str], **options: bool) -> list[str]:
        lift = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in guards]
        back = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in guards]
        return [*lift, *plain(self, style, tables, **options), *back]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.sql_flush = plain  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database goes when the tests are through, even where a thread of a server still holds a connection to it."""
    yield
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(others, [connection.connection.info.backend_pid])


@pytest.fixture(scope="session")
def rekaman_wilayah(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rekaman:
    with django_db_blocker.unblock():
        return Rekaman([Wilayah], lambda: impor_wilayah(WILAYAH.items()))


@pytest.fixture
def wilayah(db: None, rekaman_wilayah: Rekaman) -> dict[str, Wilayah]:
    """The region tree of the world, by code."""
    rekaman_wilayah.put_back()
    return {satu.kode: satu for satu in Wilayah.objects.all()}


ACUAN = (Bidang, SumberDana, Rekening, Kegiatan, PemetaanKegiatan, AturanBelanja, ParameterIbdb)


def _acuan() -> None:
    impor_bidang(FIXTURES / "bidang.yaml")
    impor_kode_belanja(FIXTURES)


@pytest.fixture(scope="session")
def rekaman_acuan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rekaman:
    with django_db_blocker.unblock():
        return Rekaman(ACUAN, _acuan)


@pytest.fixture
def acuan(db: None, rekaman_acuan: Rekaman) -> None:
    """The five services and the code lists of village budgets."""
    rekaman_acuan.put_back()


@pytest.fixture(scope="session")
def rekaman_katalog(django_db_setup: None, django_db_blocker: DjangoDbBlocker, rekaman_acuan: Rekaman) -> Rekaman:
    with django_db_blocker.unblock():
        return Rekaman([Indikator, TargetIndikator], lambda: impor_indikator(FIXTURES / "indikator"), rekaman_acuan)


@pytest.fixture
def katalog(acuan: None, rekaman_katalog: Rekaman) -> None:
    """The whole catalogue of indicators with its national targets."""
    rekaman_katalog.put_back()


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
    "pemantau_pusat": ("pemantau_pusat", "0"),
    "sekretariat_bersama": ("sekretariat_bersama", "0"),
    "admin_provinsi": ("admin_provinsi", "11"),
    "sekda": ("sekda", "11.01"),
    "opd_kabupaten": ("opd_kabupaten", "11.01"),
    "inspektorat": ("inspektorat", "11.01"),
    "pelatih_kabupaten": ("pelatih_kabupaten", "11.01"),
    "penyedia": ("penyedia", "11.01"),
    "sekcam_a": ("sekcam", "11.01.01"),
    "verifikator_a": ("verifikator", "11.01.01"),
    "fasilitator_a": ("fasilitator", "11.01.01"),
    "ptpd_a": ("ptpd", "11.01.01"),
    "pendamping_a": ("pendamping", "11.01.01"),
    "kades_a1": ("kades", "11.01.01.2001"),
    "bpd_a1": ("bpd", "11.01.01.2001"),
}
DAFTAR_DESA = {"ptpd_a": ["11.01.01.2001"], "pendamping_a": ["11.01.01.2002", "11.01.02.2001"]}
"""Who of the cast works for a list of desa only; one of them in two kecamatan."""


CAST_ROWS = [Orang, Pengguna, Authenticator, Penugasan, PenugasanDesa]


def create_cast() -> None:
    wilayah = {satu.kode: satu for satu in Wilayah.objects.all()}
    for name, (peran, kode) in CAST.items():
        account = PenggunaFactory(orang__nama=name, email=f"{name}@uji.test", is_superuser=name == "admin_pusat")
        penugasan = PenugasanFactory(pengguna=account, peran=peran, wilayah=wilayah[kode])
        penugasan.desa.set([wilayah[satu] for satu in DAFTAR_DESA.get(name, [])])


@pytest.fixture(scope="session")
def rekaman_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker, rekaman_wilayah: Rekaman) -> Rekaman:
    with django_db_blocker.unblock():
        return Rekaman(CAST_ROWS, create_cast, rekaman_wilayah)


@pytest.fixture
def cast(wilayah: dict[str, Wilayah], rekaman_cast: Rekaman) -> SimpleNamespace:
    """Everybody of CAST by name; `warga` is nobody in particular and has no account."""
    rekaman_cast.put_back()
    accounts = Pengguna.objects.select_related("orang").filter(orang__nama__in=CAST)
    return SimpleNamespace(**{account.orang.nama: account for account in accounts})


@pytest.fixture
def camat_a(cast: SimpleNamespace) -> Pengguna:
    return cast.camat_a
