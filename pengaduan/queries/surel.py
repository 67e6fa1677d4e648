"""What a mail to a reporter asks for at the moment it is sent (settings.SUREL_ALAMAT and SUREL_KONTEKS).

The outbox points at a report or at a line of its history and holds nothing else: the address is read here, and where
it was erased meanwhile there is none. What a mail says can be read on any screen: number and state, never a word of
the report; of a confidential one only the end of the number, for the rest of it names the kecamatan.
"""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from kecamatan.models import PesanKeluar
from p3pd_portal.lib.sandi import cipher
from pengaduan.models import KontakPelapor, Langkah, LangkahPengaduan, Pengaduan


KONFIRMASI_BERLAKU = 7 * 24 * 60 * 60
"""Seconds for which the link that confirms an address is good."""


def token_konfirmasi(laporan: int) -> str:
    """What stands in the link that confirms the address of a report: encrypted and dated, it tells not even which."""
    return cipher("konfirmasi").encrypt(str(laporan).encode()).decode().rstrip("=")


def menunggu_konfirmasi(token: str) -> "QuerySet[KontakPelapor]":
    """The contact whose address a link confirms: none of a link that is used, too old, or made up."""
    try:
        padded = f"{token}{'=' * (-len(token) % 4)}".encode()
        laporan = int(cipher("konfirmasi").decrypt(padded, ttl=KONFIRMASI_BERLAKU))
    except InvalidToken:
        return KontakPelapor.objects.none()
    return KontakPelapor.objects.belum_dikonfirmasi().filter(pengaduan=laporan)


def has_surel_baru(pengaduan: Pengaduan) -> bool:
    """Whether its reporter left an address that is not confirmed."""
    return KontakPelapor.objects.belum_dikonfirmasi().filter(pengaduan=pengaduan).exists()


def alamat_konfirmasi(pesan: PesanKeluar) -> str:
    waiting = KontakPelapor.objects.belum_dikonfirmasi().filter(pengaduan=pesan.konteks["laporan"])
    return waiting.values_list("surel", flat=True).first() or ""


def alamat_kabar(pesan: PesanKeluar) -> str:
    confirmed = KontakPelapor.objects.filter(surel_dikonfirmasi_pada__isnull=False)
    of_step = confirmed.filter(pengaduan__langkah=pesan.konteks["langkah"])
    return of_step.values_list("surel", flat=True).first() or ""


def konteks_konfirmasi(pesan: PesanKeluar) -> dict[str, str | int]:
    token = token_konfirmasi(int(pesan.konteks["laporan"]))
    url = settings.SITE_URL + reverse("pengaduan:konfirmasi_surel", args=[token])
    return {"url": url, "hari": KONFIRMASI_BERLAKU // (24 * 60 * 60)}


def konteks_kabar(pesan: PesanKeluar) -> dict[str, str | bool]:
    satu = LangkahPengaduan.objects.select_related("pengaduan").get(pk=pesan.konteks["langkah"])
    nomor = satu.pengaduan.nomor
    return {
        "nomor": f"…{nomor.rpartition('-')[2]}" if satu.pengaduan.rahasia else nomor,
        "keadaan": satu.get_status_display(),
        "naik": satu.langkah == Langkah.ESKALASI,
        "url": settings.SITE_URL + reverse("pengaduan:lapor_status"),
    }
