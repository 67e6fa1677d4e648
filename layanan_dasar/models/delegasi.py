"""Whose decision the evaluation of a draft budget is."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Tingkat, Wilayah
from kecamatan.triggers import Catat


if TYPE_CHECKING:
    import datetime


class RentangTanggal(Func):
    """The days of a delegation, both ends included; without an end for ever."""

    function = "daterange"
    output_field = DateRangeField()


class DelegasiEvaluasiQuerySet(models.QuerySet["DelegasiEvaluasi"]):
    def at(self, wilayah: Wilayah, on: "datetime.date") -> Self:
        """The delegation that holds in a region on a day: that of its kabupaten."""
        return self.filter(
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=on),
            berlaku_dari__lte=on,
            kabupaten__kode=wilayah.kode[:5],
            kabupaten__tingkat=Tingkat.KABUPATEN,
        )


class DelegasiEvaluasi(models.Model):
    """A bupati's or wali kota's regulation that leaves the evaluation to the camat. Without one the camat's result is a
    recommendation to the bupati; with it a decision of the camat."""

    kabupaten = models.ForeignKey(
        Wilayah, models.PROTECT, related_name="delegasi_evaluasi", verbose_name="kabupaten/kota"
    )
    nomor_peraturan = models.CharField("nomor peraturan kepala daerah", max_length=120)
    berlaku_dari = models.DateField("berlaku dari")
    berlaku_sampai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = DelegasiEvaluasiQuerySet.as_manager()

    class Meta:
        verbose_name = "delegasi evaluasi"
        verbose_name_plural = "delegasi evaluasi"
        ordering = ["-berlaku_dari"]
        triggers = [Catat(wilayah="kabupaten")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=F("berlaku_dari")),
                name="delegasi_masa_urut",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai. Betulkan salah satunya."),
            ),
            models.CheckConstraint(condition=~Q(nomor_peraturan=""), name="delegasi_bernomor"),
            ExclusionConstraint(
                name="delegasi_satu_pada_satu_masa",
                expressions=[
                    ("kabupaten", RangeOperators.EQUAL),
                    (
                        RentangTanggal("berlaku_dari", "berlaku_sampai", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Masa ini bertumpuk dengan delegasi yang tercatat. Akhiri dahulu yang lama."),
            ),
        ]

    def __str__(self) -> str:
        return self.nomor_peraturan
