"""What participants say of trainers and organisers: once each, and nothing leads back to them."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from kecamatan.models import CatatanAudit, Wilayah
from pelatihan.actions.evaluasi import fill_lembar
from pelatihan.models import JawabanEvaluasi, LembarEvaluasi, Peserta
from pelatihan.queries.evaluasi import Sasaran, hasil_evaluasi, hasil_pelatih, sasaran_of
from tests.factories import OrangFactory, PertanyaanEvaluasiFactory, PesertaFactory, SesiFactory
from tests.pelatihan.dunia import Dunia, buat_dunia


pytestmark = pytest.mark.django_db


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Dunia:
    PertanyaanEvaluasiFactory(kode="jelas")
    PertanyaanEvaluasiFactory(kode="tempat", sasaran="penyelenggara")
    satu = buat_dunia(wilayah)
    SesiFactory(kelas=satu.kelas, pelatih=[OrangFactory(nama="Pelatih")])
    return satu


def trainer(peserta: Peserta) -> Sasaran:
    return next(satu for satu in sasaran_of(peserta) if satu.pelatih)


def fill(peserta: Peserta, **isi: object) -> bool:
    return fill_lembar(peserta=peserta, sasaran=trainer(peserta), **({"nilai": {"jelas": 3}} | isi))


def test_a_sheet_is_filled_once(dunia: Dunia) -> None:
    assert [fill(dunia.peserta[0]), fill(dunia.peserta[0], saran="lain")] == [True, False]
    assert JawabanEvaluasi.objects.get().saran == ""
    assert [satu.terisi for satu in sasaran_of(dunia.peserta[0])] == [True, False]
    assert [satu.terisi for satu in sasaran_of(dunia.peserta[1])] == [False, False]


@pytest.mark.parametrize("nilai", [{}, {"jelas": 0}, {"jelas": 5}, {"tempat": 3}, {"karangan": 3}])
def test_what_was_not_asked_is_refused(dunia: Dunia, nilai: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        fill(dunia.peserta[0], nilai=nilai)
    assert not LembarEvaluasi.objects.exists()


def test_sheets_are_open_while_the_cohort_is_trained_and_evaluated(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    peserta = dunia.peserta[0]
    gone = PesertaFactory(angkatan=dunia.angkatan, wilayah=wilayah["11.01.01"], status="mundur", alasan="Sakit")
    assert sasaran_of(gone) == []
    classless = PesertaFactory(angkatan=dunia.angkatan, wilayah=wilayah["11.01.01"])
    assert [satu.sesi for satu in sasaran_of(classless)] == [None]
    for status, n in {"ditetapkan": 0, "berlangsung": 2, "evaluasi": 2, "selesai": 0, "ditutup": 0}.items():
        peserta.angkatan.status = status
        assert len(sasaran_of(peserta)) == n


def raw(table: str) -> str:
    """Everything the database keeps of a table, its hidden columns too, in the order in which it lies there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_json(t), t.xmin::text, t.ctid::text FROM {table} t ORDER BY t.ctid")
        return json.dumps(cursor.fetchall(), default=str)


def test_nothing_in_the_tables_leads_from_an_answer_to_a_person(dunia: Dunia) -> None:
    people = [dunia.peserta[n] for n in (4, 0, 3, 1, 5, 2)]
    for number, peserta in enumerate(people):
        fill(peserta, nilai={"jelas": 1 + number % 4}, saran=f"kata {number}")
    lembar = LembarEvaluasi.objects.get()
    assert lembar.terisi == sorted(satu.pk for satu in people)
    fields = {field.name for field in JawabanEvaluasi._meta.get_fields()}
    assert fields == {"id", "lembar", "nilai", "baik", "saran"}  # no participant, no time, no counter
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {JawabanEvaluasi._meta.db_table}")
        assert cursor.fetchone() == (1,)  # one transaction wrote them all
        cursor.execute(f"SELECT id, saran FROM {JawabanEvaluasi._meta.db_table} ORDER BY ctid")
        rows = cursor.fetchall()
    assert [pk for pk, _ in rows] == sorted(pk for pk, _ in rows)  # they lie in the order of random keys
    stored = raw(JawabanEvaluasi._meta.db_table)
    assert not any(f'"peserta": {satu.pk}' in stored for satu in people)
    assert not CatatanAudit.objects.filter(model__in=["pelatihan.lembarevaluasi", "pelatihan.jawabanevaluasi"]).exists()


def test_a_new_answer_gives_all_of_them_new_keys(dunia: Dunia) -> None:
    fill(dunia.peserta[0])
    before = JawabanEvaluasi.objects.get().pk
    fill(dunia.peserta[1])
    assert before not in JawabanEvaluasi.objects.values_list("pk", flat=True)


