"""Attachments wait for the virus scanner where there is one, and only a clean one comes out."""

import datetime
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from kecamatan.models import Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from pengaduan.actions import virus as actions
from pengaduan.actions.virus import scan_waiting
from pengaduan.models import Lampiran, Pengaduan
from pengaduan.queries.lampiran import is_terperiksa
from pengaduan.tasks import periksa_virus
from tests.p3pd_portal.portal import free_port
from tests.pengaduan.clamd import EICAR, clamd, needs_clamd, pura_pura, read_order
from tests.pengaduan.dunia import A1, lapor


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
FOTO, ASING = Dokumen(b"foto", "image/jpeg", "jpg"), Dokumen(b"asing", "image/png", "png")
JAHAT = Dokumen(EICAR, "application/pdf", "pdf")


@pytest.fixture
def satu(wilayah: World, settings: LazySettings) -> Pengaduan:
    """A report with a picture, a virus and another picture, that nobody has looked at."""
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    return lapor(wilayah[A1], lampiran=[FOTO, JAHAT, ASING]).pengaduan


@pytest.fixture
def pemindai(settings: LazySettings) -> Iterator[None]:
    """Stands in for a scanner that hangs up on `asing`, as on what is too large."""

    def serve(caller: socket.socket) -> None:
        said = read_order(caller)
        if said == b"zPING\0":
            caller.sendall(b"PONG\0")
        elif b"asing" not in said:
            caller.sendall(b"stream: Eicar FOUND\0" if EICAR in said else b"stream: OK\0")

    with pura_pura(serve) as address:
        settings.CLAMD = address
        yield


def status(satu: Pengaduan) -> list[str]:
    return list(satu.lampiran.values_list("status", flat=True))


def test_without_a_scanner_attachments_are_open_at_once_and_nothing_is_scanned(wilayah: World) -> None:
    satu = lapor(wilayah[A1], lampiran=[FOTO]).pengaduan
    assert status(satu) == ["bersih"]
    assert periksa_virus() == {}


def test_with_a_scanner_they_wait_and_the_report_is_taken_all_the_same(satu: Pengaduan) -> None:
    assert status(satu) == ["karantina"] * 3


def test_what_was_stored_before_there_was_a_scanner_stays_open(
    wilayah: World, settings: LazySettings, pemindai: None
) -> None:
    scanner, settings.CLAMD = settings.CLAMD, ""
    satu = lapor(wilayah[A1], lampiran=[JAHAT]).pengaduan
    settings.CLAMD = scanner
    assert scan_waiting() == {}
    assert status(satu) == ["bersih"]


def test_the_clean_come_out_the_virus_is_emptied_and_the_unknown_goes_on_waiting(
    satu: Pengaduan, pemindai: None
) -> None:
    assert periksa_virus() == {"bersih": 1, "bervirus": 1, "karantina": 1}
    assert status(satu) == ["bersih", "bervirus", "karantina"]
    assert [bytes(isi) for isi in satu.lampiran.values_list("isi", flat=True)] == [b"foto", b"", b"asing"]
    assert scan_waiting() == {"karantina": 1}


def test_officers_alone_read_in_the_history_what_was_rejected(satu: Pengaduan, pemindai: None) -> None:
    scan_waiting()
    row = satu.langkah.get(langkah="catatan")
    assert row.catatan == "Lampiran 2 ditolak pemeriksaan virus (Eicar); isinya dihapus."
    assert (row.sifat, row.pihak, row.oleh) == ("internal", "sistem", None)


def test_a_file_the_scanner_chokes_on_holds_up_no_other(satu: Pengaduan, pemindai: None) -> None:
    satu.lampiran.filter(urutan=1).update(isi=ASING.isi)
    assert scan_waiting() == {"karantina": 2, "bervirus": 1}


def test_while_the_scanner_is_down_all_wait_and_the_first_failure_ends_the_run(satu: Pengaduan) -> None:
    assert scan_waiting() == {"karantina": 1}
    assert status(satu) == ["karantina"] * 3


def test_what_waits_goes_on_waiting_when_the_scanner_is_taken_away(satu: Pengaduan, settings: LazySettings) -> None:
    settings.CLAMD = ""
    assert scan_waiting() == {}
    assert status(satu) == ["karantina"] * 3


@pytest.mark.parametrize("isi", [FOTO.isi, EICAR])
def test_what_was_erased_while_it_was_scanned_stays_erased(
    isi: bytes, satu: Pengaduan, pemindai: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    satu.lampiran.exclude(urutan=1).delete()
    satu.lampiran.update(isi=isi)
    find = actions.find_virus

    def erase(isi: bytes, clamd: str) -> str:
        satu.lampiran.all().delete()
        return find(isi, clamd)

    monkeypatch.setattr(actions, "find_virus", erase)
    scan_waiting()
    assert not satu.lampiran.exists()
    assert not satu.langkah.filter(langkah="catatan").exists()


def test_what_was_erased_before_its_turn_is_passed_over(
    satu: Pengaduan, pemindai: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "find_virus", lambda isi, clamd: satu.lampiran.all().delete() and "")
    assert scan_waiting() == {"hilang": 3}


@needs_clamd
def test_the_real_scanner_finds_what_it_knows(satu: Pengaduan, settings: LazySettings, tmp_path: Path) -> None:
    with clamd(tmp_path) as settings.CLAMD:
        assert scan_waiting() == {"bersih": 2, "bervirus": 1}
    assert status(satu) == ["bersih", "bervirus", "bersih"]
    assert "(Eicar-Uji.UNOFFICIAL)" in satu.langkah.get(langkah="catatan").catatan


def test_waiting_for_more_than_an_hour_is_an_alarm(satu: Pengaduan) -> None:
    for minutes, fine in ((59, True), (61, False)):
        Pengaduan.objects.update(diterima_pada=satu.diterima_pada - datetime.timedelta(minutes=minutes))
        assert is_terperiksa() is fine
    Lampiran.objects.update(status="bersih")
    assert is_terperiksa()
