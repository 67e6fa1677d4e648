"""What somebody means who types a region or a category instead of choosing it from a list of thousands."""

from collections.abc import Sequence

from kecamatan.models import Tingkat, Wilayah
from kecamatan.queries.wilayah import search
from pengaduan.models import KategoriSp4n


TERBANYAK = 8


def find_tempat(text: str) -> Sequence[Wilayah]:
    """Kecamatan and desa of a name or code; with a whole code the one that has it."""
    found = [satu for satu in search(text).wilayah if satu.tingkat >= Tingkat.KECAMATAN]
    return [satu for satu in found if satu.kode == text] or found


def find_kategori_sp4n(text: str) -> Sequence[KategoriSp4n]:
    """Categories whose name holds the text; written out in full the one that is meant."""
    found = [satu for satu in KategoriSp4n.objects.all() if text.casefold() in str(satu).casefold()]
    return [satu for satu in found if text.casefold() in (str(satu).casefold(), satu.nama.casefold())][:1] or found
