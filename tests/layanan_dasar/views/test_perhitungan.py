"""Runs and the publication of the index, as the central admin and others see them."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import CatatanAudit, Wilayah
from layanan_dasar import tasks
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.actions.putaran import start_putaran
from layanan_dasar.aggregation import kualitas
from layanan_dasar.models import BagianHitung, DesaBerubah, IndeksBelanja, PutaranHitung, TerbitanIbdb
from layanan_dasar.queries import perhitungan as queries
from tests.assertions import content, row_counts, visible_text
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.usefixtures("acuan")
PENUH, TERBIT = "/perhitungan/penuh/", "/perhitungan/terbitkan/"


@pytest.fixture
def pusat(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.admin_pusat)
    client.get("/mulai/")  # writes the session, which happens once a minute
    return client


@pytest.fixture
def budgets(wilayah: dict[str, Wilayah]) -> None:
    """Of three desa in two kabupaten, 2025, computed."""
    for kode in ("11.01.01.2001", "11.01.02.2001", "11.02.01.2001"):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[kode]), realisasi_s2=500_000)
    kualitas.rebuild(2025)


def putaran(wilayah: dict[str, Wilayah], *, minutes: int = 2, **fates: str) -> PutaranHitung:
    """A full run that took so long; `fates` by code of kabupaten without its dot."""
    status = "berjalan" if "menunggu" in fates.values() else "gagal" if "gagal" in fates.values() else "selesai"
    satu = PutaranHitung.objects.create(jenis="penuh", status=status, wilayah_ditulis=2)
    ended = None if status == "berjalan" else satu.mulai + datetime.timedelta(minutes=minutes, seconds=5)
    PutaranHitung.objects.filter(pk=satu.pk).update(selesai=ended)
    for kode, fate in fates.items():
        BagianHitung.objects.create(
            putaran=satu, kabupaten=wilayah[f"{kode[1:3]}.{kode[3:]}"], tahun=2025, status=fate, desa_ditulis=3,
            wilayah_ditulis=1, selesai=timezone.now(), galat="ValueError: sengaja" if fate == "gagal" else "",
        )  # fmt: skip
    return satu


def test_before_the_first_run_the_page_says_what_to_expect(pusat: Client) -> None:
    page = visible_text(pusat.get("/perhitungan/"))
    assert "Tidak ada hitungan yang berjalan." in page
    assert "Belum pernah ada putaran hitungan." in page
    assert "Tidak ada desa yang menunggu dihitung ulang." in page
    assert "Belum ada IBDB yang diterbitkan." in page
    assert "Tidak ada indeks tahun lalu yang menunggu diterbitkan." in page


def test_a_run_that_ended_shows_its_duration_pieces_and_rows(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    putaran(wilayah, k1101="selesai", k1102="selesai")
    page = content(pusat.get("/perhitungan/"))
    assert "2 menit 5 detik" in page
    assert "2 selesai, 0 gagal, 0 menunggu" in page
    assert '<progress class="maju" max="2" value="2"' in page
    assert '<td class="n">10</td>' in page
    assert "hx-trigger" not in page.split('id="putaran"')[1][:300]


def test_failures_are_listed_with_place_year_text_and_what_to_do(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    satu = putaran(wilayah, k1101="gagal", k1102="selesai")
    page = visible_text(pusat.get("/perhitungan/"))
    assert "1 bagian gagal." in page
    assert "Kabupaten Satu 2025 gagal" in page
    assert "ValueError: sengaja" in page
    assert "kirimkan teks galat, kabupaten, dan tahunnya kepada pengelola server" in page
    everything, failed = (visible_text(pusat.get(f"/perhitungan/{satu.pk}/{query}")) for query in ("", "?status=gagal"))
    assert ("Kabupaten Dua" in everything, "Kabupaten Dua" in failed) == (True, False)
    assert "selesai dengan kegagalan" in everything.lower()


def test_failures_of_an_earlier_run_are_history(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    putaran(wilayah, k1101="gagal")
    PutaranHitung.objects.update(mulai=timezone.now() - datetime.timedelta(days=1))
    putaran(wilayah, k1101="selesai")
    assert "bagian gagal." not in visible_text(pusat.get("/perhitungan/"))


def test_many_failures_are_cut_and_counted(
    pusat: Client, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "GAGAL_DITAMPILKAN", 1)
    putaran(wilayah, k1101="gagal", k1102="gagal")
    page = visible_text(pusat.get("/perhitungan/"))
    assert "2 bagian gagal." in page
    assert "Ditampilkan 1 yang pertama" in page


def test_a_run_that_goes_on_reloads_itself_and_cannot_be_doubled(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    putaran(wilayah, k1101="menunggu", k1102="selesai")
    page = content(pusat.get("/perhitungan/"))
    assert 'hx-trigger="every 10s" hx-select="#putaran"' in page
    assert "1 selesai, 0 gagal, 1 menunggu" in page
    assert PENUH not in page
    assert "Hitungan lain sedang berjalan" not in page
    PutaranHitung.objects.update(jenis="malam")
    assert "Hitungan lain sedang berjalan." in visible_text(pusat.post(PENUH, follow=True))
    assert PutaranHitung.objects.count() == 1


def test_a_run_without_pieces_says_so(pusat: Client) -> None:
    satu = PutaranHitung.objects.create(jenis="malam", status="selesai", selesai=timezone.now())
    assert "tidak ada desa yang perlu dihitung" in visible_text(pusat.get(f"/perhitungan/{satu.pk}/"))
    assert "Tidak ada bagian yang gagal." in visible_text(pusat.get(f"/perhitungan/{satu.pk}/?status=gagal"))
    assert pusat.get(f"/perhitungan/{satu.pk + 1}/").status_code == 404


def test_history_and_pieces_come_in_pages(
    pusat: Client, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object
) -> None:
    monkeypatch.setattr(queries, "PER_HALAMAN", 1)
    monkeypatch.setattr(queries, "BAGIAN_PER_HALAMAN", 1)
    putaran(wilayah, k1101="gagal")
    satu = putaran(wilayah, k1101="selesai", k1102="selesai")
    with django_assert_max_num_queries(20):
        assert "Halaman 1 dari 2" in visible_text(pusat.get("/perhitungan/"))
    assert "0 selesai, 1 gagal" in visible_text(pusat.get("/perhitungan/?hal=2"))
    assert "Kabupaten Dua" in visible_text(pusat.get(f"/perhitungan/{satu.pk}/?hal=2"))


def test_how_many_desa_wait(pusat: Client, budgets: None) -> None:
    mark_changed(tahun_dari=2025)
    assert "3 APBDes (desa dan tahun) menunggu dihitung ulang" in visible_text(pusat.get("/perhitungan/"))


def test_a_full_run_is_written_down_and_ordered_by_the_next_minute(
    pusat: Client, budgets: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(tasks.hitung_bagian, "delay", sent.append)
    for _twice in range(2):  # a second tap finds the same run
        page = visible_text(pusat.post(PENUH, follow=True))
        assert "Hitung ulang semua dicatat dan mulai dalam satu menit." in page
    assert "Bagiannya dibagikan dalam satu menit." in page
    assert (PutaranHitung.objects.count(), sent) == (1, [])
    tasks.lanjutkan_putaran()
    assert len(sent) == 2


# Publishing


def test_publishing_shows_what_is_frozen_asks_and_is_written_down(
    pusat: Client, budgets: None, cast: SimpleNamespace
) -> None:
    with_value = IndeksBelanja.objects.filter(tahun=2025, nilai__isnull=False).count()
    total = IndeksBelanja.objects.filter(tahun=2025).count()
    assert f'action="{TERBIT}"' in content(pusat.get("/perhitungan/"))
    page = visible_text(pusat.get(f"{TERBIT}?tahun=2025"))
    assert "Terbitkan IBDB tahun 2025?" in page
    assert f"{total} baris dibekukan dan tidak dapat diubah atau ditarik lagi" in page
    assert f"wilayah dengan indeks {with_value}" in page
    assert not IndeksBelanja.objects.filter(terbit=True).exists()
    page = visible_text(pusat.post(TERBIT, {"tahun": "2025"}, follow=True))
    assert f"IBDB 2025 terbit: indeks {total} wilayah dibekukan." in page
    assert f"{total} wilayah, diterbitkan admin_pusat" in page
    assert TerbitanIbdb.objects.get().oleh == cast.admin_pusat
    entry = CatatanAudit.objects.get(model="layanan_dasar.terbitanibdb")
    assert (entry.pelaku, entry.alamat) == (cast.admin_pusat, TERBIT)


@pytest.mark.parametrize("tahun", ["2024", "", "x"])
def test_a_year_with_nothing_to_publish_is_told_so(tahun: str, pusat: Client, budgets: None) -> None:
    for answer, status in ((pusat.get(TERBIT, {"tahun": tahun}), 200), (pusat.post(TERBIT, {"tahun": tahun}), 422)):
        assert answer.status_code == status
        assert "Tidak ada indeks tahun itu yang menunggu diterbitkan." in visible_text(answer)


def test_nothing_is_published_while_figures_are_about_to_change(pusat: Client, budgets: None) -> None:
    start_putaran(jenis=PutaranHitung.Jenis.PENUH)
    answer = pusat.post(TERBIT, {"tahun": "2025"})
    assert answer.status_code == 409
    assert "Hitungan sedang berjalan. Terbitkan sesudah selesai." in visible_text(answer)
    assert not TerbitanIbdb.objects.exists()


def test_who_watches_reads_and_has_no_buttons(client: Client, cast: SimpleNamespace, budgets: None) -> None:
    client.force_login(cast.pemantau_pusat)
    page = content(client.get("/perhitungan/"))
    assert "Yang menerbitkan: admin pusat." in page
    assert TERBIT not in page
    assert PENUH not in page
    assert client.post(PENUH).status_code == client.get(TERBIT).status_code == 403
    client.force_login(cast.admin_kabupaten)
    assert client.get("/perhitungan/").status_code == client.post(PENUH).status_code == 404


def test_reading_writes_nothing(pusat: Client, budgets: None, wilayah: dict[str, Wilayah]) -> None:
    satu = putaran(wilayah, k1101="gagal")
    before = row_counts()
    for path in ("/perhitungan/", f"/perhitungan/{satu.pk}/", f"{TERBIT}?tahun=2025"):
        assert pusat.get(path).status_code == 200
    assert row_counts() == before
    assert not DesaBerubah.objects.exists()


def test_the_nation_page_leads_there(pusat: Client, client: Client, cast: SimpleNamespace) -> None:
    assert 'href="/perhitungan/"' in content(pusat.get("/wilayah/"))
    assert 'href="/perhitungan/"' not in content(pusat.get("/wilayah/11/"))