def test_results_are_shown_from_five_answers(dunia: Dunia) -> None:
    for number in range(4):
        fill(dunia.peserta[number], nilai={"jelas": 4}, baik="sabar", saran="lebih pelan")
    (few,) = hasil_evaluasi(dunia.angkatan)
    assert (few.n, few.rata, few.indeks, few.baik, few.saran) == (4, [], None, [], [])
    fill(dunia.peserta[4], nilai={"jelas": 2}, saran="atur waktu")
    (shown,) = hasil_evaluasi(dunia.angkatan)
    assert [(tanya.kode, rata, n) for tanya, rata, n in shown.rata] == [("jelas", Decimal("3.6"), 5)]
    assert (float(shown.indeks or 0), shown.baik) == (3.6, ["sabar"] * 4)
    assert shown.saran == ["atur waktu", *["lebih pelan"] * 4]


def test_the_organisers_sheet_comes_first_and_a_question_nobody_answered_has_no_mean(dunia: Dunia) -> None:
    PertanyaanEvaluasiFactory(kode="bahan", sasaran="penyelenggara")
    for peserta in dunia.peserta[:5]:
        fill(peserta)
        fill_lembar(peserta=peserta, sasaran=Sasaran(), nilai={"tempat": 4})
    first, second = hasil_evaluasi(dunia.angkatan)
    assert (first.lembar.sesi, second.lembar.sesi is None) == (None, False)
    assert [(tanya.kode, rata, n) for tanya, rata, n in first.rata] == [("tempat", 4, 5), ("bahan", None, 0)]


def everybody_says(dunia: Dunia, n: int, nilai: int = 4) -> None:
    for peserta in dunia.peserta[:n]:
        fill(peserta, nilai={"jelas": nilai}, baik=f"Suara {peserta.pk}", saran="Lebih pelan")


def close(dunia: Dunia) -> None:
    dunia.angkatan.status = "selesai"
    dunia.angkatan.save()


def test_a_trainer_reads_numbers_about_the_own_sessions_and_nobody_s_words(dunia: Dunia) -> None:
    other = SesiFactory(kelas=dunia.kelas, judul="Lain", pelatih=[OrangFactory(nama="Pelatih Lain")])
    everybody_says(dunia, 5)
    for peserta in dunia.peserta[:5]:
        lain = next(satu for satu in sasaran_of(peserta) if satu.sesi == other)
        fill_lembar(peserta=peserta, sasaran=lain, nilai={"jelas": 1})
        fill_lembar(peserta=peserta, sasaran=Sasaran(), nilai={"tempat": 2})
    close(dunia)
    pelatih = dunia.kelas.sesi.exclude(pk=other.pk).get().pelatih.get()
    (found,) = hasil_pelatih(pelatih)
    assert (found.n, found.indeks, found.baik, found.saran) == (5, Decimal(4), [], [])
    assert [(rata, n) for _tanya, rata, n in found.rata] == [(Decimal(4), 5)]
    assert hasil_pelatih(OrangFactory()) == []


def test_a_trainer_of_few_answers_or_of_a_cohort_that_still_answers_reads_nothing(dunia: Dunia) -> None:
    pelatih = dunia.kelas.sesi.get().pelatih.get()
    everybody_says(dunia, 5)
    assert hasil_pelatih(pelatih) == []  # the sixth answer would be the difference
    JawabanEvaluasi.objects.filter(pk=JawabanEvaluasi.objects.first().pk).delete()
    close(dunia)
    (found,) = hasil_pelatih(pelatih)
    assert (found.n, found.rata, found.indeks) == (4, [], None)


def test_of_a_question_that_few_answered_no_mean_is_told(dunia: Dunia) -> None:
    PertanyaanEvaluasiFactory(kode="jarang")
    everybody_says(dunia, 4)
    fill(dunia.peserta[4], nilai={"jelas": 4, "jarang": 1})
    found = next(satu for satu in hasil_evaluasi(dunia.angkatan) if satu.lembar.sesi_id)
    assert [(rata, n) for _tanya, rata, n in found.rata] == [(Decimal(4), 5), (None, 1)]


def test_the_page_of_a_trainer(dunia: Dunia, cast: SimpleNamespace, client: Client) -> None:
    here = "/pelatihan/evaluasi-saya/"
    pelatih = cast.pelatih_kabupaten
    dunia.kelas.sesi.get().pelatih.set([pelatih.orang])
    everybody_says(dunia, 5)
    close(dunia)
    client.force_login(pelatih)
    assert here in client.get(dunia.kelas.get_absolute_url()).text
    page = client.get(here).text
    assert "5 penilaian" in page
    assert "4,00" in page
    assert "Suara" not in page
    client.force_login(cast.penyedia)
    assert "Belum ada penilaian atas sesi Anda" in client.get(here).text
