"""A ToT that Provinsi Uji organises for both of its kabupaten: two places for the Bappeda and one for the Inspektorat
of Kabupaten Satu, one for the Bappeda of Kabupaten Dua."""

import datetime
from typing import Any

from django.utils import timezone

from kecamatan.models import Wilayah
from pelatihan.models import Angkatan, Calon, Undangan
from tests.factories import AngkatanFactory, CalonFactory, KuotaFactory, UndanganFactory, UnsurPesertaFactory
from tests.factories.usulan import nip


SATU, DUA = "11.01", "11.02"
World = dict[str, Wilayah]
LENGKAP = {"nama": "Siti Aminah", "nip": nip(1), "jenis_kelamin": "", "jabatan": "Analis", "instansi": "Bappeda",
           "telepon": "+6281234567890"}  # fmt: skip


def hari(n: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=n)


def angkatan_tot(wilayah: World, status: str = "usulan", **more: Any) -> Angkatan:
    kabupaten, told = wilayah["11"], {"batas_usulan": hari(5), "mulai": hari(20)} | more
    angkatan = AngkatanFactory(program__wilayah=kabupaten, status=status, **told)
    inspektorat = UnsurPesertaFactory(kode="inspektorat", nama="Inspektorat", urutan=2)
    KuotaFactory(angkatan=angkatan, wilayah=wilayah[SATU], jumlah=2)
    KuotaFactory(angkatan=angkatan, wilayah=wilayah[SATU], unsur=inspektorat)
    KuotaFactory(angkatan=angkatan, wilayah=wilayah[DUA])
    return angkatan


def undangan_of(angkatan: Angkatan, wilayah: Wilayah, *, terkirim: bool = False, **more: Any) -> Undangan:
    return UndanganFactory(angkatan=angkatan, wilayah=wilayah, terkirim=terkirim, **more)


def usulan_masuk(wilayah: World, many: int = 4, status: str = "seleksi") -> tuple[Angkatan, list[Calon]]:
    """A cohort at selection, and so many people of the Bappeda of Kabupaten Satu, in their order."""
    angkatan = angkatan_tot(wilayah, status)
    undangan = undangan_of(angkatan, wilayah[SATU], terkirim=True)
    return angkatan, [CalonFactory(usulan=undangan.usulan, urutan=n + 1, nip=nip(n)) for n in range(many)]


def states(*calon: Calon) -> list[str]:
    fresh = dict(Calon.objects.values_list("pk", "status"))
    return [fresh[satu.pk] for satu in calon]
