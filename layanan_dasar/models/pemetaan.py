"""Which basic service a kegiatan of the village budget serves, where and when."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from kecamatan.models import Bidang, Pengguna, Wilayah
from kecamatan.triggers import Catat
from layanan_dasar.models.belanja import KEGIATAN_POLA, TAHUN_AKHIR, TAHUN_AWAL


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Kelas(models.TextChoices):
    """How a kegiatan counts as basic service: inti in the core share, terkait in the extended one only."""

    INTI = "I", "inti"
    TERKAIT = "T", "terkait"


class Tag(models.TextChoices):
    """Themes of the Dana Desa rules and of later reports; apart from the service, and several may hold."""

    K30 = "k30", "bagian 30 persen: penghasilan tetap, tunjangan, dan BPD"
    BLT = "blt", "BLT Desa"
    KETAHANAN_PANGAN = "ketahanan_pangan", "ketahanan pangan"
    STUNTING = "stunting", "pencegahan stunting"
    OPERASIONAL_DD = "operasional_dd", "operasional pemerintah desa dari Dana Desa"
    PKTD = "pktd", "padat karya tunai desa"
    IKLIM_BENCANA = "iklim_bencana", "iklim dan bencana"
    DIGITAL = "digital", "desa digital"
    KDMP = "kdmp", "Koperasi Desa Merah Putih"
    DISABILITAS = "disabilitas", "disabilitas"
    GENDER = "gender", "gender"


class PemetaanKegiatanQuerySet(models.QuerySet["PemetaanKegiatan"]):
    def approved(self) -> Self:
        """What counts: national mappings, and those a kabupaten approved."""
        return self.exclude(status=PemetaanKegiatan.Status.USULAN)

    def at(self, tahun: int) -> Self:
        return self.filter(Q(tahun_sampai__isnull=True) | Q(tahun_sampai__gte=tahun), tahun_dari__lte=tahun)

    def visible_to(self, user: "Pengguna | AnonymousUser") -> Self:
        """National ones are everybody's; those of a kabupaten belong to the people who work there."""
        if not user.is_authenticated:
            return self.filter(kabupaten=None).approved()
        return self.filter(Q(kabupaten=None) | user.q_scope("kabupaten__"))


class RentangTahun(Func):
    """The years of a mapping, both ends included; without an end for ever."""

    function = "int4range"
    output_field = IntegerRangeField()


