"""`manage.py putar_kunci`: encrypt anew, with the SECRET_KEY of today, what earlier keys encrypted."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from p3pd_portal.lib.sandi import cipher
from pengaduan.models import KontakPelapor


RAHASIA_MFA = ("secret", "seed")
"""What allauth keeps encrypted of an authenticator app and of recovery codes."""


class Command(BaseCommand):
    help = (
        "Sandikan ulang kontak pelapor dan rahasia langkah kedua dengan SECRET_KEY yang sekarang. Kode laporan tidak "
        "disimpan, hanya tandanya: kunci di PORTAL_KUNCI_LAMA masih diperlukan selama laporan dari masa itu berjalan."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        kontak = list(KontakPelapor.objects.select_for_update())
        KontakPelapor.objects.bulk_update(kontak, ["nama", "telepon", "surel"], batch_size=1000)
        kedua = list(Authenticator.objects.select_for_update())
        for satu in kedua:
            satu.data |= {name: _anew(satu.data[name]) for name in RAHASIA_MFA if satu.data.get(name)}
        Authenticator.objects.bulk_update(kedua, ["data"], batch_size=1000)
        self.stdout.write(f"{len(kontak)} kontak pelapor dan {len(kedua)} langkah kedua disandikan ulang.")


def _anew(token: str) -> str:
    return cipher("mfa").rotate(token.encode()).decode()
