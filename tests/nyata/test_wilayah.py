"""The packaged region list against the published edition."""

import csv
import gzip
import os
from pathlib import Path

import pytest

from kecamatan.importers.wilayah import daftar_resmi


pytestmark = pytest.mark.nyata


def test_the_package_holds_exactly_the_published_regions() -> None:
    path = Path(os.environ["PORTAL_DATA_NYATA"]) / "wilayah" / "wilayah.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as content:
        official = {row["kode"]: row["nama"].strip() for row in csv.DictReader(content)}
    assert dict(daftar_resmi()) == official
