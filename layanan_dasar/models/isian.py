"""A sheet of basic-service figures, and its way from draft to published."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from kecamatan.triggers import Catat, FirmTrigger, TetapBila
from layanan_dasar.models.capaian import StatusNilai
from layanan_dasar.models.dataset import Dataset
from layanan_dasar.models.indikator import Indikator
from p3pd_portal.lib.periode import Periode


if TYPE_CHECKING:
    from kecamatan.models import Pengguna


class IsianQuerySet(models.QuerySet["Isian"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Sheets of kecamatan in which the user works, be it in one desa of theirs."""
        kecamatan = {kode[:8] for p in user.penugasan_berlaku for kode in p.kode_desa or [p.wilayah.kode]}
        return self.filter(user.q_scope("kecamatan__") | Q(kecamatan__kode__in=kecamatan))

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("kecamatan__"))

    def with_terisi(self, desa: Wilayah | None = None) -> Self:
        """Each with the number of its filled cells (`terisi`): of one desa, or of all; never the stated totals."""
        cells = Q(nilai__wilayah=desa) if desa else ~Q(nilai__wilayah=F("kecamatan"))
        return self.annotate(terisi=Count("nilai", filter=cells))

    def locked(self) -> Self:
        """As they are now, ours until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("dataset__bidang", "kecamatan")

    def running(self) -> Self:
        """Not published yet."""
        return self.exclude(status=Isian.Status.DISAHKAN)


class Isian(models.Model):
    """One sheet: a dataset of a kecamatan and period, in its n-th version. A correction of what was published is a
    further version; the published one stays as it is."""

    class Status(models.TextChoices):
        DRAF = "draf", _("draf")
        DIAJUKAN = "diajukan", _("diajukan, menunggu verifikasi")
        DIVERIFIKASI = "diverifikasi", _("diverifikasi, menunggu pengesahan camat")
        DISAHKAN = "disahkan", _("disahkan dan terbit")

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="isian")
    kecamatan = models.ForeignKey(Wilayah, models.PROTECT, related_name="isian")
    periode = models.CharField(max_length=7)
    akhir = models.DateField("hari terakhir periode")
    versi = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAF)
    alasan = models.CharField("alasan koreksi", max_length=250, blank=True)
    kosong_disengaja = models.BooleanField("yang kosong memang kosong", default=False)
    updated_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = IsianQuerySet.as_manager()

    class Meta:
        verbose_name = "isian"
        verbose_name_plural = "isian"
        ordering: ClassVar = ["-akhir", "dataset"]
        triggers: ClassVar = [
            Catat(wilayah="kecamatan", tanpa=["updated_at"]),
            TetapBila(condition=pgtrigger.Q(old__status="disahkan")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "kecamatan", "periode", "versi"], name="isian_versi_unik"),
            models.UniqueConstraint(
                fields=["dataset", "kecamatan", "periode"],
                condition=~Q(status="disahkan"),
                name="isian_satu_berjalan",
            ),
            models.CheckConstraint(condition=Q(versi=1) | ~Q(alasan=""), name="isian_koreksi_beralasan"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.kecamatan} {self.periode} v{self.versi}"

    @property
    def periode_isian(self) -> Periode:
        return Periode.parse(self.periode)

    @property
    def is_draf(self) -> bool:
        return self.status == self.Status.DRAF

    @property
    def is_terbit(self) -> bool:
        return self.status == self.Status.DISAHKAN

    def move(self, status: "Isian.Status") -> None:
        """Step on, not yet saved.

        Raises:
            ValidationError: the table of steps knows no such one.
        """
        if status not in ALUR[Isian.Status(self.status)]:
            raise ValidationError(
                _("Langkah ini tidak berlaku: lembar sekarang %(kini)s.") % {"kini": self.get_status_display()}
            )
        self.status = status


_S = Isian.Status
ALUR: dict[Isian.Status, frozenset[Isian.Status]] = {
    _S.DRAF: frozenset({_S.DIAJUKAN}),
    _S.DIAJUKAN: frozenset({_S.DIVERIFIKASI, _S.DRAF}),
    _S.DIVERIFIKASI: frozenset({_S.DISAHKAN, _S.DRAF}),
    _S.DISAHKAN: frozenset(),
}
"""Which step may follow which. Going back to draft is a return with a reason; after publication only a new version."""


class LangkahIsian(models.Model):
    """A step of a sheet: who took it when, and why. Never changed."""

    class Langkah(models.TextChoices):
        AJUKAN = "ajukan", _("diajukan")
        VERIFIKASI = "verifikasi", _("diverifikasi")
        KEMBALIKAN = "kembalikan", _("dikembalikan")
        SAHKAN = "sahkan", _("disahkan dan terbit")
        KOREKSI = "koreksi", _("dibuka untuk koreksi")

    isian = models.ForeignKey(Isian, models.PROTECT, related_name="langkah")
    langkah = models.CharField(max_length=10, choices=Langkah.choices)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sebagai = models.CharField(max_length=80, help_text="jabatan pada saat itu")
    alasan = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField("pada", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "langkah isian"
        verbose_name_plural = "langkah isian"
        ordering: ClassVar = ["created_at", "id"]
        triggers: ClassVar = [TetapBila()]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(langkah="kembalikan") | ~Q(alasan=""), name="langkah_kembali_beralasan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.isian} {self.langkah}"


class TetapBilaTerbit(FirmTrigger):
    """Rows of a sheet that is published are never added, changed or removed."""

    name = "tetap_bila_terbit"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        return """
        IF EXISTS (
            SELECT FROM layanan_dasar_isian
            WHERE status = 'disahkan' AND id = CASE TG_OP WHEN 'DELETE' THEN OLD.isian_id ELSE NEW.isian_id END
        ) THEN
            RAISE EXCEPTION 'Isi lembar yang sudah terbit tidak dapat diubah (% pada %).', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
        """


class NilaiIsian(models.Model):
    """A cell group of a sheet: what was typed for one desa and indicator. No row is what nobody filled in yet.

    `wilayah` may be the kecamatan itself: the total that the source states, compared with the sum of its desa. Nobody
    filled in what a new version took over from the published one.
    """

    isian = models.ForeignKey(Isian, models.CASCADE, related_name="nilai")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    indikator = models.ForeignKey(Indikator, models.PROTECT, related_name="+")
    pembilang = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    penyebut = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    laki_laki = models.DecimalField("laki-laki", max_digits=18, decimal_places=4, null=True)
    perempuan = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    disabilitas = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    status = models.CharField(max_length=17, choices=StatusNilai.choices)
    diisi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    diisi_pada = models.DateTimeField("diisi pada")

    class Meta:
        verbose_name = "nilai isian"
        verbose_name_plural = "nilai isian"
        triggers: ClassVar = [Catat(wilayah="wilayah", tanpa=["diisi_pada"]), TetapBilaTerbit()]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["isian", "wilayah", "indikator"], name="nilai_isian_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.isian} {self.wilayah} {self.indikator_id}"
