"""The money of the kecamatan office itself, beside that of its villages."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kecamatan.models import Wilayah
from p3pd_portal.lib.periode import Periode


JENIS = {
    "belanja_pegawai": "belanja pegawai",
    "belanja_barang_jasa": "belanja barang dan jasa",
    "belanja_modal": "belanja modal",
    "belanja_tidak_langsung": "belanja tidak langsung",
}
ANGGARAN = ("total_anggaran", "total_belanja", *JENIS)


class AnggaranKecamatan(models.Model):
    """Budget and spending of a kecamatan office as of a month, in whole rupiah, as OpenDK's template tells them. It is
    no money of a desa and enters no figure of village spending. Its file is its history."""

    kecamatan = models.ForeignKey(Wilayah, models.PROTECT, related_name="anggaran_kecamatan")
    periode = models.CharField(max_length=7)
    total_anggaran = models.BigIntegerField("total anggaran")
    total_belanja = models.BigIntegerField("total belanja")
    belanja_pegawai = models.BigIntegerField(JENIS["belanja_pegawai"], null=True)
    belanja_barang_jasa = models.BigIntegerField(JENIS["belanja_barang_jasa"], null=True)
    belanja_modal = models.BigIntegerField(JENIS["belanja_modal"], null=True)
    belanja_tidak_langsung = models.BigIntegerField(JENIS["belanja_tidak_langsung"], null=True)
    sumber = models.CharField(max_length=150)

    class Meta:
        verbose_name = "anggaran kecamatan"
        verbose_name_plural = "anggaran kecamatan"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kecamatan", "periode"], name="anggaran_kecamatan_unik"),
            models.CheckConstraint(
                condition=Q(total_anggaran__gte=0, total_belanja__gte=0), name="anggaran_kecamatan_tidak_negatif"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kecamatan} {self.periode}"

    @property
    def periode_anggaran(self) -> Periode:
        return Periode.parse(self.periode)

    @property
    def rincian(self) -> list[tuple[str, int | None]]:
        """The kinds of spending with their amounts; None is unknown."""
        return [(label, getattr(self, name)) for name, label in JENIS.items()]
