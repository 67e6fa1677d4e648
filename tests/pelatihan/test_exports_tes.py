"""The workbook of test results: every total is that of the rows above it."""

import io
from decimal import Decimal
from statistics import mean
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client

from kecamatan.models import CatatanAkses, Wilayah
from pelatihan.exports_tes import tes_sheets
from pelatihan.models import Peserta
from tests.factories import KelasFactory, PengerjaanFactory, PesertaFactory
from tests.pelatihan.dunia import Dunia, buat_dunia


pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Dunia:
    """Twelve of two classes and one of none: ten took both tests, one of them with 100 already before; one withdrew."""
    satu = buat_dunia(wilayah, n=12)
    other = KelasFactory(angkatan=satu.angkatan, nama="Kelas lain")
    Peserta.objects.filter(pk__in=[orang.pk for orang in satu.peserta[6:]]).update(kelas=other)
    PesertaFactory(angkatan=satu.angkatan, wilayah=wilayah["11.01.01"])
    gone = PesertaFactory(angkatan=satu.angkatan, wilayah=wilayah["11.01.01"], status="mundur", alasan="Sakit")
    pra, pasca = satu.tes(), satu.tes("pasca")
    for n, peserta in enumerate([*satu.peserta[:11], gone]):
        PengerjaanFactory(tes=pra, peserta=peserta, benar=n % 2, skor=100 if n == 4 else D("33.33") * (n % 2))
        if n != 10:
            PengerjaanFactory(tes=pasca, peserta=peserta, benar=1 + n % 3, skor=100 if n == 4 else D("33.33") * (n % 3))
    return satu


def sheets(dunia: Dunia) -> dict[str, list[Any]]:
    return {sheet.name: list(sheet.rows) for sheet in tes_sheets(dunia.angkatan)}


def test_totals_equal_their_rows(dunia: Dunia) -> None:
    *people, total = sheets(dunia)["Peserta"]
    assert len(people) == 13  # without who withdrew
    pairs = [row for row in people if None not in row[4:6]]
    assert total[0] == f"Rata-rata {len(pairs)} orang yang mengerjakan keduanya"
    assert len(pairs) == 10
    for column in (4, 5, 6):
        assert total[column] == mean(row[column] for row in pairs)
    told = [row[7] for row in pairs if row[7] is not None]
    assert len(told) == 9  # who knew all before has no normalised gain
    assert total[7] == pytest.approx(mean(told), abs=1e-4)
    assert all(row[6] == row[5] - row[4] for row in pairs)
    assert {row[6] for row in people if None in row[4:6]} == {None}


def test_classes_add_up(dunia: Dunia) -> None:
    *classes, total = sheets(dunia)["Kelas"]
    assert [row[0] for row in classes] == [dunia.kelas.nama, "Kelas lain", "tanpa kelas"]
    assert total[0] == "Seluruhnya"
    for column in range(1, 5):
        assert total[column] == sum(row[column] for row in classes)
    assert classes[2][1:] == [1, 0, 0, 0, None, None, None, None]
    people = sheets(dunia)["Peserta"][:-1]
    assert [sum(row[3] == name for row in people) for name in (dunia.kelas.nama, "Kelas lain", "")] == [6, 6, 1]
    assert total[5:] == sheets(dunia)["Peserta"][-1][4:]


def test_every_question_has_a_row(dunia: Dunia) -> None:
    rows = sheets(dunia)["Butir"]
    assert len(rows) == 3
    assert rows[0][2:4] == [round(5 / 11, 4), 1]
    assert all(len(row) == 7 for row in rows)


def test_the_file_is_taken_away_and_that_is_recorded(dunia: Dunia, client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.admin_kabupaten)
    base = f"{dunia.angkatan.get_absolute_url()}tes/"
    assert f"{base}unduh.xlsx" in client.get(base).text
    answer = client.get(f"{base}unduh.xlsx")
    assert answer["Cache-Control"] == "private, no-store"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Peserta", "Butir", "Kelas"]
    assert book["Peserta"].max_row == 15
    assert CatatanAkses.objects.filter(alasan="mengunduh nilai tes peserta").count() == 1


def test_a_cohort_without_tests_has_an_empty_workbook(wilayah: dict[str, Wilayah]) -> None:
    found = sheets(buat_dunia(wilayah))
    assert found["Butir"] == []
    assert found["Kelas"][-1] == ["Seluruhnya", 6, 0, 0, 0, None, None, None, None]
