"""Who changed what, and who looked at whose contact data."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now, TruncDate

from kecamatan.models.gabung import PenggabunganOrang
from kecamatan.models.orang import Orang
from kecamatan.models.pengguna import Pengguna, Penugasan
from kecamatan.models.wilayah import NASIONAL, Wilayah
from kecamatan.triggers import HanyaTambah


# An entry outlives what it points at, and never stands in the way of a deletion.
LEPAS: dict[str, Any] = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "null": True,
    "related_name": "+",
}


class JejakQuerySet(models.QuerySet[Any]):
    def in_wilayah(self, wilayah: Wilayah) -> Self:
        """What happened to objects of a region and below it.

        An object without a region of its own, such as a person or an account, belongs to the regions where that
        person had work, or was to have it, on that day. The nation holds everything, also what has no region.
        """
        if wilayah.kode == NASIONAL:
            return self.all()
        penugasan = Penugasan.objects.filter(wilayah.q_below("wilayah__"))
        not_ended = penugasan.filter(
            Q(sampai__isnull=True) | Q(sampai__gte=OuterRef("hari")), pengguna__orang=OuterRef("orang")
        )
        # Lists of keys, not subqueries, so that PostgreSQL joins two indexes of a table of many years.
        was_below = Q(kode__startswith=f"{wilayah.kode}.")  # closed or moved away: what was recorded here stays here
        regions = list(Wilayah.objects.filter(wilayah.q_below() | was_below).values_list("pk", flat=True))
        people = list(penugasan.values_list("pengguna__orang", flat=True).distinct())
        of_people = Q(Exists(not_ended), wilayah__isnull=True, orang__in=people)
        return self.alias(hari=TruncDate("waktu")).filter(Q(wilayah__in=regions) | of_people)

    def of_orang(self, orang_id: int) -> Self:
        """What a person did, and what was done about that person, under records too that were made one with this."""
        accounts = list(Pengguna.objects.filter(orang=orang_id).values_list("pk", flat=True))
        merged = list(PenggabunganOrang.objects.filter(tetap=orang_id).values_list("lebur", flat=True))
        return self.filter(Q(orang__in=[orang_id, *merged]) | Q(pelaku__in=accounts))


class Jejak(models.Model):
    """An entry of the audit: when, who, from which page, about which object. Kept for good, see the README.

    `model` and `objek` name the object ("kecamatan.penugasan", "12"). `wilayah` and `orang` say where it belonged at
    that moment; a later move changes nothing here. Without `pelaku` it was a command or task on the server, or a
    visitor (then there is an `alamat`).
    """

    waktu = models.DateTimeField(db_default=Now(), editable=False)
    model = models.CharField("jenis objek", max_length=60)
    objek = models.CharField(max_length=64)
    wilayah = models.ForeignKey(Wilayah, **LEPAS)
    orang = models.ForeignKey(Orang, **LEPAS)
    pelaku = models.ForeignKey(settings.AUTH_USER_MODEL, **LEPAS)
    permintaan = models.UUIDField("nomor permintaan", null=True)
    alamat = models.CharField("alamat halaman", max_length=200, blank=True)

    objects = JejakQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-id"]
        triggers = [HanyaTambah()]
        indexes = [
            BrinIndex(fields=["waktu"], name="%(class)s_waktu"),
            models.Index(fields=["wilayah", "id"], name="%(class)s_wilayah"),
            models.Index(fields=["orang", "id"], name="%(class)s_orang"),
            models.Index(fields=["pelaku", "id"], name="%(class)s_pelaku"),
            models.Index(fields=["model", "objek", "id"], name="%(class)s_objek"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.objek}"


class CatatanAudit(Jejak):
    """A change of an object, written by the triggers of kecamatan/triggers.py and by nothing else.

    `perubahan` holds column → [before, after]; for a contact field or a password null: it changed, and that is all
    we keep.
    """

    class Jenis(models.TextChoices):
        """What happened, in PostgreSQL's words."""

        TAMBAH = "INSERT", "ditambah"
        UBAH = "UPDATE", "diubah"
        HAPUS = "DELETE", "dihapus"

    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    perubahan = models.JSONField()

    class Meta(Jejak.Meta):
        verbose_name = "catatan audit"
        verbose_name_plural = "catatan audit"
        constraints = [
            models.CheckConstraint(
                condition=Q(jenis__in=["INSERT", "UPDATE", "DELETE"]), name="catatan_audit_jenis_dikenal"
            ),
        ]


class CatatanAkses(Jejak):
    """Somebody looked at the contact data of a person. Written by `record_view`."""

    alasan = models.CharField(max_length=100)

    class Meta(Jejak.Meta):
        verbose_name = "catatan akses"
        verbose_name_plural = "catatan akses"
        constraints = [
            models.CheckConstraint(condition=~Q(alasan=""), name="catatan_akses_beralasan"),
            models.CheckConstraint(condition=Q(pelaku__isnull=False), name="catatan_akses_berpelaku"),
        ]
