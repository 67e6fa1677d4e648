"""Which desa the codes of a Siskeudes file probably name."""

from collections.abc import Sequence
from dataclasses import dataclass

from kecamatan.importers.edisi import likeness
from kecamatan.models import Wilayah
from layanan_dasar.models import PetaDesaSiskeudes


MIRIP = 0.75
_SEBUTAN = ("desa ", "gampong ", "nagari ", "pekon ", "kampung ", "pemerintah desa ")


@dataclass(frozen=True)
class UsulanDesa:
    """A code of Siskeudes with the desa it is, or probably is; `kode` is "" where no name is alike."""

    kd_desa: str
    nama: str
    kode: str
    disetujui: bool


def usulan_desa(wilayah: Wilayah, kabupaten: int, codes: Sequence[Sequence[str]]) -> list[UsulanDesa]:
    """For each (code, name) the confirmed desa, or the one of the region whose name is most alike."""
    kept = PetaDesaSiskeudes.objects.filter(kabupaten=kabupaten).select_related("desa")
    confirmed = {satu.kd_desa: satu.desa.kode for satu in kept}
    taken = set(confirmed.values())
    free = {desa.kode: desa.nama for desa in desa_of(wilayah) if desa.kode not in taken}
    return [
        UsulanDesa(kd, nama, confirmed.get(kd) or _most_alike(kd, nama, free), kd in confirmed) for kd, nama in codes
    ]


def desa_of(wilayah: Wilayah) -> list[Wilayah]:
    """The desa of a region that have a budget."""
    return list(Wilayah.objects.in_force().in_wilayah(wilayah).with_apbdes().order_by("kode"))


def desa_terpakai(codes: set[str]) -> set[int]:
    """Desa that already stand for a code other than these."""
    return set(PetaDesaSiskeudes.objects.exclude(kd_desa__in=codes).values_list("desa_id", flat=True))


def _most_alike(kd: str, nama: str, free: dict[str, str]) -> str:
    """Names decide; of equal ones the desa whose code ends like that of Siskeudes."""
    plain = _plain(nama)
    best = max(
        ((likeness(plain, _plain(calon)), kode[-4:] == kd[-4:], kode) for kode, calon in free.items()),
        default=(0.0, False, ""),
    )
    return best[2] if best[0] >= MIRIP else ""


def _plain(nama: str) -> str:
    lower = " ".join(nama.lower().split())
    return next((lower.removeprefix(kata) for kata in _SEBUTAN if lower.startswith(kata)), lower)
