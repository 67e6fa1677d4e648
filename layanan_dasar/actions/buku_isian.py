"""The workbook of a sheet comes back: looked at against the sheet as it is now, then taken over cell by cell."""

import io
from collections.abc import Collection
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kecamatan.actions.impor import keep_berkas
from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from layanan_dasar.actions.isian import HasilSimpan, save_sel
from layanan_dasar.importers.buku_isian import IsiBuku, read_buku
from layanan_dasar.importers.tiga_arah import DITULIS, Beda, JenisBeda, banding, hitung
from layanan_dasar.models import Indikator, Lembar
from layanan_dasar.models.lembar import Kunci
from p3pd_portal.lib.spreadsheet import rejected


JENIS = "isian"


@dataclass(frozen=True)
class BarisBeda:
    """A cell of a workbook that differs from the sheet."""

    desa: Wilayah
    indikator: Indikator
    beda: Beda

    @property
    def kunci(self) -> str:
        return f"{self.desa.pk}:{self.indikator.kode}"


@dataclass(frozen=True)
class Periksa:
    """A workbook beside the sheet: what it holds, and what would become of every cell."""

    lembar: Lembar
    buku: IsiBuku
    beda: dict[Kunci, Beda]

    @property
    def hitungan(self) -> list[tuple[str, int]]:
        """How many cells there are of each kind that a reader asks about, with its word."""
        counts = hitung(self.beda.values())
        return [(str(jenis.value), counts[jenis]) for jenis in (JenisBeda.SAMA, *DITULIS, JenisBeda.BENTROK)]

    @property
    def bentrok(self) -> list[BarisBeda]:
        return self.rows(JenisBeda.BENTROK)

    @property
    def ditulis(self) -> list[BarisBeda]:
        return self.rows(*DITULIS)

    def rows(self, *jenis: JenisBeda) -> list[BarisBeda]:
        """By desa, the kecamatan's own total last, then by indicator."""
        places = (*self.lembar.desa, self.lembar.kecamatan)
        return [
            BarisBeda(desa, indikator, self.beda[desa.pk, indikator.kode])
            for desa in places
            for indikator in self.lembar.indikator
            if (desa.pk, indikator.kode) in self.beda and self.beda[desa.pk, indikator.kode].jenis in jenis
        ]


def keep_buku(*, by: Pengguna, lembar: Lembar, file: UploadedFile) -> BerkasImpor:
    """Keep a workbook of this sheet until somebody confirms it, with the errors it may have.

    Raises:
        Rejected: it is no workbook of this sheet; nothing is kept.
    """
    content = file.read()
    buku = read_buku(io.BytesIO(content), lembar)
    of = {"dataset": lembar.dataset.kode, "periode": str(lembar.periode), "galat": len(buku.galat)}
    return keep_berkas(by=by, jenis=JENIS, wilayah=lembar.kecamatan, file=file, content=content, ringkasan=of)


def periksa_buku(berkas: BerkasImpor, lembar: Lembar) -> Periksa:
    """Read a waiting workbook against the sheet as it is now.

    Raises:
        Rejected: the sheet changed so that the workbook no longer fits.
    """
    buku = read_buku(io.BytesIO(berkas.isi or b""), lembar)
    return Periksa(lembar, buku, banding(buku.dasar, buku.isi, lembar.isi))


@transaction.atomic
def take_buku(
    *, by: Pengguna, berkas: BerkasImpor, lembar: Lembar, pilih_buku: Collection[Kunci]
) -> HasilSimpan | None:
    """Save what a waiting workbook changes, once; None if that was done or dropped before.

    Args:
        pilih_buku: cells in conflict of which the workbook's figure is taken; of all others the sheet's stays.

    Raises:
        Rejected: there are errors in it; nothing is saved.
        PermissionDenied, ValidationError: see `save_sel`.
    """
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk, jenis=JENIS)
    if not berkas.is_waiting:
        return None
    periksa = periksa_buku(berkas, lembar)
    if periksa.buku.galat:
        raise rejected("Buku kerja ini masih memuat galat. Betulkan selnya, lalu unggah lagi.")
    write = {
        kunci: satu
        for kunci, satu in periksa.beda.items()
        if satu.jenis in DITULIS or (satu.jenis == JenisBeda.BENTROK and kunci in pilih_buku)
    }
    hasil = save_sel(
        by=by,
        dataset=lembar.dataset,
        kecamatan=lembar.kecamatan,
        periode=lembar.periode,
        isi={kunci: satu.mine for kunci, satu in write.items()},
        dasar={kunci: satu.theirs for kunci, satu in write.items()},
    )
    counts = {"tersimpan": len(hasil.tersimpan), "bentrok": len(hasil.bentrok)}
    berkas.finish(BerkasImpor.Status.TERSIMPAN, by, berkas.ringkasan | counts)
    return hasil
