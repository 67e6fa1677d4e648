import pytest
from django.db import IntegrityError, transaction

from kecamatan.models import Batas, Wilayah


pytestmark = pytest.mark.django_db
SOUND = {
    "jalur": "M0 0l10 0 0 10-10 0z",
    "kiri": 0,
    "atas": 0,
    "kanan": 10,
    "bawah": 10,
    "titik_x": 5,
    "titik_y": 5,
    "luas": 100,
    "sumber": "Peta Uji",
}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"jalur": ""}, "batas_jalur_hanya_garis"),
        ({"jalur": "M0 0l10 0"}, "batas_jalur_hanya_garis"),
        ({"jalur": '"/><script>'}, "batas_jalur_hanya_garis"),
        ({"jalur": "M0 0l10 0 0 10z\nx"}, "batas_jalur_hanya_garis"),
        ({"kiri": -1}, "batas_di_dalam_gambar"),
        ({"bawah": 1002}, "batas_di_dalam_gambar"),
        ({"kiri": 20}, "batas_kotak_urut"),
        ({"atas": 20}, "batas_kotak_urut"),
        ({"titik_x": -1}, "batas_titik_di_dalam_gambar"),
        ({"titik_y": 1001}, "batas_titik_di_dalam_gambar"),
        ({"luas": -1}, "batas_titik_di_dalam_gambar"),
        ({"sumber": ""}, "batas_bersumber"),
    ],
)
def test_the_database_refuses_what_cannot_be_a_drawing(
    change: dict[str, object], constraint: str, wilayah: dict[str, Wilayah]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Batas.objects.create(wilayah=wilayah["11.01.01"], **SOUND | change)


def test_a_region_has_one_outline(wilayah: dict[str, Wilayah]) -> None:
    batas = Batas.objects.create(wilayah=wilayah["11.01.01"], **SOUND)
    assert wilayah["11.01.01"].batas == batas
    assert str(wilayah["11.01.01"].pk) in str(batas)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batas.objects.create(wilayah=wilayah["11.01.01"], **SOUND)


def test_the_attribution_carries_the_edition_where_it_is_known() -> None:
    assert Batas(sumber="BIG").asal == "BIG"
    assert Batas(sumber="BIG", edisi="2026").asal == "BIG, 2026"
