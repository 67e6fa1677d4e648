"""What a cohort costs."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Angkatan


if TYPE_CHECKING:
    from kecamatan.models import Pengguna


class BiayaQuerySet(models.QuerySet["Biaya"]):
    def visible_to(self, user: "Pengguna") -> Self:
        return self.filter(user.q_scope("angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN))


class Biaya(models.Model):
    """A component of the costs of a cohort, in whole rupiah.

    Attributes:
        rencana: planned; None where nobody planned it.
        realisasi: spent; None while that is not known, which is not 0.
    """

    angkatan = models.ForeignKey(Angkatan, models.CASCADE, related_name="biaya")
    komponen = models.CharField(max_length=100)
    rencana = models.BigIntegerField("rencana (Rp)", null=True, blank=True)
    realisasi = models.BigIntegerField("realisasi (Rp)", null=True, blank=True)

    objects = BiayaQuerySet.as_manager()

    class Meta:
        verbose_name = "biaya"
        verbose_name_plural = "biaya"
        ordering: ClassVar = ["komponen"]
        triggers: ClassVar = [Catat(wilayah="angkatan__program__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["angkatan", "komponen"], name="biaya_komponen_unik",
                violation_error_message=_("Komponen itu sudah ada. Ubah barisnya."),
            ),
            models.CheckConstraint(
                condition=(Q(rencana__isnull=True) | Q(rencana__gte=0))
                & (Q(realisasi__isnull=True) | Q(realisasi__gte=0)),
                name="biaya_tidak_negatif", violation_error_message=_("Biaya tidak dapat kurang dari 0."),
            ),
            models.CheckConstraint(
                condition=Q(rencana__isnull=False) | Q(realisasi__isnull=False), name="biaya_terisi",
                violation_error_message=_("Isi rencana, realisasi, atau keduanya."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.komponen
