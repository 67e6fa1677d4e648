"""Two records of one person become one: what moves, what stands against it, who may, and what the trail tells."""

import threading
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models

from kecamatan.actions.gabung_orang import gabung_orang
from kecamatan.models import AnggotaTim, CatatanAudit, Orang, PenggabunganOrang, TimPengelola, Wilayah
from kecamatan.queries.gabung_orang import boleh_diubah, calon, halangan, perbandingan, relasi
from pelatihan.models import Peserta
from tests.factories import (
    AngkatanFactory,
    KelasFactory,
    OrangFactory,
    PenggunaFactory,
    PenugasanFactory,
    PesertaFactory,
    SesiFactory,
    tim_lengkap,
)


pytestmark = pytest.mark.django_db
NIP, NIP_LAIN = "198003122005011991", "198103122006012002"


def merge(by: object, tetap: Orang, lebur: Orang, **isi: object) -> PenggabunganOrang:
    return gabung_orang(by=by, tetap=tetap, lebur=lebur, alasan="SK sama", **isi)  # type: ignore[arg-type]


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> object:
    return AngkatanFactory(program__wilayah=wilayah["11.01"])


def test_every_column_that_points_at_a_person_is_known_here() -> None:
    """A new one moves by itself; look whether two rows of it can clash, then write it down."""
    assert {(satu.model._meta.label_lower, satu.kolom) for satu in relasi()} == {
        ("kecamatan.anggotatim", "orang"),
        ("kecamatan.penggabunganorang", "tetap"),
        ("kecamatan.pengguna", "orang"),
        ("pelatihan.lembarevaluasi", "pelatih"),
        ("pelatihan.peserta", "orang"),
        ("pelatihan.sesi_pelatih", "orang"),
    }


def test_no_column_is_forgotten_but_those_of_the_audit() -> None:
    """The same, found the slow way: every foreign key of every model."""
    from django.apps import apps

    found = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Orang
    }
    left = found - {(satu.model, satu.kolom) for satu in relasi()}
    assert {model._meta.model_name for model, _ in left} == {"catatanaudit", "catatanakses"}


def test_everything_moves_and_the_other_record_is_gone(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], angkatan: object
) -> None:
    tetap = PesertaFactory(angkatan=angkatan, orang=OrangFactory(nama="Siti", nip=NIP)).orang
    lebur = PenugasanFactory(peran="operator_kecamatan", wilayah=wilayah["11.01.01"]).pengguna.orang
    account = lebur.pengguna
    sesi = SesiFactory(kelas=KelasFactory(angkatan=angkatan), pelatih=[lebur])
    second = PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.01"]), orang=lebur)
    anggota = tim_lengkap(wilayah["11.01.01"]).anggota.get()
    AnggotaTim.objects.filter(pk=anggota.pk).update(orang=lebur)
    trail = merge(cast.admin_kabupaten, tetap, lebur)
    account.refresh_from_db()
    second.refresh_from_db()
    anggota.refresh_from_db()
    assert (account.orang, second.orang, anggota.orang, list(sesi.pelatih.all())) == (tetap, tetap, tetap, [tetap])
    assert not Orang.objects.filter(pk=trail.lebur).exists()
    assert set(trail.pindah) == {
        "kecamatan.anggotatim", "kecamatan.pengguna", "pelatihan.peserta", "pelatihan.sesi_pelatih",
    }  # fmt: skip


def test_what_only_the_other_record_knows_is_taken_over_and_a_choice_is_kept(
    cast: SimpleNamespace, angkatan: object
) -> None:
    tetap = PesertaFactory(angkatan=angkatan, orang__nama="Siti", orang__jabatan="Kabid").orang
    other = OrangFactory(nama="Siti Aminah", nip=NIP, jabatan="Kepala Bidang", telepon="+6281234567890")
    lebur = PesertaFactory(angkatan=AngkatanFactory(program=angkatan.program), orang=other).orang  # type: ignore[attr-defined]
    gone = lebur.pk
    assert [baris.nama for baris in perbandingan(tetap, lebur).pilihan] == ["nama", "jabatan"]
    trail = merge(cast.admin_kabupaten, tetap, lebur, pilihan={"nama": "lebur", "jabatan": "tetap"})
    tetap.refresh_from_db()
    assert (tetap.nama, tetap.nip, tetap.jabatan, tetap.telepon) == ("Siti Aminah", NIP, "Kabid", "+6281234567890")
    assert (trail.lebur, trail.oleh, trail.alasan) == (gone, cast.admin_kabupaten, "SK sama")
    assert trail.sebelum["lebur"]["jabatan"] == "Kepala Bidang"
    assert (trail.sebelum["tetap"]["nip"], trail.sesudah["nip"]) == (None, NIP)
    assert "81234567890" not in str(PenggabunganOrang.objects.values())
    assert str(trail) == f"{gone} → {tetap.pk}"


def test_the_audit_finds_what_was_done_under_the_other_record(cast: SimpleNamespace, angkatan: object) -> None:
    tetap, lebur = (PesertaFactory(angkatan=angkatan).orang, OrangFactory(nama="Ganda"))
    gone = lebur.pk
    merge(cast.admin_pusat, tetap, lebur)
    entries = CatatanAudit.objects.of_orang(tetap.pk)
    assert entries.filter(model="kecamatan.orang", objek=str(gone), jenis="INSERT").exists()
    third = OrangFactory()
    merge(cast.admin_pusat, third, tetap)
    assert PenggabunganOrang.objects.filter(tetap=third).count() == 2


