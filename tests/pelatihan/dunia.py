"""A cohort of 11.01 that is being trained, with a class of six people of Kecamatan Alfa."""

import dataclasses
from types import SimpleNamespace

from kecamatan.models import Wilayah
from pelatihan.models import Angkatan, Butir, Kelas, Peserta, Tes
from tests.factories import AngkatanFactory, ButirFactory, KelasFactory, PesertaFactory, TesFactory


KABUPATEN, ALFA, A1 = "11.01", "11.01.01", "11.01.01.2001"


@dataclasses.dataclass
class Dunia:
    """The cohort, its class, its people and three questions."""

    angkatan: Angkatan
    kelas: Kelas
    peserta: list[Peserta]
    butir: list[Butir]

    def tes(self, jenis: str = "pra", **fields: object) -> Tes:
        return TesFactory(angkatan=self.angkatan, jenis=jenis, butir=self.butir, **fields)


def buat_dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace | None = None, n: int = 6) -> Dunia:
    angkatan = AngkatanFactory(program__wilayah=wilayah[KABUPATEN], status="berlangsung")
    kelas = KelasFactory(angkatan=angkatan)
    own = {"orang": cast.camat_a.orang} if cast else {}
    people = [PesertaFactory(angkatan=angkatan, kelas=kelas, wilayah=wilayah[ALFA], **(own if number == 0 else {}))
              for number in range(n)]  # fmt: skip
    return Dunia(angkatan, kelas, people, [ButirFactory(program=angkatan.program) for _ in range(3)])
