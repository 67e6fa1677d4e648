"""The spending page of a region and year to take away: every table a sheet, numbers as numbers, ratios as ratios."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from layanan_dasar.models import BarisAPBDes, Jumlah, KepatuhanAturan
from layanan_dasar.queries.mutu import MutuWilayah
from layanan_dasar.queries.rincian import BarisRincian
from layanan_dasar.queries.ukuran import Bahan, UkuranDuaTahun
from p3pd_portal.lib.tables import Sheet


BAGIAN = {
    "ukuran": "Ukuran",
    "ibdb": "IBDB",
    "aturan": "Aturan",
    "bidang": "Bidang",
    "bab": "Bidang APBDes",
    "sumber": "Sumber dana",
    "kegiatan": "Kegiatan",
    "kebutuhan": "Kebutuhan dan belanja",
    "tahun": "Per tahun",
    "kejanggalan": "Kejanggalan",
}
"""Sheets by the word that an address asks for them."""
_JUMLAH = ["anggaran", "realisasi", "anggaran_yang_melapor", "serapan"]


def mutu_sheets(mutu: MutuWilayah, bagian: str = "ukuran") -> list[Sheet]:
    """All sheets, first the one asked for, which is the one a CSV holds."""
    made = {
        "ukuran": _ukuran(mutu),
        "ibdb": _ibdb(mutu),
        "aturan": _aturan(mutu.aturan),
        "bidang": _bidang(mutu),
        "bab": _bab(mutu),
        "sumber": _rincian("sumber", mutu.sumber),
        "kegiatan": _rincian("kegiatan", mutu.kegiatan),
        "kebutuhan": _kebutuhan(mutu),
        "tahun": _tahun(mutu),
        "kejanggalan": _kejanggalan(mutu),
    }
    first = [made.pop(bagian)] if bagian in made else []
    return [*first, *made.values()]


def _bulat(value: Decimal | None) -> Decimal | None:
    """Six decimals, as the result tables keep ratios."""
    return None if value is None else round(value, 6)


def _jumlah(jumlah: Jumlah) -> list[Any]:
    return [jumlah.anggaran, jumlah.realisasi, jumlah.terlapor, _bulat(jumlah.serapan)]


def _ukuran(mutu: MutuWilayah) -> Sheet:
    header = [
        "kode", "ukuran", "nilai", "satuan", "pembilang", "nilai_pembilang", "penyebut", "nilai_penyebut",
        "jumlah_desa", "dari_desa", "nilai_tahun_lalu", "beda", "catatan",
    ]  # fmt: skip
    rows = [_ukuran_row(satu, mutu.ringkasan.n_desa) for satu in mutu.ukuran]
    return Sheet(BAGIAN["ukuran"], header, [*rows, *_sebaran(mutu)], [6, 40, 12, 10, 34, 18, 24, 18])


def _ukuran_row(satu: UkuranDuaTahun, n_desa: int) -> list[Any]:
    kini, lalu = satu.kini, satu.lalu
    parts = [part for bahan in kini.bahan for part in (bahan.nama, _angka(bahan))]
    parts += ["", None] * (2 - len(kini.bahan))
    catatan = " ".join(text for text in (kini.catatan, satu.alasan.strip("–")) if text)
    before = lalu and _bulat(lalu.nilai)
    return [
        kini.kode, kini.nama, _bulat(kini.nilai), kini.satuan, *parts, kini.n, n_desa, before, _bulat(satu.beda),
        catatan,
    ]  # fmt: skip


def _angka(bahan: Bahan) -> int | Decimal | None:
    return _bulat(bahan.nilai) if isinstance(bahan.nilai, Decimal) else bahan.nilai


def _sebaran(mutu: MutuWilayah) -> list[list[Any]]:
    baris = mutu.baris
    if mutu.is_desa or baris is None or baris.porsi_min is None:
        return []
    spread = {"terendah": baris.porsi_min, "median": baris.porsi_median, "tertinggi": baris.porsi_maks}
    empty = ["", None] * 2
    tail = [baris.n_rincian, baris.n_desa, None, None, ""]
    return [["M1", f"Porsi layanan dasar inti, desa {nama}", nilai, "persen", *empty, *tail]
            for nama, nilai in spread.items()]  # fmt: skip


def _ibdb(mutu: MutuWilayah) -> Sheet:
    header = ["kode", "komponen", "nilai", "bobot", "bahan", "keterangan"]
    rows: list[list[Any]] = [
        [
            satu.kode, satu.nama, satu.nilai, satu.bobot,
            "; ".join(f"{bahan.nama} = {_angka(bahan)} {bahan.satuan}" for bahan in satu.bahan), satu.kalimat,
        ]
        for satu in mutu.komponen
    ]  # fmt: skip
    if indeks := mutu.indeks:
        kept = [f"Mutu {indeks.mutu}" if indeks.mutu else indeks.get_alasan_display()]
        kept += ["sementara"] if indeks.sementara else []
        text = f"parameter {indeks.parameter_id}"
        rows.append(["IBDB", "Indeks Belanja Desa Berkualitas", indeks.nilai, indeks.bobot, text, "; ".join(kept)])
    return Sheet(BAGIAN["ibdb"], header, rows, [6, 36, 12, 8, 70, 70])


def _aturan(rows: Sequence[KepatuhanAturan]) -> Sheet:
    header = [
        "kode", "aturan", "jenis", "persen", "basis", "pembilang", "penyebut", "porsi", "patuh", "tidak_patuh",
        "tidak_dapat_dihitung", "tidak_berlaku", "dasar_hukum", "keyakinan", "catatan",
    ]  # fmt: skip
    return Sheet(BAGIAN["aturan"], header, [_aturan_row(satu) for satu in rows], [16, 44])


def _aturan_row(satu: KepatuhanAturan) -> list[Any]:
    rule = satu.aturan
    counts = [satu.n_patuh, satu.n_tidak_patuh, satu.n_tidak_dapat_dihitung, satu.n_tidak_berlaku]
    money = [satu.pembilang, satu.penyebut, _bulat(satu.porsi)]
    what = [rule.kode, rule.nama, rule.get_jenis_display(), rule.persen, rule.get_basis_display()]
    return [*what, *money, *counts, rule.dasar_hukum, rule.keyakinan, rule.catatan]


def _bidang(mutu: MutuWilayah) -> Sheet:
    header = ["kode", "bidang", "porsi", *(f"{kelas}_{name}" for kelas in ("inti", "terkait") for name in _JUMLAH)]
    rows = [
        [satu.bidang.kode, satu.bidang.nama, _bulat(satu.porsi), *_jumlah(satu.inti), *_jumlah(satu.terkait)]
        for satu in mutu.ringkasan.bidang
    ]
    return Sheet(BAGIAN["bidang"], header, rows, [8, 28])


def _bab(mutu: MutuWilayah) -> Sheet:
    rows = [[satu.kode, satu.nama, *_jumlah(satu.jumlah)] for satu in mutu.ringkasan.bab]
    if mutu.baris:
        for kode, nama, group in (("4", "Pendapatan", "pendapatan"), ("5", "Belanja", "belanja")):
            rows.append([kode, nama, *_jumlah(mutu.baris.jumlah(group))])
    return Sheet(BAGIAN["bab"], ["kode", "uraian", *_JUMLAH], rows, [8, 50])


def _rincian(bagian: str, rows: Sequence[BarisRincian]) -> Sheet:
    header = ["kode", "nama", "bidang", "kelas", *_JUMLAH, "jumlah_desa", "desa_melebihi_anggaran"]
    return Sheet(BAGIAN[bagian], header, [_rincian_row(satu) for satu in rows], [12, 50])


def _rincian_row(satu: BarisRincian) -> list[Any]:
    golongan = list(satu.golongan) if satu.golongan else ["belum dipetakan", ""]
    money = [satu.anggaran, satu.realisasi, satu.terlapor, _bulat(satu.serapan)]
    return [satu.kode, satu.nama, *golongan, *money, satu.n_desa, satu.n_lebih]


def _kebutuhan(mutu: MutuWilayah) -> Sheet:
    header = ["bidang", "kesenjangan", "anggaran", "bagian_kebutuhan", "bagian_belanja", "selisih", "kuadran"]
    rows = [
        [
            satu.kode, satu.gap, satu.anggaran, _bulat(satu.kebutuhan), _bulat(satu.belanja), _bulat(satu.selisih),
            satu.kuadran.value if satu.kuadran else "",
        ]
        for satu in mutu.pasangan
    ]  # fmt: skip
    return Sheet(BAGIAN["kebutuhan"], header, rows, [10, 14, 18, 18, 18, 12, 20])


def _tahun(mutu: MutuWilayah) -> Sheet:
    header = ["tahun", "jumlah_desa", "desa_dengan_rincian", "belanja", "layanan_dasar_inti", "porsi_inti",
              "serapan_inti", "serapan_belanja", "ibdb", "mutu", "sementara", "parameter"]  # fmt: skip
    rows = [
        [
            satu.tahun, satu.baris.n_desa, satu.baris.n_rincian, satu.baris.jumlah("belanja").anggaran,
            satu.baris.jumlah("inti").anggaran, _bulat(satu.baris.porsi_inti), _bulat(satu.baris.serapan_inti),
            _bulat(satu.baris.serapan), *_indeks(satu.indeks),
        ]
        for satu in mutu.per_tahun
    ]  # fmt: skip
    return Sheet(BAGIAN["tahun"], header, rows, [8, 12, 12, 18, 18])


def _indeks(indeks: Any) -> list[Any]:
    if indeks is None:
        return [None, "", "", ""]
    return [indeks.nilai, indeks.mutu, "ya" if indeks.sementara else "tidak", indeks.parameter_id]


def _kejanggalan(mutu: MutuWilayah) -> Sheet:
    header = ["jenis", "kode_wilayah", "nama_wilayah", "kode_kegiatan", "kode_rekening", "sumber_dana", "uraian",
              "jumlah_baris", "anggaran", "realisasi", "selisih"]  # fmt: skip
    ganjil = mutu.kejanggalan
    rows: list[list[Any]] = [_line_row(line) for line in mutu.baris_tanpa_anggaran()]
    if not mutu.may_rincian:
        rows += [["realisasi tanpa anggaran", row.wilayah.kode, row.wilayah.nama, *[""] * 4, row.n_tanpa_anggaran,
                  None, row.tanpa_anggaran, None] for row in ganjil.tanpa_anggaran]  # fmt: skip
    rows += [["anggaran tidak seimbang", row.wilayah.kode, row.wilayah.nama, *[""] * 4, None, None, None,
              row.silpa_anggaran] for row in ganjil.tidak_seimbang]  # fmt: skip
    here = [mutu.wilayah.kode, mutu.wilayah.nama]
    rows += [["realisasi melebihi anggaran", *here, satu.kode, "", "", satu.nama, None, satu.anggaran, satu.realisasi,
              None] for satu in ganjil.lebih]  # fmt: skip
    rows += [["belum dipetakan di atas batas", row.wilayah.kode, row.wilayah.nama, *[""] * 4, None,
              row.jumlah("belum_dipetakan").anggaran, None, None] for row in ganjil.belum_dipetakan]  # fmt: skip
    return Sheet(BAGIAN["kejanggalan"], header, rows, [28, 16, 24])


def _line_row(line: BarisAPBDes) -> list[Any]:
    desa = line.apbdes.desa
    where = ["realisasi tanpa anggaran", desa.kode, desa.nama, line.kode_kegiatan, line.kode_rekening]
    spent = line.realisasi_s1 if line.realisasi_s2 is None else line.realisasi_s2
    return [*where, line.sumber_dana, line.uraian, 1, line.anggaran, spent, None]
