"""A stored file undone: everything it changed is as before, in the order in which files came."""

import io
import uuid
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from kecamatan.actions.impor import confirm_berkas, preview_berkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.actions.urungkan import undo_berkas
from layanan_dasar.models import APBDes, APBDesLama, BarisAPBDes, KualitasBelanja, TotalAPBDes
from p3pd_portal.lib.spreadsheet import Rejected
from tests.factories import EvaluasiFactory
from tests.layanan_dasar.berkas import A1, A2, Row, akun, apbdes_utuh, belanja, csv_bytes, nilai


pytestmark = pytest.mark.usefixtures("acuan")
TABLES = (APBDes, BarisAPBDes, TotalAPBDes, KualitasBelanja)


@pytest.fixture
def simpan(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> object:
    """Hands a file in and confirms it."""

    def store(*rows: Row, name: str = "satu.csv") -> BerkasImpor:
        file = SimpleUploadedFile(name, csv_bytes(rows))
        by = cast.operator_kecamatan_a
        berkas = preview_berkas(APBDES, by=by, wilayah=wilayah["11.01.01"], file=file)
        return confirm_berkas(APBDES, by=by, berkas=berkas)

    return store


def isi() -> list[object]:
    return [nilai(model) for model in TABLES]


def test_a_changed_budget_is_again_as_it_was(simpan, cast: SimpleNamespace) -> None:
    first = simpan(*apbdes_utuh(per_tanggal="2025-06-30"), akun("4", 1000), belanja(5, kode_desa=A2))
    before = isi()
    second = simpan(
        belanja(700, volume="2,5", satuan="paket", nomor_perdes="9"), belanja(1, kode_desa=A2, jenis="perubahan")
    )
    assert isi() != before
    berkas = undo_berkas(by=cast.operator_kecamatan_a, berkas=second)
    assert isi() == before
    assert (berkas.status, berkas.finished_by, berkas.ringkasan["diurungkan"]) == (
        "dibatalkan",
        cast.operator_kecamatan_a,
        True,
    )
    assert not APBDesLama.objects.filter(berkas=second).exists()
    undo_berkas(by=None, berkas=first)
    assert isi() == [[], [], [], []]


def test_undone_twice_it_is_undone_once(simpan) -> None:
    berkas = simpan(*apbdes_utuh())
    undo_berkas(by=None, berkas=berkas)
    simpan(belanja(700), name="dua.csv")
    before = isi()
    undo_berkas(by=None, berkas=berkas)
    assert isi() == before


def test_only_the_latest_file_of_a_budget_can_be_undone(simpan) -> None:
    first = simpan(*apbdes_utuh(), belanja(5, kode_desa=A2))
    second = simpan(belanja(700), name="dua.csv")
    before = isi()
    with pytest.raises(Rejected, match=r"A1 2025 oleh “dua\.csv”\. Urungkan berkas itu lebih dahulu"):
        undo_berkas(by=None, berkas=first)
    assert isi() == before
    undo_berkas(by=None, berkas=second)
    undo_berkas(by=None, berkas=first)
    assert not APBDes.objects.exists()


def test_a_waiting_file_and_one_that_changed_nothing_have_nothing_to_undo(
    simpan, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    simpan(belanja())
    same = simpan(belanja(), name="sama.csv")
    with pytest.raises(Rejected, match="tidak mengubah APBDes apa pun"):
        undo_berkas(by=None, berkas=same)
    file = SimpleUploadedFile("x.csv", csv_bytes([belanja(9)]))
    waiting = preview_berkas(APBDES, by=cast.operator_kecamatan_a, wilayah=wilayah["11.01.01"], file=file)
    with pytest.raises(Rejected, match="belum disimpan"):
        undo_berkas(by=None, berkas=waiting)


def test_a_budget_that_other_work_uses_stays(simpan, cast: SimpleNamespace) -> None:
    berkas = simpan(*apbdes_utuh())
    EvaluasiFactory(apbdes=APBDes.objects.get())
    before = isi()
    with pytest.raises(Rejected, match="sudah dipakai pekerjaan lain, misalnya evaluasi"):
        undo_berkas(by=cast.operator_kecamatan_a, berkas=berkas)
    assert isi() == before


def test_the_same_file_again_is_recognised_until_something_changes(simpan) -> None:
    simpan(belanja())
    (catatan,) = simpan(belanja(), name="lagi.csv").ringkasan["catatan"]
    assert catatan.startswith("Berkas yang sama sudah tersimpan pada 20")
    simpan(belanja(700))
    assert simpan(belanja()).ringkasan["catatan"] == []
    assert APBDes.objects.get().desa.kode == A1


def test_the_command_lists_stored_files_and_undoes_one(simpan) -> None:
    berkas = simpan(belanja())
    out = io.StringIO()
    call_command("batal_impor", stdout=out)
    assert out.getvalue().startswith(f"{berkas.pk}  20")
    call_command("batal_impor", str(berkas.pk), stdout=out)
    assert out.getvalue().endswith("satu.csv: diurungkan\n")
    assert not APBDes.objects.exists()
    with pytest.raises(CommandError, match="Tidak ada berkas APBDes dengan nomor ini"):
        call_command("batal_impor", str(uuid.uuid4()))


def test_the_command_says_why_not(simpan) -> None:
    first = simpan(belanja())
    simpan(belanja(7), name="dua.csv")
    with pytest.raises(CommandError, match="Sudah diganti berkas yang lebih baru"):
        call_command("batal_impor", str(first.pk))
