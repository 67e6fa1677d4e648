"""Take published figures of desa into the database: checked as a whole, saved as a whole, recomputed at once."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from django.db import connection, transaction

from kecamatan.models import BerkasImpor, Tingkat, Wilayah
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.aggregation import capaian
from layanan_dasar.aggregation.naik import analyze
from layanan_dasar.importers.beda_nilai import check_halaman, per_indikator, terbesar
from layanan_dasar.importers.nilai import read_nilai
from layanan_dasar.importers.opendk_nilai import Keterangan, read_templat
from layanan_dasar.importers.opendk_sarana import is_sarana, read_sarana
from layanan_dasar.importers.opendk_templat import find_templat
from layanan_dasar.importers.penduduk_zip import refuse_penduduk
from layanan_dasar.importers.satuan import BarisNilai
from layanan_dasar.models import Isian, PetaKolom
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.periode import Periode
from p3pd_portal.lib.spreadsheet import COMMAND, Limits, Table, read_table, rejected


_KOLOM = {
    "baris": "int4", "kode": "text", "indikator_id": "text", "periode": "text", "akhir": "date",
    "pembilang": "numeric", "penyebut": "numeric", "status": "text",
    "laki_laki": "numeric", "perempuan": "numeric", "disabilitas": "numeric",
}  # fmt: skip
# A code names the village that had it at the end of the period, else the one that has it, else the last that had it.
# What is stored of the same village, indicator and period is compared with the latest published revision.
_MATCH = f"""
    CREATE TEMPORARY TABLE nilai_beda ON COMMIT DROP AS
    SELECT m.*, terbit.revisi, (m.pembilang, m.penyebut, m.status, m.laki_laki, m.perempuan, m.disabilitas)
        IS DISTINCT FROM (terbit.pembilang, terbit.penyebut, terbit.status,
            terbit.laki_laki, terbit.perempuan, terbit.disabilitas) AS beda
    FROM (
        SELECT DISTINCT ON (i.baris, i.indikator_id) i.*, w.id AS desa_id
        FROM nilai_impor i JOIN kecamatan_wilayah w ON w.kode = i.kode AND w.tingkat = {int(Tingkat.DESA)}
        ORDER BY i.baris, i.indikator_id,
            i.akhir NOT BETWEEN coalesce(w.berlaku_dari, '-infinity') AND coalesce(w.berlaku_sampai, 'infinity'),
            w.berlaku_sampai DESC NULLS FIRST
    ) m LEFT JOIN LATERAL (
        SELECT revisi, pembilang, penyebut, status, laki_laki, perempuan, disabilitas
        FROM layanan_dasar_nilaiindikator n
        WHERE (n.desa_id, n.indikator_id, n.periode) = (m.desa_id, m.indikator_id, m.periode)
            AND n.terbit_pada IS NOT NULL
        ORDER BY revisi DESC LIMIT 1
    ) terbit ON true
"""
_COUNTS = """
    SELECT count(*) FILTER (WHERE revisi IS NULL), count(*) FILTER (WHERE revisi IS NOT NULL AND beda),
        count(*) FILTER (WHERE NOT beda), count(DISTINCT desa_id)
    FROM nilai_beda
"""
_UNKNOWN = """
    SELECT DISTINCT kode FROM nilai_impor i
    WHERE NOT EXISTS (SELECT FROM nilai_beda n WHERE n.baris = i.baris) ORDER BY kode
"""
_INSERT = """
    INSERT INTO layanan_dasar_nilaiindikator (
        desa_id, indikator_id, periode, akhir, pembilang, penyebut, status, laki_laki, perempuan, disabilitas,
        revisi, berkas_id, baris, isian_id, sumber, terbit_pada
    )
    SELECT n.desa_id, n.indikator_id, n.periode, n.akhir, n.pembilang, n.penyebut, n.status,
        n.laki_laki, n.perempuan, n.disabilitas,
        coalesce(n.revisi, 0) + 1, %(berkas)s, CASE WHEN %(isian)s::bigint IS NULL THEN n.baris END, %(isian)s,
        %(sumber)s, now()
    FROM nilai_beda n WHERE n.beda
