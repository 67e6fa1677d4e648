"""What the calendar does to complaints, whichever hour it is asked."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kecamatan.models import CatatanAudit, Notifikasi, Wilayah
from pengaduan.actions import waktu
from pengaduan.actions.meja import take_langkah
from pengaduan.actions.waktu import recount_tenggat, settle_overdue
from pengaduan.models import Langkah, Pengaduan
from tests.factories import HariLiburFactory
from tests.pengaduan.dunia import A1, SENIN, fresh, lapor, maju


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
L = Langkah


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def satu(cast: SimpleNamespace, wilayah: World, monkeypatch: pytest.MonkeyPatch) -> Pengaduan:
    """Received on Monday, 9 November 2026: to be verified by the 12th, answered by the 27th."""
    monkeypatch.setattr(timezone, "now", lambda: SENIN)
    return lapor(wilayah[A1]).pengaduan


def test_nothing_happens_up_to_the_last_day(satu: Pengaduan) -> None:
    assert settle_overdue(pada=day("2026-11-12")) == {"kedaluwarsa": 0, "selesai": 0, "eskalasi": 0}


def test_what_nobody_verified_moves_up_and_up_again(satu: Pengaduan) -> None:
    assert settle_overdue(pada=day("2026-11-13"))["eskalasi"] == 1
    satu = fresh(satu)
    assert (satu.meja.kode, satu.eskalasi, satu.tenggat, satu.tenggat_naik) == (
        "11.01", 1, day("2026-11-12"), day("2026-11-20"),
    )  # fmt: skip
    notice = Notifikasi.objects.get(kepada__orang__nama="admin_kabupaten")
    assert notice.judul == "Laporan warga lewat tenggat dan naik ke meja Anda"
    assert settle_overdue(pada=day("2026-11-20"))["eskalasi"] == 0
    reached = []
    for text in ("2026-11-21", "2026-12-01", "2026-12-31"):
        settle_overdue(pada=day(text))
        reached.append(fresh(satu).meja.kode)
    assert reached == ["11", "0", "0"]
    assert fresh(satu).tenggat_naik is None


def test_what_a_desa_left_lying_returns_to_the_kecamatan_first(
    cast: SimpleNamespace, wilayah: World, satu: Pengaduan
) -> None:
    maju(satu, cast, L.VERIFIKASI)
    take_langkah(by=cast.camat_a, pengaduan=satu, langkah=L.DISPOSISI, wilayah=wilayah[A1], peran="")
    assert fresh(satu).tenggat == day("2026-11-16")  # five working days for a first answer
    settle_overdue(pada=day("2026-11-17"))
    assert (fresh(satu).meja.kode, fresh(satu).pelaksana_wilayah.kode) == ("11.01.01", "11.01.01")


def test_what_its_reporter_did_not_complete_is_closed(cast: SimpleNamespace, satu: Pengaduan) -> None:
    assert maju(satu, cast, L.MINTA_DATA).tenggat == day("2026-12-09")  # thirty days, not working days
    assert settle_overdue(pada=day("2026-12-09"))["kedaluwarsa"] == 0
    assert settle_overdue(pada=day("2026-12-10")) == {"kedaluwarsa": 1, "selesai": 0, "eskalasi": 0}
    assert fresh(satu).status == "kedaluwarsa"


def test_an_answer_to_which_nobody_objects_ends_the_case(cast: SimpleNamespace, satu: Pengaduan) -> None:
    assert maju(satu, cast, L.VERIFIKASI, L.PROSES, L.TANGGAPI).tenggat == day("2026-11-23")  # ten working days
    assert settle_overdue(pada=day("2026-11-24"))["selesai"] == 1
    last = fresh(satu).langkah.last()
    assert last is not None
    assert (fresh(satu).status, last.langkah, last.pihak, last.oleh) == ("selesai", "diam", "sistem", None)


def test_alleged_corruption_does_not_move(cast: SimpleNamespace, wilayah: World, satu: Pengaduan) -> None:
    wbs = lapor(wilayah[A1], kunci="wbs", wbs=True).pengaduan
    settle_overdue(pada=day("2027-11-01"))
    assert (fresh(wbs).meja.kode, fresh(wbs).eskalasi) == ("11.01", 0)


def test_a_new_day_off_moves_the_days_and_is_written_down(cast: SimpleNamespace, satu: Pengaduan) -> None:
    assert recount_tenggat() == 0
    HariLiburFactory(tanggal=day("2026-11-11"))
    assert recount_tenggat() == 1
    satu = fresh(satu)
    assert (satu.tenggat, satu.tenggat_selesai) == (day("2026-11-13"), day("2026-11-30"))
    entry = CatatanAudit.objects.filter(model="pengaduan.pengaduan", jenis="UPDATE").first()
    assert entry is not None
    assert entry.perubahan["tenggat"] == ["2026-11-12", "2026-11-13"]


def test_many_cases_are_counted_in_pieces(
    cast: SimpleNamespace, wilayah: World, satu: Pengaduan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pengaduan.actions.waktu.SEKALIGUS", 2)
    for nomor in range(4):
        lapor(wilayah[A1], kunci=str(nomor))
    HariLiburFactory(tanggal=day("2026-11-11"))
    assert recount_tenggat() == 5


def test_a_recount_locks_what_changes_and_nothing_else(satu: Pengaduan) -> None:
    def locks() -> int:
        with CaptureQueriesContext(connection) as queries:
            recount_tenggat()
        return sum("FOR UPDATE" in query["sql"] for query in queries)

    assert locks() == 0
    HariLiburFactory(tanggal=day("2026-11-11"))
    assert locks() == 1


def test_what_ended_while_it_was_counted_keeps_its_days(satu: Pengaduan, monkeypatch: pytest.MonkeyPatch) -> None:
    HariLiburFactory(tanggal=day("2026-11-11"))
    recount = waktu._recount

    def end_first(keys: list[int], clocks: waktu._Jam) -> int:
        Pengaduan.objects.update(status="ditolak", ditutup_pada=SENIN, tenggat=None)
        return recount(keys, clocks)

    monkeypatch.setattr(waktu, "_recount", end_first)
    assert recount_tenggat() == 0
    assert fresh(satu).tenggat is None
