"""The cascade and its matrix over a world that can be counted on fingers.

ToT of the nation: Ani and Budi of Kabupaten Satu and Cici of Kabupaten Dua passed, Dodi failed. Ani taught a class in
Kabupaten Satu ten days ago, Budi with her; Cici never taught. In the class: the camat and sekcam of Alfa (passed) and
somebody of Beta who withdrew.
"""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from kecamatan.models import Lokus, Wilayah
from pelatihan.models import Angkatan, AngkaTerbit, Peserta
from pelatihan.queries.kaskade import daftar_pelatih, matriks, silsilah
from pelatihan.queries.tanda_kaskade import daftar_tanda
from pelatihan.queries.terlatih import jabatan_kecamatan, ringkas_pelatihan
from tests.factories import (
    AngkatanFactory,
    KelasFactory,
    OrangFactory,
    PenggunaFactory,
    PenugasanFactory,
    PesertaFactory,
    PresensiFactory,
    SesiFactory,
)
from tests.pelatihan.dunia_orang import ALFA, BETA, aparatur


pytestmark = pytest.mark.django_db
SATU, DUA, HARI = "11.01", "11.02", datetime.timedelta(days=1)


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah]) -> SimpleNamespace:
    today = timezone.localdate()
    long_ago = {"mulai": today - 200 * HARI, "selesai": today - 196 * HARI, "status": "selesai"}
    tot = AngkatanFactory(program__wilayah=wilayah["0"], nama="ToT 1", **long_ago)
    people = {}
    for nama, kode, status in (("Ani", SATU, "lulus"), ("Budi", SATU, "lulus"), ("Cici", DUA, "lulus"),
                               ("Dodi", SATU, "tidak_lulus")):  # fmt: skip
        told = {
            "orang__nama": nama,
            "wilayah": wilayah[kode],
            "status": status,
            "alasan": "Absen" if nama == "Dodi" else "",
        }
        people[nama] = PesertaFactory(angkatan=tot, **told).orang
    lanjutan = aparatur(wilayah[SATU], nama="Aparatur 1", mulai=today - 12 * HARI, selesai=today - 8 * HARI,
                        status="selesai", batas_usulan=None, induk=tot)  # fmt: skip
    kelas = lanjutan.kelas.get()
    sesi = SesiFactory(kelas=kelas, mulai=timezone.now() - 10 * HARI, pelatih=[people["Ani"], people["Budi"]])
    for nama, kode, unsur, status in (("Camat Alfa", ALFA, "camat", "lulus"), ("Sekcam Alfa", ALFA, "sekcam", "lulus"),
                                      ("Camat Beta", BETA, "camat", "mundur")):  # fmt: skip
        PesertaFactory(angkatan=lanjutan, kelas=kelas, orang__nama=nama, wilayah=wilayah[kode], unsur_id=unsur,
                       status=status, alasan="Sakit" if status == "mundur" else "")  # fmt: skip
    return SimpleNamespace(tot=tot, kelas=kelas, lanjutan=lanjutan, sesi=sesi, **people)


def rows(wilayah: Wilayah) -> dict[str, tuple[int | None, ...]]:
    return {
        row.wilayah.kode: (row.pelatih, row.aktif, row.sasaran, row.terlatih, row.selisih, row.orang)
        for row in matriks(wilayah).rows
    }


