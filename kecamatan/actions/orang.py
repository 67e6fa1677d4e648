"""Give people accounts and work."""

import datetime

from django.db import transaction

from kecamatan.models import Orang, Pengguna, Penugasan, Wilayah


@transaction.atomic
def create_pengguna(
    *,
    nama: str,
    email: str,
    peran: str,
    wilayah: Wilayah,
    mulai: datetime.date,
    nip: str | None = None,
    dasar: str = "",
    password: str | None = None,
    superuser: bool = False,
) -> Pengguna:
    """Create a person with an account and a first assignment. Without a password nobody can log in yet."""
    orang = Orang.objects.create(nama=nama, nip=nip)
    pengguna = Pengguna.objects.create_user(email, password, orang=orang, is_superuser=superuser)
    Penugasan.objects.create(pengguna=pengguna, peran=peran, wilayah=wilayah, mulai=mulai, dasar=dasar)
    return pengguna
