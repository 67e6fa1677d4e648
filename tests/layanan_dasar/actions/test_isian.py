"""Filling in a sheet: who may type what, when, and what happens when two type at once."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from kecamatan.models import CatatanAudit, Wilayah
from layanan_dasar.actions.isian import koreksi_isian, open_kunci, save_sel
from layanan_dasar.actions.temuan import note_temuan
from layanan_dasar.models import Isian, NilaiIndikator, NilaiIsian, PengecualianKunci, Sel, Temuan
from layanan_dasar.models.lembar import KOSONG
from layanan_dasar.queries.lembar import isi_of
from p3pd_portal.lib.periode import Periode
from tests.factories import AturanIsianFactory, NilaiFactory, PenugasanFactory
from tests.layanan_dasar.isian import Meja, ada, hari_ini


pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch)
    return Meja(cast, wilayah)


# Cells


def test_the_first_cell_begins_the_sheet(meja: Meja) -> None:
    hasil = meja.save({meja.kunci(0): ada(82)})
    isian = Isian.objects.get()
    assert (hasil.isian, list(hasil.tersimpan), list(hasil.bentrok)) == (isian, [meja.kunci(0)], [])
    assert (isian.status, isian.versi, isian.periode, isian.akhir) == ("draf", 1, "2025", datetime.date(2025, 12, 31))
    nilai = NilaiIsian.objects.get()
    assert (nilai.pembilang, nilai.penyebut, nilai.status) == (82, 100, "ada")
    assert nilai.diisi_oleh == meja.cast.upt_pendidikan_a


def test_parts_and_words_are_kept_as_typed(meja: Meja) -> None:
    isi = {
        meja.kunci(0): ada(82, 100, laki_laki=40, perempuan=42, disabilitas=3),
        meja.kunci(1): Sel(status="tidak_berlaku"),
        meja.kunci(2): ada(5, None),
    }
    isian = meja.save(isi).isian
    assert isian
    assert isi_of(isian) == isi


def test_a_sheet_begins_with_what_is_published(meja: Meja) -> None:
    NilaiFactory(desa=meja.desa[1], indikator=meja.indikator[0], pembilang=70)
    isian = meja.save({meja.kunci(0): ada(82)}).isian
    assert isian
    assert isi_of(isian) == {meja.kunci(0): ada(82), meja.kunci(1): ada(70)}
    assert NilaiIsian.objects.get(wilayah=meja.desa[1]).diisi_oleh is None


def test_nothing_typed_begins_nothing(meja: Meja) -> None:
    hasil = meja.save({meja.kunci(0): KOSONG})
    assert (hasil.isian, Isian.objects.count()) == (None, 0)


def test_a_cleared_cell_is_gone(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    meja.save({meja.kunci(0): KOSONG}, dasar={meja.kunci(0): ada(82)})
    assert not NilaiIsian.objects.exists()


def test_who_typed_over_somebody_elses_work_is_told_and_nothing_is_lost(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    hasil = meja.save({meja.kunci(0): ada(90), meja.kunci(1): ada(50)}, by=meja.cast.operator_kecamatan_a)
    assert (list(hasil.bentrok), list(hasil.tersimpan)) == ([meja.kunci(0)], [meja.kunci(1)])
    assert hasil.isian
    assert isi_of(hasil.isian) == {meja.kunci(0): ada(82), meja.kunci(1): ada(50)}
    again = meja.save({meja.kunci(0): ada(90)}, dasar={meja.kunci(0): ada(82)})
    assert list(again.tersimpan) == [meja.kunci(0)]


def test_the_same_typed_by_two_is_no_conflict(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    hasil = meja.save({meja.kunci(0): ada(82)}, by=meja.cast.operator_kecamatan_a)
    assert (list(hasil.bentrok), list(hasil.tersimpan)) == ([], [])


def test_what_is_typed_stands_in_the_history(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    notes = CatatanAudit.objects.filter(model="layanan_dasar.nilaiisian")
    assert [note.wilayah for note in notes] == [meja.desa[0]]


def test_the_total_of_the_source_is_typed_by_who_fills_the_kecamatan(meja: Meja) -> None:
    total = (meja.kecamatan.pk, "PDK-01")
    hasil = meja.save({total: ada(240, 300)})
    assert list(hasil.tersimpan) == [total]


# Who


def test_a_desa_operator_fills_the_own_desa(meja: Meja) -> None:
    meja.dataset.pengisi = ["operator_desa"]
    meja.dataset.save()
    meja.save({meja.kunci(0): ada(82)}, by=meja.cast.operator_desa_a1)
    with pytest.raises(PermissionDenied):
        meja.save({meja.kunci(1): ada(82)}, by=meja.cast.operator_desa_a1)
    with pytest.raises(PermissionDenied):
        meja.save({(meja.kecamatan.pk, "PDK-01"): ada(82)}, by=meja.cast.operator_desa_a1)


@pytest.mark.parametrize(
    "siapa",
    ["upt_kesehatan_a", "operator_kecamatan_b", "camat_a", "admin_kabupaten", "admin_pusat", "operator_desa_a1"],
)
def test_whoever_does_not_supply_the_dataset_does_not_type(siapa: str, meja: Meja) -> None:
    with pytest.raises(PermissionDenied):
        meja.save({meja.kunci(0): ada(82)}, by=getattr(meja.cast, siapa))
    assert not Isian.objects.exists()


def test_cells_of_other_regions_or_indicators_are_refused(meja: Meja, wilayah: dict[str, Wilayah]) -> None:
    for kunci in [(wilayah["11.01.02.2001"].pk, "PDK-01"), (meja.desa[0].pk, "KES-01")]:
        with pytest.raises(PermissionDenied):
            meja.save({kunci: ada(1)})


def test_a_role_that_may_not_type_is_no_supplier_whatever_the_dataset_says(meja: Meja) -> None:
    meja.dataset.pengisi = ["camat"]
    meja.dataset.save()
    assert not meja.dataset.may_fill(meja.cast.camat_a, meja.kecamatan)


# When


@pytest.mark.parametrize(
    ("hari", "alasan"),
    [(datetime.date(2025, 12, 31), "dibuka pada"), (datetime.date(2026, 6, 1), "terkunci sejak")],
    ids=["belum", "terkunci"],
)
def test_a_closed_period_takes_nothing(
    hari: datetime.date, alasan: str, meja: Meja, monkeypatch: pytest.MonkeyPatch
) -> None:
    hari_ini(monkeypatch, hari)
    with pytest.raises(ValidationError, match=alasan):
        meja.save({meja.kunci(0): ada(82)})
    assert not Isian.objects.exists()


def test_a_locked_period_is_opened_for_a_reason_and_a_time(meja: Meja, monkeypatch: pytest.MonkeyPatch) -> None:
    hari_ini(monkeypatch, datetime.date(2026, 6, 1))
    until = datetime.date(2026, 6, 5)
    open_kunci(
        by=meja.cast.admin_kabupaten, wilayah=meja.kecamatan.induk, dataset=meja.dataset, periode="2025", sampai=until,
        alasan="Banjir",
    )  # fmt: skip
    assert meja.save({meja.kunci(0): ada(82)}).tersimpan
    hari_ini(monkeypatch, until + DAY)
    with pytest.raises(ValidationError, match="terkunci"):
        meja.save({meja.kunci(1): ada(82)})


@pytest.mark.parametrize(
    ("field", "value", "pesan"),
    [
        ("periode", "2025-13", "ditulis"),
        ("periode", "2025-S1", "tidak memakai"),
        ("sampai", datetime.date(2020, 1, 1), "lewat"),
    ],
)
def test_an_exception_must_make_sense(field: str, value: object, pesan: str, meja: Meja) -> None:
    values = {"dataset": meja.dataset, "periode": "2025", "sampai": datetime.date(2026, 2, 1), "alasan": "x"} | {
        field: value
    }
    with pytest.raises(ValidationError, match=pesan):
        open_kunci(by=meja.cast.admin_kabupaten, wilayah=meja.kecamatan, **values)  # type: ignore[arg-type]
    assert not PengecualianKunci.objects.exists()


@pytest.mark.parametrize("siapa", ["camat_a", "operator_kecamatan_a", "admin_kabupaten_lain", "admin_provinsi"])
def test_only_the_kabupaten_and_the_nation_open_locks(siapa: str, meja: Meja) -> None:
    with pytest.raises(PermissionDenied):
        open_kunci(
            by=getattr(meja.cast, siapa), wilayah=meja.kecamatan, dataset=None, periode="2025",
            sampai=datetime.date(2026, 2, 1), alasan="x",
        )  # fmt: skip


def test_a_period_that_nobody_asks_for_takes_nothing(meja: Meja) -> None:
    for periode in (Periode("S", 2025, 2), Periode("Y", 2020)):
        with pytest.raises(ValidationError, match="tidak diminta"):
            save_sel(
                by=meja.cast.upt_pendidikan_a, dataset=meja.dataset, kecamatan=meja.kecamatan, periode=periode,
                isi={meja.kunci(0): ada(1)}, dasar={},
            )  # fmt: skip


# A published sheet


def test_a_published_sheet_is_only_opened_again_as_a_new_version(meja: Meja) -> None:
    isian = meja.sahkan(meja.isi_penuh())
    with pytest.raises(ValidationError, match="sudah terbit"):
        meja.save({meja.kunci(0): ada(90)}, dasar={meja.kunci(0): ada(82)})
    baru = koreksi_isian(by=meja.cast.upt_pendidikan_a, isian=isian, alasan="Salah ketik")
    assert (baru.versi, baru.status, baru.alasan) == (2, "draf", "Salah ketik")
    assert isi_of(baru) == isi_of(isian)
    with pytest.raises(ValidationError, match="sedang berjalan"):
        koreksi_isian(by=meja.cast.upt_pendidikan_a, isian=isian, alasan="Lagi")
    assert NilaiIndikator.objects.count() == 6


def test_only_suppliers_of_the_whole_kecamatan_correct(meja: Meja) -> None:
    isian = meja.sahkan(meja.isi_penuh())
    for siapa in ("camat_a", "operator_desa_a1", "admin_kabupaten"):
        with pytest.raises(PermissionDenied):
            koreksi_isian(by=getattr(meja.cast, siapa), isian=isian, alasan="x")


def test_the_database_itself_keeps_a_published_sheet(meja: Meja) -> None:
    isian = meja.sahkan(meja.isi_penuh())
    attempts = [
        lambda: NilaiIsian.objects.filter(isian=isian).update(pembilang=1),
        lambda: NilaiIsian.objects.filter(isian=isian).delete(),
        lambda: NilaiIsian.objects.create(
            isian=isian, wilayah=meja.kecamatan, indikator=meja.indikator[0], status="ada", diisi_pada=isian.updated_at
        ),
        lambda: Isian.objects.filter(pk=isian.pk).update(status="draf"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="terbit"), transaction.atomic():
            attempt()


# Findings


@pytest.fixture
def janggal(meja: Meja) -> Temuan:
    """A warning on the first desa: fewer than ten."""
    AturanIsianFactory(kode="sedikit", ekspresi="pembilang >= 10", tingkat="peringatan", pesan="Hanya {pembilang}.")
    meja.save({meja.kunci(0): ada(3)})
    return Temuan.objects.get()


def test_findings_follow_the_cells(janggal: Temuan, meja: Meja) -> None:
    assert (janggal.wilayah, janggal.indikator, janggal.tingkat) == (meja.desa[0], meja.indikator[0], "peringatan")
    assert janggal.pesan == "Hanya 3."
    meja.save({meja.kunci(0): ada(30)}, dasar={meja.kunci(0): ada(3)})
    assert not Temuan.objects.exists()


def test_a_note_stays_while_the_finding_reads_as_before(janggal: Temuan, meja: Meja) -> None:
    note_temuan(by=meja.cast.upt_pendidikan_a, isian=janggal.isian, catatan={janggal.pk: " Sekolah baru. "})
    meja.save({meja.kunci(1): ada(50)})
    janggal.refresh_from_db()
    assert (janggal.catatan, janggal.dicatat_oleh) == ("Sekolah baru.", meja.cast.upt_pendidikan_a)
    meja.save({meja.kunci(0): ada(4)}, dasar={meja.kunci(0): ada(3)})
    assert Temuan.objects.get().catatan == ""


def test_a_note_can_be_taken_back(janggal: Temuan, meja: Meja) -> None:
    for text in ("Sekolah baru.", "Sekolah baru.", ""):
        note_temuan(by=meja.cast.upt_pendidikan_a, isian=janggal.isian, catatan={janggal.pk: text})
    janggal.refresh_from_db()
    assert (janggal.catatan, janggal.dicatat_oleh) == ("", None)


def test_notes_are_for_those_who_fill_it_in_and_for_drafts(janggal: Temuan, meja: Meja) -> None:
    with pytest.raises(PermissionDenied):
        note_temuan(by=meja.cast.camat_a, isian=janggal.isian, catatan={janggal.pk: "x"})
    Isian.objects.update(status="diajukan")
    with pytest.raises(ValidationError, match="masih draf"):
        note_temuan(by=meja.cast.upt_pendidikan_a, isian=janggal.isian, catatan={janggal.pk: "x"})


def test_a_figure_without_its_denominator_is_an_error_of_the_sheet(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82, None)})
    temuan = Temuan.objects.get()
    assert (temuan.tingkat, temuan.aturan) == ("galat", None)
    assert "Penyebut" in temuan.pesan


def test_whoever_follows_in_the_assignment_finds_the_work_there(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    successor = PenugasanFactory(peran="upt_pendidikan", wilayah=meja.kecamatan).pengguna
    hasil = meja.save({meja.kunci(0): ada(83)}, by=successor, dasar={meja.kunci(0): ada(82)})
    assert hasil.tersimpan
    assert NilaiIsian.objects.get().pembilang == Decimal(83)


def test_a_sheet_on_its_way_takes_no_more_figures(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    Isian.objects.update(status="diajukan")
    with pytest.raises(ValidationError, match="Minta dikembalikan"):
        meja.save({meja.kunci(1): ada(82)})
