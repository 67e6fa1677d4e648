"""What regions look like on a map."""

from django.db import models
from django.db.models import F, Q

from kecamatan.models.wilayah import Wilayah
from p3pd_portal.lib.peta import SISI


class Batas(models.Model):
    """The outline of a region as a drawing beside its siblings, simplified from a published map.

    Indicative only: no legal boundary, and no place is looked up by it. All regions below one parent share a
    picture whose longer side has 1000 units, so they are always replaced together; see importers/batas.py.
    """

    wilayah = models.OneToOneField(Wilayah, models.CASCADE, primary_key=True, related_name="batas")
    jalur = models.TextField(help_text="garis SVG dalam gambar induknya")
    kiri = models.SmallIntegerField()
    atas = models.SmallIntegerField()
    kanan = models.SmallIntegerField()
    bawah = models.SmallIntegerField()
    titik_x = models.SmallIntegerField(help_text="titik di dalam, terjauh dari tepi")
    titik_y = models.SmallIntegerField()
    luas = models.IntegerField(help_text="luas bagian terbesar, dalam satuan gambar")
    sumber = models.TextField("sumber peta")
    edisi = models.TextField("edisi peta", blank=True)

    class Meta:
        verbose_name = "batas wilayah"
        verbose_name_plural = "batas wilayah"
        constraints = [
            models.CheckConstraint(
                condition=Q(jalur__regex=r"^(M\d+ \d+l[-0-9 ]+z)+$"), name="batas_jalur_hanya_garis"
            ),
            models.CheckConstraint(
                condition=Q(kiri__gte=0, atas__gte=0, kanan__lte=SISI + 1, bawah__lte=SISI + 1),
                name="batas_di_dalam_gambar",
            ),
            models.CheckConstraint(condition=Q(kiri__lte=F("kanan"), atas__lte=F("bawah")), name="batas_kotak_urut"),
            models.CheckConstraint(
                condition=Q(titik_x__range=(0, SISI), titik_y__range=(0, SISI), luas__gte=0),
                name="batas_titik_di_dalam_gambar",
            ),
            models.CheckConstraint(condition=~Q(sumber=""), name="batas_bersumber"),
        ]

    def __str__(self) -> str:
        return f"batas {self.wilayah_id}"

    @property
    def asal(self) -> str:
        """Attribution with its edition, as it stands below the map."""
        return f"{self.sumber}, {self.edisi}" if self.edisi else self.sumber
