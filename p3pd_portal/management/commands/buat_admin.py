"""`manage.py buat_admin --surel … --nama …`: the first account of a new server, from which all others are given."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kecamatan.actions.orang import create_pengguna
from kecamatan.models import Pengguna, Wilayah
from kecamatan.models.orang import validate_nip
from kecamatan.models.wilayah import NASIONAL


class Command(BaseCommand):
    help = "Buat akun Admin Pusat. Kata sandi ditanyakan, tidak ditulis di baris perintah."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--surel", required=True)
        parser.add_argument("--nama", required=True)
        parser.add_argument("--nip")

    def handle(self, *args: Any, surel: str, nama: str, nip: str | None, **options: Any) -> None:
        wilayah = Wilayah.objects.in_force().filter(kode=NASIONAL).first()
        if wilayah is None:
            raise CommandError("Daftar wilayah belum dimuat. Jalankan dahulu: manage.py siapkan")
        if Pengguna.objects.filter(email=surel.lower()).exists():
            raise CommandError(f"Akun {surel} sudah ada.")
        password = getpass.getpass("Kata sandi (paling sedikit 12 karakter): ")
        try:
            validate_password(password)
            if nip:
                validate_nip(nip)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        create_pengguna(
            nama=nama,
            nip=nip,
            email=surel,
            peran="admin_pusat",
            wilayah=wilayah,
            mulai=timezone.localdate(),
            dasar="akun pertama",
            password=password,
            superuser=True,
        )
        self.stdout.write(f"Akun Admin Pusat {surel.lower()} siap dipakai.")
