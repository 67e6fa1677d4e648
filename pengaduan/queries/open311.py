"""What Open311 GeoReport v2 tells of reports: those that everybody may read.

Field names are those of the specification. Of a report only what the moderator let through is told, its place only as
far as the region and three decimals (about a hundred metres), and nothing of who reported it.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kecamatan.models import Tingkat, Wilayah
from kecamatan.models.wilayah import KODE_POLA, NASIONAL, normalize_kode
from kecamatan.queries.zona import aturan_zona, zona_dari
from pengaduan.models import LangkahPengaduan, Pengaduan
from pengaduan.models.alur import TERBUKA, TERTUTUP


RENTANG = datetime.timedelta(days=90)
TERBANYAK = 1000
ISI_TERPANJANG = 4000
STATUS = {"open": TERBUKA, "closed": TERTUTUP}


@dataclass(frozen=True)
class Permintaan:
    """A report as everybody may read it. Pictures are never published, so `media_url` is empty; so is `zipcode`."""

    service_request_id: str
    status: str
    status_notes: str | None
    service_name: str
    service_code: str
    description: str
    agency_responsible: str
    service_notice: str | None
    requested_datetime: datetime.datetime
    updated_datetime: datetime.datetime
    expected_datetime: datetime.datetime | None
    address: str
    address_id: str
    zipcode: str | None
    lat: float | None
    long: float | None
    media_url: str | None


@dataclass(frozen=True)
class Saringan:
    """Which reports are asked for. With `nomor` nothing else counts."""

    nomor: Sequence[str] = ()
    wilayah: Wilayah | None = None
    kategori: Sequence[str] = ()
    status: Sequence[str] = ()
    dari: datetime.datetime | None = None
    sampai: datetime.datetime | None = None
    halaman: int = 1
    sehalaman: int = TERBANYAK


def find_wilayah(kode: str) -> Wilayah | None:
    """The region in force of a code with dots or without."""
    kode = normalize_kode(kode)
    if not re.fullmatch(KODE_POLA, kode, re.ASCII):
        return None
    return Wilayah.objects.in_force().select_related("induk").filter(kode=kode).first()


def find_permintaan(nomor: str, wilayah: Wilayah | None = None) -> Permintaan | None:
    """The published report of a number; None of a confidential one just as of a number that does not exist."""
    rows = daftar_permintaan(Saringan(nomor=[nomor]))
    return rows[0] if rows and (wilayah is None or wilayah.contains(rows[0].address_id)) else None


def daftar_permintaan(saringan: Saringan) -> list[Permintaan]:
    """Published reports, the latest first, in three queries. Without a region those of the nation, none fictional."""
    first = (saringan.halaman - 1) * saringan.sehalaman
    rows = _saring(saringan).select_related("kategori", "wilayah__induk__induk__induk", "meja")
    notes = LangkahPengaduan.objects.filter(sifat=LangkahPengaduan.Sifat.PUBLIK, diredaksi=False).exclude(catatan="")
    last = notes.order_by("pengaduan_id", "-waktu", "-id").distinct("pengaduan_id")
    rows = rows.prefetch_related(Prefetch("langkah", last, to_attr="kabar")).order_by("-diterima_pada", "-id")
    zones = aturan_zona()
    return [_permintaan(satu, zona_dari(zones, satu.wilayah.kode)) for satu in rows[first : first + saringan.sehalaman]]


def _saring(saringan: Saringan) -> QuerySet[Pengaduan]:
    rows = Pengaduan.objects.published()
    if saringan.nomor:
        return rows.filter(nomor__in=[nomor for nomor in saringan.nomor if "\0" not in nomor])
    rows = rows.in_wilayah(saringan.wilayah or Wilayah(kode=NASIONAL))
    if saringan.kategori:
        rows = rows.filter(kategori__in=saringan.kategori)
    if saringan.status:
        rows = rows.filter(status__in=frozenset[str]().union(*(STATUS[kode] for kode in saringan.status)))
    dari, sampai = rentang(saringan.dari, saringan.sampai)
    return rows.filter(diterima_pada__range=(dari, sampai))


def rentang(
    dari: datetime.datetime | None, sampai: datetime.datetime | None
) -> tuple[datetime.datetime, datetime.datetime]:
    """The ninety days that are asked for: from the one moment on, up to the other one, or the latest."""
    if dari and sampai:
        return dari, sampai
    if dari:
        return dari, dari + RENTANG
    sampai = sampai or timezone.now()
    return sampai - RENTANG, sampai


def _permintaan(satu: Pengaduan, zone: ZoneInfo) -> Permintaan:
    kabar: list[LangkahPengaduan] = satu.kabar  # type: ignore[attr-defined]
    changed = max([satu.sejak, *(one.waktu for one in kabar)])
    return Permintaan(
        service_request_id=satu.nomor,
        status="open" if satu.is_open else "closed",
        status_notes=kabar[0].catatan if kabar else None,
        service_name=satu.kategori.nama,
        service_code=satu.kategori_id,
        description=f"{satu.judul_publik}\n\n{satu.isi_publik}".strip()[:ISI_TERPANJANG],
        agency_responsible=satu.meja.nama_lengkap,
        service_notice=None,
        requested_datetime=satu.diterima_pada.astimezone(zone),
        updated_datetime=(satu.ditutup_pada or changed).astimezone(zone),
        expected_datetime=_akhir(satu.tenggat_selesai, zone),
        address=", ".join(one.nama_lengkap for one in _ke_atas(satu.wilayah)),
        address_id=satu.wilayah.kode_kini or satu.wilayah.kode,
        zipcode=None,
        lat=_kira(satu.lintang),
        long=_kira(satu.bujur),
        media_url=None,
    )


def _akhir(hari: datetime.date | None, zone: ZoneInfo) -> datetime.datetime | None:
    """The end of a day, up to which the promise holds."""
    return datetime.datetime.combine(hari, datetime.time(23, 59, 59), zone) if hari else None


def _kira(derajat: object) -> float | None:
    return None if derajat is None else round(float(str(derajat)), 3)


def _ke_atas(wilayah: Wilayah) -> list[Wilayah]:
    """The region and those above it, without the nation."""
    above: list[Wilayah] = []
    here: Wilayah | None = wilayah
    while here is not None and here.tingkat > Tingkat.NASIONAL:
        above.append(here)
        here = here.induk if here.tingkat > Tingkat.PROVINSI else None
    return above
