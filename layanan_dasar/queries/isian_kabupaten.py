"""One sheet in all kecamatan of a region: who has published it, who waits, who is late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from kecamatan.models import Tingkat, Wilayah
from kecamatan.queries.hari_libur import Kalender, kalender
from layanan_dasar.models import Dataset, Isian
from layanan_dasar.queries.baris_isian import BarisIsian, Lembaran, baris_isian, langkah_of
from layanan_dasar.queries.isian import indikator_diminta, lembar_diminta
from layanan_dasar.queries.jadwal import jadwal
from p3pd_portal.lib.periode import Periode


@dataclass(frozen=True)
class BarisWilayah:
    """How many kecamatan of a region have published one sheet, and how many are on the way."""

    wilayah: Wilayah
    n_kecamatan: int
    n_terbit: int
    n_berjalan: int


@dataclass(frozen=True)
class DaftarKecamatan:
    """One sheet in all kecamatan: of a kabupaten one by one, above it counted by the region below.

    Attributes:
        pilihan: sheets to choose from, the latest periods of every dataset.
    """

    dataset: Dataset | None
    periode: Periode | None
    pilihan: Sequence[tuple[Dataset, Periode]]
    baris: Sequence[BarisIsian] = ()
    wilayah: Sequence[BarisWilayah] = ()

    @property
    def n_terbit(self) -> int:
        return sum(row.is_terbit for row in self.baris) + sum(row.n_terbit for row in self.wilayah)

    @property
    def n_kecamatan(self) -> int:
        return len(self.baris) + sum(row.n_kecamatan for row in self.wilayah)


def daftar_kecamatan(wilayah: Wilayah, dataset: str, periode: str) -> DaftarKecamatan:
    """One sheet in all kecamatan: the one asked for, or that of which the due date passed last."""
    jam = kalender(wilayah)
    today = jam.hari_ini
    pilihan = lembar_diminta(today)
    if not pilihan:
        return DaftarKecamatan(None, None, [])
    days = {(satu.kode, str(of)): jadwal(satu, of, jam).tenggat for satu, of in pilihan}
    asked = [(satu, of) for satu, of in pilihan if (satu.kode, str(of)) == (dataset, periode)]
    due = max(pilihan, key=lambda pair: (days[pair[0].kode, str(pair[1])] <= today, days[pair[0].kode, str(pair[1])]))
    chosen, of = (asked or [due])[0]
    if wilayah.tingkat < Tingkat.KABUPATEN:
        return DaftarKecamatan(chosen, of, pilihan, wilayah=_wilayah(wilayah, chosen, of))
    return DaftarKecamatan(chosen, of, pilihan, _kecamatan(wilayah, chosen, of, jam))


def _wilayah(wilayah: Wilayah, dataset: Dataset, periode: Periode) -> list[BarisWilayah]:
    """Each kecamatan counts once: a correction that is under way takes nothing off what is published."""
    children = list(Wilayah.objects.children_of(wilayah))
    kecamatan = Wilayah.objects.in_force().in_wilayah(wilayah).filter(tingkat=Tingkat.KECAMATAN)
    sheets = Isian.objects.in_wilayah(wilayah).filter(dataset=dataset, periode=str(periode))
    published = set(sheets.filter(status=Isian.Status.DISAHKAN).values_list("kecamatan__kode", flat=True))
    running = set(sheets.running().values_list("kecamatan__kode", flat=True)) - published
    length = len(children[0].kode) if children else 0
    all_of, done, on_way = (Counter(kode[:length] for kode in codes) for codes in
                            (kecamatan.values_list("kode", flat=True), published, running))  # fmt: skip
    return [BarisWilayah(satu, all_of[satu.kode], done[satu.kode], on_way[satu.kode]) for satu in children]


def _kecamatan(kabupaten: Wilayah, dataset: Dataset, periode: Periode, jam: Kalender) -> list[BarisIsian]:
    of = Isian.objects.in_wilayah(kabupaten).filter(dataset=dataset, periode=str(periode))
    sheets = {satu.kecamatan_id: satu for satu in of.order_by("versi").with_terisi()}
    steps, days = langkah_of(of), jadwal(dataset, periode, jam)
    asked = indikator_diminta()[dataset.bidang_id, dataset.frekuensi]
    in_force = Count("anak", filter=Q(anak__berlaku_sampai__isnull=True))
    return [
        baris_isian(Lembaran(dataset, periode, satu, sheets.get(satu.pk)), days, asked * satu.n_desa, steps)
        for satu in Wilayah.objects.children_of(kabupaten).annotate(n_desa=in_force)
    ]
