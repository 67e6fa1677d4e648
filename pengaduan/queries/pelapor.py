"""A report as its reporter sees it: where it stands, what happened, and what the reporter can do now."""

from collections.abc import Sequence
from dataclasses import dataclass

from pengaduan.models import LangkahPengaduan, Pengaduan, Status


@dataclass(frozen=True)
class HalamanPelapor:
    """`langkah` are the lines that are not for officers alone, the latest last."""

    pengaduan: Pengaduan
    langkah: Sequence[LangkahPengaduan]

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
    told = pengaduan.langkah.exclude(sifat=LangkahPengaduan.Sifat.INTERNAL)
    return HalamanPelapor(pengaduan, list(told))
