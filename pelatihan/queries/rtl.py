"""Plans for after the training: as plain actions for whoever takes them over, and as figures of a region."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, PesanKeluar, Wilayah
from layanan_dasar.models import Indikator
from p3pd_portal.lib.angka import ratio
from pelatihan.models import Angkatan, PemantauanRtl, Peserta, Rtl, StatusAngkatan
from pelatihan.queries.tautan import token_tautan


SEHALAMAN = 25
DIHUBUNGI = 20
"""People to be asked by hand that one page shows."""


@dataclass(frozen=True)
class TindakanRtl:
    """A plan as an action that needs nothing else of this app to be read.

    Attributes:
        pj: who answers for it, in words.
        status: a value of `Rtl.Status`.
        url: path of the page where those who run the cohort see it.
    """

    pk: int
    judul: str
    kode_indikator: str
    desa: Wilayah
    tenggat: datetime.date
    pj: str
    status: str
    url: str


def tindakan_rtl(wilayah: Wilayah) -> Iterator[TindakanRtl]:
    """All plans for desa of a region that were not called off, by due day. One query."""
    rows = Rtl.objects.berlaku().in_wilayah(wilayah).select_related("desa", "peserta__angkatan__program__wilayah")
    for satu in rows:
        angkatan = satu.peserta.angkatan
        url = reverse("pelatihan:rtl", args=[angkatan.program.wilayah.kode, angkatan.pk])
        fields = (satu.kode_indikator, satu.desa, satu.tenggat, satu.penanggung_jawab, satu.status)
        yield TindakanRtl(satu.pk, satu.kegiatan, *fields, url)


@dataclass(frozen=True)
class KemajuanRtl:
    """How the plans for desa of a region go; those called off are not counted.

    Attributes:
        terverifikasi: of those that are done, the ones whose evidence somebody accepted.
        terlambat: not done, and past the day they were to be.
    """

    n: int
    selesai: int
    terverifikasi: int
    terlambat: int

    @property
    def bagian(self) -> Decimal | None:
        """Σ done / Σ plans; None where nobody planned anything."""
        return ratio(self.selesai, self.n)


def _count(found: "Iterable[Rtl]", pada: datetime.date) -> KemajuanRtl:
    accepted = PemantauanRtl.objects.filter(rtl=OuterRef("pk"), keadaan="selesai", hasil="diterima")
    counts = found.annotate(terbukti=Exists(accepted)).aggregate(  # type: ignore[attr-defined]
        n=Count("pk"),
        selesai=Count("pk", filter=Q(status="selesai")),
        terverifikasi=Count("pk", filter=Q(status="selesai", terbukti=True)),
        terlambat=Count("pk", filter=~Q(status="selesai") & Q(tenggat__lt=pada)),
    )
    return KemajuanRtl(**counts)


def kemajuan_rtl(wilayah: Wilayah) -> KemajuanRtl:
    """Of all cohorts together. One query for any region."""
    return _count(Rtl.objects.berlaku().in_wilayah(wilayah), timezone.localdate())


def kemajuan_angkatan(angkatan: Angkatan) -> KemajuanRtl:
    return _count(Rtl.objects.berlaku().filter(peserta__angkatan=angkatan), timezone.localdate())


def punya_rtl(*angkatan: Angkatan, hanya: Collection[int] | None = None) -> set[int]:
    """Participants of one or more cohorts, or of some of these, with a plan that was not called off."""
    found = Rtl.objects.berlaku().filter(peserta__angkatan__in=angkatan).order_by()
    found = found if hanya is None else found.filter(peserta__in=hanya)
    return set(found.values_list("peserta", flat=True))


def nama_indikator(rows: Iterable[Rtl]) -> dict[str, str]:
    """Names of the indicators of plans, by code; a code that the catalogue no longer has is missing."""
    codes = {satu.kode_indikator for satu in rows}
    return dict(Indikator.objects.filter(kode__in=codes).values_list("kode", "nama"))


DITULIS = (StatusAngkatan.BERLANGSUNG, StatusAngkatan.EVALUASI, StatusAngkatan.SELESAI)


def rtl_ditulis(peserta: Peserta) -> bool:
    """Whether plans are written now: from the first day of the training until its cohort is closed."""
    return peserta.angkatan.status in DITULIS and peserta.status != Peserta.Status.MENGUNDURKAN_DIRI


@dataclass(frozen=True)
class BarisRtl:
    """A plan on a page.

    Attributes:
        indikator: the indicator's name, or its code where the catalogue no longer has it.
        pemantauan: in order of time, each with `ada_bukti`.
        terbuka: the next one its participant can tell something of, None where there is none.
    """

    rtl: Rtl
    indikator: str
    terlambat: bool
    pemantauan: list[PemantauanRtl]
    terbuka: PemantauanRtl | None

    @property
    def dapat_diubah(self) -> bool:
        """Whether nothing was told of it yet."""
        return self.rtl.status != Rtl.Status.BATAL and not any(satu.diisi_pada for satu in self.pemantauan)


def _open(pemantauan: list[PemantauanRtl], pada: datetime.date) -> PemantauanRtl | None:
    """What was returned; otherwise the latest whose time has come, if nothing was told of it."""
    returned = [satu for satu in pemantauan if satu.hasil == PemantauanRtl.Hasil.DIKEMBALIKAN]
    started = [satu for satu in pemantauan if satu.is_started(pada)]
    if returned:
        return returned[-1]
    return started[-1] if started and started[-1].diisi_pada is None else None


def _rows(found: Iterable[Rtl]) -> list[BarisRtl]:
    plans, pada = list(found), timezone.localdate()
    names = nama_indikator(plans)
    by_plan: dict[int, list[PemantauanRtl]] = {satu.pk: [] for satu in plans}
    told = PemantauanRtl.objects.filter(rtl__in=plans).annotate(ada_bukti=Q(bukti__isnull=False))
    for satu in told.select_related("verifikator__orang").order_by("tonggak"):
        by_plan[satu.rtl_id].append(satu)
    return [
        BarisRtl(
            rtl=satu,
            indikator=names.get(satu.kode_indikator, satu.kode_indikator),
            terlambat=satu.is_late(pada),
            pemantauan=by_plan[satu.pk],
            terbuka=None if satu.status == Rtl.Status.BATAL else _open(by_plan[satu.pk], pada),
        )
        for satu in plans
    ]


def rtl_of(peserta: Peserta) -> list[BarisRtl]:
    """A participant's own plans. Three queries."""
    return _rows(peserta.rtl.select_related("desa"))


