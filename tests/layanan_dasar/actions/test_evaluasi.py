"""An evaluation step by step, as the people of a kecamatan and a desa go through it."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import Notifikasi, Wilayah
from layanan_dasar.actions import evaluasi as actions
from layanan_dasar.actions.tenggat_evaluasi import remind_tenggat, settle_overdue
from layanan_dasar.models import APBDes, ButirEvaluasi, CatatanEvaluasi, EvaluasiAPBDes, KualitasBelanja
from layanan_dasar.tasks import tetapkan_berlaku_otomatis
from tests.factories import APBDesFactory, BarisAPBDesFactory, EvaluasiFactory, PenugasanFactory, RancanganFactory
from tests.factories.evaluasi import INGATKAN, LENGKAP, PUTUSAN, TENGGAT, TENGGAT_PERBAIKAN, TERIMA
from tests.layanan_dasar.berkas import A1, A2


pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
BESOK = datetime.date.today() + 2 * DAY


@pytest.fixture
def desa(wilayah: dict[str, Wilayah], acuan: None) -> Wilayah:
    return wilayah[A1]


@pytest.fixture
def rancangan(desa: Wilayah) -> APBDes:
    return RancanganFactory(desa=desa)


def told(pengguna: object) -> list[tuple[str, str]]:
    """Titles and addresses of somebody's notices."""
    return list(Notifikasi.objects.filter(kepada=pengguna).order_by("created_at").values_list("judul", "url"))


# Taken in


def test_an_operator_takes_a_draft_in(rancangan: APBDes, cast: SimpleNamespace) -> None:
    by = cast.operator_kecamatan_a
    evaluasi = actions.open_evaluasi(by=by, apbdes=rancangan, tgl_terima=TERIMA, nomor_surat="141/3")
    evaluasi.refresh_from_db()
    assert (evaluasi.status, evaluasi.putaran, evaluasi.nomor_surat) == ("diterima", 1, "141/3")
    assert (evaluasi.created_by, evaluasi.tgl_terima, evaluasi.tenggat) == (by, TERIMA, None)


