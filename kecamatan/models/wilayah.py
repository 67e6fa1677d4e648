"""The region tree: nation, provinsi, kabupaten/kota, kecamatan, desa/kelurahan, by Kemendagri code."""

import re
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Left, Length, Substr, Upper
from django.db.models.lookups import Exact, GreaterThanOrEqual
from django.urls import reverse

from kecamatan.triggers import Catat


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kecamatan.models.pengguna import Pengguna

NASIONAL = "0"
AWALAN_CONTOH = "99"
"""Codes of fictional demo regions begin with this; Kemendagri gives none of them."""
KODE_POLA = r"^(0|\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?)$"


class Tingkat(models.IntegerChoices):
    """Levels from large to small."""

    NASIONAL = 0, "nasional"
    PROVINSI = 1, "provinsi"
    KABUPATEN = 2, "kabupaten/kota"
    KECAMATAN = 3, "kecamatan"
    DESA = 4, "desa/kelurahan"


class Jenis(models.TextChoices):
    """Kind of region, as its code tells (Permendagri 58/2021): kota from 71, villages by the first of four digits."""

    NASIONAL = "nasional", "nasional"
    PROVINSI = "provinsi", "provinsi"
    KABUPATEN = "kabupaten", "kabupaten"
    KOTA = "kota", "kota"
    KECAMATAN = "kecamatan", "kecamatan"
    KELURAHAN = "kelurahan", "kelurahan"
    DESA = "desa", "desa"
    DESA_ADAT = "desa_adat", "desa adat"


BER_APBDES = (Jenis.DESA, Jenis.DESA_ADAT)
"""Kinds that have a village budget; a kelurahan is paid from the budget of its kabupaten or kota."""

# Length of the code tells the level. "0" is the nation.
_PANJANG = {Tingkat.NASIONAL: 1, Tingkat.PROVINSI: 2, Tingkat.KABUPATEN: 5, Tingkat.KECAMATAN: 8, Tingkat.DESA: 13}


def normalize_kode(kode: str) -> str:
    """Dotted Kemendagri code of one written with or without dots; other text comes back stripped.

    "3524012001" → "35.24.01.2001".
    """
    kode = kode.strip()
    if re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{10}", kode, re.ASCII):
        return ".".join(part for part in (kode[:2], kode[2:4], kode[4:6], kode[6:]) if part)
    return kode


def kode_leluhur(kode: str) -> list[str]:
    """Codes from the nation down to the region itself: "35.24" → ["0", "35", "35.24"]."""
    if kode == NASIONAL:
        return [NASIONAL]
    parts = kode.split(".")
    return [NASIONAL, *(".".join(parts[:n]) for n in range(1, len(parts) + 1))]


def _by_level(values: dict[Tingkat, object]) -> Case:
    cases = [When(Exact(Length("kode"), _PANJANG[tingkat]), then=value) for tingkat, value in values.items()]
    return Case(*cases, default=None)


_KOTA = When(GreaterThanOrEqual(Substr("kode", 4, 1), Value("7")), then=Value(Jenis.KOTA))
_KELURAHAN = When(Exact(Substr("kode", 10, 1), Value("1")), then=Value(Jenis.KELURAHAN))
_DESA_ADAT = When(Exact(Substr("kode", 10, 1), Value("3")), then=Value(Jenis.DESA_ADAT))


class WilayahQuerySet(models.QuerySet["Wilayah"]):
    """The vocabulary in which every query about regions is written."""

    def in_force(self) -> Self:
        return self.filter(berlaku_sampai__isnull=True)

    def in_wilayah(self, wilayah: "Wilayah") -> Self:
        """The region and everything below it. The nation holds no demo regions."""
        return self.filter(wilayah.q_below())

    def children_of(self, wilayah: "Wilayah") -> Self:
        """The regions in force directly below, by code. The nation holds no demo regions."""
        return self.in_force().filter(induk=wilayah, contoh=wilayah.contoh).order_by("kode")

    def ancestors_of(self, wilayah: "Wilayah") -> Self:
        """From the nation down to the region itself."""
        return self.in_force().filter(kode__in=kode_leluhur(wilayah.kode)).order_by("tingkat")

    def closed_into(self, wilayah: "Wilayah", kode: str) -> "Wilayah | None":
        """The region out of force under this code whose successor is the given one."""
        if not re.fullmatch(KODE_POLA, kode, re.ASCII):
            return None
        closed = self.filter(kode=kode, kode_penerus=wilayah.kode, berlaku_sampai__isnull=False)
        return closed.order_by("-berlaku_sampai").first()

    def with_apbdes(self) -> Self:
        """Villages that have a budget: desa and desa adat."""
        return self.filter(jenis__in=BER_APBDES)

    def visible_to(self, user: "Pengguna | AnonymousUser") -> Self:
        """Regions in which the user works today; none for a visitor. Region pages themselves are public."""
        return self.filter(user.q_scope()) if user.is_authenticated else self.none()


