"""A sheet on its way to the public: four eyes, returns with a reason, and what approval publishes."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Notifikasi, Pengguna, Wilayah
from layanan_dasar.actions import langkah_isian as actions
from layanan_dasar.actions.isian import koreksi_isian
from layanan_dasar.models import Capaian, DesaBerubah, Isian, LangkahIsian, NilaiIndikator, Sel
from layanan_dasar.models.lembar import KOSONG
from tests.factories import AturanIsianFactory, NilaiFactory, PenugasanFactory
from tests.layanan_dasar.isian import Meja, ada, hari_ini


pytestmark = pytest.mark.django_db


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch)
    return Meja(cast, wilayah)


def told(pengguna: Pengguna) -> list[str]:
    return list(Notifikasi.objects.filter(kepada=pengguna).order_by("created_at").values_list("judul", flat=True))


def test_from_draft_to_the_public(meja: Meja) -> None:
    isian = meja.isi_penuh()
    assert actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian).status == "diajukan"
    assert told(meja.cast.verifikator_a) == ["Lembar menunggu verifikasi: Dataset PDK-Y tahun 2025"]
    assert actions.verifikasi_isian(by=meja.cast.verifikator_a, isian=isian).status == "diverifikasi"
    assert told(meja.cast.camat_a)[-1] == "Lembar menunggu pengesahan: Dataset PDK-Y tahun 2025"
    assert not NilaiIndikator.objects.exists()
    assert actions.sahkan_isian(by=meja.cast.camat_a, isian=isian).status == "disahkan"
    assert told(meja.cast.upt_pendidikan_a)[-1] == "Lembar disahkan dan terbit: Dataset PDK-Y tahun 2025"
    nilai = NilaiIndikator.objects.get(desa=meja.desa[0], indikator="PDK-01")
    assert (nilai.pembilang, nilai.penyebut, nilai.revisi, nilai.isian, nilai.baris) == (82, 100, 1, isian, None)
    region = Capaian.objects.get(wilayah=meja.kecamatan, indikator="PDK-01")
    assert (region.pembilang, region.penyebut, region.n_data, region.n_desa) == (249, 300, 3, 3)
    assert DesaBerubah.objects.filter(desa=meja.desa[0], tahun=2025).exists()  # spending against need: tonight


def test_every_step_is_written_down_with_the_office(meja: Meja) -> None:
    isian = meja.sahkan(meja.isi_penuh())
    steps = list(LangkahIsian.objects.filter(isian=isian).values_list("langkah", "oleh__orang__nama", "sebagai"))
    assert steps == [
        ("ajukan", "upt_pendidikan_a", "UPT/Korwil Pendidikan Kecamatan Alfa"),
        ("verifikasi", "verifikator_a", "Verifikator Kecamatan Alfa"),
        ("sahkan", "camat_a", "Camat Kecamatan Alfa"),
    ]


# Submitting


def test_empty_cells_are_either_filled_or_meant(meja: Meja) -> None:
    isian = meja.save({meja.kunci(0): ada(82)}).isian
    assert isian
    with pytest.raises(ValidationError, match="5 sel kosong"):
        actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian, kosong_disengaja=True)
    assert Isian.objects.get().kosong_disengaja


def test_an_empty_sheet_is_not_submitted(meja: Meja) -> None:
    isian = meja.save({meja.kunci(0): ada(82)}).isian
    meja.save({meja.kunci(0): KOSONG}, dasar={meja.kunci(0): ada(82)})
    assert isian
    with pytest.raises(ValidationError, match="belum berisi satu angka pun"):
        actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian, kosong_disengaja=True)


def test_errors_stop_and_warnings_ask_for_a_note(meja: Meja) -> None:
    AturanIsianFactory(kode="sedikit", ekspresi="pembilang >= 10", tingkat="peringatan", pesan="Sedikit.")
    isian = meja.isi_penuh()
    meja.save(
        {meja.kunci(0): ada(3), meja.kunci(1): ada(3, None)}, dasar={meja.kunci(0): ada(82), meja.kunci(1): ada(83)}
    )
    with pytest.raises(ValidationError) as refused:
        actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    assert [text[:18] for text in refused.value.messages] == ["Masih ada 1 galat.", "Masih ada 2 pering"]
    assert Isian.objects.get().status == "draf"


@pytest.mark.parametrize(
    "siapa", ["operator_desa_a1", "verifikator_a", "camat_a", "upt_kesehatan_a", "operator_kecamatan_b"]
)
def test_only_suppliers_of_the_whole_kecamatan_submit(siapa: str, meja: Meja) -> None:
    isian = meja.isi_penuh()
    with pytest.raises(PermissionDenied):
        actions.ajukan_isian(by=getattr(meja.cast, siapa), isian=isian)


# Four eyes


def as_verifier(pengguna: Pengguna, wilayah: Wilayah, peran: str = "verifikator") -> Pengguna:
    """The same person with a second office."""
    PenugasanFactory(pengguna=pengguna, peran=peran, wilayah=wilayah)
    return Pengguna.objects.get(pk=pengguna.pk)


def test_who_filled_or_submitted_does_not_verify(meja: Meja) -> None:
    isian = meja.isi_penuh()
    actions.ajukan_isian(by=meja.cast.operator_kecamatan_a, isian=isian)
    for person in (meja.cast.upt_pendidikan_a, meja.cast.operator_kecamatan_a):
        with pytest.raises(ValidationError, match="tidak memverifikasi"):
            actions.verifikasi_isian(by=as_verifier(person, meja.kecamatan), isian=isian)
    assert Isian.objects.get().status == "diajukan"


def test_who_verified_does_not_approve(meja: Meja) -> None:
    isian = meja.isi_penuh()
    actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    actions.verifikasi_isian(by=meja.cast.camat_a, isian=isian)
    with pytest.raises(ValidationError, match="tidak mengesahkan"):
        actions.sahkan_isian(by=meja.cast.camat_a, isian=isian)
    assert not NilaiIndikator.objects.exists()


@pytest.mark.parametrize(
    ("step", "siapa"),
    [
        (actions.verifikasi_isian, ["operator_kecamatan_a", "camat_b", "admin_kabupaten", "fasilitator_a"]),
        (actions.sahkan_isian, ["verifikator_a", "sekcam_a", "camat_b", "admin_pusat"]),
    ],
)
def test_offices_are_not_interchangeable(step: Callable[..., Isian], siapa: list[str], meja: Meja) -> None:
    isian = meja.isi_penuh()
    for name in siapa:
        with pytest.raises(PermissionDenied):
            step(by=getattr(meja.cast, name), isian=isian)


def test_steps_follow_their_table(meja: Meja) -> None:
    isian = meja.isi_penuh()
    with pytest.raises(ValidationError, match="lembar sekarang draf"):
        actions.verifikasi_isian(by=meja.cast.verifikator_a, isian=isian)
    with pytest.raises(ValidationError, match="lembar sekarang draf"):
        actions.sahkan_isian(by=meja.cast.camat_a, isian=isian)
    with pytest.raises(ValidationError, match="lembar sekarang draf"):
        actions.kembalikan_isian(by=meja.cast.verifikator_a, isian=isian, alasan="x")


# Back


@pytest.mark.parametrize("verified", [False, True])
def test_a_return_says_why_and_opens_the_draft(verified: bool, meja: Meja) -> None:
    isian = meja.isi_penuh()
    actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    if verified:
        actions.verifikasi_isian(by=meja.cast.verifikator_a, isian=isian)
    actions.kembalikan_isian(by=meja.cast.camat_a, isian=isian, alasan="Angka A1 keliru")
    assert Isian.objects.get().is_draf
    notice = Notifikasi.objects.get(kepada=meja.cast.upt_pendidikan_a, judul__startswith="Lembar dikembalikan")
    assert "Angka A1 keliru" in notice.isi
    assert meja.save({meja.kunci(0): ada(81)}, dasar={meja.kunci(0): ada(82)}).tersimpan


def test_only_verifiers_return(meja: Meja) -> None:
    isian = meja.isi_penuh()
    actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    with pytest.raises(PermissionDenied):
        actions.kembalikan_isian(by=meja.cast.operator_kecamatan_a, isian=isian, alasan="x")


# What is published


def test_a_correction_publishes_what_changed_and_keeps_the_old_version(meja: Meja) -> None:
    lama = meja.sahkan(meja.isi_penuh())
    baru = koreksi_isian(by=meja.cast.upt_pendidikan_a, isian=lama, alasan="Salah ketik")
    meja.save({meja.kunci(0): ada(90), meja.kunci(1): KOSONG}, dasar={meja.kunci(0): ada(82), meja.kunci(1): ada(83)})
    assert Capaian.objects.get(wilayah=meja.desa[0], indikator="PDK-01").nilai == 82
    actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=baru, kosong_disengaja=True)
    actions.verifikasi_isian(by=meja.cast.verifikator_a, isian=baru)
    actions.sahkan_isian(by=meja.cast.camat_a, isian=baru)
    rows = NilaiIndikator.objects.filter(indikator="PDK-01").order_by("desa__kode", "revisi")
    assert [(row.desa.kode[-4:], row.revisi, row.pembilang, row.status, row.isian_id) for row in rows] == [
        ("1003", 1, 84, "ada", lama.pk),
        ("2001", 1, 82, "ada", lama.pk),
        ("2001", 2, 90, "ada", baru.pk),
        ("2002", 1, 83, "ada", lama.pk),
        ("2002", 2, None, "tidak_dilaporkan", baru.pk),
    ]
    region = Capaian.objects.get(wilayah=meja.kecamatan, indikator="PDK-01")
    assert (region.pembilang, region.penyebut, region.n_data, region.n_desa) == (174, 200, 2, 3)


def test_words_and_parts_are_published(meja: Meja) -> None:
    isian = meja.save(
        {meja.kunci(0): ada(82, 100, laki_laki=40, perempuan=42), meja.kunci(1): Sel(status="tidak_berlaku")}
    ).isian
    assert isian
    actions.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian, kosong_disengaja=True)
    actions.verifikasi_isian(by=meja.cast.verifikator_a, isian=isian)
    actions.sahkan_isian(by=meja.cast.camat_a, isian=isian)
    first, second = NilaiIndikator.objects.order_by("desa__kode")
    assert (first.laki_laki, first.perempuan, first.disabilitas) == (40, 42, None)
    assert (second.status, second.pembilang) == ("tidak_berlaku", None)


def test_the_total_of_the_source_is_not_published(meja: Meja) -> None:
    isian = meja.isi_penuh()
    meja.save({(meja.kecamatan.pk, "PDK-01"): ada(249, 300)})
    meja.sahkan(isian)
    assert not NilaiIndikator.objects.filter(desa=meja.kecamatan).exists()


def test_a_figure_that_is_published_unchanged_gets_no_revision(meja: Meja) -> None:
    NilaiFactory(desa=meja.desa[0], indikator=meja.indikator[0], pembilang=82)
    meja.sahkan(meja.isi_penuh())
    assert list(NilaiIndikator.objects.filter(desa=meja.desa[0], indikator="PDK-01").values_list("revisi")) == [(1,)]
