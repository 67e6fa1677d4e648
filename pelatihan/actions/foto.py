"""Keep photographs of a cohort for its report, and take them away again."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.actions.angkatan import lock_angkatan
from pelatihan.models import Angkatan, Foto
from pelatihan.models.foto import PALING_BANYAK


@transaction.atomic
def add_foto(*, by: Pengguna, angkatan: Angkatan, berkas: Dokumen, keterangan: str, tanggal: datetime.date) -> Foto:
    """Keep a photograph. Reports are often finished after the cohort was closed, so that is allowed.

    Args:
        berkas: drawn anew (lib/lampiran.py, read_foto).
        tanggal: the day it was taken.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: there are twelve already, a day to come, or no words for it.
    """
    angkatan = lock_angkatan(angkatan, by)
    if angkatan.foto.count() >= PALING_BANYAK:
        text = _("Sudah ada %(n)s foto. Hapus satu sebelum menambah yang lain.")
        raise ValidationError(text % {"n": PALING_BANYAK})
    if tanggal > timezone.localdate():
        raise ValidationError({"tanggal": _("Tanggal itu belum tiba. Tulis hari foto diambil.")})
    foto = Foto(angkatan=angkatan, tanggal=tanggal, keterangan=keterangan, isi=berkas.isi, created_by=by)
    foto.full_clean()
    foto.save()
    return foto


@transaction.atomic
def remove_foto(*, by: Pengguna, foto: Foto) -> None:
    """Take a photograph away, also of a closed cohort: who is shown may change their mind. The history keeps that there
    was one, not what it showed.

    Raises:
        PermissionDenied: not of a cohort of this person.
    """
    lock_angkatan(foto.angkatan, by)
    foto.delete()
