"""People by the file: every error with its place, all or nothing, and the same file again changes nothing."""

import datetime
import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kecamatan.actions.impor_orang import HasilImporOrang, confirm_orang, impor_orang, preview_orang
from kecamatan.importers import orang as importer
from kecamatan.models import BerkasImpor, Pengguna, Penugasan, Wilayah
from p3pd_portal.lib.spreadsheet import Limits, Rejected
from tests.assertions import row_counts, sent_mail
from tests.factories import PenggunaFactory, PenugasanFactory
from tests.kecamatan.orang_berkas import BUDI, SITI, Row, csv_orang, xlsx_orang


pytestmark = pytest.mark.django_db
SATU = "11.01"


def impor(cast: SimpleNamespace, *rows: Row, simpan: bool = True, content: bytes | None = None) -> HasilImporOrang:
    satu = Wilayah.objects.get(kode=SATU)
    file = io.BytesIO(csv_orang(rows) if content is None else content)
    return impor_orang(by=cast.admin_kabupaten, wilayah=satu, file=file, simpan=simpan)


def refused(cast: SimpleNamespace, *rows: Row, content: bytes | None = None) -> list[tuple[int, str, str]]:
    """Every error of a file that leaves no trace."""
    before = row_counts()
    with pytest.raises(Rejected) as error:
        impor(cast, *rows, content=content)
    assert row_counts() == before
    return [(satu.baris, satu.kolom, satu.pesan) for satu in error.value.errors]


# Refused


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"nama": ""}, "nama", "Sel ini kosong."),
        ({"nama": "x" * 151}, "nama", "melebihi 150 karakter"),
        ({"nip": "19800312200501299"}, "nip", "18 angka"),
        ({"nip": "198013122005012991"}, "nip", "bukan tanggal lahir"),
        ({"surel": "siti"}, "surel", "Alamat surel tidak sah"),
        ({"surel": ""}, "surel", "Alamat surel tidak sah"),
        ({"telepon": "0812"}, "telepon", "Nomor telepon tidak dikenal"),
        ({"peran": "bupati"}, "peran", "tidak dikenal. Isi salah satu: admin_pusat"),
        ({"kode_wilayah": "11.01.77"}, "kode_wilayah", "tidak ada dalam daftar Kemendagri"),
        ({"kode_wilayah": "11.02.01"}, "kode_wilayah", "Kecamatan Gama berada di luar Kabupaten Satu"),
        ({"kode_wilayah": "11.01"}, "kode_wilayah", "ditugaskan pada tingkat kecamatan"),
        ({"peran": "admin_kabupaten", "kode_wilayah": "11.01"}, "kode_wilayah", "Anda tidak berwenang menugaskan"),
        ({"kode_desa": "11.01.01.2001"}, "kode_desa", "Kosongkan daftar desa"),
        ({"kode_desa": "11.02.01.2001"}, "kode_desa", "berada di luar Kabupaten Satu"),
        ({"jenis": "plx"}, "jenis", "Isi salah satu: (kosong), definitif, plt, plh, pj"),
        ({"jenis": "plt"}, "", "memerlukan tanggal akhir"),
        ({"mulai": ""}, "mulai", "Tanggal mulai kosong"),
        ({"mulai": "31/31/2026"}, "mulai", "tidak dikenal. Tulis 2025-06-30"),
        ({"sampai": "2025-12-31"}, "", "Tanggal akhir mendahului"),
        ({"peran": "camat"}, "", "sudah memiliki camat"),
        ({"surel": "camat_a@uji.test"}, "surel", "milik akun dengan NIP lain"),
    ],
)
def test_an_error_names_row_column_and_repair(
    cells: dict[str, str], column: str, message: str, cast: SimpleNamespace
) -> None:
    ((row, name, said),) = refused(cast, BUDI, SITI | cells)
    assert (row, name) == (3, column)
    assert message in said


