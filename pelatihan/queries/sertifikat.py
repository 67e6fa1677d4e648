"""Certificates: of a cohort, for those who run it; and one by its code, for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from p3pd_portal.lib.kode import is_kode, normalize_kode
from pelatihan.aggregation.kelulusan import Bukti, kekurangan
from pelatihan.models import Angkatan, Peserta, Sertifikat, TerbitanSertifikat


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


def daftar_putusan(angkatan: Angkatan, bukti: Mapping[int, Bukti]) -> list[BarisPutusan]:
    """Everybody of a cohort who did not withdraw; two queries."""
    held = {satu.peserta_id: satu for satu in Sertifikat.objects.berlaku().filter(peserta__angkatan=angkatan)}
    rows = angkatan.peserta.ikut().select_related("orang", "unsur", "wilayah", "kelas")
    known = ((satu, bukti.get(satu.pk, Bukti())) for satu in rows)
    return [BarisPutusan(satu, own, kekurangan(angkatan, own), held.get(satu.pk)) for satu, own in known]


def daftar_terbitan(angkatan: Angkatan) -> list[TerbitanSertifikat]:
    """Printings of a cohort, the latest first, each with its certificates."""
    return list(angkatan.terbitan.prefetch_related("sertifikat"))


def find_sertifikat(kode: str) -> Sertifikat | None:
    """The certificate of a code as somebody typed or scanned it; None for one that was never given."""
    typed = normalize_kode(kode)
    if not is_kode(typed):
        return None
    known = Sertifikat.objects.select_related("terbitan", "peserta__angkatan__program")
    return known.filter(kode=typed).first()


def lembar_terbitan(terbitan: TerbitanSertifikat) -> list[Sertifikat]:
    """The certificates of a printing that are still in force, with all that stands on them; one query."""
    rows = terbitan.sertifikat.berlaku()
    return list(rows.select_related("peserta__unsur", "peserta__wilayah", "peserta__orang"))
