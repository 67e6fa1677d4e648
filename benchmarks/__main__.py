"""`./portal bench [NAMA …]`: run all benchmarks or some, on throw-away servers."""

import importlib
import os
import platform
import sys

import django
from django.core.management import call_command


NAMES = ("wilayah", "apbdes", "kualitas", "capaian", "masuk", "audit", "isian", "pengaduan", "pelatihan")


def main(names: list[str]) -> int:
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"Tidak dikenal: {', '.join(sorted(unknown))}. Pilihan: {', '.join(NAMES)}.")
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "p3pd_portal.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    print(f"{platform.machine()}, {os.cpu_count()} inti, Python {platform.python_version()}")
    for name in names or NAMES:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
