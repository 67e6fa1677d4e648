import pytest
from django.core.exceptions import ValidationError

from layanan_dasar.models import AturanKolom, PetaKolom


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ({"indikator": "A", "pembilang": ["x"]}, AturanKolom("A", ("x",))),
        ({"indikator": "A", "pembilang": ["x"], "penyebut": ["y", "z"]}, AturanKolom("A", ("x",), ("y", "z"))),
        ({"indikator": "A", "kolom": "x", "ya": ["Ada"]}, AturanKolom("A", ("x",), (), ("Ada",))),
    ],
)
def test_shapes_of_a_rule(data: object, rule: AturanKolom) -> None:
    assert AturanKolom.from_json(data) == rule


@pytest.mark.parametrize(
    ("aturan", "pesan"),
    [
        ({}, "daftar"),
        (["x"], "indikator"),
        ([{"pembilang": ["x"]}], "indikator"),
        ([{"indikator": "A"}], "sedikitnya satu"),
        ([{"indikator": "A", "pembilang": "x"}], "daftar teks"),
        ([{"indikator": "A", "kolom": "x"}], "berarti ya"),
        ([{"indikator": "A", "pembilang": ["x"]}, {"indikator": "A", "pembilang": ["y"]}], "lebih dari sekali: A"),
    ],
)
def test_other_shapes_are_refused_in_words(aturan: object, pesan: str) -> None:
    peta = PetaKolom(kode="uji", nama="Uji", sumber="Uji", kolom_kode="kode", aturan=aturan)
    with pytest.raises(ValidationError, match=pesan):
        peta.clean()
