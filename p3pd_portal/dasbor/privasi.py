"""The privacy notice and record of processing (UU 27/2022 art. 21 and 31): the rows of fixtures/pemrosesan.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from p3pd_portal.lib.berkas_yaml import read_yaml
from pelatihan.actions.hapus_calon import SIMPAN_CALON
from pelatihan.models.angkatan import SIMPAN_PESERTA
from pengaduan.queries.surel import KONFIRMASI_BERLAKU


@dataclass(frozen=True)
class Pemrosesan:
    """One activity in which personal data are processed."""

    nama: str
    tujuan: str
    data: str
    dasar: str
    pembaca: str
    simpan: str
    hak: str


@dataclass(frozen=True)
class Hak:
    """A right of the person whom data are about, its articles in UU 27/2022, and how to use it here."""

    nama: str
    pasal: str
    cara: str


@dataclass(frozen=True)
class Privasi:
    """`pengendali` answers for the data, `narahubung` is asked about them; None while nobody settled who that is."""

    pengendali: str | None
    narahubung: str | None
    kegiatan: Sequence[Pemrosesan]
    hak: Sequence[Hak]


@cache
def _told() -> dict[str, Any]:
    file = settings.BASE_DIR / "fixtures" / "pemrosesan.yaml"
    told: dict[str, Any] = read_yaml(file)
    return told


def read_privasi() -> Privasi:
    """The record as it holds with today's settings.

    Raises:
        KeyError: a period of retention names no setting.
        TypeError: a row lacks a part, or has one too many.
    """
    told, lama = _told(), lama_simpan()
    kegiatan = [Pemrosesan(**row | {"simpan": row["simpan"].format_map(lama)}) for row in told["kegiatan"]]
    return Privasi(told["pengendali"], told["narahubung"], kegiatan, [Hak(**row) for row in told["hak"]])


def lama_simpan() -> dict[str, int]:
    """How long what is kept, by the name under which a row speaks of it."""
    return {
        "pengaduan": settings.RETENSI_PENGADUAN,
        "rahasia": settings.RETENSI_RAHASIA,
        "konfirmasi": KONFIRMASI_BERLAKU // (24 * 60 * 60),
        "calon": SIMPAN_CALON.days,
        "peserta": SIMPAN_PESERTA.days // 365,
        "sesi": int(settings.SESI_PALING_LAMA.total_seconds()) // 3600,
    }
