"""Plans for after the training: written, followed up by link, verified; asked about once."""

import datetime
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from kecamatan.actions.pesan import relay
from kecamatan.models import PesanKeluar, Wilayah
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.actions.rtl import change_rtl, create_rtl, report_rtl, verify_rtl
from pelatihan.actions.tanya_rtl import ask_due, mark_asked
from pelatihan.actions.tautan import revoke_tautan
from pelatihan.models import BuktiRtl, PemantauanRtl, Peserta, Rtl
from pelatihan.queries.rtl import (
    kemajuan_angkatan,
    kemajuan_rtl,
    perlu_dihubungi,
    punya_rtl,
    rtl_of,
    tindakan_rtl,
)
from pelatihan.queries.tautan import peserta_of_token
from pelatihan.signals import rtl_berubah
from pelatihan.tasks import jaga_pelatihan
from tests.factories import IndikatorFactory, PenggunaFactory, PesertaFactory, RtlFactory
from tests.pelatihan.dunia import A1, ALFA, Dunia, buat_dunia


pytestmark = pytest.mark.django_db
PDF = Dokumen(b"%PDF-1.4 %%EOF", "application/pdf", "pdf")
HARI = datetime.timedelta(days=1)


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace, acuan: None) -> Dunia:
    IndikatorFactory(kode="KES-01", nama="Penimbangan balita")
    return buat_dunia(wilayah)


def isi(wilayah: dict[str, Wilayah], **fields: object) -> dict[str, Any]:
    told = {"masalah": "Balita jarang ditimbang", "kode_indikator": "KES-01", "kegiatan": "Jadwal posyandu"}
    rest = {"target": "20 dari 25 balita", "penanggung_jawab": "Kasi Kesra", "desa": wilayah[A1]}
    return told | rest | {"tenggat": timezone.localdate() + 30 * HARI} | fields


