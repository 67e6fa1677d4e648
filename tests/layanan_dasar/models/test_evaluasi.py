"""What the database itself refuses about evaluations, and the table of steps."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, CatatanEvaluasi, DelegasiEvaluasi, EvaluasiAPBDes
from layanan_dasar.models.evaluasi import ALUR, TERKUNCI
from tests.factories import DelegasiFactory, EvaluasiFactory, RancanganFactory
from tests.factories.evaluasi import PUTUSAN, TERIMA
from tests.layanan_dasar.berkas import A1


pytestmark = pytest.mark.django_db
Status = EvaluasiAPBDes.Status


@pytest.fixture
def rancangan(wilayah: dict[str, Wilayah]) -> APBDes:
    return RancanganFactory(desa=wilayah[A1])


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"status": "lengkap"}, "evaluasi_hasil_sesuai_status"),
        ({"status": "diterima", "hasil": "sesuai"}, "evaluasi_hasil_"),
        ({"dinilai": True, "hasil": "tidak_sesuai"}, "evaluasi_hasil_sesuai_status"),
        ({"dinilai": True, "nomor_keputusan": ""}, "evaluasi_hasil_berkeputusan"),
        ({"dinilai": True, "tgl_keputusan": TERIMA}, "evaluasi_hasil_berkeputusan"),
        ({"perbaikan": True, "tenggat_perbaikan": None}, "evaluasi_hasil_sesuai_status"),
        ({"lengkap": True, "tgl_ingatkan": None}, "evaluasi_tenggat_sejak_lengkap"),
        ({"lengkap": True, "tgl_terima": PUTUSAN}, "evaluasi_tenggat_sejak_lengkap"),
        ({"status": "dibatalkan"}, "evaluasi_batal_beralasan"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_state_that_cannot_be_is_refused(rancangan: APBDes, fields: dict[str, object], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        EvaluasiFactory(apbdes=rancangan, **fields)


def test_a_draft_has_one_running_evaluation(rancangan: APBDes) -> None:
    EvaluasiFactory(apbdes=rancangan)
    with pytest.raises(IntegrityError, match="evaluasi_satu_berjalan"), transaction.atomic():
        EvaluasiFactory(apbdes=rancangan, putaran=2)


def test_the_database_calls_running_what_the_table_of_steps_calls_open() -> None:
    (constraint,) = [c for c in EvaluasiAPBDes._meta.constraints if c.name == "evaluasi_satu_berjalan"]
    assert set(dict(constraint.condition.children)["status__in"]) == {s for s, berikut in ALUR.items() if berikut}


def test_a_step_leads_only_where_the_table_says() -> None:
    assert set(ALUR) == set(Status)
    for status, berikut in ALUR.items():
        for lain in Status:
            evaluasi = EvaluasiAPBDes(status=status)
            if lain in berikut:
                evaluasi.move(lain)
                assert evaluasi.status == lain
            else:
                with pytest.raises(ValidationError, match="tidak berlaku"):
                    evaluasi.move(lain)


def test_what_is_judged_or_waits_for_its_perdes_is_locked() -> None:
    judged = {s for s in Status if EvaluasiAPBDes(status=s).may_be_judged or EvaluasiAPBDes(status=s).awaits_perdes}
    assert set(TERKUNCI) == judged


def test_each_side_has_a_clock_of_its_own(rancangan: APBDes) -> None:
    evaluasi = EvaluasiFactory.build(apbdes=rancangan, perbaikan=True)
    assert evaluasi.batas == evaluasi.tenggat_perbaikan
    assert EvaluasiFactory.build(apbdes=rancangan, lengkap=True).batas == datetime.date(2025, 12, 3)
    assert EvaluasiFactory.build(apbdes=rancangan, dinilai=True).batas is None
    assert not EvaluasiAPBDes(status="selesai").is_open
    assert EvaluasiAPBDes(status="diterima").may_be_cancelled


def test_the_camat_of_the_desas_kecamatan_evaluates(wilayah: dict[str, Wilayah], rancangan: APBDes) -> None:
    assert EvaluasiFactory(apbdes=rancangan).kecamatan == wilayah["11.01.01"]
    with pytest.raises(Wilayah.DoesNotExist):
        assert EvaluasiAPBDes(apbdes=APBDes(desa=wilayah["0"])).kecamatan


def test_a_delegation_holds_in_its_kabupaten_and_its_time(wilayah: dict[str, Wilayah]) -> None:
    DelegasiFactory(kabupaten=wilayah["11.01"], berlaku_sampai=datetime.date(2025, 6, 30))
    asked = ((A1, (2025, 6, 30), 1), (A1, (2025, 7, 1), 0), (A1, (2023, 12, 31), 0), ("11.02", (2025, 1, 1), 0))
    for kode, hari, n in asked:
        found = DelegasiEvaluasi.objects.at(wilayah[kode], datetime.date(*hari))
        assert (kode, hari, found.count()) == (kode, hari, n)


def test_two_delegations_never_hold_at_once(wilayah: dict[str, Wilayah]) -> None:
    DelegasiFactory(kabupaten=wilayah["11.01"])
    DelegasiFactory(kabupaten=wilayah["11.02"])
    with pytest.raises(IntegrityError, match="delegasi_satu_pada_satu_masa"), transaction.atomic():
        DelegasiFactory(kabupaten=wilayah["11.01"], berlaku_dari=datetime.date(2025, 1, 1))


def test_things_have_names(rancangan: APBDes) -> None:
    evaluasi = EvaluasiFactory(apbdes=rancangan, dokumen=True, butir=True)
    rkpdes = evaluasi.dokumen.get(jenis="rkpdes")
    assert str(evaluasi) == "Evaluasi APBDes awal 2026 Desa A1"
    assert (str(rkpdes), str(rkpdes.berkas)) == ("Perdes RKPDesa", "Perdes RKPDesa")
    assert str(evaluasi.butir.get(kode="silpa")) == "SiLPA tahun lalu dianggarkan kembali"
    assert str(DelegasiEvaluasi(nomor_peraturan="Perbup 1")) == "Perbup 1"
    catatan = CatatanEvaluasi(isi="Naikkan.", kode_kegiatan="02.02.02", kode_rekening="5.2.1", uraian="Posyandu")
    assert (str(catatan), catatan.baris) == ("Naikkan.", "02.02.02 5.2.1 Posyandu")
