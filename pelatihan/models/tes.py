"""Tests before and after a training, and what each participant answered."""

import datetime
from hashlib import sha256
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.peserta import Peserta
from pelatihan.models.soal import Butir, Pilihan


TENGGANG = datetime.timedelta(minutes=2)
"""[design] How late an answer may reach the server: it was given in time on a slow network."""


class Tes(models.Model):
    """A test of a cohort.

    Attributes:
        buka, tutup: between these moments it is answered.
        menit: how long one participant has from the start; None for no limit but `tutup`.
    """

    class Jenis(models.TextChoices):
        PRA = "pra", _("prates")
        PASCA = "pasca", _("pascates")

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="tes")
    jenis = models.CharField(max_length=5, choices=Jenis.choices)
    buka = models.DateTimeField("dibuka")
    tutup = models.DateTimeField("ditutup")
    menit = models.PositiveSmallIntegerField("batas waktu (menit)", null=True, blank=True)

    class Meta:
        verbose_name = "tes"
        verbose_name_plural = "tes"
        ordering: ClassVar = ["angkatan", "-jenis"]
        triggers: ClassVar = [Catat(wilayah="angkatan__program__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["angkatan", "jenis"], name="tes_sekali"),
            models.CheckConstraint(
                condition=Q(tutup__gt=F("buka")), name="tes_waktu_urut",
                violation_error_message=_("Waktu tutup mendahului waktu buka. Periksa keduanya."),
            ),
            models.CheckConstraint(
                condition=Q(menit__isnull=True) | Q(menit__gt=0), name="tes_menit_ada",
                violation_error_message=_("Batas waktu sedikitnya 1 menit."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.get_jenis_display()).capitalize()

    def is_open(self, pada: datetime.datetime) -> bool:
        """Whether it can be begun."""
        return self.buka <= pada < self.tutup


class ButirTes(models.Model):
    """A question of a test.

    Attributes:
        bobot: what a right answer counts.
    """

    tes = models.ForeignKey(Tes, models.CASCADE, related_name="butir")
    butir = models.ForeignKey(Butir, models.PROTECT, related_name="dipakai")
    bobot = models.PositiveSmallIntegerField(default=1)
    urutan = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "butir tes"
        verbose_name_plural = "butir tes"
        ordering: ClassVar = ["urutan"]
        triggers: ClassVar = [Catat(wilayah="tes__angkatan__program__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tes", "butir"], name="butir_tes_sekali"),
            models.CheckConstraint(condition=Q(bobot__range=(1, 10)), name="butir_tes_bobot_1_10"),
        ]

    def __str__(self) -> str:
        return f"{self.tes_id}/{self.urutan}"


class PengerjaanQuerySet(models.QuerySet["Pengerjaan"]):
    def ended(self, pada: datetime.datetime) -> Self:
        """Not handed in although their time is over."""
        gone = pada - TENGGANG
        return self.filter(Q(tes__tutup__lte=gone) | Q(batas__lte=gone), kirim=None)


class Pengerjaan(models.Model):
    """One participant's go at a test.

    Attributes:
        batas: when this participant's minutes are over; None in a test without such a limit.
        kirim: when it was handed in, by the participant or by the clock; None while it runs.
        skor: 0–100, the weights of right answers over all weights, rounded once; None until it is handed in.
    """

    tes = models.ForeignKey(Tes, models.PROTECT, related_name="pengerjaan")
    peserta = models.ForeignKey(Peserta, models.PROTECT, related_name="pengerjaan")
    mulai = models.DateTimeField()
    batas = models.DateTimeField(null=True, blank=True)
    kirim = models.DateTimeField(null=True, blank=True)
    skor = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    objects = PengerjaanQuerySet.as_manager()

    class Meta:
        verbose_name = "pengerjaan tes"
        verbose_name_plural = "pengerjaan tes"
        triggers: ClassVar = [Catat(wilayah="peserta__wilayah", orang="peserta__orang")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tes", "peserta"], name="pengerjaan_sekali"),
            models.CheckConstraint(
                condition=Q(kirim__isnull=True, skor__isnull=True) | Q(kirim__isnull=False, skor__range=(0, 100)),
                name="pengerjaan_terkirim_bernilai",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tes"], condition=Q(kirim=None), name="pengerjaan_berjalan")]

    def __str__(self) -> str:
        return f"{self.tes_id}/{self.peserta_id}"

    @property
    def berakhir(self) -> datetime.datetime:
        """When its time is over, without the grace."""
        return min(self.tes.tutup, self.batas) if self.batas else self.tes.tutup

    def takes_answers(self, pada: datetime.datetime) -> bool:
        return self.kirim is None and pada < self.berakhir + TENGGANG

    def acak(self, pk: int) -> bytes:
        """Sort key of a question or choice: another order for each participant, for each always the same."""
        return sha256(f"{self.tes_id}:{self.peserta_id}:{pk}".encode()).digest()


class Jawaban(models.Model):
    """What a participant chose; kept with every step, the last choice counts."""

    pengerjaan = models.ForeignKey(Pengerjaan, models.CASCADE, related_name="jawaban")
    butir = models.ForeignKey(Butir, models.PROTECT, related_name="+")
    pilihan = models.ForeignKey(Pilihan, models.PROTECT, related_name="jawaban_tes")

    class Meta:
        verbose_name = "jawaban tes"
        verbose_name_plural = "jawaban tes"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pengerjaan", "butir"], name="jawaban_sekali")]

    def __str__(self) -> str:
        return f"{self.pengerjaan_id}/{self.butir_id}"
