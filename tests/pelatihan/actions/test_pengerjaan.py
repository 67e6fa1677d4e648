"""Tests: put together, taken step by step, handed in once, and closed by the clock of the server."""

import datetime
import threading
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from kecamatan.models import Wilayah
from pelatihan.actions.pengerjaan import answer, begin, submit, submit_ended
from pelatihan.actions.tes import close_tes, compose_tes
from pelatihan.models import Butir, Jawaban, Pengerjaan, Tes
from pelatihan.models.tes import TENGGANG
from pelatihan.queries.pengerjaan import soal_of, tes_of
from pelatihan.tasks import jaga_pelatihan
from tests.factories import ButirFactory, PengerjaanFactory, PesertaFactory, ProgramFactory
from tests.pelatihan.dunia import Dunia, buat_dunia


pytestmark = pytest.mark.django_db
MENIT = datetime.timedelta(minutes=1)


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Dunia:
    return buat_dunia(wilayah)


def right(butir: Butir) -> int:
    return butir.pilihan.get(benar=True).pk


def wrong(butir: Butir) -> int:
    return butir.pilihan.filter(benar=False)[0].pk


def times(**fields: object) -> dict[str, object]:
    now = timezone.now()
    return {"buka": now, "tutup": now + datetime.timedelta(hours=1)} | fields


def compose(dunia: Dunia, cast: SimpleNamespace, bobot: dict[int, int], **fields: object) -> Tes:
    return compose_tes(by=cast.admin_kabupaten, angkatan=dunia.angkatan, jenis="pra", bobot=bobot, **times(**fields))


def test_a_test_keeps_the_weights_it_was_given(dunia: Dunia, cast: SimpleNamespace) -> None:
    bobot = {dunia.butir[0].pk: 3, dunia.butir[2].pk: 1}
    tes = compose(dunia, cast, bobot)
    assert dict(tes.butir.values_list("butir", "bobot")) == bobot
    assert compose(dunia, cast, {dunia.butir[1].pk: 2}).pk == tes.pk
    assert dict(tes.butir.values_list("butir", "bobot")) == {dunia.butir[1].pk: 2}


def test_a_test_without_questions_or_with_foreign_ones_is_refused(dunia: Dunia, cast: SimpleNamespace) -> None:
    foreign = ButirFactory(program=ProgramFactory(wilayah=dunia.angkatan.program.wilayah))
    for bobot in ({}, {foreign.pk: 1}):
        with pytest.raises(ValidationError):
            compose(dunia, cast, bobot)
    with pytest.raises(ValidationError, match="mendahului waktu buka"):
        compose(dunia, cast, {dunia.butir[0].pk: 1}, tutup=timezone.now() - MENIT)
    assert not Tes.objects.exists()


def test_once_somebody_began_the_questions_stay_and_the_times_change(dunia: Dunia, cast: SimpleNamespace) -> None:
    bobot = {satu.pk: 1 for satu in dunia.butir}
    tes = compose(dunia, cast, bobot)
    begin(peserta=dunia.peserta[0], tes=tes)
    with pytest.raises(ValidationError, match="sudah dikerjakan"):
        compose(dunia, cast, {dunia.butir[0].pk: 1})
    later = timezone.now() + datetime.timedelta(hours=5)
    assert compose(dunia, cast, bobot, tutup=later).tutup == later


def test_strangers_and_closed_cohorts_change_no_test(dunia: Dunia, cast: SimpleNamespace) -> None:
    tes = dunia.tes()
    bobot = {dunia.butir[0].pk: 1}
    with pytest.raises(PermissionDenied):
        compose_tes(by=cast.admin_kabupaten_lain, angkatan=dunia.angkatan, jenis="pra", bobot=bobot, **times())
    with pytest.raises(PermissionDenied):
        close_tes(by=cast.camat_a, tes=tes)
    dunia.angkatan.status = "ditutup"
    dunia.angkatan.save()
    with pytest.raises(ValidationError, match="sudah ditutup"):
        compose(dunia, cast, bobot)


