"""What the Sekda of a kabupaten proposes: the letter, and the people in it."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import Wilayah
from kecamatan.models.orang import Diri, JenisKelamin, validate_nip
from kecamatan.permissions import Izin
from kecamatan.triggers import Catat
from pelatihan.models.peserta import Peserta, UnsurPeserta
from pelatihan.models.undangan import StatusUsulan, Undangan


if TYPE_CHECKING:
    from kecamatan.models import Pengguna


class Usulan(models.Model):
    """The answer to an invitation: the letter of the Sekda. It is there from the day of the invitation, empty at first.

    Attributes:
        pejabat, jabatan_pejabat: who signs the letter.
        alasan: why it was sent back.
    """

    undangan = models.OneToOneField(Undangan, models.CASCADE, primary_key=True, related_name="usulan")
    nomor_surat = models.CharField("nomor surat", max_length=100, blank=True)
    tanggal_surat = models.DateField("tanggal surat", null=True, blank=True)
    pejabat = models.CharField("nama pejabat pengusul", max_length=150, blank=True)
    nip_pejabat = models.CharField("NIP pejabat", max_length=18, blank=True)
    jabatan_pejabat = models.CharField("jabatan pengusul", max_length=100, blank=True, default="Sekretaris Daerah")
    status = models.CharField(max_length=12, choices=StatusUsulan.choices, default=StatusUsulan.DRAF)
    alasan = models.CharField(max_length=300, blank=True)
    dikirim_pada = models.DateTimeField("dikirim pada", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "usulan peserta"
        verbose_name_plural = "usulan peserta"
        triggers: ClassVar = [Catat(wilayah="undangan__wilayah")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status="dikembalikan") | ~Q(alasan=""), name="usulan_kembali_beralasan",
                violation_error_message=_("Tulis apa yang harus diperbaiki."),
            ),
            models.CheckConstraint(
                condition=~Q(status="terkirim")
                | Q(tanggal_surat__isnull=False, dikirim_pada__isnull=False) & ~Q(nomor_surat="") & ~Q(pejabat=""),
                name="usulan_terkirim_bersurat",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.undangan)


class BerkasUsulan(models.Model):
    """The scan of the signed letter, in a table of its own so that no list reads it along."""

    usulan = models.OneToOneField(Usulan, models.CASCADE, primary_key=True, related_name="berkas")
    tipe = models.CharField("tipe media", max_length=20)
    akhiran = models.CharField(max_length=4)
    isi = models.BinaryField()
    diunggah_pada = models.DateTimeField("diunggah pada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "berkas usulan"
        verbose_name_plural = "berkas usulan"
        triggers: ClassVar = [Catat(wilayah="usulan__undangan__wilayah")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tipe="application/pdf", akhiran="pdf")
                | Q(tipe="image/jpeg", akhiran="jpg")
                | Q(tipe="image/png", akhiran="png"),
                name="berkas_usulan_tipe_dikenal",
            )
        ]

    def __str__(self) -> str:
        return str(self.usulan)


class StatusCalon(models.TextChoices):
    """Where somebody who was proposed stands."""

    DIUSULKAN = "diusulkan", _("diusulkan")
    LENGKAP = "lengkap", _("lengkap")
    DISETUJUI = "disetujui", _("disetujui")
    CADANGAN = "cadangan", _("cadangan")
    DITOLAK = "ditolak", _("ditolak")
    KONFIRMASI = "konfirmasi", _("konfirmasi hadir")
    MUNDUR = "mundur", _("mengundurkan diri")


DITERIMA = (StatusCalon.DISETUJUI, StatusCalon.KONFIRMASI)
DIPUTUSKAN = (*DITERIMA, StatusCalon.CADANGAN, StatusCalon.DITOLAK, StatusCalon.MUNDUR)
WAJIB = ("nama", "nip", "jenis_kelamin", "jabatan", "instansi", "telepon")
"""What has to be known of somebody before a proposal is sent, and before anybody is approved."""


class CalonQuerySet(models.QuerySet["Calon"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """People who were proposed for cohorts that somebody runs, with their personal data."""
        return self.filter(user.q_scope("usulan__undangan__angkatan__program__wilayah__", Izin.KELOLA_PELATIHAN))

    def berurut(self) -> Self:
        """Office by office, each in the order of the Sekda, or of the reserve."""
        return self.order_by("unsur__urutan", "unsur", "urutan", "pk")


class Calon(Diri, models.Model):
    """Somebody whom a Sekda proposes. The data stay here until the person is approved; then they become a participant.

    Attributes:
        wilayah: where the person works: the kabupaten, or a kecamatan of it for offices that work there.
        urutan: place among those of the same office: the lowest is approved, or called from the reserve, first.
        alasan: why refused, or why withdrawn.
        peserta: the participation that came of it.
    """

    usulan = models.ForeignKey(Usulan, models.CASCADE, related_name="calon")
    unsur = models.ForeignKey(UnsurPeserta, models.PROTECT, related_name="+")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    nama = models.CharField("nama tanpa gelar", max_length=150)
    gelar_depan = models.CharField("gelar di depan nama", max_length=30, blank=True)
    gelar_belakang = models.CharField("gelar di belakang nama", max_length=60, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True, validators=[validate_nip])
    jenis_kelamin = models.CharField("jenis kelamin", max_length=1, choices=JenisKelamin.choices, blank=True)
    jabatan = models.CharField(max_length=100, blank=True)
    instansi = models.CharField(max_length=150, blank=True)
    telepon = models.CharField("nomor telepon", max_length=16, blank=True)
    surel = models.EmailField("surel", blank=True)
    urutan = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=StatusCalon.choices, default=StatusCalon.DIUSULKAN)
    alasan = models.CharField(max_length=300, blank=True)
    peserta = models.OneToOneField(Peserta, models.SET_NULL, null=True, blank=True, related_name="calon")

    objects = CalonQuerySet.as_manager()

    class Meta:
        verbose_name = "calon peserta"
        verbose_name_plural = "calon peserta"
        ordering: ClassVar = ["usulan", "unsur__urutan", "urutan", "id"]
        triggers: ClassVar = [Catat(wilayah="wilayah")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usulan", "nip"], condition=~Q(nip=""), name="calon_sekali",
                violation_error_message=_("NIP ini sudah ada dalam usulan ini. Periksa daftar calon."),
            ),
            models.CheckConstraint(condition=Q(nip="") | Q(nip__regex=r"^\d{18}$"), name="calon_nip_18_angka"),
            models.CheckConstraint(
                condition=Q(telepon="") | Q(telepon__regex=r"^\+[1-9]\d{6,14}$"), name="calon_telepon_e164"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ditolak", "mundur"]) | ~Q(alasan=""), name="calon_keluar_beralasan",
                violation_error_message=_("Tulis alasannya."),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["nip"], condition=~Q(nip=""), name="calon_nip")]

    def __str__(self) -> str:
        return self.nama

    @property
    def kurang(self) -> list[str]:
        """Names of the required fields that are empty."""
        empty = [self._meta.get_field(name) for name in WAJIB if not getattr(self, name)]
        return [str(satu.verbose_name) for satu in empty]  # type: ignore[union-attr]

    @property
    def diterima(self) -> bool:
        return self.status in DITERIMA
