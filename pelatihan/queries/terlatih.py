"""Which kecamatan have trained staff, and who trains them: the words in which the cascade, the matrix and the region
pages count."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left
from django.utils import timezone

from kecamatan.models import Lokus, Penugasan, Tingkat, Wilayah
from kecamatan.models.wilayah import WilayahQuerySet
from pelatihan.models import JenisPelatihan, Peserta, Sesi, StatusAngkatan
from pelatihan.models.peserta import PesertaQuerySet
from pelatihan.models.presensi import HADIR, Presensi


HARI_AKTIF = 90
"""A trainer is active who taught in so many days, and idle who did not [design]."""
USAI = (StatusAngkatan.EVALUASI, StatusAngkatan.SELESAI, StatusAngkatan.DITUTUP)
"""Cohorts whose classes are over."""
BELUM_DIPUTUSKAN = (Peserta.Status.TERDAFTAR, Peserta.Status.DIKONFIRMASI)
KODE_KECAMATAN = Left("wilayah__kode_kini", 8)
JABATAN = {"camat": "camat", "sekcam": "sekcam", "upt-kesehatan": "upt_kesehatan", "upt-pendidikan": "upt_pendidikan"}
"""Offices of a kecamatan that are trained, with the role in which whoever holds them works here."""
LABEL = dict(zip(JABATAN, ("camat", "sekcam", "UPT kesehatan", "UPT pendidikan"), strict=True))


def asal_pelatih(wilayah: Wilayah) -> Wilayah:
    """Where the trainers of a region work: there; those of a kecamatan in its kabupaten. To ask with, not to show."""
    return Wilayah(kode=wilayah.kode[:5]) if wilayah.tingkat > Tingkat.KABUPATEN else wilayah


def sejak_aktif() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=HARI_AKTIF)


def terlatih() -> PesertaQuerySet:
    """Trained staff of kecamatan: passed; or was there, the classes are over, and it is not decided yet."""
    there = Exists(Presensi.objects.filter(peserta=OuterRef("pk"), status__in=HADIR))
    attended = Q(there, status__in=BELUM_DIPUTUSKAN, angkatan__status__in=USAI)
    found = Peserta.objects.filter(Q(status=Peserta.Status.LULUS) | attended)
    return found.filter(angkatan__program__jenis=JenisPelatihan.APARATUR, wilayah__tingkat__gte=Tingkat.KECAMATAN)


def pelatih() -> PesertaQuerySet:
    """Trainers, each once however often they passed a ToT: by the latest, which says where they work."""
    passed = Peserta.objects.filter(status=Peserta.Status.LULUS, angkatan__program__jenis=JenisPelatihan.TOT)
    latest = passed.order_by("orang", F("angkatan__selesai").desc(nulls_last=True), "-pk").distinct("orang")
    return Peserta.objects.filter(pk__in=latest.values("pk"))


def melatih(since: datetime.datetime | None = None) -> Exists:
    """Whether a trainer (`orang`) taught a session that has begun, ever or since a moment."""
    taught = Sesi.objects.filter(pelatih=OuterRef("orang"), mulai__lte=timezone.now())
    return Exists(taught.filter(mulai__gte=since) if since else taught)


def sasaran(wilayah: Wilayah) -> tuple[WilayahQuerySet, bool]:
    """The kecamatan of a region that training is to reach: those that a decree chose as lokus, where the list of them
    is loaded (all of a chosen kabupaten of which it names none); otherwise all.

    Returns:
        The kecamatan, and whether they are those of the list.
    """
    every = Wilayah.objects.in_force().filter(tingkat=Tingkat.KECAMATAN).in_wilayah(wilayah)
    chosen = Lokus.objects.filter(wilayah__contoh=wilayah.contoh)
    if not chosen.exists():
        return every, False
    codes = set(chosen.values_list("wilayah__kode_kini", flat=True))
    whole = {kode for kode in codes if kode and len(kode) == 5} - {
        kode[:5] for kode in codes if kode and len(kode) == 8
    }
    return every.filter(Q(kode__in=codes) | Q(kode_induk__in=whole)), True


@dataclass(frozen=True)
class RingkasPelatihan:
    """Training in short, for everybody.

    Attributes:
        jabatan: (office, kecamatan in which it is trained), in the order of JABATAN.
        dari: kecamatan of the region.
        pelatih: trainers of the region; of a kecamatan those of its kabupaten.
    """

    jabatan: list[tuple[str, int]]
    dari: int
    pelatih: int

    @property
    def ada(self) -> bool:
        return bool(self.pelatih or any(n for _, n in self.jabatan))


def ringkas_pelatihan(wilayah: Wilayah) -> RingkasPelatihan:
    """One query. `wilayah` is a kecamatan or larger."""
    found = terlatih().in_wilayah(wilayah).filter(unsur__in=JABATAN).order_by().values("unsur")
    counts: QuerySet[Peserta, tuple[str, int]] = found.annotate(n=Count(KODE_KECAMATAN, distinct=True)).values_list(
        "unsur", "n"
    )
    trainers = pelatih().in_wilayah(asal_pelatih(wilayah)).order_by().values(apa=Value("pelatih"))
    rows = dict(counts.union(trainers.annotate(n=Count("pk")).values_list("apa", "n"), all=True))
    dari = 1 if wilayah.tingkat == Tingkat.KECAMATAN else wilayah.jumlah_kecamatan
    return RingkasPelatihan([(LABEL[kode], rows.get(kode, 0)) for kode in JABATAN], dari, rows.get("pelatih", 0))


@dataclass(frozen=True)
class JabatanKecamatan:
    """An office of one kecamatan, as those who work there see it.

    Attributes:
        keadaan: "terlatih", "belum" or "tidak diketahui": of whoever holds it, not of who held it before.
        pernah: whether somebody of this office was trained.
    """

    label: str
    keadaan: str
    pernah: bool


def jabatan_kecamatan(wilayah: Wilayah) -> list[JabatanKecamatan]:
    """The offices of a kecamatan, two queries; of several who hold one (puskesmas), a trained one first."""
    trained = terlatih().filter(orang=OuterRef("pengguna__orang"))
    holders = Penugasan.objects.in_force().filter(wilayah=wilayah, peran__in=JABATAN.values())
    rows = holders.annotate(terlatih=Exists(trained)).order_by("terlatih", "-pk")
    by_role = {satu.peran: satu for satu in rows}
    before = set(terlatih().in_wilayah(wilayah).values_list("unsur", flat=True))
    found = []
    for kode, peran in JABATAN.items():
        holder = by_role.get(peran)
        keadaan = "tidak diketahui" if holder is None else "terlatih" if holder.terlatih else "belum"
        found.append(JabatanKecamatan(LABEL[kode], keadaan, kode in before))
    return found
