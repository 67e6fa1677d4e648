"""What is missing in the cascade of a region, as sentences with a next step."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import kode_leluhur
from pelatihan.models import AngkaTerbit, JenisPelatihan, Kelas, Peserta, Sesi, StatusAngkatan
from pelatihan.queries.terlatih import HARI_AKTIF, USAI, asal_pelatih, melatih, pelatih, sasaran, sejak_aktif, terlatih


NAMA_TERBANYAK = 12
SEMUA = Window(Count("pk"))
"""How many there are, beside the first few of them."""
BERJALAN = (StatusAngkatan.BERLANGSUNG, *USAI)


@dataclass(frozen=True)
class Tanda:
    """Something missing: the sentence, what to do next, and where."""

    kalimat: str
    langkah: str
    url: str = ""


def daftar_tanda(wilayah: Wilayah) -> list[Tanda]:
    """Classes whose ToT trainers are not recorded, those of publications too; idle trainers; kecamatan uncovered."""
    return [*_kelas_tanpa_pelatih(wilayah), *_terbitan_tanpa_pelatih(wilayah), *_menganggur(wilayah), *_belum(wilayah)]


def _names(names: Iterable[str], n: int) -> str:
    """The first few of many names."""
    shown = list(names)[:NAMA_TERBANYAK]
    more = _(", dan %(n)s lainnya") % {"n": n - len(shown)} if n > len(shown) else ""
    return ", ".join(shown) + more


def _kelas_tanpa_pelatih(wilayah: Wilayah) -> list[Tanda]:
    graduates = Peserta.objects.filter(
        status=Peserta.Status.LULUS, angkatan__program__jenis=JenisPelatihan.TOT, orang=OuterRef("pelatih")
    )
    taught = Sesi.objects.filter(Exists(graduates), kelas=OuterRef("pk"))
    here = Peserta.objects.in_wilayah(wilayah).ikut().filter(kelas=OuterRef("pk"))
    rows = Kelas.objects.filter(
        ~Exists(taught), Exists(here) | wilayah.q_below("wilayah__"),
        angkatan__program__jenis=JenisPelatihan.APARATUR, angkatan__status__in=BERJALAN,
    ).select_related("angkatan").order_by("-angkatan", "nama")  # fmt: skip
    return [
        Tanda(
            _("%(angkatan)s, %(kelas)s: pelatih ToT-nya belum tercatat.") % {"angkatan": satu.angkatan, "kelas": satu},
            _("Penyelenggara mengisi pelatih setiap sesi pada jadwal kelas."),
            satu.get_absolute_url(),
        )
        for satu in rows[:NAMA_TERBANYAK]
    ]


def _terbitan_tanpa_pelatih(wilayah: Wilayah) -> list[Tanda]:
    """Cohorts of which only publications are known (Kalimantan Selatan 2024): no publication names who taught there."""
    below = wilayah.q_below("wilayah__") | Q(wilayah__kode_kini__in=kode_leluhur(wilayah.kode)[1:])
    rows = AngkaTerbit.objects.filter(
        below, pelatih_tercatat=False, angkatan__program__jenis=JenisPelatihan.APARATUR
    ).select_related("angkatan", "wilayah").order_by("angkatan", "wilayah__kode")  # fmt: skip
    found = []
    for satu in rows[:NAMA_TERBANYAK]:
        words = {"angkatan": satu.angkatan, "di": satu.wilayah.nama_lengkap if satu.wilayah else ""}
        told = _("%(angkatan)s di %(di)s: pelatihnya tidak tercatat dalam terbitan.") % words
        step = _("Yang menyelenggarakannya mencatat kelas dan pelatihnya bila datanya ada.")
        found.append(Tanda(f"{told} {satu.catatan}".strip(), step))
    return found


def _menganggur(wilayah: Wilayah) -> list[Tanda]:
    """Trainers who passed more than so many days ago and taught nothing since."""
    since = sejak_aktif()
    long_ago = Q(angkatan__selesai=None) | Q(angkatan__selesai__lt=timezone.localdate(since))
    rows = pelatih().in_wilayah(asal_pelatih(wilayah)).filter(long_ago, ~melatih(since)).select_related("orang")
    first = rows.order_by("wilayah__kode", "orang__nama").annotate(semua=SEMUA)[:NAMA_TERBANYAK]
    known = list(first)
    if not known:
        return []
    n = known[0].semua
    words = {"n": n, "hari": HARI_AKTIF, "nama": _names((satu.orang.nama_lengkap for satu in known), n)}
    told = _("%(n)s pelatih belum melatih lebih dari %(hari)s hari: %(nama)s.") % words
    return [Tanda(told, _("Tugaskan mereka pada sesi kelas berikutnya, atau catat kelas yang sudah mereka ajar."))]


def _belum(wilayah: Wilayah) -> list[Tanda]:
    goal, _is_lokus = sasaran(wilayah)
    reached = terlatih().in_wilayah(wilayah).values(kode8=Left("wilayah__kode_kini", 8))
    known = list(goal.exclude(kode__in=reached).order_by("kode").annotate(semua=SEMUA)[:NAMA_TERBANYAK])
    if not known:
        return []
    n = known[0].semua
    words = {"n": n, "nama": _names((satu.nama_lengkap for satu in known), n)}
    told = _("%(n)s kecamatan belum memiliki aparatur terlatih: %(nama)s.") % words
    step = _("Masukkan ke wilayah sasaran angkatan aparatur berikutnya.")
    return [Tanda(told, step, reverse("pelatihan:pelatihan", args=[wilayah.kode]))]
