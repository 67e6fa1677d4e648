"""What a stranger reads of a certificate."""

import pytest
from django.test import Client
from django.urls import reverse

from kecamatan.models import Pengguna, Wilayah
from pelatihan.actions.sertifikat import issue_sertifikat, revoke_sertifikat
from pelatihan.models import Sertifikat
from pelatihan.views.verifikasi import SALAH_TERBANYAK
from tests.factories import AngkatanFactory, PesertaFactory
from tests.pelatihan.actions.test_sertifikat import ISI, POLA


pytestmark = pytest.mark.django_db


@pytest.fixture
def sertifikat(wilayah: dict[str, Wilayah], cast: object) -> Sertifikat:
    admin = Pengguna.objects.get(orang__nama="admin_kabupaten")
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"], pola_nomor=POLA, status="evaluasi")
    PesertaFactory(angkatan=angkatan, status="lulus", orang__nama="Sari Uji", orang__nip="198003122005011991")
    return issue_sertifikat(by=admin, angkatan=angkatan, **ISI).sertifikat.get()


def test_a_stranger_reads_name_training_day_and_signatory_but_no_nip(client: Client, sertifikat: Sertifikat) -> None:
    page = client.get(sertifikat.get_absolute_url()).content.decode()
    told = ["Berlaku.", "Sari Uji", sertifikat.nomor, "Direktur Uji", "22 November 2026", sertifikat.kode_tampil]
    assert [word for word in told if word not in page] == []
    assert "19800312" not in page


def test_one_of_the_demo_says_that_it_is_made_up(client: Client, sertifikat: Sertifikat) -> None:
    assert "DATA CONTOH" not in client.get(sertifikat.get_absolute_url()).content.decode()
    program = sertifikat.peserta.angkatan.program
    program.wilayah = Wilayah.objects.get(kode="99.01")
    program.save()
    assert "DATA CONTOH" in client.get(sertifikat.get_absolute_url()).content.decode()


def test_one_that_was_taken_back_says_so(client: Client, sertifikat: Sertifikat) -> None:
    admin = Pengguna.objects.get(orang__nama="admin_kabupaten")
    revoke_sertifikat(by=admin, sertifikat=sertifikat, alasan="Salah orang.")
    page = client.get(sertifikat.get_absolute_url()).content.decode()
    assert "Dicabut." in page
    assert "Berlaku." not in page
    assert "Salah orang." not in page  # why is for those who run the cohort


def test_a_code_is_found_however_it_is_typed(client: Client, sertifikat: Sertifikat) -> None:
    typed = sertifikat.kode_tampil.lower().replace("-", " ")
    found = client.post(reverse("pelatihan:verifikasi_cari"), {"kode": typed}, follow=True)
    assert sertifikat.nomor in found.content.decode()


@pytest.mark.parametrize("kode", ["AAAAAAAAAAA", "x", "../../etc", "0" * 11, "%00", "a b"])
def test_a_code_that_was_never_given_is_unknown(client: Client, sertifikat: Sertifikat, kode: str) -> None:
    answer = client.get(reverse("pelatihan:verifikasi_cari") + kode + "/")
    assert answer.status_code == 404
    assert sertifikat.nama not in answer.content.decode()


def test_whoever_guesses_too_often_finds_nothing_for_an_hour(client: Client, sertifikat: Sertifikat) -> None:
    wrong = reverse("pelatihan:verifikasi", args=["AAAAAAAAAAA"])
    for _ in range(SALAH_TERBANYAK):
        client.get(wrong)
    assert client.get(sertifikat.get_absolute_url()).status_code == 404
    assert Client(REMOTE_ADDR="192.0.2.7").get(sertifikat.get_absolute_url()).status_code == 200


def test_an_empty_field_asks_for_the_code(client: Client) -> None:
    assert client.post(reverse("pelatihan:verifikasi_cari"), {"kode": ""}).status_code == 422
