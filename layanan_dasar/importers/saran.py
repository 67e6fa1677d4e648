"""Which service a local kegiatan may serve, guessed from its name by the words of fixtures/saran_pemetaan.yaml.

A guess never counts: it fills in a form that somebody of the kabupaten approves or changes.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from p3pd_portal.lib.berkas_yaml import read_yaml


@dataclass(frozen=True)
class Saran:
    """A guess and the word it rests on; `bidang` is empty for what is no basic service."""

    bidang: str
    kelas: str
    tag: tuple[str, ...]
    kata: str


@cache
def _aturan() -> dict[str, list[dict[str, Any]]]:
    file = settings.BASE_DIR / "fixtures" / "saran_pemetaan.yaml"
    rules: dict[str, list[dict[str, Any]]] = read_yaml(file)
    return rules


def _found(words: list[str], nama: str) -> str | None:
    """The first word that begins somewhere in the name; one of up to three letters must stand there whole."""
    return next((kata for kata in words if re.search(rf"\b{re.escape(kata)}{_end(kata)}", nama)), None)


def _end(kata: str) -> str:
    return r"\b" if len(kata) <= 3 else ""


def suggest(nama: str, kode: str = "") -> Saran | None:
    """The first rule that fits a kegiatan's name and code, or None."""
    nama = nama.lower()
    for rule in _aturan()["saran"]:
        kata = _found(rule["kata"], nama) if kode.startswith(rule.get("kode", "")) else None
        bidang = rule.get("bidang", "")
        if kata is None or _found(rule.get("kecuali", []), nama) or why_not(kode, bidang):
            continue
        return Saran(bidang, rule.get("kelas", ""), tuple(rule.get("tag", [])), kata)
    return None


def why_not(kode: str, bidang: str) -> str | None:
    """Why a kegiatan may never serve a service, or None when it may."""
    refused = _aturan()["larangan"]
    return next((r["alasan"] for r in refused if r["bidang"] == bidang and re.match(r["pola"], kode)), None)
