"""The catalogue of indicators, one YAML file each, and the maps of columns that feed them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction

from layanan_dasar.models import Indikator, PetaKolom, TargetIndikator
from p3pd_portal.lib.berkas_yaml import read_yaml


M = TypeVar("M", bound=models.Model)
_PERUBAHAN = ("versi", "tanggal", "perubahan")


class KatalogError(ValueError):
    """A file of the catalogue is wrong; the message names file and key."""


def load_yaml(file: Path) -> Any:
    """What a file holds.

    Raises:
        KatalogError: it is no YAML in UTF-8.
    """
    try:
        return read_yaml(file)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KatalogError(f"{file.name}: bukan YAML yang sah dalam UTF-8 ({error}).") from error


def read_indikator(file: Path) -> tuple[Indikator, list[TargetIndikator]]:
    """One YAML file of the catalogue as an unsaved indicator and its targets. The model's fields are the schema.

    Raises:
        KatalogError: unreadable YAML, an unknown or missing key, or a value the model refuses.
    """
    data = load_yaml(file)
    if not isinstance(data, dict):
        raise KatalogError(f"{file.name}: isinya harus pasangan kunci dan nilai.")
    targets = data.pop("target", [])
    if not isinstance(targets, list):
        raise KatalogError(f"{file.name}: target: isinya harus daftar.")
    data["riwayat"] = _read_riwayat(data.get("riwayat", []), data.get("versi", 1), file.name)
    indikator = checked(Indikator, data, file.name)
    if indikator.kode != file.stem:
        raise KatalogError(f"{file.name}: kode: “{indikator.kode}” harus sama dengan nama berkas.")
    return indikator, list(_read_targets(targets, indikator.kode, file.name))


def _read_targets(targets: list[Any], kode: str, name: str) -> Iterator[TargetIndikator]:
    seen = set()
    for number, target in enumerate(targets, 1):
        where = f"{name}: target {number}"
        if not isinstance(target, dict):
            raise KatalogError(f"{where}: isinya harus pasangan kunci dan nilai.")
        written = {key: Decimal(repr(value)) if isinstance(value, float) else value for key, value in target.items()}
        yield (one := checked(TargetIndikator, written | {"indikator": kode}, where, {"indikator"}))
        if (one.tahun, one.basis) in seen:
            raise KatalogError(f"{where}: tahun dan basis ini sudah tertulis.")
        seen.add((one.tahun, one.basis))


def _read_riwayat(riwayat: object, versi: object, name: str) -> list[dict[str, Any]]:
    """What changed from version to version, oldest first; when written at all, up to the version of the file."""
    if not isinstance(riwayat, list):
        raise KatalogError(f"{name}: riwayat: isinya harus daftar.")
    entries = [_read_perubahan(entry, f"{name}: riwayat {number}") for number, entry in enumerate(riwayat, 1)]
    versions = [entry["versi"] for entry in entries]
    if entries and (versions != sorted(set(versions)) or versions[-1] != versi):
        raise KatalogError(f"{name}: riwayat: versi harus urut naik dan berakhir pada versi {versi}.")
    return entries


def _read_perubahan(entry: object, where: str) -> dict[str, Any]:
    """One entry of the history; YAML reads a date as a date, the table keeps it as text."""
    if not isinstance(entry, dict):
        raise KatalogError(f"{where}: isinya harus pasangan kunci dan nilai.")
    unknown = [f"{name}: kunci tidak dikenal" for name in entry if name not in _PERUBAHAN]
    missing = [f"{name}: belum diisi" for name in _PERUBAHAN if not entry.get(name)]
    if unknown or missing:
        raise KatalogError(f"{where}: {'; '.join(unknown + missing)}.")
    if type(entry["versi"]) is not int:
        raise KatalogError(f"{where}: versi: harus bilangan bulat.")
    if not isinstance(entry["perubahan"], str):
        raise KatalogError(f"{where}: perubahan: harus teks.")
    try:
        tanggal = datetime.date.fromisoformat(str(entry["tanggal"]))
    except ValueError as error:
        raise KatalogError(f"{where}: tanggal: tulis seperti 2026-11-22.") from error
    return entry | {"tanggal": tanggal.isoformat()}


def checked(model: type[M], data: dict[str, Any], where: str, exclude: set[str] | None = None) -> M:
    """An unsaved row from keys that are its fields.

    Raises:
        KatalogError: an unknown or missing key, or a value the model refuses; the message begins with `where`.
    """
    fields = {field.name: field for field in model._meta.concrete_fields if not field.auto_created}
    unknown = [f"{name}: kunci tidak dikenal" for name in data if name not in fields]
    missing = [f"{name}: belum diisi" for name, field in fields.items() if name not in data and not _optional(field)]
    if unknown or missing:
        raise KatalogError(f"{where}: {'; '.join(unknown + missing)}.")
    instance = model(**{fields[name].attname: value for name, value in data.items()})
    try:
        instance.clean_fields(exclude=exclude)
        instance.clean()
        instance.validate_constraints(exclude=exclude)
    except ValidationError as error:
        problems = "; ".join(f"{key}: {' '.join(messages)}" for key, messages in error.message_dict.items())
        raise KatalogError(f"{where}: {problems}") from error
    return instance


def _optional(field: "models.Field[Any, Any]") -> bool:
    return field.blank or field.null or field.has_default()


@transaction.atomic
def impor_indikator(folder: Path) -> int:
    """Add or refresh the catalogue from every YAML file of a folder; returns how many indicators.

    Raises:
        KatalogError: the first wrong file; nothing is stored.
    """
    catalogue = [read_indikator(file) for file in sorted(folder.glob("*.yaml"))]
    names = [field.attname for field in Indikator._meta.concrete_fields if not field.primary_key]
    Indikator.objects.bulk_create(
        [indikator for indikator, _ in catalogue],
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=names,
    )
    codes = [indikator.kode for indikator, _ in catalogue]
    TargetIndikator.objects.filter(indikator__in=codes, wilayah=None).delete()
    TargetIndikator.objects.bulk_create([target for _, targets in catalogue for target in targets])
    return len(catalogue)


@transaction.atomic
def impor_peta_kolom(file: Path) -> int:
    """Mappings of published lists that are not there yet; those an admin may have edited stay. Returns how many stand
    in the file.

    Raises:
        KatalogError: the first wrong one; nothing is stored.
    """
    rows = [PetaKolom(**row) for row in read_yaml(file)]
    for satu in rows:
        try:
            satu.full_clean(validate_unique=False)
        except ValidationError as error:
            raise KatalogError(f"{file.name}: {satu.kode}: {error}") from error
    PetaKolom.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
