"""People by the file: the same checks as one by one, all errors at once, nothing saved if there is one."""

import io
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kecamatan.actions.impor import keep_berkas
from kecamatan.actions.orang import find_account, invite
from kecamatan.importers.orang import BarisOrang, read_orang
from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from kecamatan.permissions import PERAN
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import Rejected, rejected


JENIS = "orang"
_KOLOM = {"wilayah": "kode_wilayah", "desa": "kode_desa", "email": "surel", "__all__": ""}


@dataclass
class HasilImporOrang:
    """What a file did, or in a preview would do; names nobody, since it outlives the file.

    Attributes:
        akun_baru: accounts created and invited.
        penugasan_baru: assignments given to people who had an account.
        sama: rows whose assignment exists already; it stays as it is, ended ones too.
        per_peran: new assignments by role, as control totals.
    """

    akun_baru: int = 0
    penugasan_baru: int = 0
    sama: int = 0
    per_peran: dict[str, int] = field(default_factory=dict)
    catatan: list[str] = field(default_factory=list)


class _OnlyPreview(Exception):
    """Takes a preview's changes back."""


def impor_orang(*, by: Pengguna, wilayah: Wilayah, file: BinaryIO, simpan: bool = True) -> HasilImporOrang:
    """Take people and assignments in, or only count them: a preview runs the real thing and takes it back.

    Raises:
        Rejected: every error found, with row, column and repair.
    """
    errors, hasil, per_peran = Errors(), HasilImporOrang(), Counter[str]()
    try:
        with transaction.atomic():
            try:
                for row in read_orang(file, wilayah=wilayah, errors=errors):
                    _take(by, row, hasil, per_peran, errors)
            except Rejected as broken:
                errors.extend(broken)
            errors.raise_if_any()
            if not simpan:
                raise _OnlyPreview
    except _OnlyPreview:
        pass
    if not (hasil.akun_baru + hasil.penugasan_baru + hasil.sama):
        raise rejected("Berkas tidak memuat satu orang pun. Isi templat, lalu unggah lagi.")
    hasil.per_peran = dict(sorted(per_peran.items()))
    return hasil


def _take(by: Pengguna, row: BarisOrang, hasil: HasilImporOrang, per_peran: Counter[str], errors: Errors) -> None:
    try:
        with transaction.atomic():
            known = find_account(row.orang)
            if known and _has_tugas(known, row):
                hasil.sama += 1
                return
            invite(by=by, orang=row.orang, tugas=row.tugas)
    except ValidationError as error:
        for name, messages in _by_field(error).items():
            for message in messages:
                errors.add(row.baris, _KOLOM.get(name, name), message)
        return
    hasil.penugasan_baru += known is not None
    hasil.akun_baru += known is None
    per_peran[PERAN[row.tugas.peran].label] += 1
    if row.catatan:
        hasil.catatan.append(row.catatan)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def _has_tugas(pengguna: Pengguna, row: BarisOrang) -> bool:
    tugas = row.tugas
    return pengguna.penugasan.filter(peran=tugas.peran, wilayah=tugas.wilayah, mulai=tugas.mulai).exists()


# The page's two steps; discarding is actions/impor.py


def preview_orang(*, by: Pengguna, wilayah: Wilayah, file: UploadedFile) -> BerkasImpor:
    """Check an uploaded file and keep it, with what it would change, until somebody confirms.

    Raises:
        Rejected: every error found; nothing is kept.
    """
    content = file.read()
    hasil = impor_orang(by=by, wilayah=wilayah, file=io.BytesIO(content), simpan=False)
    return keep_berkas(by=by, jenis=JENIS, wilayah=wilayah, file=file, content=content, ringkasan=asdict(hasil))


@transaction.atomic
def confirm_orang(*, by: Pengguna, berkas: BerkasImpor) -> BerkasImpor:
    """Take a waiting file in and return it; confirmed twice, or by two people at once, it is taken in once.

    Raises:
        Rejected: accounts or assignments changed since the preview so that the file no longer fits.
    """
    berkas = BerkasImpor.objects.select_for_update(of=["self"]).select_related("wilayah").get(pk=berkas.pk)
    if berkas.is_waiting and berkas.wilayah:
        hasil = impor_orang(by=by, wilayah=berkas.wilayah, file=io.BytesIO(berkas.isi or b""))
        berkas.finish(BerkasImpor.Status.TERSIMPAN, by, asdict(hasil))
    return berkas
