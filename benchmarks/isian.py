"""A sheet of figures checked with every shipped rule: 200 desa × 40 fields, against a bare loop over the same cells.

A field is a part of a figure that somebody types: 8 indicators ask for numerator, denominator, men, women and people
with a disability. Every cell has last month's and last year's figures to compare with. The loop only looks at each
field once. Target: under three seconds. No database takes part.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import yaml

from benchmarks import ukur
from kecamatan.models import Wilayah
from layanan_dasar.aggregation.temuan import periksa_lembar
from layanan_dasar.models import AturanIsian, Dataset, Indikator, Lembar, Sel
from layanan_dasar.models.lembar import BAGIAN
from p3pd_portal.lib.periode import Periode
from p3pd_portal.management.commands.impor import FIXTURES


DESA = 200
KODE = ("PDK-02", "PDK-03", "PDK-04", "PDK-05", "JSO-03", "JSO-04", "JSO-08", "KES-08")
"""Such that rules across indicators have something to compare."""
HARI = datetime.date(2025, 7, 5)
SASARAN = 3


def run() -> None:
    aturan = [AturanIsian(**row) for row in yaml.safe_load((FIXTURES / "aturan_isian.yaml").read_text("utf-8"))]
    satu, besar = make(DESA, KODE), make(4 * DESA, KODE)
    lebar = make(DESA, [f"{kode[:3]}-{n}" for n in range(5) for kode in KODE])
    print(f"{DESA} desa × {len(KODE) * len(BAGIAN)} isian, {len(aturan)} aturan: ", end="")
    print(f"{len(periksa_lembar(satu, aturan, HARI))} temuan")
    times = [
        ukur.medians((lambda: None, lambda: bare(satu)), (lambda: None, lambda s=s: periksa_lembar(s, aturan, HARI)))
        for s in (satu, besar, lebar)
    ]
    loop, checked = times[0]
    print(f"diperiksa: {checked:.2f} s = {checked / loop:.0f} × satu putaran kosong (sasaran di bawah {SASARAN} s)")
    print(f"  {4 * DESA} desa: {times[1][1]:.2f} s = {times[1][1] / checked:.1f} ×")
    print(f"  {len(lebar.indikator) * len(BAGIAN)} isian: {times[2][1]:.2f} s = {times[2][1] / checked:.1f} ×")


def bare(lembar: Lembar) -> int:
    """How many fields are filled in."""
    count = 0
    for desa in lembar.desa:
        for indikator in lembar.indikator:
            sel = lembar.sel(desa, indikator)
            for bagian in BAGIAN:
                count += getattr(sel, bagian) is not None
    return count


def make(banyak: int, kode: Sequence[str]) -> Lembar:
    """A sheet with every field filled in. Its indicators disagree, so that every desa has findings."""
    desa = tuple(Wilayah(pk=pk) for pk in range(1, banyak + 1))
    return Lembar(
        dataset=Dataset(kode="UJI-B"),
        kecamatan=Wilayah(pk=0),
        periode=Periode.parse("2025-06"),
        versi=1,
        indikator=tuple(Indikator(kode=satu, jenis="persen", kumulatif=n % 2 == 0) for n, satu in enumerate(kode)),
        desa=desa,
        isi=_cells(desa, kode, 7) | {(0, satu): _cell(900 * banyak) for satu in kode},
        lalu=_cells(desa, kode, 5),
        setahun=_cells(desa, kode, 3),
        penduduk={satu.pk: 4000 for satu in desa},
    )


def _cells(desa: tuple[Wilayah, ...], kode: Sequence[str], step: int) -> dict[tuple[int, str], Sel]:
    return {(satu.pk, k): _cell(800 + satu.pk * step % 200 + number) for satu in desa for number, k in enumerate(kode)}


def _cell(pembilang: int) -> Sel:
    whole, laki_laki = Decimal(pembilang), Decimal(pembilang // 2)
    return Sel(whole, whole + 100, laki_laki, whole - laki_laki, Decimal(pembilang // 50), "ada")