"""
_TOUCHED = """
    SELECT extract(year FROM n.akhir)::int, array_agg(DISTINCT n.desa_id), bool_or(NOT i.konteks)
    FROM nilai_beda n JOIN layanan_dasar_indikator i ON i.kode = n.indikator_id
    WHERE n.beda GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class HasilNilai:
    """What an import of figures did, or in a preview would do; `tak_dikenal` are codes that name no village.

    Attributes:
        isian: what a person told about the file beside its content.
        per_indikator, terbesar: see importers/beda_nilai.py.
    """

    baru: int
    berubah: int
    sama: int
    desa: int
    tak_dikenal: list[str] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    isian: dict[str, Any] = field(default_factory=dict)
    per_indikator: list[dict[str, Any]] = field(default_factory=list)
    terbesar: list[dict[str, str]] = field(default_factory=list)

    @property
    def laporan(self) -> str:
        return (
            f"nilai indikator: {angka(self.desa)} desa; {angka(self.baru)} baru, {angka(self.berubah)} berubah, "
            f"{angka(self.sama)} sama, {angka(len(self.tak_dikenal))} kode desa tidak dikenal"
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def impor_nilai(
    file: BinaryIO,
    *,
    peta: PetaKolom | None = None,
    periode: Periode | None = None,
    desa: str = "",
    penyakit: str = "",
    sumber: str = "",
    wilayah: Wilayah | None = None,
    berkas: BerkasImpor | None = None,
    simpan: bool = True,
    limits: Limits = COMMAND,
) -> HasilNilai:
    """Publish the figures of a file (long form, template of OpenDK, or list of a mapping): what differs from the
    latest revision becomes a further one.

    Codes that name no village are listed and left out: published lists are often older than the list of regions.

    Args:
        peta, periode: see `importers.nilai.read_nilai`.
        periode, desa, penyakit: of the rows of a template that do not say it; see `importers.opendk_nilai`.
        sumber: written under the figures; by default that of the mapping or the template.
        wilayah: region of the page on which the file is handed in; None takes every village and indicator.

    Raises:
        Rejected: every error found; nothing is stored.
    """
    table, errors = read_table(file, limits), Errors()
    refuse_penduduk(table)
    with connection.cursor() as cursor:
        rows, source = _read(table, peta, Keterangan(periode, desa, penyakit), errors)
        hasil = _stage(cursor, rows, table.notes)
        if wilayah:
            check_halaman(cursor, wilayah, errors)
        errors.raise_if_any()
        if penyakit:
            _refuse_second_disease(hasil)
        if simpan:
            _insert(cursor, sumber or source, berkas=berkas)
    return hasil


@transaction.atomic
def publish(rows: Iterable[BarisNilai], *, sumber: str, isian: Isian) -> HasilNilai:
    """Publish the figures of a sheet that was approved, as `impor_nilai` does those of a file."""
    with connection.cursor() as cursor:
        hasil = _stage(cursor, rows, [])
        _insert(cursor, sumber, isian=isian)
    return hasil


def _stage(cursor: Any, rows: Iterable[BarisNilai], notes: list[str]) -> HasilNilai:
    """Lay the figures beside what is published, and count how they differ."""
    stage(cursor, "nilai_impor", _KOLOM, rows)
    wait_in_transaction("nilai-indikator")  # two files of the same figures: the second sees what the first did
    return _compare(cursor, notes)


def _insert(cursor: Any, sumber: str, *, berkas: BerkasImpor | None = None, isian: Isian | None = None) -> None:
    """What differs becomes a further revision, and the tables of what it touches are recomputed."""
    origin = {"berkas": berkas.pk if berkas else None, "isian": isian.pk if isian else None}
    cursor.execute(_INSERT, {"sumber": sumber, **origin})
    analyze(cursor, "layanan_dasar_nilaiindikator", cursor.rowcount)
    cursor.execute(_TOUCHED)
    _recompute(cursor.fetchall())


def _read(
    table: Table, peta: PetaKolom | None, keterangan: Keterangan, errors: Errors
) -> tuple[Iterator[BarisNilai], str]:
    """The figures, and the source that the kind of file names.

    Raises:
        Rejected: the header fits nothing, or what is told does not fit the kind of file.
    """
    sarana = not peta and is_sarana(table)
    templat = None if peta or sarana else find_templat(table)
    if templat:
        return read_templat(table, templat, keterangan, errors), f"OpenDK, {templat.nama}"
    if keterangan.desa or keterangan.penyakit:
        raise rejected("Desa dan penyakit hanya disebut untuk templat OpenDK; berkas ini memuatnya sendiri.")
    if sarana:
        return read_sarana(table, keterangan.periode, errors), "OpenDK, Data Sarana"
    return read_nilai(table, peta, keterangan.periode, errors), peta.sumber if peta else ""


def _refuse_second_disease(hasil: HasilNilai) -> None:
    """A month's patients are one figure of all diseases: a file of one disease must not take the place of another.

    Raises:
        Rejected: there are such figures already.
    """
    if hasil.berubah or hasil.sama:
        raise rejected(
            "Penderita bulan itu sudah tercatat, mungkin dari penyakit lain. Satukan semua penyakit dalam satu berkas "
            "dengan kolom penyakit, lalu unggah tanpa menyebut penyakitnya di luar berkas."
        )


def _compare(cursor: Any, notes: list[str]) -> HasilNilai:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.nilai_beda")
    cursor.execute(_MATCH)
    cursor.execute(_UNKNOWN)
    unknown = [kode for (kode,) in cursor.fetchall()]
    cursor.execute(_COUNTS)
    baru, berubah, sama, desa = cursor.fetchone()
    return HasilNilai(
        baru, berubah, sama, desa, unknown, notes, per_indikator=per_indikator(cursor), terbesar=terbesar(cursor)
    )


def _recompute(touched: list[tuple[int, list[int], bool]]) -> None:
    """The tables of the years touched; spending that is compared with need waits for the night."""
    for tahun, desa_ids, scored in touched:
        capaian.rebuild(tahun, desa_ids=desa_ids)
        if scored:
            mark_changed(tahun_dari=tahun, tahun_sampai=tahun + 1, desa_ids=desa_ids)
