"""What participants do after the training (rencana tindak lanjut), and how it is followed up."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.peserta import Peserta


PALING_BANYAK = 5
TONGGAK = (30, 60, 90, 180)
"""Days after the training when each plan is asked about: the 30/60/90 days and the three and six months of the
programme (90 days are the three months, 180 days the six)."""
DIBUKA_SEBELUM = datetime.timedelta(days=7)
"""[design] How early an answer to such a question is taken; the first one's is taken from the beginning."""


class RtlQuerySet(models.QuerySet["Rtl"]):
    def visible_to(self, user: Pengguna) -> Self:
        """Plans of cohorts that somebody runs."""
        return self.filter(user.q_scope("peserta__angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN))

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        """Plans for desa of a region."""
        return self.filter(wilayah.q_below("desa__"))

    def berlaku(self) -> Self:
        """All but those called off, and those of people who withdrew."""
        return self.exclude(status=Rtl.Status.BATAL).exclude(peserta__status=Peserta.Status.MENGUNDURKAN_DIRI)

    def open(self) -> Self:
        return self.berlaku().exclude(status=Rtl.Status.SELESAI)


class Rtl(models.Model):
    """An action that a participant plans for one desa: from a problem and its indicator to what shall be reached.

    Attributes:
        kode_indikator: an indicator of the catalogue, kept as text so that a plan outlives a catalogue.
        target: what can be measured when it is done.
        penanggung_jawab: who answers for it, as the participant names the office.
    """

    class Status(models.TextChoices):
        RENCANA = "rencana", _("rencana")
        BERJALAN = "berjalan", _("berjalan")
        SELESAI = "selesai", _("selesai")
        BATAL = "batal", _("batal")

    peserta = models.ForeignKey(Peserta, models.PROTECT, related_name="rtl")
    masalah = models.TextField(max_length=500)
    kode_indikator = models.CharField("indikator", max_length=12)
    kegiatan = models.CharField(max_length=300)
    target = models.CharField(max_length=300)
    desa = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    tenggat = models.DateField()
    penanggung_jawab = models.CharField("penanggung jawab", max_length=150)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.RENCANA)

    objects = RtlQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana tindak lanjut"
        verbose_name_plural = "rencana tindak lanjut"
        ordering: ClassVar = ["tenggat", "id"]
        triggers: ClassVar = [Catat(wilayah="desa", orang="peserta__orang")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(**{kolom: ""}), name=f"rtl_{kolom}_terisi")
            for kolom in ("masalah", "kode_indikator", "kegiatan", "target", "penanggung_jawab")
        ]
        indexes: ClassVar = [models.Index(fields=["desa", "status"], name="rtl_desa")]

    def __str__(self) -> str:
        return self.kegiatan

    def is_late(self, pada: datetime.date) -> bool:
        return self.status in (self.Status.RENCANA, self.Status.BERJALAN) and self.tenggat < pada


class PemantauanQuerySet(models.QuerySet["PemantauanRtl"]):
    def due(self, pada: datetime.date) -> Self:
        """What its participant should be asked about by now, and has neither been asked nor told; nothing of cohorts
        whose links open nothing any more."""
        over = Angkatan.objects.lewat_simpan(pada)
        mine = self.filter(rtl__in=Rtl.objects.open()).exclude(rtl__peserta__angkatan__in=over)
        return mine.filter(jatuh_tempo__lte=pada, dikirim_pada=None, diisi_pada=None)


class PemantauanRtl(models.Model):
    """What a participant tells of a plan, and who verified it.

    Attributes:
        tonggak: days after the training, one of TONGGAK.
        dikirim_pada: when the participant was asked, by mail or by the organiser.
        keadaan: the state of the plan then, "" until it is told.
        hasil: what the verifier found, "" until then; what was returned can be told anew.
    """

    class Hasil(models.TextChoices):
        DITERIMA = "diterima", _("diterima")
        DIKEMBALIKAN = "dikembalikan", _("dikembalikan")

    rtl = models.ForeignKey(Rtl, models.CASCADE, related_name="pemantauan")
    tonggak = models.PositiveSmallIntegerField(choices=[(hari, f"H+{hari}") for hari in TONGGAK])
    jatuh_tempo = models.DateField("jatuh tempo")
    dikirim_pada = models.DateTimeField("ditanyakan pada", null=True, blank=True)
    diisi_pada = models.DateTimeField("diisi pada", null=True, blank=True)
    keadaan = models.CharField(max_length=8, choices=Rtl.Status.choices, blank=True)
    uraian = models.TextField(max_length=1000, blank=True)
    verifikator = models.ForeignKey(Pengguna, models.PROTECT, null=True, blank=True, related_name="+")
    diverifikasi_pada = models.DateTimeField("diverifikasi pada", null=True, blank=True)
    hasil = models.CharField(max_length=12, choices=Hasil.choices, blank=True)
    catatan = models.CharField(max_length=500, blank=True)

    objects = PemantauanQuerySet.as_manager()

    class Meta:
        verbose_name = "pemantauan RTL"
        verbose_name_plural = "pemantauan RTL"
        ordering: ClassVar = ["jatuh_tempo", "id"]
        triggers: ClassVar = [Catat(wilayah="rtl__desa", orang="rtl__peserta__orang")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rtl", "tonggak"], name="pemantauan_rtl_sekali"),
            models.CheckConstraint(
                condition=Q(diisi_pada__isnull=True, keadaan="", uraian="")
                | (Q(diisi_pada__isnull=False) & ~Q(keadaan="") & ~Q(uraian="")),
                name="pemantauan_rtl_berisi",
            ),
            models.CheckConstraint(
                condition=Q(hasil="", verifikator__isnull=True, diverifikasi_pada__isnull=True)
                | (
                    ~Q(hasil="")
                    & Q(verifikator__isnull=False, diverifikasi_pada__isnull=False, diisi_pada__isnull=False)
                ),
                name="pemantauan_rtl_diverifikasi",
            ),
            models.CheckConstraint(
                condition=~Q(hasil="dikembalikan") | ~Q(catatan=""), name="pemantauan_rtl_kembali_beralasan",
                violation_error_message=_("Tulis apa yang perlu dilengkapi."),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["jatuh_tempo"], condition=Q(dikirim_pada=None, diisi_pada=None), name="pemantauan_rtl_menunggu"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rtl} {self.get_tonggak_display()}"

    def is_started(self, pada: datetime.date) -> bool:
        return self.tonggak == TONGGAK[0] or pada >= self.jatuh_tempo - DIBUKA_SEBELUM

    @property
    def is_settled(self) -> bool:
        return self.hasil == self.Hasil.DITERIMA


class BuktiRtl(models.Model):
    """The evidence of a follow-up, in a table of its own so that no list reads it along."""

    pemantauan = models.OneToOneField(PemantauanRtl, models.CASCADE, related_name="bukti", primary_key=True)
    tipe = models.CharField("tipe media", max_length=20)
    akhiran = models.CharField(max_length=4)
    isi = models.BinaryField()

    class Meta:
        verbose_name = "bukti RTL"
        verbose_name_plural = "bukti RTL"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tipe="application/pdf", akhiran="pdf")
                | Q(tipe="image/jpeg", akhiran="jpg")
                | Q(tipe="image/png", akhiran="png"),
                name="bukti_rtl_tipe_dikenal",
            )
        ]

    def __str__(self) -> str:
        return str(self.pemantauan)
