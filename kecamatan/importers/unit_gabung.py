"""Compare staged service units with the stored ones, and merge what differs. Set-based SQL, no Python loop.

Staging tables: unit_baru (one row a unit of the file) and unit_kerja_baru (its desa). `match` gives every row the
unit it speaks of, `compare` says what differs.
"""

from typing import Any, NamedTuple

from django.utils import timezone

from kecamatan.importers.unit import BacaanUnit
from kecamatan.models import BerkasImpor, Wilayah
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.importing import MOST_ERRORS_KEPT, Errors


_UNIT = {
    "baris": "int4", "jenis": "text", "nama": "text", "kode": "text", "wilayah_id": "int8", "alamat": "text",
    "lintang": "numeric", "bujur": "numeric", "mulai": "date", "sampai": "date", "sumber": "text",
}  # fmt: skip
_KERJA = {"baris": "int4", "wilayah_id": "int8"}
_LIMIT = f"LIMIT {MOST_ERRORS_KEPT}"

# A row speaks of the unit with its code, else of the one with its kind, name and place, which may be without a
# code as yet; a row without a code prefers a unit without a code.
_MATCH = """
    ALTER TABLE unit_baru ADD unit_id int8, ADD kode_lama text, ADD kembar int4 NOT NULL DEFAULT 1;
    UPDATE unit_baru b SET unit_id = u.id, kode_lama = u.kode
    FROM kecamatan_unitlayanan u WHERE b.kode <> '' AND (u.jenis, u.kode) = (b.jenis, b.kode);
    UPDATE unit_baru b SET unit_id = n.id, kode_lama = n.kode, kembar = n.kembar
    FROM (
        SELECT DISTINCT ON (b.baris) b.baris, u.id, u.kode,
            CASE WHEN u.kode = '' THEN 1 ELSE count(*) OVER (PARTITION BY b.baris) END AS kembar
        FROM unit_baru b JOIN kecamatan_unitlayanan u
            ON (u.jenis, lower(u.nama), u.wilayah_id) = (b.jenis, lower(b.nama), b.wilayah_id)
        WHERE b.unit_id IS NULL AND (b.kode = '' OR u.kode = '')
        ORDER BY b.baris, u.kode
    ) n
    WHERE n.baris = b.baris;
    UPDATE unit_baru SET kode = kode_lama WHERE kode = '' AND kode_lama IS NOT NULL
"""
_AMBIGUOUS = f"SELECT baris, kembar FROM unit_baru WHERE kembar > 1 ORDER BY baris {_LIMIT}"
_TWICE = f"""
    SELECT array_agg(baris ORDER BY baris) FROM unit_baru
    GROUP BY CASE
        WHEN unit_id IS NOT NULL THEN unit_id::text
        WHEN kode <> '' THEN concat_ws('|', jenis, kode)
        ELSE concat_ws('|', jenis, wilayah_id, lower(nama))
    END
    HAVING count(*) > 1 ORDER BY 1 {_LIMIT}
"""
_ELSEWHERE = """
    SELECT b.baris, w.kode FROM unit_baru b
    JOIN kecamatan_unitlayanan u ON u.id = b.unit_id JOIN kecamatan_wilayah w ON w.id = u.wilayah_id
    WHERE w.id <> b.wilayah_id ORDER BY b.baris
"""
_AREA_OLD = """ARRAY(SELECT k.wilayah_id FROM kecamatan_wilayahkerja k
    WHERE k.unit_id = u.id ORDER BY 1)"""
