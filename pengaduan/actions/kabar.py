"""Tell the people who work on a complaint. A notice names the number and the step, never what the reporter wrote."""

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna, Tingkat
from kecamatan.permissions import Izin, peran_dengan
from pengaduan.models import LangkahPengaduan, Pengaduan


def petugas_meja(pengaduan: Pengaduan) -> QuerySet[Pengguna]:
    """Who sits at the desk that answers for a case; of alleged corruption the inspectorate."""
    izin = Izin.AWASI_WBS if pengaduan.wbs else Izin.KELOLA_PENGADUAN
    return Pengguna.objects.bertugas(pengaduan.meja, peran_dengan(izin))


def pelaksana_of(pengaduan: Pengaduan) -> QuerySet[Pengguna]:
    """Who is to act now: the role it was handed to, or the desk of the region; in a desa its head and operator."""
    where = pengaduan.pelaksana_wilayah
    if pengaduan.pelaksana_peran:
        return Pengguna.objects.bertugas(where, [pengaduan.pelaksana_peran])
    izin = Izin.JAWAB_PENGADUAN if where.tingkat == Tingkat.DESA else Izin.KELOLA_PENGADUAN
    return Pengguna.objects.bertugas(where, peran_dengan(izin))


def tell_meja(langkah: LangkahPengaduan, judul: str) -> None:
    _tell(petugas_meja(langkah.pengaduan), langkah, judul)


def tell_pelaksana(langkah: LangkahPengaduan, judul: str) -> None:
    _tell(pelaksana_of(langkah.pengaduan), langkah, judul)


def _tell(people: QuerySet[Pengguna], langkah: LangkahPengaduan, judul: str) -> None:
    """Whoever took the step is not told of it."""
    pengaduan = langkah.pengaduan
    isi = _("Laporan %(nomor)s.") % {"nomor": pengaduan.nomor}
    if pengaduan.tenggat:
        isi += " " + _("Tenggat %(tenggat)s.") % {"tenggat": date_format(pengaduan.tenggat, "j F Y")}
    notify(
        kepada=[one for one in people if one.pk != langkah.oleh_id],
        jenis="pengaduan",
        judul=judul,
        isi=isi,
        url=pengaduan.get_absolute_url(),
        kunci=f"pengaduan:{langkah.pk}",
    )
