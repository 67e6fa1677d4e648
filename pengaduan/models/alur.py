"""The steps of a complaint as a table (reference: LAPOR! and the service standards; states are our own design)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kecamatan.permissions import Izin


class Status(TextChoices):
    """Where a complaint stands, in the words that its reporter reads."""

    DITERIMA = "diterima", _("diterima, menunggu verifikasi")
    PERLU_DILENGKAPI = "perlu_dilengkapi", _("menunggu keterangan pelapor")
    DIVERIFIKASI = "diverifikasi", _("diverifikasi")
    DIDISPOSISI = "didisposisi", _("diteruskan, menunggu respon awal")
    DIPROSES = "diproses", _("sedang ditindaklanjuti")
    DITUNDA = "ditunda", _("ditunda")
    DITANGGAPI = "ditanggapi", _("ditanggapi, menunggu tanggapan pelapor")
    DIBUKA_KEMBALI = "dibuka_kembali", _("dibuka kembali atas keberatan pelapor")
    SELESAI = "selesai", _("selesai")
    DITOLAK = "ditolak", _("tidak dapat ditindaklanjuti")
    DIALIHKAN = "dialihkan", _("dialihkan ke instansi lain")
    DIGABUNG = "digabung", _("digabung dengan laporan lain")
    KEDALUWARSA = "kedaluwarsa", _("ditutup karena tidak dilengkapi")


class Langkah(TextChoices):
    """What can be done with a complaint, in the words of its button and of its history."""

    LAPOR = "lapor", _("Laporan diterima")
    VERIFIKASI = "verifikasi", _("Verifikasi")
    MINTA_DATA = "minta_data", _("Minta keterangan pelapor")
    LENGKAPI = "lengkapi", _("Keterangan dilengkapi")
    KEDALUWARSA = "kedaluwarsa", _("Ditutup karena tidak dilengkapi")
    TOLAK = "tolak", _("Tolak")
    ALIHKAN = "alihkan", _("Alihkan ke instansi lain")
    GABUNG = "gabung", _("Gabungkan")
    DISPOSISI = "disposisi", _("Disposisi")
    PINDAH = "pindah", _("Pindahkan ke wilayah lain")
    KEMBALIKAN = "kembalikan", _("Kembalikan: bukan kewenangan")
    PROSES = "proses", _("Mulai menindaklanjuti")
    TUNDA = "tunda", _("Tunda")
    LANJUTKAN = "lanjutkan", _("Lanjutkan")
    TANGGAPI = "tanggapi", _("Kirim jawaban akhir")
    PUAS = "puas", _("Pelapor menerima jawaban")
    DIAM = "diam", _("Selesai karena tidak ada keberatan")
    KEBERATAN = "keberatan", _("Pelapor keberatan")
    ESKALASI = "eskalasi", _("Naik ke tingkat di atasnya")
    CATATAN = "catatan", _("Catatan")
    TAMBAHAN = "tambahan", _("Tambahan dari pelapor")
    REDAKSI = "redaksi", _("Bagian pribadi dihapus")
    TAYANG = "tayang", _("Tayang untuk umum")
    TURUN = "turun", _("Tidak lagi tayang")


class Pihak(TextChoices):
    """Who takes a step."""

    MEJA = "meja", _("meja pengaduan")
    PELAKSANA = "pelaksana", _("yang menindaklanjuti")
    PEMUTUS = "pemutus", _("yang memutuskan")
    PELAPOR = "pelapor", _("pelapor")
    SISTEM = "sistem", _("portal")


IZIN: dict[Pihak, Izin | None] = {
    Pihak.MEJA: Izin.KELOLA_PENGADUAN,
    Pihak.PELAKSANA: Izin.JAWAB_PENGADUAN,
    Pihak.PEMUTUS: Izin.PUTUSKAN_PENGADUAN,
    Pihak.PELAPOR: None,
    Pihak.SISTEM: None,
}


@dataclass(frozen=True)
class Aturan:
    """One row of the table: who may take a step from where to where.

    Attributes:
        beralasan: the step is nothing without words for the reporter.
    """

    pihak: Pihak
    dari: frozenset[Status]
    ke: Status
    beralasan: bool = False


_S = Status
_BERJALAN = frozenset({_S.DIVERIFIKASI, _S.DIDISPOSISI, _S.DIPROSES, _S.DIBUKA_KEMBALI})
ALUR: dict[Langkah, Aturan] = {
    Langkah.VERIFIKASI: Aturan(Pihak.MEJA, frozenset({_S.DITERIMA}), _S.DIVERIFIKASI),
    Langkah.MINTA_DATA: Aturan(Pihak.MEJA, frozenset({_S.DITERIMA}), _S.PERLU_DILENGKAPI, beralasan=True),
    Langkah.LENGKAPI: Aturan(Pihak.PELAPOR, frozenset({_S.PERLU_DILENGKAPI}), _S.DITERIMA, beralasan=True),
    Langkah.KEDALUWARSA: Aturan(Pihak.SISTEM, frozenset({_S.PERLU_DILENGKAPI}), _S.KEDALUWARSA),
    Langkah.TOLAK: Aturan(Pihak.MEJA, frozenset({_S.DITERIMA}), _S.DITOLAK, beralasan=True),
    Langkah.ALIHKAN: Aturan(Pihak.MEJA, _BERJALAN | {_S.DITERIMA}, _S.DIALIHKAN, beralasan=True),
    Langkah.GABUNG: Aturan(Pihak.MEJA, _BERJALAN | {_S.DITERIMA}, _S.DIGABUNG),
    Langkah.PINDAH: Aturan(Pihak.MEJA, _BERJALAN | {_S.DITERIMA}, _S.DIVERIFIKASI, beralasan=True),
    Langkah.DISPOSISI: Aturan(Pihak.MEJA, _BERJALAN, _S.DIDISPOSISI),
    Langkah.KEMBALIKAN: Aturan(
        Pihak.PELAKSANA, frozenset({_S.DIDISPOSISI, _S.DIPROSES}), _S.DIVERIFIKASI, beralasan=True
    ),
    Langkah.PROSES: Aturan(
        Pihak.PELAKSANA, frozenset({_S.DIVERIFIKASI, _S.DIDISPOSISI, _S.DIBUKA_KEMBALI}), _S.DIPROSES
    ),
    Langkah.TUNDA: Aturan(Pihak.PEMUTUS, frozenset({_S.DIPROSES}), _S.DITUNDA, beralasan=True),
    Langkah.LANJUTKAN: Aturan(Pihak.PELAKSANA, frozenset({_S.DITUNDA}), _S.DIPROSES),
    Langkah.TANGGAPI: Aturan(Pihak.PELAKSANA, frozenset({_S.DIPROSES}), _S.DITANGGAPI, beralasan=True),
    Langkah.PUAS: Aturan(Pihak.PELAPOR, frozenset({_S.DITANGGAPI}), _S.SELESAI),
    Langkah.DIAM: Aturan(Pihak.SISTEM, frozenset({_S.DITANGGAPI}), _S.SELESAI),
    Langkah.KEBERATAN: Aturan(Pihak.PELAPOR, frozenset({_S.DITANGGAPI}), _S.DIBUKA_KEMBALI, beralasan=True),
}
"""Every step that changes where a complaint stands. All others are notes in its history."""

TERTUTUP = frozenset({_S.SELESAI, _S.DITOLAK, _S.DIALIHKAN, _S.DIGABUNG, _S.KEDALUWARSA})
TERBUKA = frozenset(_S) - TERTUTUP
GILIRAN_PELAPOR = (_S.PERLU_DILENGKAPI, _S.DITANGGAPI)
"""While the reporter is to act, no office is late."""


def langkah_dari(status: str) -> list[Langkah]:
    """The steps that lead on from here, in the order of the table."""
    return [langkah for langkah, aturan in ALUR.items() if status in aturan.dari]