@pytest.mark.parametrize("siapa", ["camat_a", "operator_kecamatan_b", "operator_desa_a1"])
def test_only_operators_of_the_kecamatan_take_drafts_in(siapa: str, rancangan: APBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_evaluasi(by=getattr(cast, siapa), apbdes=rancangan, tgl_terima=TERIMA)


def test_an_enacted_budget_is_not_evaluated(desa: Wilayah, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="sudah ditetapkan"):
        actions.open_evaluasi(by=cast.operator_kecamatan_a, apbdes=APBDesFactory(desa=desa), tgl_terima=TERIMA)


def test_a_day_to_come_is_refused(rancangan: APBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="belum tiba"):
        actions.open_evaluasi(by=cast.operator_kecamatan_a, apbdes=rancangan, tgl_terima=BESOK)


def test_a_draft_is_not_taken_in_twice(rancangan: APBDes, cast: SimpleNamespace) -> None:
    EvaluasiFactory(apbdes=rancangan)
    with pytest.raises(ValidationError, match="sedang dievaluasi"):
        actions.open_evaluasi(by=cast.operator_kecamatan_a, apbdes=rancangan, tgl_terima=TERIMA)


def test_a_corrected_draft_begins_a_new_round(rancangan: APBDes, cast: SimpleNamespace) -> None:
    """The earlier round keeps its result; documents that stay valid come along, with their scans."""
    lama = EvaluasiFactory(apbdes=rancangan, perbaikan=True, dokumen=True)
    baru = actions.open_evaluasi(by=cast.operator_kecamatan_a, apbdes=rancangan, tgl_terima=PUTUSAN)
    lama.refresh_from_db()
    assert (lama.status, lama.hasil) == ("diperbaiki", "tidak_sesuai")
    assert (baru.status, baru.putaran, baru.hasil) == ("diterima", 2, "")
    assert set(baru.dokumen.values_list("jenis", flat=True)) == {"rkpdes", "kewenangan"}
    assert bytes(baru.dokumen.get(jenis="rkpdes").berkas.isi).startswith(b"%PDF-")


def test_a_correction_cannot_arrive_before_the_result(rancangan: APBDes, cast: SimpleNamespace) -> None:
    EvaluasiFactory(apbdes=rancangan, perbaikan=True)
    with pytest.raises(ValidationError, match="sebelum hasil"):
        actions.open_evaluasi(by=cast.operator_kecamatan_a, apbdes=rancangan, tgl_terima=TERIMA)


def test_after_a_cancelled_round_the_draft_may_come_again(rancangan: APBDes, cast: SimpleNamespace) -> None:
    EvaluasiFactory(apbdes=rancangan, status="dibatalkan", alasan_batal="ditarik")
    baru = actions.open_evaluasi(by=cast.operator_kecamatan_a, apbdes=rancangan, tgl_terima=TERIMA)
    assert baru.putaran == 2


# Complete


def test_complete_documents_start_the_clock_and_tell_the_evaluators(
    rancangan: APBDes, wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    sekcam = PenugasanFactory(peran="sekcam", wilayah=wilayah["11.01.01"]).pengguna
    evaluasi = EvaluasiFactory(apbdes=rancangan, dokumen=True)
    evaluasi = actions.mark_lengkap(by=cast.operator_kecamatan_a, evaluasi=evaluasi, tanggal=LENGKAP)
    assert (evaluasi.status, evaluasi.tenggat, evaluasi.tgl_ingatkan) == ("lengkap", TENGGAT, INGATKAN)
    url = f"/wilayah/11.01.01/evaluasi/{evaluasi.pk}/"
    for orang in (cast.camat_a, sekcam, cast.operator_kecamatan_a):
        assert told(orang) == [("Raperdes APBDes menunggu evaluasi: Desa A1 2026", url)]
    assert told(cast.camat_b) == told(cast.operator_desa_a1) == []


def test_a_missing_document_is_named(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, dokumen=True)
    evaluasi.dokumen.filter(jenis__in=["raperdes", "berita-acara"]).delete()
    with pytest.raises(ValidationError, match="Raperdes APBDes; berita acara musyawarah BPD"):
        actions.mark_lengkap(by=cast.operator_kecamatan_a, evaluasi=evaluasi, tanggal=LENGKAP)


def test_documents_are_not_complete_before_they_came(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, dokumen=True)
    with pytest.raises(ValidationError, match="mendahului 2025-11-03"):
        actions.mark_lengkap(by=cast.operator_kecamatan_a, evaluasi=evaluasi, tanggal=TERIMA - DAY)
    with pytest.raises(PermissionDenied):
        actions.mark_lengkap(by=cast.operator_desa_a1, evaluasi=evaluasi, tanggal=LENGKAP)


# Judged


def judge(by: object, evaluasi: EvaluasiAPBDes, hasil: str = "sesuai", hari: datetime.date = PUTUSAN) -> EvaluasiAPBDes:
    number = {"nomor_keputusan": "188/7/2025", "tgl_keputusan": hari}
    return actions.nilai_evaluasi(by=by, evaluasi=evaluasi, hasil=hasil, **number)


def test_a_result_keeps_the_checklist_as_it_stood(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = judge(cast.camat_a, EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True))
    evaluasi.refresh_from_db()
    assert (evaluasi.status, evaluasi.hasil, evaluasi.penilai) == ("dinilai", "sesuai", cast.camat_a)
    assert next(butir["kode"] for butir in evaluasi.pemeriksaan) == "keseimbangan"
    assert evaluasi.tenggat_perbaikan is None
    url = f"/wilayah/{A1}/evaluasi/{evaluasi.pk}/"
    assert told(cast.operator_desa_a1) == [("Hasil evaluasi Raperdes APBDes: Desa A1 2026", url)]


def test_what_is_not_in_line_goes_back_with_a_deadline(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True)
    CatatanEvaluasi.objects.create(evaluasi=evaluasi, isi="Seimbangkan.")
    evaluasi = judge(cast.camat_a, evaluasi, "tidak_sesuai")
    assert (evaluasi.status, evaluasi.tenggat_perbaikan) == ("perbaikan", TENGGAT_PERBAIKAN)
    assert "2025-12-18" in Notifikasi.objects.get(kepada=cast.operator_desa_a1).isi


@pytest.mark.parametrize("hasil", ["tidak_sesuai", "sesuai_dengan_catatan"])
def test_a_result_with_reservations_needs_a_note(hasil: str, rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True)
    with pytest.raises(ValidationError, match="satu catatan"):
        judge(cast.camat_a, evaluasi, hasil)


def test_every_question_is_answered_first(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True)
    ButirEvaluasi.objects.filter(kode="silpa").delete()
    with pytest.raises(ValidationError, match="SiLPA tahun lalu"):
        judge(cast.camat_a, evaluasi)


@pytest.mark.parametrize(
    ("hari", "pesan"), [(LENGKAP - DAY, "mendahului"), (TENGGAT + DAY, "sudah lewat"), (BESOK, "belum tiba")]
)
def test_a_result_falls_inside_the_clock(
    hari: datetime.date, pesan: str, rancangan: APBDes, cast: SimpleNamespace
) -> None:
    with pytest.raises(ValidationError, match=pesan):
        judge(cast.camat_a, EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True), hari=hari)


@pytest.mark.parametrize("siapa", ["operator_kecamatan_a", "camat_b", "admin_kabupaten"])
def test_only_the_camat_and_the_secretary_judge(siapa: str, rancangan: APBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        judge(getattr(cast, siapa), EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True))


def test_a_draft_without_complete_documents_is_not_judged(rancangan: APBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="dokumen belum lengkap"):
        judge(cast.camat_a, EvaluasiFactory(apbdes=rancangan, butir=True))


# Enacted


def enact(by: object, evaluasi: EvaluasiAPBDes, hari: datetime.date = datetime.date(2025, 12, 29)) -> EvaluasiAPBDes:
    return actions.enact_apbdes(by=by, evaluasi=evaluasi, nomor_perdes="5 Tahun 2025", tanggal_perdes=hari)


def test_the_perdes_puts_the_draft_in_force_and_recounts_its_desa(rancangan: APBDes, cast: SimpleNamespace) -> None:
    BarisAPBDesFactory(apbdes=rancangan)
    evaluasi = enact(cast.operator_kecamatan_a, EvaluasiFactory(apbdes=rancangan, dinilai=True))
    rancangan.refresh_from_db()
    assert (evaluasi.status, rancangan.status, rancangan.berlaku) == ("selesai", "ditetapkan", True)
    assert (rancangan.nomor_perdes, rancangan.tanggal_perdes) == ("5 Tahun 2025", datetime.date(2025, 12, 29))
    assert KualitasBelanja.objects.get(wilayah=rancangan.desa, tahun=2026).rincian_anggaran == 1_000_000


def test_an_amended_budget_steps_in_for_the_original(desa: Wilayah, cast: SimpleNamespace) -> None:
    awal = APBDesFactory(desa=desa, tahun=2026)
    ubah = RancanganFactory(desa=desa, jenis="perubahan")
    enact(cast.operator_kecamatan_a, EvaluasiFactory(apbdes=ubah, dinilai=True))
    awal.refresh_from_db()
    ubah.refresh_from_db()
    assert (awal.berlaku, awal.status, ubah.berlaku) == (False, "ditetapkan", True)


def test_an_original_enacted_late_leaves_the_amendment_in_force(desa: Wilayah, cast: SimpleNamespace) -> None:
    ubah = APBDesFactory(desa=desa, tahun=2026, jenis="perubahan")
    awal = RancanganFactory(desa=desa)
    enact(cast.operator_kecamatan_a, EvaluasiFactory(apbdes=awal, dinilai=True))
    awal.refresh_from_db()
    ubah.refresh_from_db()
    assert (awal.status, awal.berlaku, ubah.berlaku) == ("ditetapkan", False, True)


def test_no_perdes_before_the_result(rancangan: APBDes, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="sedang dievaluasi"):
        enact(cast.operator_kecamatan_a, EvaluasiFactory(apbdes=rancangan, lengkap=True))


def test_no_perdes_dated_before_the_result(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, dinilai=True)
    with pytest.raises(ValidationError, match="mendahului"):
        enact(cast.operator_kecamatan_a, evaluasi, PUTUSAN - DAY)
    with pytest.raises(PermissionDenied):
        enact(cast.operator_desa_a1, evaluasi)


# Cancelled


def test_a_withdrawn_draft_ends_with_its_reason(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = actions.cancel_evaluasi(
        by=cast.camat_a, evaluasi=EvaluasiFactory(apbdes=rancangan, lengkap=True), alasan="Ditarik desa."
    )
    assert (evaluasi.status, evaluasi.alasan_batal) == ("dibatalkan", "Ditarik desa.")
    assert Notifikasi.objects.get(kepada=cast.operator_desa_a1).isi == "Ditarik desa."


def test_what_is_judged_is_not_cancelled(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, dinilai=True)
    with pytest.raises(ValidationError, match="menunggu Perdes"):
        actions.cancel_evaluasi(by=cast.camat_a, evaluasi=evaluasi, alasan="Terlambat.")
    with pytest.raises(PermissionDenied):
        actions.cancel_evaluasi(by=cast.operator_kecamatan_a, evaluasi=evaluasi, alasan="Terlambat.")


# What comes by itself


@pytest.mark.parametrize(("pada", "n"), [(TENGGAT, 0), (TENGGAT + DAY, 1)], ids=["on the last day", "the day after"])
def test_a_draft_takes_effect_the_day_after_its_deadline(
    pada: datetime.date, n: int, rancangan: APBDes, cast: SimpleNamespace
) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, lengkap=True)
    assert settle_overdue(pada=pada) == n
    evaluasi.refresh_from_db()
    assert evaluasi.status == ("berlaku_otomatis" if n else "lengkap")
    assert len(told(cast.camat_a)) == len(told(cast.operator_desa_a1)) == n


def test_only_complete_and_unjudged_drafts_take_effect_by_themselves(
    desa: Wilayah, wilayah: dict[str, Wilayah]
) -> None:
    EvaluasiFactory(apbdes__desa=desa)
    EvaluasiFactory(apbdes__desa=wilayah[A2], dinilai=True)
    assert settle_overdue(pada=TENGGAT + 30 * DAY) == 0


def test_a_draft_that_took_effect_is_enacted_like_any_other(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, lengkap=True)
    settle_overdue(pada=TENGGAT + DAY)
    with pytest.raises(ValidationError, match="mendahului"):
        enact(cast.operator_kecamatan_a, evaluasi, TENGGAT - DAY)
    assert enact(cast.operator_kecamatan_a, evaluasi).status == "selesai"


def test_a_decision_made_in_time_may_be_written_down_late(rancangan: APBDes, cast: SimpleNamespace) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, lengkap=True, butir=True)
    settle_overdue(pada=TENGGAT + DAY)
    assert judge(cast.camat_a, evaluasi, hari=TENGGAT).status == "dinilai"


