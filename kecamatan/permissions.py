"""Roles and what each may do: a table an auditor can read (reference: P3PD 1D, actors and scope)."""

from dataclasses import dataclass
from enum import StrEnum


class Izin(StrEnum):
    """One thing a role may do inside its region."""

    LIHAT_DATA_KERJA = "lihat_data_kerja"
    IMPOR_APBDES = "impor_apbdes"
    KELOLA_WILAYAH = "kelola_wilayah"


@dataclass(frozen=True)
class Peran:
    """A role.

    Attributes:
        tingkat: levels of region it is given for (0 nation … 4 desa).
        izin: permissions inside the region of the assignment and below.
    """

    kode: str
    label: str
    keterangan: str
    tingkat: frozenset[int]
    izin: frozenset[Izin]


_LIHAT = frozenset({Izin.LIHAT_DATA_KERJA})
_ISI = _LIHAT | {Izin.IMPOR_APBDES}

PERAN: dict[str, Peran] = {
    peran.kode: peran
    for peran in (
        Peran("admin_pusat", "Admin Pusat (Bina Adwil)", "Mengelola portal dan data acuan secara nasional.",
              frozenset({0}), _ISI | {Izin.KELOLA_WILAYAH}),
        Peran("admin_kabupaten", "Admin Kabupaten", "Mengelola akun dan data seluruh kecamatan di kabupatennya.",
              frozenset({2}), _ISI),
        Peran("camat", "Camat", "Memimpin kecamatan; melihat seluruh data kerja dan mengesahkan.",
              frozenset({3}), _LIHAT),
        Peran("operator_kecamatan", "Operator Kecamatan", "Anggota tim pengelola Dashboard Kecamatan; mengisi data.",
              frozenset({3}), _ISI),
        Peran("upt_kesehatan", "UPT Kesehatan/Puskesmas", "Memasok data kesehatan wilayah kerjanya.",
              frozenset({3}), _LIHAT),
        Peran("upt_pendidikan", "UPT/Korwil Pendidikan", "Memasok data pendidikan wilayah kerjanya.",
              frozenset({3}), _LIHAT),
        Peran("operator_desa", "Operator Desa", "Mengisi APBDes dan data desanya.",
              frozenset({4}), _ISI),
    )
}  # fmt: skip
