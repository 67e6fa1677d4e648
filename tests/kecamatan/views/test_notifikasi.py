import datetime
import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kecamatan.models import Notifikasi, Pengguna, PreferensiNotifikasi
from kecamatan.models.notifikasi import JENIS
from kecamatan.queries.notifikasi import daftar_notifikasi, jumlah_belum_dibaca, pilihan_surel
from tests.assertions import content, row_counts, visible_text
from tests.factories import NotifikasiFactory


pytestmark = pytest.mark.django_db
ALL = {kode: jenis.surel for kode, jenis in JENIS.items() if jenis.kode != "portal"}


@pytest.fixture
def masuk(client: Client, camat_a: Pengguna) -> Client:
    client.force_login(camat_a)
    return client


# The list


def test_an_empty_list_says_what_will_come_and_where_to_go(masuk: Client) -> None:
    page = masuk.get("/saya/notifikasi/")
    assert "Belum ada notifikasi untuk Anda." in visible_text(page)
    assert 'href="/mulai/"' in content(page)
    assert "Tandai semua dibaca" not in content(page)


def test_only_the_own_notices_newest_first(masuk: Client, cast: SimpleNamespace) -> None:
    now = timezone.now()
    NotifikasiFactory(kepada=cast.camat_b, judul="Bukan milik saya")
    for hours, judul in ((2, "Lama"), (1, "Baru")):
        NotifikasiFactory(kepada=cast.camat_a, judul=judul, created_at=now - datetime.timedelta(hours=hours))
    text = visible_text(masuk.get("/saya/notifikasi/"))
    assert text.index("Baru") < text.index("Lama")
    assert "Bukan milik saya" not in text
    assert "2 belum dibaca" in text


def test_what_people_wrote_is_shown_as_text(masuk: Client, camat_a: Pengguna) -> None:
    NotifikasiFactory(kepada=camat_a, judul="<script>alert(1)</script>", isi="<b>tebal</b>\n{{ 7 }}")
    page = content(masuk.get("/saya/notifikasi/"))
    assert "<script>alert" not in page
    assert "&lt;b&gt;tebal&lt;/b&gt;<br>{{ 7 }}" in page


@pytest.mark.parametrize(("asked", "shown"), [("", 1), ("2", 2), ("99", 2), ("-1", 2), ("x", 1), ("\x00", 1)])
def test_a_page_that_does_not_exist_becomes_one_that_does(asked: str, shown: int, camat_a: Pengguna) -> None:
    Notifikasi.objects.bulk_create(NotifikasiFactory.build_batch(21, kepada=camat_a))
    daftar = daftar_notifikasi(camat_a, asked)
    assert (daftar.halaman.number, daftar.belum_dibaca) == (shown, 21)


def test_older_notices_are_on_the_next_page(masuk: Client, camat_a: Pengguna) -> None:
    Notifikasi.objects.bulk_create(NotifikasiFactory.build_batch(21, kepada=camat_a))
    assert 'href="?halaman=2"' in content(masuk.get("/saya/notifikasi/"))
    second = masuk.get("/saya/notifikasi/", {"halaman": "2"})
    assert "Halaman 2 dari 2" in visible_text(second)
    assert content(second).count("<li class=") == 1


def test_looking_at_the_pages_writes_nothing(masuk: Client, camat_a: Pengguna) -> None:
    NotifikasiFactory(kepada=camat_a)
    before = row_counts()
    for url in ("/saya/notifikasi/", "/saya/notifikasi/pilihan/"):
        assert masuk.get(url).status_code == 200
    assert row_counts() == before
    assert jumlah_belum_dibaca(camat_a) == 1


# Reading


def test_a_foreign_notice_does_not_exist(masuk: Client, cast: SimpleNamespace) -> None:
    foreign = NotifikasiFactory(kepada=cast.camat_b)
    assert masuk.post(f"/saya/notifikasi/{foreign.pk}/baca/").status_code == 404
    assert Notifikasi.objects.get().dibaca_pada is None


@pytest.mark.parametrize(("fields", "target"), [({}, "/saya/notifikasi/"), ({"buka": "1"}, "/wilayah/11.01.01/")])
def test_reading_leads_back_or_to_where_the_notice_points(
    fields: dict[str, str], target: str, masuk: Client, camat_a: Pengguna
) -> None:
    notifikasi = NotifikasiFactory(kepada=camat_a, url="/wilayah/11.01.01/")
    answer = masuk.post(f"/saya/notifikasi/{notifikasi.pk}/baca/", fields)
    assert (answer.status_code, answer["Location"]) == (302, target)
    assert jumlah_belum_dibaca(camat_a) == 0
    page = masuk.get("/saya/notifikasi/")
    assert "Semua sudah dibaca" in visible_text(page)


