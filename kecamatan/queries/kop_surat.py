"""The head of a region's letters, as it was written down or as its name alone gives it."""

from kecamatan.models import KopSurat, Wilayah
from p3pd_portal.lib.cetak import Kop


def kop_surat(wilayah: Wilayah) -> Kop:
    """The region's own head; without one its kabupaten and name, so that a letter can always be made."""
    kop = KopSurat.objects.filter(wilayah=wilayah).first() or usulan_kop(wilayah)
    kontak = [kop.alamat]
    kontak += [f"Telepon {kop.telepon}"] if kop.telepon else []
    kontak += [f"Surel {kop.surel}"] if kop.surel else []
    logo = bytes(kop.logo) if kop.logo else None
    return Kop(kop.baris, ", ".join(satu for satu in kontak if satu), logo, kop.logo_tipe)


def usulan_kop(wilayah: Wilayah) -> KopSurat:
    """What the form starts with, not stored."""
    induk = wilayah.induk
    baris = [f"Pemerintah {induk.nama_lengkap}"] if induk else []
    return KopSurat(wilayah=wilayah, **dict(zip(("baris_1", "baris_2"), [*baris, wilayah.nama_lengkap], strict=False)))
