"""`manage.py batal_impor ID`: undo a stored file of village budgets."""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kecamatan.models import BerkasImpor
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.actions.urungkan import undo_berkas
from p3pd_portal.lib.spreadsheet import Rejected


MOST_LISTED = 20


class Command(BaseCommand):
    help = "Urungkan berkas APBDes yang sudah tersimpan: APBDes yang diubahnya kembali seperti sebelumnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", nargs="?", type=uuid.UUID, help="nomor berkas; tanpa nomor, dua puluh yang terakhir")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["id"] is None:
            return self.list_stored()
        berkas = BerkasImpor.objects.filter(pk=options["id"], jenis=APBDES.kode).first()
        if berkas is None:
            raise CommandError("Tidak ada berkas APBDes dengan nomor ini.")
        try:
            undo_berkas(by=None, berkas=berkas)
        except Rejected as rejected:
            raise CommandError(str(rejected)) from rejected
        self.stdout.write(f"{berkas.nama_berkas}: diurungkan")
        return None

    def list_stored(self) -> None:
        stored = BerkasImpor.objects.filter(jenis=APBDES.kode, status=BerkasImpor.Status.TERSIMPAN).defer("isi")
        for berkas in stored.order_by("-finished_at")[:MOST_LISTED]:
            self.stdout.write(f"{berkas.pk}  {berkas.finished_at:%Y-%m-%d %H.%M}  {berkas.nama_berkas}")
