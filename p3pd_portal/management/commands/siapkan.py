"""`manage.py siapkan`: bring a database to the state the portal needs. Repeatable; changes only what is missing."""

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from kecamatan.models import AturanDaerah, Bidang, HariLibur, Pengguna, Tingkat, Wilayah
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import APBDes, AturanBelanja, AturanIsian, Dataset, PetaKolom
from p3pd_portal.contoh import muat_contoh
from pelatihan.importers.acuan import impor_angkatan
from pelatihan.models import Modul, Program
from pengaduan.models import BatasWaktu, UnsurSKM


ACUAN = (Bidang, HariLibur, AturanDaerah, AturanBelanja, PetaKolom, Dataset, AturanIsian, BatasWaktu, UnsurSKM, Modul)
"""Tables that `impor acuan` fills; one of them empty and it runs."""


class Command(BaseCommand):
    help = "Siapkan basis data: skema, data acuan bila kosong, kabupaten contoh bila baru, hitungan malam sekali."

    def handle(self, *args: Any, **options: Any) -> None:
        self.step("skema basis data", "migrate")
        self.step("tabel tembolok", "createcachetable")
        if not all(model.objects.exists() for model in ACUAN):
            self.step("data acuan", "impor", "acuan")
        if not Wilayah.objects.filter(contoh=False, tingkat=Tingkat.DESA).exists():
            self.step("91.599 wilayah (sekitar 10 detik)", "impor", "wilayah")
        if not Program.objects.exists():
            self.stdout.write("  pelatihan yang pernah terbit …")
            impor_angkatan(settings.BASE_DIR / "fixtures" / "pelatihan")
        if settings.LOAD_DEMO and not Pengguna.objects.exists():
            self.stdout.write("  kabupaten contoh 99.01 …")
            muat_contoh()
            self.stdout.write("  hitungan malam …")
            for tahun in APBDes.objects.published().values_list("tahun", flat=True).distinct():
                kualitas.rebuild(tahun)

    def step(self, label: str, *command: str) -> None:
        self.stdout.write(f"  {label} …")
        call_command(*command, verbosity=0, stdout=StringIO())
