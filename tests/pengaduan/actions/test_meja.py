"""The desk works on a report: only what the table allows, only by whom it concerns, and everything written down."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Notifikasi, Pengguna, Wilayah
from pengaduan.actions.meja import add_catatan, classify, redact, set_tayang, take_langkah
from pengaduan.models import KategoriPengaduan, Langkah, LangkahPengaduan, Pengaduan
from tests.pengaduan.dunia import A1, A, fresh, hari_ini, lapor, maju


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
L = Langkah


@pytest.fixture
def satu(cast: SimpleNamespace, wilayah: World) -> Pengaduan:
    return lapor(wilayah[A1]).pengaduan


def take(by: Pengguna, satu: Pengaduan, langkah: Langkah, catatan: str = "Penjelasan.", **more: Any) -> Pengaduan:
    take_langkah(by=by, pengaduan=satu, langkah=langkah, catatan=catatan, **more)
    return fresh(satu)


def readers(cast: SimpleNamespace) -> set[str]:
    return {name for name, user in vars(cast).items() if Pengaduan.objects.visible_to(user).exists()}


DESK = {"camat_a", "sekcam_a", "operator_kecamatan_a", "admin_kabupaten", "admin_provinsi", "admin_pusat"}


def test_a_report_is_read_by_its_desk_and_those_above(cast: SimpleNamespace, satu: Pengaduan) -> None:
    assert readers(cast) == DESK


def test_a_confidential_one_by_its_own_desk_alone(cast: SimpleNamespace, wilayah: World) -> None:
    lapor(wilayah[A1], rahasia=True)
    assert readers(cast) == {"camat_a", "sekcam_a", "operator_kecamatan_a"}


def test_from_verification_to_the_answer(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    satu = take(cast.operator_kecamatan_a, satu, L.VERIFIKASI, "")
    assert satu.dijawab_pada is None
    satu = take(cast.camat_a, satu, L.DISPOSISI, "", wilayah=wilayah[A], peran="upt_kesehatan")
    assert "upt_kesehatan_a" in readers(cast)
    notices = Notifikasi.objects.filter(judul="Laporan warga diteruskan kepada Anda")
    assert [notice.kepada for notice in notices] == [cast.upt_kesehatan_a]
    satu = take(cast.upt_kesehatan_a, satu, L.PROSES, "")
    assert satu.dijawab_pada == satu.sejak
    satu = take(cast.upt_kesehatan_a, satu, L.TANGGAPI)
    assert satu.status == "ditanggapi"
    rows = satu.langkah.values_list("langkah", "status", "sebagai")
    assert list(rows) == [
        ("lapor", "diterima", ""),
        ("verifikasi", "diverifikasi", "Operator Kecamatan Alfa"),
        ("disposisi", "didisposisi", "Camat Kecamatan Alfa"),
        ("proses", "diproses", "UPT Kesehatan/Puskesmas Kecamatan Alfa"),
        ("tanggapi", "ditanggapi", "UPT Kesehatan/Puskesmas Kecamatan Alfa"),
    ]


def test_a_desa_answers_what_was_handed_to_it(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI)
    take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A1], peran="")
    assert readers(cast) - DESK == {"kades_a1", "operator_desa_a1"}
    assert take(cast.kades_a1, satu, L.PROSES).status == "diproses"


def test_the_desa_never_reads_what_is_said_about_it(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1], terlapor="desa").pengaduan
    maju(satu, cast, L.VERIFIKASI)
    with pytest.raises(ValidationError, match="tentang kantor itu sendiri"):
        take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A1], peran="")
    Pengaduan.objects.update(pelaksana_wilayah=wilayah[A1])
    assert readers(cast) == DESK


def test_a_reported_puskesmas_is_passed_over(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1], terlapor="upt_kesehatan").pengaduan
    maju(satu, cast, L.VERIFIKASI)
    with pytest.raises(ValidationError):
        take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran="upt_kesehatan")
    assert (
        take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah["11.01"], peran="opd_kabupaten").status == "didisposisi"
    )


@pytest.mark.parametrize("peran", ["raja", "kades"])
def test_a_role_that_does_not_exist_there_is_no_destination(
    cast: SimpleNamespace, wilayah: World, satu: Pengaduan, peran: str
) -> None:
    maju(satu, cast, L.VERIFIKASI)
    with pytest.raises(ValidationError, match="Tujuan disposisi tidak dikenal"):
        take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran=peran)


def test_no_authority_here_sends_it_back_with_the_clock_running(
    cast: SimpleNamespace, wilayah: World, satu: Pengaduan
) -> None:
    maju(satu, cast, L.VERIFIKASI)
    due = take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran="upt_kesehatan").tenggat_selesai
    satu = take(cast.upt_kesehatan_a, satu, L.KEMBALIKAN)
    assert (satu.status, satu.pelaksana_wilayah.kode, satu.pelaksana_peran) == ("diverifikasi", A, "")
    assert satu.tenggat_selesai == due
    assert "upt_kesehatan_a" not in readers(cast)


def test_those_without_the_right_take_no_step(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    for by in (cast.camat_b, cast.upt_kesehatan_a, cast.opd_kabupaten, cast.pemantau_pusat):
        with pytest.raises(PermissionDenied):
            take(by, satu, L.VERIFIKASI)
    maju(satu, cast, L.VERIFIKASI)
    take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran="upt_kesehatan")
    with pytest.raises(PermissionDenied):  # it follows it up, but the desk alone hands it on
        take(cast.upt_kesehatan_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran="upt_pendidikan")
    take(cast.upt_kesehatan_a, satu, L.PROSES)
    with pytest.raises(PermissionDenied):  # who puts it off is not who would have to work
        take(cast.upt_kesehatan_a, satu, L.TUNDA)


def test_officers_take_no_step_of_the_reporter(cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI, L.PROSES, L.TANGGAPI)
    with pytest.raises(PermissionDenied):
        take(cast.camat_a, satu, L.PUAS)


def test_a_step_outside_the_table_is_refused_with_where_it_stands(cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI)
    with pytest.raises(ValidationError, match="laporan sekarang diverifikasi"):
        take(cast.camat_a, satu, L.VERIFIKASI)


@pytest.mark.parametrize("langkah", [L.TOLAK, L.MINTA_DATA])
def test_a_refusal_needs_words_for_the_reporter(cast: SimpleNamespace, satu: Pengaduan, langkah: Langkah) -> None:
    with pytest.raises(ValidationError, match="pelapor membaca alasan"):
        take(cast.camat_a, satu, langkah, "  ")
    assert fresh(satu).status == "diterima"


def test_a_referral_names_the_office_and_its_number(cast: SimpleNamespace, satu: Pengaduan) -> None:
    told = {"instansi_lain": "SP4N-LAPOR!", "nomor_rujukan": "1234567", "kategori_sp4n": "INFRASTRUKTUR"}
    satu = take(cast.camat_a, satu, L.ALIHKAN, **told)
    assert (satu.status, satu.tenggat, satu.tenggat_naik) == ("dialihkan", None, None)
    assert satu.ditutup_pada == satu.dijawab_pada == satu.sejak
    assert (satu.instansi_lain, satu.nomor_rujukan, satu.kategori_sp4n) == tuple(told.values())


def test_duplicates_are_merged_and_counted(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    other = lapor(wilayah[A1], kunci="dua").pengaduan
    maju(satu, cast, L.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan putus")
    satu = take(cast.camat_a, satu, L.GABUNG, induk=other)
    assert (satu.status, satu.induk, satu.tayang) == ("digabung", other, False)
    assert fresh(other).dukungan == 1


def test_nothing_is_merged_into_itself_or_into_what_others_may_read(
    cast: SimpleNamespace, wilayah: World, satu: Pengaduan
) -> None:
    secret = lapor(wilayah[A1], kunci="rahasia", rahasia=True).pengaduan
    closed = lapor(wilayah[A1], kunci="tutup").pengaduan
    take(cast.camat_a, closed, L.TOLAK)
    for one, induk in ((satu, satu), (satu, closed), (secret, satu)):
        with pytest.raises(ValidationError):
            take(cast.camat_a, one, L.GABUNG, induk=induk)
    assert take(cast.camat_a, satu, L.GABUNG, induk=secret).induk == secret


def test_the_clock_stands_still_while_it_is_put_off(
    cast: SimpleNamespace, satu: Pengaduan, monkeypatch: pytest.MonkeyPatch
) -> None:
    satu = maju(satu, cast, L.VERIFIKASI, L.PROSES)
    due, start = satu.tenggat_selesai, satu.jam_mulai.date()
    assert due is not None
    hari_ini(monkeypatch, start + datetime.timedelta(days=1))
    satu = take(cast.camat_a, satu, L.TUNDA)
    assert (satu.tenggat, satu.tenggat_selesai, satu.tenggat_naik) == (None, None, None)
    hari_ini(monkeypatch, start + datetime.timedelta(days=15))  # two weeks later
    satu = take(cast.camat_a, satu, L.LANJUTKAN, "")
    assert satu.tenggat_selesai == due + datetime.timedelta(days=14)
    (jeda,) = satu.jeda.all()
    assert (jeda.oleh, (jeda.sampai - jeda.dari).days) == (cast.camat_a, 14)


# What is no step


def sort(by: Pengguna, satu: Pengaduan, **more: Any) -> Pengaduan:
    said: dict[str, Any] = {"jenis": "pengaduan", "terlapor": "", "pengawasan": False, "wbs": False}
    kategori = KategoriPengaduan.objects.get(pk=more.pop("kategori", "infrastruktur"))
    return fresh(classify(by=by, pengaduan=satu, kategori=kategori, **(said | more)))


def test_a_new_class_moves_it_to_where_it_belongs(cast: SimpleNamespace, satu: Pengaduan) -> None:
    satu = sort(cast.camat_a, satu, terlapor="kecamatan")
    assert satu.meja.kode == "11.01"
    assert readers(cast) == {"admin_kabupaten", "admin_provinsi", "admin_pusat"}
    satu = sort(cast.admin_kabupaten, satu, wbs=True)
    assert (satu.pengawasan, satu.rahasia, readers(cast)) == (True, True, {"inspektorat"})
    assert sort(cast.inspektorat, satu, wbs=False, pengawasan=True).meja.kode == A
    assert fresh(satu).rahasia  # never public again by itself


def test_supervision_has_sixty_days_a_question_five(cast: SimpleNamespace, satu: Pengaduan) -> None:
    days = {
        name: sort(cast.camat_a, satu, **more).tenggat_selesai
        for name, more in (("biasa", {}), ("tanya", {"jenis": "informasi"}), ("awasi", {"pengawasan": True}))
    }
    assert days["tanya"] < days["biasa"] < days["awasi"]


def test_what_is_public_is_taken_down_when_it_becomes_confidential(cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan putus")
    assert not sort(cast.camat_a, satu, kategori="kekerasan_anak").tayang


def test_only_the_desk_sorts_and_only_what_runs(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI)
    take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran="upt_kesehatan")
    with pytest.raises(PermissionDenied):
        sort(cast.upt_kesehatan_a, satu)
    take(cast.camat_a, satu, L.ALIHKAN, instansi_lain="PLN")
    with pytest.raises(ValidationError, match="sudah ditutup"):
        sort(cast.camat_a, satu)


def test_a_note_for_the_reporter_answers_an_internal_one_does_not(cast: SimpleNamespace, satu: Pengaduan) -> None:
    add_catatan(by=cast.camat_a, pengaduan=satu, catatan="Rapat besok.", sifat="internal")
    assert fresh(satu).dijawab_pada is None
    add_catatan(by=cast.camat_a, pengaduan=satu, catatan="Sedang kami periksa.", sifat="pelapor")
    first = fresh(satu).dijawab_pada
    assert first is not None
    add_catatan(by=cast.camat_a, pengaduan=satu, catatan="Masih.", sifat="publik")
    assert fresh(satu).dijawab_pada == first
    with pytest.raises(PermissionDenied):
        add_catatan(by=cast.camat_b, pengaduan=satu, catatan="Saya?", sifat="internal")


def test_a_report_is_shown_in_the_moderators_words(cast: SimpleNamespace, satu: Pengaduan) -> None:
    with pytest.raises(ValidationError, match="Verifikasi laporan ini dahulu"):
        set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan putus")
    maju(satu, cast, L.VERIFIKASI)
    with pytest.raises(ValidationError, match="Isi judul untuk umum"):
        set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul=" ")
    shown = set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan putus", isi="Sejak Senin.")
    assert (shown.judul_publik, shown.isi_publik, shown.judul) == ("Jembatan putus", "Sejak Senin.", satu.judul)
    assert not set_tayang(by=cast.camat_a, pengaduan=satu, tayang=False).tayang
    assert fresh(satu).judul_publik == "Jembatan putus"


def test_a_confidential_report_is_never_shown(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1], rahasia=True).pengaduan
    maju(satu, cast, L.VERIFIKASI)
    with pytest.raises(ValidationError, match="tidak ditayangkan"):
        set_tayang(by=cast.camat_a, pengaduan=satu, tayang=True, judul="Jembatan")


def test_only_the_desk_shows_and_takes_words_out(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI)
    take(cast.camat_a, satu, L.DISPOSISI, wilayah=wilayah[A], peran="upt_kesehatan")
    with pytest.raises(PermissionDenied):
        set_tayang(by=cast.upt_kesehatan_a, pengaduan=satu, tayang=True, judul="Jembatan putus")
    with pytest.raises(PermissionDenied):
        redact(by=cast.upt_kesehatan_a, langkah=satu.langkah.get(langkah="verifikasi"))


def test_words_taken_out_leave_their_place(cast: SimpleNamespace, satu: Pengaduan) -> None:
    row = add_catatan(by=cast.camat_a, pengaduan=satu, catatan="Pak Budi, RT 3.", sifat="publik")
    redact(by=cast.camat_a, langkah=row)
    row.refresh_from_db()
    assert (row.catatan, row.diredaksi) == ("", True)
    assert LangkahPengaduan.objects.filter(langkah="redaksi", oleh=cast.camat_a).exists()
