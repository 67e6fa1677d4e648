"""Certificates."""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat, FirmTrigger
from p3pd_portal.lib.kode import berkelompok
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.peserta import Peserta


if TYPE_CHECKING:
    import datetime


class HanyaLulus(FirmTrigger):
    """A certificate is added for somebody who passed, by whichever way: the database refuses it for anybody else."""

    name = "hanya_lulus"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    func = """
        IF NOT EXISTS (SELECT FROM pelatihan_peserta WHERE id = NEW.peserta_id AND status = 'lulus') THEN
            RAISE EXCEPTION 'Sertifikat hanya untuk peserta yang lulus (peserta %).', NEW.peserta_id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """


class TerbitanSertifikat(models.Model):
    """One printing of certificates of a cohort: when, and who signs them.

    Attributes:
        tanpa_gelar: the name of the signatory stands without academic titles, as Permendagri 1/2023 art. 44 (2)
            asks for certificates of regional governments.
    """

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="terbitan")
    tempat = models.CharField("tempat ditandatangani", max_length=60)
    tanggal = models.DateField()
    jabatan = models.CharField("jabatan penanda tangan", max_length=150)
    gelar_depan = models.CharField("gelar di depan nama", max_length=30, blank=True)
    nama = models.CharField("nama penanda tangan", max_length=150)
    gelar_belakang = models.CharField("gelar di belakang nama", max_length=60, blank=True)
    tanpa_gelar = models.BooleanField("nama tanpa gelar akademik", default=True)
    oleh = models.ForeignKey(Pengguna, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dibuat pada", auto_now_add=True)

    class Meta:
        verbose_name = "terbitan sertifikat"
        verbose_name_plural = "terbitan sertifikat"
        ordering: ClassVar = ["-dibuat_pada", "-id"]
        triggers: ClassVar = [Catat(wilayah="angkatan__program__wilayah")]

    def __str__(self) -> str:
        return f"{self.angkatan}, {self.tanggal}"

    @property
    def nama_penanda(self) -> str:
        """The name under the office, as it is printed."""
        if self.tanpa_gelar:
            return self.nama
        nama = " ".join(part for part in (self.gelar_depan, self.nama) if part)
        return ", ".join(part for part in (nama, self.gelar_belakang) if part)


class SertifikatQuerySet(models.QuerySet["Sertifikat"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Certificates of cohorts that somebody runs. Whoever holds a code sees what it stands for."""
        return self.filter(user.q_scope("peserta__angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN))

    def berlaku(self) -> Self:
        return self.filter(dicabut_pada=None)


class Sertifikat(models.Model):
    """That somebody passed. The name is kept as it was printed.

    Attributes:
        urut: its number inside the cohort; with the cohort's pattern it makes `nomor`.
        kode: eleven signs, fifty random bits and one that checks; whoever reads it off the paper may ask what it is.
        jp: lesson hours of the class when it was printed.
    """

    terbitan = models.ForeignKey(TerbitanSertifikat, models.PROTECT, related_name="sertifikat")
    peserta = models.ForeignKey(Peserta, models.PROTECT, related_name="sertifikat")
    urut = models.PositiveIntegerField()
    nomor = models.CharField(max_length=150)
    kode = models.CharField(max_length=11, unique=True, editable=False)
    nama = models.CharField(max_length=250)
    jp = models.PositiveSmallIntegerField("jam pelajaran (JP)", null=True, blank=True)
    dicabut_pada = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)
    alasan_cabut = models.CharField("alasan pencabutan", max_length=300, blank=True)

    objects = SertifikatQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat"
        verbose_name_plural = "sertifikat"
        ordering: ClassVar = ["urut"]
        triggers: ClassVar = [
            Catat(wilayah="peserta__angkatan__program__wilayah", orang="peserta__orang", tanpa=["kode"]),
            HanyaLulus(),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["peserta"], condition=Q(dicabut_pada__isnull=True), name="sertifikat_satu_berlaku",
                violation_error_message=_("Peserta ini sudah memegang sertifikat yang berlaku."),
            ),
            models.CheckConstraint(
                condition=Q(dicabut_pada__isnull=True, alasan_cabut="") | Q(dicabut_pada__isnull=False)
                & ~Q(alasan_cabut=""), name="sertifikat_cabut_beralasan",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nomor

    def get_absolute_url(self) -> str:
        """The page that everybody reads who holds the code."""
        return reverse("pelatihan:verifikasi", args=[self.kode])

    @property
    def kode_tampil(self) -> str:
        return berkelompok(self.kode)

    @property
    def is_berlaku(self) -> bool:
        return self.dicabut_pada is None

    @property
    def tanggal(self) -> "datetime.date":
        return self.terbitan.tanggal
