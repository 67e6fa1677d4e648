"""The five basic services from fixtures/bidang.yaml."""

from pathlib import Path

from kecamatan.models import Bidang
from p3pd_portal.lib.berkas_yaml import read_yaml


def impor_bidang(file: Path) -> int:
    """Add or refresh the services and return how many there are."""
    rows = [Bidang(**row) for row in read_yaml(file)]
    Bidang.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kode"], update_fields=["nama", "keterangan", "urutan"]
    )
    return len(rows)