def test_a_participant_answers_and_hands_in(dunia: Dunia) -> None:
    one, two, three = dunia.butir
    tes = dunia.tes(butir__bobot=[1, 1, 1])
    mine = begin(peserta=dunia.peserta[0], tes=tes)
    answer(pengerjaan=mine, butir=one.pk, pilihan=wrong(one))
    answer(pengerjaan=mine, butir=one.pk, pilihan=right(one))  # the last one counts
    answer(pengerjaan=mine, butir=two.pk, pilihan=right(two))
    answer(pengerjaan=mine, butir=three.pk, pilihan=wrong(three))
    assert submit(pengerjaan=mine).skor == Decimal("66.67")
    assert Jawaban.objects.count() == 3


def test_weights_count(dunia: Dunia) -> None:
    one, two, _three = dunia.butir
    mine = begin(peserta=dunia.peserta[0], tes=dunia.tes(butir__bobot=[5, 2, 1]))
    answer(pengerjaan=mine, butir=one.pk, pilihan=right(one))
    answer(pengerjaan=mine, butir=two.pk, pilihan=wrong(two))
    assert submit(pengerjaan=mine).skor == Decimal("62.50")  # 5 of 8; the third was left out


def test_nothing_answered_is_zero_and_all_right_is_a_hundred(dunia: Dunia) -> None:
    tes = dunia.tes()
    assert submit(pengerjaan=begin(peserta=dunia.peserta[0], tes=tes)).skor == 0
    full = PengerjaanFactory(tes=tes, peserta=dunia.peserta[1], benar=3)
    assert submit(pengerjaan=full).skor == 100


def test_beginning_twice_is_one_go(dunia: Dunia) -> None:
    tes = dunia.tes()
    assert begin(peserta=dunia.peserta[0], tes=tes) == begin(peserta=dunia.peserta[0], tes=tes)


def test_what_was_handed_in_changes_no_more(dunia: Dunia) -> None:
    mine = PengerjaanFactory(tes=dunia.tes(), peserta=dunia.peserta[0], benar=1)
    submit(pengerjaan=mine)
    for act in (lambda: submit(pengerjaan=mine),
                lambda: answer(pengerjaan=mine, butir=dunia.butir[1].pk, pilihan=right(dunia.butir[1]))):  # fmt: skip
        with pytest.raises(ValidationError, match="sudah Anda kirim"):
            act()
    mine.refresh_from_db()
    assert mine.skor == Decimal("33.33")


def test_a_forged_choice_is_refused(dunia: Dunia) -> None:
    one, two, _three = dunia.butir
    mine = begin(peserta=dunia.peserta[0], tes=dunia.tes())
    other = ButirFactory(program=dunia.angkatan.program)
    for butir, pilihan in ((one.pk, right(two)), (other.pk, right(other)), (one.pk, 10**12)):
        with pytest.raises(ValidationError, match="bukan jawaban butir ini"):
            answer(pengerjaan=mine, butir=butir, pilihan=pilihan)
    assert not Jawaban.objects.exists()