def daftar_rtl(angkatan: Angkatan, halaman: int) -> tuple[Page[Rtl], list[BarisRtl]]:
    """A page of the plans of a cohort, by participant. Four queries for any cohort."""
    rows = Rtl.objects.filter(peserta__angkatan=angkatan).select_related("desa", "peserta__orang", "peserta__wilayah")
    ordered = rows.order_by("peserta__wilayah__kode", "peserta__orang__nama", "tenggat", "pk")
    page = Paginator(ordered, SEHALAMAN).get_page(halaman)
    return page, _rows(page.object_list)


def url_tautan(peserta: Peserta) -> str:
    """The signed link of a participant, as a mail or a message carries it."""
    return settings.SITE_URL + reverse("pelatihan:ikut_tautan", args=[token_tautan(peserta)])


def konteks_pantau(pesan: PesanKeluar) -> dict[str, str | int]:
    """What a mail that asks says at the moment it is sent (settings.SUREL_KONTEKS).

    Raises:
        Peserta.DoesNotExist: somebody removed the participation meanwhile.
    """
    peserta = Peserta.objects.select_related("angkatan").get(pk=pesan.konteks["peserta"])
    return {
        "angkatan": str(peserta.angkatan),
        "n": Rtl.objects.open().filter(peserta=peserta).count(),
        "url": url_tautan(peserta),
    }


@dataclass(frozen=True)
class PerluDihubungi:
    """A participant whose plans are due and to whom no mail can be sent.

    Attributes:
        teks: a message to copy into WhatsApp, with the signed link in it.
    """

    peserta: Peserta
    n: int
    teks: str


def perlu_dihubungi(angkatan: Angkatan) -> tuple[list[PerluDihubungi], int]:
    """Whom the organiser asks by hand: people without an account, the first DIHUBUNGI of them, and how many there are.
    Whoever was asked leaves the list. Three queries for any cohort."""
    due = PemantauanRtl.objects.due(timezone.localdate()).filter(rtl__peserta__angkatan=angkatan)
    accounts = Pengguna.objects.filter(is_active=True, orang=OuterRef("orang"))
    waiting = angkatan.peserta.filter(~Exists(accounts), pk__in=due.order_by().values("rtl__peserta"))
    people = list(waiting.select_related("orang", "wilayah")[:DIHUBUNGI])
    mine = due.filter(rtl__peserta__in=people).order_by().values_list("rtl__peserta")
    counts: dict[int, int] = dict(mine.annotate(n=Count("rtl", distinct=True)))
    return [PerluDihubungi(satu, counts[satu.pk], _message(satu, angkatan)) for satu in people], waiting.count()


def _message(peserta: Peserta, angkatan: Angkatan) -> str:
    words = {"nama": peserta.orang.nama_lengkap, "angkatan": angkatan, "url": url_tautan(peserta)}
    text = _("Yth. %(nama)s, mohon ceritakan perkembangan rencana tindak lanjut Anda dari %(angkatan)s. "
             "Buka tautan pribadi ini, tanpa kata sandi: %(url)s")  # fmt: skip
    return text % words
