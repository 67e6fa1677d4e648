"""The pages on which two records of one person are made one."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from kecamatan.models import CatatanAkses, Orang, PenggabunganOrang, Wilayah
from tests.assertions import content, visible_text
from tests.factories import AngkatanFactory, OrangFactory, PesertaFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def both(wilayah: dict[str, Wilayah]) -> list[Orang]:
    satu = AngkatanFactory(program__wilayah=wilayah["11.01"])
    dua = AngkatanFactory(program=satu.program)
    return [
        PesertaFactory(angkatan=satu, orang__nama="Siti Aminah", orang__jabatan="Camat").orang,
        PesertaFactory(angkatan=dua, orang__nama="Siti Aminah", orang__jabatan="Sekcam",
                       orang__nip="198003122005012991").orang,
    ]  # fmt: skip


@pytest.fixture
def admin(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    return client


def test_found_compared_and_made_one(admin: Client, both: list[Orang]) -> None:
    tetap, lebur = both
    page = admin.get(reverse("kecamatan:orang_gabung", args=[tetap.pk]))
    address = reverse("kecamatan:orang_gabung_dengan", args=[tetap.pk, lebur.pk])
    assert address in content(page)
    compared = admin.get(address)
    assert "jabatan berbeda Camat Sekcam" in visible_text(compared)
    assert "Yang ikut pindah: 1 peserta." in visible_text(compared)
    assert CatatanAkses.objects.filter(orang__in=both).count() == 2
    assert admin.post(address, {"alasan": "Sama", "jabatan": "lebur"}).status_code == 302
    tetap.refresh_from_db()
    assert (tetap.jabatan, tetap.nip, PenggabunganOrang.objects.count()) == ("Sekcam", "198003122005012991", 1)


def test_without_a_reason_or_choice_the_form_says_so(admin: Client, both: list[Orang]) -> None:
    answer = admin.post(reverse("kecamatan:orang_gabung_dengan", args=[satu.pk for satu in both]))
    assert answer.status_code == 422
    assert content(answer).count("Bidang ini tidak boleh kosong") == 2


def test_a_clash_takes_the_place_of_the_button(admin: Client, both: list[Orang]) -> None:
    tetap, lebur = both
    PesertaFactory(angkatan=tetap.kepesertaan.get().angkatan, orang=lebur)
    page = admin.get(reverse("kecamatan:orang_gabung_dengan", args=[tetap.pk, lebur.pk]))
    assert "Keduanya tercatat sebagai peserta di" in visible_text(page)
    assert "alasan" not in content(page)


def test_a_search_finds_by_part_of_the_name_and_an_empty_one_has_a_next_step(admin: Client, both: list[Orang]) -> None:
    address = reverse("kecamatan:orang_gabung", args=[both[0].pk])
    assert "ber-NIP" in visible_text(admin.post(address, {"kata": "Siti"}))
    assert "Cari dengan NIP atau sebagian namanya." in visible_text(admin.post(address, {"kata": "Zulkifli"}))


def test_records_of_others_and_a_record_with_itself_do_not_exist(admin: Client, both: list[Orang]) -> None:
    stranger = OrangFactory().pk
    pairs = [(both[0].pk, stranger), (stranger, both[0].pk), (both[0].pk, both[0].pk)]
    for pair in pairs:
        assert admin.get(reverse("kecamatan:orang_gabung_dengan", args=pair)).status_code == 404
    assert admin.get(reverse("kecamatan:orang_gabung", args=[stranger])).status_code == 404