def test_the_matrix_at_every_level(dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    assert rows(wilayah["0"]) == {"11": (3, 2, 3, 1, 2, 2)}
    assert rows(wilayah["11"]) == {SATU: (2, 2, 2, 1, 1, 2), DUA: (1, 0, 1, 0, 1, 0)}
    assert rows(wilayah[SATU]) == {ALFA: (None, None, 1, 1, 0, 2), BETA: (None, None, 1, 0, 1, 0)}
    assert rows(wilayah[ALFA]) == {ALFA: (None, None, 1, 1, 0, 2)}
    assert (matriks(wilayah[SATU]).pelatih, matriks(wilayah[ALFA]).aktif) == (2, 2)


@pytest.mark.parametrize("kode", ["0", "11", SATU, ALFA])
def test_every_total_is_the_sum_of_its_rows(kode: str, dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    found = matriks(wilayah[kode])
    for name, total in found.jumlah.items():
        assert total == sum(getattr(row, name) for row in found.rows)


def test_somebody_trained_in_two_places_counts_once_at_the_latest(
    dunia: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    camat = Peserta.objects.get(orang__nama="Camat Alfa").orang
    later = AngkatanFactory(program=dunia.lanjutan.program, selesai=timezone.localdate(), mulai=timezone.localdate())
    PesertaFactory(angkatan=later, orang=camat, wilayah=wilayah[BETA], unsur_id="camat", status="lulus")
    PesertaFactory(angkatan=AngkatanFactory(program=dunia.tot.program), orang=dunia.Ani, wilayah=wilayah[DUA],
                   status="lulus")  # fmt: skip
    found = matriks(wilayah[SATU])
    assert [(row.orang, row.terlatih) for row in found.rows] == [(1, 1), (1, 1)]
    assert {kode: row[0] for kode, row in rows(wilayah["11"]).items()} == {SATU: 1, DUA: 2}


def test_trainers_of_the_provinsi_itself_stand_in_a_row_of_their_own(
    dunia: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    PesertaFactory(angkatan=dunia.tot, wilayah=wilayah["11"], status="lulus")
    assert rows(wilayah["11"])["11"] == (1, 0, 0, 0, 0, 0)
    assert rows(wilayah["0"])["11"][0] == matriks(wilayah["11"]).pelatih == 4


def test_with_a_list_of_lokus_only_these_are_to_be_reached(dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    Lokus.objects.create(wilayah=wilayah[BETA], tahun=2025, dasar="Kepmen")
    Lokus.objects.create(wilayah=wilayah[SATU], tahun=2025, dasar="Kepmen")
    found = matriks(wilayah["11"])
    assert (found.lokus, [(row.sasaran, row.terlatih) for row in found.rows]) == (True, [(1, 0), (0, 0)])
    Lokus.objects.create(wilayah=wilayah[DUA], tahun=2025, dasar="Kepmen")
    assert [row.sasaran for row in matriks(wilayah["11"]).rows] == [1, 1]
    assert matriks(wilayah["99"]).lokus is False


def test_who_was_there_to_the_end_counts_while_it_is_not_decided(
    dunia: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    Peserta.objects.filter(orang__nama="Camat Beta").update(status="dikonfirmasi", alasan="")
    assert rows(wilayah[SATU])[BETA][3] == 0
    PresensiFactory(sesi=dunia.sesi, peserta=Peserta.objects.get(orang__nama="Camat Beta"))
    assert rows(wilayah[SATU])[BETA][3] == 1
    Angkatan.objects.filter(pk=dunia.lanjutan.pk).update(status="berlangsung")
    assert rows(wilayah[SATU])[BETA][3] == 0


def test_the_tree_counts_trainees_as_distinct_persons(dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    """Two trainers, two sessions of one class and a second class with the same camat: still two persons."""
    SesiFactory(kelas=dunia.kelas, pelatih=[dunia.Ani])
    second = KelasFactory(angkatan=AngkatanFactory(program=dunia.lanjutan.program))
    SesiFactory(kelas=second, pelatih=[dunia.Ani])
    PesertaFactory(angkatan=second.angkatan, kelas=second, orang=Peserta.objects.get(orang__nama="Camat Alfa").orang)
    (cabang,) = silsilah(wilayah["0"])
    assert (cabang.angkatan, cabang.pelatih, cabang.melatih, cabang.kelas, cabang.peserta) == (dunia.tot, 3, 2, 2, 2)
    (here,) = silsilah(wilayah[DUA])
    assert (here.pelatih, here.melatih, here.kelas, here.peserta) == (1, 0, 0, 0)
    _page, found = daftar_pelatih(wilayah[ALFA], 1)
    assert [(str(row.peserta), [k.peserta for k in row.kelas], row.orang) for row in found] == [
        ("Ani", [2, 1], 2), ("Budi", [2], 2),
    ]  # fmt: skip
    assert [str(row.peserta) for row in daftar_pelatih(wilayah["0"], 1, dunia.tot.pk)[1]] == ["Ani", "Budi", "Cici"]
    assert daftar_pelatih(wilayah["0"], 1, dunia.lanjutan.pk)[1] == []


def told(wilayah: Wilayah) -> str:
    return " ".join(f"{satu.kalimat} {satu.langkah}" for satu in daftar_tanda(wilayah))


def test_what_is_missing_is_said_with_a_next_step(dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    text = told(wilayah["11"])
    assert "1 pelatih belum melatih lebih dari 90 hari: Cici." in text
    assert "2 kecamatan belum memiliki aparatur terlatih: Kecamatan Beta, Kecamatan Gama." in text
    assert "pelatih ToT-nya belum tercatat" not in text
    dunia.sesi.pelatih.set([OrangFactory()])
    (satu, *_) = daftar_tanda(wilayah[ALFA])
    assert satu.kalimat == "Aparatur 1, Kelas A: pelatih ToT-nya belum tercatat."
    assert satu.url == dunia.kelas.get_absolute_url()


def test_a_trainer_is_idle_from_the_91st_day_and_a_fresh_one_is_not(
    dunia: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    dunia.sesi.__class__.objects.update(mulai=timezone.now() - 91 * HARI, selesai=timezone.now() - 90 * HARI)
    assert "2 pelatih belum melatih" in told(wilayah[SATU])
    Angkatan.objects.filter(pk=dunia.tot.pk).update(selesai=timezone.localdate() - 30 * HARI)
    assert "belum melatih" not in told(wilayah[SATU])


def test_a_published_cohort_whose_trainers_nobody_named_is_flagged(wilayah: dict[str, Wilayah]) -> None:
    angkatan = aparatur(wilayah["0"], nama="Juli 2024", status="ditutup")
    AngkaTerbit.objects.create(
        angkatan=angkatan, wilayah=wilayah["11"], catatan="ToT tidak mencakupnya.", sumber="Berita"
    )
    AngkaTerbit.objects.create(angkatan=angkatan, jumlah=1235, sumber="Berita")
    sentence = "Juli 2024 di Provinsi Uji: pelatihnya tidak tercatat dalam terbitan. ToT tidak mencakupnya."
    for kode in ("0", "11", SATU, ALFA):
        assert sentence in told(wilayah[kode])
    assert "Juli 2024" not in told(wilayah["99"])


def test_many_names_are_cut(wilayah: dict[str, Wilayah]) -> None:
    from kecamatan.importers.wilayah import impor_wilayah

    codes = [(f"11.03.{n:02}", f"K{n}") for n in range(1, 16)]
    impor_wilayah([("11.03", "Kabupaten Tiga"), *codes])
    assert ", dan 3 lainnya." in told(Wilayah.objects.get(kode="11.03"))


def test_the_region_page_counts_offices_and_trainers(dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    found = ringkas_pelatihan(wilayah["11"])
    assert (dict(found.jabatan), found.pelatih, found.ada) == (
        {"camat": 1, "sekcam": 1, "UPT kesehatan": 0, "UPT pendidikan": 0}, 3, True,
    )  # fmt: skip
    alfa = ringkas_pelatihan(wilayah[ALFA])
    assert (alfa.dari, alfa.pelatih, dict(alfa.jabatan)["camat"]) == (1, 2, 1)
    assert not ringkas_pelatihan(wilayah["99"]).ada


def test_an_office_is_trained_when_whoever_holds_it_now_is(dunia: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    def state() -> dict[str, tuple[str, bool]]:
        return {satu.label: (satu.keadaan, satu.pernah) for satu in jabatan_kecamatan(wilayah[ALFA])}

    assert state()["camat"] == ("tidak diketahui", True)
    camat = Peserta.objects.get(orang__nama="Camat Alfa").orang
    work = PenugasanFactory(pengguna=PenggunaFactory(orang=camat), wilayah=wilayah[ALFA])
    assert state()["camat"] == ("terlatih", True)
    work.pengguna = PenggunaFactory()
    work.save()
    assert state()["camat"] == ("belum", True)
    assert state()["UPT kesehatan"] == ("tidak diketahui", False)


def test_the_cost_does_not_grow(
    dunia: SimpleNamespace, wilayah: dict[str, Wilayah], django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        SesiFactory(kelas=KelasFactory(angkatan=dunia.lanjutan), pelatih=[PesertaFactory(
            angkatan=dunia.tot, wilayah=wilayah[SATU], status="lulus").orang])  # fmt: skip
    with django_assert_max_num_queries(8):
        matriks(wilayah["0"])
    with django_assert_max_num_queries(3):
        silsilah(wilayah["0"])
    with django_assert_max_num_queries(7):
        daftar_pelatih(wilayah["0"], 1)
    with django_assert_max_num_queries(8):
        daftar_tanda(wilayah["0"])
