"""What the workbook of a sheet knows of itself, signed: whose it is, of which version, and with what it was filled."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing

from layanan_dasar.importers.tata_buku import SKEMA
from layanan_dasar.models import Lembar, Sel
from layanan_dasar.models.lembar import BAGIAN, Kunci


SALT = "layanan_dasar.buku_isian"
PER_SEL = 30_000
"""Letters in one cell of a spreadsheet; it holds 32,767."""


@dataclass(frozen=True)
class MetaBuku:
    """Codes of the sheet it was made of, its version, and the cells it was filled with."""

    kecamatan: str
    dataset: str
    periode: str
    versi: int
    sel: dict[Kunci, Sel]


def meta_rows(lembar: Lembar) -> list[tuple[str, str]]:
    """Names and values of the hidden sheet, the signed text in as many rows as it needs."""
    signed = signing.dumps(_packed(lembar), salt=SALT, compress=True)
    chunks = [signed[start : start + PER_SEL] for start in range(0, len(signed), PER_SEL)]
    return [("skema", str(SKEMA)), *_identity(lembar).items(), *(("tanda", chunk) for chunk in chunks)]


def read_meta(rows: list[tuple[str, str]], lembar: Lembar) -> MetaBuku:
    """Raises:
    signing.BadSignature: it was changed, or never was one of ours.
    """
    packed = signing.loads("".join(value for name, value in rows if name == "tanda"), salt=SALT)
    pk = {satu.kode: satu.pk for satu in (*lembar.desa, lembar.kecamatan)}
    sel = {(pk[kode], indikator): _unpacked(parts) for kode, indikator, *parts in packed.pop("sel") if kode in pk}
    return MetaBuku(**packed, sel=sel)


def _identity(lembar: Lembar) -> dict[str, str]:
    return {
        "kecamatan": lembar.kecamatan.kode,
        "dataset": lembar.dataset.kode,
        "periode": str(lembar.periode),
        "versi": str(lembar.versi),
    }


def _packed(lembar: Lembar) -> dict[str, Any]:
    kode = {satu.pk: satu.kode for satu in (*lembar.desa, lembar.kecamatan)}
    filled = [(kunci, satu) for kunci, satu in lembar.isi.items() if satu.is_filled and kunci[0] in kode]
    sel = [[kode[pk], indikator, *_parts(satu)] for (pk, indikator), satu in filled]
    return {**_identity(lembar), "versi": lembar.versi, "sel": sel}


def _parts(sel: Sel) -> list[str | None]:
    numbers = [getattr(sel, bagian) for bagian in BAGIAN]
    return [str(sel.status), *(None if number is None else str(number) for number in numbers)]


def _unpacked(parts: list[str | None]) -> Sel:
    status, *numbers = parts
    values = (None if number is None else Decimal(number) for number in numbers)
    return Sel(**dict(zip(BAGIAN, values, strict=True)), status=status or "")