def test_all_errors_are_told_at_once_and_nothing_is_saved(cast: SimpleNamespace) -> None:
    found = refused(cast, SITI, BUDI | {"surel": "x", "mulai": ""}, SITI | {"nip": "1"}, SITI | {"peran": "camat"})
    assert [(row, column) for row, column, _ in found] == [(3, "surel"), (3, "mulai"), (4, "nip"), (5, "")]


def test_two_camat_in_one_file_are_found_too(cast: SimpleNamespace) -> None:
    cast.camat_a.penugasan.update(sampai="2025-12-31")
    camat = {"peran": "camat", "nip": ""}
    ((row, _, said),) = refused(cast, SITI | camat, SITI | camat | {"surel": "lain@uji.test"})
    assert row == 3
    assert "sudah memiliki camat" in said


def test_a_nip_that_the_spreadsheet_made_a_number_is_told_apart(cast: SimpleNamespace) -> None:
    ((_, column, said),) = refused(cast, content=xlsx_orang([SITI | {"nip": 198003122005012991}]))
    assert column == "nip"
    assert "Ketik ulang sebagai teks" in said


@pytest.mark.parametrize("content", [csv_orang([]), b"", b"nama\nSiti\n", b"%PDF-1.7"])
def test_other_files_are_refused_as_a_whole(content: bytes, cast: SimpleNamespace) -> None:
    assert refused(cast, content=content)


def test_a_file_broken_half_way_tells_the_errors_before_too(cast: SimpleNamespace) -> None:
    content = csv_orang([SITI | {"nip": "1"}]) + b'"unclosed'
    assert [column for _, column, _ in refused(cast, content=content)] == ["nip", ""]


def test_a_file_has_a_most_of_people(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "BATAS", Limits(rows=1))
    assert "lebih dari 1 baris" in refused(cast, SITI, BUDI)[0][2]
    assert impor(cast, SITI).akun_baru == 1


# Taken


def test_people_get_accounts_work_and_letters(cast: SimpleNamespace) -> None:
    hasil = impor(cast, SITI | {"gelar_belakang": "S.STP."}, BUDI)
    assert (hasil.akun_baru, hasil.penugasan_baru, hasil.sama) == (2, 0, 0)
    assert hasil.per_peran == {"Operator Desa": 1, "Operator Kecamatan": 1}
    siti = Pengguna.objects.get(email="siti@uji.test")
    assert (siti.orang.nama_lengkap, siti.orang.telepon) == ("Siti Aminah, S.STP.", "+6281234567890")
    assert str(siti.penugasan.get()) == "Operator Kecamatan Alfa"
    assert sorted(letter.to[0] for letter in sent_mail()) == ["budi@uji.test", "siti@uji.test"]


def test_a_workbook_says_the_same_as_a_csv(cast: SimpleNamespace) -> None:
    assert impor(cast, content=xlsx_orang([SITI | {"mulai": datetime.date(2026, 1, 1)}])).akun_baru == 1
    assert Penugasan.objects.get(pengguna__email="siti@uji.test").mulai == datetime.date(2026, 1, 1)


def test_a_row_may_hold_a_list_of_desa_and_a_substitute(cast: SimpleNamespace) -> None:
    impor(
        cast,
        SITI | {"peran": "ptpd", "kode_desa": "1101012001; 11.01.02.2001;"},
        BUDI | {"peran": "camat", "kode_wilayah": "11.01.02", "jenis": "PLT", "sampai": "2026-06-30"},
    )
    assert Penugasan.objects.get(pengguna__email="siti@uji.test").kode_desa == ["11.01.01.2001", "11.01.02.2001"]
    assert str(Penugasan.objects.get(pengguna__email="budi@uji.test")) == "Plt. Camat Kecamatan Beta"


def test_who_has_an_account_gets_only_the_work(cast: SimpleNamespace) -> None:
    PenggunaFactory(email="siti@uji.test", orang__nama="Siti A.", orang__nip=SITI["nip"])
    hasil = impor(cast, SITI)
    assert (hasil.akun_baru, hasil.penugasan_baru) == (0, 1)
    assert Pengguna.objects.get(email="siti@uji.test").orang.nama == "Siti A."


