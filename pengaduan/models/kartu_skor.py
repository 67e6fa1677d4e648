"""Community score cards: what groups of citizens and the provider say of a service, and what they agree on."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Bidang, Tingkat, UnitLayanan, Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pengaduan.models.survei import UNIT_SENDIRI, q_unit


if TYPE_CHECKING:
    from kecamatan.models import Pengguna

SKOR_TERTINGGI = 5


class KartuSkorQuerySet(models.QuerySet["KartuSkor"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Cards that somebody keeps: of the own units, and for the kecamatan also those about no single unit."""
        mine = q_unit(user, "unit__")
        for penugasan in user.penugasan_berlaku:
            if Izin.KELOLA_SURVEI in penugasan.izin and penugasan.peran not in UNIT_SENDIRI:
                mine |= penugasan.q_scope("wilayah__")
        return self.filter(mine)

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("wilayah__"))

    def published(self) -> Self:
        return self.filter(tayang=True)


class KartuSkor(models.Model):
    """One round of a score card in a desa or kecamatan: groups score criteria, the provider scores itself, both meet
    face to face and agree on actions. About half a year later the next round shows what became of them.

    Attributes:
        unit: the unit it is about; empty where the service has none, such as a village's water.
        tgl_pertemuan: day of the meeting of citizens and provider.
    """

    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="kartu_skor")
    unit = models.ForeignKey(
        UnitLayanan, models.PROTECT, null=True, blank=True, related_name="kartu_skor", verbose_name="unit layanan"
    )
    bidang = models.ForeignKey(Bidang, models.PROTECT, related_name="+")
    putaran = models.PositiveSmallIntegerField(default=1)
    tanggal = models.DateField()
    fasilitator = models.CharField(max_length=150, blank=True)
    tgl_pertemuan = models.DateField("tanggal pertemuan tatap muka", null=True, blank=True)
    catatan_pertemuan = models.TextField("catatan pertemuan", max_length=4000, blank=True)
    tayang = models.BooleanField("tayang untuk umum", default=False)

    objects = KartuSkorQuerySet.as_manager()

    class Meta:
        verbose_name = "kartu skor"
        verbose_name_plural = "kartu skor"
        ordering: ClassVar = ["-tanggal", "-id"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wilayah", "unit", "bidang", "putaran"], nulls_distinct=False, name="kartu_skor_putaran_sekali",
                violation_error_message=_("Putaran ini sudah ada. Buka kartunya, atau isi putaran berikut."),
            ),
            models.CheckConstraint(condition=Q(putaran__gt=0), name="kartu_skor_putaran_dari_1"),
            models.CheckConstraint(
                condition=Q(tgl_pertemuan__isnull=True) | Q(tgl_pertemuan__gte=models.F("tanggal")),
                name="kartu_skor_bertemu_sesudah_menilai",
                violation_error_message=_("Pertemuan mendahului hari penilaian. Periksa kedua tanggal."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit or self.bidang}, {self.wilayah.nama_lengkap}, putaran {self.putaran}"

    def get_absolute_url(self) -> str:
        """The page of those who keep it."""
        return reverse("pengaduan:kartu_skor_rinci", args=[self.wilayah.kode, self.pk])

    def clean(self) -> None:
        if self.wilayah_id and self.wilayah.tingkat < Tingkat.KECAMATAN:
            raise ValidationError({"wilayah": _("Pilih desa/kelurahan atau kecamatan.")})


class KriteriaSkor(models.Model):
    """What one group says of one criterion, from 1 (very bad) to 5 (very good), and why."""

    class Kelompok(models.TextChoices):
        PEREMPUAN = "perempuan", _("perempuan")
        PEMUDA = "pemuda", _("pemuda")
        DISABILITAS = "disabilitas", _("penyandang disabilitas")
        MISKIN = "miskin", _("warga miskin")
        LAINNYA = "lainnya", _("warga lain")
        PENYEDIA = "penyedia", _("penyedia layanan")

    kartu = models.ForeignKey(KartuSkor, models.CASCADE, related_name="skor")
    urutan = models.PositiveSmallIntegerField()
    kriteria = models.CharField(max_length=120)
    kelompok = models.CharField(max_length=11, choices=Kelompok.choices)
    n_peserta = models.PositiveSmallIntegerField("jumlah peserta")
    skor = models.PositiveSmallIntegerField()
    alasan = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "skor kriteria"
        verbose_name_plural = "skor kriteria"
        ordering: ClassVar = ["urutan", "id"]
        triggers: ClassVar = [Catat(wilayah="kartu__wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kartu", "kriteria", "kelompok"], name="kriteria_skor_sekali"),
            models.CheckConstraint(condition=Q(skor__range=(1, SKOR_TERTINGGI)), name="kriteria_skor_1_5"),
            models.CheckConstraint(condition=Q(n_peserta__gt=0), name="kriteria_skor_berpeserta"),
        ]

    def __str__(self) -> str:
        return f"{self.kriteria} ({self.kelompok}): {self.skor}"


class RencanaAksiSkor(models.Model):
    """An action that the meeting agreed on."""

    class Keadaan(models.TextChoices):
        BELUM = "belum", _("belum dimulai")
        BERJALAN = "berjalan", _("berjalan")
        SELESAI = "selesai", _("selesai")

    kartu = models.ForeignKey(KartuSkor, models.CASCADE, related_name="aksi")
    tindakan = models.CharField(max_length=300)
    penanggung_jawab = models.CharField("penanggung jawab", max_length=150)
    tenggat = models.DateField()
    keadaan = models.CharField(max_length=8, choices=Keadaan.choices, default=Keadaan.BELUM)

    class Meta:
        verbose_name = "rencana aksi"
        verbose_name_plural = "rencana aksi"
        ordering: ClassVar = ["tenggat", "id"]
        triggers: ClassVar = [Catat(wilayah="kartu__wilayah")]

    def __str__(self) -> str:
        return self.tindakan
