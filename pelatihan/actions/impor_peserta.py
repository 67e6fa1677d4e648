"""Participants by the file: all errors at once, every change shown, nothing saved if there is an error."""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kecamatan.actions.impor import keep_berkas
from kecamatan.models import BerkasImpor, Orang, Pengguna
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import rejected
from pelatihan.actions.angkatan import lock_angkatan, require_open
from pelatihan.actions.peserta import fill_orang
from pelatihan.importers.peserta import read_peserta
from pelatihan.models import Angkatan, Peserta
from pelatihan.models.data_peserta import DIRI, TEMPAT
from pelatihan.queries.beda_peserta import BARU, BERUBAH, SAMA, Beda, bandingkan, sidik


JENIS = "peserta"


def baca_beda(*, by: Pengguna, angkatan: Angkatan, content: bytes) -> list[Beda]:
    """What a file would change now.

    Raises:
        Rejected: every error found, with row, column and repair.
    """
    errors = Errors()
    rows = read_peserta(io.BytesIO(content), angkatan=angkatan, errors=errors)
    beda = bandingkan(by, angkatan, rows, errors)
    errors.raise_if_any()
    return beda


def hitung(angkatan: Angkatan, beda: list[Beda]) -> dict[str, Any]:
    """Counts of a file; they name nobody, since they outlive it."""
    return {"angkatan": angkatan.pk, **{satu: sum(b.jenis == satu for b in beda) for satu in (BARU, BERUBAH, SAMA)}}


def preview_peserta(*, by: Pengguna, angkatan: Angkatan, file: UploadedFile) -> BerkasImpor:
    """Check an uploaded file and keep it until somebody confirms.

    Raises:
        Rejected: every error found; nothing is kept.
    """
    content = file.read()
    counts = hitung(angkatan, baca_beda(by=by, angkatan=angkatan, content=content))
    wilayah = angkatan.program.wilayah
    return keep_berkas(by=by, jenis=JENIS, wilayah=wilayah, file=file, content=content, ringkasan=counts)


@transaction.atomic
def confirm_peserta(*, by: Pengguna, angkatan: Angkatan, berkas: BerkasImpor, terlihat: str) -> BerkasImpor:
    """Take a waiting file in and return it; confirmed twice, or by two people at once, it is taken in once.

    Args:
        terlihat: `sidik` of the changes that were shown to whoever confirms.

    Raises:
        PermissionDenied: not a cohort of this person.
        ValidationError: the cohort is closed.
        Rejected: what is known changed since, so that other changes would follow than those shown.
    """
    angkatan = lock_angkatan(angkatan, by)
    berkas = BerkasImpor.objects.select_for_update(of=["self"]).get(pk=berkas.pk, jenis=JENIS)
    if not berkas.is_waiting:
        return berkas
    require_open(angkatan)
    beda = baca_beda(by=by, angkatan=angkatan, content=bytes(berkas.isi or b""))
    if sidik(beda) != terlihat:
        raise rejected("Data peserta berubah sesudah Anda memeriksanya. Periksa lagi perubahan di bawah, lalu simpan.")
    _add(angkatan, [satu for satu in beda if satu.jenis == BARU])
    for satu in beda:
        _change(satu)
    berkas.finish(BerkasImpor.Status.TERSIMPAN, by, hitung(angkatan, beda))
    return berkas


def _add(angkatan: Angkatan, beda: list[Beda]) -> None:
    new = [satu for satu in beda if satu.orang is None]
    people = Orang.objects.bulk_create(fill_orang(Orang(nip=satu.baris.data.nip), satu.baris.data) for satu in new)
    for satu, orang in zip(new, people, strict=True):
        satu.orang = orang
    places = ({name: getattr(satu.baris.data, name) for name in TEMPAT} for satu in beda)
    Peserta.objects.bulk_create(
        Peserta(angkatan=angkatan, orang=satu.orang, **place) for satu, place in zip(beda, places, strict=True)
    )


def _change(beda: Beda) -> None:
    """What differs, and no more: of the person, and of the place in the cohort."""
    for target, names in ((beda.orang, DIRI), (beda.peserta, TEMPAT)):
        changed = [name for name in names if name in beda.isian]
        for name in changed:
            setattr(target, name, getattr(beda.baris.data, name))
        if target and changed:
            target.save(update_fields=changed)