@pytest.mark.parametrize(("pada", "n"), [(INGATKAN - DAY, 0), (INGATKAN, 1), (TENGGAT, 1), (TENGGAT + DAY, 0)], ids=str)
def test_evaluators_are_reminded_five_working_days_before(
    pada: datetime.date, n: int, rancangan: APBDes, cast: SimpleNamespace
) -> None:
    EvaluasiFactory(apbdes=rancangan, lengkap=True)
    assert remind_tenggat(pada=pada) == n
    assert [judul for judul, _ in told(cast.camat_a)] == ["Tenggat evaluasi mendekat: Desa A1 2026"] * n


def test_nobody_is_reminded_twice(rancangan: APBDes, cast: SimpleNamespace) -> None:
    EvaluasiFactory(apbdes=rancangan, lengkap=True)
    for _ in range(2):
        remind_tenggat(pada=INGATKAN)
    assert len(told(cast.camat_a)) == 1


def test_the_night_run_settles_and_reminds(rancangan: APBDes) -> None:
    EvaluasiFactory(apbdes=rancangan, lengkap=True)
    assert tetapkan_berlaku_otomatis() == {"berlaku_otomatis": 1, "diingatkan": 0}
    assert tetapkan_berlaku_otomatis() == {"berlaku_otomatis": 0, "diingatkan": 0}
