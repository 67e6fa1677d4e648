"""A report as its reporter sees it: where it stands, what happened, and what the reporter can do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pengaduan.models import KontakPelapor, LangkahPengaduan, Pengaduan, Pihak, Status, Survei
from pengaduan.queries.survei import survei_pelapor


@dataclass(frozen=True)
class HalamanPelapor:
    """`langkah` are the lines that are not for officers alone, the latest last; `survei` what may be answered now."""

    pengaduan: Pengaduan
    langkah: Sequence[LangkahPengaduan]
    survei: Sequence[Survei] = ()

    @property
    def may_complete(self) -> bool:
        return self.pengaduan.status == Status.PERLU_DILENGKAPI

    @property
    def may_judge(self) -> bool:
        return self.pengaduan.status == Status.DITANGGAPI

    @property
    def may_add(self) -> bool:
        return self.pengaduan.is_open and not self.may_complete and not self.may_judge


def halaman_pelapor(pengaduan: Pengaduan) -> HalamanPelapor:
    return HalamanPelapor(pengaduan, list(_told(pengaduan)), survei_pelapor(pengaduan))


def _told(pengaduan: Pengaduan) -> "QuerySet[LangkahPengaduan]":
    return pengaduan.langkah.exclude(sifat=LangkahPengaduan.Sifat.INTERNAL)


def data_pelapor(pengaduan: Pengaduan) -> dict[str, Any]:
    """Everything stored about a report that is its reporter's to see (UU 27/2022 art. 7), in words and plain values.

    Left out: notes for officers alone, who of them did what, the number of a report it was merged into, and the marks
    that are kept in place of the code.
    """
    return {
        "laporan": _laporan(pengaduan),
        "kontak": _kontak(pengaduan),
        "lampiran": [
            {"nama": f"lampiran-{satu.urutan}.{satu.akhiran}", "tipe": satu.tipe, "ukuran_bita": satu.ukuran,
             "keadaan": satu.get_status_display()}
            for satu in pengaduan.lampiran.defer("isi")
        ],
        "perjalanan": [
            {"waktu": satu.waktu, "langkah": satu.get_langkah_display(), "keadaan": satu.get_status_display(),
             "oleh": satu.sebagai or Pihak(satu.pihak).label, "isi": satu.catatan, "isi_dihapus": satu.diredaksi}
            for satu in _told(pengaduan)
        ],
    }  # fmt: skip


_KATA = (
    "nomor", "jenis", "lokasi", "lintang", "bujur", "terlapor", "tgl_kejadian", "judul", "isi", "kanal", "identitas",
    "rahasia", "pengawasan", "wbs", "status", "eskalasi", "keberatan", "instansi_lain", "nomor_rujukan",
    "kategori_sp4n", "diterima_pada", "dijawab_pada", "ditutup_pada", "tenggat", "tenggat_selesai", "tayang",
    "judul_publik", "isi_publik", "dukungan", "kepuasan",
)  # fmt: skip


def _laporan(pengaduan: Pengaduan) -> dict[str, Any]:
    """Its fields under their names, a choice in the words of the page."""
    words = {name: getattr(pengaduan, f"get_{name}_display", lambda name=name: getattr(pengaduan, name))()
             for name in _KATA}  # fmt: skip
    places = {"kategori": pengaduan.kategori, "wilayah": pengaduan.wilayah.nama_lengkap, "unit": pengaduan.unit}
    return words | {name: str(place) if place else None for name, place in places.items()}


def _kontak(pengaduan: Pengaduan) -> dict[str, Any] | None:
    """None where there is none, or none any more."""
    names = ("nama", "telepon", "surel", "surel_dikonfirmasi_pada")
    return KontakPelapor.objects.filter(pengaduan=pengaduan).values(*names).first()
