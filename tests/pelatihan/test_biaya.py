"""Costs: whole rupiah, and what is not known is no zero."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from kecamatan.models import Wilayah
from pelatihan.actions.biaya import record_biaya, remove_biaya
from pelatihan.models import Angkatan, Biaya
from pelatihan.queries.biaya import biaya_angkatan, ringkas_biaya
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, SesiFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"])


@pytest.mark.parametrize(
    ("rows", "n", "sums", "per_peserta"),
    [
        ([(100, 90), (50, 61)], 2, (150, 151, 0), 76),  # 75.5 is rounded up
        ([(100, 0)], 3, (100, 0, 0), 0),
        ([(100, 90), (50, None)], 2, (150, 90, 1), None),  # a bill is missing
        ([(100, None)], 2, (100, None, 1), None),
        ([(None, 70)], 0, (None, 70, 0), None),  # nobody took part
        ([], 5, (None, None, 0), None),
    ],
)
def test_sums_tell_what_is_missing(
    rows: list[tuple[int | None, int | None]], n: int, sums: tuple[object, ...], per_peserta: int | None
) -> None:
    found = ringkas_biaya((Biaya(rencana=plan, realisasi=real) for plan, real in rows), n)
    assert (found.rencana, found.realisasi, found.belum) == sums
    assert found.per_peserta == per_peserta


def test_those_who_withdrew_are_not_counted(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    PesertaFactory.create_batch(2, angkatan=angkatan)
    PesertaFactory(angkatan=angkatan, status="mundur", alasan="Sakit.")
    record_biaya(by=cast.admin_kabupaten, angkatan=angkatan, komponen="Akomodasi", realisasi=3_000_000)
    assert biaya_angkatan(angkatan).per_peserta == 1_500_000


def test_an_hour_of_a_participant_is_one_of_the_timetable_of_the_own_class(
    angkatan: Angkatan, cast: SimpleNamespace
) -> None:
    for people, hours in ((2, (4, 6)), (3, (5,))):
        kelas = KelasFactory(angkatan=angkatan)
        PesertaFactory.create_batch(people, angkatan=angkatan, kelas=kelas)
        PesertaFactory(angkatan=angkatan, kelas=kelas, status="mundur", alasan="Sakit.")
        for jp in hours:
            SesiFactory(kelas=kelas, jp=jp)
    assert biaya_angkatan(angkatan).per_jp is None  # no bill yet
    record_biaya(by=cast.admin_kabupaten, angkatan=angkatan, komponen="Akomodasi", realisasi=3_500_018)
    found = biaya_angkatan(angkatan)
    assert (found.n, found.orang_jp, found.per_jp) == (5, 2 * 10 + 3 * 5, 100_001)  # 100,000.51 is rounded up
    angkatan.kelas.update(angkatan=AngkatanFactory(program=angkatan.program))
    assert biaya_angkatan(angkatan).per_jp is None  # no timetable


def test_what_breaks_a_rule_is_refused_with_a_sentence(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    admin = cast.admin_kabupaten
    satu = record_biaya(by=admin, angkatan=angkatan, komponen="Akomodasi", rencana=1)
    for told, words in (
        ({"komponen": "Akomodasi", "rencana": 2}, "sudah ada"),
        ({"komponen": "Honor"}, "Isi rencana"),
        ({"komponen": "Honor", "rencana": -1}, "kurang dari 0"),
    ):
        with pytest.raises(ValidationError, match=words):
            record_biaya(by=admin, angkatan=angkatan, **told)
    record_biaya(by=admin, angkatan=angkatan, biaya=satu, komponen="Akomodasi", rencana=1, realisasi=2)
    assert list(Biaya.objects.values_list("komponen", "rencana", "realisasi")) == [("Akomodasi", 1, 2)]


def test_others_write_nothing(angkatan: Angkatan, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    satu = record_biaya(by=cast.admin_kabupaten, angkatan=angkatan, komponen="Akomodasi", rencana=1)
    assert list(Biaya.objects.visible_to(cast.admin_kabupaten)) == [satu]
    assert not Biaya.objects.visible_to(cast.admin_kabupaten_lain).exists()
    with pytest.raises(PermissionDenied):
        remove_biaya(by=cast.admin_kabupaten_lain, biaya=satu)
    other = AngkatanFactory(program__wilayah=wilayah["11.01"])
    with pytest.raises(PermissionDenied):
        record_biaya(by=cast.admin_kabupaten, angkatan=other, biaya=satu, komponen="Akomodasi", rencana=2)
    remove_biaya(by=cast.admin_kabupaten, biaya=satu)
    assert not Biaya.objects.exists()


def test_the_page_takes_amounts_as_they_are_typed(angkatan: Angkatan, cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.admin_kabupaten)
    page = f"/wilayah/11.01/pelatihan/kelola/{angkatan.pk}/biaya/"
    assert "belum dicatat" in client.get(page).content.decode()
    told = {"komponen": "Akomodasi", "rencana": "Rp1.250.000,00", "realisasi": ""}
    assert client.post(page, told).status_code == 302
    assert Biaya.objects.get().rencana == 1_250_000
    shown = client.get(page).content.decode()
    assert "1.250.000" in shown
    assert "belum ada peserta" in shown
    assert client.post(page, {"komponen": "Honor", "rencana": "banyak"}).status_code == 422
