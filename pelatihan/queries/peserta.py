"""Participants of a cohort, with personal data, for those who run it."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count

from p3pd_portal.lib.angka import parse_nomor
from pelatihan.models import Angkatan, Kelas, Peserta
from pelatihan.models.peserta import PesertaQuerySet


SEHALAMAN = 50


@dataclass(frozen=True)
class Saringan:
    """Which participants: a class ("-" for those without one), a status; "" for all."""

    kelas: str = ""
    status: str = ""

    def apply(self, found: PesertaQuerySet) -> PesertaQuerySet:
        if self.kelas == "-":
            found = found.filter(kelas=None)
        elif (kelas := parse_nomor(self.kelas)) is not None:
            found = found.filter(kelas=kelas)
        return found.filter(status=self.status) if self.status in Peserta.Status.values else found


@dataclass(frozen=True)
class DaftarPeserta:
    """A page of participants, how many there are of each status (the sum is all of them), and the classes."""

    halaman: Page[Peserta]
    jumlah: list[tuple[str, int]]
    kelas: list[Kelas]


def semua_peserta(angkatan: Angkatan) -> PesertaQuerySet:
    """Everybody of a cohort, those who withdrew too."""
    rows: PesertaQuerySet = angkatan.peserta.select_related("orang__pengguna", "unsur", "wilayah", "kelas")
    return rows.order_by("wilayah__kode", "unsur__urutan", "orang__nama", "pk")


def daftar_peserta(angkatan: Angkatan, saringan: Saringan, halaman: int) -> DaftarPeserta:
    page = Paginator(saringan.apply(semua_peserta(angkatan)), SEHALAMAN).get_page(halaman)
    counts = dict(angkatan.peserta.order_by().values_list("status").annotate(n=Count("pk")))
    jumlah = [(str(status.label), counts[status]) for status in Peserta.Status if counts.get(status)]
    return DaftarPeserta(page, jumlah, list(angkatan.kelas.all()))
