"""Mails to reporters: whether an address is theirs, and news of their report. Rows of the outbox, sent by the relay."""

from django.utils import timezone

from kecamatan.actions.notifikasi import send_surel
from pengaduan.models import KontakPelapor, Langkah, LangkahPengaduan, Pengaduan
from pengaduan.queries.surel import menunggu_konfirmasi


TANPA_KABAR = (Langkah.TAMBAHAN,)
"""What the reporter just wrote and what changes nothing is no news to the reporter."""


def tell_pelapor(langkah: LangkahPengaduan) -> None:
    """News to a reporter whose address is confirmed; to one who left another, once, the question whether it is theirs.

    A report that came without proof of work asks nobody anything before an officer looked at it: a program could make
    the portal write to strangers.
    """
    pengaduan = langkah.pengaduan
    left = KontakPelapor.objects.filter(pengaduan=pengaduan).exclude(surel="")
    for confirmed_at in left.values_list("surel_dikonfirmasi_pada", flat=True):
        if confirmed_at:
            _tell(langkah)
        elif pengaduan.is_open and not pengaduan.perlu_disaring:
            _ask(pengaduan)


def _tell(langkah: LangkahPengaduan) -> None:
    if langkah.sifat == LangkahPengaduan.Sifat.INTERNAL or langkah.langkah in TANPA_KABAR:
        return
    pointer = {"langkah": str(langkah.pk)}
    send_surel(kepada=None, templat="kabar_pelapor", konteks=pointer, kunci=f"kabar-pelapor:{langkah.pk}")


def _ask(pengaduan: Pengaduan) -> None:
    pointer = {"laporan": str(pengaduan.pk)}
    send_surel(kepada=None, templat="konfirmasi_pelapor", konteks=pointer, kunci=f"konfirmasi-pelapor:{pengaduan.pk}")


def confirm_surel(token: str) -> bool:
    """The holder of an address says that it is theirs; returns whether this link was good, which it is once."""
    return menunggu_konfirmasi(token).update(surel_dikonfirmasi_pada=timezone.now()) == 1
