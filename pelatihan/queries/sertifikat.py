"""Certificates: of a cohort, for those who run it; and one by its code, for everybody."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from p3pd_portal.lib.kode import is_kode, normalize_kode
from pelatihan.aggregation.kelulusan import Bukti, kekurangan
from pelatihan.models import Angkatan, Peserta, Sertifikat, TerbitanSertifikat
from pelatihan.queries.bukti import bukti


SEHALAMAN = 50


@dataclass(frozen=True)
class BarisPutusan:
    """A participant and what was decided.

    Attributes:
        bukti: what is known.
        kurang: what the conditions miss; empty for one who meets them all.
        sertifikat: the one in force; None without.
    """

    peserta: Peserta
    bukti: Bukti
    kurang: list[str]
    sertifikat: Sertifikat | None

    @property
    def is_decided(self) -> bool:
        return self.peserta.status in (Peserta.Status.LULUS, Peserta.Status.TIDAK_LULUS)


def daftar_putusan(angkatan: Angkatan, halaman: int) -> tuple[Page[Peserta], list[BarisPutusan]]:
    """A page of those who did not withdraw, by place and name. Seven queries for any cohort."""
    people = angkatan.peserta.ikut().select_related("orang", "unsur", "wilayah")
    page = Paginator(people.order_by("wilayah__kode", "unsur__urutan", "orang__nama", "pk"), SEHALAMAN).get_page(
        halaman
    )
    keys = [satu.pk for satu in page.object_list]
    held = {satu.peserta_id: satu for satu in Sertifikat.objects.berlaku().filter(peserta__in=keys)}
    known = bukti(angkatan, keys)
    rows = ((satu, known.get(satu.pk, Bukti())) for satu in page.object_list)
    return page, [BarisPutusan(satu, own, kekurangan(angkatan, own), held.get(satu.pk)) for satu, own in rows]


def daftar_terbitan(angkatan: Angkatan) -> "QuerySet[TerbitanSertifikat]":
    """Printings of a cohort, the latest first, each with `n` certificates."""
    return angkatan.terbitan.annotate(n=Count("sertifikat"))


def find_sertifikat(kode: str) -> Sertifikat | None:
    """The certificate of a code as somebody typed or scanned it; None for one that was never given."""
    typed = normalize_kode(kode)
    if not is_kode(typed):
        return None
    known = Sertifikat.objects.select_related("terbitan", "peserta__angkatan__program__wilayah")
    return known.filter(kode=typed).first()


def lembar_terbitan(terbitan: TerbitanSertifikat) -> list[Sertifikat]:
    """The certificates of a printing that are still in force, with all that stands on them; one query."""
    rows = terbitan.sertifikat.berlaku()
    return list(rows.select_related("peserta__unsur", "peserta__wilayah", "peserta__orang"))
