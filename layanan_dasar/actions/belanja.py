"""Take village budgets into the database: checked as a whole, saved as a whole, recomputed at once."""

import hashlib
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.utils.timezone import localtime

from kecamatan.actions.impor import JenisBerkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.aggregation import kualitas
from layanan_dasar.importers import gabung
from layanan_dasar.importers.apbdes import read_apbdes
from layanan_dasar.importers.bacaan import Bacaan, Kepala
from layanan_dasar.importers.periksa import check_staged, notes_staged
from layanan_dasar.importers.rancangan import check_status
from layanan_dasar.models import APBDes
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.spreadsheet import WEB, Limits, Rejected, rejected


APBDES_DITAMPILKAN = 200

_BARIS = {
    "baris": "int4", "desa_id": "int8", "tahun": "int2", "jenis": "text", "kode_kegiatan": "text",
    "kode_rekening": "text", "sumber_dana": "text", "uraian": "text", "anggaran": "int8",
    "realisasi_s1": "int8", "realisasi_s2": "int8", "kode_output": "text", "volume": "numeric", "satuan": "text",
}  # fmt: skip
_KEPALA = {
    "baris": "int4", "desa_id": "int8", "tahun": "int2", "jenis": "text", "cakupan_belanja": "text",
    "cakupan_pendapatan": "text", "per_tanggal": "date", "sumber": "text", "nomor_perdes": "text",
    "tanggal_perdes": "date", "status": "text",
}  # fmt: skip
_TOTAL = {
    "desa_id": "int8", "tahun": "int2", "jenis": "text", "kode": "text", "uraian": "text", "anggaran": "int8",
    "realisasi_s1": "int8", "realisasi_s2": "int8",
}  # fmt: skip


