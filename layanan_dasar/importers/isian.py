"""Sheets of figures and the rules they are checked by: fixtures/dataset.yaml and fixtures/aturan_isian.yaml.

What is stored already stays as Bina Adwil left it in the admin, as with the maps of columns; reading the files again
only adds what is new. Neither table has a delete button, so nothing comes back that somebody took away.
"""

from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from layanan_dasar.importers.katalog import KatalogError, checked, load_yaml
from layanan_dasar.models import AturanIsian, Dataset


M = TypeVar("M", bound=models.Model)


def impor_dataset(file: Path) -> int:
    """Datasets that are not there yet; returns how many stand in the file.

    Raises:
        KatalogError: the first wrong one, with file and key; nothing is stored.
    """
    return _add_new(Dataset, file)


def impor_aturan_isian(file: Path) -> int:
    """Rules that are not there yet; returns how many stand in the file. Their indicators must be in the catalogue.

    Raises:
        KatalogError: the first wrong one, with file and key; nothing is stored.
    """
    return _add_new(AturanIsian, file)


@transaction.atomic
def _add_new(model: type[M], file: Path) -> int:
    rows = load_yaml(file)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("kode") for row in rows):
        raise KatalogError(f"{file.name}: isinya harus daftar, dan setiap butir menyebut kode.")
    codes = [row["kode"] for row in rows]
    if twice := sorted({str(kode) for kode in codes if codes.count(kode) > 1}):
        raise KatalogError(f"{file.name}: tertulis lebih dari sekali: {', '.join(twice)}.")
    known = set(model._default_manager.values_list("pk", flat=True))
    for row in rows:
        if row["kode"] not in known:
            checked(model, row, f"{file.name}: {row['kode']}").save(force_insert=True)
    return len(rows)
