"""Read the audit of a region: filtered, newest first, one page at a time, in words people know."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format

from kecamatan.models import CatatanAkses, CatatanAudit, Orang, Penugasan, Tingkat, Wilayah
from kecamatan.models.audit import Jejak, JejakQuerySet
from kecamatan.triggers import Catat


SEHALAMAN = 50
NILAI_TERPANJANG = 160


@dataclass(frozen=True)
class Saring:
    """What the reader asked for; `sebelum` is the entry under which the page begins."""

    orang: int | None = None
    model: str = ""
    objek: str = ""
    dari: datetime.date | None = None
    sampai: datetime.date | None = None
    sebelum: int | None = None

    @property
    def aktif(self) -> bool:
        """Whether anything is left out, older pages aside."""
        return any((self.orang, self.model, self.objek, self.dari, self.sampai))


@dataclass(frozen=True)
class Perubahan:
    """A column before and after; `tertutup` when it changed but its values are not kept."""

    kolom: str
    lama: str
    baru: str
    tertutup: bool


@dataclass(frozen=True)
class Entri:
    """An entry with the words of the page; `perubahan` is empty for a look at contact data."""

    jejak: Jejak
    peristiwa: str
    objek: str
    pelaku: str
    pelaku_orang: int | None
    perubahan: list[Perubahan]


@dataclass(frozen=True)
class Halaman:
    """Entries of a page, and the `sebelum` of the next one where there is one."""

    entri: list[Entri]
    berikut: int | None


def daftar_perubahan(wilayah: Wilayah, saring: Saring) -> Halaman:
    """Changes of objects of a region."""
    rows, berikut = _page(CatatanAudit.objects.in_wilayah(wilayah), saring)
    names = _names_of_keys(rows)
    entri = [_entri(row, row.get_jenis_display(), _changes(row, names)) for row in rows]
    return Halaman(entri, berikut)


def daftar_akses(wilayah: Wilayah, saring: Saring) -> Halaman:
    """Looks at the contact data of people of a region."""
    rows, berikut = _page(CatatanAkses.objects.in_wilayah(wilayah), saring)
    return Halaman([_entri(row, f"dilihat: {row.alasan}", []) for row in rows], berikut)


def pilihan_jenis() -> list[tuple[str, str]]:
    """Kinds of objects whose changes are recorded, by label."""
    recorded = {model._meta for model, trigger in pgtrigger.registered() if isinstance(trigger, Catat)}
    return sorted(((meta.label_lower, str(meta.verbose_name)) for meta in recorded), key=lambda pair: pair[1].lower())


def pilihan_orang(wilayah: Wilayah, terpilih: int | None) -> list[tuple[int, str]]:
    """People the page offers as a filter: those who have or had work in the region, above a kabupaten those whose
    work is that level itself. The chosen one is named too, if an entry of the region is about or by that person.
    """
    work = Penugasan.objects.filter(wilayah.q_below("wilayah__"))
    if wilayah.tingkat < Tingkat.KABUPATEN:
        work = work.filter(wilayah=wilayah)
    people = Orang.objects.filter(pk__in=work.values("pengguna__orang"))
    if terpilih is not None and _appears(wilayah, terpilih):
        people |= Orang.objects.filter(pk=terpilih)
    return list(people.order_by("nama", "pk").values_list("pk", "nama"))


def _appears(wilayah: Wilayah, orang_id: int) -> bool:
    entries = (model.objects.in_wilayah(wilayah).of_orang(orang_id) for model in (CatatanAudit, CatatanAkses))
    return any(found.exists() for found in entries)


def _page(rows: JejakQuerySet, saring: Saring) -> tuple[list[Any], int | None]:
    if saring.orang is not None:
        rows = rows.of_orang(saring.orang)
    exact = {name: value for name in ("model", "objek") if (value := getattr(saring, name))}
    rows = rows.filter(**exact)
    if saring.dari:
        rows = rows.filter(waktu__date__gte=saring.dari)
    if saring.sampai:
        rows = rows.filter(waktu__date__lte=saring.sampai)
    if saring.sebelum is not None:
        rows = rows.filter(pk__lt=saring.sebelum)
    found = list(rows.select_related("wilayah", "orang", "pelaku__orang")[: SEHALAMAN + 1])
    shown = found[:SEHALAMAN]
    return shown, shown[-1].pk if len(found) > SEHALAMAN else None


def _entri(row: Any, peristiwa: str, perubahan: list[Perubahan]) -> Entri:
    pelaku = row.pelaku
    if pelaku is not None:
        name, orang_id = str(pelaku), pelaku.orang_id
    elif row.pelaku_id is not None:
        name, orang_id = f"akun {row.pelaku_id} yang sudah dihapus", None
    else:
        name, orang_id = "pengunjung tanpa masuk" if row.alamat else "tugas atau perintah di server", None
    return Entri(row, peristiwa, _object_name(row), name, orang_id, perubahan)


def _object_name(row: Any) -> str:
    """ "penugasan Siti Aminah", "berkas impor Desa Mekar", "kegiatan 02.02.02": kind, and whose it is or its key."""
    model = _model(row.model)
    kind = str(model._meta.verbose_name) if model else row.model
    return f"{kind} {row.orang or (row.wilayah and row.wilayah.nama_lengkap) or row.objek}"


def _model(label: str) -> type[models.Model] | None:
    """None for a model that is no longer part of the portal."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _fields(label: str) -> dict[str, Any]:
    model = _model(label)
    return {str(field.column): field for field in model._meta.concrete_fields} if model else {}


def _names_of_keys(rows: list[CatatanAudit]) -> dict[tuple[type[models.Model], str], str]:
    """Names of all objects that foreign keys in the entries point at, one query a table."""
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in rows:
        fields = _fields(row.model)
        for column, pair in row.perubahan.items():
            if pair and column in fields and fields[column].is_relation:
                keys[fields[column].related_model].update(value for value in pair if value is not None)
    return {
        (model, str(pk)): _name(found)
        for model, pks in keys.items()
        for pk, found in model._default_manager.select_related().in_bulk(list(pks)).items()
    }


def _name(found: models.Model) -> str:
    return str(found.nama_lengkap) if isinstance(found, Wilayah) else str(found)


def _changes(row: CatatanAudit, names: dict[tuple[type[models.Model], str], str]) -> list[Perubahan]:
    fields = _fields(row.model)
    result = []
    for column, pair in row.perubahan.items():
        field = fields.get(column)
        label = str(field.verbose_name) if field else column
        lama, baru = (_words(value, field, names) for value in pair or (None, None))
        if pair is None or lama or baru:  # unknown that became empty is no change to a reader
            result.append(Perubahan(label, lama, baru, pair is None))
    return sorted(result, key=lambda one: one.kolom)


def _words(value: Any, field: Any, names: dict[tuple[type[models.Model], str], str]) -> str:
    """A stored value as a reader knows it: names for keys, labels for choices, dates written out."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if field is not None and field.is_relation:
        return names.get((field.related_model, str(value)), f"nomor {value}")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(value)):
        return date_format(timezone.localtime(moment), "j F Y H.i")
    if isinstance(field, models.DateField) and (day := parse_date(value)):
        return date_format(day, "j F Y")
    text = str(value)
    return text if len(text) <= NILAI_TERPANJANG else f"{text[:NILAI_TERPANJANG]}…"
