"""What each shipped rule finds on small sheets, and where it is silent."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from django.conf import settings

from layanan_dasar.models import AturanIsian, Lembar, Sel
from p3pd_portal.lib.berkas_yaml import read_yaml
from tests.layanan_dasar.aggregation.lembar import aturan, found, lembar, sel


ATURAN = {row["kode"]: AturanIsian(**row) for row in read_yaml(settings.BASE_DIR / "fixtures" / "aturan_isian.yaml")}


class Kasus(NamedTuple):
    """A sheet that keeps a rule, one that breaks it once, what is then said, and one that tells the rule nothing."""

    wajar: Lembar
    janggal: Lembar
    pesan: str
    diam: Lembar


def one(cell: Sel, jenis: str = "riil", periode: str = "2025-02", **pembanding: Sel) -> Lembar:
    """One desa and indicator, with `lalu` and `setahun` of the same."""
    return lembar(
        {"X": [cell]}, jenis=jenis, periode=periode, **{name: {"X": [other]} for name, other in pembanding.items()}
    )


def row(penduduk: int | None = None, **cells: Sel) -> Lembar:
    """One desa with several indicators, PDK_02 for PDK-02."""
    return lembar({name.replace("_", "-"): [cell] for name, cell in cells.items()}, penduduk=penduduk)


def column(cells: Sequence[Sel], jenis: str = "riil", total: Sel | None = None) -> Lembar:
    whole: Mapping[str, Sequence[Sel]] = {"X": [total]} if total else {}
    return lembar({"X": cells}, jenis=jenis, total=whole)


SEKOLAH = {"PDK_02": sel(90, 100), "PDK_03": sel(40, 50), "PDK_04": sel(20, 40), "PDK_05": sel(30, 190)}
RUMAH = {"SAB_01": sel(80, 100), "SAB_04": sel(70, 100), "SAB_10": sel(1, 100), "SAB_11": sel(2, 100)}
TAHUN = {"SAB_02": sel(80, 100), "SAB_05": sel(70, 100), "SAB_09": sel(1, 100)}
KTP = {"ADM_02": sel(180, 200), "ADM_03": sel(170, 200), "ADM_08": sel(1, 200)}
DESIL = {"JSO_03": sel(100, 400), "JSO_04": sel(50, 90), "JSO_08": sel(1, 110)}
KELUARGA = {"SAB_01": sel(1, 100), "SAB_06": sel(1, 100), "SAB_02": sel(1, 100), "JSO_08": sel(1, 50)}
LIMA = [sel(n, 100) for n in (50, 52, 54, 56)]

KASUS = {
    "negatif": Kasus(
        one(sel(0, 0, laki_laki=0, perempuan=0, disabilitas=0)),
        one(sel(5, 10, laki_laki=-1)),
        "Ada angka di bawah nol. Isi nol atau angka di atasnya.",
        one(sel(5, 10)),
    ),
    "desimal": Kasus(
        one(sel("5.0", 10, laki_laki=2, perempuan=3, disabilitas=0)),
        one(sel(5, "10.5")),
        "Jumlah orang, keluarga, atau kasus ditulis bulat, tanpa desimal. Perbaiki angkanya.",
        one(sel(5)),
    ),
    "pembilang_melebihi_riil": Kasus(
        one(sel(10, 10)),
        one(sel(1234, "10.5")),
        "Pembilang 1.234 melebihi penyebut 10,5, padahal penyebutnya hitungan riil. Perbaiki salah satunya.",
        one(sel(10)),
    ),
    "pembilang_melebihi_proyeksi": Kasus(
        one(sel(10, 10), "proyeksi"),
        one(sel(12, 10), "proyeksi"),
        "Pembilang 12 melebihi sasaran proyeksi 10. Periksa; bila memang lebih banyak yang dilayani, catat sebabnya.",
        one(sel(12), "proyeksi"),
    ),
    "jenis_kelamin": Kasus(
        one(sel(10, 20, laki_laki=4, perempuan=6)),
        one(sel(10, 20, laki_laki=4, perempuan=5)),
        "Laki-laki 4 dan perempuan 5 berjumlah 9, bukan 10. Perbaiki rincian atau pembilangnya.",
        one(sel(10, 20, laki_laki=4)),
    ),
    "rincian_melebihi": Kasus(
        one(sel(10, 20, laki_laki=10, perempuan=0, disabilitas=1)),
        one(sel(10, 20, disabilitas=11)),
        "Ada rincian yang melebihi pembilang 10: laki-laki –, perempuan –, penyandang disabilitas 11. Perbaiki "
        "angkanya.",
        one(sel(10, 20)),
    ),
    "berubah": Kasus(
        one(sel(60), lalu=sel(40)),
        one(sel(61), lalu=sel(40)),
        "Berubah dari 40 pada periode lalu menjadi 61, lebih dari separuhnya. Periksa, atau catat sebabnya.",
        one(sel(61)),
    ),
    "berubah_setahun": Kasus(
        one(sel(60), "kumulatif", setahun=sel(40)),
        one(sel(10), "kumulatif", setahun=sel(40)),
        "Pada periode yang sama tahun lalu 40, sekarang 10: berubah lebih dari separuhnya. Periksa, atau catat "
        "sebabnya.",
        one(sel(10), "kumulatif", lalu=sel(40)),
    ),
    "sasaran_berubah": Kasus(
        one(sel(1, 60), lalu=sel(1, 40)),
        one(sel(1, 10), lalu=sel(1, 40)),
        "Penyebut berubah dari 40 pada periode lalu menjadi 10, lebih dari separuhnya. Periksa, atau catat sebabnya.",
        one(sel(1, 10), lalu=sel(1)),
    ),
    "nol_mendadak": Kasus(
        one(sel(0, 9), lalu=sel(19, 20)),
        one(sel(0, 9), lalu=sel(20, 20)),
        "Nol, padahal periode lalu 20. Bila belum dilaporkan, pilih tidak dilaporkan; bila memang nol, catat sebabnya.",
        one(sel(0, 9)),
    ),
    "kumulatif_turun": Kasus(
        one(sel(40), "kumulatif", lalu=sel(40)),
        one(sel(39), "kumulatif", lalu=sel(40)),
        "Hitungan sejak Januari turun dari 40 menjadi 39. Isi jumlah sejak Januari, atau catat apa yang dikoreksi.",
        one(sel(39), "kumulatif"),
    ),
    "pencilan": Kasus(
        column([*LIMA, sel(58, 100)]),
        column([*LIMA, sel(98, 100)]),
        "Nilainya 98, jauh dari desa lain di kecamatan ini (skor z 14,84). Periksa angkanya, atau catat sebabnya.",
        column([*LIMA, sel(status="tidak_dilaporkan")]),
    ),
    "keluarga_penduduk": Kasus(
        row(100, **KELUARGA),
        row(99, **KELUARGA),
        "Rumah tangga atau keluarga lebih banyak daripada penduduk desa, 99 jiwa. Periksa penyebutnya, atau catat "
        "sebabnya.",
        row(**KELUARGA),
    ),
    "anak_sekolah_kelompok": Kasus(
        row(**SEKOLAH),
        row(**SEKOLAH | {"PDK_05": sel(30, 191)}),
        "Anak 7–12, 13–15, dan 16–18 tahun berjumlah 190, tetapi anak 7–18 tahun 191. Samakan, atau catat sebabnya.",
        row(PDK_02=sel(90, 100), PDK_05=sel(30, 191)),
    ),
    "anak_sekolah_dan_tidak": Kasus(
        row(**SEKOLAH),
        row(**SEKOLAH | {"PDK_05": sel(41, 190)}),
        "Anak 7–18 tahun yang bersekolah dan yang tidak berjumlah lebih dari 190 anak. Periksa keempat pembilangnya, "
        "atau catat sebabnya.",
        row(**SEKOLAH | {"PDK_02": sel(status="tidak_dilaporkan")}),
    ),
    "peserta_asesmen": Kasus(
        row(PDK_10=sel(10, 30), PDK_11=sel(20, 30)),
        row(PDK_10=sel(10, 30), PDK_11=sel(20, 31)),
        "Peserta Asesmen Nasional 30 untuk literasi, 31 untuk numerasi, padahal muridnya sama. Samakan, atau catat "
        "sebabnya.",
        row(PDK_10=sel(10, 30)),
    ),
    "hipertensi_dewasa": Kasus(
        row(KES_06=sel(1, 500), KES_07=sel(1, 100), KES_08=sel(1, 600)),
        row(KES_06=sel(1, 500), KES_07=sel(1, 100), KES_08=sel(1, 601)),
        "Estimasi penderita hipertensi 601 melebihi penduduk 15 tahun ke atas, 600. Periksa penyebutnya, atau catat "
        "sebabnya.",
        row(KES_06=sel(1, 500), KES_08=sel(1, 601)),
    ),
    "rumah_tangga_semester": Kasus(
        row(**RUMAH),
        row(**RUMAH | {"SAB_10": sel(1, 99)}),
        "Jumlah rumah tangga tidak sama: air minum 100, sanitasi 100, sampah 99, cuci tangan 100. Samakan, atau catat "
        "sebabnya.",
        row(SAB_01=sel(80, 100), SAB_10=sel(1, 99)),
    ),
    "rumah_tangga_tahun": Kasus(
        row(**TAHUN),
        row(**TAHUN | {"SAB_09": sel(1, 99)}),
        "Jumlah rumah tangga tidak sama: air minum aman 100, sanitasi aman 100, air limbah 99. Samakan, atau catat "
        "sebabnya.",
        row(SAB_02=sel(80, 100), SAB_05=sel(1)),
    ),
    "rumah_tangga_warga": Kasus(
        row(SAB_02=sel(1, 100), SAB_03=sel(1, 100)),
        row(SAB_02=sel(1, 100), SAB_03=sel(1, 99)),
        "Rumah tangga 100 lebih banyak daripada warga 99. Periksa keduanya, atau catat sebabnya.",
        row(SAB_02=sel(1, 100)),
    ),
    "odf_pilar": Kasus(
        row(SAB_07=sel(1, 1), SAB_08=sel(1)),
        row(SAB_07=sel(1, 1), SAB_08=sel(0)),
        "Desa terverifikasi ODF, tetapi pilar STBM yang terverifikasi 0; stop buang air besar sembarangan adalah satu "
        "pilarnya. Perbaiki salah satunya, atau catat sebabnya.",
        row(SAB_07=sel(1, 1)),
    ),
    "peserta_jkn": Kasus(
        row(JSO_01=sel(80, 100), JSO_02=sel(60, 80)),
        row(JSO_01=sel(80, 100), JSO_02=sel(60, 79)),
        "Penduduk terdaftar JKN 80, tetapi peserta terdaftar 79. Samakan, atau catat sebabnya.",
        row(JSO_02=sel(60, 79)),
    ),
    "keluarga_desil": Kasus(
        row(**DESIL),
        row(**DESIL | {"JSO_04": sel(50, 111)}),
        "Keluarga desil 1–4 111, keluarga desil 1–5 110, penduduk desil 1–5 400: yang depan tidak boleh lebih banyak. "
        "Periksa, atau catat sebabnya.",
        row(JSO_04=sel(50, 111)),
    ),
    "wajib_ktp": Kasus(
        row(**KTP),
        row(**KTP | {"ADM_08": sel(1, 201)}),
        "Jumlah wajib KTP tidak sama: perekaman 200, kepemilikan 200, identitas digital 201. Samakan, atau catat "
        "sebabnya.",
        row(ADM_02=sel(180, 200)),
    ),
    "ktp_direkam": Kasus(
        row(**KTP),
        row(**KTP | {"ADM_03": sel(181, 200)}),
        "Yang memiliki KTP-el 181, lebih banyak daripada yang sudah merekam 180. Periksa keduanya, atau catat "
        "sebabnya.",
        row(ADM_03=sel(181, 200)),
    ),
    "anak_kia": Kasus(
        row(ADM_04=sel(1, 100), ADM_05=sel(1, 100)),
        row(ADM_04=sel(1, 100), ADM_05=sel(1, 101)),
        "Anak di bawah 17 tahun 101, lebih banyak daripada anak 0–17 tahun 100. Periksa keduanya, atau catat sebabnya.",
        row(ADM_05=sel(1, 101)),
    ),
    "total_pembilang": Kasus(
        column([sel(1, 9), sel(2, 9)], total=sel(3, 18)),
        column([sel(1, 9), sel(2, 9)], total=sel(4, 18)),
        "Pembilang seluruh desa 3, tetapi angka kecamatan 4. Cari desa yang keliru, atau catat sebabnya.",
        column([sel(1, 9), sel(2, 9)]),
    ),
    "total_penyebut": Kasus(
        column([sel(1, 9), sel(2, 9)], total=sel(3, 18)),
        column([sel(1, 9), sel(2, 9)], total=sel(3, 17)),
        "Penyebut seluruh desa 18, tetapi angka kecamatan 17. Cari desa yang keliru, atau catat sebabnya.",
        column([sel(1, 9), sel(2, 9)], total=sel(3)),
    ),
    "seragam": Kasus(
        column([sel(20, 30), sel(20, 30), sel(21, 30)]),
        column([sel(20, 30), sel(20, 31), sel(20, 32)]),
        "Angka 20 sama di semua 3 desa. Isi angka setiap desa, atau catat sebabnya.",
        column([sel(status="tidak_dilaporkan")] * 3),
    ),
    "angka_bulat": Kasus(
        column([sel(n) for n in range(20, 40)], "jumlah"),
        column([sel(n) for n in (*range(21, 29), *range(30, 90, 5))], "jumlah"),
        "65% dari 20 angka berakhir 0 atau 5. Angka taksiran? Pakai hitungan sebenarnya bila ada.",
        column([sel(status="tidak_berlaku")] * 20, "jumlah"),
    ),
}  # fmt: skip


def test_every_shipped_rule_has_its_case() -> None:
    assert list(KASUS) == list(ATURAN)


@pytest.mark.parametrize("kode", KASUS)
def test_a_shipped_rule_speaks_when_broken_and_is_silent_without_figures(kode: str) -> None:
    """Asked also the other way round, a rule that holds is broken, and one without figures stays silent."""
    rule, kasus = ATURAN[kode], KASUS[kode]
    turned = aturan(f"not ({rule.ekspresi})", rule.cakupan)
    assert (len(found(kasus.wajar, rule)), len(found(kasus.wajar, turned)) > 0) == (0, True)
    assert [satu.pesan for satu in found(kasus.janggal, rule)] == [kasus.pesan]
    assert (found(kasus.diam, rule), found(kasus.diam, turned)) == ([], [])


NOT_ASKED = {
    "desimal": one(sel("2.5"), "skala"),
    "pembilang_melebihi_riil": one(sel(12, 10), "proyeksi"),
    "pembilang_melebihi_proyeksi": one(sel(12, 10)),
    "berubah": one(sel(61), "kumulatif", lalu=sel(40)),
    "berubah_setahun": one(sel(61), setahun=sel(40)),
    "nol_mendadak": one(sel(0, 9), "kumulatif", lalu=sel(20)),
    "kumulatif_turun": one(sel(1), "kumulatif", "2025-01", lalu=sel(40)),
    "pencilan": column([*LIMA[:3], sel(98, 100)]),
    "total_pembilang": column([sel(1), sel(5)], "skala", total=sel(3)),
    "total_penyebut": column([sel(1), sel(5)], "skala", total=sel(3, 1)),
    "seragam": column([sel(4, 30)] * 3),
    "angka_bulat": column([sel(n) for n in range(0, 200, 10)][:19], "jumlah"),
}


@pytest.mark.parametrize("kode", NOT_ASKED)
def test_a_shipped_rule_is_not_asked_where_it_means_nothing(kode: str) -> None:
    assert found(NOT_ASKED[kode], ATURAN[kode]) == []


def test_a_fall_to_zero_is_told_once() -> None:
    satu = one(sel(0, 50), lalu=sel(30, 50))
    assert [temuan.aturan for temuan in found(satu, *ATURAN.values())] == ["nol_mendadak"]


def test_a_kecamatan_whose_desa_are_not_complete_may_only_state_more() -> None:
    for status, total, broken in (
        ("tidak_dilaporkan", 9, False),
        ("tidak_dilaporkan", 2, True),
        ("tidak_berlaku", 9, True),
        ("tidak_ada_sasaran", 9, True),
        ("", 9, False),
    ):
        satu = column([sel(1, 9), sel(2, 9), sel(status=status)], total=sel(total, 99))
        assert bool(found(satu, ATURAN["total_pembilang"])) is broken, (status, total)


def test_a_sound_sheet_has_no_findings() -> None:
    satu = lembar(
        {"X": [sel(n, 100, laki_laki=1, perempuan=n - 1, disabilitas=0) for n in (51, 52, 53, 54, 57)]},
        lalu={"X": [sel(50, 100)] * 5},
        total={"X": [sel(267, 500)]},
        penduduk=1000,
    )
    assert found(satu, *ATURAN.values()) == []
