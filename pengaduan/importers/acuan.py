"""Reference data of complaints from fixtures/: subjects and limits of days."""

from pathlib import Path

import yaml
from django.db import transaction

from pengaduan.models import BatasWaktu, KategoriPengaduan


@transaction.atomic
def impor_pengaduan(folder: Path) -> dict[str, int]:
    """Add or refresh subjects and limits; what an administrator added stays. Returns how many of each."""
    kategori = yaml.safe_load((folder / "kategori_pengaduan.yaml").read_text(encoding="utf-8"))
    KategoriPengaduan.objects.bulk_create(
        (KategoriPengaduan(**row) for row in kategori),
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=["nama", "penjelasan", "bidang", "wajib_rahasia", "urutan"],
    )
    batas = yaml.safe_load((folder / "batas_waktu.yaml").read_text(encoding="utf-8"))
    BatasWaktu.objects.bulk_create(
        (BatasWaktu(**row) for row in batas),
        update_conflicts=True,
        unique_fields=["kode", "berlaku_dari"],
        update_fields=["hari", "sumber"],
    )
    return {"kategori pengaduan": len(kategori), "batas waktu": len(batas)}
