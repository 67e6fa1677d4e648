"""The letter of a result: whose decision it is, what it says, who signs."""

from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.exports_evaluasi import kepala_daerah, surat_hasil, ukuran
from layanan_dasar.models import CatatanEvaluasi, EvaluasiAPBDes
from layanan_dasar.queries.evaluasi import rincian_evaluasi
from layanan_dasar.queries.periksa import Butir
from p3pd_portal.lib.cetak import to_html
from tests.factories import DelegasiFactory, EvaluasiFactory
from tests.layanan_dasar.berkas import A1


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acuan")]


def page(evaluasi: EvaluasiAPBDes) -> str:
    return to_html(surat_hasil(rincian_evaluasi(evaluasi)))


def test_with_a_delegation_the_camat_decides(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    DelegasiFactory(kabupaten=wilayah["11.01"])
    text = page(EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True, butir=True))
    for part in ("KEPUTUSAN CAMAT ALFA", "NOMOR 188/7/2025", "MEMUTUSKAN", "Peraturan Bupati Satu Nomor 12 Tahun 2024"):
        assert part in text
    assert "Hasil evaluasi Rancangan Peraturan Desa A1" in text
    assert "SESUAI" in text
    assert "Alfa, 20 November 2025" in text
    assert "camat_a" in text  # the person's name in this world


def test_without_one_the_camat_recommends(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    text = page(EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True))
    for part in ("REKOMENDASI CAMAT ALFA", "MEREKOMENDASIKAN", "Kepada Bupati Satu agar menetapkan"):
        assert part in text
    assert "MEMUTUSKAN" not in text


def test_what_is_to_be_corrected_has_a_deadline_and_notes(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], apbdes__jenis="perubahan", perbaikan=True, butir=True)
    CatatanEvaluasi.objects.create(evaluasi=satu, isi="Seimbangkan.")
    CatatanEvaluasi.objects.create(evaluasi=satu, isi="Naikkan.", kode_kegiatan="02.02.02", anggaran=5000)
    text = page(satu)
    for part in ("paling lama 20 hari kerja", "18 Desember 2025", "LAMPIRAN II", "Umum", "02.02.02", "Rp5.000"):
        assert part in text
    assert "tentang Perubahan Anggaran Pendapatan" in text


def test_reservations_are_to_be_minded(wilayah: dict[str, Wilayah]) -> None:
    satu = EvaluasiFactory(apbdes__desa=wilayah[A1], dinilai=True, hasil="sesuai_dengan_catatan")
    text = page(satu)
    assert "dengan memperhatikan catatan" in text
    assert "LAMPIRAN II" not in text
    assert "…………" in text  # nobody holds the office


def test_a_wali_kota_is_not_a_bupati(wilayah: dict[str, Wilayah]) -> None:
    kota = Wilayah(kode="11.71", nama="Kota Batu", jenis="kota")
    assert kepala_daerah(Wilayah(kode="11.71.01", induk=kota)) == "Wali Kota Batu"
    assert kepala_daerah(wilayah["11.01.01"]) == "Bupati Satu"
    assert kepala_daerah(Wilayah(kode="0")) == "Bupati"


def test_there_is_no_letter_without_a_result(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(ValueError, match="belum ada hasilnya"):
        page(EvaluasiFactory(apbdes__desa=wilayah[A1], lengkap=True))


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "text"),
    [(None, None, "–"), (-5, None, "-Rp5"), (1, 4, "Rp1 dari Rp4 (25,0%)"), (0, 0, "Rp0 dari Rp0 (–)")],
)
def test_figures_are_written_out(pembilang: int | None, penyebut: int | None, text: str) -> None:
    assert ukuran(Butir("x", "X", "patuh", pembilang, penyebut)) == text
