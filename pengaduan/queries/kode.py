"""Number and secret code of a complaint.

Both follow from the key of the form, which only the sender's device and the server have seen: a form sent again gets
the same answer, although the code is kept nowhere.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import count

from django.core.signing import TimestampSigner

from kecamatan.models import Wilayah
from kecamatan.queries.wilayah import kecamatan_of
from p3pd_portal.lib.kode import berkelompok, is_kode, kode_dari, normalize_kode
from p3pd_portal.lib.sandi import bertanda, tanda
from pengaduan.models import Pengaduan


PANJANG_KODE = 10
"""Fifty bits: with a million open reports and a thousand guesses an hour, a hit takes about 130 years."""
PANJANG_NOMOR = 6
FORMULIR_BERLAKU = 30 * 24 * 60 * 60
"""Seconds: a draft may wait a month on a telephone without a network."""


def kunci_baru() -> str:
    """The signed key of a new form; it stands in the form, and in no session."""
    return TimestampSigner(salt="lapor").sign(uuid.uuid4().hex)


def read_kunci(signed: str) -> str:
    """The key of a form that this portal gave out.

    Raises:
        BadSignature: it is none of ours, or too old.
    """
    return TimestampSigner(salt="lapor").unsign(signed, max_age=FORMULIR_BERLAKU)


@dataclass(frozen=True)
class TandaTerima:
    """What the reporter gets, the code this once."""

    pengaduan: Pengaduan
    kode: str

    @property
    def kode_tampil(self) -> str:
        return berkelompok(self.kode)


def nomor_baru(kunci: str, wilayah: Wilayah, on: date) -> str:
    """DK-352412-2611-4RT7QKX: kecamatan, year and month, and signs that nobody can count through."""
    digits = kecamatan_of(wilayah).kode.replace(".", "")
    numbers = (
        f"DK-{digits}-{on:%y%m}-{kode_dari(_acak(f'nomor:{percobaan}:{kunci}'), PANJANG_NOMOR)}"
        for percobaan in count()
    )
    return next(nomor for nomor in numbers if not Pengaduan.objects.filter(nomor=nomor).exists())


def kode_rahasia(kunci: str) -> str:
    return kode_dari(_acak(f"kode:{kunci}"), PANJANG_KODE)


def _acak(text: str) -> bytes:
    return tanda("pengaduan", text)


def sidik_isi(*parts: object) -> bytes:
    """Mark of what was said."""
    return tanda("pengaduan.sidik", "\x1f".join(str(part) for part in parts))


def find_by_kode(nomor: str, kode: str) -> Pengaduan | None:
    """The complaint of this number and code; None of a wrong code just as of a number that does not exist."""
    typed = normalize_kode(kode)
    found = Pengaduan.objects.filter(nomor=normalize_nomor(nomor)).select_related("kategori", "wilayah__induk").first()
    mark = bytes(found.kode) if found else sha256(b"").digest()
    fits = is_kode_of(typed, mark)
    return found if found and fits else None


def tanda_kode(kode: str) -> bytes:
    return tanda("pengaduan.kode", kode)


def is_kode_of(kode: str, mark: bytes) -> bool:
    """Whether a mark was made of this code, with the key of today or an earlier one."""
    return bertanda("pengaduan.kode", kode, mark)


def normalize_nomor(text: str) -> str:
    """A typed number as it was given; its last part may hold letters that are taken for others."""
    signs = text.upper().replace(" ", "").replace("–", "-").split("-")
    if len(signs) == 4:
        signs[3] = normalize_kode(signs[3])
    return "-".join(signs)[:26]


def is_nomor(text: str) -> bool:
    """Whether the last part of a typed number is free of typing errors."""
    parts = normalize_nomor(text).split("-")
    return len(parts) == 4 and parts[0] == "DK" and is_kode(parts[3])
