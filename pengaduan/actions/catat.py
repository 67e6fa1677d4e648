"""Write down what happened to a complaint; and the complaint itself, locked for a step."""

from kecamatan.models import Pengguna
from pengaduan.actions.surel import tell_pelapor
from pengaduan.models import Langkah, LangkahPengaduan, Pengaduan, Pihak


def lock(pengaduan: Pengaduan) -> Pengaduan:
    """The complaint as it is now, ours until the transaction ends."""
    rows = Pengaduan.objects.select_for_update(of=("self",))
    return rows.select_related("kategori", "wilayah__induk__induk", "meja__induk", "pelaksana_wilayah").get(
        pk=pengaduan.pk
    )


def record(
    pengaduan: Pengaduan,
    langkah: Langkah,
    *,
    pihak: Pihak,
    by: Pengguna | None = None,
    catatan: str = "",
    sifat: str = LangkahPengaduan.Sifat.PELAPOR,
) -> LangkahPengaduan:
    """One line of the history: the step, where the complaint stands after it, and in which office it was taken. Its
    reporter is told (see actions/surel.py)."""
    row = LangkahPengaduan.objects.create(
        pengaduan=pengaduan,
        langkah=langkah,
        status=pengaduan.status,
        pihak=pihak,
        oleh=by,
        sebagai=by.sebagai(pengaduan.wilayah) if by else "",
        sifat=sifat,
        catatan=catatan,
    )
    tell_pelapor(row)
    return row
