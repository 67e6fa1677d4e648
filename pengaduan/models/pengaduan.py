"""Complaints of citizens: what they say, about whom, and who answers by when."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kecamatan.models import UnitLayanan, Wilayah
from kecamatan.models.unit import BUJUR, LINTANG
from kecamatan.permissions import PERAN, Izin
from kecamatan.triggers import Catat
from pengaduan.models.alur import ALUR, GILIRAN_PELAPOR, TERBUKA, TERTUTUP, Langkah, Status
from pengaduan.models.kategori import KategoriPengaduan


if TYPE_CHECKING:
    from kecamatan.models import Pengguna, Penugasan

KEBERATAN_TERBANYAK = 2
PERAN_TERLAPOR = {
    "desa": ("kades", "operator_desa", "bpd"),
    "kecamatan": ("camat", "sekcam", "verifikator", "operator_kecamatan"),
    "upt_kesehatan": ("upt_kesehatan",),
    "upt_pendidikan": ("upt_pendidikan",),
}
"""Whom a report about an office is kept from: the people who work in it."""


class PengaduanQuerySet(models.QuerySet["Pengaduan"]):
    def visible_to(self, user: "Pengguna") -> Self:
        """What a person may read in full: see `_sees`."""
        seen = Q(pk__in=[])
        for penugasan in user.penugasan_berlaku:
            seen |= _sees(penugasan)
        return self.filter(seen)

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("wilayah__"))

    def open(self) -> Self:
        return self.filter(status__in=TERBUKA)

    def published(self) -> Self:
        """What everybody may read. A confidential report is never among them."""
        return self.filter(tayang=True)


def _sees(penugasan: "Penugasan") -> Q:
    """What an assignment shows: what was handed to it; to a desk its own cases, and those of its region that are not
    confidential. Alleged corruption is the inspectorate's alone, and nobody reads what is said about the own office.
    """
    here = penugasan.wilayah.kode_kini
    if here is None:  # closed, and nobody decided yet who follows
        return Q(pk__in=[])
    kantor = Wilayah.objects.filter(kode_kini=here)  # no join: as part of an "or" it would touch every row
    handed = Q(pelaksana_wilayah__in=kantor, pelaksana_peran=penugasan.peran) & penugasan.q_scope("wilayah__")
    if Izin.AWASI_WBS in penugasan.izin:
        return handed | (Q(wbs=True) & penugasan.q_scope("wilayah__"))
    if Izin.KELOLA_PENGADUAN in penugasan.izin:
        desk = Q(meja__in=kantor) | Q(pelaksana_wilayah__in=kantor, pelaksana_peran="")
        handed |= desk | (Q(rahasia=False) & penugasan.q_scope("wilayah__"))
    elif Izin.JAWAB_PENGADUAN in penugasan.izin and penugasan.peran in PERAN_TERLAPOR["desa"]:
        handed |= Q(pelaksana_wilayah__in=kantor, pelaksana_peran="")
    own = [kode for kode, roles in PERAN_TERLAPOR.items() if penugasan.peran in roles]
    about_them = Q(terlapor__in=own) & penugasan.q_scope("wilayah__")
    return handed & Q(wbs=False) & ~about_them


class Pengaduan(models.Model):
    """A report of a citizen: a complaint, a wish, or a question.

    Whoever has the number and the secret code follows it; the code itself is kept nowhere, only its mark. Who reported
    it stands in KontakPelapor, if anywhere. `judul_publik` and `isi_publik` are what the moderator let through.

    Attributes:
        wilayah: desa or kecamatan that it is about.
        meja: region whose desk answers for the case; it moves up when a deadline passes or the desk is reported.
        pelaksana_wilayah, pelaksana_peran: who acts now: a role there, or with "" the desk of that region.
        jam_mulai: when the report was complete, or was opened again: the days of the promise count from here.
        tenggat: day up to which somebody must take the next step; none while it is put off or at an end.
        tenggat_naik: day after which the case moves one level up.
        kirim: mark of the form it came from, so that a form sent twice is one report.
        sidik: mark of what was said, so that another text under the same form is noticed.
    """

    class Jenis(models.TextChoices):
        PENGADUAN = "pengaduan", _("pengaduan")
        ASPIRASI = "aspirasi", _("aspirasi")
        INFORMASI = "informasi", _("permintaan informasi")

    class Kanal(models.TextChoices):
        WEB = "web", _("portal")
        TATAP_MUKA = "tatap_muka", _("tatap muka")
        WHATSAPP = "whatsapp", _("WhatsApp")
        TELEPON = "telepon", _("telepon")
        KOTAK_SARAN = "kotak_saran", _("kotak saran")
        SP4N = "sp4n", _("rujukan SP4N-LAPOR!")
        OPEN311 = "open311", _("aplikasi lain (Open311)")

    class Identitas(models.TextChoices):
        TERBUKA = "terbuka", _("terbuka")
        ANONIM = "anonim", _("anonim")
        TANPA_IDENTITAS = "tanpa_identitas", _("tanpa identitas")

    class Terlapor(models.TextChoices):
        DESA = "desa", _("pemerintah desa/kelurahan")
        KECAMATAN = "kecamatan", _("kantor kecamatan")
        UPT_KESEHATAN = "upt_kesehatan", _("puskesmas")
        UPT_PENDIDIKAN = "upt_pendidikan", _("UPT/korwil pendidikan")

    nomor = models.CharField(max_length=26, unique=True)
    kode = models.BinaryField("tanda kode rahasia", max_length=32)
    kirim = models.BinaryField("tanda formulir", max_length=32, unique=True)
    sidik = models.BinaryField("sidik isi", max_length=32)

    jenis = models.CharField(max_length=10, choices=Jenis.choices, default=Jenis.PENGADUAN)
    kategori = models.ForeignKey(KategoriPengaduan, models.PROTECT, related_name="pengaduan")
    wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="pengaduan")
    lokasi = models.CharField("dusun, jalan, atau tempat", max_length=150, blank=True)
    lintang = models.DecimalField(max_digits=7, decimal_places=5, null=True, blank=True)
    bujur = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    unit = models.ForeignKey(
        UnitLayanan, models.PROTECT, null=True, blank=True, related_name="pengaduan", verbose_name="unit layanan"
    )
    terlapor = models.CharField("yang dilaporkan", max_length=14, choices=Terlapor.choices, blank=True)
    tgl_kejadian = models.DateField("tanggal kejadian", null=True, blank=True)
    judul = models.CharField(max_length=120)
    isi = models.TextField(max_length=4000)
    kanal = models.CharField(max_length=11, choices=Kanal.choices, default=Kanal.WEB)
    identitas = models.CharField(max_length=15, choices=Identitas.choices)
    rahasia = models.BooleanField(default=False)

    pengawasan = models.BooleanField("berkadar pengawasan", default=False)
    wbs = models.BooleanField("dugaan korupsi atau penyalahgunaan wewenang", default=False)
    perlu_disaring = models.BooleanField("perlu disaring", default=False)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DITERIMA)
    meja = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    pelaksana_wilayah = models.ForeignKey(Wilayah, models.PROTECT, related_name="+")
    pelaksana_peran = models.CharField(
        max_length=30, blank=True, choices=[(peran.kode, peran.label) for peran in PERAN.values()]
    )
    eskalasi = models.PositiveSmallIntegerField(default=0)
    keberatan = models.PositiveSmallIntegerField(default=0)
    induk = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="gabungan", verbose_name="digabung ke"
    )
    instansi_lain = models.CharField("instansi tujuan", max_length=100, blank=True)
    nomor_rujukan = models.CharField("nomor rujukan", max_length=60, blank=True)
    kategori_sp4n = models.CharField("kategori SP4N-LAPOR!", max_length=403, blank=True)

    diterima_pada = models.DateTimeField("diterima pada", default=timezone.now)
    jam_mulai = models.DateTimeField("waktu dihitung dari", default=timezone.now)
    sejak = models.DateTimeField("pada langkah ini sejak", default=timezone.now)
    dijawab_pada = models.DateTimeField("jawaban pertama pada", null=True, blank=True)
    ditutup_pada = models.DateTimeField("ditutup pada", null=True, blank=True)
    tenggat = models.DateField(null=True, blank=True)
    tenggat_selesai = models.DateField("tenggat penyelesaian", null=True, blank=True)
    tenggat_naik = models.DateField("tenggat eskalasi", null=True, blank=True)
    naik_pada = models.DateField("terakhir naik pada", null=True, blank=True)

    tayang = models.BooleanField("tayang untuk umum", default=False)
    judul_publik = models.CharField("judul untuk umum", max_length=120, blank=True)
    isi_publik = models.TextField("isi untuk umum", max_length=4000, blank=True)
    dukungan = models.PositiveIntegerField("“saya juga”", default=0)
    kepuasan = models.PositiveSmallIntegerField(null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PengaduanQuerySet.as_manager()

    class Meta:
        verbose_name = "pengaduan"
        verbose_name_plural = "pengaduan"
        ordering: ClassVar = ["-diterima_pada", "-id"]
        # What somebody wrote stays out of the history, which is kept for good: it may have to be erased.
        triggers: ClassVar = [
            Catat(
                wilayah="wilayah",
                tanpa=["kode", "kirim", "sidik", "judul", "isi", "lokasi", "judul_publik", "isi_publik"],
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(rahasia=True, tayang=True), name="pengaduan_rahasia_tidak_tayang"),
            models.CheckConstraint(condition=~Q(pengawasan=True, rahasia=False), name="pengaduan_pengawasan_rahasia"),
            models.CheckConstraint(condition=~Q(wbs=True, pengawasan=False), name="pengaduan_wbs_berkadar_pengawasan"),
            models.CheckConstraint(
                condition=Q(status__in=TERTUTUP, ditutup_pada__isnull=False, tenggat__isnull=True)
                | (~Q(status__in=TERTUTUP) & Q(ditutup_pada__isnull=True)),
                name="pengaduan_tertutup_berwaktu",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DIGABUNG, induk__isnull=False)
                | (~Q(status=Status.DIGABUNG) & Q(induk__isnull=True)),
                name="pengaduan_gabungan_berinduk",
            ),
            models.CheckConstraint(condition=Q(tayang=False) | ~Q(judul_publik=""), name="pengaduan_tayang_berjudul"),
            models.CheckConstraint(
                condition=Q(kepuasan__isnull=True) | Q(kepuasan__range=(1, 4)), name="pengaduan_kepuasan_1_4"
            ),
            models.CheckConstraint(
                condition=Q(keberatan__lte=KEBERATAN_TERBANYAK), name="pengaduan_keberatan_terbatas"
            ),
            models.CheckConstraint(
                condition=Q(lintang__isnull=True, bujur__isnull=True) | Q(lintang__range=LINTANG, bujur__range=BUJUR),
                name="pengaduan_titik_di_indonesia",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meja", "tenggat"], condition=Q(status__in=TERBUKA), name="pengaduan_meja"),
            models.Index(
                fields=["pelaksana_wilayah", "tenggat"], condition=Q(status__in=TERBUKA), name="pengaduan_pelaksana"
            ),
            models.Index(fields=["wilayah", "-diterima_pada"], name="pengaduan_wilayah"),
            models.Index(fields=["wilayah", "-diterima_pada"], condition=Q(tayang=True), name="pengaduan_tayang"),
            # Provinces and the nation: the first rows in the order of a list, without sorting the others.
            models.Index(fields=["tenggat", "id"], condition=Q(status__in=TERBUKA), name="pengaduan_urut_tenggat"),
            models.Index(
                fields=["tenggat", "id"], condition=Q(status__in=GILIRAN_PELAPOR), name="pengaduan_urut_pelapor"
            ),
            models.Index(
                fields=["wilayah", "tenggat"],
                condition=Q(status__in=TERBUKA, perlu_disaring=True),
                name="pengaduan_saring",
            ),
            models.Index(
                fields=["-diterima_pada", "-id"], condition=Q(status__in=TERTUTUP), name="pengaduan_urut_tutup"
            ),
            models.Index(fields=["-diterima_pada", "-id"], condition=Q(tayang=True), name="pengaduan_urut_tayang"),
            models.Index(fields=["tenggat_naik"], condition=Q(status__in=TERBUKA), name="pengaduan_naik"),
        ]

    def __str__(self) -> str:
        return self.nomor

    def get_absolute_url(self) -> str:
        """The page of those who work on it."""
        return reverse("pengaduan:meja_rinci", args=[self.wilayah.kode, self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in TERBUKA

    @property
    def may_object(self) -> bool:
        """Whether the reporter may still say that the answer does not help."""
        return self.status == Status.DITANGGAPI and self.keberatan < KEBERATAN_TERBANYAK

    def move(self, langkah: Langkah) -> None:
        """Take a step, not yet saved.

        Raises:
            ValidationError: the table of steps knows no such one from here.
        """
        aturan = ALUR[langkah]
        if self.status not in aturan.dari:
            words = {"kini": self.get_status_display()}
            raise ValidationError(_("Langkah ini tidak berlaku lagi: laporan sekarang %(kini)s.") % words)
        self.status, self.sejak = aturan.ke, timezone.now()
        if self.status in TERTUTUP:
            self.ditutup_pada = self.sejak


class LangkahPengaduan(models.Model):
    """What happened to a complaint, once: who, when, and in which words to whom. `catatan` of a redacted row is empty.

    `oleh` is empty for the reporter and for the portal itself; `pihak` says which.
    """

    class Sifat(models.TextChoices):
        PUBLIK = "publik", _("untuk umum")
        PELAPOR = "pelapor", _("untuk pelapor")
        INTERNAL = "internal", _("hanya petugas")

    pengaduan = models.ForeignKey(Pengaduan, models.CASCADE, related_name="langkah")
    langkah = models.CharField(max_length=11, choices=Langkah.choices)
    status = models.CharField(max_length=16, choices=Status.choices)
    pihak = models.CharField(max_length=9)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sebagai = models.CharField(max_length=150, blank=True)
    sifat = models.CharField(max_length=8, choices=Sifat.choices, default=Sifat.PELAPOR)
    catatan = models.TextField(max_length=4000, blank=True)
    diredaksi = models.BooleanField(default=False)
    waktu = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "langkah pengaduan"
        verbose_name_plural = "langkah pengaduan"
        ordering: ClassVar = ["waktu", "id"]

    def __str__(self) -> str:
        return self.get_langkah_display()


class JedaPengaduan(models.Model):
    """Days on which the clock of a complaint stood still, and who decided so; an open one has no last day."""

    pengaduan = models.ForeignKey(Pengaduan, models.CASCADE, related_name="jeda")
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "jeda pengaduan"
        verbose_name_plural = "jeda pengaduan"
        ordering: ClassVar = ["dari", "id"]
        triggers: ClassVar = [Catat(wilayah="pengaduan__wilayah")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gte=models.F("dari")), name="jeda_pengaduan_urut"
            ),
            models.UniqueConstraint(
                fields=["pengaduan"], condition=Q(sampai__isnull=True), name="jeda_pengaduan_satu_berjalan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dari} – {self.sampai or '…'}"
