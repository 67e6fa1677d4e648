"""The camat's evaluation of a draft village budget (Permendagri 20/2018 art. 31–42), from intake to Perdes."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from kecamatan.triggers import Catat
from layanan_dasar.models.belanja import APBDes


if TYPE_CHECKING:
    import datetime

    from kecamatan.models import Pengguna

HARI_EVALUASI = HARI_PERBAIKAN = 20
"""Working days for the evaluation, and for the correction of a draft that is not in line (art. 33 and 35)."""
HARI_PENGINGAT = 5


class EvaluasiAPBDesQuerySet(models.QuerySet["EvaluasiAPBDes"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Evaluations of desa in which the user works: its own for the desa, all of its desa for the kecamatan."""
        return self.filter(user.q_scope("apbdes__desa__"))

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("apbdes__desa__"))

    def open(self) -> Self:
        """Not at an end: somebody still has something to do."""
        return self.exclude(status__in=[satu for satu, next_ones in ALUR.items() if not next_ones])


class EvaluasiAPBDes(models.Model):
    """One round of the evaluation of a draft budget, from the letter that brought it to the Perdes.

    A draft that was not in line comes back as a new round (`putaran`) with a clock of its own; the earlier round keeps
    its result and its letter. `pemeriksaan` is the computed checklist as it stood when the result was given.
    """

    class Status(models.TextChoices):
        DITERIMA = "diterima", _("diterima, dokumen belum lengkap")
        LENGKAP = "lengkap", _("dokumen lengkap, sedang dievaluasi")
        DINILAI = "dinilai", _("dinilai, menunggu Perdes")
        PERBAIKAN = "perbaikan", _("menunggu perbaikan desa")
        DIPERBAIKI = "diperbaiki", _("diajukan lagi setelah perbaikan")
        BERLAKU_OTOMATIS = "berlaku_otomatis", _("berlaku dengan sendirinya, menunggu Perdes")
        SELESAI = "selesai", _("selesai, Perdes ditetapkan")
        DIBATALKAN = "dibatalkan", _("dibatalkan")

    class Hasil(models.TextChoices):
        SESUAI = "sesuai", _("sesuai")
        SESUAI_DENGAN_CATATAN = "sesuai_dengan_catatan", _("sesuai dengan catatan")
        TIDAK_SESUAI = "tidak_sesuai", _("tidak sesuai")

    apbdes = models.ForeignKey(APBDes, models.PROTECT, related_name="evaluasi", verbose_name="rancangan APBDes")
    putaran = models.PositiveSmallIntegerField("pengajuan ke-", default=1)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DITERIMA)
    nomor_surat = models.CharField("nomor surat pengantar", max_length=100, blank=True)
    tgl_terima = models.DateField("tanggal terima")
    tgl_terima_lengkap = models.DateField("tanggal dokumen lengkap", null=True, blank=True)
    tenggat = models.DateField("tenggat evaluasi", null=True, blank=True)
    tgl_ingatkan = models.DateField("tanggal pengingat", null=True, blank=True)
    hasil = models.CharField(max_length=21, choices=Hasil.choices, blank=True)
    nomor_keputusan = models.CharField("nomor keputusan", max_length=100, blank=True)
    tgl_keputusan = models.DateField("tanggal keputusan", null=True, blank=True)
    tenggat_perbaikan = models.DateField("tenggat perbaikan", null=True, blank=True)
    pemeriksaan = models.JSONField("hasil pemeriksaan", default=list, blank=True)
    penilai = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penilai"
    )
    alasan_batal = models.CharField("alasan pembatalan", max_length=250, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diterima oleh"
    )

    objects = EvaluasiAPBDesQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluasi APBDes"
        verbose_name_plural = "evaluasi APBDes"
        ordering = ["-tgl_terima", "-id"]
        triggers = [Catat(wilayah="apbdes__desa", tanpa=["pemeriksaan"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["apbdes", "putaran"], name="evaluasi_putaran_unik"),
            models.UniqueConstraint(
                fields=["apbdes"],
                condition=Q(status__in=["diterima", "lengkap", "dinilai", "perbaikan", "berlaku_otomatis"]),
                name="evaluasi_satu_berjalan",
            ),
            models.CheckConstraint(
                condition=Q(tgl_terima_lengkap__isnull=True, tenggat__isnull=True, tgl_ingatkan__isnull=True)
                | Q(tgl_terima_lengkap__gte=F("tgl_terima"), tenggat__isnull=False, tgl_ingatkan__isnull=False),
                name="evaluasi_tenggat_sejak_lengkap",
            ),
            models.CheckConstraint(
                condition=Q(status="dibatalkan")
                | Q(status="diterima", tenggat__isnull=True, hasil="")
                | Q(status__in=["lengkap", "berlaku_otomatis"], tenggat__isnull=False, hasil="")
                | Q(status="dinilai", hasil__in=["sesuai", "sesuai_dengan_catatan"])
                | Q(status__in=["perbaikan", "diperbaiki"], hasil="tidak_sesuai", tenggat_perbaikan__isnull=False)
                | Q(status="selesai", hasil__in=["", "sesuai", "sesuai_dengan_catatan"], tenggat__isnull=False),
                name="evaluasi_hasil_sesuai_status",
            ),
            models.CheckConstraint(
                condition=Q(hasil="", tgl_keputusan__isnull=True, nomor_keputusan="")
                | (~Q(hasil="") & ~Q(nomor_keputusan="") & Q(tgl_keputusan__gte=F("tgl_terima_lengkap"))),
                name="evaluasi_hasil_berkeputusan",
            ),
            models.CheckConstraint(
                condition=~Q(status="dibatalkan") | ~Q(alasan_batal=""), name="evaluasi_batal_beralasan"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenggat"], condition=Q(status="lengkap"), name="evaluasi_tenggat")]

    def __str__(self) -> str:
        return f"Evaluasi {self.apbdes}"

    @property
    def kecamatan(self) -> Wilayah:
        """Whose camat evaluates: that of the desa's kecamatan."""
        induk = self.apbdes.desa.induk
        if induk is None:  # a desa always has one
            raise Wilayah.DoesNotExist
        return induk

    @property
    def batas(self) -> "datetime.date | None":
        """The day up to which somebody must act now: the camat while it is evaluated, the desa while it corrects."""
        return {"lengkap": self.tenggat, "perbaikan": self.tenggat_perbaikan}.get(self.status)

    @property
    def is_open(self) -> bool:
        return bool(ALUR[EvaluasiAPBDes.Status(self.status)])

    @property
    def awaits_perdes(self) -> bool:
        return EvaluasiAPBDes.Status.SELESAI in ALUR[EvaluasiAPBDes.Status(self.status)]

    @property
    def may_be_cancelled(self) -> bool:
        return EvaluasiAPBDes.Status.DIBATALKAN in ALUR[EvaluasiAPBDes.Status(self.status)]

    @property
    def may_be_judged(self) -> bool:
        return EvaluasiAPBDes.Status.DINILAI in ALUR[EvaluasiAPBDes.Status(self.status)]

    def move(self, status: Status) -> None:
        """Step on, not yet saved.

        Raises:
            ValidationError: the table of steps knows no such one.
        """
        if status not in ALUR[EvaluasiAPBDes.Status(self.status)]:
            words = {"kini": self.get_status_display()}
            raise ValidationError(_("Langkah ini tidak berlaku: evaluasi sekarang %(kini)s.") % words)
        self.status = status


_S = EvaluasiAPBDes.Status
ALUR: dict[EvaluasiAPBDes.Status, frozenset[EvaluasiAPBDes.Status]] = {
    _S.DITERIMA: frozenset({_S.LENGKAP, _S.DIBATALKAN}),
    _S.LENGKAP: frozenset({_S.DINILAI, _S.PERBAIKAN, _S.BERLAKU_OTOMATIS, _S.DIBATALKAN}),
    _S.DINILAI: frozenset({_S.SELESAI}),
    # A decision that was made in time may be written down late.
    _S.BERLAKU_OTOMATIS: frozenset({_S.SELESAI, _S.DINILAI, _S.PERBAIKAN}),
    _S.PERBAIKAN: frozenset({_S.DIPERBAIKI, _S.DIBATALKAN}),
    _S.DIPERBAIKI: frozenset(),
    _S.SELESAI: frozenset(),
    _S.DIBATALKAN: frozenset(),
}
"""Which step may follow which; the steps at an end have none."""
TERKUNCI = (_S.LENGKAP, _S.DINILAI, _S.BERLAKU_OTOMATIS)
"""While a draft is being judged, or is judged and waits for its Perdes, its lines must not change."""
