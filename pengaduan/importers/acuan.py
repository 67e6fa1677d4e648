"""Reference data of complaints and surveys from fixtures/: subjects, limits of days, elements, classes, services."""

from pathlib import Path
from typing import Any

from django.db import transaction

from p3pd_portal.lib.berkas_yaml import read_yaml
from pengaduan.models import BatasWaktu, JenisLayanan, KategoriPengaduan, MutuSKM, UnsurSKM


def _read(folder: Path, name: str) -> Any:
    return read_yaml(folder / f"{name}.yaml")


@transaction.atomic
def impor_pengaduan(folder: Path) -> dict[str, int]:
    """Add or refresh subjects and limits; what an administrator added stays. Returns how many of each."""
    kategori, batas = _read(folder, "kategori_pengaduan"), _read(folder, "batas_waktu")
    KategoriPengaduan.objects.bulk_create(
        (KategoriPengaduan(**row) for row in kategori),
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=["nama", "penjelasan", "bidang", "wajib_rahasia", "urutan"],
    )
    BatasWaktu.objects.bulk_create(
        (BatasWaktu(**row) for row in batas),
        update_conflicts=True,
        unique_fields=["kode", "berlaku_dari"],
        update_fields=["hari", "sumber"],
    )
    return {"kategori pengaduan": len(kategori), "batas waktu": len(batas), **_impor_survei(folder)}


def _impor_survei(folder: Path) -> dict[str, int]:
    unsur, mutu = _read(folder, "unsur_skm"), _read(folder, "mutu_skm")
    UnsurSKM.objects.bulk_create(
        (UnsurSKM(**row) for row in unsur),
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=["urutan", "nama", "pertanyaan", "jawaban", "sumber"],
    )
    MutuSKM.objects.bulk_create(
        (MutuSKM(**row) for row in mutu),
        update_conflicts=True,
        unique_fields=["mutu"],
        update_fields=["dari", "kinerja", "sumber"],
    )
    layanan = [(jenis, nama) for jenis, names in _read(folder, "jenis_layanan").items() for nama in names]
    JenisLayanan.objects.bulk_create(
        (JenisLayanan(jenis_unit=jenis, nama=nama) for jenis, nama in layanan), ignore_conflicts=True
    )
    return {"unsur SKM": len(unsur), "mutu SKM": len(mutu), "jenis layanan": len(layanan)}
