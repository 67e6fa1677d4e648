"""Reference data of fixtures/: code lists, rules and parameters of village budgets."""

import csv
from pathlib import Path
from typing import Any

from django.db import models, transaction

from layanan_dasar.models import AturanBelanja, Kegiatan, ParameterIbdb, PemetaanKegiatan, Rekening, SumberDana
from layanan_dasar.models.belanja import TAHUN_AWAL
from p3pd_portal.lib.berkas_yaml import read_yaml


_PEMETAAN = ("kelas", "syarat_sumber_dana", "syarat_rekening", "syarat_output", "kelas_lain")


def _upsert(model: type[models.Model], rows: list[dict[str, Any]], keys: list[str] | None = None) -> int:
    """Add or refresh rows by primary key, or other unique fields; nothing is removed. Returns how many were given."""
    keys = keys or [model._meta.pk.attname]
    fields = [name for name in rows[0] if name not in keys]
    objects = [model(**row) for row in rows]
    model._default_manager.bulk_create(objects, update_conflicts=True, unique_fields=keys, update_fields=fields)
    return len(rows)


@transaction.atomic
def impor_kode_belanja(folder: Path) -> dict[str, int]:
    """Kegiatan with their national mapping, rekening, sumber dana, rules of village spending, and parameters of the
    index from their files; returns how many of each."""
    counts = {}
    for model, name in ((SumberDana, "sumber_dana"), (Rekening, "rekening")):
        counts[name] = _upsert(model, _read_csv(folder / f"{name}.csv"))
    kegiatan = _read_csv(folder / "kegiatan.csv")
    own = ("kode", "nama", "sumber")
    counts["kegiatan"] = _upsert(Kegiatan, [{name: row[name] for name in own} for row in kegiatan])
    _upsert_pemetaan(kegiatan)
    aturan = read_yaml(folder / "aturan_belanja.yaml")
    counts["aturan belanja"] = _upsert(AturanBelanja, aturan, keys=["kode", "tahun_dari"])
    parameter = read_yaml(folder / "parameter_ibdb.yaml")
    known = set(ParameterIbdb.objects.values_list("versi", flat=True))
    ParameterIbdb.objects.bulk_create(ParameterIbdb(**row) for row in parameter if row["versi"] not in known)
    counts["parameter IBDB"] = len(parameter)
    return counts


def _read_csv(file: Path) -> list[dict[str, Any]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _upsert_pemetaan(rows: list[dict[str, Any]]) -> None:
    """The national mapping of all years. What a kabupaten approved stays its own, and a kegiatan that somebody mapped
    anew for the nation stays as it was left."""
    national = PemetaanKegiatan.objects.filter(status=PemetaanKegiatan.Status.RESMI)
    kept = set(national.exclude(disetujui_pada=None).values_list("kode_kegiatan", flat=True))
    stored = {satu.kode_kegiatan: satu for satu in national.filter(tahun_dari=TAHUN_AWAL)}
    new, changed = [], []
    for row in rows:
        if row["kode"] in kept:
            continue
        values = {name: row[name] for name in _PEMETAAN} | {
            "bidang_id": row["bidang"] or None,
            "tag": row["tag"].split(),
        }
        satu = stored.get(row["kode"])
        if satu is None:
            new.append(PemetaanKegiatan(kode_kegiatan=row["kode"], status="resmi", **values))
        elif any(getattr(satu, name) != value for name, value in values.items()):
            vars(satu).update(values)
            changed.append(satu)
    PemetaanKegiatan.objects.bulk_create(new)
    PemetaanKegiatan.objects.bulk_update(changed, ["bidang", "tag", *_PEMETAAN])
