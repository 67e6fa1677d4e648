"""Who may do what at every address. One named policy per URL; the outcome for each person and method follows
from it. A URL without a policy fails."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kecamatan.actions.edisi import in_force_list
from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.permissions import PERAN, Izin
from tests.conftest import CAST
from tests.factories import BerkasImporFactory, PenggunaFactory, PenugasanFactory


REGION = "11.01.01"


@dataclass(frozen=True)
class Person:
    """Who asks: `peran` and `kode` are empty without an assignment in force."""

    name: str
    has_account: bool
    peran: str = ""
    kode: str = ""

    def works_in(self, kode: str) -> bool:
        return bool(self.peran) and Wilayah(kode=self.kode).contains(kode)


@dataclass(frozen=True)
class Publik:
    """Everybody reads; nobody writes."""

    def outcome(self, person: Person, method: str) -> int | None:
        return 200 if method == "get" else 405


@dataclass(frozen=True)
class Masuk:
    """Login and what belongs to it; sending the forms is allauth's business and tested with the login itself."""

    visitor: int = 200
    inside: int = 302

    def outcome(self, person: Person, method: str) -> int | None:
        return None if method == "post" else (self.inside if person.has_account else self.visitor)


@dataclass(frozen=True)
class Mulai:
    """The door after login: to one's region, or to a page that says whom to ask for work."""

    def outcome(self, person: Person, method: str) -> int | None:
        if not person.has_account:
            return 302
        return 405 if method == "post" else (302 if person.peran else 200)


@dataclass(frozen=True)
class Kerja:
    """Work in a region: visitors are sent to the login, people of other regions see nothing (404), people of the
    region in a role without the permission are told so (403)."""

    izin: Izin
    get: int = 405
    post: int = 405
    kode: str = REGION

    def outcome(self, person: Person, method: str) -> int | None:
        status = self.get if method == "get" else self.post
        if not person.has_account:
            return 302
        if status == 405:
            return 405
        if not person.works_in(self.kode):
            return 404
        return status if self.izin in PERAN[person.peran].izin else 403


@dataclass(frozen=True)
class Admin:
    """Superusers only."""

    def outcome(self, person: Person, method: str) -> int | None:
        return None if method == "post" else (200 if person.name == "admin_pusat" else 302)


Policy = Publik | Masuk | Mulai | Kerja | Admin
IMPOR = Izin.IMPOR_APBDES
WILAYAH = Izin.KELOLA_WILAYAH
POLICIES: dict[str, Policy] = {
    "dasbor:beranda": Publik(),
    "dasbor:bantuan": Publik(),
    "dasbor:mulai": Mulai(),
    "dasbor:nasional": Publik(),
    "dasbor:wilayah": Publik(),
    "kecamatan:cari": Publik(),
    "kecamatan:edisi": Kerja(WILAYAH, get=200, post=422, kode="0"),
    "kecamatan:edisi_pratinjau": Kerja(WILAYAH, get=200, kode="0"),
    "kecamatan:edisi_unduh": Kerja(WILAYAH, get=200, kode="0"),
    "kecamatan:edisi_simpan": Kerja(WILAYAH, post=302, kode="0"),
    "kecamatan:edisi_batal": Kerja(WILAYAH, post=302, kode="0"),
    "kecamatan:riwayat": Kerja(WILAYAH, get=200, post=302, kode="0"),
    "kecamatan:riwayat_tambah": Kerja(WILAYAH, get=200, post=422, kode="0"),
    "layanan_dasar:komposisi": Publik(),
    "layanan_dasar:unduh": Publik(),
    "layanan_dasar:impor": Kerja(IMPOR, get=200, post=422),  # a post without a file
    "layanan_dasar:templat": Kerja(IMPOR, get=200),
    "layanan_dasar:pratinjau": Kerja(IMPOR, get=200),
    "layanan_dasar:simpan": Kerja(IMPOR, post=409),  # the waiting file of this world holds no line
    "layanan_dasar:batal": Kerja(IMPOR, post=302),
    "account_login": Masuk(),
    "account_logout": Masuk(visitor=302, inside=200),
    "account_inactive": Publik(),
    "mfa_authenticate": Masuk(visitor=302, inside=302),
    "hidup": Publik(),
    "siap": Publik(),
    "admin:*": Admin(),
}


