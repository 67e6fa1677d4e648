"""A report comes in: once, on the right desk, with its days, and nobody told who must not be."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kecamatan.models import CatatanAudit, Notifikasi, Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from p3pd_portal.lib.kode import is_kode
from pengaduan.actions.terima import terima
from pengaduan.models import KontakPelapor, Lampiran, LangkahPengaduan, Pengaduan
from pengaduan.queries.kode import find_by_kode, is_nomor
from tests.factories import UnitLayananFactory
from tests.pengaduan.dunia import A1, SENIN, A, fresh, lapor, laporan


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]


def told() -> set[str]:
    return set(Notifikasi.objects.filter(jenis="pengaduan").values_list("kepada__orang__nama", flat=True))


def test_a_report_has_a_number_a_code_and_its_promised_days(
    cast: SimpleNamespace, wilayah: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: SENIN)
    tanda = lapor(wilayah[A1])
    satu = fresh(tanda.pengaduan)
    assert satu.nomor.startswith("DK-110101-2611-")
    assert is_nomor(satu.nomor)
    assert is_kode(tanda.kode)
    assert tanda.kode_tampil.replace("-", "") == tanda.kode
    assert (str(satu.tenggat), str(satu.tenggat_selesai)) == ("2026-11-12", "2026-11-27")  # 3 and 14 working days
    assert (satu.status, satu.meja.kode, satu.pelaksana_wilayah.kode) == ("diterima", A, A)
    assert find_by_kode(satu.nomor, tanda.kode) == satu
    assert [row.langkah for row in satu.langkah.all()] == ["lapor"]


def test_the_desk_is_told_and_nobody_else(cast: SimpleNamespace, wilayah: World) -> None:
    lapor(wilayah[A1])
    assert told() == {"camat_a", "sekcam_a", "operator_kecamatan_a"}
    notice = Notifikasi.objects.filter(jenis="pengaduan").first()
    assert notice is not None
    assert "Jembatan" not in notice.judul + notice.isi


def test_what_came_without_proof_is_told_to_nobody(cast: SimpleNamespace, wilayah: World) -> None:
    assert lapor(wilayah[A1], perlu_disaring=True).pengaduan.perlu_disaring
    assert told() == set()


def test_the_same_form_twice_is_one_report(cast: SimpleNamespace, wilayah: World) -> None:
    first, again = lapor(wilayah[A1]), lapor(wilayah[A1])
    assert (first.pengaduan.pk, first.kode) == (again.pengaduan.pk, again.kode)
    assert Pengaduan.objects.count() == LangkahPengaduan.objects.count() == 1
    assert Notifikasi.objects.filter(jenis="pengaduan").count() == 3


def test_another_text_under_the_same_form_is_refused(wilayah: World) -> None:
    lapor(wilayah[A1])
    with pytest.raises(ValidationError, match="sudah terkirim dengan isi lain"):
        lapor(wilayah[A1], isi="Lain sama sekali.")


def test_two_forms_have_different_numbers_and_codes(wilayah: World) -> None:
    one, two = lapor(wilayah[A1]), lapor(wilayah[A1], kunci="dua")
    assert one.pengaduan.nomor != two.pengaduan.nomor
    assert one.kode != two.kode
    assert find_by_kode(one.pengaduan.nomor, two.kode) is None


def test_a_number_that_is_taken_is_not_given_again(wilayah: World) -> None:
    first = lapor(wilayah[A1])
    Pengaduan.objects.update(kirim=b"x" * 32)
    assert lapor(wilayah[A1]).pengaduan.nomor != first.pengaduan.nomor


def test_a_report_about_the_kecamatan_goes_to_the_kabupaten(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1], kategori="pelayanan_kecamatan").pengaduan
    assert (satu.terlapor, satu.meja.kode) == ("kecamatan", "11.01")
    assert told() == {"admin_kabupaten"}
    assert not Pengaduan.objects.visible_to(cast.camat_a).exists()


@pytest.mark.parametrize(
    ("jenis", "terlapor", "meja"),
    [
        ("kantor_desa", "desa", A),
        ("kantor_camat", "kecamatan", "11.01"),
        ("puskesmas", "upt_kesehatan", A),
        ("upt_pendidikan", "upt_pendidikan", A),
        ("sekolah", "", A),
    ],
)
def test_naming_an_office_keeps_the_report_from_it(wilayah: World, jenis: str, terlapor: str, meja: str) -> None:
    unit = UnitLayananFactory(wilayah=wilayah[A1], jenis=jenis)
    satu = lapor(wilayah[A1], unit=unit).pengaduan
    assert (satu.terlapor, satu.meja.kode) == (terlapor, meja)


def test_alleged_corruption_is_the_inspectorates_alone(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1], wbs=True).pengaduan
    assert (satu.rahasia, satu.pengawasan, satu.meja.kode, satu.pelaksana_peran) == (True, True, "11.01", "inspektorat")
    assert told() == {"inspektorat"}
    readers = [name for name, user in vars(cast).items() if Pengaduan.objects.visible_to(user).exists()]
    assert readers == ["inspektorat"]


def test_subjects_that_tell_of_victims_are_confidential(wilayah: World) -> None:
    assert lapor(wilayah[A1], kategori="kekerasan_anak").pengaduan.rahasia


def test_the_contact_is_encrypted_and_stands_in_no_history(wilayah: World) -> None:
    satu = lapor(wilayah[A1], identitas="terbuka", nama="Siti Pelapor", telepon="+6281299998888").pengaduan
    kontak = KontakPelapor.objects.get(pengaduan=satu)
    assert (kontak.nama, kontak.telepon, kontak.surel) == ("Siti Pelapor", "+6281299998888", "")
    stored = KontakPelapor.objects.extra(select={"mentah": "nama || telepon"}).values_list("mentah", flat=True)[0]
    assert "Siti" not in stored
    audit = " ".join(str(row.perubahan) for row in CatatanAudit.objects.filter(model__startswith="pengaduan."))
    assert "Siti" not in audit
    assert "Jembatan" not in audit
    assert "menyeberang" not in audit


def test_without_identity_no_contact_is_kept(wilayah: World) -> None:
    lapor(wilayah[A1], nama="Siti Pelapor")
    assert not KontakPelapor.objects.exists()


def test_pictures_are_stored_with_the_report(wilayah: World) -> None:
    files = [Dokumen(b"satu", "image/jpeg", "jpg"), Dokumen(b"dua!!", "application/pdf", "pdf")]
    satu = lapor(wilayah[A1], lampiran=files).pengaduan
    rows = Lampiran.objects.filter(pengaduan=satu).values_list("urutan", "akhiran", "ukuran", "status")
    assert list(rows) == [(1, "jpg", 4, "bersih"), (2, "pdf", 5, "bersih")]


def test_an_officer_writes_down_what_was_told(cast: SimpleNamespace, wilayah: World) -> None:
    told = laporan(wilayah[A1], kanal="tatap_muka")
    satu = terima(laporan=told, kunci="meja", by=cast.operator_kecamatan_a).pengaduan
    (row,) = satu.langkah.all()
    assert (satu.kanal, satu.dicatat_oleh, row.oleh, row.pihak) == (
        "tatap_muka", cast.operator_kecamatan_a, cast.operator_kecamatan_a, "meja",
    )  # fmt: skip
    assert row.sebagai == "Operator Kecamatan Alfa"


def test_an_officer_of_another_region_writes_nothing_down(cast: SimpleNamespace, wilayah: World) -> None:
    with pytest.raises(PermissionDenied):
        terima(laporan=laporan(wilayah[A1]), kunci="meja", by=cast.operator_kecamatan_b)


def test_a_report_may_be_about_the_whole_kecamatan(wilayah: World) -> None:
    assert lapor(wilayah[A]).pengaduan.meja.kode == A


def test_who_works_in_a_region_that_nobody_follows_reads_nothing(cast: SimpleNamespace, wilayah: World) -> None:
    """Two closed kecamatan without a successor: the one's camat is not the other's."""
    lapor(wilayah[A1])
    Wilayah.objects.filter(kode__in=[A, A1, "11.01.02"]).update(berlaku_sampai="2026-01-01")
    assert not Pengaduan.objects.visible_to(cast.camat_b).exists()
    assert not Pengaduan.objects.visible_to(cast.camat_a).exists()
