"""Write down the head of a region's letters."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import KopSurat, Pengguna, Tingkat, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.dokumen import Dokumen


def izin_kop(wilayah: Wilayah) -> Izin:
    """Who lays the head of a region's letters down: a kecamatan does so itself; larger regions need one for the
    training that they run."""
    return Izin.KELOLA_KOP_SURAT if wilayah.tingkat == Tingkat.KECAMATAN else Izin.KELOLA_PELATIHAN


@transaction.atomic
def save_kop_surat(
    *, by: Pengguna, wilayah: Wilayah, isi: dict[str, Any], logo: Dokumen | None = None, tanpa_logo: bool = False
) -> KopSurat:
    """Keep the lines of a head; without a new emblem the one that is kept stays, unless it is to go.

    Args:
        isi: baris_1 … baris_4, alamat, telepon, surel.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: the emblem is no picture.
    """
    if not by.has_izin(izin_kop(wilayah), wilayah):
        raise PermissionDenied
    if logo is not None and not logo.tipe.startswith("image/"):
        raise ValidationError({"logo": _("Lambang harus gambar PNG atau JPEG.")})
    lambang: dict[str, Any] = {}
    if logo is not None:
        lambang = {"logo": logo.isi, "logo_tipe": logo.tipe}
    elif tanpa_logo:
        lambang = {"logo": None, "logo_tipe": ""}
    kop, _new = KopSurat.objects.update_or_create(wilayah=wilayah, defaults={**isi, **lambang})
    return kop
