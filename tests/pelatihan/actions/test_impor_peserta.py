"""A list of participants: what is new, what differs, what is the same; and nothing that nobody saw."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from kecamatan.models import BerkasImpor, Orang, Pengguna, Wilayah
from p3pd_portal.lib.spreadsheet import Rejected
from pelatihan.actions.impor_peserta import baca_beda, confirm_peserta, preview_peserta
from pelatihan.models import Angkatan, Peserta
from pelatihan.queries.beda_peserta import Beda, sidik
from tests.factories import AngkatanFactory, OrangFactory, PesertaFactory
from tests.pelatihan.dunia_orang import ALFA, BETA, NIP, aparatur, baris, berkas_csv


pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: SimpleNamespace) -> Pengguna:
    return cast.admin_kabupaten


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return aparatur(wilayah["11.01"])


def beda(by: Pengguna, angkatan: Angkatan, *rows: dict[str, str]) -> list[Beda]:
    return baca_beda(by=by, angkatan=angkatan, content=berkas_csv(*rows))


def impor(by: Pengguna, angkatan: Angkatan, *rows: dict[str, str]) -> BerkasImpor:
    file = SimpleUploadedFile("peserta.csv", berkas_csv(*rows))
    berkas = preview_peserta(by=by, angkatan=angkatan, file=file)
    return confirm_peserta(by=by, angkatan=angkatan, berkas=berkas, terlihat=sidik(beda(by, angkatan, *rows)))


def counts(berkas: BerkasImpor) -> tuple[int, int, int]:
    return tuple(berkas.ringkasan[name] for name in ("baru", "berubah", "sama"))  # type: ignore[return-value]


def test_the_same_file_twice_adds_nobody(admin: Pengguna, angkatan: Angkatan) -> None:
    rows = [baris(nip=NIP), baris(nama="Budi"), baris(nama="Budi", instansi="Kecamatan Beta", kode_wilayah=BETA)]
    assert counts(impor(admin, angkatan, *rows)) == (3, 0, 0)
    assert counts(impor(admin, angkatan, *rows)) == (0, 0, 3)
    assert (Peserta.objects.count(), Orang.objects.filter(kepesertaan__isnull=False).count()) == (3, 3)


def test_the_number_tells_the_sex_and_the_counts_name_nobody(admin: Pengguna, angkatan: Angkatan) -> None:
    berkas = impor(admin, angkatan, baris(nip=NIP))
    assert Orang.objects.get(nip=NIP).jenis_kelamin == "L"
    assert berkas.ringkasan == {"angkatan": angkatan.pk, "baru": 1, "berubah": 0, "sama": 0}
    assert berkas.isi is None


def test_what_differs_is_shown_old_and_new_and_then_changed(admin: Pengguna, angkatan: Angkatan) -> None:
    impor(admin, angkatan, baris(nip=NIP, jabatan="Camat"))
    rows = [baris(nip=NIP, jabatan="Camat Beta", kode_wilayah=BETA, kelas="Kelas A", instansi="")]
    (satu,) = beda(admin, angkatan, *rows)
    assert satu.jenis == "berubah"
    assert satu.isian == {
        "jabatan": ("Camat", "Camat Beta"), "wilayah": ("11.01.01 Alfa", "11.01.02 Beta"), "kelas": ("", "Kelas A"),
    }  # fmt: skip
    assert counts(impor(admin, angkatan, *rows)) == (0, 1, 0)
    peserta = Peserta.objects.get()
    assert (peserta.orang.jabatan, peserta.orang.instansi) == ("Camat Beta", "Kecamatan Alfa")
    assert (peserta.wilayah.kode, str(peserta.kelas)) == (BETA, "Kelas A")


def test_whoever_has_the_number_is_that_person_and_stays_as_another_office_keeps_them(
    admin: Pengguna, angkatan: Angkatan, wilayah: dict[str, Wilayah]
) -> None:
    known = OrangFactory(nama="Siti Aminah", nip=NIP, jabatan="Kabid")
    PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["0"]), orang=known)
    (satu,) = beda(admin, angkatan, baris(nip=NIP, jabatan="Camat"))
    assert (satu.jenis, satu.orang, satu.isian) == ("baru", known, {})
    assert "Tetap seperti tercatat, karena dikelola di tempat lain: jabatan, instansi." in satu.catatan
    impor(admin, angkatan, baris(nip=NIP, jabatan="Camat"))
    known.refresh_from_db()
    assert (known.jabatan, known.kepesertaan.count()) == ("Kabid", 2)


def test_a_number_of_somebody_else_is_an_error_that_does_not_name_them(admin: Pengguna, angkatan: Angkatan) -> None:
    OrangFactory(nama="Budi Santoso", nip=NIP)
    with pytest.raises(Rejected) as refused:
        beda(admin, angkatan, baris(nip=NIP))
    assert "NIP ini tercatat atas nama orang lain" in refused.value.errors[0].pesan
    assert "Budi" not in refused.value.errors[0].pesan


def test_a_namesake_elsewhere_is_shown_and_not_merged(admin: Pengguna, angkatan: Angkatan) -> None:
    OrangFactory(nama="SITI AMINAH", instansi="Kecamatan Alfa", nip=NIP)
    (satu,) = beda(admin, angkatan, baris())
    assert (satu.jenis, satu.orang) == ("baru", None)
    assert "Mungkin orang yang sama: 1 orang lain" in satu.catatan[0]


def test_two_namesakes_in_the_cohort_ask_for_the_number(admin: Pengguna, angkatan: Angkatan) -> None:
    for nip in (NIP, None):
        orang = OrangFactory(nama="Siti Aminah", instansi="Kecamatan Alfa", nip=nip)
        PesertaFactory(angkatan=angkatan, orang=orang)
    with pytest.raises(Rejected, match="Isi NIP-nya"):
        beda(admin, angkatan, baris())


def test_who_withdrew_is_not_registered_again(admin: Pengguna, angkatan: Angkatan) -> None:
    impor(admin, angkatan, baris())
    Peserta.objects.update(status="mundur", alasan="Sakit")
    (satu,) = beda(admin, angkatan, baris())
    assert (satu.jenis, satu.catatan) == (
        "sama", ["Sudah mengundurkan diri; berkas ini tidak mendaftarkannya kembali."],
    )  # fmt: skip


def test_other_changes_than_those_that_were_shown_are_not_made(admin: Pengguna, angkatan: Angkatan) -> None:
    file = SimpleUploadedFile("peserta.csv", berkas_csv(baris(nip=NIP)))
    berkas = preview_peserta(by=admin, angkatan=angkatan, file=file)
    seen = sidik(beda(admin, angkatan, baris(nip=NIP)))
    OrangFactory(nama="Siti", nip=NIP)
    with pytest.raises(Rejected, match="berubah sesudah Anda memeriksanya"):
        confirm_peserta(by=admin, angkatan=angkatan, berkas=berkas, terlihat=seen)
    assert not Peserta.objects.exists()


def test_a_file_is_taken_in_once(admin: Pengguna, angkatan: Angkatan) -> None:
    berkas = impor(admin, angkatan, baris())
    again = confirm_peserta(by=admin, angkatan=angkatan, berkas=berkas, terlihat="")
    assert (again.status, Peserta.objects.count()) == ("tersimpan", 1)


def test_a_closed_cohort_and_a_stranger_take_nothing_in(
    admin: Pengguna, angkatan: Angkatan, cast: SimpleNamespace
) -> None:
    told: dict[str, Any] = {"angkatan": angkatan, "terlihat": ""}
    file = SimpleUploadedFile("peserta.csv", berkas_csv(baris(kode_wilayah=ALFA)))
    told["berkas"] = preview_peserta(by=admin, angkatan=angkatan, file=file)
    with pytest.raises(PermissionDenied):
        confirm_peserta(by=cast.admin_kabupaten_lain, **told)
    Angkatan.objects.update(status="ditutup")
    with pytest.raises(ValidationError, match="sudah ditutup"):
        confirm_peserta(by=admin, **told)


def test_comparing_costs_the_same_for_one_row_and_for_many(
    admin: Pengguna, angkatan: Angkatan, django_assert_max_num_queries: Any
) -> None:
    rows = [baris(nama=f"Orang {n}") for n in range(200)]
    impor(admin, angkatan, *rows)
    admin.penugasan_berlaku  # noqa: B018 - read once per request
    with django_assert_max_num_queries(20):
        assert {satu.jenis for satu in beda(admin, angkatan, *rows)} == {"sama"}
