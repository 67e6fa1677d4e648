"""A handed-in file of any kind, from its preview to its fate: looked at, then taken in or dropped, once."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from p3pd_portal.lib.spreadsheet import COMMAND, WEB, Limits


class Hasil(Protocol):
    """What an import did, or in a preview would do: one line, sentences for the person who imports, and all of it."""

    @property
    def laporan(self) -> str: ...
    @property
    def catatan(self) -> list[str]: ...
    def as_json(self) -> dict[str, Any]: ...


class Importir(Protocol):
    """Checks a file as a whole and, unless `simpan` is False, takes it in. Raises Rejected with every error."""

    def __call__(
        self,
        file: BinaryIO,
        *,
        wilayah: Wilayah | None = None,
        berkas: BerkasImpor | None = None,
        simpan: bool = True,
        limits: Limits = WEB,
    ) -> Hasil: ...


@dataclass(frozen=True)
class Saringan:
    """What is kept of a handed-in file, under which name, and what is told about it."""

    isi: bytes
    nama: str
    isian: dict[str, Any]


class Penyaring(Protocol):
    """Turns a file that must not be kept into one that may. Raises Rejected with every error."""

    def __call__(
        self, file: BinaryIO, *, wilayah: Wilayah | None, isian: dict[str, Any], limits: Limits
    ) -> Saringan: ...


@dataclass(frozen=True)
class JenisBerkas:
    """One kind of file: its name in BerkasImpor and on the command line, who reads it, and who takes out of it first
    what may be kept; the hash is that of the whole file."""

    kode: str
    impor: Importir
    saring: Penyaring | None = None

    def kept(
        self, content: bytes, nama: str, *, wilayah: Wilayah | None, isian: dict[str, Any], limits: Limits
    ) -> Saringan:
        if self.saring is None:
            return Saringan(content, nama, isian)
        return self.saring(io.BytesIO(content), wilayah=wilayah, isian=isian, limits=limits)


def preview_berkas(
    jenis: JenisBerkas, *, by: Pengguna, wilayah: Wilayah, file: UploadedFile, isian: dict[str, Any] | None = None
) -> BerkasImpor:
    """Check an uploaded file and keep it, with what it would change, until somebody confirms.

    Args:
        isian: what is told about the file beside its content; the importer finds it in `berkas.ringkasan["isian"]`,
            and hands it on in its result.

    Raises:
        Rejected: every error found; nothing is kept.
    """
    content = file.read()
    kept = jenis.kept(content, file.name or "", wilayah=wilayah, isian=isian or {}, limits=WEB)
    berkas = BerkasImpor(
        jenis=jenis.kode,
        wilayah=wilayah,
        nama_berkas=kept.nama[:255],
        isi=kept.isi,
        created_by=by,
        sidik=hashlib.sha256(content).hexdigest(),
        ringkasan={"isian": kept.isian},
    )
    hasil = jenis.impor(io.BytesIO(kept.isi), wilayah=wilayah, berkas=berkas, simpan=False)
    berkas.ringkasan = hasil.as_json()
    berkas.save()
    return berkas


def keep_berkas(
    *, by: Pengguna, jenis: str, wilayah: Wilayah, file: UploadedFile, content: bytes, ringkasan: dict[str, Any]
) -> BerkasImpor:
    """Keep a checked file, with what it would change, until somebody confirms."""
    return BerkasImpor.objects.create(
        jenis=jenis,
        wilayah=wilayah,
        nama_berkas=(file.name or "")[:255],
        isi=content,
        created_by=by,
        sidik=hashlib.sha256(content).hexdigest(),
        ringkasan=ringkasan,
    )


@transaction.atomic
def confirm_berkas(jenis: JenisBerkas, *, by: Pengguna, berkas: BerkasImpor) -> BerkasImpor:
    """Take a waiting file in and return it. Confirmed twice, or by two people at once, it is taken in once.

    Raises:
        Rejected: what is stored changed since the preview so that the file no longer fits.
    """
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk, jenis=jenis.kode)
    if berkas.is_waiting:
        hasil = jenis.impor(io.BytesIO(berkas.isi or b""), wilayah=berkas.wilayah, berkas=berkas)
        berkas.finish(BerkasImpor.Status.TERSIMPAN, by, hasil.as_json())
    return berkas


@transaction.atomic
def discard_berkas(*, by: Pengguna, berkas: BerkasImpor) -> BerkasImpor:
    """Forget a waiting file and return it; one that was taken in or discarded already stays as it is."""
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk)
    if berkas.is_waiting:
        berkas.finish(BerkasImpor.Status.DIBATALKAN, by)
    return berkas


@transaction.atomic
def impor_path(jenis: JenisBerkas, path: Path, *, simpan: bool = True, isian: dict[str, Any] | None = None) -> Hasil:
    """Take in a file of the server's own disk, of any size and for every region, without a preview.

    Raises:
        OSError: it cannot be opened.
        Rejected: every error found; nothing is stored.
    """
    with path.open("rb") as file:
        berkas = BerkasImpor(
            jenis=jenis.kode,
            nama_berkas=path.name,
            sidik=hashlib.file_digest(file, "sha256").hexdigest(),
            status=BerkasImpor.Status.TERSIMPAN,
            finished_at=timezone.now(),
        )
        source: BinaryIO = file
        if jenis.saring:
            kept = jenis.saring(file, wilayah=None, isian=isian or {}, limits=COMMAND)
            berkas.nama_berkas, berkas.ringkasan = kept.nama, {"isian": kept.isian}
            source = io.BytesIO(kept.isi)
        if simpan:
            berkas.save()
        hasil = jenis.impor(source, berkas=berkas, simpan=simpan, limits=COMMAND)
        if simpan:
            berkas.ringkasan = hasil.as_json()
            berkas.save(update_fields=["ringkasan"])
        return hasil
