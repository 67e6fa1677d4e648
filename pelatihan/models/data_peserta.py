"""What somebody says of a participant, from a form or a file, before it is checked and stored."""

from dataclasses import dataclass

from kecamatan.models import Wilayah
from pelatihan.models.kelas import Kelas
from pelatihan.models.peserta import UnsurPeserta


@dataclass(frozen=True)
class DataPeserta:
    """A person and their place in a cohort. "" and None are not told: they leave what is known as it is."""

    nama: str
    wilayah: Wilayah
    nip: str | None = None
    gelar_depan: str = ""
    gelar_belakang: str = ""
    jenis_kelamin: str = ""
    jabatan: str = ""
    instansi: str = ""
    telepon: str = ""
    unsur: UnsurPeserta | None = None
    kelas: Kelas | None = None


DIRI = ("nama", "gelar_depan", "gelar_belakang", "jenis_kelamin", "jabatan", "instansi", "telepon")
"""Of the person."""
TEMPAT = ("unsur", "wilayah", "kelas")
"""Of the place in the cohort."""
