"""The head of a kecamatan's letters."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.actions.kop_surat import save_kop_surat
from kecamatan.models import CatatanAudit, KopSurat, Wilayah
from kecamatan.queries.kop_surat import kop_surat
from p3pd_portal.lib.dokumen import Dokumen


pytestmark = pytest.mark.django_db
PNG = Dokumen(b"gambar", "image/png", "png")
ISI = {
    "baris_1": "Pemerintah Kabupaten Satu",
    "baris_3": "Kecamatan Alfa",
    "telepon": "0321 1",
    "surel": "alfa@uji.go.id",
}


@pytest.fixture
def alfa(wilayah: dict[str, Wilayah]) -> Wilayah:
    return wilayah["11.01.01"]


def test_without_one_a_letter_bears_the_regions_names(alfa: Wilayah) -> None:
    kop = kop_surat(alfa)
    assert (list(kop.baris), kop.alamat, kop.logo_uri) == (["Pemerintah Kabupaten Satu", "Kecamatan Alfa"], "", "")


def test_the_nation_has_a_head_of_one_line(wilayah: dict[str, Wilayah]) -> None:
    assert list(kop_surat(wilayah["0"]).baris) == ["Indonesia"]


def test_the_camat_lays_the_head_down(alfa: Wilayah, cast: SimpleNamespace) -> None:
    save_kop_surat(by=cast.camat_a, wilayah=alfa, isi=ISI, logo=PNG)
    kop = kop_surat(alfa)
    assert list(kop.baris) == ["Pemerintah Kabupaten Satu", "Kecamatan Alfa"]
    assert kop.alamat == "Telepon 0321 1, Surel alfa@uji.go.id"
    assert (kop.logo, kop.logo_uri[:22]) == (b"gambar", "data:image/png;base64,")
    assert str(KopSurat.objects.get()) == "Kop surat Kecamatan Alfa"


def test_the_emblem_stays_until_it_is_to_go(alfa: Wilayah, cast: SimpleNamespace) -> None:
    save_kop_surat(by=cast.camat_a, wilayah=alfa, isi=ISI, logo=PNG)
    save_kop_surat(by=cast.camat_a, wilayah=alfa, isi=ISI)
    assert kop_surat(alfa).logo == b"gambar"
    save_kop_surat(by=cast.camat_a, wilayah=alfa, isi=ISI, tanpa_logo=True)
    assert kop_surat(alfa).logo is None


def test_an_emblem_is_a_picture(alfa: Wilayah, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="PNG atau JPEG"):
        save_kop_surat(by=cast.camat_a, wilayah=alfa, isi=ISI, logo=Dokumen(b"%PDF-", "application/pdf", "pdf"))


@pytest.mark.parametrize("siapa", ["camat_b", "operator_kecamatan_a", "admin_kabupaten"])
def test_nobody_else_lays_it_down(siapa: str, alfa: Wilayah, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        save_kop_surat(by=getattr(cast, siapa), wilayah=alfa, isi=ISI)


def test_a_larger_region_has_one_for_the_training_it_runs(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    save_kop_surat(by=cast.admin_kabupaten, wilayah=wilayah["11.01"], isi=ISI)
    assert kop_surat(wilayah["11.01"]).baris[0] == "Pemerintah Kabupaten Satu"
    for siapa in (cast.camat_a, cast.sekda, cast.admin_kabupaten_lain):
        with pytest.raises(PermissionDenied):
            save_kop_surat(by=siapa, wilayah=wilayah["11.01"], isi=ISI)


def test_its_history_leaves_contact_and_picture_out(alfa: Wilayah, cast: SimpleNamespace) -> None:
    save_kop_surat(by=cast.camat_a, wilayah=alfa, isi=ISI, logo=PNG)
    perubahan = CatatanAudit.objects.get(model="kecamatan.kopsurat").perubahan
    assert "logo" not in perubahan
    assert perubahan["surel"] is None
    assert perubahan["baris_1"] == [None, "Pemerintah Kabupaten Satu"]
