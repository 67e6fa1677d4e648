"""Records of persons that may be double: whose they are, what hangs on them, and what stands against making two one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.fields.related import ForeignKey
from django.utils.translation import gettext as _

from kecamatan.models import Orang, Pengguna, Tingkat
from kecamatan.models.audit import Jejak
from kecamatan.permissions import Izin


ISIAN = ("nama", "nip", "gelar_depan", "gelar_belakang", "jenis_kelamin", "jabatan", "instansi", "telepon")
"""Fields of a person of which one of two values stays."""
CALON_TERBANYAK = 20


@dataclass(frozen=True)
class Relasi:
    """A column of some table that points at a person."""

    model: type[models.Model]
    kolom: str

    def of(self, orang: Collection[int]) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{f"{self.kolom}__in": orang})

    @property
    def kunci(self) -> list[tuple[str, ...]]:
        """What may not stand twice for one person: the other columns of each unique key that holds this one."""
        meta = self.model._meta
        keys = [tuple(rule.fields) for rule in meta.constraints if isinstance(rule, models.UniqueConstraint)]
        keys += [tuple(fields) for fields in meta.unique_together]
        keys += [(self.kolom,)] if meta.get_field(self.kolom).unique else []  # type: ignore[union-attr]
        return [tuple(name for name in key if name != self.kolom) for key in keys if self.kolom in key]


def relasi() -> list[Relasi]:
    """Every column that points at a person, of tables between two models too. The audit alone stays as it was."""
    found = (field for field in Orang._meta.get_fields(include_hidden=True) if field.one_to_many or field.one_to_one)
    pairs = ((field.related_model, field.field) for field in found)  # type: ignore[union-attr]
    return [
        Relasi(model, column.name)
        for model, column in pairs
        if isinstance(model, type) and isinstance(column, ForeignKey) and not issubclass(model, Jejak)
    ]


def boleh_diubah(by: Pengguna, orang: Collection[int]) -> set[int]:
    """Which of these records are in this person's hands: everything that ties them to work somewhere (account, team,
    cohort) lies where `by` keeps it. Those who give accounts to the nation keep the rest too. Nobody keeps their own.

    A table whose rows are somebody's says so with `visible_to`; a new one counts by having it.
    """
    asked = set(orang) - {by.orang_id}
    accounts = {satu.orang_id: by.may_manage(satu) for satu in Pengguna.objects.filter(orang__in=asked)}
    allowed = {pk for pk in asked if accounts.get(pk, True)}
    if any(Izin.KELOLA_AKUN in p.izin and p.wilayah.tingkat == Tingkat.NASIONAL for p in by.penugasan_berlaku):
        return allowed
    tied = {pk for pk, mine in accounts.items() if mine}
    for satu in relasi():
        if satu.model is Pengguna or not hasattr(satu.model._default_manager, "visible_to"):
            continue
        mine = set(
            satu.model._default_manager.visible_to(by).filter(**{f"{satu.kolom}__in": allowed}).values_list("pk")
        )
        for pk, owner in satu.of(allowed).values_list("pk", satu.kolom):
            tied.add(owner)
            if (pk,) not in mine:
                allowed.discard(owner)
    return allowed & tied


def calon(by: Pengguna, orang: Orang, kata: str = "") -> list[Orang]:
    """Other records that may be the same person and that `by` may change: of the same name, or with `kata` of such a
    name or with that NIP."""
    wanted = Q(nip=kata) if kata.isascii() and kata.isdigit() else Q()
    for word in [] if wanted else (kata or orang.nama).split()[:8]:
        wanted &= Q(nama__icontains=word)
    found = list(Orang.objects.filter(wanted).exclude(pk=orang.pk).order_by("nama", "pk")[: 5 * CALON_TERBANYAK])
    allowed = boleh_diubah(by, [satu.pk for satu in found])
    return [satu for satu in found if satu.pk in allowed][:CALON_TERBANYAK]


@dataclass(frozen=True)
class BarisIsian:
    """A field of two records, as people read it. `berbeda`: both know it and say different things."""

    nama: str
    label: str
    tetap: str
    lebur: str

    @property
    def berbeda(self) -> bool:
        return bool(self.tetap and self.lebur) and self.tetap != self.lebur


@dataclass(frozen=True)
class Perbandingan:
    """Two records side by side.

    Attributes:
        pindah: (what, how many) that would move from the one that goes.
        halangan: sentences that say why they cannot be made one, and what to do first; empty where they can.
    """

    tetap: Orang
    lebur: Orang
    isian: list[BarisIsian]
    pindah: list[tuple[str, int]]
    halangan: list[str]

    @property
    def pilihan(self) -> list[BarisIsian]:
        """Fields of which somebody has to say which value stays."""
        return [baris for baris in self.isian if baris.berbeda]


def _baris(nama: str, tetap: Orang, lebur: Orang) -> BarisIsian:
    shown = {"telepon": "telepon_tampil", "jenis_kelamin": "get_jenis_kelamin_display"}.get(nama, nama)
    values = [getattr(satu, shown) for satu in (tetap, lebur)]
    told = [str((value() if callable(value) else value) or "") for value in values]
    return BarisIsian(nama, str(Orang._meta.get_field(nama).verbose_name), *told)  # type: ignore[union-attr]


def perbandingan(tetap: Orang, lebur: Orang) -> Perbandingan:
    counts = ((satu, satu.of([lebur.pk]).count()) for satu in relasi())
    pindah = [(_sebutan(satu.model), n) for satu, n in counts if n]
    return Perbandingan(tetap, lebur, [_baris(nama, tetap, lebur) for nama in ISIAN], pindah, halangan(tetap, lebur))


def _sebutan(model: type[models.Model]) -> str:
    """What rows of a table are called; of one between two models the thing on its other side."""
    if not model._meta.auto_created:
        return str(model._meta.verbose_name)
    other = next(f for f in model._meta.get_fields() if isinstance(f, ForeignKey) and f.related_model is not Orang)
    return _("%(nama)s yang dilatih") % {"nama": other.related_model._meta.verbose_name}


def ganda(satu: Relasi, tetap: Orang, lebur: Orang) -> models.QuerySet[Any]:
    """Rows of the one that goes, of which the one that stays has the same already."""
    mine, rows, twice = satu.of([tetap.pk]), satu.of([lebur.pk]), Q(pk__in=[])
    for others in satu.kunci:
        if not others:
            return rows if mine.exists() else rows.none()
        for values in mine.values(*others):
            twice |= Q(**values)
    return rows.filter(twice)


def halangan(tetap: Orang, lebur: Orang) -> list[str]:
    """Why two records cannot be made one."""
    return list(_halangan(tetap, lebur))


def _halangan(tetap: Orang, lebur: Orang) -> Iterator[str]:
    if tetap.nip and lebur.nip:
        yield _("NIP keduanya berbeda, jadi keduanya dua orang. Bila salah satu NIP keliru, betulkan dahulu.")
    for satu in relasi():
        if satu.model._meta.auto_created:
            continue  # to be in a list twice is to be in it once
        rows = ganda(satu, tetap, lebur)
        if satu.model is Pengguna and rows:
            yield _("Keduanya memiliki akun. Satu orang memakai satu akun; keduanya tetap terpisah.")
            continue
        for row in rows:
            words = {"apa": _sebutan(satu.model), "di": _tempat(row, satu)}
            yield _("Keduanya tercatat sebagai %(apa)s di %(di)s. Hapus salah satunya dari sana dahulu.") % words


def _tempat(row: models.Model, satu: Relasi) -> str:
    """Where a row stands: the first thing it belongs to beside the person."""
    others = (f for f in row._meta.fields if isinstance(f, ForeignKey) and f.name != satu.kolom)
    return str(next((getattr(row, f.name) for f in others if getattr(row, f.attname)), row))
