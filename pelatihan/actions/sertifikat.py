"""Print certificates, and take them back."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from p3pd_portal.lib.kode import kode_dari
from pelatihan.actions.angkatan import lock_angkatan
from pelatihan.models import Angkatan, Peserta, Sertifikat, Sesi, TerbitanSertifikat


PANJANG = 10
"""Signs of a code before the one that checks them: 50 bits."""
ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def nomor_dari(pola: str, urut: int, bulan: int, tahun: int) -> str:
    """A number by its pattern: "{urut}/ToT-2/{bulan}/{tahun}" → "007/ToT-2/VI/2024"."""
    words = {"{urut}": f"{urut:03}", "{bulan}": ROMAWI[bulan - 1], "{tahun}": str(tahun)}
    for name, value in words.items():
        pola = pola.replace(name, value)
    return pola


@transaction.atomic
def issue_sertifikat(*, by: Pengguna, angkatan: Angkatan, **isi: Any) -> TerbitanSertifikat:
    """A certificate for everybody who passed and holds none, all signed alike.

    Args:
        isi: `tempat`, `tanggal`, `jabatan`, `nama`, titles and `tanpa_gelar` of `TerbitanSertifikat`.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the cohort has no pattern of numbers, or nobody is left without a certificate.
    """
    angkatan = lock_angkatan(angkatan, by)
    if not angkatan.pola_nomor:
        raise ValidationError(_("Isi dahulu pola nomor sertifikat di halaman Ubah angkatan."))
    holders = Sertifikat.objects.berlaku().filter(peserta__angkatan=angkatan)
    passed = angkatan.peserta.filter(status=Peserta.Status.LULUS).exclude(pk__in=holders.values("peserta"))
    rows = list(passed.select_related("orang").order_by("wilayah__kode", "orang__nama", "pk"))
    if not rows:
        raise ValidationError(_("Tidak ada peserta lulus yang belum memegang sertifikat."))
    terbitan = TerbitanSertifikat(angkatan=angkatan, oleh=by, **isi)
    terbitan.full_clean()
    terbitan.save()
    _print(terbitan, rows)
    return terbitan


def _print(terbitan: TerbitanSertifikat, rows: list[Peserta]) -> None:
    angkatan, day = terbitan.angkatan, terbitan.tanggal
    used = Sertifikat.objects.filter(peserta__angkatan=angkatan).aggregate(n=Max("urut"))["n"] or 0
    sums = Sesi.objects.filter(kelas__angkatan=angkatan).values_list("kelas").annotate(jp=Sum("jp"))
    hours = {kelas: jp for kelas, jp in sums.order_by() if jp}
    Sertifikat.objects.bulk_create(
        Sertifikat(
            terbitan=terbitan, peserta=satu, urut=urut, nama=satu.orang.nama_lengkap, jp=hours.get(satu.kelas_id),
            nomor=nomor_dari(angkatan.pola_nomor, urut, day.month, day.year),
            kode=kode_dari(secrets.token_bytes(8), PANJANG),
        )
        for urut, satu in enumerate(rows, used + 1)
    )  # fmt: skip


@transaction.atomic
def revoke_sertifikat(*, by: Pengguna, sertifikat: Sertifikat, alasan: str) -> Sertifikat:
    """Take a certificate back; its page says so from now on, and the participant may get another one.

    Raises:
        PermissionDenied: not of a cohort of this person.
        ValidationError: it was taken back before, or no reason is given.
    """
    mine = Sertifikat.objects.visible_to(by).select_for_update(of=("self",))
    found = mine.filter(pk=sertifikat.pk).first()
    if found is None:
        raise PermissionDenied
    if not found.is_berlaku:
        raise ValidationError(_("Sertifikat ini sudah dicabut."))
    if not alasan.strip():
        raise ValidationError({"alasan": _("Tulis alasannya.")})
    found.dicabut_pada, found.alasan_cabut = timezone.now(), alasan.strip()
    found.save()
    return found