_AREA_NEW = "ARRAY(SELECT k.wilayah_id FROM unit_kerja_baru k WHERE k.baris = b.baris ORDER BY 1)"
_FIELDS = [name for name in _UNIT if name not in ("baris", "jenis")]
_KOLOM = {"kode": "kode_unit", "wilayah_id": "kode_wilayah"}
# What differs, by the names of the file's columns; NULL of a new unit.
_COMPARE = f"""
    CREATE INDEX ON unit_kerja_baru (baris);
    ALTER TABLE unit_baru ADD beda text[];
    UPDATE unit_baru b SET beda = array_remove(ARRAY[
        {
    ", ".join(f"CASE WHEN u.{name} IS DISTINCT FROM b.{name} THEN '{_KOLOM.get(name, name)}' END" for name in _FIELDS)
},
        CASE WHEN {_AREA_OLD} <> {_AREA_NEW} THEN 'wilayah_kerja' END
    ], NULL)
    FROM kecamatan_unitlayanan u WHERE u.id = b.unit_id
"""
_COUNTS = """
    SELECT count(*) FILTER (WHERE unit_id IS NULL), count(*) FILTER (WHERE cardinality(beda) > 0),
        count(*) FILTER (WHERE cardinality(beda) = 0)
    FROM unit_baru
"""
_SUMMARY = f"""
    SELECT b.baris, b.jenis, b.nama, b.kode, w.kode AS kode_wilayah, w.nama AS nama_wilayah,
        cardinality({_AREA_NEW}) AS n_desa, beda
    FROM unit_baru b JOIN kecamatan_wilayah w ON w.id = b.wilayah_id
    WHERE unit_id IS NULL OR cardinality(beda) > 0
    ORDER BY b.baris LIMIT %s
"""
_MERGE = f"""
    DELETE FROM unit_baru WHERE cardinality(beda) = 0;
    UPDATE kecamatan_unitlayanan u
    SET ({", ".join(_FIELDS)}, berkas_id, updated_at) = ({", ".join(f"b.{name}" for name in _FIELDS)}, %(b)s, %(now)s)
    FROM unit_baru b WHERE b.unit_id = u.id;
    UPDATE unit_baru SET unit_id = nextval(pg_get_serial_sequence('kecamatan_unitlayanan', 'id'))
    WHERE unit_id IS NULL;
    INSERT INTO kecamatan_unitlayanan (id, jenis, {", ".join(_FIELDS)}, berkas_id, updated_at)
    SELECT unit_id, jenis, {", ".join(_FIELDS)}, %(b)s, %(now)s FROM unit_baru WHERE beda IS NULL;
    DELETE FROM kecamatan_wilayahkerja k USING unit_baru b
    WHERE b.unit_id = k.unit_id AND (b.baris, k.wilayah_id) NOT IN (SELECT baris, wilayah_id FROM unit_kerja_baru);
    INSERT INTO kecamatan_wilayahkerja (unit_id, wilayah_id)
    SELECT b.unit_id, k.wilayah_id FROM unit_baru b JOIN unit_kerja_baru k USING (baris)
    ON CONFLICT DO NOTHING;
    ANALYZE kecamatan_unitlayanan, kecamatan_wilayahkerja
"""


class Beda(NamedTuple):
    """How many units of the file are new, differ from the stored one, or are the same."""

    baru: int
    berubah: int
    sama: int


def match(cursor: Any, bacaan: BacaanUnit, wilayah: Wilayah | None, errors: Errors) -> None:
    """Stage the rows, find the unit of each, and add the errors that only show then."""
    stage(cursor, "unit_baru", _UNIT, bacaan.unit)
    stage(cursor, "unit_kerja_baru", _KERJA, bacaan.kerja)
    cursor.execute(_MATCH)
    cursor.execute(_AMBIGUOUS)
    for baris, kembar in cursor.fetchall():
        errors.add(baris, "kode_unit", f"Ada {kembar} unit dengan jenis dan nama ini di sana. Tulis kode unitnya.")
    cursor.execute(_TWICE)
    for ((pertama, *lagi),) in cursor.fetchall():
        for baris in lagi:
            errors.add(baris, "nama", f"Unit ini sama dengan baris {pertama}. Sisakan satu baris, atau isi kodenya.")
    cursor.execute(_ELSEWHERE)
    for baris, kode in cursor.fetchall():
        if wilayah is not None and not wilayah.contains(kode):
            pesan = f"Kode ini milik unit di {kode}, di luar {wilayah.nama_lengkap}. Periksa kodenya."
            errors.add(baris, "kode_unit", pesan)


def compare(cursor: Any) -> Beda:
    cursor.execute(_COMPARE)
    cursor.execute(_COUNTS)
    return Beda(*cursor.fetchone())


def summarize(cursor: Any, most: int) -> list[dict[str, Any]]:
    """The first new and changed units, by row; `beda` names what changes, None for a new one."""
    cursor.execute(_SUMMARY, [most])
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def merge(cursor: Any, berkas: BerkasImpor | None) -> None:
    cursor.execute(_MERGE, {"b": berkas and berkas.pk, "now": timezone.now()})
