"""Who may act on a complaint, and who must not: its desk, whoever it was handed to, and who is reported."""

from kecamatan.models import Pengguna, Tingkat, Wilayah
from kecamatan.permissions import Izin
from pengaduan.models import Pengaduan, Pihak
from pengaduan.models.alur import IZIN
from pengaduan.models.pengaduan import PERAN_TERLAPOR


KANTOR_TERLAPOR = {Pengaduan.Terlapor.DESA: Tingkat.DESA, Pengaduan.Terlapor.KECAMATAN: Tingkat.KECAMATAN}


def may_take(by: Pengguna, pengaduan: Pengaduan, pihak: Pihak) -> bool:
    """Whether somebody who sees a case may act for a party of it.

    Of alleged corruption the inspectorate is every party. The desk and who decides are asked of the region that answers
    for the case; who follows it up is whoever it was handed to, and the desk itself.
    """
    if pengaduan.wbs:
        return by.has_izin(Izin.AWASI_WBS, pengaduan.wilayah)
    izin = IZIN[pihak]
    if izin is None:
        return False
    if pihak == Pihak.PELAKSANA and is_pelaksana(by, pengaduan):
        return True
    asked = Izin.KELOLA_PENGADUAN if pihak == Pihak.PELAKSANA else izin
    return by.has_izin(asked, pengaduan.meja)


def is_pelaksana(by: Pengguna, pengaduan: Pengaduan) -> bool:
    """Whether a case was handed to an assignment of this person."""
    return any(
        satu.wilayah.kode_kini == pengaduan.pelaksana_wilayah.kode_kini
        and (satu.peran == pengaduan.pelaksana_peran or not pengaduan.pelaksana_peran)
        and Izin.JAWAB_PENGADUAN in satu.izin
        for satu in by.penugasan_berlaku
    )


def is_reported(pengaduan: Pengaduan, wilayah: Wilayah, peran: str) -> bool:
    """Whether the report is about the office that would handle it."""
    if not pengaduan.terlapor:
        return False
    if peran:
        return peran in PERAN_TERLAPOR[pengaduan.terlapor]
    return wilayah.tingkat == KANTOR_TERLAPOR.get(Pengaduan.Terlapor(pengaduan.terlapor))
