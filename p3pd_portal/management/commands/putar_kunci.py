"""`manage.py putar_kunci`: encrypt anew, with the SECRET_KEY of today, what earlier keys encrypted."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from pengaduan.models import KontakPelapor


class Command(BaseCommand):
    help = (
        "Sandikan ulang kontak pelapor dengan SECRET_KEY yang sekarang; sesudahnya PORTAL_KUNCI_LAMA boleh dikosongkan."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(KontakPelapor.objects.select_for_update())
        KontakPelapor.objects.bulk_update(rows, ["nama", "telepon", "surel"], batch_size=1000)
        self.stdout.write(f"{len(rows)} kontak pelapor disandikan ulang.")