class PemetaanKegiatan(models.Model):
    """A kegiatan, the one basic service it serves (none: it is no basic service), and its themes.

    Codes 90–99 mean different things in different kabupaten, so a mapping may belong to one kabupaten and then goes
    before the national one of the same year. A kegiatan may count as `kelas` under a condition only (05.03.00: BLT
    from Dana Desa); otherwise it counts as `kelas_lain`. A proposal never counts until somebody approved it.
    """

    class Status(models.TextChoices):
        RESMI = "resmi", "nasional"
        KABUPATEN = "kabupaten", "disetujui kabupaten"
        USULAN = "usulan", "usulan, belum dihitung"

    SYARAT = ("syarat_sumber_dana", "syarat_rekening", "syarat_output", "kelas_lain")
    """Fields of the condition."""

    kode_kegiatan = models.CharField("kode kegiatan", max_length=8)
    nama = models.CharField("nama kegiatan di daerah", max_length=250, blank=True)
    kabupaten = models.ForeignKey(
        Wilayah, models.PROTECT, null=True, blank=True, related_name="pemetaan_kegiatan", verbose_name="kabupaten/kota"
    )
    tahun_dari = models.PositiveSmallIntegerField("sejak tahun", default=TAHUN_AWAL)
    tahun_sampai = models.PositiveSmallIntegerField("sampai tahun", null=True, blank=True)
    bidang = models.ForeignKey(Bidang, models.PROTECT, null=True, blank=True, related_name="pemetaan_kegiatan")
    kelas = models.CharField(max_length=1, choices=Kelas.choices, blank=True)
    syarat_sumber_dana = models.CharField("hanya sumber dana", max_length=20, blank=True)
    syarat_rekening = models.CharField("hanya awalan rekening", max_length=8, blank=True)
    syarat_output = models.CharField("atau kode keluaran", max_length=6, blank=True)
    kelas_lain = models.CharField("kelas bila syarat tidak terpenuhi", max_length=1, choices=Kelas.choices, blank=True)
    tag = ArrayField(models.CharField(max_length=20, choices=Tag.choices), default=list, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices)
    alasan = models.CharField("alasan usulan", max_length=200, blank=True)
    disetujui_oleh = models.ForeignKey(Pengguna, models.PROTECT, null=True, blank=True, related_name="+")
    disetujui_pada = models.DateTimeField("disetujui pada", null=True, blank=True)

    objects = PemetaanKegiatanQuerySet.as_manager()

    class Meta:
        verbose_name = "pemetaan kegiatan"
        verbose_name_plural = "pemetaan kegiatan"
        ordering = ["kode_kegiatan", "tahun_dari"]
        triggers = [Catat(wilayah="kabupaten")]
        constraints = [
            models.CheckConstraint(condition=Q(kode_kegiatan__regex=KEGIATAN_POLA), name="pemetaan_kode_berpola"),
            models.CheckConstraint(
                condition=Q(bidang__isnull=True, kelas="") | (Q(bidang__isnull=False) & ~Q(kelas="")),
                name="pemetaan_bidang_dan_kelas_bersama",
                violation_error_message="Pilih bidang dan kelas bersama, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(tahun_dari__gte=TAHUN_AWAL)
                & (Q(tahun_sampai__isnull=True) | Q(tahun_sampai__gte=F("tahun_dari"), tahun_sampai__lte=TAHUN_AKHIR)),
                name="pemetaan_tahun_urut",
                violation_error_message="Tahun akhir mendahului tahun awal. Betulkan salah satunya.",
            ),
            models.CheckConstraint(
                condition=Q(status="resmi", kabupaten__isnull=True) | Q(kabupaten__isnull=False) & ~Q(status="resmi"),
                name="pemetaan_nasional_resmi",
            ),
            ExclusionConstraint(
                name="pemetaan_satu_per_tahun",
                expressions=[
                    ("kode_kegiatan", RangeOperators.EQUAL),
                    (Coalesce("kabupaten_id", 0), RangeOperators.EQUAL),
                    (
                        RentangTahun("tahun_dari", "tahun_sampai", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(status="usulan"),
                violation_error_message="Kegiatan ini sudah dipetakan untuk tahun itu. Ubah pemetaan yang ada.",
            ),
            models.UniqueConstraint(
                fields=["kode_kegiatan", "kabupaten"], condition=Q(status="usulan"), name="pemetaan_satu_usulan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode_kegiatan} {self.nama}".strip()

    @property
    def is_approved(self) -> bool:
        """Whether it counts; a new row and a proposal do not."""
        return self.pk is not None and self.status != self.Status.USULAN

    @property
    def is_kode_daerah(self) -> bool:
        """Codes 90–99 are each kabupaten's own; those below are the regulation's."""
        return self.kode_kegiatan[6:] >= "90"

    @property
    def masa(self) -> str:
        """ "sejak 2025", "2022–2024", "2022"."""
        if self.tahun_sampai is None:
            return f"sejak {self.tahun_dari}"
        return f"{self.tahun_dari}–{self.tahun_sampai}" if self.tahun_sampai > self.tahun_dari else f"{self.tahun_dari}"

    @property
    def golongan(self) -> str:
        """Service and class in words."""
        return f"{self.bidang.nama} ({self.get_kelas_display()})" if self.bidang else "bukan layanan dasar"

    @property
    def syarat(self) -> str:
        """Under which condition a line counts as `kelas`, in words; empty when every line does."""
        output = f"kode keluaran {self.syarat_output}" if self.syarat_output else ""
        rekening = f"rekening {self.syarat_rekening}" if self.syarat_rekening else ""
        spending = " atau ".join(part for part in (rekening, output) if part)
        sumber = f"sumber dana {self.syarat_sumber_dana}" if self.syarat_sumber_dana else ""
        parts = " dan ".join(part for part in (sumber, spending) if part)
        return f"{self.get_kelas_display()} bila {parts}; selain itu {self.get_kelas_lain_display()}" if parts else ""

    @property
    def label_tag(self) -> list[str]:
        return [str(Tag(satu).label) for satu in self.tag]
