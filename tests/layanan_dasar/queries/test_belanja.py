from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes
from layanan_dasar.queries.belanja import daftar_kerja
from tests.factories import APBDesFactory, BerkasImporFactory, PenggunaFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def budgets(wilayah: dict[str, Wilayah]) -> None:
    APBDesFactory(desa=wilayah["11.01.01.2001"])
    APBDesFactory(desa=wilayah["11.01.01.2001"], jenis="perubahan", berlaku=False)
    APBDesFactory(desa=wilayah["11.01.02.2001"], cakupan_belanja="bidang")


def test_the_work_list_names_desa_without_a_budget_but_no_kelurahan(
    budgets: None, wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    daftar = daftar_kerja(wilayah["11.01.01"], 2025, cast.camat_a)
    assert [desa.nama for desa in daftar.belum] == ["A2"]
    assert daftar.n_belum == 1


def test_it_names_budgets_that_lack_detail(budgets: None, wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    daftar = daftar_kerja(wilayah["11.01"], 2025, cast.admin_kabupaten)
    assert [apbdes.desa.nama for apbdes in daftar.kurang_rinci] == ["B1"]


def test_it_lists_files_of_the_region_without_their_content(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    here = BerkasImporFactory(wilayah=wilayah["11.01.01"], created_by=cast.operator_kecamatan_a)
    BerkasImporFactory(wilayah=wilayah["11.01.02"], created_by=cast.operator_kecamatan_b)
    daftar = daftar_kerja(wilayah["11.01.01"], 2025, cast.camat_a)
    assert [berkas.pk for berkas in daftar.berkas] == [here.pk]
    assert "isi" in daftar.berkas[0].get_deferred_fields()


def test_it_lists_no_files_of_regions_in_which_the_reader_does_not_work(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    BerkasImporFactory(wilayah=wilayah["11.01.01"], created_by=cast.operator_kecamatan_a)
    assert daftar_kerja(wilayah["11.01.01"], 2025, cast.operator_desa_a1).berkas == []
    assert daftar_kerja(wilayah["11.01"], 2025, cast.camat_b).berkas == []


def test_everybody_sees_budgets_in_force_and_people_of_the_region_also_the_others(
    budgets: None, cast: SimpleNamespace
) -> None:
    seen = {
        name: APBDes.objects.visible_to(user).count()
        for name, user in {"warga": AnonymousUser(), "camat_a": cast.camat_a, "camat_b": cast.camat_b}.items()
    }
    assert seen == {"warga": 2, "camat_a": 3, "camat_b": 2}


def test_somebody_without_work_sees_what_everybody_sees(budgets: None) -> None:
    assert APBDes.objects.visible_to(PenggunaFactory()).count() == 2
