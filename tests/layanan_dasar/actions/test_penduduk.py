"""The resident file of OpenSID: counts are kept and confirmed, nobody is."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from kecamatan.actions.impor import confirm_berkas, preview_berkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.angka import undo_angka
from layanan_dasar.actions.nilai import impor_nilai
from layanan_dasar.actions.penduduk import PENDUDUK
from layanan_dasar.models import Capaian, Indikator, NilaiIndikator
from p3pd_portal.lib.spreadsheet import Rejected
from tests.layanan_dasar.angka import berkas_csv
from tests.layanan_dasar.penduduk import (
    A1,
    A2,
    B1,
    JULI,
    NIK,
    Row,
    csv_penduduk,
    load_katalog,
    orang,
    terlihat,
    zip_penduduk,
)


@pytest.fixture
def alfa(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> Wilayah:
    load_katalog()
    return wilayah["11.01.01"]


def tinjau(cast: SimpleNamespace, wilayah: Wilayah, *rows: Row, periode: str = JULI) -> BerkasImpor:
    file = SimpleUploadedFile(f"{NIK}000001 Sutrisnowati.zip", zip_penduduk(*rows))
    by = cast.operator_kecamatan_a
    return preview_berkas(PENDUDUK, by=by, wilayah=wilayah, file=file, isian={"periode": periode})


def simpan(cast: SimpleNamespace, wilayah: Wilayah, *rows: Row) -> BerkasImpor:
    return confirm_berkas(PENDUDUK, by=cast.operator_kecamatan_a, berkas=tinjau(cast, wilayah, *rows))


def test_what_waits_is_a_file_of_counts_under_a_name_of_ours(cast: SimpleNamespace, alfa: Wilayah) -> None:
    berkas = tinjau(cast, alfa, orang(1), orang(2, "2015-01-01", akta_lahir=""), orang(3, status_dasar="2"))
    berkas.refresh_from_db()
    assert berkas.nama_berkas == f"penduduk-opensid-{A1}-2025-07.csv"
    assert bytes(berkas.isi or b"").decode().split("\r\n")[:4] == [
        "kode_desa,indikator,periode,pembilang,penyebut",
        f"{A1},OS-PDDK,2025-07,2,",
        f"{A1},OS-KK,2025-07,1,",
        f"{A1},OS-BALITA,2025-07,0,",
    ]
    assert (berkas.ringkasan["baru"], berkas.ringkasan["desa"]) == (9, 1)
    assert "1 mati" in berkas.ringkasan["catatan"][0]
    assert terlihat([berkas.nama_berkas, berkas.isi, berkas.ringkasan]) == []


def test_confirmed_the_counts_become_figures(cast: SimpleNamespace, alfa: Wilayah) -> None:
    rows = [orang(1), orang(2, ktp_el="1"), orang(3, "2015-01-01", desa_id=A2)]
    berkas = simpan(cast, alfa, *rows, orang(4, status_dasar="3"))
    assert (berkas.status, berkas.isi, berkas.nama_berkas) == (
        "tersimpan",
        None,
        "penduduk-opensid-2-desa-2025-07.csv",
    )
    assert "1 pindah" in berkas.ringkasan["catatan"][0]
    satu = NilaiIndikator.objects.get(desa__kode=A1, indikator="OS-KTP")
    assert (satu.pembilang, satu.penyebut, satu.periode, satu.sumber) == (1, 2, JULI, "OpenSID, berkas penduduk desa")
    assert Capaian.objects.get(wilayah=alfa, indikator="OS-PDDK").nilai == 3
    assert Capaian.objects.get(wilayah=alfa, indikator="OS-KTP").nilai == 50


def test_the_same_residents_again_change_nothing_and_can_be_taken_back(cast: SimpleNamespace, alfa: Wilayah) -> None:
    first = simpan(cast, alfa, orang(1))
    again = simpan(cast, alfa, orang(1))
    assert (first.sidik == again.sidik, again.ringkasan["sama"], again.ringkasan["baru"]) == (True, 9, 0)
    undo_angka(by=cast.operator_kecamatan_a, berkas=first)
    assert Capaian.objects.get(wilayah=alfa, indikator="OS-PDDK").status == "tidak_dilaporkan"


def test_desa_outside_the_region_are_refused_once_each_where_they_first_stand(
    cast: SimpleNamespace, alfa: Wilayah
) -> None:
    rows = [orang(1), orang(2, desa_id=B1), orang(3, desa_id=B1), orang(4, desa_id="11.02.01.2099")]
    with pytest.raises(Rejected) as refused:
        tinjau(cast, alfa, *rows, orang(5, cacat="9"))
    assert [(satu.baris, satu.kolom) for satu in refused.value.errors] == [(3, "desa_id"), (5, "desa_id"), (6, "cacat")]
    assert f"Desa {B1} berada di luar Kecamatan Alfa" in refused.value.errors[0].pesan
    assert not BerkasImpor.objects.exists()


def test_a_closed_desa_that_came_to_the_region_is_taken(
    cast: SimpleNamespace, alfa: Wilayah, wilayah: dict[str, Wilayah]
) -> None:
    Wilayah.objects.filter(kode=B1).update(berlaku_sampai="2025-12-31", kode_penerus=A1)
    assert tinjau(cast, alfa, orang(1, desa_id=B1)).ringkasan["baru"] == 9


def test_an_unknown_desa_of_the_region_is_listed(cast: SimpleNamespace, alfa: Wilayah) -> None:
    assert tinjau(cast, alfa, orang(1, desa_id="11.01.01.2099")).ringkasan["tak_dikenal"] == ["11.01.01.2099"]


def test_a_file_of_nobody_is_refused(cast: SimpleNamespace, alfa: Wilayah) -> None:
    for rows in ([], [orang(1, status_dasar="2")]):
        with pytest.raises(Rejected, match="tidak memuat seorang pun penduduk yang dihitung"):
            tinjau(cast, alfa, *rows)


def test_without_the_catalogue_the_way_to_load_it_is_told(cast: SimpleNamespace, alfa: Wilayah) -> None:
    Indikator.objects.filter(kode="OS-KK").delete()
    with pytest.raises(Rejected, match="Indikator OS-KK belum ada di katalog"):
        tinjau(cast, alfa, orang(1))


def test_files_of_figures_with_numbers_of_people_are_refused(alfa: Wilayah) -> None:
    """What waits as a file of figures is kept as it is."""
    rows = csv_penduduk(orang(1))
    for content in (rows, b"kode_desa,indikator,periode,pembilang,penyebut,NIK\n"):
        berkas = berkas_csv()
        berkas.seek(0)
        berkas.truncate()
        berkas.write(content)
        with pytest.raises(Rejected, match="memuat kolom NIK atau nomor KK") as refused:
            impor_nilai(berkas, simpan=False)
        assert terlihat(refused.value) == []


def test_the_command_takes_the_counts_of_every_region(
    alfa: Wilayah, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "Sutrisnowati.zip"
    path.write_bytes(zip_penduduk(orang(1), orang(2, desa_id=B1), orang(3, status_dasar="2")))
    for wrong in ([], ["--periode", "2025"]):
        with pytest.raises(CommandError, match="Sebutkan bulan berkasnya"):
            call_command("impor", "penduduk_opensid", path, *wrong)
    call_command("impor", "penduduk_opensid", path, "--periode", JULI, "--periksa")
    assert not BerkasImpor.objects.exists()
    assert not NilaiIndikator.objects.exists()
    call_command("impor", "penduduk_opensid", path, "--periode", JULI)
    out = capsys.readouterr().out
    assert "nilai indikator: 2 desa; 18 baru" in out
    assert "1 mati" in out
    berkas = BerkasImpor.objects.get()
    assert (berkas.status, berkas.nama_berkas) == ("tersimpan", "penduduk-opensid-2-desa-2025-07.csv")
    assert NilaiIndikator.objects.filter(berkas=berkas).count() == 18
    assert terlihat([out, berkas.ringkasan]) == []
