"""The question bank: what may be written, and what nobody rewords any more."""

import io
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kecamatan.models import Wilayah
from p3pd_portal.lib.spreadsheet import Rejected
from p3pd_portal.lib.tables import Sheet, to_xlsx
from pelatihan.actions.soal import IsiButir, change_butir, create_butir, import_butir, is_frozen, retire_butir
from pelatihan.importers.soal import read_soal
from pelatihan.models import Butir, Pilihan
from tests.factories import ButirFactory, PengerjaanFactory
from tests.pelatihan.dunia import Dunia, buat_dunia


pytestmark = pytest.mark.django_db
ISI = IsiButir("Siapa memimpin kecamatan?", ["Camat", "Bupati"], 0)


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Dunia:
    return buat_dunia(wilayah)


def test_a_question_has_one_right_choice(dunia: Dunia, cast: SimpleNamespace) -> None:
    butir = create_butir(by=cast.admin_kabupaten, program=dunia.angkatan.program, isi=ISI)
    assert list(butir.pilihan.values_list("teks", "benar")) == [("Camat", True), ("Bupati", False)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Pilihan.objects.create(butir=butir, teks="Lurah", benar=True)


@pytest.mark.parametrize(
    ("pilihan", "benar", "kolom"),
    [(["Camat"], 0, "pilihan_1"), (list("abcdef"), 0, "pilihan_1"), (["Camat", "camat"], 0, "pilihan_1"),
     (["Camat", "Bupati"], 2, "benar"), (["Camat", "Bupati"], -1, "benar")],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused(
    dunia: Dunia, cast: SimpleNamespace, pilihan: list[str], benar: int, kolom: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        create_butir(by=cast.admin_kabupaten, program=dunia.angkatan.program, isi=IsiButir("?", pilihan, benar))
    assert list(refusal.value.message_dict) == [kolom]
    assert not Butir.objects.filter(teks="?").exists()


def test_the_same_question_stands_once_in_a_bank(dunia: Dunia, cast: SimpleNamespace) -> None:
    create_butir(by=cast.admin_kabupaten, program=dunia.angkatan.program, isi=ISI)
    with pytest.raises(ValidationError, match="sudah ada di bank"):
        create_butir(by=cast.admin_kabupaten, program=dunia.angkatan.program, isi=ISI)


@pytest.mark.parametrize("name", ["camat_a", "admin_kabupaten_lain", "penyedia"])
def test_only_who_runs_the_programme_keeps_its_bank(dunia: Dunia, cast: SimpleNamespace, name: str) -> None:
    stranger = getattr(cast, name)
    for act in (lambda: create_butir(by=stranger, program=dunia.angkatan.program, isi=ISI),
                lambda: change_butir(by=stranger, butir=dunia.butir[0], isi=ISI),
                lambda: retire_butir(by=stranger, butir=dunia.butir[0]),
                lambda: import_butir(by=stranger, program=dunia.angkatan.program, rows=[ISI])):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()


def test_a_question_nobody_was_shown_is_corrected_in_place(dunia: Dunia, cast: SimpleNamespace) -> None:
    dunia.tes()
    changed = change_butir(by=cast.admin_kabupaten, butir=dunia.butir[0], isi=ISI)
    assert (changed.pk, str(changed), changed.pilihan.count()) == (dunia.butir[0].pk, ISI.teks, 2)


def test_a_question_somebody_was_shown_stays_and_gets_a_new_version(dunia: Dunia, cast: SimpleNamespace) -> None:
    PengerjaanFactory(tes=dunia.tes(), peserta=dunia.peserta[0], benar=3)
    old = dunia.butir[0]
    assert is_frozen(old)
    new = change_butir(by=cast.admin_kabupaten, butir=old, isi=ISI)
    old.refresh_from_db()
    assert (old.aktif, old.gantinya, old.teks != ISI.teks, old.pilihan.count()) == (False, new, True, 3)
    assert (new.aktif, new.teks) == (True, ISI.teks)
    for act in (lambda: change_butir(by=cast.admin_kabupaten, butir=old, isi=ISI),
                lambda: retire_butir(by=cast.admin_kabupaten, butir=old, aktif=True)):  # fmt: skip
        with pytest.raises(ValidationError, match="versi baru"):
            act()


def test_a_frozen_question_with_only_its_choices_changed_also_gets_a_new_version(
    dunia: Dunia, cast: SimpleNamespace
) -> None:
    PengerjaanFactory(tes=dunia.tes(), peserta=dunia.peserta[0], benar=3)
    old = dunia.butir[0]
    new = change_butir(by=cast.admin_kabupaten, butir=old, isi=IsiButir(old.teks, ["ya", "tidak"], 1))
    assert new.pk != old.pk


def test_a_question_goes_out_of_use_and_comes_back(dunia: Dunia, cast: SimpleNamespace) -> None:
    butir = dunia.butir[0]
    retire_butir(by=cast.admin_kabupaten, butir=butir)
    assert butir not in Butir.objects.aktif()
    same = ButirFactory(program=dunia.angkatan.program, teks=butir.teks)
    with pytest.raises(ValidationError, match="sudah ada di bank"):
        retire_butir(by=cast.admin_kabupaten, butir=butir, aktif=True)
    retire_butir(by=cast.admin_kabupaten, butir=same)
    retire_butir(by=cast.admin_kabupaten, butir=butir, aktif=True)
    assert butir in Butir.objects.aktif()


HEADER = ["pertanyaan", "pilihan_a", "pilihan_b", "pilihan_c", "pilihan_d", "pilihan_e", "benar", "modul"]


def berkas(*rows: list[object], header: list[str] | None = None) -> io.BytesIO:
    return io.BytesIO(to_xlsx([Sheet("Soal", header or HEADER, rows)]))


def test_a_file_of_questions_comes_in_once(dunia: Dunia, cast: SimpleNamespace) -> None:
    rows = read_soal(
        berkas(["Apa?", "ini", "itu", "", "", "", "B", "m-1"], ["Siapa?", 1, 2, 3, 4, 5, "e", ""]), {"m-1"}
    )
    assert [(row.teks, row.pilihan, row.benar, row.modul) for row in rows] == [
        ("Apa?", ["ini", "itu"], 1, "m-1"), ("Siapa?", ["1", "2", "3", "4", "5"], 4, "")
    ]  # fmt: skip
    isi = [IsiButir(row.teks, row.pilihan, row.benar) for row in rows]
    twice = [import_butir(by=cast.admin_kabupaten, program=dunia.angkatan.program, rows=isi) for _ in range(2)]
    assert twice == [(2, 0), (0, 2)]


@pytest.mark.parametrize(
    ("row", "kolom", "pesan"),
    [
        (["", "a", "b", "", "", "", "a", ""], "pertanyaan", "belum diisi"),
        (["x" * 501, "a", "b", "", "", "", "a", ""], "pertanyaan", "lebih dari 500 huruf"),
        (["Apa?", "a", "", "", "", "", "a", ""], "pilihan_b", "belum diisi"),
        (["Apa?", "a", "b", "", "d", "", "a", ""], "pilihan_c", "kosong di tengah"),
        (["Apa?", "a", "b", "", "", "", "c", ""], "benar", "tidak terisi"),
        (["Apa?", "a", "b", "", "", "", "f", ""], "benar", "tidak dikenal"),
        (["Apa?", "a", "A", "", "", "", "a", ""], "pilihan_a", "dua pilihan yang sama"),
        (["Apa?", "a", "b", "", "", "", "a", "m-2"], "modul", "tidak ada"),
        (["Dua?", "a", "b", "", "", "", "a", ""], "pertanyaan", "sudah ada di baris 2"),
    ],
)
def test_every_wrong_row_is_named(row: list[object], kolom: str, pesan: str) -> None:
    with pytest.raises(Rejected) as refusal:
        read_soal(berkas(["Dua?", "a", "b", "", "", "", "a", ""], row), {"m-1"})
    (galat,) = refusal.value.errors
    assert (galat.baris, galat.kolom) == (3, kolom)
    assert pesan in galat.pesan


def test_an_empty_file_says_so() -> None:
    with pytest.raises(Rejected, match="tidak memuat satu soal pun"):
        read_soal(berkas(), set())
