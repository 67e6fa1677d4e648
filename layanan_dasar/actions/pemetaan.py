"""Lay down which service a kegiatan serves: of the nation, or of a kabupaten for what means something else there.

Who may do so where is checked by the views. Every change has the desa recomputed in whose budgets the kegiatan is.
"""

import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Bidang, Pengguna, Wilayah
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.importers.saran import why_not
from layanan_dasar.models import PemetaanKegiatan, Tag
from layanan_dasar.models.belanja import KEGIATAN_POLA, TAHUN_AKHIR
from layanan_dasar.models.pemetaan import PemetaanKegiatanQuerySet
from layanan_dasar.queries.pemetaan import belum_dipetakan
from p3pd_portal.lib.locks import wait_in_transaction


@transaction.atomic
def propose_pemetaan(*, by: Pengguna, kabupaten: Wilayah, tahun: int) -> int:
    """Store what the names of a kabupaten's unmapped kegiatan suggest; nothing of it counts. Returns how many."""
    wait_in_transaction(f"pemetaan-{kabupaten.pk}")
    new = [
        PemetaanKegiatan(
            kode_kegiatan=satu.pemakaian.kode,
            nama=satu.nama,
            kabupaten=kabupaten,
            tahun_dari=tahun,
            bidang_id=satu.saran.bidang or None,
            kelas=satu.saran.kelas,
            tag=list(satu.saran.tag),
            status=PemetaanKegiatan.Status.USULAN,
            alasan=_("kata “%(kata)s” dalam namanya") % {"kata": satu.saran.kata},
        )
        for satu in belum_dipetakan(kabupaten, tahun).kegiatan
        if satu.saran is not None and satu.usulan is None
    ]
    PemetaanKegiatan.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def save_pemetaan(
    *,
    by: Pengguna,
    kabupaten: Wilayah | None,
    kode_kegiatan: str,
    bidang: Bidang | None,
    kelas: str,
    tahun_dari: int,
    tahun_sampai: int | None = None,
    tag: Collection[str] = (),
    nama: str = "",
    alasan: str = "",
    syarat: Mapping[str, str] | None = None,
    pemetaan: PemetaanKegiatan | None = None,
) -> PemetaanKegiatan:
    """Lay down a mapping, national without `kabupaten`, or change one (`pemetaan`); from now on it counts.

    A proposal for the same kegiatan is thereby decided. An earlier mapping that the new one follows ends the year
    before. A kabupaten's mapping keeps the nation's conditions (BLT) and part in the 70/30 rule.

    Args:
        syarat: condition of a national mapping, by its fields; a kabupaten has none of its own.

    Raises:
        ValidationError: a code or years that cannot be, a service the kegiatan never serves, a national code
            without a reason, or years that another mapping already holds.
    """
    wait_in_transaction(f"pemetaan-{kabupaten.pk if kabupaten else 0}")
    satu = pemetaan or _proposal(kabupaten, kode_kegiatan)
    before = (satu.tahun_dari, satu.tahun_sampai) if satu.is_approved else None
    satu.nama, satu.bidang, satu.kelas, satu.alasan = nama, bidang, kelas, alasan
    satu.tahun_dari, satu.tahun_sampai, satu.tag = tahun_dari, tahun_sampai, sorted(tag)
    satu.status = satu.Status.KABUPATEN if kabupaten else satu.Status.RESMI
    satu.disetujui_oleh, satu.disetujui_pada = by, timezone.now()
    if kabupaten:
        _inherit(satu)
    else:
        for name in PemetaanKegiatan.SYARAT:
            setattr(satu, name, (syarat or {}).get(name, ""))
    _check(satu)
    _make_room(satu)
    satu.save()
    _mark(satu, before)
    return satu


@transaction.atomic
def delete_pemetaan(*, by: Pengguna, pemetaan: PemetaanKegiatan) -> None:
    """Take back what a kabupaten laid down; the national mapping, if there is one, holds again."""
    _mark(pemetaan)
    pemetaan.delete()


def _proposal(kabupaten: Wilayah | None, kode: str) -> PemetaanKegiatan:
    """The proposal that is being decided, else a new row."""
    proposals = PemetaanKegiatan.objects.filter(status=PemetaanKegiatan.Status.USULAN, kabupaten=kabupaten)
    found = proposals.filter(kode_kegiatan=kode).first() if kabupaten else None
    return found or PemetaanKegiatan(kode_kegiatan=kode, kabupaten=kabupaten)


