"""A sheet of figures to hand: two desa of a fictional kecamatan, and one indicator of each kind."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kecamatan.models import Wilayah
from layanan_dasar.models import Dataset, Indikator, Lembar, Sel, StatusNilai
from layanan_dasar.models.lembar import Kunci
from p3pd_portal.lib.periode import Periode
from tests.factories import IndikatorFactory
from tests.factories.capaian import bidang


def buat_indikator() -> tuple[Indikator, ...]:
    """A percentage of counted people with all its parts, one of projected people, a count, yes/no, a scale, a scale in
    per cent."""
    both = ["jenis_kelamin", "disabilitas"]
    plain: dict[str, Any] = {"bidang_kode": "KES", "frekuensi": "B", "penyebut": ""}
    return (
        IndikatorFactory(kode="KES-01", bidang_kode="KES", frekuensi="B", disagregasi=both),
        IndikatorFactory(kode="KES-02", bidang_kode="KES", frekuensi="B", jenis_penyebut="proyeksi"),
        IndikatorFactory(kode="KES-03", jenis="jumlah", satuan="kasus", **plain),
        IndikatorFactory(kode="KES-04", jenis="ya_tidak", satuan="ya/tidak", **plain),
        IndikatorFactory(kode="KES-05", jenis="skala", satuan="indeks 0–1", **plain),
        IndikatorFactory(kode="KES-06", jenis="skala", satuan="%", **plain),
    )


def buat_lembar(
    kecamatan: Wilayah,
    desa: Sequence[Wilayah],
    indikator: Sequence[Indikator] | None = None,
    *,
    isi: Mapping[Kunci, Sel] | None = None,
    periode: str = "2026-03",
    **rest: Any,
) -> Lembar:
    """The first version of monthly health figures; the dataset is not saved."""
    dataset = rest.pop("dataset", None) or Dataset(
        kode="KES-B", nama="Kesehatan bulanan", bidang=bidang("KES"), frekuensi="B"
    )
    katalog = tuple(buat_indikator() if indikator is None else indikator)
    rest.setdefault("versi", 1)
    return Lembar(
        dataset, kecamatan, Periode.parse(periode), indikator=katalog, desa=tuple(desa), isi=isi or {}, **rest
    )


def ada(pembilang: object, penyebut: object = None, **parts: object) -> Sel:
    """A figure, of numbers as they are written."""
    numbers = {"pembilang": pembilang, "penyebut": penyebut, **parts}
    values = {name: None if value is None else Decimal(str(value)) for name, value in numbers.items()}
    return Sel(**values, status=StatusNilai.ADA.value)


def tanpa(status: StatusNilai = StatusNilai.TIDAK_DILAPORKAN) -> Sel:
    """A cell that has a word instead of a figure."""
    return Sel(status=status.value)
