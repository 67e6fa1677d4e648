"""Surveys of public satisfaction, SKM (PermenPANRB 14/2017): of one unit, one kind of service, one period."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kecamatan.models import JenisUnit, UnitLayanan, Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from p3pd_portal.lib.kode import berkelompok
from p3pd_portal.lib.periode import Periode


if TYPE_CHECKING:
    import datetime

    from kecamatan.models import Pengguna

UNIT_SENDIRI: dict[str, tuple[str, ...]] = {
    "upt_kesehatan": (JenisUnit.PUSKESMAS, JenisUnit.PUSTU, JenisUnit.POSYANDU),
    "upt_pendidikan": (JenisUnit.UPT_PENDIDIKAN, JenisUnit.SEKOLAH, JenisUnit.PAUD),
}
"""Roles that survey units of their own kinds alone; all others every unit of their region."""


def q_unit(user: "Pengguna", field: str = "") -> Q:
    """Units whose surveys and score cards somebody keeps, as a condition on a unit, or on one reached by `field`."""
    mine = Q(pk__in=[])
    for penugasan in user.penugasan_berlaku:
        if Izin.KELOLA_SURVEI in penugasan.izin:
            kinds = UNIT_SENDIRI.get(penugasan.peran)
            only = Q(**{f"{field}jenis__in": kinds}) if kinds else Q()
            mine |= penugasan.q_scope(f"{field}wilayah__") & only
    return mine


class UnsurSKM(models.Model):
    """One of the nine elements: its question, and the four answers from value 1 to value 4."""

    kode = models.SlugField(primary_key=True, max_length=12)
    urutan = models.PositiveSmallIntegerField(unique=True)
    nama = models.CharField(max_length=60)
    pertanyaan = models.CharField(max_length=150)
    jawaban = ArrayField(models.CharField(max_length=40), size=4)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "unsur SKM"
        verbose_name_plural = "unsur SKM"
        ordering: ClassVar = ["urutan"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return self.nama


class MutuSKM(models.Model):
    """A class of the index, from its lower limit up to that of the next."""

    mutu = models.CharField(primary_key=True, max_length=1)
    dari = models.DecimalField("batas bawah", max_digits=5, decimal_places=2, unique=True)
    kinerja = models.CharField(max_length=20)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "mutu SKM"
        verbose_name_plural = "mutu SKM"
        ordering: ClassVar = ["-dari"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return f"{self.mutu} ({self.kinerja})"


class JenisLayanan(models.Model):
    """A kind of service that the form offers for a kind of unit; an officer may write another one."""

    jenis_unit = models.CharField(max_length=15, choices=JenisUnit.choices)
    nama = models.CharField(max_length=100)

    class Meta:
        verbose_name = "jenis layanan"
        verbose_name_plural = "jenis layanan"
        triggers: ClassVar = [Catat()]
        constraints: ClassVar = [models.UniqueConstraint("jenis_unit", Lower("nama"), name="jenis_layanan_unik")]

    def __str__(self) -> str:
        return self.nama


class SurveiQuerySet(models.QuerySet["Survei"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Surveys that somebody keeps; what they found is everybody's once it is published."""
        return self.filter(q_unit(user, "unit__"))

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        """Surveys of units that stand in the region."""
        return self.filter(wilayah.q_below("unit__wilayah__"))

    def published(self) -> Self:
        return self.filter(status=Survei.Status.TERBIT)

    def running(self, on: "datetime.date") -> Self:
        """Surveys that citizens can answer on a day."""
        return self.filter(status=Survei.Status.BERJALAN, dari__lte=on, sampai__gte=on)


class Survei(models.Model):
    """A survey. Whoever knows its key may answer; the key stands on a poster and tells nothing.

    Attributes:
        populasi: people who received the service in the period; empty while nobody knows, which is not 0.
        garam: what marks of devices are made with; thrown away with the marks when the survey closes, so that nothing
            tells any more who answered.
        rencana: what the unit will do about its weakest elements.
    """

    class Status(models.TextChoices):
        DRAF = "draf", _("draf")
        BERJALAN = "berjalan", _("berjalan")
        DITUTUP = "ditutup", _("ditutup")
        TERBIT = "terbit", _("terbit")

    unit = models.ForeignKey(UnitLayanan, models.PROTECT, related_name="survei", verbose_name="unit layanan")
    jenis_layanan = models.CharField("jenis layanan", max_length=100)
    periode = models.CharField(max_length=7)
    populasi = models.PositiveIntegerField(null=True, blank=True)
    dari = models.DateField("dibuka dari")
    sampai = models.DateField("sampai dengan")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAF)
    kunci = models.CharField(max_length=11, unique=True, editable=False)
    garam = models.BinaryField(max_length=32, null=True, editable=False)
    rencana = models.TextField("rencana tindak lanjut", max_length=4000, blank=True)
    ditutup_pada = models.DateTimeField("ditutup pada", null=True, blank=True, editable=False)
    terbit_pada = models.DateTimeField("terbit pada", null=True, blank=True, editable=False)

    objects = SurveiQuerySet.as_manager()

    class Meta:
        verbose_name = "survei"
        verbose_name_plural = "survei"
        ordering: ClassVar = ["-sampai", "-id"]
        triggers: ClassVar = [Catat(wilayah="unit__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "unit", Lower("jenis_layanan"), "periode", name="survei_unik",
                violation_error_message=_("Layanan ini sudah disurvei pada periode itu. Buka surveinya dari daftar."),
            ),
            models.CheckConstraint(
                condition=Q(sampai__gte=F("dari")), name="survei_masa_urut",
                violation_error_message=_("Hari terakhir mendahului hari pertama. Periksa kedua tanggal."),
            ),
            models.CheckConstraint(
                condition=Q(periode__regex=r"^20\d\d(-S[12]|-T[1-4])?$"), name="survei_periode_dikenal"
            ),
            models.CheckConstraint(
                condition=Q(populasi__isnull=True) | Q(populasi__gt=0), name="survei_populasi_ada",
                violation_error_message=_("Populasi sedikitnya 1 orang. Kosongkan bila belum diketahui."),
            ),
            models.CheckConstraint(condition=~Q(jenis_layanan=""), name="survei_layanan_bernama"),
            models.CheckConstraint(
                condition=Q(status="berjalan", garam__isnull=False) | (~Q(status="berjalan") & Q(garam__isnull=True)),
                name="survei_garam_selama_berjalan",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draf", "berjalan"], ditutup_pada__isnull=True)
                | Q(status__in=["ditutup", "terbit"], ditutup_pada__isnull=False),
                name="survei_tertutup_berwaktu",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.jenis_layanan}, {self.unit}, {self.label_periode}"

    def get_absolute_url(self) -> str:
        """The page of those who keep it."""
        return reverse("pengaduan:survei_rinci", args=[self.unit.wilayah.kode, self.pk])

    @property
    def label_periode(self) -> str:
        return Periode.parse(self.periode).label

    @property
    def kunci_tampil(self) -> str:
        """The key in groups, as a poster shows it."""
        return berkelompok(self.kunci)

    @property
    def is_closed(self) -> bool:
        return self.status in (self.Status.DITUTUP, self.Status.TERBIT)

    def is_open(self, on: "datetime.date") -> bool:
        """Whether citizens can answer on a day; paper may still be typed in afterwards, until it is closed."""
        return self.status == self.Status.BERJALAN and self.dari <= on <= self.sampai

    def clean(self) -> None:
        self.jenis_layanan = " ".join(self.jenis_layanan.split())