def _inherit(satu: PemetaanKegiatan) -> None:
    """What is not a kabupaten's to decide: whether the kegiatan is in the 30 per cent, and the conditions of the
    nation: of the same kegiatan, or those of BLT for whatever is called BLT, as long as it serves the same service."""
    national = PemetaanKegiatan.objects.approved().at(satu.tahun_dari).filter(kabupaten=None)
    same = national.filter(kode_kegiatan=satu.kode_kegiatan).first()
    in_k30 = same is not None and Tag.K30 in same.tag
    satu.tag = sorted({*satu.tag} - {Tag.K30} | ({Tag.K30} if in_k30 else set()))
    conditional = national.exclude(kelas_lain="").filter(bidang=satu.bidang)
    blt = Q(tag__contains=[Tag.BLT]) if Tag.BLT in satu.tag else Q(pk__in=[])
    source = conditional.filter(Q(kode_kegiatan=satu.kode_kegiatan) | blt).first() if satu.bidang else None
    for name in PemetaanKegiatan.SYARAT:
        setattr(satu, name, getattr(source, name) if source else "")


def _check(satu: PemetaanKegiatan) -> None:
    if not re.fullmatch(KEGIATAN_POLA, satu.kode_kegiatan, re.ASCII):
        raise ValidationError(_("Kode kegiatan ditulis seperti 02.04.90: bidang 01–05, sub-bidang, kegiatan."))
    satu.clean_fields(exclude=["bidang", "kabupaten", "disetujui_oleh"])
    for constraint in satu._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            constraint.validate(PemetaanKegiatan, satu)
    kode = satu.kode_kegiatan
    reason = why_not(kode, satu.bidang_id or "")
    if reason:
        text = _("Kegiatan %(kode)s tidak dapat masuk bidang itu: %(alasan)s.")
        raise ValidationError(text % {"kode": kode, "alasan": reason})
    if satu.kabupaten_id is None and satu.is_kode_daerah:
        raise ValidationError(_("Kode 90–99 berbeda artinya di tiap daerah. Petakan dari halaman kabupatennya."))
    if satu.kabupaten_id and not satu.is_kode_daerah and not satu.alasan.strip():
        text = _("Kode %(kode)s baku secara nasional. Tulis alasan daerah Anda memetakannya lain.")
        raise ValidationError(text % {"kode": kode})


def _make_room(satu: PemetaanKegiatan) -> None:
    """End what the mapping follows; refuse what it would cut in two or cover."""
    for other in _overlapping(satu):
        outlasts = satu.tahun_sampai is not None and (other.tahun_sampai or TAHUN_AKHIR + 1) > satu.tahun_sampai
        if other.tahun_dari >= satu.tahun_dari or outlasts:
            text = _("%(kode)s sudah dipetakan %(masa)s. Ubah pemetaan itu, atau pilih tahun lain.")
            raise ValidationError(text % {"kode": other.kode_kegiatan, "masa": other.masa})
        other.tahun_sampai = satu.tahun_dari - 1
        other.save(update_fields=["tahun_sampai"])


def _overlapping(satu: PemetaanKegiatan) -> PemetaanKegiatanQuerySet:
    same = PemetaanKegiatan.objects.approved().filter(kode_kegiatan=satu.kode_kegiatan, kabupaten=satu.kabupaten)
    same = same.filter(Q(tahun_sampai__isnull=True) | Q(tahun_sampai__gte=satu.tahun_dari)).exclude(pk=satu.pk)
    return same if satu.tahun_sampai is None else same.filter(tahun_dari__lte=satu.tahun_sampai)


def _mark(satu: PemetaanKegiatan, before: tuple[int, int | None] | None = None) -> None:
    """The desa of every year in which the mapping holds, or held `before` it was changed."""
    years = [(satu.tahun_dari, satu.tahun_sampai), *([before] if before else [])]
    ends = [end for _start, end in years if end is not None]
    mark_changed(
        tahun_dari=min(start for start, _end in years),
        tahun_sampai=max(ends) if len(ends) == len(years) else None,
        kabupaten=satu.kabupaten,
        kode_kegiatan=[satu.kode_kegiatan],
    )
