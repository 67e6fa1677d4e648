"""Answers written beforehand."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from kecamatan.permissions import Izin
from pengaduan.models import JawabanBaku


@transaction.atomic
def save_jawaban(*, by: Pengguna, jawaban: JawabanBaku) -> JawabanBaku:
    """Store a new or changed one.

    Raises:
        PermissionDenied: no desk of this person.
        ValidationError: the region has another one of this title.
    """
    if not by.has_izin(Izin.KELOLA_PENGADUAN, jawaban.wilayah):
        raise PermissionDenied
    same = JawabanBaku.objects.filter(wilayah=jawaban.wilayah, judul=jawaban.judul).exclude(pk=jawaban.pk)
    if same.exists():
        raise ValidationError({"judul": _("Judul ini sudah dipakai. Ubah yang ada, atau pilih judul lain.")})
    jawaban.save()
    return jawaban
