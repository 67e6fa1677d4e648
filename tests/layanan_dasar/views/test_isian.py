"""The desk of figures on its pages."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from kecamatan.models import Pengguna, Wilayah
from layanan_dasar.actions import langkah_isian as langkah
from layanan_dasar.actions.isian import koreksi_isian
from layanan_dasar.models import Isian, NilaiIndikator, NilaiIsian, PengecualianKunci
from tests.assertions import content, visible_text, weights
from tests.factories import AturanIsianFactory, IsianFactory, NilaiFactory
from tests.layanan_dasar.isian import Meja, ada, hari_ini


pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def meja(cast: SimpleNamespace, wilayah: dict[str, Wilayah], acuan: None, monkeypatch: pytest.MonkeyPatch) -> Meja:
    hari_ini(monkeypatch)
    return Meja(cast, wilayah)


def login(pengguna: Pengguna) -> Client:
    client = Client()
    client.force_login(pengguna)
    return client


def alamat(page: str, kode: str = "11.01.01", *more: object) -> str:
    return reverse(f"layanan_dasar:{page}", args=[kode, "PDK-Y", "2025", *more])


def row(meja: Meja, desa: int = 0, indikator: int = 0, dasar: str = "|||||", **cells: str) -> dict[str, str]:
    """The fields of one row, as the page sends them."""
    wilayah, kode = meja.kunci(desa, indikator)
    return {f"s-{wilayah}-{kode}-{name}": value for name, value in {"dasar": dasar, "status": "", **cells}.items()}


# The list


def test_the_list_says_what_to_fill_by_when(meja: Meja) -> None:
    page = login(meja.cast.upt_pendidikan_a).get(reverse("layanan_dasar:isian", args=["11.01.01"]))
    text = visible_text(page)
    assert "Dataset PDK-Y tahun 2025 belum dimulai 0 dari 6 28 Januari 2026 dibuka" in text
    assert "A1 0/2" in text
    assert alamat("isian_lembar") in content(page)


def test_a_desa_sees_its_own_part(meja: Meja) -> None:
    page = login(meja.cast.operator_desa_a1).get(reverse("layanan_dasar:isian", args=["11.01.01.2001"]))
    assert "0 dari 2" in visible_text(page)
    assert "Kelengkapan per desa" not in visible_text(page)


def test_a_kabupaten_sees_its_kecamatan(meja: Meja) -> None:
    page = login(meja.cast.admin_kabupaten).get(reverse("layanan_dasar:isian", args=["11.01"]))
    text = visible_text(page)
    assert "terbit di 0 dari 2 kecamatan" in text
    assert "Buka periode yang terkunci" in text


def test_above_the_kabupaten_kecamatan_are_counted(meja: Meja) -> None:
    isian = meja.sahkan(meja.isi_penuh())
    koreksi_isian(by=meja.cast.upt_pendidikan_a, isian=isian, alasan="Salah ketik")
    beta = {"dataset": meja.dataset, "kecamatan": meja.wilayah["11.01.02"]}
    IsianFactory(**beta)
    client = login(meja.cast.admin_pusat)
    province = visible_text(client.get(reverse("layanan_dasar:isian", args=["11"])))
    assert "Kabupaten Satu 2 1 1 Kabupaten Dua 1 0 0" in province
    assert "terbit di 1 dari 3 kecamatan" in province
    assert "Uji 3 1 1" in visible_text(client.get(reverse("layanan_dasar:isian", args=["0"])))


@pytest.mark.parametrize("kode", ["11.01.01", "11.01", "11"])
def test_an_empty_list_says_who_can_change_that(kode: str, cast: SimpleNamespace) -> None:
    page = login(cast.admin_pusat).get(reverse("layanan_dasar:isian", args=[kode]))
    assert "Admin pusat menentukan dataset dan tenggatnya." in visible_text(page)


# The grid


def test_the_grid_of_a_kecamatan_shows_one_indicator(meja: Meja) -> None:
    NilaiFactory(desa=meja.desa[0], indikator=meja.indikator[1], periode="2024", pembilang=70)
    page = login(meja.cast.upt_pendidikan_a).get(alamat("isian_lembar"), {"indikator": "PDK-02"})
    html, text = content(page), visible_text(page)
    assert "lalu: 70,0% (70 dari 100)" in text
    assert f'name="s-{meja.desa[0].pk}-PDK-02-pembilang"' in html
    assert "PDK-01-pembilang" not in html
    assert "jumlah menurut sumber, bila ada" in text


def test_the_grid_of_a_desa_shows_all_its_indicators(meja: Meja) -> None:
    meja.dataset.pengisi = ["operator_desa"]
    meja.dataset.save()
    html = content(login(meja.cast.operator_desa_a1).get(alamat("isian_lembar", "11.01.01.2001")))
    assert f"s-{meja.desa[0].pk}-PDK-01-pembilang" in html
    assert f"s-{meja.desa[0].pk}-PDK-02-pembilang" in html
    assert f"s-{meja.desa[1].pk}-" not in html


def test_whoever_only_reads_gets_no_fields(meja: Meja) -> None:
    meja.isi_penuh()
    html = content(login(meja.cast.camat_a).get(alamat("isian_lembar")))
    assert "-pembilang" not in html
    assert "hx-post" not in html


def test_the_grid_of_forty_desa_is_light(meja: Meja, django_assert_max_num_queries: type) -> None:
    for number in range(37):
        Wilayah.objects.create(kode=f"11.01.01.2{number + 100}", nama=f"Desa {number}", induk=meja.kecamatan)
    client = login(meja.cast.upt_pendidikan_a)
    with django_assert_max_num_queries(25):
        page = client.get(alamat("isian_lembar"))
    weight = weights(content(page))
    assert weight["html"] <= 20_000
    assert weight["html"] + weight["css"] + weight["js"] <= 85_000


@pytest.mark.parametrize("periode", ["2025-S1", "besok", "2025-99"])
def test_a_period_that_the_dataset_does_not_have_is_not_there(periode: str, meja: Meja) -> None:
    url = reverse("layanan_dasar:isian_lembar", args=["11.01.01", "PDK-Y", periode])
    assert login(meja.cast.upt_pendidikan_a).get(url).status_code == 404


def test_an_unknown_dataset_and_a_kabupaten_have_no_sheet(meja: Meja) -> None:
    client = login(meja.cast.admin_pusat)
    assert client.get(reverse("layanan_dasar:isian_lembar", args=["11.01.01", "ABC-Y", "2025"])).status_code == 404
    assert client.get(alamat("isian_lembar", "11.01")).status_code == 404


# Typing


def test_a_row_is_saved_as_it_is_typed(meja: Meja) -> None:
    client = login(meja.cast.upt_pendidikan_a)
    page = client.post(alamat("isian_simpan"), row(meja, pembilang="1.234", penyebut="1.500,0"), headers=HX)
    assert page.status_code == 200
    nilai = NilaiIsian.objects.get()
    assert (nilai.pembilang, nilai.penyebut) == (1234, 1500)
    html = content(page)
    assert "tersimpan" in html
    assert 'value="1234|1500||||ada"' in html
    assert "1 dari 6 sel terisi" in html


def test_without_scripts_the_whole_grid_is_sent(meja: Meja) -> None:
    fields = row(meja, 0, pembilang="82", penyebut="100") | row(meja, 1, status="tidak_berlaku")
    page = login(meja.cast.upt_pendidikan_a).post(alamat("isian_simpan") + "?indikator=PDK-01", fields)
    assert page.headers["Location"] == alamat("isian_lembar") + "?indikator=PDK-01"
    assert NilaiIsian.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "pesan"),
    [
        ({"pembilang": "dua"}, "Pembilang"),
        ({"pembilang": "3524010101900001"}, "NIK"),
        ({"pembilang": "-3"}, "nol sampai"),
        ({"pembilang": "82", "penyebut": "100", "status": "tidak_berlaku"}, "Kosongkan angkanya"),
    ],
)
def test_what_is_no_figure_is_not_saved_and_stays_on_the_page(cells: dict[str, str], pesan: str, meja: Meja) -> None:
    client = login(meja.cast.upt_pendidikan_a)
    for headers in ({}, HX):
        page = client.post(alamat("isian_simpan"), row(meja, **cells), headers=headers)
        assert (page.status_code, pesan in content(page)) == (422, True)
    typed = content(client.post(alamat("isian_simpan"), row(meja, **cells)))
    assert f'value="{cells["pembilang"]}"' in typed
    assert not NilaiIsian.objects.exists()


def test_a_conflict_shows_what_the_other_one_typed(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    client = login(meja.cast.operator_kecamatan_a)
    fields = row(meja, pembilang="90", penyebut="100")
    html = content(client.post(alamat("isian_simpan"), fields, headers=HX))
    assert "Sudah diubah orang lain menjadi 82,0% (82 dari 100)" in html
    assert 'value="82|100||||ada"' in html
    page = client.post(alamat("isian_simpan"), fields, follow=True)
    assert "sudah diubah orang lain" in visible_text(page)
    assert NilaiIsian.objects.get().pembilang == 82


def test_a_page_that_was_tampered_with_overwrites_nothing(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    client = login(meja.cast.operator_kecamatan_a)
    for dasar in ("", "x", "82|100|ada", "a|b|c|d|e|ada"):
        client.post(alamat("isian_simpan"), row(meja, pembilang="90", penyebut="100", dasar=dasar), headers=HX)
    assert NilaiIsian.objects.get().pembilang == 82


def test_a_closed_period_says_so_and_keeps_what_was_typed(meja: Meja) -> None:
    meja.isi_penuh()
    Isian.objects.update(status="diajukan")
    client = login(meja.cast.upt_pendidikan_a)
    page = client.post(alamat("isian_simpan"), row(meja, pembilang="90", penyebut="100"), headers=HX)
    assert (page.status_code, "Minta dikembalikan" in content(page)) == (409, True)


def test_somebody_elses_desa_is_refused(meja: Meja) -> None:
    meja.dataset.pengisi = ["operator_desa"]
    meja.dataset.save()
    client = login(meja.cast.operator_desa_a1)
    page = client.post(alamat("isian_simpan", "11.01.01.2001"), row(meja, 1, pembilang="90", penyebut="100"))
    assert page.status_code == 302
    assert not NilaiIsian.objects.exists()  # that row is not part of this page
    assert client.post(alamat("isian_simpan", "11.01.01.2002"), row(meja, 1)).status_code == 404


# The page of a sheet


def steps(page_html: str) -> list[str]:
    """Which steps the page offers."""
    return re.findall(r'action="[^"]*/2025/(\w+)/"', page_html)


def test_each_reader_is_offered_the_own_step(meja: Meja) -> None:
    isian = meja.isi_penuh()
    page = lambda siapa: steps(content(login(getattr(meja.cast, siapa)).get(alamat("isian_rinci"))))  # noqa: E731
    assert (page("upt_pendidikan_a"), page("verifikator_a"), page("camat_a")) == (["ajukan"], [], [])
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    assert (page("upt_pendidikan_a"), page("verifikator_a")) == ([], ["verifikasi", "kembalikan"])
    assert page("camat_a") == ["kembalikan"]
    langkah.verifikasi_isian(by=meja.cast.verifikator_a, isian=isian)
    assert (page("verifikator_a"), page("camat_a")) == (["kembalikan"], ["sahkan", "kembalikan"])
    langkah.sahkan_isian(by=meja.cast.camat_a, isian=isian)
    assert (page("upt_pendidikan_a"), page("camat_a")) == (["koreksi"], [])


def test_the_whole_way_on_the_pages(meja: Meja) -> None:
    meja.isi_penuh()
    way = [("upt_pendidikan_a", "ajukan"), ("verifikator_a", "verifikasi"), ("camat_a", "sahkan")]
    for siapa, step in way:
        page = login(getattr(meja.cast, siapa)).post(alamat(f"isian_{step}"), follow=True)
        assert page.status_code == 200
    assert "Disahkan dan terbit. Angkanya sudah tampil di halaman wilayah." in visible_text(page)
    assert NilaiIndikator.objects.count() == 6
    assert "82,0%" in visible_text(
        Client().get(reverse("layanan_dasar:angka", args=["11.01.01.2001", "PDK-01", "2025"]))
    )


def test_a_published_figure_says_who_stood_for_it(meja: Meja) -> None:
    lama = meja.save({meja.kunci(0): ada(82, 100, laki_laki=40, perempuan=42)}).isian
    assert lama
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=lama, kosong_disengaja=True)
    langkah.verifikasi_isian(by=meja.cast.verifikator_a, isian=lama)
    langkah.sahkan_isian(by=meja.cast.camat_a, isian=lama)
    url = reverse("layanan_dasar:angka", args=["11.01.01.2001", "PDK-01", "2025"])
    public = visible_text(Client().get(url))
    assert "sumber Dataset PDK-Y · lembar isian" in public
    assert "Verifikator Kecamatan Alfa" in public
    assert "verifikator_a" not in public
    inside = visible_text(login(meja.cast.camat_a).get(url))
    assert "Camat Kecamatan Alfa, camat_a" in inside
    assert "di antaranya laki-laki 40, perempuan 42" in inside
    assert "laki-laki 40" not in public


def test_who_works_there_finds_the_desk_from_the_figures(meja: Meja) -> None:
    url = reverse("layanan_dasar:capaian", args=["11.01.01"])
    link = reverse("layanan_dasar:isian", args=["11.01.01"])
    assert link in content(login(meja.cast.camat_a).get(url))
    assert link not in content(Client().get(url))


def test_the_camat_reads_what_would_change_and_who_did_what(meja: Meja) -> None:
    NilaiFactory(desa=meja.desa[0], indikator=meja.indikator[0], pembilang=70)
    meja.isi_penuh()
    meja.save({meja.kunci(0): ada(82)}, dasar={meja.kunci(0): ada(70)})
    isian = Isian.objects.get()
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=isian)
    text = visible_text(login(meja.cast.camat_a).get(alamat("isian_rinci")))
    assert "A1 PDK-01 Indikator PDK-01 70,0% (70 dari 100) 82,0% (82 dari 100)" in text
    assert "diajukan oleh upt_pendidikan_a, UPT/Korwil Pendidikan Kecamatan Alfa" in text


def test_what_an_action_refuses_stands_on_the_page(meja: Meja) -> None:
    meja.save({meja.kunci(0): ada(82)})
    page = login(meja.cast.upt_pendidikan_a).post(alamat("isian_ajukan"), follow=True)
    assert "Masih ada 5 sel kosong" in visible_text(page)
    page = login(meja.cast.upt_pendidikan_a).post(alamat("isian_ajukan"), {"kosong_disengaja": "on"}, follow=True)
    assert "Diajukan. Verifikator sudah diberi tahu." in visible_text(page)


def test_a_return_asks_why(meja: Meja) -> None:
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=meja.isi_penuh())
    client = login(meja.cast.verifikator_a)
    assert client.post(alamat("isian_kembalikan")).status_code == 422
    page = client.post(alamat("isian_kembalikan"), {"alasan": "Angka A1 keliru"}, follow=True)
    assert "Alasan: Angka A1 keliru" in visible_text(page)


def test_notes_are_saved_on_the_page(meja: Meja) -> None:
    AturanIsianFactory(kode="sedikit", ekspresi="pembilang >= 10", tingkat="peringatan", pesan="Sedikit.")
    meja.save({meja.kunci(0): ada(3)})
    temuan = Isian.objects.get().temuan.get()
    client = login(meja.cast.upt_pendidikan_a)
    page = client.post(alamat("isian_catatan"), {str(temuan.pk): "Sekolah baru."}, follow=True)
    assert 'value="Sekolah baru."' in content(page)
    assert client.post(alamat("isian_catatan"), {str(temuan.pk): "x" * 251}).status_code == 422


@pytest.mark.parametrize("nik", ["3524010101900001", "3524 0101 0190 0001", "352401.010190.0001"])
def test_no_note_and_no_reason_names_a_person(nik: str, meja: Meja) -> None:
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=meja.isi_penuh())
    page = login(meja.cast.verifikator_a).post(alamat("isian_kembalikan"), {"alasan": f"Periksa {nik}"})
    assert (page.status_code, "Jangan menulis NIK" in visible_text(page)) == (422, True)
    assert Isian.objects.get().status == "diajukan"


def test_days_and_amounts_in_a_reason_are_no_nik(meja: Meja) -> None:
    langkah.ajukan_isian(by=meja.cast.upt_pendidikan_a, isian=meja.isi_penuh())
    alasan = {"alasan": "Data 2025-01-01 2025-12-31, Rp1.234.567.890.123"}
    assert login(meja.cast.verifikator_a).post(alamat("isian_kembalikan"), alasan).status_code == 302


def test_a_correction_opens_a_version_and_the_old_one_stays_readable(meja: Meja) -> None:
    meja.sahkan(meja.isi_penuh())
    client = login(meja.cast.upt_pendidikan_a)
    assert client.post(alamat("isian_koreksi")).status_code == 422
    client.post(alamat("isian_koreksi"), {"alasan": "Salah ketik"})
    meja.save({meja.kunci(0): ada(90)}, dasar={meja.kunci(0): ada(82)})
    assert "Koreksi: Salah ketik" in visible_text(client.get(alamat("isian_rinci")))
    old = visible_text(client.get(alamat("isian_versi", "11.01.01", 1)))
    assert "A1 82,0% (82 dari 100)" in old
    assert "90,0% (90 dari 100)" in visible_text(client.get(alamat("isian_versi", "11.01.01", 2)))
    assert client.get(alamat("isian_versi", "11.01.01", 3)).status_code == 404


def test_a_sheet_that_nobody_began_says_so(meja: Meja) -> None:
    text = visible_text(login(meja.cast.camat_a).get(alamat("isian_rinci")))
    assert "Belum ada yang mengisi lembar ini." in text
    page = login(meja.cast.upt_pendidikan_a).post(alamat("isian_ajukan"), follow=True)
    assert "Lembar ini belum berisi satu angka pun." in visible_text(page)


def test_drafts_stay_inside(meja: Meja) -> None:
    meja.isi_penuh()
    page = Client().get(reverse("layanan_dasar:capaian", args=["11.01.01"]))
    assert "82,0%" not in visible_text(page)


# Locks


def test_a_kabupaten_opens_a_locked_period(meja: Meja) -> None:
    client = login(meja.cast.admin_kabupaten)
    url = reverse("layanan_dasar:isian_kunci", args=["11.01"])
    sent = {"dataset": "PDK-Y", "periode": "2025", "sampai": "2026-02-01", "alasan": "Banjir"}
    assert client.post(url, sent | {"periode": "2025-S1"}).status_code == 422
    page = client.post(url, sent, follow=True)
    assert "Dataset PDK-Y, 2025 · Kabupaten Satu Banjir (admin_kabupaten)" in visible_text(page)
    assert PengecualianKunci.objects.get().dataset_id == "PDK-Y"
