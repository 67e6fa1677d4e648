"""The five basic services from fixtures/bidang.yaml."""

from pathlib import Path

import yaml

from kecamatan.models import Bidang


def impor_bidang(file: Path) -> int:
    """Add or refresh the services and return how many there are."""
    rows = [Bidang(**row) for row in yaml.safe_load(file.read_text())]
    Bidang.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kode"], update_fields=["nama", "keterangan", "urutan"]
    )
    return len(rows)
