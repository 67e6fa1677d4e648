"""The map of a region's children: classes, words, dots, names, and what it cannot show."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from kecamatan.models import Batas, Wilayah
from layanan_dasar.charts import KELAS_PORSI, LUAS_TERLIHAT, TITIK, PetaPorsi, peta_porsi
from layanan_dasar.queries.kualitas import BarisAnak
from tests.lib.test_charts import luminance


CLASS_COLOURS = {"k0": "#F1EEF6", "k1": "#BDC9E1", "k2": "#74A9CF", "k3": "#1D74AD", "k4": "#03466E"}
WHITE_ON = ("k3", "k4")


def row(number: int, porsi: str | None = None, nama: str = "", n_desa: int = 18, tingkat: int = 3) -> BarisAnak:
    wilayah = Wilayah(pk=number, kode=f"35.24.{number:02}", nama=nama or f"K{number}", jumlah_desa=n_desa)
    wilayah.tingkat = tingkat
    baris: Any = None if porsi is None else SimpleNamespace(porsi_inti=Decimal(porsi), n_rincian=14)
    return BarisAnak(wilayah, baris)


def outline(number: int, x: int = 0, width: int = 300, luas: int = 90_000) -> Batas:
    return Batas(wilayah_id=number, jalur=f"M{x} 0l9 0 0 9z", kiri=x, atas=0, kanan=x + width, bawah=width,
                 titik_x=x + width // 2, titik_y=width // 2, luas=luas)  # fmt: skip


def peta(*rows: BarisAnak, batas: list[Batas] | None = None) -> PetaPorsi:
    return peta_porsi(rows, {satu.wilayah_id: satu for satu in batas or []})


def kelas(peta: PetaPorsi) -> dict[str, str]:
    return {satu.nama: satu.kelas for satu in peta.daerah}


@pytest.mark.parametrize(
    ("porsi", "expected"),
    [("0", "k0"), ("0.0999", "k0"), ("0.1", "k1"), ("0.1999", "k1"), ("0.2", "k2"), ("0.3", "k3"), ("0.3999", "k3"),
     ("0.4", "k4"), ("1", "k4")],
)  # fmt: skip
def test_the_classes_are_fixed_and_begin_at_their_lower_end(porsi: str, expected: str) -> None:
    assert kelas(peta(row(1, porsi))) == {"K1": expected}


def test_zero_unknown_and_not_applicable_are_three_things() -> None:
    unknown_share = BarisAnak(row(4).wilayah, SimpleNamespace(porsi_inti=None, n_rincian=0))  # type: ignore[arg-type]
    found = peta(row(1, "0"), row(2), row(3, n_desa=0), unknown_share)
    assert kelas(found) == {"K1": "k0", "K2": "kx", "K3": "kt", "K4": "kx"}
    assert [satu.nilai for satu in found.daerah] == ["0,0%", "belum ada data", "tanpa APBDes", "belum ada data"]


def test_every_area_is_a_sentence_with_its_coverage() -> None:
    found = peta(row(1, "0.234"), row(2), row(3, n_desa=0), row(4, "0.5", n_desa=1, tingkat=4))
    assert [satu.kalimat for satu in found.daerah] == [
        "K1: 23,4%, dari 14 dari 18 desa",
        "K2: belum ada data",
        "K3: tanpa APBDes",
        "K4: 50,0%",
    ]


def test_the_legend_names_who_is_in_each_class_from_high_to_low() -> None:
    found = peta(row(1, "0.05", "Turi"), row(2, "0.45", "Deket"), row(3, "0.05", "Babat"), row(4))
    assert [(kode, [satu.nama for satu in isi]) for kode, _, isi in found.kelompok] == [
        ("k4", ["Deket"]), ("k3", []), ("k2", []), ("k1", []), ("k0", ["Babat", "Turi"]), ("kx", ["K4"]),
    ]  # fmt: skip


def test_without_a_number_the_legend_has_no_classes_of_numbers() -> None:
    assert [kode for kode, _, _ in peta(row(1), row(2, n_desa=0)).kelompok] == ["kx", "kt"]


def test_the_highest_and_the_lowest_lead_the_way() -> None:
    found = peta(row(1, "0.2"), row(2), row(3, "0.4"), row(4, "0.1"))
    assert [satu.nama for satu in found.berangka] == ["K3", "K1", "K4"]


def test_without_an_outline_there_is_no_picture_and_nothing_is_missing_from_it() -> None:
    found = peta(row(1, "0.2"), row(2))
    assert (found.viewbox, found.tanpa_batas, found.titik, found.label) == ("", [], [], [])


def test_regions_without_an_outline_are_listed_beside_the_map() -> None:
    found = peta(row(1), row(2), row(3), batas=[outline(2)])
    assert [satu.nama for satu in found.tanpa_batas] == ["K1", "K3"]
    assert found.viewbox == "-4 -4 308 308"


def test_an_outline_of_somebody_else_is_not_drawn() -> None:
    assert peta(row(1), batas=[outline(9)]).viewbox == ""


def test_only_areas_too_small_to_see_get_a_dot() -> None:
    found = peta(
        row(1), row(2), row(3), batas=[outline(1, luas=LUAS_TERLIHAT - 1), outline(2, x=500, luas=LUAS_TERLIHAT)]
    )
    assert [(titik.daerah.nama, titik.x, titik.y) for titik in found.titik] == [("K1", 150, 150)]


def test_dots_keep_apart_and_lie_inside_the_picture() -> None:
    batas = [outline(n, x=n, width=10, luas=50) for n in range(1, 6)]
    found = peta(*(row(n) for n in range(1, 6)), batas=batas)
    left, top, width, height = map(int, found.viewbox.split())
    for number, one in enumerate(found.titik):
        assert left + TITIK / 2 <= one.x <= left + width - TITIK / 2
        assert top + TITIK / 2 <= one.y <= top + height - TITIK / 2
        for other in found.titik[:number]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= TITIK**2


def test_a_name_stands_on_the_map_only_where_it_fits() -> None:
    found = peta(row(1, nama="Deket"), row(2, nama="Karangbinangun"), batas=[outline(1), outline(2, x=400, width=100)])
    assert [satu.nama for satu in found.label] == ["Deket"]


def test_a_scatter_of_islands_is_named_only_if_its_main_island_is_large_enough() -> None:
    wide = [outline(1, width=900, luas=900), outline(2, x=0, width=900, luas=9_000)]
    assert [satu.nama for satu in peta(row(1, nama="Sumenep"), row(2, nama="Kabupaten Natuna"), batas=wide).label] == [
        "Kabupaten Natuna"
    ]


def test_the_word_kabupaten_takes_no_room_on_the_map() -> None:
    [tuban, batu] = peta(row(1, nama="Kabupaten Tuban"), row(2, nama="Kota Batu")).daerah
    assert (tuban.label, batu.label) == ("Tuban", "Kota Batu")


def test_names_do_not_cover_each_other_or_a_dot() -> None:
    """The larger area keeps its name."""
    rows = [row(1, nama="Kecil"), row(2, nama="Besar"), row(3, nama="Pulau"), row(4, nama="Jauh")]
    small, large = outline(1, luas=10_000), outline(2, luas=20_000)
    island, beneath = outline(3, x=500, width=100, luas=5), outline(4, x=500, width=100)
    assert [satu.nama for satu in peta(*rows, batas=[small, large, island, beneath]).label] == ["Besar"]


def test_every_class_has_words_and_a_colour_on_which_its_text_can_be_read() -> None:
    assert [kode for kode, _, _ in KELAS_PORSI] == list(CLASS_COLOURS)
    for kode, colour in CLASS_COLOURS.items():
        text = 1.0 if kode in WHITE_ON else luminance("#1B1F24")
        light, dark = sorted((luminance(colour), text), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, kode
