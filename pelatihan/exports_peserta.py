"""Participants as a table: the empty template, and the list in the columns in which it comes in."""

from collections.abc import Iterable

from p3pd_portal.lib.tables import Sheet
from pelatihan.importers.peserta import KOLOM, PETUNJUK, unsur_of
from pelatihan.models import Angkatan, Peserta


def templat_sheets(angkatan: Angkatan) -> list[Sheet]:
    """Headers, what each column holds, and the offices of this training."""
    offices = [[satu.kode, satu.nama] for satu in unsur_of(angkatan)]
    return [
        Sheet("Peserta", KOLOM, [], [18] * len(KOLOM)),
        Sheet("Petunjuk", ["kolom", "isi"], PETUNJUK, [18, 90]),
        Sheet("Unsur", ["kode", "nama"], offices, [18, 40]),
    ]


def peserta_sheet(rows: Iterable[Peserta]) -> Sheet:
    """Everybody, in the columns of the template and with what became of them, so that it can be handed in again."""
    header = [*KOLOM, "status", "alasan"]
    return Sheet("Peserta", header, (_row(satu) for satu in rows), [20, 30, 12, 14, 8, 24, 30, 18, 18, 14, 20, 18, 30])


def _row(satu: Peserta) -> list[str]:
    orang = satu.orang
    return [
        orang.nip or "", orang.nama, orang.gelar_depan, orang.gelar_belakang, orang.jenis_kelamin, orang.jabatan,
        orang.instansi, orang.telepon_tampil, satu.unsur_id or "", satu.wilayah.kode, str(satu.kelas or ""),
        satu.get_status_display(), satu.alasan,
    ]  # fmt: skip
