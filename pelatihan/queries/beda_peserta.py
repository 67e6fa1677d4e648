"""What a list of participants would change: who is new, who differs from what is known, who is the same."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models.functions import Lower

from kecamatan.models import Orang, Pengguna
from kecamatan.queries.gabung_orang import boleh_diubah
from p3pd_portal.lib.importing import Errors
from pelatihan.importers.peserta import BarisPeserta, kunci_nama
from pelatihan.models import Angkatan, Peserta
from pelatihan.models.data_peserta import DIRI, TEMPAT


BARU, BERUBAH, SAMA = "baru", "berubah", "sama"


@dataclass
class Beda:
    """A row of the file beside what is known.

    Attributes:
        orang: whom it is about; None for somebody who is not recorded yet.
        peserta: that person's place in the cohort; None for one who has none yet.
        isian: what would change, field → (before, after), as people read it.
        catatan: what the reader should know about it.
    """

    baris: BarisPeserta
    orang: Orang | None = None
    peserta: Peserta | None = None
    isian: dict[str, tuple[str, str]] = field(default_factory=dict)
    catatan: list[str] = field(default_factory=list)

    @property
    def jenis(self) -> str:
        if self.peserta is None:
            return BARU
        return BERUBAH if self.isian else SAMA


def sidik(beda: list[Beda]) -> str:
    """Tells whether two comparisons say the same."""
    told = [(satu.baris.baris, satu.jenis, sorted(satu.isian.items()), satu.catatan) for satu in beda]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def serupa(satu: str, dua: str) -> bool:
    """Whether two names may be one person's: a word in common."""
    return bool(set(satu.casefold().split()) & set(dua.casefold().split()))


def bandingkan(by: Pengguna, angkatan: Angkatan, rows: list[BarisPeserta], errors: Errors) -> list[Beda]:
    """Six queries and one for each account, whatever the number of rows.

    A row is about the person with its NIP; without one about the participant of this cohort with its name and office.
    Whoever else has that name and office is pointed out and left alone. What another office keeps of a person stays.
    """
    lama = _Tercatat(angkatan, rows)
    found = [lama.beda(row, errors) for row in rows]
    allowed = boleh_diubah(by, [satu.orang.pk for satu in found if satu.orang])
    for satu in found:
        _compare(satu, is_ours=satu.orang is not None and satu.orang.pk in allowed)
    return found


class _Tercatat:
    """Everybody whom the rows may be about."""

    def __init__(self, angkatan: Angkatan, rows: list[BarisPeserta]) -> None:
        nips = [row.data.nip for row in rows if row.data.nip]
        names = {row.data.nama.lower() for row in rows}
        self.by_nip = {satu.nip: satu for satu in Orang.objects.filter(nip__in=nips)}
        here = angkatan.peserta.select_related("orang", "unsur", "wilayah", "kelas")
        self.here = {satu.orang_id: satu for satu in here}
        self.namesakes: dict[tuple[str, str], list[Orang]] = defaultdict(list)
        for satu in Orang.objects.annotate(kecil=Lower("nama")).filter(kecil__in=names):
            self.namesakes[kunci_nama(satu.nama, satu.instansi)].append(satu)

    def beda(self, row: BarisPeserta, errors: Errors) -> Beda:
        beda = Beda(row, catatan=[row.catatan] if row.catatan else [])
        same = self.namesakes[kunci_nama(row.data.nama, row.data.instansi)]
        if row.data.nip:
            beda.orang = self.by_nip.get(row.data.nip)
            if beda.orang and not serupa(beda.orang.nama, row.data.nama):
                errors.add(row.baris, "nip", "NIP ini tercatat atas nama orang lain. Periksa NIP dan namanya.")
        else:
            mine = [satu for satu in same if satu.pk in self.here]
            beda.orang = mine[0] if mine else None
            if len(mine) > 1:
                errors.add(row.baris, "nama", "Ada beberapa peserta dengan nama dan instansi ini. Isi NIP-nya.")
        beda.peserta = self.here.get(beda.orang.pk) if beda.orang else None
        if others := [satu for satu in same if satu != beda.orang]:
            beda.catatan.append(
                f"Mungkin orang yang sama: {len(others)} orang lain dengan nama dan instansi ini sudah tercatat. Tidak "
                "digabung; periksa sesudah disimpan."
            )
        return beda


def _compare(beda: Beda, *, is_ours: bool) -> None:
    data = beda.baris.data
    if beda.orang:
        told = {name: (getattr(beda.orang, name), getattr(data, name)) for name in DIRI}
        differing = {name: pair for name, pair in told.items() if pair[1] and pair[0] != pair[1]}
        if is_ours:
            beda.isian |= differing
        elif differing:
            beda.catatan.append(f"Tetap seperti tercatat, karena dikelola di tempat lain: {', '.join(differing)}.")
    if beda.peserta:
        place = {name: (getattr(beda.peserta, name), getattr(data, name)) for name in TEMPAT}
        beda.isian |= {name: (str(a or ""), str(b)) for name, (a, b) in place.items() if b is not None and a != b}
        if beda.peserta.status == Peserta.Status.MENGUNDURKAN_DIRI:
            beda.catatan.append("Sudah mengundurkan diri; berkas ini tidak mendaftarkannya kembali.")
