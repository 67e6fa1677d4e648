"""What people are told: their list, their choices, and what an e-mail says of it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from kecamatan.models import Notifikasi, Pengguna, PesanKeluar, PreferensiNotifikasi
from kecamatan.models.notifikasi import JENIS, JenisNotifikasi, Surel


SEHALAMAN = 20
LENCANA_TERBANYAK = 99


@dataclass(frozen=True)
class DaftarNotifikasi:
    """A page of somebody's notices, newest first, and how many of all wait to be read."""

    halaman: "Page[Notifikasi]"
    belum_dibaca: int


def daftar_notifikasi(user: Pengguna, halaman: str = "") -> DaftarNotifikasi:
    """The page asked for; the first or last one where there is no such page."""
    notices = Notifikasi.objects.visible_to(user)
    return DaftarNotifikasi(Paginator(notices, SEHALAMAN).get_page(halaman), notices.unread().count())


def jumlah_belum_dibaca(user: Pengguna) -> int:
    """Unread notices for the badge: one look into a small index, which stops at a hundred."""
    return Notifikasi.objects.visible_to(user).unread().order_by()[: LENCANA_TERBANYAK + 1].count()


def pilihan_surel(user: Pengguna) -> list[tuple[JenisNotifikasi, Surel]]:
    """Every kind of notice that this person may get, with what holds."""
    izin = {None}.union(*(penugasan.izin for penugasan in user.penugasan_berlaku))
    chosen = dict(PreferensiNotifikasi.objects.filter(pengguna=user).values_list("jenis", "surel"))
    return [(jenis, jenis.surel_of(chosen.get(jenis.kode))) for jenis in JENIS.values() if jenis.izin in izin]


def konteks_surel(pesan: PesanKeluar) -> dict[str, Any]:
    """The notices that an e-mail carries, oldest first."""
    return {"daftar": list(pesan.notifikasi.order_by("created_at", "id"))}
