"""Write down the head of a region's letters."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import KopSurat, Pengguna, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.dokumen import Dokumen


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
    if not by.has_izin(Izin.KELOLA_KOP_SURAT, wilayah):
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
