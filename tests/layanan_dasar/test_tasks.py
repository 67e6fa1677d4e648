"""The night run: only what changed, in pieces, resumed where it broke off."""

import datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kecamatan.models import CatatanAudit, Wilayah
from kecamatan.signals import edisi_berubah, penduduk_berubah
from layanan_dasar import tasks
from layanan_dasar.actions import putaran as actions
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import (
    APBDes,
    AturanBelanja,
    BagianHitung,
    BarisAPBDes,
    DesaBerubah,
    IndeksBelanja,
    KualitasBelanja,
    PutaranHitung,
    TerbitanIbdb,
)
from p3pd_portal.celery import app
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.django_db
A1, B1, G1 = "11.01.01.2001", "11.01.02.2001", "11.02.01.2001"
MALAM, PENUH = PutaranHitung.Jenis.MALAM, PutaranHitung.Jenis.PENUH


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was given to the broker."""
    sent: list[int] = []
    monkeypatch.setattr(tasks.hitung_bagian, "delay", sent.append)
    return sent


@pytest.fixture
def three(wilayah: dict[str, Wilayah], acuan: None) -> None:
    """Three desa in two kabupaten with a budget of 2025, computed; one of them also of 2024."""
    for kode, tahun in ((A1, 2025), (B1, 2025), (G1, 2025), (A1, 2024)):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[kode], tahun=tahun))
        kualitas.rebuild(tahun)
    DesaBerubah.objects.all().delete()


def work(orders: list[int]) -> None:
    while orders:
        tasks.hitung_bagian(orders.pop(0))


def figures() -> list[tuple[object, ...]]:
    fields = [f.attname for f in KualitasBelanja._meta.concrete_fields if f.attname not in ("id", "updated_at")]
    return list(KualitasBelanja.objects.order_by("wilayah", "tahun").values_list(*fields))


def run(jenis: PutaranHitung.Jenis, orders: list[int]) -> PutaranHitung:
    actions.start_putaran(jenis=jenis)
    tasks.lanjutkan_putaran()
    work(orders)
    return PutaranHitung.objects.first()


def test_a_night_without_changes_is_over_at_once(three: None, orders: list[int]) -> None:
    tasks.hitung_malam()
    satu = PutaranHitung.objects.get()
    assert (satu.status, satu.bagian.count(), orders) == ("selesai", 0, [])
    assert satu.selesai is not None


def test_only_what_changed_is_recomputed(three: None, orders: list[int]) -> None:
    BarisAPBDes.objects.update(anggaran=9_000_000)  # by hand, past every import
    mark_changed(tahun_dari=2025, tahun_sampai=2025, kabupaten=Wilayah.objects.get(kode="11.01"))
    before = KualitasBelanja.objects.get(wilayah__kode=G1).updated_at
    tasks.hitung_malam()
    assert list(BagianHitung.objects.values_list("kabupaten__kode", "tahun")) == [("11.01", 2025)]
    work(orders)
    assert KualitasBelanja.objects.get(wilayah__kode="11.01", tahun=2025).belanja_anggaran == 18_000_000
    assert KualitasBelanja.objects.get(wilayah__kode="11", tahun=2025).belanja_anggaran == 19_000_000
    assert KualitasBelanja.objects.get(wilayah__kode=G1).updated_at == before
    assert KualitasBelanja.objects.get(wilayah__kode=A1, tahun=2024).belanja_anggaran == 1_000_000
    assert not DesaBerubah.objects.exists()
    satu = PutaranHitung.objects.get()
    assert (satu.status, satu.bagian.get().desa_ditulis) == ("selesai", 2)


def test_a_full_run_takes_every_kabupaten_and_year_and_finds_nothing_to_write(three: None, orders: list[int]) -> None:
    before = figures()
    satu = run(PENUH, orders)
    pieces = set(satu.bagian.values_list("kabupaten__kode", "tahun", "status"))
    assert pieces == {("11.01", 2024, "selesai"), ("11.01", 2025, "selesai"), ("11.02", 2025, "selesai")}
    assert sum(satu.bagian.values_list("desa_ditulis", flat=True)) + satu.wilayah_ditulis == 0
    assert figures() == before


def test_in_pieces_or_at_once_the_tables_are_the_same(three: None, orders: list[int]) -> None:
    before = figures()
    for model in (KualitasBelanja, IndeksBelanja):
        model.objects.all().delete()
    run(PENUH, orders)
    assert figures() == before


def test_the_order_of_the_pieces_does_not_matter(three: None, orders: list[int]) -> None:
    BarisAPBDes.objects.update(anggaran=3)
    actions.start_putaran(jenis=PENUH)
    tasks.lanjutkan_putaran()
    orders.reverse()
    work(orders)
    found = figures()
    for tahun in (2024, 2025):
        assert kualitas.rebuild(tahun) == {"tahun": tahun, "desa": 0, "wilayah": 0}
    assert figures() == found


def test_two_beats_at_once_are_one_run(three: None, orders: list[int]) -> None:
    mark_changed(tahun_dari=2025)
    tasks.hitung_malam()
    tasks.hitung_malam()
    assert (PutaranHitung.objects.count(), len(orders)) == (1, 2)


def test_a_piece_ordered_twice_is_taken_once(three: None, orders: list[int]) -> None:
    mark_changed(tahun_dari=2025)
    tasks.hitung_malam()
    first = orders[0]
    assert tasks.hitung_bagian(first)["hasil"] == "selesai"
    assert tasks.hitung_bagian(first)["hasil"] == ""


def test_lost_orders_are_given_again(three: None, orders: list[int]) -> None:
    """The broker died with them; ten minutes later the run goes on."""
    mark_changed(tahun_dari=2025)
    tasks.hitung_malam()
    orders.clear()
    tasks.lanjutkan_putaran()
    assert orders == []
    PutaranHitung.objects.update(dikirim_pada=timezone.now() - actions.DIAM)
    tasks.lanjutkan_putaran()
    assert len(orders) == 2
    work(orders)
    assert PutaranHitung.objects.get().status == "selesai"


def test_a_worker_that_dies_gives_its_piece_back(three: None, orders: list[int]) -> None:
    mark_changed(tahun_dari=2025)
    tasks.hitung_malam()

    class Died(BaseException):
        """As kill -9: nothing of the transaction stays."""

    def die(*args: object, **kwargs: object) -> None:
        raise Died

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "_compute", die)
        with pytest.raises(Died), transaction.atomic():
            tasks.hitung_bagian(orders[0])
    assert set(BagianHitung.objects.values_list("status", flat=True)) == {"menunggu"}
    assert DesaBerubah.objects.count() == 3
    work(orders)
    assert PutaranHitung.objects.get().status == "selesai"


def test_a_piece_that_fails_says_why_and_is_taken_up_the_next_night(
    three: None, orders: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_changed(tahun_dari=2025)
    tasks.hitung_malam()
    compute = actions._compute

    def fail_once(bagian: BagianHitung, tahun_berjalan: int | None) -> None:
        if bagian.kabupaten.kode == "11.01":
            raise ValueError("sengaja")
        compute(bagian, tahun_berjalan)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_compute", fail_once)
        work(orders)
    satu = PutaranHitung.objects.get()
    assert (satu.status, satu.bagian.get(status="gagal").galat) == ("gagal", "ValueError: sengaja")
    assert set(DesaBerubah.objects.values_list("desa__kode", flat=True)) == {A1, B1}
    tasks.hitung_malam()
    work(orders)
    assert not DesaBerubah.objects.exists()
    assert PutaranHitung.objects.first().status == "selesai"


def test_what_failed_in_a_full_run_is_taken_up_by_the_night(
    three: None, orders: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(actions.kualitas, "rebuild", lambda *args, **kwargs: 1 / 0)
        run(PENUH, orders)
    assert PutaranHitung.objects.get().bagian.filter(status="gagal").count() == 3
    assert DesaBerubah.objects.count() == 4
    tasks.hitung_malam()
    work(orders)
    assert PutaranHitung.objects.first().status == "selesai"
    assert not DesaBerubah.objects.exists()


def test_a_village_that_moved_belongs_to_the_kabupaten_of_its_successor(three: None, orders: list[int]) -> None:
    Wilayah.objects.filter(kode=A1).update(berlaku_sampai=datetime.date(2025, 4, 24), kode_penerus="11.02.01.2001")
    edisi_berubah.send(sender=None)
    tasks.hitung_malam()
    assert ("11.02", 2024) in BagianHitung.objects.values_list("kabupaten__kode", "tahun")
    work(orders)
    assert KualitasBelanja.objects.get(wilayah__kode="11.02", tahun=2024).belanja_anggaran == 1_000_000
    assert not KualitasBelanja.objects.filter(wilayah__kode="11.01", tahun=2024).exists()


def test_the_first_night_of_a_year_gives_the_ended_one_its_index(three: None, orders: list[int]) -> None:
    for tahun in (2024, 2025):
        kualitas.rebuild(tahun, tahun_berjalan=2025)
    assert set(IndeksBelanja.objects.filter(tahun=2025).values_list("alasan", flat=True)) == {"tahun_berjalan"}
    tasks.hitung_malam()
    work(orders)
    assert "tahun_berjalan" not in IndeksBelanja.objects.values_list("alasan", flat=True)


# What marks


def test_people_count_from_the_next_year_on(three: None) -> None:
    penduduk_berubah.send(sender=None, per=datetime.date(2024, 12, 31))
    assert set(DesaBerubah.objects.values_list("tahun", flat=True)) == {2025}


def test_rules_and_parameters_are_judged_again(three: None) -> None:
    AturanBelanja.objects.first().save()
    assert DesaBerubah.objects.count() == 4


def test_an_import_of_the_desa_takes_the_mark_away(three: None, wilayah: dict[str, Wilayah]) -> None:
    mark_changed(tahun_dari=2025)
    kualitas.rebuild(2025, desa_ids=[wilayah[A1].pk])
    assert set(DesaBerubah.objects.values_list("desa__kode", flat=True)) == {B1, G1}


# Published


def test_the_index_of_a_closed_year_is_published_and_that_of_a_running_one_is_not(
    three: None, cast: SimpleNamespace
) -> None:
    this_year = timezone.localdate().year
    APBDes.objects.filter(tahun=2025, desa__kode=A1).update(tahun=this_year)
    for tahun in (2024, 2025, this_year):
        kualitas.rebuild(tahun)
    publish = partial(actions.publish_indeks, by=cast.admin_pusat)
    assert publish(tahun=2024) == IndeksBelanja.objects.filter(tahun=2024).count() > 0
    for tahun in (2024, this_year):
        with pytest.raises(ValidationError, match="Tidak ada indeks"):
            publish(tahun=tahun)
    assert not IndeksBelanja.objects.filter(tahun=this_year, terbit=True).exists()
    satu = TerbitanIbdb.objects.get()
    assert (satu.tahun, satu.parameter.aktif, satu.oleh) == (2024, True, cast.admin_pusat)
    assert satu.jumlah == IndeksBelanja.objects.filter(terbit=True).count()
    assert CatatanAudit.objects.filter(model="layanan_dasar.terbitanibdb").count() == 1


def test_a_summary_of_a_running_year_is_not_published_either(three: None, cast: SimpleNamespace) -> None:
    """It has another reason for being without an index."""
    this_year = timezone.localdate().year
    BarisAPBDes.objects.all().delete()
    APBDes.objects.filter(tahun=2025).update(tahun=this_year, cakupan_belanja="tidak_ada")
    kualitas.rebuild(this_year)
    assert set(IndeksBelanja.objects.filter(tahun=this_year).values_list("alasan", flat=True)) == {"rincian_belum_ada"}
    with pytest.raises(ValidationError, match="Tidak ada indeks"):
        actions.publish_indeks(by=cast.admin_pusat, tahun=this_year)


def test_nothing_is_published_that_is_about_to_change(three: None, cast: SimpleNamespace) -> None:
    publish = partial(actions.publish_indeks, by=cast.admin_pusat, tahun=2025)
    mark_changed(tahun_dari=2025)
    with pytest.raises(ValidationError, match="menunggu dihitung ulang"):
        publish()
    actions.start_putaran(jenis=PENUH)
    with pytest.raises(ValidationError, match="sedang berjalan"):
        publish()
    PutaranHitung.objects.all().delete()
    kualitas.rebuild(2025, tahun_berjalan=2025)  # as on 31 December
    with pytest.raises(ValidationError, match="ketika tahunnya masih berjalan"):
        publish()
    kualitas.rebuild(2025)
    assert publish() > 0


# The schedule


def test_it_runs_at_one_in_the_night_of_jakarta_and_looks_after_runs_every_minute() -> None:
    malam, lanjut = (app.conf.beat_schedule[name] for name in ("hitung-malam", "lanjutkan-putaran"))
    assert malam["task"] == tasks.hitung_malam.name
    assert (malam["schedule"].hour, malam["schedule"].minute) == ({1}, {0})
    assert lanjut["task"] == tasks.lanjutkan_putaran.name
    assert len(lanjut["schedule"].minute) == 60
    assert app.conf.timezone == "Asia/Jakarta"
