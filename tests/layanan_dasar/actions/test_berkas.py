"""A handed-in file from its preview to its fate: what is kept, who did it, and that it happens once."""

import hashlib
import io
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.utils import timezone

from kecamatan.actions.impor import confirm_berkas, discard_berkas, preview_berkas
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.actions.belanja import APBDES, impor_apbdes
from layanan_dasar.models import APBDes, KualitasBelanja
from p3pd_portal.lib.spreadsheet import Rejected
from tests.factories import BerkasImporFactory
from tests.layanan_dasar.berkas import A1, B1, Row, baris_tersimpan, belanja, csv_bytes, impor, isi_tabel


pytestmark = pytest.mark.usefixtures("acuan")


def preview(cast: SimpleNamespace, wilayah: dict[str, Wilayah], *rows: Row, name: str = "a1.csv") -> BerkasImpor:
    file = SimpleUploadedFile(name, csv_bytes(rows or [belanja()]))
    return preview_berkas(APBDES, by=cast.operator_kecamatan_a, wilayah=wilayah["11.01.01"], file=file)


def test_a_preview_keeps_the_file_and_its_changes(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    content = csv_bytes([belanja()])
    berkas = BerkasImpor.objects.get(pk=preview(cast, wilayah).pk)
    assert (berkas.wilayah, berkas.created_by) == (wilayah["11.01.01"], cast.operator_kecamatan_a)
    assert (berkas.jenis, berkas.nama_berkas, berkas.status) == ("apbdes", "a1.csv", "pratinjau")
    assert bytes(berkas.isi or b"") == content
    assert berkas.sidik == hashlib.sha256(content).hexdigest()
    assert (berkas.ringkasan["baru"], berkas.ringkasan["apbdes"][0]["belanja"]) == (1, 600)
    assert not APBDes.objects.exists()


def test_a_long_file_name_is_cut(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    assert len(preview(cast, wilayah, name="a" * 300).nama_berkas) == 255


def test_a_refused_file_is_not_kept(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected, match="berada di luar Kecamatan Alfa"):
        preview(cast, wilayah, belanja(kode_desa=B1))
    assert not BerkasImpor.objects.exists()


def test_confirmation_stores_and_forgets_the_content(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    started = timezone.now()
    berkas = preview(cast, wilayah)
    confirm_berkas(APBDES, by=cast.admin_kabupaten, berkas=berkas)
    berkas.refresh_from_db()
    assert (berkas.status, berkas.isi, berkas.is_waiting) == ("tersimpan", None, False)
    assert (berkas.created_by, berkas.finished_by) == (cast.operator_kecamatan_a, cast.admin_kabupaten)
    assert berkas.finished_at is not None
    assert started <= berkas.finished_at <= timezone.now()
    assert berkas.ringkasan["baru"] == 1
    assert APBDes.objects.get().berkas == berkas
    assert KualitasBelanja.objects.filter(wilayah__kode=A1, belanja_anggaran=600).exists()


def test_confirming_again_changes_nothing(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    berkas = preview(cast, wilayah)
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
    before = isi_tabel()
    confirm_berkas(APBDES, by=cast.admin_kabupaten, berkas=berkas)
    discard_berkas(by=cast.admin_kabupaten, berkas=berkas)
    assert isi_tabel() == before


def test_a_discarded_file_is_forgotten_for_good(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    berkas = preview(cast, wilayah)
    discard_berkas(by=cast.operator_kecamatan_a, berkas=berkas)
    before = isi_tabel()
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
    assert isi_tabel() == before
    berkas.refresh_from_db()
    assert (berkas.status, berkas.isi, berkas.finished_by) == ("dibatalkan", None, cast.operator_kecamatan_a)
    assert berkas.ringkasan["baru"] == 1
    assert not APBDes.objects.exists()


def test_a_saved_file_counts_what_it_changed_then(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    """Between preview and confirmation somebody else stored the same budget with another amount."""
    berkas = preview(cast, wilayah)
    impor([belanja(500)])
    confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
    berkas.refresh_from_db()
    assert (berkas.ringkasan["baru"], berkas.ringkasan["berubah"]) == (0, 1)


def test_a_waiting_file_is_taken_for_its_own_region_only(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    """The scope is checked again when the file is taken in: by then a desa may belong elsewhere."""
    berkas = BerkasImporFactory(wilayah=wilayah["11.01.01"], isi=csv_bytes([belanja(kode_desa=B1)]))
    with pytest.raises(Rejected, match="berada di luar Kecamatan Alfa"):
        confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
    berkas.refresh_from_db()
    assert berkas.is_waiting
    assert not APBDes.objects.exists()


# Two at once


def in_thread(pool: ThreadPoolExecutor, pids: list[int], work: Callable[[], object]) -> Future[object]:
    def run() -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                pids.append(cursor.fetchone()[0])
            return work()
        finally:
            connections.close_all()

    return pool.submit(run)


def wait_until_blocked(pids: list[int], future: Future[object]) -> None:
    """Until the thread's connection waits for a lock of ours, or the thread is through."""
    until = time.monotonic() + 10
    while not future.done() and time.monotonic() < until:
        if pids:
            with connection.cursor() as cursor:
                cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [pids[0]])
                if cursor.fetchone()[0]:
                    return
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_confirmed_by_two_at_once_it_is_taken_in_once(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    berkas = preview(cast, wilayah)
    pids: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            confirm_berkas(APBDES, by=cast.operator_kecamatan_a, berkas=berkas)
            other = in_thread(pool, pids, lambda: confirm_berkas(APBDES, by=cast.admin_kabupaten, berkas=berkas))
            wait_until_blocked(pids, other)
            assert not other.done()
        other.result(timeout=10)
    berkas.refresh_from_db()
    assert berkas.finished_by == cast.operator_kecamatan_a
    assert berkas.ringkasan["baru"] == 1
    assert len(baris_tersimpan()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other_jenis", ["awal", "perubahan"])
def test_two_files_for_one_desa_at_once_are_taken_one_after_the_other(
    other_jenis: str, wilayah: dict[str, Wilayah]
) -> None:
    """The second waits for the first and then compares itself with what the first stored."""
    file = io.BytesIO(csv_bytes([belanja(700, jenis=other_jenis)]))
    pids: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            impor([belanja(600)])
            other = in_thread(pool, pids, lambda: impor_apbdes(file))
            wait_until_blocked(pids, other)
        other.result(timeout=10)
    assert baris_tersimpan(berlaku=True) == [("02.02.02", "5.2.1.01", "DDS", 700)]
    assert APBDes.objects.published().count() == 1
    assert KualitasBelanja.objects.get(wilayah__kode=A1).belanja_anggaran == 700
