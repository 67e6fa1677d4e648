"""Certificates: numbers, codes, who gets one, and taking one back."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from kecamatan.models import Orang, Pengguna, Wilayah
from p3pd_portal.lib.kode import is_kode
from pelatihan.actions.sertifikat import issue_sertifikat, nomor_dari, revoke_sertifikat
from pelatihan.models import Angkatan, Sertifikat, TerbitanSertifikat
from tests.factories import AngkatanFactory, KelasFactory, OrangFactory, PesertaFactory, SesiFactory


pytestmark = pytest.mark.django_db
POLA = "{urut}/ToT-2/BAK/{bulan}/{tahun}"
ISI = {"tempat": "Jakarta", "tanggal": datetime.date(2026, 11, 22), "jabatan": "Direktur Uji", "nama": "Sari Uji"}
World = dict[str, Wilayah]


@pytest.fixture
def angkatan(wilayah: World) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"], pola_nomor=POLA, status="evaluasi")


def issue(by: Pengguna, angkatan: Angkatan) -> TerbitanSertifikat:
    return issue_sertifikat(by=by, angkatan=angkatan, **ISI)


def test_a_number_follows_its_pattern() -> None:
    assert nomor_dari(POLA, 7, 6, 2024) == "007/ToT-2/BAK/VI/2024"
    assert nomor_dari("{urut}", 1234, 1, 2024) == "1234"


def test_whoever_passed_gets_one_and_nobody_else(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    PesertaFactory(angkatan=angkatan, orang__nama="Budi Uji", orang__gelar_belakang="S.E.", status="lulus")
    PesertaFactory(angkatan=angkatan, orang__nama="Ani Uji", status="lulus")
    PesertaFactory(angkatan=angkatan, status="tidak_lulus", alasan="Kurang hadir.")
    PesertaFactory(angkatan=angkatan)
    issue(cast.admin_kabupaten, angkatan)
    rows = list(Sertifikat.objects.all())
    assert [(satu.nomor, satu.nama) for satu in rows] == [
        ("001/ToT-2/BAK/XI/2026", "Ani Uji"),
        ("002/ToT-2/BAK/XI/2026", "Budi Uji, S.E."),
    ]
    assert len({satu.kode for satu in rows}) == 2
    assert all(is_kode(satu.kode) and len(satu.kode) == 11 for satu in rows)


def test_the_hours_are_those_of_the_class(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    kelas = KelasFactory(angkatan=angkatan)
    SesiFactory.create_batch(2, kelas=kelas, jp=6)
    PesertaFactory(angkatan=angkatan, kelas=kelas, status="lulus", orang__nama="A")
    PesertaFactory(angkatan=angkatan, status="lulus", orang__nama="B")
    issue(cast.admin_kabupaten, angkatan)
    assert list(Sertifikat.objects.values_list("nama", "jp")) == [("A", 12), ("B", None)]


@pytest.mark.parametrize("status", ["terdaftar", "dikonfirmasi", "tidak_lulus", "mundur"])
def test_the_database_itself_refuses_one_for_somebody_who_did_not_pass(
    angkatan: Angkatan, cast: SimpleNamespace, status: str
) -> None:
    satu = PesertaFactory(angkatan=angkatan, status=status, alasan="Uji.")
    terbitan = TerbitanSertifikat.objects.create(angkatan=angkatan, oleh=cast.admin_kabupaten, **ISI)
    with pytest.raises(IntegrityError, match="hanya untuk peserta yang lulus"), transaction.atomic():
        Sertifikat.objects.create(terbitan=terbitan, peserta=satu, urut=1, nomor="1", kode="A" * 11, nama="A")


def test_a_second_printing_goes_on_where_the_first_ended(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    PesertaFactory(angkatan=angkatan, status="lulus")
    issue(cast.admin_kabupaten, angkatan)
    with pytest.raises(ValidationError, match="Tidak ada peserta lulus"):
        issue(cast.admin_kabupaten, angkatan)
    PesertaFactory(angkatan=angkatan, status="lulus")
    assert [satu.urut for satu in issue(cast.admin_kabupaten, angkatan).sertifikat.all()] == [2]


def test_without_a_pattern_there_is_no_number(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    Angkatan.objects.update(pola_nomor="")
    PesertaFactory(angkatan=angkatan, status="lulus")
    with pytest.raises(ValidationError, match="pola nomor"):
        issue(cast.admin_kabupaten, angkatan)


def test_others_print_nothing(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    PesertaFactory(angkatan=angkatan, status="lulus")
    with pytest.raises(PermissionDenied):
        issue(cast.admin_kabupaten_lain, angkatan)


def test_one_that_is_taken_back_says_why_and_leaves_room_for_another(angkatan: Angkatan, cast: SimpleNamespace) -> None:
    PesertaFactory(angkatan=angkatan, status="lulus")
    first = issue(cast.admin_kabupaten, angkatan).sertifikat.get()
    with pytest.raises(ValidationError):
        revoke_sertifikat(by=cast.admin_kabupaten, sertifikat=first, alasan=" ")
    with pytest.raises(PermissionDenied):
        revoke_sertifikat(by=cast.admin_kabupaten_lain, sertifikat=first, alasan="Salah nama.")
    gone = revoke_sertifikat(by=cast.admin_kabupaten, sertifikat=first, alasan="Salah nama.")
    assert (gone.is_berlaku, gone.alasan_cabut) == (False, "Salah nama.")
    with pytest.raises(ValidationError, match="sudah dicabut"):
        revoke_sertifikat(by=cast.admin_kabupaten, sertifikat=first, alasan="Lagi.")
    assert issue(cast.admin_kabupaten, angkatan).sertifikat.get().urut == 2


def test_titles_of_the_signatory_are_left_out_unless_somebody_wants_them() -> None:
    names = {"gelar_depan": "Dr.", "nama": "Sari Uji", "gelar_belakang": "M.Si."}
    assert TerbitanSertifikat(**names).nama_penanda == "Sari Uji"
    assert TerbitanSertifikat(**names, tanpa_gelar=False).nama_penanda == "Dr. Sari Uji, M.Si."


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_print_each_certificate_once(wilayah: World, cast: SimpleNamespace) -> None:
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"], pola_nomor=POLA, status="evaluasi")
    for _ in range(5):
        PesertaFactory(angkatan=angkatan, status="lulus", orang=OrangFactory())

    def one(_: int) -> str:
        try:
            issue(Pengguna.objects.get(pk=cast.admin_kabupaten.pk), angkatan)
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()
        return "ok"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(one, range(4)))
    assert sorted(told)[-1] == "ok"
    assert told.count("ok") == 1
    assert Sertifikat.objects.count() == 5
    assert Orang.objects.filter(kepesertaan__sertifikat__isnull=False).distinct().count() == 5