@pytest.mark.parametrize("sampai", ["", "kemarin", "2025-13-45T00:00:00+07:00", "2025-03-04T00:00:00", "\x00"])
def test_all_read_until_no_legible_moment_reads_nothing(sampai: str, masuk: Client, camat_a: Pengguna) -> None:
    NotifikasiFactory(kepada=camat_a, created_at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))
    assert masuk.post("/saya/notifikasi/baca/", {"sampai": sampai}).status_code == 302
    assert jumlah_belum_dibaca(camat_a) == 1


def test_all_that_the_page_showed_is_marked_and_nothing_newer(masuk: Client, camat_a: Pengguna) -> None:
    NotifikasiFactory(kepada=camat_a)
    page = content(masuk.get("/saya/notifikasi/"))
    sampai = page.split('name="sampai" value="')[1].split('"')[0]
    NotifikasiFactory(kepada=camat_a, created_at=timezone.now() + datetime.timedelta(seconds=1))
    masuk.post("/saya/notifikasi/baca/", {"sampai": sampai})
    assert jumlah_belum_dibaca(camat_a) == 1


# The badge


def badge(client: Client) -> str:
    return "".join(re.findall(r'<span class="jumlah">([^<]+)<', content(client.get("/bantuan/"))))


def test_the_badge_counts_what_is_unread_up_to_ninety_nine(masuk: Client, cast: SimpleNamespace) -> None:
    assert badge(masuk) == ""
    NotifikasiFactory(kepada=cast.camat_b)
    assert badge(masuk) == ""
    Notifikasi.objects.bulk_create(NotifikasiFactory.build_batch(99, kepada=cast.camat_a))
    assert badge(masuk) == "99"
    Notifikasi.objects.bulk_create(NotifikasiFactory.build_batch(30, kepada=cast.camat_a))
    assert badge(masuk) == "99+"


def test_the_badge_costs_one_query_and_a_visitor_none(
    client: Client, camat_a: Pengguna, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):
        page = content(client.get("/bantuan/"))
    assert "/saya/notifikasi/" not in page
    client.force_login(camat_a)
    client.get("/bantuan/")  # writes the session, which happens once a minute
    with django_assert_num_queries(5):  # session, account, assignments, second factor, badge
        client.get("/bantuan/")


# The choices


def test_choices_start_with_what_holds_and_safety_is_no_choice(masuk: Client) -> None:
    page = content(masuk.get("/saya/notifikasi/pilihan/"))
    assert "camat_a@uji.test" in page
    assert 'name="akun"' not in page
    assert "Selalu dikirim langsung" in page
    assert page.count(" checked") == len(ALL) - 1


def test_kinds_for_admins_are_offered_to_admins_alone(cast: SimpleNamespace) -> None:
    offered = {
        name: {jenis.kode for jenis, _ in pilihan_surel(getattr(cast, name))} for name in ("camat_a", "admin_pusat")
    }
    assert offered == {"camat_a": set(ALL), "admin_pusat": set(JENIS)}


def test_a_choice_is_kept(masuk: Client, camat_a: Pengguna) -> None:
    answer = masuk.post("/saya/notifikasi/pilihan/", ALL | {"data": "tidak"}, follow=True)
    assert "Pilihan Anda tersimpan" in visible_text(answer)
    assert {jenis.kode: surel for jenis, surel in pilihan_surel(camat_a)} == ALL | {"data": "tidak"}


def test_a_forged_choice_for_safety_changes_nothing(masuk: Client, camat_a: Pengguna) -> None:
    assert masuk.post("/saya/notifikasi/pilihan/", ALL | {"akun": "tidak"}).status_code == 302
    assert not PreferensiNotifikasi.objects.filter(jenis="akun").exists()


@pytest.mark.parametrize("surel", ["merpati", "", "\x00", "LANGSUNG"])
def test_a_choice_that_does_not_exist_is_refused_beside_its_field(surel: str, masuk: Client) -> None:
    answer = masuk.post("/saya/notifikasi/pilihan/", ALL | {"data": surel})
    assert answer.status_code == 422
    assert 'id="galat-data"' in content(answer)
    assert not PreferensiNotifikasi.objects.exists()
