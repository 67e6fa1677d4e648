"""Timetables: the grid of a cohort, what clashes, and what looks odd."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, Sum
from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Orang, Penugasan
from kecamatan.models.wilayah import kode_leluhur
from kecamatan.queries.zona import aturan_zona, nama_zona
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.ics import Acara
from pelatihan.models import Angkatan, Kelas, Modul, Peserta, Sesi
from pelatihan.queries.terlatih import asal_pelatih


SEHALAMAN = 12
"""Classes side by side."""
MENIT_JP = 45
"""Minutes of a lesson hour [design]: what a timetable is compared with, never what it is counted by."""


def jam(sesi: Sesi) -> str:
    """ "18 Juni 2024 08.00–10.15 WIB", by the clock of its class."""
    mulai, selesai = (moment.astimezone(sesi.kelas.zona_waktu) for moment in (sesi.mulai, sesi.selesai))
    return f"{date_filter(mulai, 'j F Y H.i')}–{date_filter(selesai, 'H.i')} {sesi.kelas.zona}"


def find_bentrok(sesi: Sesi, pelatih: Collection[Orang]) -> dict[str, list[str]]:
    """What a session clashes with, by the field that would have to change: who, where and when.

    A class is in one place at a time, a trainer too, whichever class or cohort asks for them and whatever clock hangs
    there; and a room of a venue holds one class.
    """
    overlapping = Sesi.objects.filter(mulai__lt=sesi.selesai, selesai__gt=sesi.mulai).exclude(pk=sesi.pk)
    overlapping = overlapping.exclude(kelas__angkatan__status="batal").select_related("kelas__angkatan")
    found: dict[str, list[str]] = defaultdict(list)
    for satu in overlapping.filter(kelas=sesi.kelas):
        found["dari"].append(_("Kelas ini sudah mengikuti “%(judul)s”, %(jam)s.") % _words(satu))
    for satu in overlapping.filter(pelatih__in=pelatih).prefetch_related("pelatih").distinct():
        names = ", ".join(orang.nama_lengkap for orang in satu.pelatih.all() if orang in pelatih)
        text = _("%(nama)s sudah melatih “%(judul)s” di %(kelas)s (%(angkatan)s), %(jam)s.")
        found["pelatih"].append(text % {"nama": names, **_words(satu)})
    for satu in _same_room(sesi, overlapping.exclude(kelas=sesi.kelas)):
        text = _("Ruang ini sudah dipakai %(kelas)s untuk “%(judul)s”, %(jam)s.")
        found["ruang"].append(text % _words(satu))
    return dict(found)


def kunci_ruang(sesi: Sesi) -> tuple[int, str, str] | None:
    """Which room a session is in: its name at a venue, however it is written; without a name it is unknown (None)."""
    kelas = sesi.kelas
    return (kelas.wilayah_id, kelas.tempat.casefold(), sesi.ruang.casefold()) if sesi.ruang else None


def _same_room(sesi: Sesi, overlapping: Iterable[Sesi]) -> list[Sesi]:
    """Sessions in the same room; one that is unknown clashes with none."""
    room = kunci_ruang(sesi)
    return [satu for satu in overlapping if kunci_ruang(satu) == room] if room else []


def _words(sesi: Sesi) -> dict[str, str]:
    return {"judul": sesi.judul, "kelas": str(sesi.kelas), "angkatan": str(sesi.kelas.angkatan), "jam": jam(sesi)}


def calon_pelatih(kelas: Kelas) -> list[Orang]:
    """Whom the form of a session offers: those who passed the ToT that the cohort goes back to and work where the class
    is (a national ToT has graduates by the thousand; others are named by NIP), trainers of a kabupaten in the region of
    the class, above it or below, and whoever teaches in the cohort already. One query."""
    passed = Peserta.objects.filter(angkatan=kelas.angkatan.induk_id, status=Peserta.Status.LULUS)
    passed = passed.in_wilayah(asal_pelatih(kelas.wilayah))
    above = Q(wilayah__kode_kini__in=kode_leluhur(kelas.wilayah.kode))
    here = Penugasan.objects.in_force().filter(kelas.wilayah.q_below("wilayah__") | above, peran="pelatih_kabupaten")
    teaching = Sesi.pelatih.through.objects.filter(sesi__kelas__angkatan=kelas.angkatan_id)
    found = Q(pengguna__in=here.values("pengguna")) | Q(pk__in=teaching.values("orang"))
    if kelas.angkatan.induk_id:
        found |= Q(pk__in=passed.order_by().values("orang"))
    return list(Orang.objects.filter(found).order_by("nama", "pk"))


@dataclass(frozen=True)
class Kisi:
    """The timetable of a cohort.

    Attributes:
        halaman: a page of its classes: the columns.
        hari: its rows: a day, and for every class the sessions of that day by the clock of the class.
        peringatan: what looks odd in these classes and may still be meant.
    """

    halaman: Page[Kelas]
    hari: list[tuple[datetime.date, list[tuple[Kelas, list[Sesi]]]]]
    peringatan: list[str]

    @property
    def kelas(self) -> list[Kelas]:
        return list(self.halaman.object_list)


def kisi_jadwal(angkatan: Angkatan, halaman: int = 1) -> Kisi:
    """Days on which a class meets, and those of the cohort; six queries for any cohort."""
    sesi = Prefetch("sesi", Sesi.objects.select_related("modul").prefetch_related("pelatih"))
    found = angkatan.kelas.select_related("wilayah").prefetch_related(sesi).order_by("nama", "pk")
    page = Paginator(found, SEHALAMAN).get_page(halaman)
    kelas = list(page.object_list)
    cells: dict[tuple[datetime.date, int], list[Sesi]] = defaultdict(list)
    for satu in kelas:
        for one in satu.sesi.all():
            one.kelas = satu
            cells[one.hari, satu.pk].append(one)
    days = sorted({day for day, _pk in cells} | set(hari_angkatan(angkatan)))
    rows = [(day, [(satu, cells[day, satu.pk]) for satu in kelas]) for day in days]
    return Kisi(page, rows, peringatan_jadwal(angkatan, kelas))


def hari_angkatan(angkatan: Angkatan) -> list[datetime.date]:
    """Days of a cohort, the opening included; none where they are not fixed. At most sixty."""
    days = [angkatan.pembukaan] if angkatan.pembukaan else []
    if angkatan.mulai and angkatan.selesai:
        span = min((angkatan.selesai - angkatan.mulai).days, 60)
        days += [angkatan.mulai + datetime.timedelta(days=n) for n in range(span + 1)]
    return sorted(set(days))


def peringatan_jadwal(angkatan: Angkatan, kelas: Sequence[Kelas]) -> list[str]:
    """What looks odd: lesson hours that differ from the curriculum or do not fit the minutes, and a class that does not
    keep the clock of its region."""
    curriculum = {satu.pk: satu for satu in Modul.objects.filter(jenis=angkatan.program.jenis).exclude(jp=None)}
    rules = aturan_zona()
    return [text for satu in kelas for text in (*_clock(satu, rules), *_hours(satu, curriculum), *_minutes(satu))]


def _clock(kelas: Kelas, rules: Mapping[str, str]) -> list[str]:
    zona = nama_zona(rules, kelas.wilayah.kode)
    text = _("%(kelas)s memakai %(zona)s, padahal %(wilayah)s memakai %(lain)s.")
    words = {"kelas": kelas, "zona": kelas.zona, "wilayah": kelas.wilayah.nama_lengkap, "lain": zona}
    return [text % words] if zona != kelas.zona else []


def _hours(kelas: Kelas, curriculum: dict[str, Modul]) -> list[str]:
    """Only modules whose hours are known; a class without a timetable is not behind yet."""
    if not kelas.sesi.all():
        return []
    planned: dict[str | None, int] = defaultdict(int)
    for satu in kelas.sesi.all():
        planned[satu.modul_id] += satu.jp
    text = _("%(kelas)s: “%(modul)s” mendapat %(ada)s JP; kurikulumnya %(perlu)s JP.")
    return [
        text % {"kelas": kelas, "modul": modul, "ada": angka(planned[pk]), "perlu": angka(modul.jp or 0)}
        for pk, modul in curriculum.items()
        if planned[pk] != modul.jp
    ]


def _minutes(kelas: Kelas) -> list[str]:
    text = _("%(kelas)s: “%(judul)s” berlangsung %(menit)s menit; %(jp)s JP lamanya %(perlu)s menit.")
    found = []
    for satu in kelas.sesi.all():
        minutes = int((satu.selesai - satu.mulai).total_seconds() // 60)
        if satu.jp and minutes < satu.jp * MENIT_JP:
            words = {"menit": angka(minutes), "jp": angka(satu.jp), "perlu": angka(satu.jp * MENIT_JP)}
            found.append(text % {"kelas": kelas, "judul": satu, **words})
    return found


def jp_seluruh(kelas: Kelas) -> int:
    """Lesson hours of the timetable of a class."""
    return kelas.sesi.aggregate(n=Sum("jp"))["n"] or 0


def acara(kelas: Kelas) -> list[Acara]:
    """The sessions of a class for a calendar. Names of people stay out: the file leaves the portal."""
    host = settings.SITE_URL.partition("://")[2]
    return [
        Acara(
            uid=f"sesi-{satu.pk}@{host}", mulai=satu.mulai, selesai=satu.selesai, judul=satu.judul,
            tempat=", ".join(part for part in (satu.ruang, kelas.tempat or kelas.wilayah.nama_lengkap) if part),
            urutan=satu.versi, diubah=satu.diubah_pada,
        )
        for satu in kelas.sesi.all()
    ]  # fmt: skip


def sesi_buka(kelas: Kelas, at: datetime.datetime | None = None) -> list[Sesi]:
    """Sessions of a class whose attendance is taken at a moment, the one that began first in front."""
    now = at or timezone.now()
    return [satu for satu in kelas.sesi.select_related("kelas__angkatan") if satu.is_open(now)]
