"""People with accounts, as those who give accounts see them, and the roles as everybody sees them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from kecamatan.models import Pengguna, Penugasan, Tingkat, Wilayah
from kecamatan.models.pengguna import PenggunaQuerySet, PenugasanQuerySet
from kecamatan.permissions import PERAN, Izin, Peran


PER_HALAMAN = 50
STATUS = {
    "": "semua",
    "aktif": "bertugas",
    "berakhir": "penugasan berakhir",
    "menunggu": "menunggu undangan diterima",
    "nonaktif": "akun dinonaktifkan",
}


@dataclass(frozen=True)
class Saring:
    """What to look for: words of a name, position or NIP; a role; a region and those below; one of STATUS."""

    kata: str = ""
    peran: str = ""
    wilayah: Wilayah | None = None
    status: str = ""


@dataclass(frozen=True)
class BarisOrang:
    """An account with its work inside the regions of whoever asks."""

    pengguna: Pengguna
    tugas: list[Penugasan] = field(default_factory=list)


def daftar_orang(user: Pengguna, saring: Saring, halaman: int = 1) -> tuple[list[BarisOrang], Page[Pengguna]]:
    """A page of the people to whom `user` gives work, by name. Two queries, however many there are."""
    scope = user.q_scope("wilayah__", Izin.KELOLA_AKUN)
    found = Pengguna.objects.get_queryset().filter(Exists(_matching(saring).filter(scope, pengguna=OuterRef("pk"))))
    found = _with_status(found, saring.status)
    for kata in saring.kata.split()[:8]:
        digits = kata.isascii() and kata.isdigit()
        found = found.filter(
            Q(orang__nama__icontains=kata)
            | Q(orang__jabatan__icontains=kata)
            | (Q(orang__nip__startswith=kata) if digits else Q(pk__in=[]))
        )
    page = Paginator(found.select_related("orang").order_by("orang__nama", "pk"), PER_HALAMAN).get_page(halaman)
    work = defaultdict(list)
    for penugasan in _newest(Penugasan.objects.filter(scope, pengguna__in=[satu.pk for satu in page])):
        work[penugasan.pengguna_id].append(penugasan)
    return [BarisOrang(satu, work[satu.pk]) for satu in page], page


def _matching(saring: Saring) -> PenugasanQuerySet:
    tugas = Penugasan.objects.all()
    if saring.peran:
        tugas = tugas.filter(peran=saring.peran)
    if saring.wilayah:
        tugas = tugas.filter(saring.wilayah.q_below("wilayah__"))
    if saring.status == "aktif":
        tugas = tugas.in_force()
    return tugas


def _with_status(found: PenggunaQuerySet, status: str) -> PenggunaQuerySet:
    if status == "nonaktif":
        return found.filter(is_active=False)
    if status in ("aktif", "menunggu", "berakhir"):
        found = found.filter(is_active=True)
    if status == "menunggu":
        return found.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login__isnull=True)
    if status == "berakhir":
        return found.exclude(Exists(Penugasan.objects.not_over().filter(pengguna=OuterRef("pk"))))
    return found


def _newest(tugas: PenugasanQuerySet) -> PenugasanQuerySet:
    return tugas.select_related("wilayah").with_kode_desa().order_by("-mulai", "-pk")


@dataclass(frozen=True)
class Riwayat:
    """An assignment, whether the asker may end it, and who else held the same work, newest first."""

    penugasan: Penugasan
    boleh_akhiri: bool
    pemegang_lain: list[Penugasan]


@dataclass(frozen=True)
class RincianOrang:
    """A person's page.

    Attributes:
        boleh_kelola: whether the asker may change the account.
        lihat_kontak: whether contact fields are shown: the person works for the asker's region today or will.
        di_luar: whether there is work outside the asker's regions, which is not listed.
    """

    pengguna: Pengguna
    riwayat: list[Riwayat]
    boleh_kelola: bool
    lihat_kontak: bool
    di_luar: bool


def rincian_orang(user: Pengguna, pengguna: Pengguna) -> RincianOrang:
    """Everything `user` may see of an account that is visible to them."""
    scope = user.q_scope("wilayah__", Izin.KELOLA_AKUN)
    tugas = list(_newest(pengguna.penugasan.filter(scope)))
    holders = defaultdict(list)
    same = Q(pk__in=[])
    for satu in tugas:
        same |= Q(peran=satu.peran, wilayah=satu.wilayah)
    for lain in _newest(Penugasan.objects.filter(same)).select_related("wilayah", "pengguna__orang"):
        holders[lain.peran, lain.wilayah_id].append(lain)
    return RincianOrang(
        pengguna,
        [
            Riwayat(
                satu,
                not satu.is_over and user.pk != pengguna.pk and user.may_assign(satu.peran, satu.wilayah),
                [lain for lain in holders[satu.peran, satu.wilayah_id] if lain.pengguna_id != pengguna.pk],
            )
            for satu in tugas
        ],
        user.may_manage(pengguna),
        any(not satu.is_over for satu in tugas),
        pengguna.penugasan.exclude(scope).exists(),
    )


@dataclass(frozen=True)
class BarisPeran:
    """A role for the page of roles: where it is given, and what it may do."""

    peran: Peran
    tingkat: str
    izin: list[str]


def daftar_peran() -> list[BarisPeran]:
    """All roles, in the order of the table in permissions.py."""
    return [
        BarisPeran(
            peran,
            ", ".join(Tingkat(satu).label for satu in sorted(peran.tingkat))
            + (" atau daftar desa" if peran.daftar_desa else ""),
            [str(izin.label) for izin in Izin if izin in peran.izin],
        )
        for peran in PERAN.values()
    ]