@dataclass
class HasilImpor:
    """What an import did, or in a preview would do.

    Attributes:
        dibaca: lowest-level lines in the file; the next four count lines too.
        apbdes_berubah: budgets that differ from the stored ones in anything.
        apbdes: the first 200 budgets, with their sums in rupiah (see gabung.summarize).
        catatan: sentences for the person who imports.
        isian: what a person told about the file beside its content.
        perlu: what still has to be told before the file can be taken in.
    """

    format: str
    dibaca: int
    baru: int
    berubah: int
    dihapus: int
    sama: int
    apbdes_berubah: int
    apbdes: list[dict[str, Any]]
    catatan: list[str]
    isian: dict[str, Any] = field(default_factory=dict)
    perlu: dict[str, Any] | None = None

    @property
    def laporan(self) -> str:
        return (
            f"apbdes ({self.format}): {angka(self.dibaca)} baris; {self.apbdes_berubah} APBDes berubah; "
            f"{angka(self.baru)} baris baru, {angka(self.berubah)} berubah, {angka(self.dihapus)} dihapus, "
            f"{angka(self.sama)} sama"
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def impor_apbdes(
    file: BinaryIO,
    *,
    wilayah: Wilayah | None = None,
    berkas: BerkasImpor | None = None,
    simpan: bool = True,
    limits: Limits = WEB,
    status: str = APBDes.Status.DITETAPKAN,
) -> HasilImpor:
    """Check a file of village budgets and, unless it is a preview, take it in and recompute its desa.

    A budget in the file replaces the stored one of the same desa, year and kind; the same file again changes
    nothing. With one error nothing is stored.

    Args:
        file: seekable, in a format of importers/apbdes.py.
        wilayah: region whose desa are taken; None for every desa.
        berkas: file record that the changed budgets name as their origin.
        simpan: False for a preview, which only counts.
        limits: size limits of the file.
        status: "ditetapkan" for budgets in force; "rancangan" for drafts that wait for the camat's evaluation.

    Raises:
        Rejected: every error found, with row, column and repair.
    """
    errors = Errors()
    isian = berkas.ringkasan.get("isian", {}) if berkas else {}
    bacaan = read_apbdes(file, wilayah=wilayah, isian=isian, errors=errors, limits=limits)
    with connection.cursor() as cursor:
        dibaca = _stage_lines(cursor, bacaan, errors)
        if not dibaca and not errors.total and (simpan or not bacaan.perlu):
            raise rejected(_kosong(bacaan))
        _stage_heads(cursor, bacaan, status)
        if simpan:  # what is compared must not change before it is merged
            wait_in_transaction("impor-apbdes")
        check_staged(cursor, bacaan, errors)
        check_status(cursor, errors)
        errors.raise_if_any()
        beda = gabung.compare(cursor)
        apbdes = gabung.summarize(cursor, APBDES_DITAMPILKAN)
        notes = _notes(bacaan) + notes_staged(cursor) + ([] if beda.apbdes else _stored_before(file, berkas))
        hasil = HasilImpor(bacaan.format, dibaca, *beda, apbdes, notes, isian, bacaan.perlu)
        if simpan and hasil.apbdes_berubah:
            for tahun, desa_ids in gabung.merge(cursor, berkas).items():
                kualitas.rebuild(tahun, desa_ids=desa_ids)
    return hasil


def _kosong(bacaan: Bacaan) -> str:
    if bacaan.perlu and bacaan.perlu["pesan"]:
        return f"Berkas ini belum dapat disimpan. {bacaan.perlu['pesan']}"
    return "Berkas tidak memuat satu baris rincian pun. Isi templat, lalu unggah lagi."


def _stored_before(file: BinaryIO, berkas: BerkasImpor | None) -> list[str]:
    """Says so when nothing would change because the very same file is already stored."""
    file.seek(0)
    sidik = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    same = BerkasImpor.objects.filter(jenis=APBDES.kode, sidik=sidik, status=BerkasImpor.Status.TERSIMPAN)
    if berkas:
        same = same.exclude(pk=berkas.pk)
    earlier = same.order_by("-finished_at").first()
    if earlier is None or earlier.finished_at is None:
        return []
    kapan = localtime(earlier.finished_at)
    return [f"Berkas yang sama sudah tersimpan pada {kapan:%Y-%m-%d %H.%M}, dan isinya tidak berubah sejak itu."]


def _stage_lines(cursor: Any, bacaan: Bacaan, errors: Errors) -> int:
    """Fill the staging table; a file that cannot be read to its end is refused with all errors before that place."""
    try:
        return stage(cursor, "impor_baris", _BARIS, bacaan.lines)
    except Rejected as broken:
        errors.extend(broken)
        raise errors.as_rejected() from broken


def _stage_heads(cursor: Any, bacaan: Bacaan, status: str) -> None:
    heads, totals = [], []
    for kunci, kepala in bacaan.heads.items():
        cakupan = str(kepala.cakupan_belanja), str(kepala.cakupan_pendapatan)
        heads.append((kepala.baris, *kunci, *cakupan, *_about(kepala), str(status)))
        totals += [(*kunci, *total[1:]) for total in kepala.total]
    stage(cursor, "impor_kepala", _KEPALA, heads)
    stage(cursor, "impor_total", _TOTAL, totals)


def _about(kepala: Kepala) -> tuple[object, ...]:
    return kepala.per_tanggal, kepala.sumber, kepala.nomor_perdes, kepala.tanggal_perdes


def _notes(bacaan: Bacaan) -> list[str]:
    notes = list(bacaan.notes)
    if bacaan.rupiah.rounded:
        notes.append(f"{bacaan.rupiah.rounded} angka memuat sen dan dibulatkan ke rupiah terdekat.")
    for kepala in bacaan.heads.values():
        notes += kepala.catatan
    return notes


APBDES = JenisBerkas("apbdes", impor_apbdes)
RANCANGAN = JenisBerkas("apbdes_rancangan", partial(impor_apbdes, status=APBDes.Status.RANCANGAN))
