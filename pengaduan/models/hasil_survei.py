"""The result tables of surveys, counted once when a survey closes; pages show them without counting anything."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from p3pd_portal.lib.skm import RESPONDEN_TERSEDIKIT, Sampel, desimal, nrr
from pengaduan.models.jawaban_survei import JawabanSurvei
from pengaduan.models.survei import MutuSKM, Survei, UnsurSKM


class RingkasanSurvei(models.Model):
    """What a survey found; never added up over units.

    Attributes:
        n: respondents who count.
        n_dikecualikan: who left out more than three elements, and does not.
        ikm: 25 to 100 with two decimals; empty below ten respondents, or with an element that nobody answered.
    """

    survei = models.OneToOneField(Survei, models.PROTECT, related_name="ringkasan", primary_key=True)
    n = models.PositiveIntegerField()
    n_dikecualikan = models.PositiveIntegerField()
    n_kertas = models.PositiveIntegerField()
    n_pengaduan = models.PositiveIntegerField()
    ikm = models.DecimalField("IKM", max_digits=5, decimal_places=2, null=True)
    mutu = models.ForeignKey(MutuSKM, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField("dihitung pada", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "ringkasan survei"
        verbose_name_plural = "ringkasan survei"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ikm__isnull=True, mutu__isnull=True)
                | Q(ikm__range=(25, 100), mutu__isnull=False, n__gte=RESPONDEN_TERSEDIKIT),
                name="ringkasan_survei_ikm_bermutu",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survei_id}: {self.ikm}"

    @property
    def n_daring(self) -> int:
        return self.n - self.n_kertas - self.n_pengaduan

    @property
    def sampel(self) -> Sampel:
        return Sampel(self.n, self.survei.populasi)


class RingkasanUnsur(models.Model):
    """Sum of the values and number of the answers of an element, of the respondents who count."""

    ringkasan = models.ForeignKey(RingkasanSurvei, models.CASCADE, related_name="unsur", db_index=False)
    unsur = models.ForeignKey(UnsurSKM, models.PROTECT, related_name="+", db_index=False)
    jumlah = models.PositiveIntegerField()
    n = models.PositiveIntegerField()

    class Meta:
        verbose_name = "ringkasan unsur"
        verbose_name_plural = "ringkasan unsur"
        ordering: ClassVar = ["unsur__urutan"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ringkasan", "unsur"], name="ringkasan_unsur_sekali"),
            models.CheckConstraint(
                condition=Q(jumlah__gte=models.F("n"), jumlah__lte=4 * models.F("n")), name="ringkasan_unsur_1_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ringkasan_id} {self.unsur_id}"

    @property
    def nrr(self) -> Decimal | None:
        """Mean value with two decimals; None while nobody answered."""
        mean = nrr(self.jumlah, self.n)
        return None if mean is None else desimal(mean)


class RingkasanProfil(models.Model):
    """How many respondents said so of themselves; `nilai` is empty for those who did not say."""

    class Dimensi(models.TextChoices):
        JENIS_KELAMIN = "jenis_kelamin", "jenis kelamin"
        KELOMPOK_UMUR = "kelompok_umur", "kelompok umur"
        PENDIDIKAN = "pendidikan", "pendidikan"
        PEKERJAAN = "pekerjaan", "pekerjaan"
        DISABILITAS = "disabilitas", "penyandang disabilitas"

    ringkasan = models.ForeignKey(RingkasanSurvei, models.CASCADE, related_name="profil", db_index=False)
    dimensi = models.CharField(max_length=13, choices=Dimensi.choices)
    nilai = models.CharField(max_length=7, blank=True)
    n = models.PositiveIntegerField()

    class Meta:
        verbose_name = "ringkasan profil"
        verbose_name_plural = "ringkasan profil"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ringkasan", "dimensi", "nilai"], name="ringkasan_profil_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.ringkasan_id} {self.dimensi} {self.nilai}"


def pilihan(dimensi: str) -> dict[str, str]:
    """What can be said in a dimension, in the order of the form, and last that nothing was."""
    if dimensi == RingkasanProfil.Dimensi.DISABILITAS:
        return {"ya": "ya", "tidak": "tidak", "": "tidak diisi"}
    field: Any = JawabanSurvei._meta.get_field(dimensi)
    return {str(kode): str(label) for kode, label in field.choices} | {"": "tidak diisi"}
