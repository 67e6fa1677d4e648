"""One class: its timetable and its people."""

from dataclasses import dataclass

from kecamatan.models import Pengguna
from kecamatan.permissions import Izin
from pelatihan.models import Kelas, Peserta, Sesi


@dataclass(frozen=True)
class RincianKelas:
    """What the page of a class shows to those who run, provide or teach it.

    Attributes:
        sesi: in order of time, each with its trainers.
        peserta: those who did not withdraw, by name; a name and an office, no personal data.
        mengelola: whether the reader runs the cohort.
        melatih: whether the reader teaches one of its sessions.
    """

    sesi: list[Sesi]
    peserta: list[Peserta]
    mengelola: bool
    melatih: bool

    @property
    def n_lencana(self) -> int:
        """How many have a number on their badge."""
        return sum(satu.nomor_lencana is not None for satu in self.peserta)


def rincian_kelas(kelas: Kelas, user: Pengguna) -> RincianKelas:
    """Three queries for any class."""
    sesi = kelas.sesi.select_related("modul", "kelas").prefetch_related("pelatih")
    peserta = kelas.peserta.ikut().select_related("orang", "unsur", "wilayah").order_by("orang__nama")
    mengelola = user.has_izin(Izin.KELOLA_PELATIHAN, kelas.angkatan.program.wilayah)
    melatih = any(satu.pk == user.orang_id for one in sesi for satu in one.pelatih.all())
    return RincianKelas(list(sesi), list(peserta), mengelola, melatih)
