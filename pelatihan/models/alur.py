"""How a cohort goes from the plan to its closing: a table an auditor can read (nomination by the Sekda: P3PD 1D)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JenisPelatihan(TextChoices):
    """What kind of training a programme is."""

    TOT = "tot", _("Training of Trainers (ToT)")
    APARATUR = "aparatur", _("Pelatihan Aparatur Kecamatan")
    LOKAKARYA = "lokakarya", _("Lokakarya")
    BIMTEK = "bimtek", _("Bimbingan teknis")
    PENYEGARAN = "penyegaran", _("Penyegaran")


class StatusAngkatan(TextChoices):
    """Where a cohort stands."""

    RANCANG = "rancang", _("dirancang")
    UNDANG = "undang", _("mengundang")
    USULAN = "usulan", _("usulan masuk")
    SELEKSI = "seleksi", _("seleksi")
    DITETAPKAN = "ditetapkan", _("peserta ditetapkan")
    BERLANGSUNG = "berlangsung", _("berlangsung")
    EVALUASI = "evaluasi", _("evaluasi")
    SELESAI = "selesai", _("selesai")
    DITUTUP = "ditutup", _("ditutup")
    BATAL = "batal", _("dibatalkan")


class LangkahAngkatan(TextChoices):
    """What moves a cohort on."""

    UNDANG = "undang", _("Mulai mengundang")
    BUKA_USULAN = "buka_usulan", _("Buka usulan")
    SELEKSI = "seleksi", _("Tutup usulan dan mulai seleksi")
    TETAPKAN = "tetapkan", _("Tetapkan peserta")
    MULAI = "mulai", _("Mulai pelatihan")
    EVALUASI = "evaluasi", _("Akhiri kelas dan mulai evaluasi")
    SELESAI = "selesai", _("Nyatakan selesai")
    TUTUP = "tutup", _("Tutup angkatan")
    MUNDUR = "mundur", _("Kembali satu langkah")
    BATAL = "batal", _("Batalkan angkatan")


@dataclass(frozen=True)
class Aturan:
    """A step.

    Attributes:
        dari: states from which it is taken.
        ke: the state it leads to; None for one step back.
        perlu_alasan: whether the one who takes it says why.
    """

    dari: frozenset[StatusAngkatan]
    ke: StatusAngkatan | None
    perlu_alasan: bool = False


_S, _L = StatusAngkatan, LangkahAngkatan
URUTAN = [_S.RANCANG, _S.UNDANG, _S.USULAN, _S.SELEKSI, _S.DITETAPKAN, _S.BERLANGSUNG, _S.EVALUASI, _S.SELESAI]
"""The road; from `selesai` a cohort is closed for good."""
ALUR: dict[LangkahAngkatan, Aturan] = {
    _L.UNDANG: Aturan(frozenset({_S.RANCANG}), _S.UNDANG),
    _L.BUKA_USULAN: Aturan(frozenset({_S.UNDANG}), _S.USULAN),
    _L.SELEKSI: Aturan(frozenset({_S.USULAN}), _S.SELEKSI),
    # A workshop or a class of a kecamatan names its participants without a round of nominations.
    _L.TETAPKAN: Aturan(frozenset({_S.RANCANG, _S.SELEKSI}), _S.DITETAPKAN),
    _L.MULAI: Aturan(frozenset({_S.DITETAPKAN}), _S.BERLANGSUNG),
    _L.EVALUASI: Aturan(frozenset({_S.BERLANGSUNG}), _S.EVALUASI),
    _L.SELESAI: Aturan(frozenset({_S.EVALUASI}), _S.SELESAI),
    _L.TUTUP: Aturan(frozenset({_S.SELESAI}), _S.DITUTUP),
    _L.MUNDUR: Aturan(frozenset(URUTAN[1:]), None, perlu_alasan=True),
    _L.BATAL: Aturan(frozenset(URUTAN[:5]), _S.BATAL, perlu_alasan=True),
}
TERTUTUP = frozenset({_S.DITUTUP, _S.BATAL})
TERBIT = frozenset(_S) - {_S.RANCANG}
"""What the public sees of: how many, where and when; never who."""


def langkah_dari(status: str) -> list[LangkahAngkatan]:
    """Steps that can be taken from a state, in the order of the table."""
    return [langkah for langkah, aturan in ALUR.items() if status in aturan.dari]
