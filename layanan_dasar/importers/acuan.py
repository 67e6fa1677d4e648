"""Reference data of fixtures/: code lists of village budgets and the catalogue of indicators."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction

from layanan_dasar.models import Indikator, Kegiatan, Rekening, SumberDana, TargetIndikator


M = TypeVar("M", bound=models.Model)


class KatalogError(ValueError):
    """A file of the catalogue is wrong; the message names file and key."""


def _upsert(model: type[models.Model], rows: list[dict[str, Any]]) -> int:
    """Add or refresh rows by primary key; nothing is removed. Returns how many rows were given."""
    key = model._meta.pk.attname
    fields = [name for name in rows[0] if name != key]
    objects = [model(**row) for row in rows]
    model._default_manager.bulk_create(objects, update_conflicts=True, unique_fields=[key], update_fields=fields)
    return len(rows)


def impor_kode_belanja(folder: Path) -> dict[str, int]:
    """Kegiatan, rekening and sumber dana from their CSV files; returns how many of each."""
    counts = {}
    for model, name in ((SumberDana, "sumber_dana"), (Rekening, "rekening"), (Kegiatan, "kegiatan")):
        with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            rows: list[dict[str, Any]] = list(csv.DictReader(file))
        for row in rows:
            if "bidang" in row:
                row["bidang_id"] = row.pop("bidang") or None
        counts[name] = _upsert(model, rows)
    return counts


def read_indikator(file: Path) -> tuple[Indikator, list[TargetIndikator]]:
    """One YAML file of the catalogue as an unsaved indicator and its targets. The model's fields are the schema.

    Raises:
        KatalogError: unreadable YAML, an unknown or missing key, or a value the model refuses.
    """
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KatalogError(f"{file.name}: bukan YAML yang sah dalam UTF-8 ({error}).") from error
    if not isinstance(data, dict):
        raise KatalogError(f"{file.name}: isinya harus pasangan kunci dan nilai.")
    targets = data.pop("target", [])
    if not isinstance(targets, list):
        raise KatalogError(f"{file.name}: target: isinya harus daftar.")
    indikator = _checked(Indikator, data, file.name)
    if indikator.kode != file.stem:
        raise KatalogError(f"{file.name}: kode: “{indikator.kode}” harus sama dengan nama berkas.")
    return indikator, list(_read_targets(targets, indikator.kode, file.name))


def _read_targets(targets: list[Any], kode: str, name: str) -> Iterator[TargetIndikator]:
    seen = set()
    for number, target in enumerate(targets, 1):
        where = f"{name}: target {number}"
        if not isinstance(target, dict):
            raise KatalogError(f"{where}: isinya harus pasangan kunci dan nilai.")
        yield (one := _checked(TargetIndikator, target | {"indikator": kode}, where, {"indikator"}))
        if (one.tahun, one.basis) in seen:
            raise KatalogError(f"{where}: tahun dan basis ini sudah tertulis.")
        seen.add((one.tahun, one.basis))


def _checked(model: type[M], data: dict[str, Any], where: str, exclude: set[str] | None = None) -> M:
    fields = {field.name: field for field in model._meta.concrete_fields if not field.auto_created}
    unknown = [f"{name}: kunci tidak dikenal" for name in data if name not in fields]
    missing = [f"{name}: belum diisi" for name, field in fields.items() if name not in data and not _optional(field)]
    if unknown or missing:
        raise KatalogError(f"{where}: {'; '.join(unknown + missing)}.")
    instance = model(**{fields[name].attname: value for name, value in data.items()})
    try:
        instance.clean_fields(exclude=exclude)
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
