"""What belongs to files of village budgets: how their desa and columns are called, and what they replaced."""

from typing import ClassVar

from django.db import models

from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from kecamatan.triggers import Catat
from layanan_dasar.models.belanja import APBDes


class APBDesLama(models.Model):
    """A budget as it was before a file changed it, so that the file can be undone.

    `isi` holds head, lines and totals as JSON; it is null when there was no such budget before.
    """

    berkas = models.ForeignKey(BerkasImpor, models.CASCADE, related_name="apbdes_lama", db_index=False)
    desa = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    tahun = models.PositiveSmallIntegerField()
    jenis = models.CharField(max_length=9, choices=APBDes.Jenis.choices)
    isi = models.JSONField(null=True)

    class Meta:
        verbose_name = "APBDes sebelum berkas"
        verbose_name_plural = "APBDes sebelum berkas"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["berkas", "desa", "tahun", "jenis"], name="apbdes_lama_sekali_per_berkas"),
        ]

    def __str__(self) -> str:
        return f"{self.desa} {self.tahun} {self.jenis}"


class PetaDesaSiskeudes(models.Model):
    """Which desa a code of Siskeudes names in a kabupaten. Siskeudes numbers desa itself, so a person confirms each
    pair once; without it nothing of that desa is taken in.
    """

    kabupaten = models.ForeignKey(Wilayah, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    kd_desa = models.CharField("kode di Siskeudes", max_length=20)
    nama_siskeudes = models.CharField("nama di Siskeudes", max_length=100, blank=True)
    desa = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    disetujui_oleh = models.ForeignKey(Pengguna, models.PROTECT, related_name="+", verbose_name="disetujui oleh")

    class Meta:
        verbose_name = "kode desa Siskeudes"
        verbose_name_plural = "kode desa Siskeudes"
        ordering: ClassVar = ["kd_desa"]
        triggers: ClassVar = [Catat(wilayah="desa")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kabupaten", "kd_desa"], name="peta_siskeudes_satu_per_kode"),
            models.UniqueConstraint(fields=["desa"], name="peta_siskeudes_satu_per_desa"),
        ]

    def __str__(self) -> str:
        return f"{self.kd_desa} {self.nama_siskeudes}"


class PetaKolomLaporan(models.Model):
    """Which column of a kabupaten's realisation report holds what, confirmed once for each layout.

    `sidik` is the fingerprint of the header row; `kolom` says for each part of a line the position of its column.
    """

    kabupaten = models.ForeignKey(Wilayah, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    sidik = models.CharField("sidik judul kolom", max_length=64)
    judul = models.JSONField("judul kolom")
    kolom = models.JSONField("peta kolom")
    disetujui_oleh = models.ForeignKey(Pengguna, models.PROTECT, related_name="+", verbose_name="disetujui oleh")

    class Meta:
        verbose_name = "peta kolom laporan"
        verbose_name_plural = "peta kolom laporan"
        triggers: ClassVar = [Catat(wilayah="kabupaten")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kabupaten", "sidik"], name="peta_kolom_satu_per_bentuk"),
        ]

    def __str__(self) -> str:
        return f"{self.kabupaten} {self.sidik[:8]}"
