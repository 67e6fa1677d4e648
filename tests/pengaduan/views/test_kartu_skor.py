"""Score cards: filled in by officers, read by everybody without what few people said."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from pengaduan.models import KartuSkor
from tests.assertions import visible_text
from tests.factories import KartuSkorFactory, UnitLayananFactory
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
PUBLIK = f"/wilayah/{A}/kartu-skor/"
KELOLA = f"{PUBLIK}kelola/"
SKOR = [
    ("Petugas ramah", "perempuan", 8, 2),
    ("Petugas ramah", "disabilitas", 3, 1),
    ("Petugas ramah", "penyedia", 2, 5),
    ("Obat tersedia", "perempuan", 8, 4),
    ("Obat tersedia", "pemuda", 6, 4),
]


@pytest.fixture
def petugas(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.operator_kecamatan_a)
    return client


def kartu(wilayah: World, **more: Any) -> KartuSkor:
    return KartuSkorFactory(**{"wilayah": wilayah[A1], "skor": SKOR, "tayang": True, **more})


def test_without_cards_both_pages_say_what_comes_next(petugas: Client, wilayah: World) -> None:
    assert "Belum ada kartu skor yang ditayangkan" in visible_text(petugas.get(PUBLIK))
    page = petugas.get(KELOLA)
    assert "Belum ada kartu skor di wilayah ini" in visible_text(page)
    assert f'href="{KELOLA}tambah/"' in page.text


def test_above_a_kecamatan_no_card_is_begun(client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.admin_kabupaten)
    assert "Buka halaman kecamatannya" in visible_text(client.get("/wilayah/11.01/kartu-skor/kelola/"))
    assert client.get("/wilayah/11.01/kartu-skor/kelola/tambah/").status_code == 404


def test_everybody_reads_differences_but_not_what_few_people_said(client: Client, wilayah: World) -> None:
    satu = kartu(wilayah, tgl_pertemuan="2026-03-09", catatan_pertemuan="Sepakat menambah petugas.")
    satu.aksi.create(tindakan="Tambah petugas", penanggung_jawab="Kapus", tenggat="2026-06-01")
    assert f'href="{PUBLIK}{satu.pk}/"' in client.get(PUBLIK).text
    text = visible_text(client.get(f"{PUBLIK}{satu.pk}/"))
    assert "Penyandang disabilitas kurang dari 5 orang" in text
    assert "Petugas ramah 2 – ditekan 5 2" in text
    assert "pandangan berbeda" not in text
    assert "Sepakat menambah petugas." in text
    assert "Tambah petugas Kapus, 1 Juni 2026 belum dimulai" in text


def test_those_who_keep_it_read_everything(petugas: Client, wilayah: World) -> None:
    text = visible_text(petugas.get(f"{KELOLA}{kartu(wilayah).pk}/"))
    assert "Petugas ramah 2 – 1 5 1–2" in text
    assert "Penyandang disabilitas 3 orang" in text


def test_groups_far_apart_are_pointed_out(petugas: Client, wilayah: World) -> None:
    skor = [("Ramah", "perempuan", 8, 2), ("Ramah", "pemuda", 6, 4)]
    assert "2–4 pandangan berbeda" in visible_text(petugas.get(f"{KELOLA}{kartu(wilayah, skor=skor).pk}/"))


def test_the_second_round_stands_beside_the_first(petugas: Client, wilayah: World) -> None:
    first = kartu(wilayah, tayang=False)
    second = kartu(wilayah, putaran=2, tanggal="2026-09-02", skor=[("petugas RAMAH", "perempuan", 9, 4)])
    text = visible_text(petugas.get(f"{KELOLA}{second.pk}/"))
    assert "Dalam kurung: putaran 1, 2 Maret 2026" in text
    assert "4 (2)" in text
    public = f"{PUBLIK}{second.pk}/"
    assert "(2)" not in visible_text(Client().get(public))  # the first round is not shown
    KartuSkor.objects.filter(pk=first.pk).update(tayang=True)
    assert "4 (2)" in visible_text(Client().get(public))


def test_a_group_too_small_in_the_first_round_is_not_told_by_the_second(wilayah: World) -> None:
    kartu(wilayah)
    second = kartu(wilayah, putaran=2, skor=[("Petugas ramah", "disabilitas", 7, 3)])
    assert "(1)" not in visible_text(Client().get(f"{PUBLIK}{second.pk}/"))


def test_what_is_not_shown_does_not_exist_for_others(client: Client, wilayah: World) -> None:
    hidden = kartu(wilayah, tayang=False)
    assert client.get(f"{PUBLIK}{hidden.pk}/").status_code == 404
    assert client.get(f"/wilayah/11.01.02/kartu-skor/{kartu(wilayah, putaran=2).pk}/").status_code == 404


def test_a_card_is_begun_and_its_scores_come_next(petugas: Client, wilayah: World) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1])
    said = {"wilayah": wilayah[A1].pk, "unit": unit.pk, "bidang": "KES", "putaran": 1, "tanggal": "2026-03-02"}
    made = petugas.post(f"{KELOLA}tambah/", said)
    satu = KartuSkor.objects.get()
    assert made["Location"] == f"{KELOLA}{satu.pk}/skor/"
    assert "Belum ada skor." in visible_text(petugas.get(f"{KELOLA}{satu.pk}/"))
    again = petugas.post(f"{KELOLA}tambah/", said)
    assert again.status_code == 422
    assert "Putaran ini sudah ada" in visible_text(again)


def test_scores_are_filled_in_by_criterion_and_group(petugas: Client, wilayah: World) -> None:
    satu = kartu(wilayah, skor=[])
    url = f"{KELOLA}{satu.pk}/skor/"
    said = {"n_perempuan": 8, "n_penyedia": 2, "kriteria_0": " Petugas  ramah ", "skor_0_perempuan": 2,
            "alasan_0_perempuan": "Ketus", "skor_0_penyedia": 5, "kriteria_1": "Tanpa skor"}  # fmt: skip
    assert petugas.post(url, said).status_code == 302
    rows = satu.skor.values_list("kriteria", "kelompok", "n_peserta", "skor", "alasan")
    assert list(rows) == [("Petugas ramah", "perempuan", 8, 2, "Ketus"), ("Petugas ramah", "penyedia", 2, 5, "")]
    page = petugas.get(url).text
    assert 'name="kriteria_0" value="Petugas ramah"' in page
    assert 'name="kriteria_3"' in page
    assert 'name="kriteria_4"' not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"skor_0_pemuda": 3}, "Tulis kriteria yang dinilai"),
        ({"skor_0_pemuda": 3, "kriteria_0": "Ramah"}, "Isi jumlah peserta"),
        ({"skor_0_pemuda": 6, "kriteria_0": "Ramah", "n_pemuda": 5}, "Skor pemuda, kriteria 1"),
        ({"kriteria_0": "Ramah"}, "Isi sedikitnya satu kriteria"),
        (
            {"n_pemuda": 5, "kriteria_0": "Ramah", "skor_0_pemuda": 3, "kriteria_1": "RAMAH", "skor_1_pemuda": 2},
            "tertulis dua kali",
        ),
    ],
)
def test_what_does_not_fit_is_said_and_the_scores_stay(
    said: dict[str, Any], words: str, petugas: Client, wilayah: World
) -> None:
    satu = kartu(wilayah)
    answer = petugas.post(f"{KELOLA}{satu.pk}/skor/", said)
    assert answer.status_code == 422
    assert words in visible_text(answer)
    assert satu.skor.count() == len(SKOR)


def test_meeting_actions_and_showing(petugas: Client, wilayah: World) -> None:
    satu = kartu(wilayah, tayang=False)
    url = f"{KELOLA}{satu.pk}/"
    assert "belum bertemu" in visible_text(petugas.get(url))
    late = petugas.post(f"{url}pertemuan/", {"tanggal": "2026-03-01"})
    assert late.status_code == 422
    assert "mendahului hari penilaian" in visible_text(late)
    petugas.post(f"{url}pertemuan/", {"tanggal": "2026-03-09", "catatan": "Sepakat."})
    assert petugas.post(f"{url}aksi/", {"tindakan": "Tambah kursi"}).status_code == 422
    petugas.post(f"{url}aksi/", {"tindakan": "Tambah kursi", "penanggung_jawab": "Kapus", "tenggat": "2026-06-01"})
    aksi = satu.aksi.get()
    petugas.post(f"{url}aksi/{aksi.pk}/", {"keadaan": "hilang"})
    petugas.post(f"{url}aksi/{aksi.pk}/", {"keadaan": "selesai"})
    petugas.post(f"{url}tayang/")
    text = visible_text(Client().get(f"{PUBLIK}{satu.pk}/"))
    assert "Sepakat." in text
    assert "Tambah kursi Kapus, 1 Juni 2026 selesai" in text
    petugas.post(f"{url}tayang/", {"turun": "1"})
    assert Client().get(f"{PUBLIK}{satu.pk}/").status_code == 404


def test_an_empty_card_is_not_shown(petugas: Client, wilayah: World) -> None:
    satu = kartu(wilayah, skor=[], tayang=False)
    assert "Isi skornya dahulu" in visible_text(petugas.post(f"{KELOLA}{satu.pk}/tayang/", follow=True))
    assert "tayang" not in visible_text(petugas.get(KELOLA)).split("putaran 1")[1][:60]
