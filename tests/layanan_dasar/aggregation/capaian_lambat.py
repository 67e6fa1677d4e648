"""The figures of basic services once more, slow and obvious: a loop over regions, indicators and periods."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from layanan_dasar.models import Capaian, Indikator, NilaiIndikator, TargetIndikator
from p3pd_portal.lib.statistik import arah_tren


EMPAT, ENAM = Decimal("0.0001"), Decimal("0.000001")


@dataclass(frozen=True)
class Hasil:
    """One expected row, without its keys."""

    pembilang: Decimal | None
    penyebut: Decimal | None
    status: str
    nilai: Decimal | None
    terendah: Decimal | None
    tertinggi: Decimal | None
    n_data: int
    target: Decimal | None
    skor: Decimal | None
    kurang: Decimal | None


def bulat(value: Decimal | None, unit: Decimal = EMPAT) -> Decimal | None:
    return None if value is None else value.quantize(unit, ROUND_HALF_UP)


def hitung(tahun: int) -> dict[tuple[str, str, str], Hasil]:
    """By code of region, indicator and period."""
    terbit: dict[tuple[str, str, str], NilaiIndikator] = {}
    rows = NilaiIndikator.objects.filter(terbit_pada__isnull=False, akhir__year=tahun).select_related("desa")
    for satu in rows.order_by("revisi"):
        terbit[satu.desa.kode, satu.indikator_id, satu.periode] = satu
    per_wilayah: dict[tuple[str, str, str], list[NilaiIndikator]] = defaultdict(list)
    for (kode, indikator, periode), satu in terbit.items():
        for atas in {"0", kode[:2], kode[:5], kode[:8], kode}:
            if not (atas == "0" and kode.startswith("99")):
                per_wilayah[atas, indikator, periode].append(satu)
    indikator = {satu.kode: satu for satu in Indikator.objects.all()}
    return {key: satukan(indikator[key[1]], key[0], group, tahun) for key, group in per_wilayah.items()}


def satukan(indikator: Indikator, kode: str, rows: Sequence[NilaiIndikator], tahun: int) -> Hasil:
    pairs = [(row, of_desa(indikator, row)) for row in rows]
    known = [(row, nilai) for row, nilai in pairs if nilai is not None]
    share = indikator.jenis in ("persen", "ya_tidak")
    pembilang = sum((row.pembilang for row, _ in known), Decimal(0)) if known else None
    penyebut = sum((row.penyebut for row, _ in known), Decimal(0)) if known and share else None
    values = [nilai for _, nilai in known]
    if not known:
        nilai = None
    elif share:
        nilai = bulat(100 * pembilang / penyebut)
    else:
        nilai = bulat(Decimal(median(values))) if indikator.jenis == "skala" else pembilang
    if kode.count(".") < 3 and indikator.jenis == "skala":
        pembilang = None
    if kode.count(".") == 3:
        pembilang, penyebut = rows[0].pembilang, rows[0].penyebut
    statuses = [status(indikator, row) for row in rows]
    fate = "ada" if known else "tidak_ada_sasaran" if "tidak_ada_sasaran" in statuses else min(statuses)
    target = pilih_target(indikator, kode, tahun)
    tujuan = target.nilai if target else None
    return Hasil(
        pembilang, penyebut, fate, nilai, min(values, default=None), max(values, default=None), len(known),
        tujuan, skor(indikator, nilai, target), kurang(indikator, nilai, tujuan, penyebut),
    )  # fmt: skip


def status(indikator: Indikator, row: NilaiIndikator) -> str:
    if row.status == "ada" and indikator.jenis in ("persen", "ya_tidak") and row.penyebut == 0:
        return "tidak_ada_sasaran"
    return str(row.status)


def of_desa(indikator: Indikator, row: NilaiIndikator) -> Decimal | None:
    if status(indikator, row) != "ada":
        return None
    if indikator.jenis in ("persen", "ya_tidak"):
        return bulat(100 * row.pembilang / row.penyebut) if row.penyebut else None
    return row.pembilang


def pilih_target(indikator: Indikator, kode: str, tahun: int) -> TargetIndikator | None:
    def rank(satu: TargetIndikator) -> tuple[int, bool, int]:
        return (
            ["spm", "daerah", "nasional", "portal"].index(satu.basis),
            (satu.tahun or 0) > tahun,
            abs((satu.tahun or 0) - tahun),
        )

    targets = list(TargetIndikator.objects.filter(indikator=indikator).select_related("wilayah"))
    national = sorted((satu for satu in targets if satu.wilayah is None), key=rank)
    if national and national[0].basis == "spm":
        return national[0]
    for holder in (kode[:5], kode[:2]):
        own = sorted((satu for satu in targets if satu.wilayah and satu.wilayah.kode == holder), key=rank)
        if own:
            return own[0]
    return national[0] if national else None


def skor(indikator: Indikator, nilai: Decimal | None, target: TargetIndikator | None) -> Decimal | None:
    if nilai is None or target is None:
        return None
    floor = target.lantai
    if floor is None and indikator.arah == "naik":
        floor = Decimal(0)
    elif floor is None and indikator.jenis in ("persen", "ya_tidak"):
        floor = Decimal(100)
    elif floor is None and indikator.jenis == "jumlah":
        floor = nilai + 1  # no earlier year in these tests
    if floor is None or target.nilai == floor:
        return None
    return bulat(min(Decimal(1), max(Decimal(0), (nilai - floor) / (target.nilai - floor))), ENAM)


def kurang(
    indikator: Indikator, nilai: Decimal | None, target: Decimal | None, penyebut: Decimal | None
) -> Decimal | None:
    if nilai is None or target is None or indikator.jenis == "skala":
        return None
    short = max(Decimal(0), target - nilai if indikator.arah == "naik" else nilai - target)
    return short if indikator.jenis == "jumlah" else bulat(short * penyebut / 100)


def tren(kode: str, indikator: Indikator, periode: str) -> int | None:
    """Of the last eight figures up to a period."""
    here = Capaian.objects.filter(wilayah__kode=kode, wilayah__berlaku_sampai=None, indikator=indikator)
    akhir = here.get(periode=periode).akhir
    rows = here.filter(akhir__lte=akhir, nilai__isnull=False).order_by("akhir")
    if indikator.kumulatif:
        rows = rows.filter(periode__endswith=periode[4:])
    points = [((row.akhir.toordinal()) / 365.25, float(row.nilai)) for row in rows][-8:]
    return arah_tren(points, 1 if indikator.jenis in ("persen", "ya_tidak") else 0)
