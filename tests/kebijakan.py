"""What an address may answer to whom: named policies, from which tests/test_access.py derives every outcome."""

from dataclasses import dataclass

from kecamatan.models import Wilayah
from kecamatan.permissions import PERAN, Izin
from tests.conftest import DAFTAR_DESA


REGION = "11.01.01"


@dataclass(frozen=True)
class Person:
    """Who asks: `peran` and `kode` are empty without an assignment in force; without `has_mfa` the role asks for a
    second factor that is not set up yet."""

    name: str
    has_account: bool
    peran: str = ""
    kode: str = ""
    has_mfa: bool = True

    def works_in(self, kode: str) -> bool:
        if self.name in DAFTAR_DESA:
            return kode in DAFTAR_DESA[self.name]
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
class Kasus(Kerja):
    """One complaint at the desk of its kecamatan: for others who follow complaints up it does not exist (404) until it
    is handed to them."""

    def outcome(self, person: Person, method: str) -> int | None:
        status = super().outcome(person, method)
        if not person.works_in(self.kode) or status in (403, 405):
            return status
        return status if Izin.KELOLA_PENGADUAN in PERAN[person.peran].izin else 404


@dataclass(frozen=True)
class UnitSendiri(Kerja):
    """A survey or score card of a posyandu of REGION: for the education UPT it does not exist (404)."""

    def outcome(self, person: Person, method: str) -> int | None:
        status = super().outcome(person, method)
        return 404 if person.peran == "upt_pendidikan" and status not in (403, 405) else status


@dataclass(frozen=True)
class Terbuka:
    """Forms for whoever cannot log in; what a sent form does is tested with the form itself."""

    get: int = 200

    def outcome(self, person: Person, method: str) -> int | None:
        return self.get if method == "get" else None


@dataclass(frozen=True)
class Mesin:
    """For programs: the same to everybody, whoever happens to be logged in."""

    get: int = 200
    post: int = 405

    def outcome(self, person: Person, method: str) -> int | None:
        return self.get if method == "get" else self.post


@dataclass(frozen=True)
class Belum:
    """The single sign-on of a portal that has none."""

    def outcome(self, person: Person, method: str) -> int | None:
        return 404


@dataclass(frozen=True)
class Batal:
    """Turned back at the single sign-on: to the login."""

    def outcome(self, person: Person, method: str) -> int | None:
        return 302 if method == "get" else 405


@dataclass(frozen=True)
class Konfirmasi:
    """The code once more; who has no second factor is led to the password instead."""

    def outcome(self, person: Person, method: str) -> int | None:
        return 200 if person.has_account and person.has_mfa else 302


@dataclass(frozen=True)
class Diri:
    """Everybody's own account: visitors are sent to the login, nobody reaches the account of somebody else. Most
    changes of the login ask first for the password or the code once more (302)."""

    get: int = 405
    post: int = 405

    def outcome(self, person: Person, method: str) -> int | None:
        return (self.get if method == "get" else self.post) if person.has_account else 302


@dataclass(frozen=True)
class Pengelola:
    """Pages about people, for who gives accounts somewhere (else 403); with `subject` about somebody of REGION, who
    does not exist for those who give accounts elsewhere."""

    get: int = 405
    post: int = 405
    subject: bool = True

    def outcome(self, person: Person, method: str) -> int | None:
        status = self.get if method == "get" else self.post
        if not person.has_account:
            return 302
        if status == 405:
            return 405
        if not person.peran or Izin.KELOLA_AKUN not in PERAN[person.peran].izin:
            return 403
        return status if not self.subject or person.works_in(REGION) else 404


@dataclass(frozen=True)
class Admin:
    """Superusers only."""

    def outcome(self, person: Person, method: str) -> int | None:
        return None if method == "post" else (200 if person.name == "admin_pusat" else 302)


Policy = Publik | Masuk | Mulai | Kerja | Terbuka | Mesin | Belum | Batal | Konfirmasi | Diri | Pengelola | Admin
