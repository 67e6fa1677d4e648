"""Cells of village budget files → values. Each function raises ValueError with a sentence that says the repair."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kecamatan.models import Jenis, Wilayah
from kecamatan.models.wilayah import normalize_kode
from layanan_dasar.models.belanja import TAHUN_AKHIR, TAHUN_AWAL
from p3pd_portal.lib.angka import parse_decimal, parse_rupiah
from p3pd_portal.lib.cells import Teks, as_text, teks


# Siskeudes writes 02.02.02. and the regulation 2.2.02 for the same kegiatan.
_KEGIATAN = re.compile(r"0?([1-5])\.0?(\d{1,2})\.(\d{1,2})\.?", re.ASCII)
_KEGIATAN_INDUK = re.compile(r"0?([1-5])(?:\.0?(\d{1,2}))?\.?", re.ASCII)
_REKENING = re.compile(r"[456](\.\d(\.\d(\.\d{1,2})?)?)?\.?", re.ASCII)


def tahun(cell: object) -> int:
    text = as_text(cell)
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or not TAHUN_AWAL <= int(text) <= TAHUN_AKHIR:
        raise ValueError(f"Tahun “{text[:20]}” di luar {TAHUN_AWAL}–{TAHUN_AKHIR}. Tulis tahun anggaran empat angka.")
    return int(text)


def kode_kegiatan(cell: object) -> str:
    """02.02.02 of 02.02.02, 2.2.02 or 02.02.02.; "" of an empty cell (revenue and financing)."""
    text = as_text(cell)
    if not text:
        return ""
    match = _KEGIATAN.fullmatch(text)
    if not match:
        raise ValueError(f"Kode kegiatan “{text[:20]}” tidak lengkap. Tulis BB.SS.KK, misalnya 02.02.02.")
    return _canonical_kegiatan(match)


def kode_kegiatan_atau_induk(cell: object) -> str:
    """As `kode_kegiatan`, and also a chapter (01) or sub-chapter (01.02) of a summary."""
    text = as_text(cell)
    match = _KEGIATAN_INDUK.fullmatch(text)
    if not match:
        return kode_kegiatan(text)
    return ".".join(part.zfill(2) for part in match.groups() if part is not None)


def _canonical_kegiatan(match: re.Match[str]) -> str:
    bab, sub, keg = (part.zfill(2) for part in match.groups())
    # Chapter 5 has no kegiatan below its three sub-chapters; some programs number them 01 instead of 00.
    return f"{bab}.{sub}.{'00' if bab == '05' and keg == '01' else keg}"


def kode_rekening(cell: object) -> str:
    """5.2.1.01 of 5.2.1.01, 5.2.1.1 or 5.2.1.01.; "" of an empty cell."""
    text = as_text(cell)
    if not text:
        return ""
    if not _REKENING.fullmatch(text):
        raise ValueError(
            f"Kode rekening “{text[:20]}” tidak dikenal. Tulis akun.kelompok.jenis.objek mulai dari 4, 5, atau 6, "
            "misalnya 5.2.1.01."
        )
    parts = text.removesuffix(".").split(".")
    return ".".join([*parts[:3], *(part.zfill(2) for part in parts[3:])])


def volume(cell: object) -> Decimal | None:
    """How many units, with two decimals; None of an empty cell."""
    number = parse_decimal(cell)
    if number is not None and not 0 <= number < 10**12:
        raise ValueError("Volume di luar batas. Tulis angka mulai dari 0, misalnya 120 atau 12,5.")
    return None if number is None else number.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class TeksKata:
    """Free text of at most `most` letters that is no bare date or amount, as cells are that an unquoted comma moved."""

    most: int

    def __call__(self, cell: object) -> str:
        text = Teks(self.most)(cell)
        if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4,}", text, re.ASCII):
            raise ValueError(f"“{text}” bukan isi kolom ini. Apit angka yang memuat koma dengan tanda kutip.")
        return text


def kode_output(cell: object) -> str:
    """530001 of 530001; "" of an empty cell."""
    text = as_text(cell)
    if text and not re.fullmatch(r"\d{6}", text, re.ASCII):
        raise ValueError(f"Kode keluaran “{text[:20]}” harus enam angka, misalnya 530001. Betulkan atau kosongkan.")
    return text


@dataclass(frozen=True)
class SumberDana:
    """Code of a source of funds; codes that are not listed come in as LAIN:<kode>, "" stays unknown."""

    listed: frozenset[str]

    def __call__(self, cell: object) -> str:
        kode = teks(cell).upper().removeprefix("LAIN:")
        if not kode or kode in self.listed:
            return kode
        if len(kode) > 15:
            raise ValueError(f"Kode sumber dana “{kode[:20]}” terlalu panjang. Tulis kodenya saja, misalnya DDS.")
        return f"LAIN:{kode}"


class Rupiah:
    """Whole rupiah of an amount, or None for an empty cell; counts how many had their sen rounded away."""

    def __init__(self) -> None:
        self.rounded = 0

    def __call__(self, cell: object) -> int | None:
        amount, rounded = parse_rupiah(cell)
        self.rounded += rounded
        return amount


class Desa:
    """A village code, with or without dots, → id of the village; only villages inside `wilayah` are taken."""

    def __init__(self, wilayah: Wilayah | None) -> None:
        self.wilayah = wilayah
        known = Wilayah.objects.in_force().filter(tingkat=4).values_list("kode", "id", "jenis")
        self.known = {kode: (pk, jenis) for kode, pk, jenis in known}

    def __call__(self, cell: object) -> int:
        kode = normalize_kode(as_text(cell))
        if kode not in self.known:
            raise ValueError(
                f"Kode desa “{kode[:20]}” tidak ada dalam daftar Kemendagri. Tulis 10 angka, misalnya 35.24.01.2001."
            )
        pk, jenis = self.known[kode]
        if jenis == Jenis.KELURAHAN:
            raise ValueError(f"{kode} adalah kelurahan, yang tidak memiliki APBDes. Hapus baris ini.")
        if self.wilayah is not None and not self.wilayah.contains(kode):
            raise ValueError(f"Desa {kode} berada di luar {self.wilayah.nama_lengkap}. Unggah dari halaman wilayahnya.")
        return pk