def test_a_plan_brings_the_days_on_which_it_is_asked_about(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    rtl = create_rtl(peserta=dunia.peserta[0], **isi(wilayah))
    last = dunia.angkatan.selesai
    found = list(rtl.pemantauan.values_list("tonggak", "jatuh_tempo"))
    assert found == [(hari, last + hari * HARI) for hari in (30, 60, 90, 180)]
    assert punya_rtl(dunia.angkatan) == {dunia.peserta[0].pk}


@pytest.mark.parametrize(
    ("salah", "kolom"),
    [({"kode_indikator": "XX-99"}, "kode_indikator"), ({"tenggat": timezone.localdate()}, "tenggat"),
     ({"desa": "11.01.02.2001"}, "desa"), ({"desa": ALFA}, "desa"), ({"masalah": ""}, "masalah")],
)  # fmt: skip
def test_a_plan_that_cannot_be_followed_is_refused(
    dunia: Dunia, wilayah: dict[str, Wilayah], salah: dict[str, Any], kolom: str
) -> None:
    if "desa" in salah:
        salah = {"desa": wilayah[salah["desa"]]}
    with pytest.raises(ValidationError) as refusal:
        create_rtl(peserta=dunia.peserta[0], **isi(wilayah, **salah))
    assert list(refusal.value.message_dict) == [kolom]
    assert not Rtl.objects.exists()


def test_five_plans_are_enough_and_one_called_off_makes_room(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    plans = [create_rtl(peserta=dunia.peserta[0], **isi(wilayah)) for _ in range(5)]
    with pytest.raises(ValidationError, match="Paling banyak lima"):
        create_rtl(peserta=dunia.peserta[0], **isi(wilayah))
    report(plans[0], keadaan="batal")
    create_rtl(peserta=dunia.peserta[0], **isi(wilayah))


@pytest.mark.parametrize(("status", "boleh"), [("ditetapkan", False), ("evaluasi", True), ("selesai", True),
                                               ("ditutup", False), ("batal", False)])  # fmt: skip
def test_plans_are_written_from_the_first_day_to_the_closing(
    dunia: Dunia, wilayah: dict[str, Wilayah], status: str, boleh: bool
) -> None:
    dunia.angkatan.status = status
    dunia.angkatan.save()
    if boleh:
        create_rtl(peserta=dunia.peserta[0], **isi(wilayah))
        return
    with pytest.raises(ValidationError, match="RTL ditulis sejak"):
        create_rtl(peserta=dunia.peserta[0], **isi(wilayah))


def report(rtl: Rtl, n: int = 0, keadaan: str = "berjalan", bukti: Dokumen | None = None) -> PemantauanRtl:
    satu = rtl.pemantauan.order_by("tonggak")[n]
    return report_rtl(peserta=rtl.peserta, pemantauan=satu, keadaan=keadaan, uraian="Sudah jalan", bukti=bukti)


def plan(dunia: Dunia, wilayah: dict[str, Wilayah], **fields: Any) -> Rtl:
    return RtlFactory(**{"peserta": dunia.peserta[0], "desa": wilayah[A1]} | fields)


def test_a_plan_is_corrected_until_something_was_told_of_it(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    rtl = plan(dunia, wilayah)
    change_rtl(peserta=dunia.peserta[0], rtl=rtl, **isi(wilayah, kegiatan="Lain"))
    rtl.refresh_from_db()
    assert str(rtl) == "Lain"
    with pytest.raises(ValidationError, match="sesudah hari ini"):
        change_rtl(peserta=dunia.peserta[0], rtl=rtl, **isi(wilayah, tenggat=timezone.localdate()))
    with pytest.raises(Rtl.DoesNotExist):
        change_rtl(peserta=dunia.peserta[1], rtl=rtl, **isi(wilayah))
    report(rtl)
    with pytest.raises(ValidationError, match="sudah dipantau"):
        change_rtl(peserta=dunia.peserta[0], rtl=rtl, **isi(wilayah))


def test_what_is_told_last_is_where_the_plan_stands_even_in_a_closed_cohort(
    dunia: Dunia, wilayah: dict[str, Wilayah]
) -> None:
    rtl = plan(dunia, wilayah, pemantauan=timezone.localdate() - 40 * HARI)
    dunia.angkatan.status = "ditutup"
    dunia.angkatan.save()
    report(rtl, 1, "selesai", PDF)
    report(rtl, 0, "berjalan")  # told late about an earlier day: it does not turn back what came after
    rtl.refresh_from_db()
    assert (rtl.status, BuktiRtl.objects.count()) == ("selesai", 1)


def test_nothing_is_done_without_evidence(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    rtl = plan(dunia, wilayah)
    with pytest.raises(ValidationError, match="memerlukan bukti"):
        report(rtl, 0, "selesai")
    report(rtl, 0, "berjalan", PDF)
    assert report(rtl, 0, "selesai").keadaan == "selesai"  # the evidence of before stays


def test_a_follow_up_opens_a_week_before_its_day(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    rtl = plan(dunia, wilayah)
    with pytest.raises(ValidationError, match="dibuka mulai"):
        report(rtl, 1)
    assert rtl_of(dunia.peserta[0])[0].terbuka == rtl.pemantauan.get(tonggak=30)
    near = plan(dunia, wilayah, pemantauan=timezone.localdate() - 23 * HARI)
    assert report(near, 1).diisi_pada
    assert [baris.terbuka for baris in rtl_of(dunia.peserta[0]) if baris.rtl == near] == [None]


def test_who_runs_the_cohort_verifies(dunia: Dunia, wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    rtl = plan(dunia, wilayah)
    satu = rtl.pemantauan.get(tonggak=30)
    admin = cast.admin_kabupaten
    with pytest.raises(ValidationError, match="Tidak ada laporan"):
        verify_rtl(by=admin, pemantauan=satu, hasil="diterima")
    report(rtl)
    with pytest.raises(PermissionDenied):
        verify_rtl(by=cast.camat_a, pemantauan=satu, hasil="diterima")
    with pytest.raises(ValidationError, match="perlu dilengkapi"):
        verify_rtl(by=admin, pemantauan=satu, hasil="dikembalikan", catatan=" ")
    verify_rtl(by=admin, pemantauan=satu, hasil="dikembalikan", catatan="Sertakan daftar hadir")
    assert rtl_of(dunia.peserta[0])[0].terbuka == satu
    again = report(rtl)
    assert (again.hasil, again.verifikator, again.catatan) == ("", None, "")
    assert verify_rtl(by=admin, pemantauan=satu, hasil="diterima").verifikator == admin
    with pytest.raises(ValidationError, match="sudah diterima"):
        report(rtl)
    with pytest.raises(ValidationError, match="Tidak ada laporan"):
        verify_rtl(by=admin, pemantauan=satu, hasil="dikembalikan", catatan="Lagi")


def test_nobody_verifies_the_own_report(dunia: Dunia, wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    own = PesertaFactory(angkatan=dunia.angkatan, wilayah=wilayah[ALFA], orang=cast.admin_kabupaten.orang)
    satu = report(plan(dunia, wilayah, peserta=own))
    with pytest.raises(ValidationError, match="diverifikasi orang lain"):
        verify_rtl(by=cast.admin_kabupaten, pemantauan=satu, hasil="diterima")


def test_whoever_takes_plans_over_hears_of_every_change(
    dunia: Dunia, wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    heard: list[Rtl] = []

    def listen(rtl: Rtl, **kwargs: object) -> None:
        heard.append(rtl)

    rtl_berubah.connect(listen)
    try:
        rtl = create_rtl(peserta=dunia.peserta[0], **isi(wilayah))
        change_rtl(peserta=dunia.peserta[0], rtl=rtl, **isi(wilayah))
        verify_rtl(by=cast.admin_kabupaten, pemantauan=report(rtl), hasil="diterima")
    finally:
        rtl_berubah.disconnect(listen)
    assert heard == [rtl] * 4
    (action,) = tindakan_rtl(wilayah["11.01"])
    assert (action.judul, action.kode_indikator, action.desa, action.pj, action.status) == (
        "Jadwal posyandu", "KES-01", wilayah[A1], "Kasi Kesra", "berjalan"
    )  # fmt: skip
    assert action.url.endswith(f"/pelatihan/kelola/{dunia.angkatan.pk}/rtl/")


def account(dunia: Dunia, n: int = 0) -> Peserta:
    PenggunaFactory(orang=dunia.peserta[n].orang, email=f"peserta{n}@uji.test")
    return dunia.peserta[n]


def test_people_with_an_account_are_asked_once(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    peserta = account(dunia)
    for _ in range(2):
        plan(dunia, wilayah)
    plan(dunia, wilayah, peserta=dunia.peserta[1])  # without an account
    plan(dunia, wilayah, pemantauan=timezone.localdate() + HARI)  # tomorrow
    plan(dunia, wilayah, status="selesai")
    assert [jaga_pelatihan()["ditanya"] for _ in range(2)] == [1, 0]
    pesan = PesanKeluar.objects.get()
    assert (pesan.kepada, pesan.konteks) == (peserta.orang.pengguna, {"peserta": str(peserta.pk)})
    assert relay() == {"terkirim": 1}
    (surel,) = mail.outbox
    assert surel.to == ["peserta0@uji.test"]
    assert "3 rencana" in surel.body  # tomorrow's plan is open too
    token = surel.body.split("/ikut/t/")[1].split("/")[0]
    assert peserta_of_token(token) == peserta


def test_a_link_taken_back_opens_nothing(dunia: Dunia, wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    plan(dunia, wilayah)
    ((satu,), _n) = perlu_dihubungi(dunia.angkatan)
    token = satu.teks.split("/ikut/t/")[1].split("/")[0]
    assert peserta_of_token(token) == dunia.peserta[0]
    revoke_tautan(by=cast.admin_kabupaten, peserta=dunia.peserta[0])
    assert peserta_of_token(token) is None


def test_days_that_were_missed_make_one_mail(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    account(dunia)
    plan(dunia, wilayah, pemantauan=timezone.localdate() - 100 * HARI)
    assert ask_due(pada=timezone.localdate()) == {"ditanya": 1}
    assert PemantauanRtl.objects.exclude(dikirim_pada=None).count() == 3
    assert ask_due(pada=timezone.localdate() + 80 * HARI) == {"ditanya": 1}
    assert PesanKeluar.objects.count() == 2


def test_what_was_told_in_time_is_not_asked(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    account(dunia)
    report(plan(dunia, wilayah))
    assert ask_due(pada=timezone.localdate()) == {"ditanya": 0}


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_everybody_once(dunia: Dunia, wilayah: dict[str, Wilayah]) -> None:
    for n in range(6):
        plan(dunia, wilayah, peserta=account(dunia, n))
    barrier = threading.Barrier(2)

    def work() -> None:
        barrier.wait()
        ask_due(pada=timezone.localdate())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert PesanKeluar.objects.count() == 6
    assert not PemantauanRtl.objects.due(timezone.localdate()).exists()


def test_the_organiser_asks_whom_no_mail_reaches(
    dunia: Dunia, wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    plan(dunia, wilayah, peserta=account(dunia, 1))
    plan(dunia, wilayah)
    ((satu,), _n) = perlu_dihubungi(dunia.angkatan)
    assert (satu.peserta, satu.n) == (dunia.peserta[0], 1)
    with pytest.raises(PermissionDenied):
        mark_asked(by=cast.camat_a, peserta=satu.peserta)
    assert mark_asked(by=cast.admin_kabupaten, peserta=satu.peserta) == 1
    assert perlu_dihubungi(dunia.angkatan) == ([], 0)


def test_how_the_plans_of_a_region_go(dunia: Dunia, wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    done = plan(dunia, wilayah)
    verify_rtl(by=cast.admin_kabupaten, pemantauan=report(done, 0, "selesai", PDF), hasil="diterima")
    report(plan(dunia, wilayah), 0, "selesai", PDF)
    plan(dunia, wilayah, tenggat=timezone.localdate() - HARI)
    plan(dunia, wilayah, status="batal")
    found = kemajuan_rtl(wilayah["11.01"])
    assert (found.n, found.selesai, found.terverifikasi, found.terlambat) == (3, 2, 1, 1)
    assert round(float(found.bagian or 0), 3) == 0.667
    assert kemajuan_angkatan(dunia.angkatan) == kemajuan_rtl(wilayah[A1]) == found
    assert (kemajuan_rtl(wilayah["11.02"]).n, kemajuan_rtl(wilayah["11.02"]).bagian) == (0, None)


def test_the_figures_of_a_region_are_one_query(
    dunia: Dunia, wilayah: dict[str, Wilayah], django_assert_num_queries: Any
) -> None:
    for _ in range(8):
        plan(dunia, wilayah)
    with django_assert_num_queries(1):
        kemajuan_rtl(wilayah["11.01"])
    with django_assert_num_queries(1):
        list(tindakan_rtl(wilayah["11.01"]))
