"""What belongs to an evaluation: the documents handed in, what the evaluator looked at, and the notes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kecamatan.triggers import Catat
from layanan_dasar.models.evaluasi import EvaluasiAPBDes


class DokumenEvaluasi(models.Model):
    """A document that the desa handed in with its draft; the scan, if there is one, stands in BerkasEvaluasi."""

    class Jenis(models.TextChoices):
        SURAT_PENGANTAR = "surat-pengantar", _("surat pengantar kepala desa")
        RAPERDES = "raperdes", _("Raperdes APBDes")
        PERKADES = "perkades", _("rancangan Perkades penjabaran APBDes")
        RKPDES = "rkpdes", _("Perdes RKPDesa")
        KEWENANGAN = "kewenangan", _("Perdes kewenangan desa")
        BERITA_ACARA = "berita-acara", _("berita acara musyawarah BPD")
        DANA_CADANGAN = "dana-cadangan", _("Perdes dana cadangan atau penyertaan modal")

    evaluasi = models.ForeignKey(EvaluasiAPBDes, models.CASCADE, related_name="dokumen")
    jenis = models.CharField(max_length=16, choices=Jenis.choices)

    class Meta:
        verbose_name = "dokumen evaluasi"
        verbose_name_plural = "dokumen evaluasi"
        triggers = [Catat(wilayah="evaluasi__apbdes__desa")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluasi", "jenis"], name="dokumen_evaluasi_sekali")]

    def __str__(self) -> str:
        return str(self.get_jenis_display())


BILA_ADA = (DokumenEvaluasi.Jenis.DANA_CADANGAN,)
"""Documents that only some drafts have; without the others none is complete."""


class BerkasEvaluasi(models.Model):
    """The scan of a document, in a table of its own so that no list reads it along."""

    dokumen = models.OneToOneField(DokumenEvaluasi, models.CASCADE, related_name="berkas", primary_key=True)
    tipe = models.CharField("tipe media", max_length=20)
    akhiran = models.CharField(max_length=4)
    isi = models.BinaryField()

    class Meta:
        verbose_name = "berkas evaluasi"
        verbose_name_plural = "berkas evaluasi"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tipe="application/pdf", akhiran="pdf")
                | Q(tipe="image/jpeg", akhiran="jpg")
                | Q(tipe="image/png", akhiran="png"),
                name="berkas_evaluasi_tipe_dikenal",
            )
        ]

    def __str__(self) -> str:
        return str(self.dokumen)


class ButirEvaluasi(models.Model):
    """What no figure tells: a question of the checklist that the evaluator answers by hand."""

    class Kode(models.TextChoices):
        RKPDES = "rkpdes", _("Kegiatan selaras dengan RKPDesa")
        LEGALITAS = "legalitas", _("Dasar hukum dan kewenangan desa terpenuhi")
        SILTAP = "siltap", _("Penghasilan tetap dari ADD sesuai ketentuan")
        HARGA = "harga", _("Harga satuan tidak melebihi standar kabupaten/kota")
        SILPA = "silpa", _("SiLPA tahun lalu dianggarkan kembali")

    class Nilai(models.TextChoices):
        PATUH = "patuh", _("sesuai")
        TIDAK_PATUH = "tidak_patuh", _("tidak sesuai")
        TIDAK_BERLAKU = "tidak_berlaku", _("tidak berlaku")

    evaluasi = models.ForeignKey(EvaluasiAPBDes, models.CASCADE, related_name="butir")
    kode = models.CharField(max_length=9, choices=Kode.choices)
    nilai = models.CharField(max_length=13, choices=Nilai.choices)

    class Meta:
        verbose_name = "butir evaluasi"
        verbose_name_plural = "butir evaluasi"
        triggers = [Catat(wilayah="evaluasi__apbdes__desa")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluasi", "kode"], name="butir_evaluasi_sekali")]

    def __str__(self) -> str:
        return str(self.get_kode_display())


class CatatanEvaluasi(models.Model):
    """A note of the evaluator: general, or on one line, kept with what that line said when the note was made."""

    evaluasi = models.ForeignKey(EvaluasiAPBDes, models.CASCADE, related_name="catatan")
    kode_kegiatan = models.CharField(max_length=8, blank=True)
    kode_rekening = models.CharField(max_length=12, blank=True)
    sumber_dana = models.CharField(max_length=20, blank=True)
    uraian = models.CharField(max_length=250, blank=True)
    anggaran = models.BigIntegerField(null=True, blank=True)
    isi = models.TextField("catatan", max_length=1000)

    class Meta:
        verbose_name = "catatan evaluasi"
        verbose_name_plural = "catatan evaluasi"
        ordering = ["kode_kegiatan", "kode_rekening", "id"]
        triggers = [Catat(wilayah="evaluasi__apbdes__desa")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(isi=""), name="catatan_evaluasi_berisi")]

    def __str__(self) -> str:
        return self.isi

    @property
    def baris(self) -> str:
        """The line it is about: "02.02.02 5.2.1.01 Posyandu"; empty for a general note."""
        return " ".join(part for part in (self.kode_kegiatan, self.kode_rekening, self.uraian) if part)
