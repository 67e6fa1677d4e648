"""A file of service units: what it changes, that it changes it once, and what it leaves alone."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kecamatan.actions.impor import confirm_berkas, discard_berkas, impor_path, preview_berkas
from kecamatan.actions.unit import UNIT, UNIT_DITAMPILKAN, impor_unit
from kecamatan.models import BerkasImpor, UnitLayanan, Wilayah
from kecamatan.permissions import Izin
from tests.factories import BerkasImporFactory, UnitLayananFactory
from tests.kecamatan.berkas import A1, A2, A3, B1, TABLES, impor, tersimpan, unit, unit_csv
from tests.layanan_dasar.actions.test_berkas import in_thread, wait_until_blocked
from tests.layanan_dasar.berkas import isi_tabel


pytestmark = pytest.mark.usefixtures("wilayah")


def test_a_preview_counts_and_stores_nothing() -> None:
    before = isi_tabel(TABLES)
    hasil = impor(unit(), unit("Pustu A2", jenis="pustu", kode_wilayah=A2, wilayah_kerja=f"{A2};{A3}"), simpan=False)
    assert (hasil.baru, hasil.berubah, hasil.sama) == (2, 0, 0)
    assert [(satu["baris"], satu["nama"], satu["n_desa"], satu["beda"]) for satu in hasil.unit] == [
        (2, "Posyandu Melati", 0, None),
        (3, "Pustu A2", 2, None),
    ]
    assert isi_tabel(TABLES) == before


def test_the_same_file_again_changes_nothing() -> None:
    rows = [unit(), unit("SD A1", jenis="sekolah", kode_unit="20512345", wilayah_kerja=f"{A2};{A1}", mulai="2001-01-01",
                         lintang="-7,5", bujur="112,5")]  # fmt: skip
    assert impor(*rows).baru == 2
    before = isi_tabel(TABLES)
    hasil = impor(*rows)
    assert (hasil.baru, hasil.berubah, hasil.sama, hasil.unit) == (0, 0, 2, [])
    assert isi_tabel(TABLES) == before


def test_a_changed_row_changes_its_unit_and_says_in_what(wilayah: dict[str, Wilayah]) -> None:
    impor(unit("SD A1", jenis="sekolah", kode_unit="20512345"), unit())
    pk = UnitLayanan.objects.get(kode="20512345").pk
    row = unit("SD Negeri A1", jenis="sekolah", kode_unit="20512345", kode_wilayah=A2, sampai="2025-06-30",
               wilayah_kerja=f"{A1};{B1}")  # fmt: skip
    hasil = impor(row)
    assert (hasil.baru, hasil.berubah, hasil.sama) == (0, 1, 0)
    assert hasil.unit[0]["beda"] == ["nama", "kode_wilayah", "sampai", "wilayah_kerja"]
    assert UnitLayanan.objects.get(kode="20512345").pk == pk
    assert tersimpan() == {
        "SD Negeri A1": ("sekolah", A2, [A1, B1]),
        "Posyandu Melati": ("posyandu", A1, []),
    }


def test_an_emptied_working_area_and_a_cleared_last_day_are_changes_too() -> None:
    impor(unit(wilayah_kerja=A2, sampai="2024-01-01"))
    assert impor(unit()).unit[0]["beda"] == ["sampai", "wilayah_kerja"]
    assert tersimpan()["Posyandu Melati"][2] == []
    assert UnitLayanan.objects.in_force().exists()


def test_an_empty_code_leaves_the_known_one() -> None:
    impor(unit(kode_unit="POS-1"))
    hasil = impor(unit("posyandu MELATI", alamat="Dusun Krajan"))
    assert hasil.unit[0]["beda"] == ["nama", "alamat"]
    assert UnitLayanan.objects.get().kode == "POS-1"


def test_a_unit_gets_its_code_later() -> None:
    impor(unit())
    assert impor(unit(kode_unit="POS-1")).unit[0]["beda"] == ["kode_unit"]
    assert UnitLayanan.objects.get().kode == "POS-1"


def test_without_a_code_the_unit_without_one_is_meant(wilayah: dict[str, Wilayah]) -> None:
    coded = UnitLayananFactory(nama="Posyandu Melati", kode="POS-1", wilayah=wilayah[A1])
    plain = UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
    assert impor(unit(alamat="Dusun Krajan")).berubah == 1
    plain.refresh_from_db()
    coded.refresh_from_db()
    assert (plain.alamat, coded.alamat) == ("Dusun Krajan", "")


def test_another_kind_with_the_same_code_or_name_is_another_unit() -> None:
    impor(unit(kode_unit="20512345", jenis="paud"))
    assert impor(unit(kode_unit="20512345", jenis="sekolah")).baru == 1
    assert impor(unit(jenis="pustu")).baru == 1


def test_units_the_file_leaves_out_stay(wilayah: dict[str, Wilayah]) -> None:
    other = UnitLayananFactory(wilayah=wilayah[A1], kerja=[wilayah[A2]])
    impor(unit())
    assert list(other.wilayah_kerja.all()) == [wilayah[A2]]


def test_changed_units_name_the_file_and_the_moment(wilayah: dict[str, Wilayah]) -> None:
    old = UnitLayananFactory(nama="Posyandu Melati", wilayah=wilayah[A1])
    same = UnitLayananFactory(nama="Posyandu Mawar", wilayah=wilayah[A1])
    berkas = BerkasImporFactory(jenis="unit")
    impor(unit(alamat="Dusun Krajan"), unit("Posyandu Mawar"), unit("Posyandu Baru"), berkas=berkas)
    assert set(UnitLayanan.objects.filter(berkas=berkas).values_list("nama", flat=True)) == {
        "Posyandu Melati",
        "Posyandu Baru",
    }
    updated = dict(UnitLayanan.objects.values_list("pk", "updated_at"))
    assert updated[old.pk] > old.updated_at
    assert updated[same.pk] == same.updated_at


def test_only_the_first_200_units_are_listed_but_all_are_counted() -> None:
    hasil = impor(*(unit(f"Posyandu {n}") for n in range(UNIT_DITAMPILKAN + 1)))
    assert (hasil.baru, len(hasil.unit)) == (UNIT_DITAMPILKAN + 1, UNIT_DITAMPILKAN)


def test_unread_columns_are_noted() -> None:
    content = unit_csv(unit()).replace(b",sumber\r\n", b",sumber,no_hp\r\n").replace(b",,\r\n", b",,,\r\n")
    assert impor_unit(io.BytesIO(content)).catatan == ["Kolom yang tidak dibaca: no_hp."]


# From the page


def preview(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> BerkasImpor:
    file = SimpleUploadedFile("unit.csv", unit_csv(unit()))
    return preview_berkas(UNIT, by=cast.operator_kecamatan_a, wilayah=wilayah["11.01.01"], file=file)


def test_a_file_is_kept_until_it_is_confirmed(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    assert cast.admin_kabupaten.has_izin(Izin.KELOLA_UNIT, wilayah["11.01.01"])
    berkas = preview(cast, wilayah)
    assert (berkas.jenis, berkas.status, berkas.ringkasan["baru"]) == ("unit", "pratinjau", 1)
    saved = confirm_berkas(UNIT, by=cast.admin_kabupaten, berkas=berkas)
    assert (saved.status, saved.isi, saved.finished_by) == ("tersimpan", None, cast.admin_kabupaten)
    assert UnitLayanan.objects.get().berkas == berkas


def test_a_discarded_file_is_never_taken_in(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    berkas = preview(cast, wilayah)
    discard_berkas(by=cast.operator_kecamatan_a, berkas=berkas)
    confirm_berkas(UNIT, by=cast.operator_kecamatan_a, berkas=berkas)
    assert not UnitLayanan.objects.exists()


def test_a_file_of_another_kind_is_never_read_as_units(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    berkas = BerkasImporFactory(wilayah=wilayah["11.01.01"], jenis="apbdes", isi=unit_csv(unit()))
    with pytest.raises(BerkasImpor.DoesNotExist):
        confirm_berkas(UNIT, by=cast.operator_kecamatan_a, berkas=berkas)
    assert not UnitLayanan.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_new_unit_at_once_make_one(wilayah: dict[str, Wilayah]) -> None:
    pids: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            impor(unit())
            other = in_thread(pool, pids, lambda: impor(unit(alamat="Dusun Krajan")))
            wait_until_blocked(pids, other)
            assert not other.done()
        assert other.result(timeout=10).berubah == 1
    assert UnitLayanan.objects.get().alamat == "Dusun Krajan"


# From the command line, for every region and of any size


def test_a_larger_file_costs_no_more_queries(tmp_path: Path) -> None:
    queries = []
    for n in (3, 300):
        rows = (unit(f"Posyandu {n}-{number}", wilayah_kerja=f"{A1};{A2}") for number in range(n))
        file = tmp_path / f"{n}.csv"
        file.write_bytes(unit_csv(*rows))
        with CaptureQueriesContext(connection) as captured:
            assert impor_path(UNIT, file).laporan == f"unit: {n} baru, 0 berubah, 0 sama"
        queries.append(len(captured))
    assert queries[0] == queries[1]
    assert UnitLayanan.wilayah_kerja.through.objects.count() == 606
    assert BerkasImpor.objects.filter(jenis="unit", status="tersimpan", isi=None, wilayah=None).count() == 2


def test_a_check_on_the_command_line_leaves_no_trace(tmp_path: Path) -> None:
    file = tmp_path / "unit.csv"
    file.write_bytes(unit_csv(unit()))
    assert impor_path(UNIT, file, simpan=False).laporan == "unit: 1 baru, 0 berubah, 0 sama"
    assert not UnitLayanan.objects.exists()
    assert not BerkasImpor.objects.exists()
