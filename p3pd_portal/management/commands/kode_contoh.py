"""`manage.py kode_contoh`: the demo accounts and their TOTP codes of this half minute."""

from typing import Any

from django.core.management.base import BaseCommand

from p3pd_portal.contoh import akun_contoh


class Command(BaseCommand):
    help = "Tampilkan akun contoh dan kode masuknya saat ini."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = akun_contoh()
        if not accounts:
            self.stdout.write("Tidak ada akun contoh pada basis data ini.")
        for akun in accounts:
            self.stdout.write(f"{akun.surel:<28} {akun.kata_sandi}  kode {akun.kode}  {akun.peran}")
