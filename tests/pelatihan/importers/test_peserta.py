"""What a file of participants may hold; everything else is refused with row, column and repair."""

import io

import pytest

from kecamatan.models import Wilayah
from p3pd_portal.lib.importing import Errors
from p3pd_portal.lib.spreadsheet import Rejected
from pelatihan.importers.peserta import KOLOM, BarisPeserta, read_peserta
from pelatihan.models import Angkatan
from tests.factories import AngkatanFactory
from tests.pelatihan.dunia_orang import ALFA, BETA, NIP, NIP_LAIN, aparatur, baris, berkas_csv, berkas_xlsx


pytestmark = pytest.mark.django_db


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return aparatur(wilayah["11.01"])


def read(angkatan: Angkatan, content: bytes) -> tuple[list[BarisPeserta], list[tuple[int, str, str]]]:
    errors = Errors()
    rows = read_peserta(io.BytesIO(content), angkatan=angkatan, errors=errors)
    return rows, [(satu.baris, satu.kolom, satu.pesan) for satu in errors.kept]


def test_a_row_becomes_a_person_in_a_place(angkatan: Angkatan) -> None:
    row = baris(nip=NIP, telepon="0812 3456 7890", unsur="Sekretaris  kecamatan", kode_wilayah="110101",
                kelas="kelas a", jenis_kelamin="laki-laki")  # fmt: skip
    ((satu,), errors) = read(angkatan, berkas_csv(row))
    data = satu.data
    assert errors == []
    assert (satu.baris, data.nip, data.telepon, data.jenis_kelamin) == (2, NIP, "+6281234567890", "L")
    assert (str(data.unsur), data.wilayah.kode, str(data.kelas)) == ("Sekretaris Kecamatan", ALFA, "Kelas A")


def test_empty_cells_and_a_missing_class_column_tell_nothing(angkatan: Angkatan) -> None:
    row = baris(unsur="")
    lines = berkas_csv(row).decode().replace(",kelas", "", 1).replace(',""\n', "\n").encode()
    ((satu,), errors) = read(angkatan, lines.removesuffix(b',""'))
    assert (errors, satu.data.nip, satu.data.unsur, satu.data.kelas) == ([], None, None, None)


def test_a_pppk_number_passes_with_a_note(angkatan: Angkatan) -> None:
    ((satu,), _errors) = read(angkatan, berkas_csv(baris(nip="198003122021211001")))
    assert "PPPK" in satu.catatan


@pytest.mark.parametrize(
    ("cells", "kolom", "told"),
    [
        ({"nip": "12345"}, "nip", "NIP terdiri atas 18 angka"),
        ({"nip": "198013122005011991"}, "nip", "bukan tanggal lahir"),
        ({"nip": NIP, "jenis_kelamin": "P"}, "jenis_kelamin", "tidak sesuai dengan NIP"),
        ({"jenis_kelamin": "X"}, "jenis_kelamin", "Tulis L"),
        ({"nama": ""}, "nama", "belum diisi"),
        ({"nama": "12345"}, "nama", "tidak memuat huruf"),
        ({"nama": "=HYPERLINK(1)"}, "nama", "berisi rumus"),
        ({"jabatan": "@SUM(A1)"}, "jabatan", "berisi rumus"),
        ({"telepon": "12"}, "telepon", "Nomor telepon tidak dikenal"),
        ({"unsur": "warga"}, "unsur", "Isi salah satu: camat, sekcam, upt-kesehatan, upt-pendidikan."),
        ({"kode_wilayah": "11.01.77"}, "kode_wilayah", "tidak ada dalam daftar Kemendagri"),
        ({"kode_wilayah": "11.02.01"}, "kode_wilayah", "di luar wilayah sasaran angkatan"),
        ({"kode_wilayah": "11.01"}, "kode_wilayah", "Camat bekerja di tingkat kecamatan"),
        ({"kelas": "Kelas Z"}, "kelas", "Kelas “Kelas Z” tidak dikenal"),
    ],
)  # fmt: skip
def test_a_wrong_cell_says_what_and_how_to_repair(
    cells: dict[str, str], kolom: str, told: str, angkatan: Angkatan
) -> None:
    _rows, errors = read(angkatan, berkas_csv(baris(nama="Budi"), baris(**cells)))
    ((number, column, message),) = errors
    assert (number, column) == (3, kolom)
    assert told in message


def test_somebody_who_stands_there_twice_is_named_with_both_rows(angkatan: Angkatan) -> None:
    rows = [baris(nip=NIP), baris(), baris(nama="Lain", nip=NIP), baris(nama="siti  AMINAH"), baris(nip=NIP_LAIN)]
    _rows, errors = read(angkatan, berkas_csv(*rows))
    assert errors == [
        (4, "nip", "NIP ini sudah ada di baris 2. Sisakan satu."),
        (5, "nama", "Orang dengan nama dan instansi ini sudah ada di baris 3. Sisakan satu."),
    ]


def test_a_workbook_with_formulas_or_a_number_for_a_nip_is_refused(angkatan: Angkatan) -> None:
    good = baris(kode_wilayah=BETA)
    formula = {**good, "nama": '=CONCATENATE("Siti","")'}
    number = {**good, "nama": "Budi", "nip": float(NIP)}
    content = berkas_xlsx(KOLOM, *([row[name] for name in KOLOM] for row in (formula, number)))
    _rows, errors = read(angkatan, content)
    assert [(satu[0], satu[1]) for satu in errors] == [(2, "nama"), (3, "nip")]
    assert "Ketik ulang sebagai teks" in errors[1][2]


def test_wrong_headers_are_named(angkatan: Angkatan) -> None:
    with pytest.raises(Rejected) as refused:
        read(angkatan, b"nip,nama lengkap\n")
    assert "Kolom “nama” tidak ada" in str(refused.value.errors)
    assert "nama_lengkap" in refused.value.errors[0].pesan


def test_an_empty_file_is_refused(angkatan: Angkatan) -> None:
    with pytest.raises(Rejected, match="tidak memuat satu peserta pun"):
        read(angkatan, berkas_csv())


def test_a_training_that_names_no_offices_takes_any(wilayah: dict[str, Wilayah]) -> None:
    aparatur(wilayah["11.01"])
    lain = AngkatanFactory(program__wilayah=wilayah["0"], program__jenis="lokakarya")
    ((satu,), errors) = read(lain, berkas_csv(baris()))
    assert (errors, str(satu.data.unsur)) == ([], "Camat")
