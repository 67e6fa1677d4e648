"""Village budgets (APBDes) and the code lists they are written in (Permendagri 20/2018)."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.triggers import Catat


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kecamatan.models import Pengguna

TAHUN_AWAL, TAHUN_AKHIR = 2015, 2035
KEGIATAN_POLA = r"^0[1-5]\.\d{2}\.\d{2}$"


class BidangApbdes(models.TextChoices):
    """The five chapters of village spending. Not to be mixed up with the five basic services (Bidang)."""

    PEMERINTAHAN = "01", "Penyelenggaraan Pemerintahan Desa"
    PEMBANGUNAN = "02", "Pelaksanaan Pembangunan Desa"
    PEMBINAAN = "03", "Pembinaan Kemasyarakatan Desa"
    PEMBERDAYAAN = "04", "Pemberdayaan Masyarakat Desa"
    BENCANA = "05", "Penanggulangan Bencana, Keadaan Darurat dan Mendesak Desa"


class Kegiatan(models.Model):
    """A budget activity by its national code; which service it serves says PemetaanKegiatan."""

    kode = models.CharField(max_length=8, primary_key=True)
    nama = models.CharField(max_length=250)
    sumber = models.CharField(max_length=60, help_text="peraturan atau praktik yang memuat kode ini")

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["kode"]
        triggers = [Catat()]
        constraints = [
            models.CheckConstraint(condition=Q(kode__regex=KEGIATAN_POLA), name="kegiatan_kode_berpola"),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class Rekening(models.Model):
    """An account of levels 1 to 3: akun, kelompok, jenis."""

    kode = models.CharField(max_length=5, primary_key=True)
    nama = models.CharField(max_length=150)

    class Meta:
        verbose_name = "rekening"
        verbose_name_plural = "rekening"
        ordering = ["kode"]
        triggers = [Catat()]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class SumberDana(models.Model):
    """Where the money of a line comes from. Codes not listed are imported as LAIN:<kode>.

    `bengkok`: money from village land that pays officials (tanah bengkok), which the 70/30 rule leaves out.
    """

    kode = models.CharField(max_length=20, primary_key=True)
    nama = models.CharField(max_length=100)
    bengkok = models.BooleanField("dari tanah bengkok", default=False)

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["kode"]
        triggers = [Catat()]

    def __str__(self) -> str:
        return self.nama


class APBDesQuerySet(models.QuerySet["APBDes"]):
    def published(self) -> Self:
        """Budgets in force, which every citizen may read (Permendagri 73/2020)."""
        return self.filter(berlaku=True)

    def visible_to(self, user: "Pengguna | AnonymousUser") -> Self:
        """Published ones, and for people who work there also those that are not in force."""
        if not user.is_authenticated:
            return self.published()
        return self.filter(Q(berlaku=True) | user.q_scope("desa__"))

    def in_wilayah(self, wilayah: Wilayah) -> Self:
        return self.filter(wilayah.q_below("desa__"))


class APBDes(models.Model):
    """A village's budget for a year: the original one or the one after its amendment.

    What a file says completely and what it leaves out is kept: a budget that is known per chapter only, or
    whose revenue alone was published, is shown as such and never counted as complete.
    """

    class Jenis(models.TextChoices):
        AWAL = "awal", "awal"
        PERUBAHAN = "perubahan", "perubahan"

    class CakupanBelanja(models.TextChoices):
        """How much of the spending side is known."""

        KEGIATAN = "kegiatan", "lengkap sampai kegiatan"
        BIDANG = "bidang", "lengkap per bidang APBDes, rincian kegiatan belum ada"
        SEBAGIAN = "sebagian", "sebagian"
        TIDAK_ADA = "tidak_ada", "belum ada"

    class CakupanPendapatan(models.TextChoices):
        """How much of the revenue side is known."""

        LENGKAP = "lengkap", "lengkap"
        SEBAGIAN = "sebagian", "sebagian"
        TIDAK_ADA = "tidak_ada", "belum ada"

    class Status(models.TextChoices):
        """Where a budget stands on its way to a Perdes (Permendagri 20/2018 art. 31–42)."""

        RANCANGAN = "rancangan", "rancangan"
        DITETAPKAN = "ditetapkan", "ditetapkan"

    desa = models.ForeignKey(Wilayah, models.PROTECT, related_name="apbdes", db_index=False)
    tahun = models.PositiveSmallIntegerField()
    jenis = models.CharField(max_length=9, choices=Jenis.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DITETAPKAN)
    urutan_perubahan = models.PositiveSmallIntegerField(
        "perubahan ke-", default=0, help_text="0 untuk APBDes awal; lebih dari 1 memerlukan keadaan luar biasa"
    )
    nomor_perdes = models.CharField("nomor Perdes", max_length=60, blank=True)
    tanggal_perdes = models.DateField("tanggal Perdes", null=True, blank=True)
    tanggal_laporan_s1 = models.DateField("laporan semester I diterima", null=True, blank=True)
    tanggal_lpj = models.DateField("Perdes pertanggungjawaban", null=True, blank=True)
    berlaku = models.BooleanField(default=False, help_text="yang dipakai dalam semua perhitungan tahun itu")
    cakupan_belanja = models.CharField("cakupan belanja", max_length=9, choices=CakupanBelanja.choices)
    cakupan_pendapatan = models.CharField("cakupan pendapatan", max_length=9, choices=CakupanPendapatan.choices)
    per_tanggal = models.DateField("realisasi per tanggal", null=True, blank=True)
    sumber = models.CharField(max_length=300, blank=True, help_text="alamat atau dokumen asal")
    berkas = models.ForeignKey(BerkasImpor, models.PROTECT, null=True, blank=True, related_name="apbdes")
    updated_at = models.DateTimeField("diperbarui pada", db_default=Now(), editable=False)

    objects = APBDesQuerySet.as_manager()

    class Meta:
        verbose_name = "APBDes"
        verbose_name_plural = "APBDes"
        constraints = [
            models.UniqueConstraint(fields=["desa", "tahun", "jenis"], name="apbdes_desa_tahun_jenis_unik"),
            models.UniqueConstraint(
                fields=["desa", "tahun"], condition=Q(berlaku=True), name="apbdes_satu_berlaku_per_tahun"
            ),
            models.CheckConstraint(
                condition=Q(tahun__gte=TAHUN_AWAL, tahun__lte=TAHUN_AKHIR), name="apbdes_tahun_wajar"
            ),
            models.CheckConstraint(
                condition=Q(berlaku=False) | Q(status="ditetapkan"), name="apbdes_berlaku_sudah_ditetapkan"
            ),
        ]
        indexes = [models.Index(fields=["tahun"], condition=Q(berlaku=True), name="apbdes_berlaku_tahun")]

    def __str__(self) -> str:
        return f"APBDes {self.get_jenis_display()} {self.tahun} {self.desa.nama_lengkap}"


class BarisAPBDes(models.Model):
    """A lowest-level line of a budget: kegiatan × rekening × sumber dana. Whole rupiah.

    Revenue and financing have no kegiatan. A line of a summary has only the chapter ("01") as its kegiatan and
    no rekening. Realisation is cumulative since 1 January; null means not reported, 0 means nothing was spent.
    """

    apbdes = models.ForeignKey(APBDes, models.CASCADE, related_name="baris", db_index=False)
    kode_kegiatan = models.CharField(max_length=8, blank=True)
    kode_rekening = models.CharField(max_length=12, blank=True)
    sumber_dana = models.CharField(max_length=20, blank=True)
    kode_output = models.CharField("kode keluaran", max_length=6, blank=True)
    uraian = models.CharField(max_length=250, blank=True)
    volume = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    satuan = models.CharField(max_length=30, blank=True)
    anggaran = models.BigIntegerField(null=True, blank=True)
    realisasi_s1 = models.BigIntegerField("realisasi s.d. semester 1", null=True, blank=True)
    realisasi_s2 = models.BigIntegerField("realisasi s.d. semester 2", null=True, blank=True)

    class Meta:
        verbose_name = "baris APBDes"
        verbose_name_plural = "baris APBDes"
        constraints = [
            models.UniqueConstraint(
                fields=["apbdes", "kode_kegiatan", "kode_rekening", "sumber_dana"], name="baris_apbdes_unik"
            ),
            models.CheckConstraint(condition=~Q(kode_kegiatan="", kode_rekening=""), name="baris_apbdes_punya_kode"),
            models.CheckConstraint(
                condition=Q(anggaran__gte=0) & Q(realisasi_s1__gte=0) & Q(realisasi_s2__gte=0),
                name="baris_apbdes_tidak_negatif",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kode_kegiatan, self.kode_rekening, self.uraian) if part)


class TotalAPBDes(models.Model):
    """A subtotal or total as the village published it, beside the lines it should be the sum of; may be negative.

    `kode` is that of the lines it sums ("4.2", "01.01"), or "5" for all spending, or a name for a balance
    ("surplus", "pembiayaan_neto", "silpa").
    """

    apbdes = models.ForeignKey(APBDes, models.CASCADE, related_name="total", db_index=False)
    kode = models.CharField(max_length=15)
    uraian = models.CharField(max_length=250, blank=True)
    anggaran = models.BigIntegerField(null=True, blank=True)
    realisasi_s1 = models.BigIntegerField("realisasi s.d. semester 1", null=True, blank=True)
    realisasi_s2 = models.BigIntegerField("realisasi s.d. semester 2", null=True, blank=True)

    class Meta:
        verbose_name = "total APBDes"
        verbose_name_plural = "total APBDes"
        ordering = ["kode"]
        constraints = [models.UniqueConstraint(fields=["apbdes", "kode"], name="total_apbdes_unik")]

    def __str__(self) -> str:
        return f"{self.kode} {self.uraian}"

    @property
    def realisasi(self) -> int | None:
        """The latest cumulative realisation reported."""
        return self.realisasi_s1 if self.realisasi_s2 is None else self.realisasi_s2
