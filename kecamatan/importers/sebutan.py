"""Local words and clocks: the rules of fixtures/aturan_daerah.yaml, and the names that follow from them."""

from pathlib import Path

from django.db import connection, transaction

from kecamatan.models import AturanDaerah
from p3pd_portal.lib.berkas_yaml import read_yaml


# A kabupaten's rule comes before its province's; an empty word is no rule.
_WORD = "COALESCE(NULLIF(k.sebutan_{0}, ''), NULLIF(p.sebutan_{0}, ''), '')"
_APPLY = f"""
    UPDATE kecamatan_wilayah w SET sebutan = n.sebutan
    FROM (
        SELECT d.id, CASE d.jenis WHEN 'desa' THEN {_WORD.format("desa")} ELSE {_WORD.format("kecamatan")} END
            AS sebutan
        FROM kecamatan_wilayah d
        LEFT JOIN kecamatan_aturandaerah k ON k.kode = left(d.kode, 5)
        LEFT JOIN kecamatan_aturandaerah p ON p.kode = left(d.kode, 2)
        WHERE d.jenis IN ('kecamatan', 'desa')
    ) n
    WHERE n.id = w.id AND w.sebutan <> n.sebutan
"""


def apply_sebutan() -> int:
    """Give every kecamatan and desa the word of its kabupaten or province, so that its full name needs no second
    table; run after rules or regions change. Kelurahan and desa adat keep theirs. Returns how many changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_APPLY)
        return int(cursor.rowcount)


@transaction.atomic
def impor_aturan_daerah(file: Path) -> int:
    """Add the rules of fixtures/aturan_daerah.yaml and return how many it lists; those that people have edited in
    the admin stay as they are.
    """
    rows = [AturanDaerah(**row) for row in read_yaml(file)]
    AturanDaerah.objects.bulk_create(rows, ignore_conflicts=True)
    apply_sebutan()
    return len(rows)