def test_a_test_of_another_cohort_or_of_who_withdrew_is_refused(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    tes, other = dunia.tes(), buat_dunia(wilayah)
    gone = PesertaFactory(angkatan=dunia.angkatan, wilayah=wilayah["11.01.01"], status="mundur", alasan="Sakit")
    for peserta in (other.peserta[0], gone):
        with pytest.raises(ValidationError, match="bukan untuk Anda"):
            begin(peserta=peserta, tes=tes)
        assert [satu for satu in tes_of(peserta, timezone.now()) if satu.tes == tes] == []


@pytest.mark.parametrize("buka", [MENIT, -datetime.timedelta(hours=3)])
def test_before_and_after_its_time_nobody_begins(dunia: Dunia, buka: datetime.timedelta) -> None:
    with pytest.raises(ValidationError, match="tidak sedang dibuka"):
        begin(peserta=dunia.peserta[0], tes=dunia.tes(buka=timezone.now() + buka))


def ended(dunia: Dunia, ago: datetime.timedelta) -> Pengerjaan:
    """Begun in time, in a test that closed a while ago."""
    now = timezone.now()
    tes = dunia.tes(buka=now - datetime.timedelta(hours=2), tutup=now - ago)
    return PengerjaanFactory(tes=tes, peserta=dunia.peserta[0], benar=2, mulai=now - datetime.timedelta(hours=1))


def test_an_answer_on_its_way_when_the_test_closes_is_taken(dunia: Dunia) -> None:
    mine = ended(dunia, TENGGANG - MENIT)
    answer(pengerjaan=mine, butir=dunia.butir[2].pk, pilihan=right(dunia.butir[2]))
    assert submit(pengerjaan=mine).skor == 100


def test_a_late_answer_is_refused_and_what_was_kept_counts(dunia: Dunia) -> None:
    mine = ended(dunia, TENGGANG + MENIT)
    for act in (lambda: submit(pengerjaan=mine),
                lambda: answer(pengerjaan=mine, butir=dunia.butir[2].pk, pilihan=right(dunia.butir[2]))):  # fmt: skip
        with pytest.raises(ValidationError, match="Waktu tes sudah habis"):
            act()
    assert jaga_pelatihan() == {"dikirim": 1, "ditanya": 0, "calon_dihapus": 0, "peserta_dihapus": 0}
    assert jaga_pelatihan() == {"dikirim": 0, "ditanya": 0, "calon_dihapus": 0, "peserta_dihapus": 0}
    mine.refresh_from_db()
    assert (mine.skor, mine.kirim) == (Decimal("66.67"), mine.tes.tutup + TENGGANG)


def test_the_minutes_of_a_participant_run_from_the_own_start(dunia: Dunia) -> None:
    tes = dunia.tes(menit=15)
    mine = begin(peserta=dunia.peserta[0], tes=tes)
    assert mine.berakhir == mine.mulai + 15 * MENIT
    Pengerjaan.objects.update(batas=timezone.now() - TENGGANG - MENIT)
    with pytest.raises(ValidationError, match="Waktu tes sudah habis"):
        submit(pengerjaan=mine)
    begin(peserta=dunia.peserta[1], tes=tes)
    assert submit_ended(pada=timezone.now()) == 1


def test_closing_a_test_hands_in_what_is_open(dunia: Dunia, cast: SimpleNamespace) -> None:
    tes = dunia.tes()
    PengerjaanFactory(tes=tes, peserta=dunia.peserta[0], benar=3)
    close_tes(by=cast.admin_kabupaten, tes=tes)
    assert Pengerjaan.objects.get().skor == 100
    with pytest.raises(ValidationError, match="tidak sedang dibuka"):
        close_tes(by=cast.admin_kabupaten, tes=tes)


def test_everybody_has_an_own_order_that_stays(dunia: Dunia) -> None:
    dunia.butir += [ButirFactory(program=dunia.angkatan.program) for _ in range(9)]
    tes = dunia.tes()
    goes = [begin(peserta=satu, tes=tes) for satu in dunia.peserta]
    orders = [[(soal.butir.pk, *(satu.pk for satu in soal.pilihan)) for soal in soal_of(go)] for go in goes]
    assert len({tuple(order) for order in orders}) == len(goes)
    assert [[(soal.butir.pk, *(satu.pk for satu in soal.pilihan)) for soal in soal_of(go)] for go in goes] == orders
    assert all(sorted(satu[0] for satu in order) == sorted(butir.pk for butir in dunia.butir) for order in orders)


def test_the_questions_on_the_screen_do_not_tell_what_is_right(dunia: Dunia) -> None:
    (soal, *_rest) = soal_of(begin(peserta=dunia.peserta[0], tes=dunia.tes()))
    assert "benar" in soal.pilihan[0].get_deferred_fields()


@pytest.mark.django_db(transaction=True)
def test_two_telephones_hand_in_at_once_and_one_of_them_is_told(dunia: Dunia) -> None:
    mine = PengerjaanFactory(tes=dunia.tes(), peserta=dunia.peserta[0], benar=3)
    fates: list[str] = []

    def send() -> None:
        try:
            submit(pengerjaan=mine)
            fates.append("terkirim")
        except ValidationError:
            fates.append("ditolak")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fates) == ["ditolak", "terkirim"]
