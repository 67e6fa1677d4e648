"""Whoever works with a figure says that it is wrong."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from kecamatan.models import Notifikasi, Pengguna, Wilayah
from layanan_dasar.actions.keliru import report_keliru
from layanan_dasar.models import Indikator
from p3pd_portal.lib.periode import Periode
from tests.assertions import content, visible_text
from tests.factories import CapaianFactory, DatasetFactory, IndikatorFactory


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acuan")]
TAHUN = Periode("Y", 2025)


@pytest.fixture
def satu() -> Indikator:
    DatasetFactory()
    return IndikatorFactory(kode="PDK-01")


def login(pengguna: Pengguna) -> Client:
    client = Client()
    client.force_login(pengguna)
    return client


def told() -> set[str]:
    return set(Notifikasi.objects.values_list("kepada__orang__nama", flat=True))


def test_who_fills_and_verifies_is_told_once(
    satu: Indikator, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    of = {"wilayah": wilayah["11.01.01.2001"], "indikator": satu, "periode": TAHUN, "alasan": "Murid pindah dihitung."}
    assert report_keliru(by=cast.kades_a1, **of) == 5
    assert report_keliru(by=cast.kades_a1, **of) == 0
    assert told() == {"upt_pendidikan_a", "operator_kecamatan_a", "verifikator_a", "sekcam_a", "camat_a"}
    notice = Notifikasi.objects.first()
    assert notice
    assert notice.isi == "Desa A1. Kepala Desa A1: Murid pindah dihitung."
    assert notice.url == "/wilayah/11.01.01.2001/angka/PDK-01/2025/"


def test_of_a_figure_from_a_file_who_hands_files_in_is_told(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    konteks = IndikatorFactory(kode="IDM-IDM", konteks=True)
    report_keliru(by=cast.camat_a, wilayah=wilayah["11.01.01"], indikator=konteks, periode=TAHUN, alasan="x")
    assert told() == {"operator_kecamatan_a"}


def test_strangers_and_larger_regions_do_not_report(
    satu: Indikator, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    of = {"indikator": satu, "periode": TAHUN, "alasan": "x"}
    with pytest.raises(PermissionDenied):
        report_keliru(by=cast.camat_b, wilayah=wilayah["11.01.01"], **of)
    with pytest.raises(ValidationError, match="dijumlah dari bawah"):
        report_keliru(by=cast.admin_kabupaten, wilayah=wilayah["11.01"], **of)
    with pytest.raises(ValidationError, match="Belum ada petugas"):
        report_keliru(by=cast.admin_pusat, wilayah=wilayah["11.02.01"], **of)
    assert told() == set()


def test_the_page_of_a_figure_takes_it(satu: Indikator, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    CapaianFactory(wilayah=wilayah["11.01.01"], indikator=satu)
    url = reverse("layanan_dasar:angka_keliru", args=["11.01.01", "PDK-01", "2025"])
    page = reverse("layanan_dasar:angka", args=["11.01.01", "PDK-01", "2025"])
    client = login(cast.camat_a)
    assert "Angka ini keliru?" in visible_text(client.get(page))
    assert url not in content(Client().get(page))  # readers without an account are led to the complaints
    assert "sudah diberi tahu" in visible_text(client.post(url, {"alasan": "Keliru"}, follow=True))
    assert "Jangan menulis NIK" in visible_text(client.post(url, {"alasan": "3524010101900001"}, follow=True))
    assert client.post(reverse("layanan_dasar:angka_keliru", args=["11.01.01", "PDK-01", "2020"])).status_code == 404
    CapaianFactory(wilayah=wilayah["11.01"], indikator=satu)
    above = reverse("layanan_dasar:angka_keliru", args=["11.01", "PDK-01", "2025"])
    answer = login(cast.admin_kabupaten).post(above, {"alasan": "Keliru"}, follow=True)
    assert "dijumlah dari bawah" in visible_text(answer)
