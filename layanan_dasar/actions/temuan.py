"""Findings of a sheet: looked for again whenever a cell changes, with the notes that still fit."""

from collections.abc import Iterator, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from kecamatan.queries.hari_libur import kalender
from layanan_dasar.aggregation.temuan import periksa_lembar
from layanan_dasar.importers.satuan import Satuan
from layanan_dasar.models import AturanIsian, Isian, Lembar, Sel, StatusNilai, Temuan
from layanan_dasar.queries.lembar import lembar


def refresh_temuan(isian: Isian) -> Lembar:
    """Write down what is found on a sheet now, and return it. A note stays with a finding that reads as before."""
    sheet = lembar(isian.dataset, isian.kecamatan, isian.periode_isian, isian)
    found = {satu.kunci: satu for satu in _periksa(isian, sheet)}
    stored = {satu.kunci: satu for satu in isian.temuan.all()}
    kept = {kunci for kunci, satu in stored.items() if kunci in found and found[kunci].pesan == satu.pesan}
    isian.temuan.exclude(pk__in=[stored[kunci].pk for kunci in kept]).delete()
    Temuan.objects.bulk_create(satu for kunci, satu in found.items() if kunci not in kept)
    return sheet


def _periksa(isian: Isian, sheet: Lembar) -> Iterator[Temuan]:
    """What the rules find, and cells that are no figure yet of which no rule speaks."""
    aturan = {satu.kode: satu for satu in AturanIsian.objects.all()}
    wrong = set()
    for satu in periksa_lembar(sheet, list(aturan.values()), kalender(isian.kecamatan).hari_ini):
        tingkat = aturan[satu.aturan].tingkat
        wrong |= {(satu.wilayah_id, satu.indikator)} if tingkat == AturanIsian.Tingkat.GALAT else set()
        cell = {"wilayah_id": satu.wilayah_id, "indikator_id": satu.indikator}
        yield Temuan(isian=isian, aturan_id=satu.aturan, tingkat=tingkat, pesan=satu.pesan, **cell)
    satuan = {satu.kode: Satuan(satu) for satu in sheet.indikator}
    for (wilayah, kode), sel in sheet.isi.items():
        pesan = _bentuk(satuan[kode], sel) if (wilayah, kode) not in wrong else ""
        if pesan:
            cell = {"wilayah_id": wilayah, "indikator_id": kode}
            yield Temuan(isian=isian, tingkat=AturanIsian.Tingkat.GALAT, pesan=pesan, **cell)


def _bentuk(satuan: Satuan, sel: Sel) -> str:
    """What a cell lacks to be a figure of its indicator; "" if nothing."""
    if sel.status != StatusNilai.ADA:
        return ""
    try:
        satuan.complete(sel.pembilang, sel.penyebut)
    except ValueError as error:
        return str(error)
    return ""


@transaction.atomic
def note_temuan(*, by: Pengguna, isian: Isian, catatan: Mapping[int, str]) -> None:
    """Write down why something found is as it should be; an empty note takes it back.

    Raises:
        PermissionDenied: this person does not fill the dataset anywhere near the finding.
        ValidationError: the sheet is no draft any more.
    """
    isian = Isian.objects.locked().get(pk=isian.pk)
    if not isian.is_draf:
        raise ValidationError(_("Catatan hanya dapat diisi selama lembar masih draf."))
    for temuan in isian.temuan.filter(pk__in=catatan).select_related("wilayah"):
        text = catatan[temuan.pk].strip()
        if text == temuan.catatan:
            continue
        if not isian.dataset.may_fill(by, temuan.wilayah or isian.kecamatan):
            raise PermissionDenied
        temuan.catatan, temuan.dicatat_oleh = text, by if text else None
        temuan.save()
