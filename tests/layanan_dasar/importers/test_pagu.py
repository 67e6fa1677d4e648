import io

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.importers.pagu import impor_pagu
from layanan_dasar.models import PaguDanaDesa
from p3pd_portal.lib.spreadsheet import Rejected


pytestmark = pytest.mark.django_db
HEADER = "tahun,kode,kabkota,pagu,realisasi\n"


def impor(*rows: str) -> object:
    return impor_pagu(io.BytesIO((HEADER + "\n".join(rows)).encode()), sumber="DJPK")


def test_more_than_the_pagu_may_be_paid_and_nothing_may_be_known(wilayah: dict[str, Wilayah]) -> None:
    hasil = impor("2023,11.01,Satu,100,103", "2024,11.01,Satu,200,")
    assert (hasil.baru, hasil.sama) == (2, 0)
    assert list(PaguDanaDesa.objects.order_by("tahun").values_list("pagu", "realisasi")) == [(100, 103), (200, None)]
    again = impor("2023,11.01,Satu,100,104", "2024,11.01,Satu,200,")
    assert (again.baru, again.berubah, again.sama) == (0, 1, 1)


@pytest.mark.parametrize(
    ("rows", "kolom"),
    [
        (["2023,11.01.01,Alfa,100,"], "kode"),
        (["2023,98.01,Hilang,100,"], "kode"),
        (["2023,11.01,Satu,,"], "pagu"),
        (["2023,11.01,Satu,seratus,"], "pagu"),
        (["2023,11.01,Satu,1,", "2023,11.01,Satu,2,"], "kode"),
    ],
    ids=["kecamatan", "unknown", "empty", "words", "twice"],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(rows: list[str], kolom: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected) as ditolak:
        impor(*rows)
    assert ditolak.value.errors[0].kolom == kolom
    assert not PaguDanaDesa.objects.exists()
