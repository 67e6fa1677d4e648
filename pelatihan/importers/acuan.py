"""Reference data of training from fixtures/pelatihan/: who takes part, curricula, and what is known of past cohorts."""

from pathlib import Path
from typing import Any

from django.db import transaction

from kecamatan.models import Wilayah
from p3pd_portal.lib.berkas_yaml import read_yaml
from pelatihan.models import Angkatan, AngkaTerbit, Modul, PertanyaanEvaluasi, Program, StatusAngkatan, UnsurPeserta


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_yaml(folder / f"{name}.yaml")
    return rows


@transaction.atomic
def impor_kurikulum(folder: Path) -> dict[str, int]:
    """Add or refresh offices, modules and questions of the evaluation; lesson hours that an administrator wrote stay.
    Returns how many of each."""
    unsur, modul = _read(folder, "unsur"), _read(folder, "modul")
    UnsurPeserta.objects.bulk_create(
        (UnsurPeserta(**row) for row in unsur),
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=["jenis", "urutan", "nama", "wajib", "kecamatan", "sumber"],
    )
    Modul.objects.bulk_create(
        (Modul(**row) for row in modul),
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=["jenis", "urutan", "judul", "halaman", "sumber"],
    )
    return {"unsur peserta": len(unsur), "modul pelatihan": len(modul), "pertanyaan evaluasi": _evaluasi(folder)}


def _evaluasi(folder: Path) -> int:
    rows = _read(folder, "evaluasi")
    PertanyaanEvaluasi.objects.bulk_create(
        (PertanyaanEvaluasi(**row) for row in rows),
        update_conflicts=True,
        unique_fields=["kode"],
        update_fields=["sasaran", "urutan", "teks", "sumber"],
    )
    return len(rows)


@transaction.atomic
def impor_angkatan(folder: Path) -> int:
    """Add or refresh the cohorts that are known from publications; returns how many. A cohort about a region that the
    list of regions does not hold is left out."""
    known = {satu.kode: satu for satu in Wilayah.objects.in_force().filter(tingkat__lte=1)}
    count = 0
    for row in _read(folder, "angkatan"):
        cohorts = [cohort for cohort in row.pop("angkatan") if known.keys() >= {row["wilayah"], *cohort["cakupan"]}]
        if cohorts:
            told = {"wilayah": known[row.pop("wilayah")], "nama": row.pop("nama")}
            program, _new = Program.objects.update_or_create(**told, defaults=row)
        for cohort in cohorts:
            _load(program, cohort, known)
        count += len(cohorts)
    return count


def _load(program: Program, row: dict[str, Any], known: dict[str, Wilayah]) -> None:
    angka, cakupan, nama = row.pop("angka"), row.pop("cakupan"), row.pop("nama")
    induk = Angkatan.objects.filter(nama=row.pop("induk", None), program__wilayah=program.wilayah).first()
    fixed = {"status": StatusAngkatan.DITUTUP, "induk": induk, "syarat_hadir": None, "syarat_nilai": None}
    angkatan, _new = Angkatan.objects.update_or_create(
        program=program, nama=nama, defaults={**row, **fixed, "syarat_rtl": False}
    )
    angkatan.cakupan.set([known[kode] for kode in cakupan])
    angkatan.angka_terbit.all().delete()
    AngkaTerbit.objects.bulk_create(
        AngkaTerbit(angkatan=angkatan, wilayah=known.get(satu.pop("wilayah", "")), sumber=angkatan.sumber, **satu)
        for satu in angka
    )