@pytest.mark.parametrize("clash", ["nip", "akun", "peserta", "tim"])
def test_what_stands_against_it_is_said_and_nothing_changes(
    clash: str, cast: SimpleNamespace, wilayah: dict[str, Wilayah], angkatan: object
) -> None:
    tetap, lebur = OrangFactory(nama="A"), OrangFactory(nama="B")
    if clash == "nip":
        Orang.objects.filter(pk=tetap.pk).update(nip=NIP)
        Orang.objects.filter(pk=lebur.pk).update(nip=NIP_LAIN)
    elif clash == "akun":
        for satu in (tetap, lebur):
            PenugasanFactory(
                pengguna=PenggunaFactory(orang=satu), peran="operator_desa", wilayah=wilayah["11.01.01.2001"]
            )
    elif clash == "peserta":
        for satu in (tetap, lebur):
            PesertaFactory(angkatan=angkatan, orang=satu)
    else:
        tim = TimPengelola.objects.create(wilayah=wilayah["11.01.01"], nomor_sk="1", tanggal_sk="2026-01-01")
        for satu in (tetap, lebur):
            tim.anggota.create(orang=satu, kedudukan="anggota")
    tetap.refresh_from_db()
    lebur.refresh_from_db()
    (told,) = halangan(tetap, lebur)
    assert {
        "nip": "NIP keduanya berbeda", "akun": "Keduanya memiliki akun",
        "peserta": "Keduanya tercatat sebagai peserta di Angkatan", "tim": "sebagai anggota tim di",
    }[clash] in told  # fmt: skip
    with pytest.raises(ValidationError, match=told[:30]):
        merge(cast.admin_pusat, tetap, lebur)
    assert Orang.objects.filter(pk=lebur.pk).exists()
    assert not PenggabunganOrang.objects.exists()


def test_two_trainers_of_one_session_become_one(cast: SimpleNamespace, angkatan: object) -> None:
    tetap, lebur = OrangFactory(), OrangFactory()
    sesi = SesiFactory(kelas=KelasFactory(angkatan=angkatan), pelatih=[tetap, lebur])
    merge(cast.admin_pusat, tetap, lebur)
    assert list(sesi.pelatih.all()) == [tetap]


def test_who_merges_must_keep_both_records(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], angkatan: object
) -> None:
    mine = PesertaFactory(angkatan=angkatan).orang
    far = PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.02"])).orang
    both = PesertaFactory(angkatan=angkatan).orang
    PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["0"]), orang=both)
    free = OrangFactory()
    camat = cast.camat_a.orang
    asked = [mine.pk, far.pk, both.pk, free.pk, camat.pk, cast.admin_kabupaten.orang_id]
    assert boleh_diubah(cast.admin_kabupaten, asked) == {mine.pk, camat.pk}
    assert boleh_diubah(cast.admin_kabupaten_lain, asked) == {far.pk}
    assert boleh_diubah(cast.admin_pusat, asked) == set(asked)
    assert boleh_diubah(cast.camat_a, asked) == set()
    for other in (far, both, free, cast.admin_kabupaten.orang):
        with pytest.raises(PermissionDenied):
            merge(cast.admin_kabupaten, mine, other)
    assert Peserta.objects.filter(orang=far).exists()


def test_a_record_is_not_merged_with_itself_nor_without_a_reason(cast: SimpleNamespace, angkatan: object) -> None:
    satu, dua = (PesertaFactory(angkatan=angkatan).orang for _ in range(2))
    with pytest.raises(ValidationError, match="dua orang yang berbeda"):
        merge(cast.admin_pusat, satu, satu)
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        gabung_orang(by=cast.admin_pusat, tetap=satu, lebur=dua, alasan=" ")


def test_candidates_have_the_name_or_the_nip_and_are_ones_own(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], angkatan: object
) -> None:
    lain = AngkatanFactory(program=angkatan.program)  # type: ignore[attr-defined]
    siti = PesertaFactory(angkatan=angkatan, orang__nama="Siti Aminah").orang
    same = PesertaFactory(angkatan=lain, orang__nama="SITI AMINAH").orang
    by_nip = PesertaFactory(angkatan=lain, orang__nama="S. Aminah", orang__nip=NIP).orang
    PesertaFactory(angkatan=AngkatanFactory(program__wilayah=wilayah["11.02"]), orang__nama="Siti Aminah")
    assert calon(cast.admin_kabupaten, siti) == [same]
    assert calon(cast.admin_kabupaten, siti, NIP) == [by_nip]
    assert calon(cast.admin_kabupaten, siti, "amin") == [by_nip, same]


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_wins(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"])
    tetap = PesertaFactory(angkatan=angkatan).orang
    lebur = PesertaFactory(angkatan=AngkatanFactory(program=angkatan.program)).orang
    gate, told = threading.Barrier(2), []

    def run(pair: tuple[Orang, Orang]) -> None:
        gate.wait()
        try:
            merge(cast.admin_pusat, *pair)
        except ValidationError as error:
            told.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(pair,)) for pair in ((tetap, lebur), (lebur, tetap))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["Salah satunya sudah digabung orang lain. Muat ulang daftar, lalu periksa hasilnya."]
    assert (PenggabunganOrang.objects.count(), Orang.objects.filter(pk__in=[tetap.pk, lebur.pk]).count()) == (1, 1)
