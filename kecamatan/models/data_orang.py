"""What somebody says of a person and of their work, from a form or a file, before it is checked and stored."""

import datetime
from dataclasses import dataclass

from kecamatan.models.pengguna import Penugasan
from kecamatan.models.wilayah import Wilayah


@dataclass(frozen=True)
class DataOrang:
    """What is known of a person; `surel` names the account. Telephone in E.164, "" where unknown."""

    nama: str
    surel: str
    nip: str | None = None
    gelar_depan: str = ""
    gelar_belakang: str = ""
    jabatan: str = ""
    instansi: str = ""
    telepon: str = ""


@dataclass(frozen=True)
class DataTugas:
    """An assignment to be given; `desa` narrows it to a list, empty is the whole region."""

    peran: str
    wilayah: Wilayah
    mulai: datetime.date
    sampai: datetime.date | None = None
    jenis: str = Penugasan.Jenis.DEFINITIF
    dasar: str = ""
    desa: tuple[Wilayah, ...] = ()
