"""Figures of other applications handed in on a page: what it takes, what it shows before, and how it is taken back."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kecamatan.actions.impor import confirm_berkas, discard_berkas, preview_berkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.angka import ANGKA, impor_angka, undo_angka
from layanan_dasar.actions.nilai import impor_nilai
from layanan_dasar.models import Capaian, NilaiIndikator, PetaKolom
from p3pd_portal.lib.spreadsheet import Rejected
from tests.factories import IndikatorFactory
from tests.layanan_dasar.angka import A1, A2, B1, JULI, berkas_csv, konteks, panjang, revisi, satu, simpan, tinjau


@pytest.fixture
def alfa(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> Wilayah:
    konteks()
    return wilayah["11.01.01"]


def errors(refused: pytest.ExceptionInfo[Rejected]) -> list[tuple[int, str, str]]:
    return [(satu.baris, satu.kolom, satu.pesan) for satu in refused.value.errors]


# What a page takes


def test_a_preview_stores_nothing_but_the_waiting_file(cast: SimpleNamespace, alfa: Wilayah) -> None:
    berkas = tinjau(cast, alfa, satu(3), satu(5, A2))
    assert (berkas.is_waiting, berkas.ringkasan["baru"], berkas.ringkasan["desa"]) == (True, 2, 2)
    assert not NilaiIndikator.objects.exists()
    assert not Capaian.objects.exists()


def test_confirmed_the_kept_file_is_read_again_and_stored(cast: SimpleNamespace, alfa: Wilayah) -> None:
    berkas = tinjau(cast, alfa, satu(3), satu(5, A2))
    impor_nilai(berkas_csv(satu(3)))  # meanwhile somebody else stored one of them
    berkas = confirm_berkas(ANGKA, by=cast.operator_kecamatan_a, berkas=berkas)
    assert (berkas.status, berkas.isi) == ("tersimpan", None)
    assert [berkas.ringkasan[name] for name in ("baru", "berubah", "sama")] == [1, 0, 1]
    assert Capaian.objects.get(wilayah=alfa).nilai == 8
    assert revisi(A2) == [(5, "ada", "angka.csv")]


def test_the_same_file_twice_changes_nothing(cast: SimpleNamespace, alfa: Wilayah) -> None:
    simpan(cast, alfa, satu(3), satu(5, A2))
    berkas = simpan(cast, alfa, satu(3), satu(5, A2))
    assert [berkas.ringkasan[name] for name in ("baru", "berubah", "sama")] == [0, 0, 2]
    assert NilaiIndikator.objects.count() == 2


def test_rows_outside_the_region_and_of_the_catalogue_are_refused_beside_wrong_cells(
    cast: SimpleNamespace, alfa: Wilayah
) -> None:
    IndikatorFactory(kode="PDK-01")
    with pytest.raises(Rejected) as refused:
        tinjau(cast, alfa, satu(3), satu(4, B1), f"{A1},PDK-01,2025,1,2,", satu("x", A2), satu(1, "11.01.02.2099"))
    found = errors(refused)
    assert [(baris, kolom) for baris, kolom, _ in found] == [
        (3, "desa"),
        (4, "indikator"),
        (5, "pembilang"),
        (6, "desa"),
    ]
    assert found[0][2] == f"Desa {B1} berada di luar Kecamatan Alfa. Unggah dari halaman wilayahnya."
    assert "PDK-01 indikator katalog: angkanya diisi lewat lembar isian" in found[1][2]
    assert "11.01.02.2099" in found[3][2]
    assert not BerkasImpor.objects.exists()


def test_the_command_goes_on_taking_the_catalogue_of_every_region(alfa: Wilayah) -> None:
    IndikatorFactory(kode="PDK-01")
    assert impor_nilai(berkas_csv(f"{B1},PDK-01,2025,1,2,", satu(3))).baru == 2


def test_a_village_belongs_to_where_its_successor_is(
    cast: SimpleNamespace, alfa: Wilayah, wilayah: dict[str, Wilayah]
) -> None:
    """Taken are figures of a closed village that came to this kecamatan, under its old code; not of one that left, nor
    of one without a successor."""
    Wilayah.objects.filter(kode=B1).update(berlaku_sampai="2025-12-31", kode_penerus=A1)
    assert simpan(cast, alfa, satu(3, B1)).ringkasan["baru"] == 1
    Wilayah.objects.filter(kode=A2).update(berlaku_sampai="2025-12-31", kode_penerus="11.01.02.2002")
    Wilayah.objects.filter(kode="11.01.01.1003").update(berlaku_sampai="2025-12-31")
    for kode in (A2, "11.01.01.1003"):
        with pytest.raises(Rejected, match="berada di luar Kecamatan Alfa"):
            tinjau(cast, alfa, satu(3, kode))


def test_unknown_codes_inside_the_region_are_listed(cast: SimpleNamespace, alfa: Wilayah) -> None:
    assert tinjau(cast, alfa, satu(3), satu(1, "11.01.01.2099")).ringkasan["tak_dikenal"] == ["11.01.01.2099"]


def test_without_a_record_the_file_says_everything_itself(alfa: Wilayah) -> None:
    assert impor_angka(berkas_csv(satu(3)), wilayah=alfa, simpan=False).isian == {}


def test_what_was_told_is_kept_with_the_file_and_used_again(cast: SimpleNamespace, alfa: Wilayah) -> None:
    konteks("IDM-IDM", jenis="skala", frekuensi="Y", satuan="indeks 0–1")
    rules = [{"indikator": "IDM-IDM", "pembilang": ["idm"]}]
    PetaKolom.objects.create(kode="idm", nama="IDM", sumber="Kemendesa", kolom_kode="kode", aturan=rules)
    by, told = cast.operator_kecamatan_a, {"peta": "idm", "periode": "2024", "sumber": "Dinas PMD"}
    file = SimpleUploadedFile("idm.csv", f"kode,idm\n{A1},0.7123\n".encode())
    berkas = preview_berkas(ANGKA, by=by, wilayah=alfa, file=file, isian=told)
    assert berkas.ringkasan["isian"] == told
    confirm_berkas(ANGKA, by=by, berkas=berkas)
    satu = NilaiIndikator.objects.get()
    assert (str(satu.pembilang), satu.periode, satu.sumber) == ("0.7123", "2024", "Dinas PMD")
    PetaKolom.objects.all().delete()
    with pytest.raises(Rejected, match="Peta kolom “idm” sudah tidak ada"):
        preview_berkas(ANGKA, by=by, wilayah=alfa, file=SimpleUploadedFile("idm.csv", b"kode,idm\n"), isian=told)


# What a preview shows


def test_a_preview_counts_every_indicator(cast: SimpleNamespace, alfa: Wilayah) -> None:
    konteks("OD-AKB")
    simpan(cast, alfa, satu(3), satu(5, A2))
    found = tinjau(cast, alfa, satu(3), satu(6, A2), satu(1, indikator="OD-AKB")).ringkasan["per_indikator"]
    assert found == [
        {"kode": "OD-AKB", "nama": "Nama OD-AKB", "baru": 1, "berubah": 0, "sama": 0},
        {"kode": "OD-AKI", "nama": "Nama OD-AKI", "baru": 0, "berubah": 1, "sama": 1},
    ]


def test_the_ten_largest_changes_in_proportion_stand_first(cast: SimpleNamespace, alfa: Wilayah) -> None:
    """A slip of a digit shows beside larger counts; what goes missing is larger still. New figures changed nothing."""
    codes = [f"OD-{n:02}" for n in range(12)]
    for kode in codes:
        konteks(kode)
    simpan(cast, alfa, *(satu(1000, indikator=kode) for kode in codes), satu(12), satu(7, A2))
    rows = [satu(1100 + n, indikator=kode) for n, kode in enumerate(codes)]
    found = tinjau(cast, alfa, *rows, satu(120), f"{A2},OD-AKI,{JULI},,,tidak_dilaporkan").ringkasan["terbesar"]
    assert len(found) == 10
    assert found[0] == {
        "kode_desa": A2,
        "desa": "A2",
        "indikator": "OD-AKI",
        "nama": "Nama OD-AKI",
        "periode": JULI,
        "lalu": "7 kasus",
        "baru": "tidak dilaporkan",
    }
    assert [(satu["indikator"], satu["lalu"], satu["baru"]) for satu in found[1:4]] == [
        ("OD-AKI", "12 kasus", "120 kasus"),
        ("OD-11", "1.000 kasus", "1.111 kasus"),
        ("OD-10", "1.000 kasus", "1.110 kasus"),
    ]


def test_changes_are_written_in_the_unit_of_their_indicator(cast: SimpleNamespace, alfa: Wilayah) -> None:
    konteks("A-PERSEN", jenis="persen", penyebut="anak", satuan="%")
    konteks("B-YA", jenis="ya_tidak", satuan="ya/tidak")
    konteks("C-SKALA", jenis="skala", satuan="indeks 0–1")

    def rows(persen: str, ya: int, skala: str) -> list[str]:
        cells = {"A-PERSEN": persen, "B-YA": f"{ya},", "C-SKALA": f"{skala},"}
        return [f"{A1},{kode},{JULI},{cell}," for kode, cell in cells.items()]

    simpan(cast, alfa, *rows("1,3", 0, "0.5"))
    found = tinjau(cast, alfa, *rows("0,0", 1, "0.7125")).ringkasan["terbesar"]
    assert {satu["indikator"]: (satu["lalu"], satu["baru"]) for satu in found} == {
        "A-PERSEN": ("33,3%", "tidak ada sasaran"),
        "B-YA": ("tidak", "ya"),
        "C-SKALA": ("0,5 indeks 0–1", "0,7125 indeks 0–1"),
    }


# Taken back


def test_what_stood_before_is_published_once_more(cast: SimpleNamespace, alfa: Wilayah) -> None:
    simpan(cast, alfa, satu(3), name="satu.csv")
    berkas = simpan(cast, alfa, satu(30), satu(5, A2), name="dua.csv")
    assert Capaian.objects.get(wilayah=alfa).nilai == 35
    berkas = undo_angka(by=cast.operator_kecamatan_a, berkas=berkas)
    assert (berkas.status, berkas.ringkasan["diurungkan"]) == ("dibatalkan", True)
    assert berkas.finished_by == cast.operator_kecamatan_a
    assert revisi(A1) == [(3, "ada", "satu.csv"), (30, "ada", "dua.csv"), (3, "ada", "satu.csv")]
    assert revisi(A2) == [(5, "ada", "dua.csv"), (None, "tidak_dilaporkan", "dua.csv")]
    found = Capaian.objects.get(wilayah=alfa)
    assert (found.nilai, found.n_data) == (3, 1)
    assert Capaian.objects.get(wilayah__kode=A2).status == "tidak_dilaporkan"


def test_files_are_taken_back_in_the_order_in_which_they_came(cast: SimpleNamespace, alfa: Wilayah) -> None:
    first, second, third = (simpan(cast, alfa, satu(n), name=f"{n}.csv") for n in (1, 2, 3))
    by = cast.operator_kecamatan_a
    for berkas, later in ((first, "2.csv"), (second, "3.csv")):
        with pytest.raises(Rejected, match=f"OD-AKI A1 oleh “{later}”"):
            undo_angka(by=by, berkas=berkas)
    for berkas in (third, second, first):
        undo_angka(by=by, berkas=berkas)
    assert [nilai for nilai, *_ in revisi()] == [1, 2, 3, 2, 1, None]
    assert revisi()[-1] == (None, "tidak_dilaporkan", "1.csv")


def test_after_it_was_taken_back_a_file_can_come_again(cast: SimpleNamespace, alfa: Wilayah) -> None:
    undo_angka(by=cast.operator_kecamatan_a, berkas=simpan(cast, alfa, satu(3)))
    assert simpan(cast, alfa, satu(3)).ringkasan["berubah"] == 1
    assert [status for _, status, _ in revisi()] == ["ada", "tidak_dilaporkan", "ada"]


def test_a_later_figure_of_the_command_stands_in_the_way(cast: SimpleNamespace, alfa: Wilayah) -> None:
    berkas = simpan(cast, alfa, satu(3), satu(5, A2))
    impor_nilai(berkas_csv(satu(4)))
    with pytest.raises(Rejected, match="OD-AKI A1 oleh “perubahan lain”"):
        undo_angka(by=cast.operator_kecamatan_a, berkas=berkas)
    assert len(revisi(A2)) == 1


def test_undone_twice_it_is_undone_once(cast: SimpleNamespace, alfa: Wilayah) -> None:
    berkas = simpan(cast, alfa, satu(3))
    for _ in range(2):
        undo_angka(by=cast.operator_kecamatan_a, berkas=berkas)
    assert len(revisi()) == 2


def test_there_must_be_something_to_take_back(cast: SimpleNamespace, alfa: Wilayah) -> None:
    by = cast.operator_kecamatan_a
    waiting = tinjau(cast, alfa, satu(3))
    with pytest.raises(Rejected, match="belum disimpan"):
        undo_angka(by=by, berkas=waiting)
    discard_berkas(by=by, berkas=waiting)
    assert undo_angka(by=by, berkas=waiting).status == "dibatalkan"
    simpan(cast, alfa, satu(3))
    with pytest.raises(Rejected, match="tidak mengubah angka apa pun"):
        undo_angka(by=by, berkas=simpan(cast, alfa, satu(3)))


def test_a_file_of_the_command_is_taken_back_everywhere(cast: SimpleNamespace, alfa: Wilayah) -> None:
    berkas = BerkasImpor.objects.create(
        jenis="nilai", nama_berkas="pusat.csv", sidik="0", status="tersimpan", finished_at="2025-08-01T00:00:00Z"
    )
    impor_nilai(berkas_csv(satu(3), satu(4, B1)), berkas=berkas)
    undo_angka(by=cast.admin_pusat, berkas=berkas)
    assert [revisi(kode)[-1][1] for kode in (A1, B1)] == ["tidak_dilaporkan"] * 2


def test_the_limits_are_those_of_a_page(cast: SimpleNamespace, alfa: Wilayah, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = panjang(*(satu(3) for _ in range(200_001)))
    with pytest.raises(Rejected, match=r"lebih dari 200\.000 baris"):
        preview_berkas(
            ANGKA, by=cast.operator_kecamatan_a, wilayah=alfa, file=SimpleUploadedFile("besar.csv", rows), isian={}
        )
