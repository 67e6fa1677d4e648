"""What the audit costs: an import and a change with the triggers, against the same without, and the page as it grows.

The import of village budgets touches no recorded table but its file record, so the first ratio should be 1. The page
of a kabupaten is asked for with 10,000 entries in the table and again with 1,000,000; it should not become slower
than the share of its own entries, which stays the same 1 %.
"""

import tempfile
from pathlib import Path

from benchmarks import ukur
from benchmarks.apbdes import write_file
from kecamatan.models import BerkasImpor, Orang, Wilayah
from kecamatan.queries.audit import Saring, daftar_perubahan
from kecamatan.triggers import TABEL, Catat
from layanan_dasar.actions.belanja import impor_apbdes
from p3pd_portal.lib.spreadsheet import COMMAND


ROWS = 20_000
ENTRIES = (10_000, 1_000_000)


def run() -> None:
    ukur.prepare()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "apbdes.csv"
        write_file(path, ROWS)

        def impor() -> None:
            ukur.empty_budgets()
            with path.open("rb") as file:
                impor_apbdes(file, limits=COMMAND)

        _compare(f"impor apbdes, {ROWS} baris", BerkasImpor, impor)
    Orang.objects.bulk_create(Orang(nama=f"Orang {n}") for n in range(ROWS))
    _compare(f"{ROWS} nama diubah", Orang, lambda: ukur.execute("UPDATE kecamatan_orang SET nama = nama || '.'"))
    _page()


def _compare(label: str, model: type, work: object) -> None:
    table, name = model._meta.db_table, Catat().get_pgid(model)
    off, on = ukur.medians(
        (lambda: ukur.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}"), work),
        (lambda: ukur.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"), work),
    )
    print(f"{label}: tanpa pemicu {off:.2f} s, dengan pemicu {on:.2f} s = {on / off:.2f} ×")


def _page() -> None:
    """Every hundredth entry belongs to the kabupaten; the others lie in the rest of the country."""
    kabupaten = Wilayah.objects.in_force().get(kode="35.24")
    inside = list(Wilayah.objects.in_wilayah(kabupaten).values_list("pk", flat=True))
    times, done = [], 0
    for total in ENTRIES:
        ukur.execute(
            f"INSERT INTO {TABEL} (waktu, jenis, model, objek, perubahan, wilayah_id, alamat) "
            "SELECT now(), 'UPDATE', 'kecamatan.penugasan', n, '{\"dasar\": [\"SK 1\", \"SK 2\"]}', "
            f"CASE WHEN n % 100 = 0 THEN (ARRAY{inside})[n / 100 % {len(inside)} + 1] ELSE -n END, '/' "
            f"FROM generate_series({done + 1}, {total}) n"
        )
        ukur.execute(f"VACUUM ANALYZE {TABEL}")
        (seconds,) = ukur.medians((lambda: None, lambda: daftar_perubahan(kabupaten, Saring())))
        times.append(seconds)
        done = total
    small, large = (f"{1000 * seconds:.0f} ms" for seconds in times)
    print(f"halaman kabupaten: {ENTRIES[0]:,} catatan {small}, {ENTRIES[1]:,} catatan {large}")
    print(f"  {ENTRIES[1] // ENTRIES[0]} × catatan = {times[1] / times[0]:.1f} × waktu")
