"""Verdicts: by the conditions, by hand, and what stands against one."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Wilayah
from pelatihan.actions.kelulusan import decide_all, decide_one
from pelatihan.actions.sertifikat import issue_sertifikat
from pelatihan.aggregation.kelulusan import Bukti
from pelatihan.models import Angkatan, Peserta
from tests.factories import AngkatanFactory, PesertaFactory
from tests.pelatihan.actions.test_sertifikat import ISI, POLA


pytestmark = pytest.mark.django_db
CUKUP = Bukti(Decimal(100), Decimal(90), True)


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"], pola_nomor=POLA, status="evaluasi")


def test_the_conditions_decide_for_everybody_who_waits(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    good, unknown = PesertaFactory(angkatan=angkatan), PesertaFactory(angkatan=angkatan, status="dikonfirmasi")
    gone = PesertaFactory(angkatan=angkatan, status="mundur", alasan="Sakit.")
    told = decide_all(by=cast.admin_kabupaten, angkatan=angkatan, bukti={good.pk: CUKUP, gone.pk: CUKUP})
    assert told == {"lulus": 1, "tidak_lulus": 1}
    rows = {satu.pk: (satu.status, satu.alasan) for satu in Peserta.objects.all()}
    missing = "kehadiran belum tercatat; pascates belum dikerjakan; RTL belum ada"
    assert rows == {
        good.pk: ("lulus", ""),
        unknown.pk: ("tidak_lulus", missing),
        gone.pk: ("mundur", "Sakit."),
    }


def test_what_was_decided_by_hand_stays(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=angkatan)
    decide_one(by=cast.admin_kabupaten, peserta=satu, lulus=True, alasan="Menyusul tugas.")
    assert decide_all(by=cast.admin_kabupaten, angkatan=angkatan, bukti={}) == {"lulus": 0, "tidak_lulus": 0}
    satu.refresh_from_db()
    assert (satu.status, satu.alasan) == ("lulus", "Menyusul tugas.")


def test_nobody_decides_before_the_evaluation(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=angkatan)
    Angkatan.objects.update(status="berlangsung")
    with pytest.raises(ValidationError, match="tahap evaluasi"):
        decide_all(by=cast.admin_kabupaten, angkatan=angkatan, bukti={})
    with pytest.raises(ValidationError, match="tahap evaluasi"):
        decide_one(by=cast.admin_kabupaten, peserta=satu, lulus=True, alasan="Uji.")


def test_a_verdict_by_hand_needs_a_reason_and_somebody_who_took_part(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=angkatan)
    with pytest.raises(ValidationError, match="alasannya"):
        decide_one(by=cast.admin_kabupaten, peserta=satu, lulus=True, alasan=" ")
    gone = PesertaFactory(angkatan=angkatan, status="mundur", alasan="Sakit.")
    with pytest.raises(ValidationError, match="mengundurkan diri"):
        decide_one(by=cast.admin_kabupaten, peserta=gone, lulus=True, alasan="Uji.")


def test_whoever_holds_a_certificate_fails_only_after_it_is_taken_back(
    angkatan: Angkatan, cast: SimpleNamespace
) -> None:
    satu = PesertaFactory(angkatan=angkatan, status="lulus")
    issue_sertifikat(by=cast.admin_kabupaten, angkatan=angkatan, **ISI)
    with pytest.raises(ValidationError, match="Cabut sertifikatnya"):
        decide_one(by=cast.admin_kabupaten, peserta=satu, lulus=False, alasan="Curang.")


def test_others_decide_nothing(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    satu = PesertaFactory(angkatan=angkatan)
    with pytest.raises(PermissionDenied):
        decide_all(by=cast.admin_kabupaten_lain, angkatan=angkatan, bukti={})
    with pytest.raises(PermissionDenied):
        decide_one(by=cast.admin_kabupaten_lain, peserta=satu, lulus=True, alasan="Uji.")
