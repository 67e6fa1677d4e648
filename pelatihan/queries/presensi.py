"""Who was there: the list of a session, the codes on its screen, and what each participant attended."""

import datetime
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from p3pd_portal.lib import presensi as kode_presensi
from p3pd_portal.lib.presensi import hadir_persen
from p3pd_portal.lib.qr import Qr, qr
from pelatihan.models import Angkatan, Kelas, LembarHadir, Peserta, Presensi, Sesi
from pelatihan.models.presensi import HADIR


TIKET_BERLAKU = 60
"""Seconds between opening the address of a code and the tap "Saya hadir": time for a slow network, not for a friend."""
_GARAM = "pelatihan.presensi"


def kehadiran(*angkatan: Angkatan, hanya: Collection[int] | None = None) -> dict[int, Decimal | None]:
    """Share of the lesson hours that each participant attended, in percent; None without a class or lesson hours.

    Two queries for one cohort or several. The whole is the timetable of the participant's class of today; hours of a
    class left before count too.

    Args:
        hanya: keys of the participants that are asked for; None for all of them.
    """
    kelas = Kelas.objects.filter(angkatan__in=angkatan).order_by()
    hours = dict(kelas.values_list("pk").annotate(n=Sum("sesi__jp", default=0)))
    attended = Sum("presensi__sesi__jp", filter=Q(presensi__status__in=HADIR), default=0)
    people = Peserta.objects.filter(angkatan__in=angkatan).order_by()
    people = people if hanya is None else people.filter(pk__in=hanya)
    rows = people.annotate(jp=attended).values_list("pk", "kelas", "jp")
    return {pk: hadir_persen(jp, hours.get(own, 0)) for pk, own, jp in rows}


@dataclass(frozen=True)
class BarisPresensi:
    """A participant on the list of a session; `presensi` is None while nothing is recorded."""

    peserta: Peserta
    presensi: Presensi | None


@dataclass(frozen=True)
class DaftarPresensi:
    """The list of a session.

    Attributes:
        baris: by name; those who did not withdraw, and whoever has a record.
        jumlah: how many of each status, of every status.
        lembar: scans of the signed list of its day.
    """

    baris: list[BarisPresensi]
    jumlah: dict[str, int]
    lembar: list[LembarHadir]

    @property
    def n_hadir(self) -> int:
        return sum(self.jumlah[status] for status in HADIR)


def daftar_presensi(sesi: Sesi) -> DaftarPresensi:
    """Three queries for any session."""
    known = {satu.peserta_id: satu for satu in sesi.presensi.select_related("oleh__orang")}
    mine = Peserta.objects.ikut().filter(kelas=sesi.kelas_id) | Peserta.objects.filter(pk__in=known)
    people = mine.select_related("orang", "unsur", "wilayah").order_by("orang__nama", "pk")
    count = dict.fromkeys(map(str, Presensi.Status.values), 0)
    for satu in known.values():
        count[satu.status] += 1
    lembar = LembarHadir.objects.defer("isi").filter(kelas=sesi.kelas_id, hari=sesi.hari)
    return DaftarPresensi([BarisPresensi(satu, known.get(satu.pk)) for satu in people], count, list(lembar))


@dataclass(frozen=True)
class Layar:
    """What the screen of a class shows.

    Attributes:
        qr, kode: the code of this half minute; None outside the time of the session.
        n_hadir, n_peserta: who is there, of how many.
    """

    qr: Qr | None
    kode: str
    n_hadir: int
    n_peserta: int


def layar(sesi: Sesi) -> Layar:
    """The screen at this moment."""
    count = Count("pk", filter=Q(presensi__sesi=sesi, presensi__status__in=HADIR), distinct=True)
    n = Peserta.objects.ikut().filter(kelas=sesi.kelas_id).aggregate(hadir=count, semua=Count("pk", distinct=True))
    if sesi.kelas.angkatan.is_closed or not sesi.is_open(timezone.now()):
        return Layar(None, "", n["hadir"], n["semua"])
    now, kunci = time.time(), bytes(sesi.kunci)
    return Layar(qr(alamat_qr(sesi, now)), kode_presensi.kode(kunci, now), n["hadir"], n["semua"])


def alamat_qr(sesi: Sesi, detik: float) -> str:
    """The full address inside the QR code of a moment."""
    token = kode_presensi.token(bytes(sesi.kunci), detik)
    return settings.SITE_URL + reverse("pelatihan:ikut_pindai", args=[sesi.pk, token])


def sesi_of_token(pk: int, token: str) -> Sesi | None:
    """The session whose code was scanned; None for a code that is too old, not shown yet, or not its own."""
    sesi = Sesi.objects.select_related("kelas__angkatan", "kelas__wilayah").filter(pk=pk).first()
    if sesi is None or not kode_presensi.is_token(bytes(sesi.kunci), token, time.time()):
        return None
    return sesi


def sesi_of_kode(sesi: list[Sesi], kode: str) -> Sesi | None:
    """Which of the sessions that are open shows these six digits."""
    return next((satu for satu in sesi if kode_presensi.is_kode(bytes(satu.kunci), kode, time.time())), None)


def tiket(peserta: Peserta, sesi: int) -> str:
    """What the page behind a fresh code carries: who opened it, of which session, and, signed by us, when."""
    return signing.dumps([peserta.pk, sesi], salt=_GARAM)


def peserta_of_tiket(text: str, sesi: int) -> int | None:
    """Who opened the page behind a code of this session within the last minute."""
    try:
        pk, opened = signing.loads(text, salt=_GARAM, max_age=TIKET_BERLAKU)
    except signing.BadSignature:
        return None
    return int(pk) if opened == sesi else None


def presensi_peserta(peserta: Peserta) -> list[tuple[Sesi, Presensi | None]]:
    """The timetable of a participant's class, with what was recorded."""
    if peserta.kelas is None:
        return []
    known: Mapping[int, Presensi] = {satu.sesi_id: satu for satu in peserta.presensi.all()}
    return [(satu, known.get(satu.pk)) for satu in peserta.kelas.sesi.select_related("kelas")]


def hari_kelas(kelas: Kelas, hari: datetime.date) -> list[Sesi]:
    """Sessions of a class on a day by its own clock."""
    return [satu for satu in kelas.sesi.select_related("kelas") if satu.hari == hari]