class Wilayah(models.Model):
    """A region of any level, in force for a period of the Kemendagri list.

    A code names one region at a time, but over the years other villages get used codes; facts therefore point
    at the row, pages and files speak codes. `kode_kini` is the code under which its facts count today: its own while
    it is in force, then that of the approved successor (see `RiwayatWilayah`), or none.

    Code, name and period are given. Level, kind and the parent's code follow from the code inside the database, and
    a foreign key on (parent, parent's code) keeps every region under the parent its code names.
    """

    kode = models.CharField(max_length=13)
    nama = models.CharField(max_length=100)
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="anak")
    berlaku_dari = models.DateField("berlaku dari", null=True, blank=True)
    berlaku_sampai = models.DateField("berlaku sampai", null=True, blank=True)
    kode_penerus = models.CharField(
        max_length=13, null=True, blank=True, editable=False, help_text="kode wilayah berlaku yang meneruskannya"
    )

    tingkat = models.GeneratedField(
        expression=_by_level({tingkat: Value(int(tingkat)) for tingkat in Tingkat}),
        output_field=models.SmallIntegerField(choices=Tingkat.choices),
        db_persist=True,
    )
    jenis = models.GeneratedField(
        expression=_by_level(
            {
                Tingkat.NASIONAL: Value(Jenis.NASIONAL),
                Tingkat.PROVINSI: Value(Jenis.PROVINSI),
                Tingkat.KABUPATEN: Case(_KOTA, default=Value(Jenis.KABUPATEN)),
                Tingkat.KECAMATAN: Value(Jenis.KECAMATAN),
                Tingkat.DESA: Case(_KELURAHAN, _DESA_ADAT, default=Value(Jenis.DESA)),
            }
        ),
        output_field=models.CharField(max_length=10, choices=Jenis.choices),
        db_persist=True,
    )
    kode_induk = models.GeneratedField(
        expression=_by_level(
            {
                Tingkat.PROVINSI: Value(NASIONAL),
                Tingkat.KABUPATEN: Left("kode", 2),
                Tingkat.KECAMATAN: Left("kode", 5),
                Tingkat.DESA: Left("kode", 8),
            }
        ),
        output_field=models.CharField(max_length=8, null=True),
        db_persist=True,
    )
    kode_kini = models.GeneratedField(
        expression=Case(When(berlaku_sampai__isnull=True, then=F("kode")), default=F("kode_penerus")),
        output_field=models.CharField(max_length=13, null=True),
        db_persist=True,
    )
    contoh = models.GeneratedField(
        expression=Case(When(kode__startswith=AWALAN_CONTOH, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField("data contoh"),
        db_persist=True,
    )

    kode_bps = models.CharField(
        "kode BPS", max_length=10, null=True, blank=True, help_text="kode statistik yang setara; tidak selalu sama"
    )

    # Filled by the importer for all regions at once; see importers/wilayah.py, and importers/sebutan.py for the word.
    sebutan = models.CharField(
        max_length=30, blank=True, default="", db_default="", help_text="kata daerah, misalnya gampong"
    )
    jalur = models.CharField(
        max_length=300, blank=True, help_text="nama wilayah ini dan induk-induknya, untuk pencarian"
    )
    jumlah_kecamatan = models.PositiveIntegerField(default=0)
    jumlah_desa = models.PositiveIntegerField(default=0, help_text="desa dan desa adat, tanpa kelurahan")
    jumlah_kelurahan = models.PositiveIntegerField(default=0)

    objects = WilayahQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        # The importer adds and counts tens of thousands of rows; what is recorded is a change of what was given.
        triggers = [
            Catat(
                wilayah="pk",
                tanpa=["jalur", "jumlah_kecamatan", "jumlah_desa", "jumlah_kelurahan"],
                operation=pgtrigger.UpdateOf("kode", "nama", "induk_id", "berlaku_dari", "berlaku_sampai")
                | pgtrigger.Delete,
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kode__regex=KODE_POLA), name="wilayah_kode_berpola"),
            models.CheckConstraint(
                condition=Q(kode=NASIONAL, induk__isnull=True) | (~Q(kode=NASIONAL) & Q(induk__isnull=False)),
                name="wilayah_hanya_nasional_tanpa_induk",
            ),
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True)
                | Q(berlaku_dari__isnull=True)
                | Q(berlaku_sampai__gte=F("berlaku_dari")),
                name="wilayah_masa_berlaku_urut",
            ),
            models.UniqueConstraint(
                fields=["kode"], condition=Q(berlaku_sampai__isnull=True), name="wilayah_kode_berlaku_unik"
            ),
            models.CheckConstraint(
                condition=Q(kode_bps__isnull=True)
                | Q(tingkat=Tingkat.PROVINSI, kode_bps__regex=r"^\d{2}$")
                | Q(tingkat=Tingkat.KABUPATEN, kode_bps__regex=r"^\d{4}$")
                | Q(tingkat=Tingkat.KECAMATAN, kode_bps__regex=r"^\d{7}$")
                | Q(tingkat=Tingkat.DESA, kode_bps__regex=r"^\d{10}$"),
                name="wilayah_kode_bps_setingkat",
            ),
            # Target of the foreign key (induk_id, kode_induk) of migration 0001.
            models.UniqueConstraint(fields=["id", "kode"], name="wilayah_id_kode_unik"),
        ]
        indexes = [
            models.Index(fields=["kode"], name="wilayah_kode_awalan", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["kode_kini"], name="wilayah_kode_kini_awalan", opclasses=["varchar_pattern_ops"]),
            models.Index(Left("kode_kini", 8), name="wilayah_kecamatan_kini"),
            GinIndex(OpClass(Upper("jalur"), name="gin_trgm_ops"), name="wilayah_jalur_trigram"),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"

    def get_absolute_url(self) -> str:
        if self.kode == NASIONAL:
            return reverse("dasbor:nasional")
        return reverse("dasbor:wilayah", args=[self.kode])

    @property
    def nama_lengkap(self) -> str:
        """ "Kecamatan Deket", "Desa Sidomulyo", "Distrik Abepura"; kabupaten and kota carry the word in their name,
        as some gampong do.
        """
        if self.jenis in (Jenis.NASIONAL, Jenis.KABUPATEN, Jenis.KOTA):
            return self.nama
        if self.sebutan and self.nama.lower().startswith(f"{self.sebutan.lower()} "):
            return self.nama
        return f"{self.sebutan or Jenis(self.jenis).label.capitalize()} {self.nama}"

    @property
    def has_apbdes(self) -> bool:
        return self.jenis in BER_APBDES

    @property
    def _kini(self) -> str | None:
        """`kode_kini` as Python sees it, also before the row is saved."""
        return self.kode if self.berlaku_sampai is None else self.kode_penerus

    def q_below(self, field: str = "") -> Q:
        """This region and all below it, as a condition on a region, or on one reached by `field` ("desa__").

        Closed regions belong to where their successors are; who works in a closed region works in its successor.
        """
        kini = self._kini
        if kini is None:
            return Q(**{f"{field}pk__in": []})
        if kini == NASIONAL:
            return Q(**{f"{field}contoh": False})
        return Q(**{f"{field}kode_kini": kini}) | Q(**{f"{field}kode_kini__startswith": f"{kini}."})

    def contains(self, kode: str) -> bool:
        """Whether a code in force is this region's, or its successor's, or lies below; the nation contains no demo."""
        kini = self._kini
        if kini == NASIONAL:
            return not kode.startswith(AWALAN_CONTOH)
        return kini is not None and (kode == kini or kode.startswith(f"{kini}."))
