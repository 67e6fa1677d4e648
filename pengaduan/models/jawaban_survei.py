"""What people answer in a survey, without anything that tells who they are."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.triggers import Catat
from p3pd_portal.lib.skm import JUMLAH_UNSUR, KOSONG_TERBANYAK
from pengaduan.models.survei import Survei


def _nilai(nama: str) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(nama, null=True, blank=True)


UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarpras")
"""Codes of the elements, and names of the columns of an answer."""


class JawabanQuerySet(models.QuerySet["JawabanSurvei"]):
    def counted(self) -> Self:
        """Answers that count: at most three elements left out."""
        return self.filter(n_isi__gte=JUMLAH_UNSUR - KOSONG_TERBANYAK)


class JawabanSurvei(models.Model):
    """What one person answered, without anything that tells who. Of the time only the day is kept.

    Attributes:
        tanda: mark of the form or device, so that it counts once; empty when the survey is closed.
        saran: may hold what points at a person; read by those who keep the survey, published nowhere.
        terbukti: a device worked for it; typed from paper it did not have to.
    """

    class Cara(models.TextChoices):
        DARING = "daring", _("daring")
        KERTAS = "kertas", _("kertas")
        PENGADUAN = "pengaduan", _("setelah pengaduan")

    class JenisKelamin(models.TextChoices):
        PEREMPUAN = "p", _("perempuan")
        LAKI_LAKI = "l", _("laki-laki")

    class KelompokUmur(models.TextChoices):
        DI_BAWAH_18 = "u17", _("di bawah 18 tahun")
        SAMPAI_29 = "u18", _("18–29 tahun")
        SAMPAI_44 = "u30", _("30–44 tahun")
        SAMPAI_59 = "u45", _("45–59 tahun")
        KE_ATAS_60 = "u60", _("60 tahun ke atas")

    class Pendidikan(models.TextChoices):
        SD = "sd", _("SD atau di bawahnya")
        SMP = "smp", _("SMP sederajat")
        SMA = "sma", _("SMA sederajat")
        DIPLOMA = "diploma", _("diploma")
        SARJANA = "s1", _("sarjana atau di atasnya")

    class Pekerjaan(models.TextChoices):
        PETANI = "tani", _("petani, nelayan, atau peternak")
        BURUH = "buruh", _("buruh atau karyawan")
        USAHA = "usaha", _("wiraswasta atau pedagang")
        ASN = "asn", _("ASN, TNI, atau Polri")
        PELAJAR = "pelajar", _("pelajar atau mahasiswa")
        RUMAH = "rumah", _("mengurus rumah tangga")
        LAIN = "lain", _("lainnya")

    survei = models.ForeignKey(Survei, models.PROTECT, related_name="jawaban")
    tanda = models.BinaryField(max_length=32, null=True)
    cara = models.CharField(max_length=9, choices=Cara.choices, default=Cara.DARING)
    tanggal = models.DateField(default=timezone.localdate)
    terbukti = models.BooleanField("dengan bukti kerja", default=False)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    persyaratan = _nilai("persyaratan")
    prosedur = _nilai("sistem, mekanisme, dan prosedur")
    waktu = _nilai("waktu penyelesaian")
    biaya = _nilai("biaya/tarif")
    produk = _nilai("produk spesifikasi jenis pelayanan")
    kompetensi = _nilai("kompetensi pelaksana")
    perilaku = _nilai("perilaku pelaksana")
    pengaduan = _nilai("penanganan pengaduan, saran, dan masukan")
    sarpras = _nilai("sarana dan prasarana")
    n_isi = models.GeneratedField(
        expression=models.Func(*UNSUR, function="num_nonnulls"),
        output_field=models.SmallIntegerField("unsur terjawab"),
        db_persist=True,
    )
    jenis_kelamin = models.CharField("jenis kelamin", max_length=1, choices=JenisKelamin.choices, blank=True)
    kelompok_umur = models.CharField("kelompok umur", max_length=3, choices=KelompokUmur.choices, blank=True)
    pendidikan = models.CharField("pendidikan terakhir", max_length=7, choices=Pendidikan.choices, blank=True)
    pekerjaan = models.CharField(max_length=7, choices=Pekerjaan.choices, blank=True)
    disabilitas = models.BooleanField("penyandang disabilitas", null=True, blank=True)
    saran = models.TextField(max_length=1000, blank=True)

    objects = JawabanQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban survei"
        verbose_name_plural = "jawaban survei"
        ordering: ClassVar = ["id"]
        # Answers come in without anybody's work; what somebody changes or removes afterwards is recorded.
        triggers: ClassVar = [
            Catat(
                wilayah="survei__unit__wilayah",
                tanpa=["saran", "jenis_kelamin", "kelompok_umur", "pendidikan", "pekerjaan", "disabilitas"],
                operation=pgtrigger.UpdateOf(*UNSUR) | pgtrigger.Delete,
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survei", "tanda"], name="jawaban_survei_sekali"),
            models.CheckConstraint(condition=Q(n_isi__gte=1), name="jawaban_survei_berisi"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{kode}__isnull": True}) | Q(**{f"{kode}__range": (1, 4)}),
                    name=f"jawaban_survei_{kode}_1_4",
                )
                for kode in UNSUR
            ),
            models.CheckConstraint(
                condition=Q(cara="kertas", dicatat_oleh__isnull=False)
                | (~Q(cara="kertas") & Q(dicatat_oleh__isnull=True)),
                name="jawaban_survei_kertas_diketik",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survei_id}/{self.pk}"

    @property
    def nilai(self) -> list[int | None]:
        """Values in the order of the elements."""
        return [getattr(self, kode) for kode in UNSUR]
