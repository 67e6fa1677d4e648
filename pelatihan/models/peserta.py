"""Who takes part."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Orang, Pengguna, Wilayah
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pelatihan.models.alur import JenisPelatihan
from pelatihan.models.angkatan import Angkatan
from pelatihan.models.kelas import Kelas


class UnsurPeserta(models.Model):
    """An institution or office that participants of a kind of training come from (ToT: the five of the Sekda's team).

    Attributes:
        wajib: whether each team has to have one.
        kecamatan: whether it works in a kecamatan; otherwise in a kabupaten or kota.
        bup: age of retirement that is assumed of its people (UU 20/2023: 58 for most offices, 60 for some).
    """

    kode = models.SlugField(primary_key=True, max_length=20)
    jenis = models.CharField(max_length=10, choices=JenisPelatihan.choices)
    urutan = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=100)
    wajib = models.BooleanField(default=True)
    kecamatan = models.BooleanField(default=False)
    bup = models.PositiveSmallIntegerField("batas usia pensiun (asumsi)", default=58)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = "unsur peserta"
        verbose_name_plural = "unsur peserta"
        ordering: ClassVar = ["jenis", "urutan"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return self.nama


class PesertaQuerySet(models.QuerySet["Peserta"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """Participants of cohorts that somebody runs, with their personal data."""
        return self.filter(user.q_scope("angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN))

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        """Those who work in a region or below it."""
        return self.filter(wilayah.q_below("wilayah__"))

    def ikut(self) -> Self:
        """All but those who withdrew."""
        return self.exclude(status=Peserta.Status.MENGUNDURKAN_DIRI)

    def disimpan(self) -> Self:
        """Those of whom personal data are still kept: a link or a telephone of anybody else opens nothing."""
        return self.exclude(angkatan__in=Angkatan.objects.lewat_simpan(timezone.localdate()))


class Peserta(models.Model):
    """A person in a cohort.

    Attributes:
        wilayah: where the person works: a kabupaten of a ToT team, a kecamatan of its staff.
        nomor_lencana: six digits on the badge, unique in the cohort and so in whatever class; drawn by lot, so that a
            mistyped digit hits nobody. It says nothing of the person and stays out of the history.
        versi_tautan: counts up when all links given to this participant are taken back.
    """

    class Status(models.TextChoices):
        TERDAFTAR = "terdaftar", _("terdaftar")
        DIKONFIRMASI = "dikonfirmasi", _("konfirmasi hadir")
        LULUS = "lulus", _("lulus")
        TIDAK_LULUS = "tidak_lulus", _("tidak lulus")
        MENGUNDURKAN_DIRI = "mundur", _("mengundurkan diri")

    angkatan = models.ForeignKey(Angkatan, models.PROTECT, related_name="peserta")
    kelas = models.ForeignKey(Kelas, models.PROTECT, null=True, blank=True, related_name="peserta")
    orang = models.ForeignKey(Orang, models.PROTECT, related_name="kepesertaan")
    unsur = models.ForeignKey(UnsurPeserta, models.PROTECT, null=True, blank=True, related_name="+")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.TERDAFTAR)
    alasan = models.CharField(max_length=300, blank=True)
    nomor_lencana = models.PositiveIntegerField("nomor lencana", null=True, blank=True, editable=False)
    versi_tautan = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PesertaQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering: ClassVar = ["wilayah__kode", "unsur__urutan", "orang__nama"]
        triggers: ClassVar = [Catat(wilayah="wilayah", orang="orang", tanpa=["nomor_lencana"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["angkatan", "orang"], name="peserta_sekali",
                violation_error_message=_("Orang ini sudah menjadi peserta angkatan ini."),
            ),
            models.UniqueConstraint(fields=["angkatan", "nomor_lencana"], name="peserta_lencana_unik"),
            models.CheckConstraint(
                condition=Q(nomor_lencana__isnull=True) | Q(nomor_lencana__range=(100_000, 999_999)),
                name="peserta_lencana_enam_angka",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["tidak_lulus", "mundur"]) | ~Q(alasan=""), name="peserta_keluar_beralasan",
                violation_error_message=_("Tulis alasannya."),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["wilayah", "angkatan"], name="peserta_wilayah")]

    def __str__(self) -> str:
        return str(self.orang)
