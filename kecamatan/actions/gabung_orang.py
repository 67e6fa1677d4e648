"""Make two records of one person one."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Orang, Pengguna
from kecamatan.models.gabung import PenggabunganOrang
from kecamatan.queries.gabung_orang import ISIAN, boleh_diubah, ganda, halangan, relasi


@transaction.atomic
def gabung_orang(
    *, by: Pengguna, tetap: Orang, lebur: Orang, alasan: str, pilihan: Mapping[str, str] | None = None
) -> PenggabunganOrang:
    """Move everything that points at `lebur` to `tetap`, take over what only `lebur` knows, and delete `lebur`.

    Args:
        pilihan: field → "lebur" where its value is to stay; otherwise that of `tetap` does where both have one.

    Returns:
        The trail, which tells what both held and what moved.

    Raises:
        PermissionDenied: one of the two is not this person's to change.
        ValidationError: one of them is gone already, or something stands against it (`halangan`).
    """
    if not alasan.strip():
        raise ValidationError({"alasan": _("Tulis alasannya.")})
    tetap, lebur = _lock(by, tetap, lebur)
    if found := halangan(tetap, lebur):
        raise ValidationError(found)
    before = {"tetap": _values(tetap), "lebur": _values(lebur)}
    merged = {name: _chosen(name, tetap, lebur, pilihan or {}) for name in ISIAN}
    gone, moved = lebur.pk, _move(tetap, lebur)
    lebur.delete()  # first, since a NIP is one person's
    for name, value in merged.items():
        setattr(tetap, name, value)
    tetap.full_clean()
    tetap.save()
    return PenggabunganOrang.objects.create(
        tetap=tetap, lebur=gone, sebelum=before, sesudah=_values(tetap), pindah=moved, alasan=alasan.strip(), oleh=by
    )


def _lock(by: Pengguna, tetap: Orang, lebur: Orang) -> tuple[Orang, Orang]:
    """Both, ours until the transaction ends; of two who merge at once the second finds one gone."""
    if tetap.pk == lebur.pk:
        raise ValidationError(_("Pilih dua orang yang berbeda."))
    rows = Orang.objects.select_for_update().filter(pk__in=[tetap.pk, lebur.pk]).order_by("pk")
    found = {satu.pk: satu for satu in rows}
    if len(found) < 2:
        raise ValidationError(_("Salah satunya sudah digabung orang lain. Muat ulang daftar, lalu periksa hasilnya."))
    if boleh_diubah(by, list(found)) != set(found):
        raise PermissionDenied
    return found[tetap.pk], found[lebur.pk]


def _chosen(name: str, tetap: Orang, lebur: Orang, pilihan: Mapping[str, str]) -> Any:
    first, second = (lebur, tetap) if pilihan.get(name) == "lebur" else (tetap, lebur)
    return getattr(first, name) or getattr(second, name)


def _values(orang: Orang) -> dict[str, Any]:
    """What the trail keeps of a record; a telephone is no matter of history."""
    told = {name: getattr(orang, name) for name in ISIAN}
    return told | {"telepon": bool(orang.telepon)}


def _move(tetap: Orang, lebur: Orang) -> dict[str, list[Any]]:
    """Everything that points at the one that goes; what stands there twice after that is struck out once."""
    moved: dict[str, list[Any]] = {}
    for satu in relasi():
        ganda(satu, tetap, lebur).delete()
        rows = satu.of([lebur.pk])
        if keys := [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]:
            moved[satu.model._meta.label_lower] = keys
            rows.update(**{satu.kolom: tetap})
    return moved
