"""Attendance: once for each, in its time, and never overruled by accident."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kecamatan.models import CatatanAudit, Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.actions.presensi import Tanda, attach_lembar, mark_presensi, record_hadir, remove_lembar
from pelatihan.models import Kelas, LembarHadir, Presensi, Sesi
from tests.factories import PresensiFactory
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini


PINDAIAN = Dokumen(b"%PDF-1.7 %%EOF", "application/pdf", "pdf")


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Kelas:
    return kelas_kini(wilayah, cast)


@pytest.fixture
def sesi(kelas: Kelas) -> Sesi:
    return sesi_kini(kelas)


def test_somebody_says_here_i_am(sesi: Sesi) -> None:
    satu, new = record_hadir(peserta=peserta_kini(sesi.kelas), sesi=sesi, cara="qr")
    assert new
    assert (satu.status, satu.cara, satu.oleh) == ("hadir", "qr", None)


def test_saying_it_again_changes_nothing(sesi: Sesi) -> None:
    peserta = peserta_kini(sesi.kelas)
    first, _new = record_hadir(peserta=peserta, sesi=sesi, cara="qr")
    again, new = record_hadir(peserta=peserta, sesi=sesi, cara="kode")
    assert (again.pk, again.waktu, again.cara, new) == (first.pk, first.waktu, "qr", False)
    assert Presensi.objects.count() == 1


def test_a_telephone_does_not_overrule_a_steward(sesi: Sesi, cast: SimpleNamespace) -> None:
    peserta = peserta_kini(sesi.kelas)
    mark_presensi(by=cast.penyedia, sesi=sesi, tanda={peserta.pk: Tanda("", "izin")})
    found, new = record_hadir(peserta=peserta, sesi=sesi, cara="qr")
    assert (found.status, new) == ("izin", False)


@pytest.mark.parametrize(
    ("menit", "toleransi", "status"),
    [(-29, 15, "hadir"), (14, 15, "hadir"), (16, 15, "terlambat"), (1, 0, "terlambat"), (170, None, "hadir")],
)
def test_whoever_comes_after_the_grace_is_late(kelas: Kelas, menit: int, toleransi: int | None, status: str) -> None:
    sesi = sesi_kini(kelas, menit, toleransi=toleransi)
    assert record_hadir(peserta=peserta_kini(kelas), sesi=sesi, cara="qr")[0].status == status


@pytest.mark.parametrize("menit", [-31, 181])
def test_before_and_after_a_session_nobody_comes_in(kelas: Kelas, menit: int) -> None:
    with pytest.raises(ValidationError, match="tidak sedang dibuka"):
        record_hadir(peserta=peserta_kini(kelas), sesi=sesi_kini(kelas, menit), cara="qr")
    assert not Presensi.objects.exists()


def test_a_closed_cohort_takes_nobody(sesi: Sesi) -> None:
    sesi.kelas.angkatan.status = "ditutup"
    sesi.kelas.angkatan.save()
    with pytest.raises(ValidationError, match="tidak sedang dibuka"):
        record_hadir(peserta=peserta_kini(sesi.kelas), sesi=sesi, cara="qr")


def test_a_session_is_for_its_own_class(sesi: Sesi, wilayah: dict[str, Wilayah]) -> None:
    strangers = [
        peserta_kini(kelas_kini(wilayah, angkatan=sesi.kelas.angkatan)),
        peserta_kini(sesi.kelas, status="mundur", alasan="sakit"),
    ]
    for peserta in strangers:
        with pytest.raises(ValidationError, match="bukan sesi kelas Anda"):
            record_hadir(peserta=peserta, sesi=sesi, cara="qr")


def test_the_database_holds_one_record_each(sesi: Sesi) -> None:
    satu = PresensiFactory(sesi=sesi, peserta=peserta_kini(sesi.kelas))
    with pytest.raises(IntegrityError, match="presensi_sekali"), transaction.atomic():
        PresensiFactory(sesi=sesi, peserta=satu.peserta)


def test_the_database_takes_no_leave_from_a_telephone(sesi: Sesi) -> None:
    with pytest.raises(IntegrityError, match="presensi_cara"), transaction.atomic():
        PresensiFactory(sesi=sesi, peserta=peserta_kini(sesi.kelas), status="izin")


@pytest.mark.parametrize("name", ["penyedia", "admin_kabupaten", "admin_pusat"])
def test_a_steward_marks_changes_and_takes_back(sesi: Sesi, cast: SimpleNamespace, name: str) -> None:
    by = getattr(cast, name)
    a, b, c = (peserta_kini(sesi.kelas) for _ in range(3))
    told = {a.pk: Tanda("", "hadir"), b.pk: Tanda("", "sakit"), c.pk: Tanda("", "")}
    assert mark_presensi(by=by, sesi=sesi, tanda=told, cara="kertas") == (2, [])
    assert set(Presensi.objects.values_list("peserta", "status", "cara", "oleh")) == {
        (a.pk, "hadir", "kertas", by.pk), (b.pk, "sakit", "kertas", by.pk),
    }  # fmt: skip
    told = {a.pk: Tanda("hadir", ""), b.pk: Tanda("sakit", "izin")}
    assert mark_presensi(by=by, sesi=sesi, tanda=told) == (2, [])
    assert list(Presensi.objects.values_list("peserta", "status", "cara")) == [(b.pk, "izin", "petugas")]


def test_who_marked_whom_stays_in_the_history(sesi: Sesi, cast: SimpleNamespace) -> None:
    peserta = peserta_kini(sesi.kelas)
    mark_presensi(by=cast.penyedia, sesi=sesi, tanda={peserta.pk: Tanda("", "hadir")})
    mark_presensi(by=cast.penyedia, sesi=sesi, tanda={peserta.pk: Tanda("hadir", "")})
    rows = CatatanAudit.objects.filter(model="pelatihan.presensi").order_by("id")
    assert [(row.jenis, row.perubahan["status"], row.orang_id) for row in rows] == [
        ("INSERT", [None, "hadir"], peserta.orang_id),
        ("DELETE", ["hadir", None], peserta.orang_id),
    ]


def test_a_telephone_that_reported_in_meanwhile_is_not_overwritten(sesi: Sesi, cast: SimpleNamespace) -> None:
    a, b = peserta_kini(sesi.kelas), peserta_kini(sesi.kelas)
    record_hadir(peserta=a, sesi=sesi, cara="qr")
    told = {a.pk: Tanda("", "alpa"), b.pk: Tanda("", "alpa")}
    assert mark_presensi(by=cast.penyedia, sesi=sesi, tanda=told) == (1, [a])
    assert Presensi.objects.get(peserta=a).status == "hadir"


def test_what_a_steward_left_alone_stays(sesi: Sesi, cast: SimpleNamespace) -> None:
    a = peserta_kini(sesi.kelas)
    record_hadir(peserta=a, sesi=sesi, cara="qr")
    assert mark_presensi(by=cast.penyedia, sesi=sesi, tanda={a.pk: Tanda("", "")}) == (0, [])
    assert Presensi.objects.get(peserta=a).cara == "qr"


def test_people_of_other_classes_are_not_marked(sesi: Sesi, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    other = peserta_kini(kelas_kini(wilayah))
    assert mark_presensi(by=cast.penyedia, sesi=sesi, tanda={other.pk: Tanda("", "hadir")}) == (0, [])


def test_a_session_to_come_cannot_be_marked(kelas: Kelas, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="belum dibuka"):
        mark_presensi(by=cast.penyedia, sesi=sesi_kini(kelas, -60), tanda={})


@pytest.mark.parametrize("name", ["camat_a", "pelatih_kabupaten", "admin_kabupaten_lain"])
def test_strangers_keep_no_list(sesi: Sesi, cast: SimpleNamespace, name: str) -> None:
    by = getattr(cast, name)
    for act in (
        lambda: mark_presensi(by=by, sesi=sesi, tanda={}),
        lambda: attach_lembar(by=by, kelas=sesi.kelas, hari=sesi.hari, dokumen=PINDAIAN),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_trainer_keeps_the_list_of_the_own_class(sesi: Sesi, cast: SimpleNamespace) -> None:
    sesi.pelatih.add(cast.pelatih_kabupaten.orang)
    assert mark_presensi(by=cast.pelatih_kabupaten, sesi=sesi, tanda={}) == (0, [])


def test_a_signed_list_is_kept_for_its_day_and_thrown_away(sesi: Sesi, cast: SimpleNamespace) -> None:
    satu = attach_lembar(by=cast.penyedia, kelas=sesi.kelas, hari=sesi.hari, dokumen=PINDAIAN)
    assert (bytes(satu.isi), satu.hari, satu.created_by) == (PINDAIAN.isi, sesi.hari, cast.penyedia)
    assert str(satu) == f"{sesi.kelas}, {sesi.hari:%d-%m-%Y}"
    remove_lembar(by=cast.penyedia, lembar=satu)
    assert not LembarHadir.objects.exists()


def test_a_list_belongs_to_a_day_on_which_the_class_meets(sesi: Sesi, cast: SimpleNamespace) -> None:
    day = timezone.localdate() + datetime.timedelta(days=30)
    with pytest.raises(ValidationError, match="tidak memiliki sesi"):
        attach_lembar(by=cast.penyedia, kelas=sesi.kelas, hari=day, dokumen=PINDAIAN)


def test_nothing_of_a_closed_cohort_changes(sesi: Sesi, cast: SimpleNamespace) -> None:
    lembar = attach_lembar(by=cast.penyedia, kelas=sesi.kelas, hari=sesi.hari, dokumen=PINDAIAN)
    sesi.kelas.angkatan.status = "ditutup"
    sesi.kelas.angkatan.save()
    for act in (
        lambda: mark_presensi(by=cast.penyedia, sesi=sesi, tanda={}),
        lambda: attach_lembar(by=cast.penyedia, kelas=sesi.kelas, hari=sesi.hari, dokumen=PINDAIAN),
        lambda: remove_lembar(by=cast.penyedia, lembar=lembar),
    ):
        with pytest.raises(ValidationError, match="sudah ditutup"):
            act()
