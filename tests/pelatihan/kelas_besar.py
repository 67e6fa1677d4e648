"""Run inside a portal's own environment: a class of many, their one-time codes and its session, as one line of JSON."""

import json
import sys

import django


django.setup()

from django.utils import timezone  # noqa: E402 - models need the set-up above

from kecamatan.models import Pengguna, Wilayah  # noqa: E402
from pelatihan.actions.tautan import give_kode  # noqa: E402
from tests.factories import AngkatanFactory, KelasFactory, OrangFactory, PesertaFactory, SesiFactory  # noqa: E402


def main(banyak: int) -> None:
    kabupaten = Wilayah.objects.in_force().get(kode="99.01")
    angkatan = AngkatanFactory(program__wilayah=kabupaten, mulai=timezone.localdate(), status="berlangsung")
    kelas = KelasFactory(angkatan=angkatan)
    admin = next(satu for satu in Pengguna.objects.all() if satu.has_izin("kelola_pelatihan", kabupaten))
    people = [PesertaFactory(angkatan=angkatan, kelas=kelas, orang=OrangFactory()).pk for _ in range(banyak)]
    sesi = SesiFactory(kelas=kelas)
    codes = give_kode(by=admin, kelas=kelas, peserta=people)
    told = {"sesi": sesi.pk, "kunci": bytes(sesi.kunci).hex(), "kode": codes}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
