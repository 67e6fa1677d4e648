"""Who gets a place, who waits, and that nobody is lost."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Notifikasi, Orang
from pelatihan.actions.konfirmasi import confirm, decline
from pelatihan.actions.seleksi import approve, offer_sisa, raise_cadangan, reject, reserve, return_usulan, withdraw
from pelatihan.models import BerkasUsulan, Calon, Kuota, Peserta, Usulan
from pelatihan.queries.seleksi import daftar_usulan
from tests.assertions import sent_mail
from tests.factories import CalonFactory, OrangFactory, PesertaFactory
from tests.factories.usulan import nip
from tests.pelatihan.dunia_usulan import DUA, SATU, World, hari, states, undangan_of, usulan_masuk


pytestmark = pytest.mark.django_db


def keys(*calon: Calon) -> list[int]:
    return [satu.pk for satu in calon]


def test_whoever_is_over_the_quota_goes_to_the_reserve_and_is_never_lost(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    hasil = approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*reversed(calon)))
    assert [satu.nama for satu in hasil.disetujui] == [satu.nama for satu in calon[:2]]  # in the order of the Sekda
    assert states(*calon) == ["disetujui", "disetujui", "cadangan", "cadangan"]
    assert Peserta.objects.filter(angkatan=angkatan, wilayah=wilayah[SATU], unsur="bappeda").count() == 2
    total = daftar_usulan(angkatan).jumlah
    assert total.diusulkan == len(calon) == total.disetujui + total.cadangan + total.ditolak + total.mundur


def test_an_approval_needs_the_letter(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    BerkasUsulan.objects.all().delete()
    with pytest.raises(ValidationError, match="Usulan Kabupaten Satu belum bersurat"):
        approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(calon[0]))
    assert not Peserta.objects.exists()


def test_an_approval_needs_complete_data_and_saves_nothing_by_halves(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    Calon.objects.filter(pk=calon[1].pk).update(telepon="", instansi="")
    with pytest.raises(ValidationError, match=rf"{calon[1]}: lengkapi instansi, nomor telepon"):
        approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*calon))
    assert states(*calon) == ["lengkap"] * 4


def test_a_known_person_is_found_by_nip_and_never_overwritten(cast: SimpleNamespace, wilayah: World) -> None:
    known = OrangFactory(nip=nip(0), nama="Nama Lama", jabatan="Sekretaris")
    angkatan, calon = usulan_masuk(wilayah)
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(calon[0], calon[1]))
    known.refresh_from_db()
    assert (known.nama, known.jabatan, known.instansi, known.jenis_kelamin) == (
        "Nama Lama",
        "Sekretaris",
        "Bappeda",
        "P",
    )
    assert Peserta.objects.filter(orang=known).exists()
    assert Orang.objects.get(nip=nip(1)).nama == calon[1].nama


def test_nobody_is_in_a_cohort_twice(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    PesertaFactory(angkatan=angkatan, orang=OrangFactory(nip=nip(0)), wilayah=wilayah[DUA])
    with pytest.raises(ValidationError, match="sudah menjadi peserta angkatan ini"):
        approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*calon))
    assert Peserta.objects.count() == 1


def test_whoever_is_in_the_cohort_without_a_proposal_takes_a_place_too(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    PesertaFactory(angkatan=angkatan, wilayah=wilayah[SATU])
    assert len(approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*calon)).disetujui) == 1


def test_a_refusal_has_a_reason_and_is_final(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    with pytest.raises(ValidationError, match="alasan"):
        reject(**by, calon=keys(calon[0]), alasan=" ")
    assert reject(**by, calon=keys(calon[0]), alasan="Akan pensiun") == 1
    with pytest.raises(ValidationError, match="sekarang ditolak"):
        approve(**by, calon=keys(calon[0]))
    with pytest.raises(ValidationError, match="sedikitnya satu"):
        approve(**by, calon=[])


def test_decisions_belong_to_those_who_run_the_cohort_and_to_the_time_of_selection(
    cast: SimpleNamespace, wilayah: World
) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    for stranger in (cast.sekda, cast.admin_kabupaten, cast.pemantau_pusat):
        with pytest.raises(PermissionDenied):
            approve(by=stranger, angkatan=angkatan, calon=keys(*calon))
    early, others = usulan_masuk(wilayah, 1, "usulan")
    with pytest.raises(ValidationError, match="angkatan ini usulan masuk"):
        approve(by=cast.admin_provinsi, angkatan=early, calon=keys(*others))


def test_people_of_another_cohort_are_nobody_here(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, _calon = usulan_masuk(wilayah)
    _other, others = usulan_masuk(wilayah, 1)
    with pytest.raises(ValidationError, match="sedikitnya satu"):
        approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*others))


def test_the_reserve_has_an_order_and_its_first_comes_in_for_whoever_withdraws(
    cast: SimpleNamespace, wilayah: World
) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    approve(**by, calon=keys(*calon))
    raise_cadangan(**by, calon=calon[3].pk)
    raise_cadangan(**by, calon=calon[3].pk)  # the first one stays the first
    with pytest.raises(ValidationError, match="alasan"):
        withdraw(**by, calon=calon[0].pk, alasan="")
    assert withdraw(**by, calon=calon[0].pk, alasan="Sakit") == calon[3]
    assert states(*calon) == ["mundur", "disetujui", "cadangan", "disetujui"]
    assert Peserta.objects.get(calon=calon[0]).status == "mundur"
    withdraw(**by, calon=calon[1].pk, alasan="Pindah tugas")
    assert withdraw(**by, calon=calon[3].pk, alasan="Sakit") is None


def test_leftover_places_go_to_the_reserve_of_the_same_office_and_kabupaten(
    cast: SimpleNamespace, wilayah: World
) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    assert reserve(**by, calon=keys(*calon)) == 4
    assert offer_sisa(**by) == 2
    assert states(*calon) == ["disetujui", "disetujui", "cadangan", "cadangan"]
    assert offer_sisa(**by) == 0


def test_a_place_that_moves_to_another_kabupaten_takes_its_quota_along(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    reserve(**by, calon=keys(*calon))
    assert offer_sisa(**by, antar=True) == 3
    quotas = Kuota.objects.filter(angkatan=angkatan, unsur="bappeda").order_by("wilayah__kode")
    assert list(quotas.values_list("jumlah", flat=True)) == [3, 0]
    assert states(*calon) == ["disetujui"] * 3 + ["cadangan"]


def test_a_proposal_goes_back_with_a_reason_and_a_day_of_its_own(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah, 1)
    told = {"by": cast.admin_provinsi, "usulan": calon[0].usulan}
    with pytest.raises(ValidationError, match="sudah lewat"):
        return_usulan(**told, alasan="Stempel tidak terbaca", batas=hari(-1))
    with pytest.raises(ValidationError, match="apa yang harus diperbaiki"):
        return_usulan(**told, alasan=" ", batas=hari(3))
    return_usulan(**told, alasan="Stempel tidak terbaca", batas=hari(3))
    usulan = Usulan.objects.select_related("undangan").get()
    assert (usulan.status, usulan.undangan.tenggat, states(*calon)) == ("dikembalikan", hari(3), ["diusulkan"])
    assert "dikembalikan untuk diperbaiki" in sent_mail()[-1].body
    with pytest.raises(ValidationError, match="sekarang diusulkan"):
        approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*calon))
    with pytest.raises(ValidationError, match="Hanya usulan yang terkirim"):
        return_usulan(**told, alasan="Lagi", batas=hari(3))


def test_once_people_are_decided_on_a_proposal_stays(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(calon[0]))
    with pytest.raises(ValidationError, match="Sudah ada calon yang diputuskan"):
        return_usulan(by=cast.admin_provinsi, usulan=calon[0].usulan, alasan="Salah", batas=hari(3))


def test_a_participant_confirms_once_and_for_all(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah, 1)
    Calon.objects.update(surel="siti@uji.test")
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*calon))
    mails = sent_mail()
    assert mails[-1].to == ["siti@uji.test"]
    assert "/ikut/t/" in mails[-1].body
    peserta = Peserta.objects.get()
    confirm(peserta=peserta)
    confirm(peserta=peserta)
    peserta.refresh_from_db()
    assert (peserta.status, states(*calon)) == ("dikonfirmasi", ["konfirmasi"])


def test_whoever_cannot_come_makes_room_for_the_reserve_and_the_organiser_is_told(
    cast: SimpleNamespace, wilayah: World
) -> None:
    angkatan, calon = usulan_masuk(wilayah, 3)
    approve(by=cast.admin_provinsi, angkatan=angkatan, calon=keys(*calon))
    decline(peserta=Peserta.objects.get(calon=calon[0]), alasan="Umrah")
    assert states(*calon) == ["mundur", "disetujui", "disetujui"]
    told = Notifikasi.objects.get(kepada=cast.admin_provinsi)
    assert told.judul == "Seorang peserta Kabupaten Satu tidak dapat hadir; cadangan pertama menggantikannya"
    with pytest.raises(ValidationError, match="Anda tercatat mengundurkan diri"):
        confirm(peserta=Peserta.objects.get(calon=calon[0]))
    decline(peserta=Peserta.objects.get(calon=calon[1]), alasan="Sakit")
    assert "tidak ada cadangan" in Notifikasi.objects.latest("created_at").judul


def test_a_participant_without_a_proposal_withdraws_too(wilayah: World) -> None:
    angkatan, _calon = usulan_masuk(wilayah, 1)
    peserta = PesertaFactory(angkatan=angkatan, wilayah=wilayah[SATU])
    with pytest.raises(ValidationError, match="alasannya"):
        decline(peserta=peserta, alasan=" ")
    decline(peserta=peserta, alasan="Sakit")
    peserta.refresh_from_db()
    assert (peserta.status, peserta.alasan) == ("mundur", "Sakit")


def test_somebody_who_withdrew_may_come_in_again_for_another_kabupaten(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah, 1)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    approve(**by, calon=keys(*calon))
    withdraw(**by, calon=calon[0].pk, alasan="Pindah tugas")
    other = undangan_of(angkatan, wilayah[DUA], terkirim=True)
    again = CalonFactory(usulan=other.usulan, nip=nip(0))
    approve(**by, calon=keys(again))
    peserta = Peserta.objects.get()
    assert (peserta.status, peserta.wilayah, peserta.calon) == ("terdaftar", wilayah[DUA], again)
