"""Find regions by name or code."""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import normalize_kode


MOST_HITS = 20
_KATA_TINGKAT = re.compile(r"\b(provinsi|prov|kabupaten|kab|kecamatan|kec|kelurahan|kel|desa)\b\.?", re.IGNORECASE)


@dataclass(frozen=True)
class HasilCari:
    """Regions found for a search; `lebih` when there are more than shown."""

    kata: str
    wilayah: list[Wilayah]
    lebih: bool


def search(kata: str) -> HasilCari:
    """Regions whose names contain every word, larger ones first; or the region with this code and those under it.

    Words that name a level ("Kec.", "Desa") are ignored, so that "Kec. Deket Lamongan" finds Deket. A first
    word that begins the region's own name counts more than one in the names above it.
    """
    kata = " ".join(kata.replace("\x00", " ").split())[:80]
    found = Wilayah.objects.in_force().exclude(tingkat=0)
    kode = normalize_kode(kata)
    words = [word for word in re.split(r"[\s,]+", _KATA_TINGKAT.sub(" ", kata)) if word]
    if re.fullmatch(r"[\d.]{2,13}", kode):
        found = found.filter(kode__startswith=kode)
    elif words and len("".join(words)) >= 2:
        found = found.filter(*(Q(jalur__icontains=word) for word in words), nama__icontains=words[0])
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
    return HasilCari(kata, hits[:MOST_HITS], len(hits) > MOST_HITS)