def all_urls(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Names of every address, with their namespace; an address without a name has none to stand under."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from all_urls(pattern.url_patterns, namespace + inner)
        else:
            yield f"{namespace}{pattern.name}"


def policy_of(name: str) -> Policy | None:
    return POLICIES.get(name) or POLICIES.get(f"{name.split(':')[0]}:*")


NAMES = sorted(set(all_urls(get_resolver().url_patterns)))


def test_every_url_has_a_policy() -> None:
    assert [name for name in NAMES if policy_of(name) is None] == []


def test_every_policy_has_a_url() -> None:
    used = {name if name in POLICIES else f"{name.split(':')[0]}:*" for name in NAMES}
    assert set(POLICIES) - used == set()


@pytest.fixture
def people(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> dict[str, Client]:
    """A logged-in client for everybody; `berhenti` had the camat's work until 2021, `nonaktif` was switched off."""
    accounts = dict(vars(cast))
    ended = PenugasanFactory(wilayah=wilayah[REGION], peran="operator_kecamatan", sampai="2021-12-31")
    accounts["berhenti"] = ended.pengguna
    accounts["nonaktif"] = PenggunaFactory()
    PenugasanFactory(pengguna=accounts["nonaktif"], peran="operator_kecamatan", wilayah=wilayah[REGION])
    clients = {"warga": Client()}
    for name, account in accounts.items():
        clients[name] = Client()
        clients[name].force_login(account)
    accounts["nonaktif"].is_active = False
    accounts["nonaktif"].save()
    return clients


PERSONS = [
    *(Person(name, True, peran, kode) for name, (peran, kode) in CAST.items()),
    Person("berhenti", True),
    Person("nonaktif", False),
    Person("warga", False),
]


def arguments(name: str, berkas: uuid.UUID) -> list[object]:
    region = [REGION]
    return {
        "dasbor:wilayah": region,
        "layanan_dasar:komposisi": region,
        "layanan_dasar:unduh": [*region, "csv"],
        "layanan_dasar:impor": region,
        "layanan_dasar:templat": [*region, "xlsx"],
        "layanan_dasar:pratinjau": [*region, berkas],
        "layanan_dasar:simpan": [*region, berkas],
        "layanan_dasar:batal": [*region, berkas],
        **{step: [berkas] for step in EDISI},
    }.get(name, [])


EDISI = [f"kecamatan:edisi_{step}" for step in ("pratinjau", "unduh", "simpan", "batal")]


def waiting_file(name: str, wilayah: dict[str, Wilayah]) -> BerkasImpor:
    """A file to look at, confirm or discard at this address."""
    if name not in EDISI:
        return BerkasImporFactory(wilayah=wilayah[REGION])
    listed = "".join(f"{kode},{nama}\n" for kode, nama in in_force_list().items())
    return BerkasImporFactory(
        wilayah=wilayah["0"],
        jenis="wilayah",
        isi=f"kode,nama\n{listed}".encode(),
        ringkasan={"dasar": "Kepmendagri Uji", "berlaku": "2025-04-25", "hitungan": []},
    )


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("admin:")])
def test_outcomes(name: str, people: dict[str, Client], wilayah: dict[str, Wilayah], acuan: None) -> None:
    got, want = {}, {}
    for person in PERSONS:
        for method in ("get", "post"):
            berkas = waiting_file(name, wilayah)
            answer = getattr(people[person.name], method)(reverse(name, args=arguments(name, berkas.pk)))
            status = policy_of(name).outcome(person, method)
            if status is not None:
                got[person.name, method], want[person.name, method] = answer.status_code, status
    assert got == want


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith("admin:") and n.endswith(("index", "changelist"))])
def test_admin_is_for_superusers(name: str, people: dict[str, Client]) -> None:
    got = {person.name: people[person.name].get(reverse(name)).status_code for person in PERSONS}
    assert got == {person.name: Admin().outcome(person, "get") for person in PERSONS}


def test_a_stranger_learns_nothing_from_the_answer(people: dict[str, Client]) -> None:
    """The page of a region that is not yours looks like that of one that does not exist."""
    foreign = people["camat_b"].get(reverse("layanan_dasar:impor", args=[REGION]))
    missing = people["camat_b"].get(reverse("layanan_dasar:impor", args=["11.01.77"]))
    bodies = [re.sub(rb'csrfmiddlewaretoken" value="[^"]+', b"", answer.content) for answer in (foreign, missing)]
    assert foreign.status_code == missing.status_code == 404
    assert bodies[0] == bodies[1]
