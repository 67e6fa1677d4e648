"""The evaluation of draft budgets on a phone and on an office computer, and its letter on paper."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from kecamatan.models import Wilayah
from layanan_dasar.models import BarisAPBDes, CatatanEvaluasi, EvaluasiAPBDes
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_notifikasi import check
from tests.browser.test_smoke import login
from tests.factories import DelegasiFactory, EvaluasiFactory
from tests.layanan_dasar.berkas import A1, A2


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
JUTA = 1_000_000
BARIS = (
    ("", "4.2.1.01", "DDS", 1000), ("", "4.2.4.01", "ADD", 400), ("01.01.01", "5.1.1.01", "ADD", 48),
    ("01.01.02", "5.1.2.01", "ADD", 270), ("02.02.02", "5.2.1.01", "DDS", 700), ("05.03.00", "5.4.1.01", "DDS", 180),
    ("04.02.03", "5.3.1.01", "DDS", 202),
)  # fmt: skip


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], acuan: None) -> list[EvaluasiAPBDes]:
    """One evaluation that runs and one that goes back to its desa, under a delegation."""
    DelegasiFactory(kabupaten=wilayah["11.01"])
    berjalan = EvaluasiFactory(apbdes__desa=wilayah[A1], apbdes__tahun=2025, lengkap=True, dokumen=True, butir=True)
    kembali = EvaluasiFactory(apbdes__desa=wilayah[A2], apbdes__tahun=2025, perbaikan=True, dokumen=True, butir=True)
    for satu in (berjalan, kembali):
        BarisAPBDes.objects.bulk_create(
            BarisAPBDes(apbdes=satu.apbdes, kode_kegiatan=k, kode_rekening=r, sumber_dana=s, anggaran=n * JUTA)
            for k, r, s, n in BARIS
        )
        CatatanEvaluasi.objects.create(
            evaluasi=satu, isi="Turunkan BLT Desa sampai 15 persen.", kode_kegiatan="05.03.00",
            kode_rekening="5.4.1.01", uraian="Keadaan mendesak", anggaran=180 * JUTA,
        )  # fmt: skip
        CatatanEvaluasi.objects.create(evaluasi=satu, isi="Lampirkan daftar penerima yang disahkan musyawarah desa.")
    return [berjalan, kembali]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
def test_every_page_fits_and_is_accessible(
    size: dict[str, int], page: Page, cast: SimpleNamespace, dunia: list[EvaluasiAPBDes]
) -> None:
    page.set_viewport_size(size)
    login(page, cast, "camat_a")
    alfa = "/wilayah/11.01.01"
    for name in ("", "butir/", "catatan/", "hasil/", "batal/"):
        check(page, f"{alfa}/evaluasi/{dunia[0].pk}/{name}")
    for url in (f"{alfa}/evaluasi/", f"{alfa}/kop-surat/", f"{alfa}/evaluasi/{dunia[1].pk}/"):
        check(page, url)
    surat = reverse("layanan_dasar:evaluasi_surat", args=["11.01.01", dunia[1].pk, "html"])
    check(page, surat)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
def test_the_intake_fits_and_is_accessible(
    size: dict[str, int], page: Page, cast: SimpleNamespace, dunia: list[EvaluasiAPBDes]
) -> None:
    page.set_viewport_size(size)
    login(page, cast, "operator_kecamatan_a")
    for name in ("terima/", "rancangan/", f"{dunia[0].pk}/dokumen/", f"{dunia[0].pk}/lengkap/"):
        check(page, f"/wilayah/11.01.01/evaluasi/{name}")
