"""Find regions by name or code."""

import re
from dataclasses import dataclass, replace

from django.db.models import Case, IntegerField, Q, Value, When

from kecamatan.models import RiwayatWilayah, Tingkat, Wilayah
from kecamatan.models.riwayat import MENERUSKAN
from kecamatan.models.wilayah import normalize_kode


MOST_HITS = 20
_KATA_TINGKAT = re.compile(
    r"\b(provinsi|prov|kabupaten|kab|kecamatan|kec|kelurahan|kel|desa|distrik|kapanewon|kalurahan)\b\.?", re.IGNORECASE
)
# Local words that are also part of many names ("Gampong Baro", Kecamatan Lembang): left out only when nothing fits.
_KATA_DAERAH = frozenset({"gampong", "kampung", "kemantren", "lembang", "nagari"})


@dataclass(frozen=True)
class HasilCari:
    """Regions found for a search; `lebih` when there are more than shown."""

    kata: str
    wilayah: list[Wilayah]
    lebih: bool


def _successors(kode: str) -> list[str]:
    """Codes under which a closed region carries on."""
    closed = Wilayah.objects.filter(kode=kode, berlaku_sampai__isnull=False, kode_penerus__isnull=False)
    return [kode for kode in closed.values_list("kode_penerus", flat=True) if kode]


def _renamed(nama: str) -> list[str | None]:
    """Codes of regions that had this name before."""
    renamed = RiwayatWilayah.objects.approved().filter(nama_lama__icontains=nama, jenis__in=MENERUSKAN)
    return list(renamed.values_list("penerus__kode_kini", flat=True)[:MOST_HITS])


def kecamatan_of(wilayah: Wilayah) -> Wilayah:
    """The kecamatan that a region of it answers to: itself, or the one above a desa; a larger region stays."""
    return wilayah.induk if wilayah.tingkat == Tingkat.DESA and wilayah.induk else wilayah


def kabupaten_of(wilayah: Wilayah) -> Wilayah:
    """The kabupaten above a desa or kecamatan; a larger region stays."""
    kecamatan = kecamatan_of(wilayah)
    return kecamatan.induk if kecamatan.tingkat == Tingkat.KECAMATAN and kecamatan.induk else kecamatan


def riwayat_of(wilayah: Wilayah) -> list[RiwayatWilayah]:
    """What the region was before and what left it, latest first."""
    return list(RiwayatWilayah.objects.of(wilayah).select_related("asal", "penerus"))


def search(kata: str) -> HasilCari:
    """Regions whose names contain every word, larger ones first; or the region with this code and those under it.

    Words that name a level ("Kec.", "Desa", "Distrik") are ignored, so that "Kec. Deket Lamongan" finds Deket. A first
    word that begins the region's own name counts more than one in the names above it.
    """
    kata = " ".join(kata.replace("\x00", " ").split())[:80]
    found = Wilayah.objects.in_force().exclude(tingkat=0)
    kode = normalize_kode(kata)
    words = [word for word in re.split(r"[\s,]+", _KATA_TINGKAT.sub(" ", kata)) if word]
    if re.fullmatch(r"[\d.]{2,13}", kode):
        found = found.filter(Q(kode__startswith=kode) | Q(kode__in=_successors(kode)))
    elif words and len("".join(words)) >= 2:
        by_name = Q(*(Q(jalur__icontains=word) for word in words), nama__icontains=words[0])
        found = found.filter(by_name | Q(kode__in=_renamed(" ".join(words))))
    else:
        return HasilCari(kata, [], False)
    nama = " ".join(words)
    rank = Case(
        When(
            Q(nama__iexact=nama) | Q(nama__iexact=f"Kabupaten {nama}") | Q(nama__iexact=f"Kota {nama}"), then=Value(0)
        ),
        When(nama__istartswith=words[0] if words else kode, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    hits = list(found.order_by("contoh", rank, "tingkat", "nama", "kode")[: MOST_HITS + 1])
    if not hits and len(words) > 1 and words[0].lower() in _KATA_DAERAH:
        return replace(search(" ".join(words[1:])), kata=kata)
    return HasilCari(kata, hits[:MOST_HITS], len(hits) > MOST_HITS)