def test_one_person_may_stand_in_two_rows(cast: SimpleNamespace) -> None:
    hasil = impor(cast, SITI, SITI | {"kode_wilayah": "11.01.02"})
    assert (hasil.akun_baru, hasil.penugasan_baru) == (1, 1)


def test_the_same_file_again_changes_nothing(cast: SimpleNamespace) -> None:
    impor(cast, SITI, BUDI)
    before = row_counts()
    hasil = impor(cast, SITI, BUDI)
    assert (hasil.akun_baru, hasil.penugasan_baru, hasil.sama, hasil.per_peran) == (0, 0, 2, {})
    assert row_counts() == before


def test_a_file_does_not_reopen_what_was_ended(cast: SimpleNamespace) -> None:
    impor(cast, SITI)
    Penugasan.objects.filter(pengguna__email="siti@uji.test").update(sampai="2026-02-01")
    assert impor(cast, SITI).sama == 1
    assert str(Penugasan.objects.get(pengguna__email="siti@uji.test").sampai) == "2026-02-01"


def test_a_pppk_number_passes_with_a_note_that_names_its_row(cast: SimpleNamespace) -> None:
    hasil = impor(cast, BUDI | {"nip": "199001012022212001"})
    assert hasil.catatan == [
        "Baris 2: Angka 13–14 NIP bukan bulan. Diterima sebagai nomor PPPK; periksa bila pemiliknya PNS."
    ]


# Preview and confirmation


@pytest.fixture
def berkas(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> BerkasImpor:
    file = SimpleUploadedFile("orang.csv", csv_orang([SITI, BUDI]))
    return preview_orang(by=cast.admin_kabupaten, wilayah=wilayah[SATU], file=file)


def test_a_preview_counts_and_saves_nobody(berkas: BerkasImpor) -> None:
    assert (berkas.jenis, berkas.is_waiting, berkas.ringkasan["akun_baru"]) == ("orang", True, 2)
    assert not Pengguna.objects.filter(email="siti@uji.test").exists()
    assert sent_mail() == []


def test_what_outlives_the_file_names_nobody(berkas: BerkasImpor) -> None:
    text = str(berkas.ringkasan)
    assert not [cell for cell in (*SITI.values(), *BUDI.values()) if len(cell) > 10 and cell in text]


def test_confirmed_twice_it_is_taken_in_once(berkas: BerkasImpor, cast: SimpleNamespace) -> None:
    for _ in range(2):
        saved = confirm_orang(by=cast.admin_kabupaten, berkas=berkas)
        assert (saved.status, saved.isi, saved.ringkasan["akun_baru"]) == ("tersimpan", None, 2)
    assert Pengguna.objects.filter(email="siti@uji.test").count() == 1


def test_a_preview_that_no_longer_fits_is_refused_whole(berkas: BerkasImpor, cast: SimpleNamespace) -> None:
    PenggunaFactory(email="budi@uji.test", is_active=False)
    with pytest.raises(Rejected):
        confirm_orang(by=cast.admin_kabupaten, berkas=berkas)
    assert not Pengguna.objects.filter(email="siti@uji.test").exists()
    assert BerkasImpor.objects.get(pk=berkas.pk).is_waiting


def test_who_confirms_answers_for_the_scope(berkas: BerkasImpor, cast: SimpleNamespace) -> None:
    """A file that a colleague prepared gives nothing that oneself may not give."""
    other = PenugasanFactory(peran="camat", wilayah=Wilayah.objects.get(kode="11.02.01"), mulai=timezone.localdate())
    with pytest.raises(Rejected) as error:
        confirm_orang(by=other.pengguna, berkas=berkas)
    assert {satu.kolom for satu in error.value.errors} == {"kode_wilayah"}
