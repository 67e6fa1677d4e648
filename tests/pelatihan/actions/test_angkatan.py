"""The road of a cohort: every step of the table, what must be there before it, and who may take it."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from kecamatan.models import CatatanAudit, Pengguna, Wilayah
from pelatihan.actions.angkatan import (
    advance_angkatan,
    change_angkatan,
    create_angkatan,
    create_program,
)
from pelatihan.models import Angkatan, LangkahAngkatan, Program, StatusAngkatan
from pelatihan.models.alur import ALUR, TERTUTUP, URUTAN, langkah_dari
from tests.factories import AngkatanFactory, KelasFactory, PesertaFactory, ProgramFactory


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
S, L = StatusAngkatan, LangkahAngkatan


@pytest.fixture
def angkatan(wilayah: World) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"])


def step(by: Pengguna, angkatan: Angkatan, langkah: str, alasan: str = "") -> str:
    return advance_angkatan(by=by, angkatan=angkatan, langkah=langkah, alasan=alasan).status


def test_from_plan_to_closing(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    by = cast.admin_kabupaten
    assert [step(by, angkatan, one) for one in (L.UNDANG, L.BUKA_USULAN, L.SELEKSI)] == [S.UNDANG, S.USULAN, S.SELEKSI]
    with pytest.raises(ValidationError, match="Belum ada peserta"):
        step(by, angkatan, L.TETAPKAN)
    peserta = PesertaFactory(angkatan=angkatan)
    assert step(by, angkatan, L.TETAPKAN) == S.DITETAPKAN
    with pytest.raises(ValidationError, match="belum tiba"):
        step(by, angkatan, L.MULAI)
    Angkatan.objects.update(mulai=timezone.localdate())
    with pytest.raises(ValidationError, match="1 peserta belum mendapat kelas"):
        step(by, angkatan, L.MULAI)
    peserta.kelas = KelasFactory(angkatan=angkatan)
    peserta.save()
    assert [step(by, angkatan, one) for one in (L.MULAI, L.EVALUASI)] == [S.BERLANGSUNG, S.EVALUASI]
    with pytest.raises(ValidationError, match="1 peserta belum dinyatakan"):
        step(by, angkatan, L.SELESAI)
    peserta.status = "lulus"
    peserta.save()
    assert [step(by, angkatan, one) for one in (L.SELESAI, L.TUTUP)] == [S.SELESAI, S.DITUTUP]


def test_a_class_without_nominations_names_its_participants_at_once(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    PesertaFactory(angkatan=angkatan)
    assert step(cast.admin_kabupaten, angkatan, L.TETAPKAN) == S.DITETAPKAN


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("langkah", L)
def test_a_step_is_open_from_its_states_alone(
    angkatan: Angkatan, cast: SimpleNamespace, status: str, langkah: str
) -> None:
    Angkatan.objects.update(status=status)
    if langkah in langkah_dari(status):
        assert status in ALUR[L(langkah)].dari
        return
    with pytest.raises(ValidationError, match="tidak berlaku lagi"):
        step(cast.admin_kabupaten, angkatan, langkah, "Uji.")


def test_every_state_can_be_reached_and_the_end_is_the_end() -> None:
    reached = {rule.ke for rule in ALUR.values() if rule.ke} | {S.RANCANG}
    assert reached == set(S)
    assert [langkah_dari(status) for status in TERTUTUP] == [[], []]


@pytest.mark.parametrize("status", URUTAN[1:])
def test_one_step_back_says_why(angkatan: Angkatan, cast: SimpleNamespace, status: str) -> None:
    Angkatan.objects.update(status=status)
    with pytest.raises(ValidationError, match="alasannya"):
        step(cast.admin_kabupaten, angkatan, L.MUNDUR, " ")
    assert step(cast.admin_kabupaten, angkatan, L.MUNDUR, "Salah tekan.") == URUTAN[URUTAN.index(S(status)) - 1]
    angkatan.refresh_from_db()
    assert angkatan.alasan == "Salah tekan."
    assert CatatanAudit.objects.filter(model="pelatihan.angkatan", perubahan__has_key="alasan").exists()


@pytest.mark.parametrize(
    ("field", "words"), [("mulai", "hari pertama"), ("selesai", "hari terakhir"), ("batas_usulan", "batas usulan")]
)
def test_nobody_is_invited_without_days_and_a_deadline(
    wilayah: World, cast: SimpleNamespace, field: str, words: str
) -> None:
    days = {"mulai": timezone.localdate(), "selesai": None, "batas_usulan": None}
    days |= {"mulai": None} if field == "mulai" else {}
    days |= {"selesai": timezone.localdate()} if field == "batas_usulan" else {}
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"], **days)
    with pytest.raises(ValidationError, match=words):
        step(cast.admin_kabupaten, angkatan, L.UNDANG)


def test_two_officers_at_once_one_wins_and_the_other_sees_why(
    transactional_db: None, wilayah: World, cast: SimpleNamespace
) -> None:
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"])

    def one(_: int) -> str:
        try:
            return step(Pengguna.objects.get(pk=cast.admin_kabupaten.pk), angkatan, L.UNDANG)
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(one, range(2)))
    assert told == ["Langkah ini tidak berlaku lagi: angkatan sekarang mengundang.", "undang"]


def test_a_cohort_trains_regions_inside_its_own(wilayah: World, cast: SimpleNamespace) -> None:
    program = ProgramFactory(wilayah=wilayah["11.01"])
    with pytest.raises(ValidationError, match="Kabupaten Dua tidak terletak di Kabupaten Satu"):
        create_angkatan(by=cast.admin_kabupaten, program=program, nama="A", cakupan=[wilayah["11.02"]])
    with pytest.raises(ValidationError, match="sedikitnya satu wilayah"):
        create_angkatan(by=cast.admin_kabupaten, program=program, nama="A", cakupan=[])
    made = create_angkatan(
        by=cast.admin_kabupaten, program=program, nama="A", cakupan=[wilayah["11.01.01"], wilayah["11.01.02"]]
    )
    assert (made.status, made.cakupan.count()) == (S.RANCANG, 2)
    with pytest.raises(ValidationError, match="Beri nama lain"):
        create_angkatan(by=cast.admin_kabupaten, program=program, nama="A", cakupan=[wilayah["11.01.01"]])


def test_wrong_days_are_refused_with_a_sentence(angkatan: Angkatan, cast: SimpleNamespace, wilayah: World) -> None:
    yesterday = angkatan.mulai - datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="mendahului hari pertama"):
        change_angkatan(by=cast.admin_kabupaten, angkatan=angkatan, cakupan=[wilayah["11.01"]], selesai=yesterday)
    with pytest.raises(ValidationError, match="paling tinggi 100"):
        change_angkatan(by=cast.admin_kabupaten, angkatan=angkatan, cakupan=[wilayah["11.01"]], syarat_nilai=101)


def test_a_cohort_is_corrected(angkatan: Angkatan, cast: SimpleNamespace, wilayah: World) -> None:
    regions = [wilayah["11.01.01"], wilayah["11.01.02"]]
    change_angkatan(by=cast.admin_kabupaten, angkatan=angkatan, cakupan=regions, nama="Baru", syarat_nilai=None)
    angkatan.refresh_from_db()
    assert (angkatan.nama, angkatan.syarat_nilai, set(angkatan.cakupan.all())) == ("Baru", None, set(regions))


@pytest.mark.parametrize("status", sorted(TERTUTUP))
def test_what_is_closed_stays_as_it_is(angkatan: Angkatan, cast: SimpleNamespace, wilayah: World, status: str) -> None:
    Angkatan.objects.update(status=status)
    with pytest.raises(ValidationError, match="tidak dapat diubah lagi"):
        change_angkatan(by=cast.admin_kabupaten, angkatan=angkatan, cakupan=[wilayah["11.01"]], nama="Lain")


def test_others_run_nothing(angkatan: Angkatan, cast: SimpleNamespace, wilayah: World) -> None:
    for outsider in (cast.admin_kabupaten_lain, cast.camat_a, cast.sekda, cast.pemantau_pusat):
        with pytest.raises(PermissionDenied):
            step(outsider, angkatan, L.UNDANG)
        with pytest.raises(PermissionDenied):
            create_program(by=outsider, wilayah=wilayah["11.01"], nama="P", jenis="tot")
        with pytest.raises(PermissionDenied):
            create_angkatan(by=outsider, program=angkatan.program, nama="B", cakupan=[wilayah["11.01"]])


def test_who_works_above_runs_what_is_below(wilayah: World, cast: SimpleNamespace) -> None:
    for by in (cast.admin_pusat, cast.admin_provinsi, cast.admin_kabupaten):
        create_program(by=by, wilayah=wilayah["11.01"], nama=f"P {by.pk}", jenis="aparatur")
    assert Program.objects.count() == 3
    with pytest.raises(ValidationError, match="Pilih dari daftar"):
        create_program(by=cast.admin_pusat, wilayah=wilayah["11.01"], nama=f"P {cast.admin_pusat.pk}", jenis="tot")
