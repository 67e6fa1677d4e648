"""Programmes of training, and their cohorts."""

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import kode_leluhur
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pelatihan.models.alur import TERBIT, TERTUTUP, JenisPelatihan, StatusAngkatan


if TYPE_CHECKING:
    from kecamatan.models import Pengguna


SIMPAN_PESERTA = datetime.timedelta(days=5 * 365)
"""[design] How long after the last day of a cohort what is personal of its people is kept. No authority settled it:
five years cover the follow-up of half a year, the years in which a trainer trains, and the inspections that ask who was
there. What stays for good, a certificate that has to be verifiable and the counts, needs none of it."""
BERURUT = (F("mulai").desc(nulls_last=True), "-id")
"""The latest first."""


class Program(models.Model):
    """A programme of training that a region organises: the nation (Bina Adwil), a provinsi or a kabupaten.

    Attributes:
        wilayah: the region that organises it; whoever runs training there runs all its cohorts.
        sumber: where its facts were published, for what was loaded from publications.
    """

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    nama = models.CharField(max_length=150)
    jenis = models.CharField(max_length=10, choices=JenisPelatihan.choices)
    keterangan = models.TextField(max_length=2000, blank=True)
    sumber = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "program pelatihan"
        verbose_name_plural = "program pelatihan"
        ordering: ClassVar = ["nama"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wilayah", "nama"], name="program_unik",
                violation_error_message=_("Program bernama itu sudah ada. Pilih dari daftar."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nama


class AngkatanQuerySet(models.QuerySet["Angkatan"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Cohorts that somebody runs. Their published counts are everybody's."""
        return self.filter(user.q_scope("program__wilayah__", Izin.KELOLA_PELATIHAN))

    def of_wilayah(self, wilayah: Wilayah) -> Self:
        """Cohorts that a region organises."""
        return self.filter(program__wilayah__kode_kini=wilayah.kode)

    def about(self, wilayah: Wilayah) -> Self:
        """Cohorts for people of a region, of one above it or of one below."""
        below = wilayah.q_below("cakupan__")
        return self.filter(below | Q(cakupan__kode_kini__in=kode_leluhur(wilayah.kode))).distinct()

    def published(self) -> Self:
        return self.filter(status__in=TERBIT)

    def lewat_simpan(self, pada: datetime.date) -> Self:
        """Cohorts over for longer than personal data of their people are kept; never one without a last day."""
        return self.filter(selesai__lt=pada - SIMPAN_PESERTA)


class Angkatan(models.Model):
    """A cohort: those who are trained together in one stage, in one class or in several at a time.

    Attributes:
        cakupan: regions whose people it trains (provinsi of a ToT stage, kecamatan of a kabupaten's classes).
        mulai, selesai: days of training; `pembukaan`: the day of the opening, which may be another one.
        induk: for a class that a ToT leads to, the cohort its trainers come from.
        syarat_hadir: least share of the lesson hours attended, in percent; None asks for none.
        syarat_nilai: least mark of the last test, 0–100; None asks for none.
        alasan: why it last went back or was called off.
        pola_nomor: pattern of certificate numbers, with {urut}, {bulan} (Roman) and {tahun}.
        sumber: where its facts were published, for a cohort of which only publications are known.
    """

    class Moda(models.TextChoices):
        LURING = "luring", _("tatap muka")
        DARING = "daring", _("daring")
        HIBRIDA = "hibrida", _("tatap muka dan daring")

    program = models.ForeignKey(Program, models.PROTECT, related_name="angkatan")
    nama = models.CharField(max_length=150)
    tahap = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=11, choices=StatusAngkatan.choices, default=StatusAngkatan.RANCANG)
    moda = models.CharField(max_length=7, choices=Moda.choices, default=Moda.LURING)
    cakupan = models.ManyToManyField(Wilayah, related_name="+", verbose_name="wilayah sasaran")
    mulai = models.DateField("hari pertama", null=True, blank=True)
    selesai = models.DateField("hari terakhir", null=True, blank=True)
    pembukaan = models.DateField("hari pembukaan", null=True, blank=True)
    batas_usulan = models.DateField("batas usulan", null=True, blank=True)
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="lanjutan")
    penyedia = models.CharField("penyedia pihak ketiga", max_length=150, blank=True)
    syarat_hadir = models.PositiveSmallIntegerField("kehadiran paling sedikit (%)", null=True, blank=True, default=80)
    syarat_nilai = models.PositiveSmallIntegerField("nilai pascates paling sedikit", null=True, blank=True, default=70)
    syarat_rtl = models.BooleanField("RTL wajib", default=True)
    pola_nomor = models.CharField("pola nomor sertifikat", max_length=100, blank=True)
    keterangan = models.TextField(max_length=2000, blank=True)
    alasan = models.CharField("alasan langkah terakhir", max_length=300, blank=True, editable=False)
    sumber = models.CharField(max_length=300, blank=True)

    objects = AngkatanQuerySet.as_manager()

    class Meta:
        verbose_name = "angkatan"
        verbose_name_plural = "angkatan"
        ordering: ClassVar = BERURUT
        triggers: ClassVar = [Catat(wilayah="program__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "nama"], name="angkatan_unik",
                violation_error_message=_("Angkatan bernama itu sudah ada di program ini. Beri nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(mulai__isnull=False, selesai__gte=F("mulai")),
                name="angkatan_hari_urut",
                violation_error_message=_("Hari terakhir mendahului hari pertama. Periksa kedua tanggal."),
            ),
            models.CheckConstraint(
                condition=(Q(syarat_hadir__isnull=True) | Q(syarat_hadir__lte=100))
                & (Q(syarat_nilai__isnull=True) | Q(syarat_nilai__lte=100)),
                name="angkatan_syarat_0_100",
                violation_error_message=_("Syarat kelulusan paling tinggi 100."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    def get_absolute_url(self) -> str:
        """The page of those who run it."""
        return reverse("pelatihan:angkatan", args=[self.program.wilayah.kode, self.pk])

    @property
    def is_closed(self) -> bool:
        return self.status in TERTUTUP

    @property
    def sisa_hari_usulan(self) -> int | None:
        """Days left to propose, 0 on the last one, negative after it; None without a last day."""
        return (self.batas_usulan - timezone.localdate()).days if self.batas_usulan else None


class AngkaTerbit(models.Model):
    """A number of participants as it was published, for a cohort whose people are not recorded here.

    Attributes:
        wilayah: the region it counts; None for the cohort as a whole.
        jumlah: participants; None where only the event was published, which is not 0.
        pelatih_tercatat: whether the publication says which trainers taught there.
        catatan: what is unclear about it.
    """

    angkatan = models.ForeignKey(Angkatan, models.CASCADE, related_name="angka_terbit")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, null=True, blank=True, related_name="+")
    jumlah = models.PositiveIntegerField(null=True, blank=True)
    tempat = models.CharField(max_length=150, blank=True)
    pelatih_tercatat = models.BooleanField("pelatih tercatat", default=False)
    catatan = models.CharField(max_length=300, blank=True)
    sumber = models.CharField(max_length=300)

    class Meta:
        verbose_name = "angka terbit"
        verbose_name_plural = "angka terbit"
        ordering: ClassVar = ["wilayah__kode"]
        triggers: ClassVar = [Catat()]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["angkatan", "wilayah"], nulls_distinct=False, name="angka_terbit_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.angkatan}: {self.wilayah or 'seluruhnya'}"
