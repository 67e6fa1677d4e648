"""The own account: second factor, recovery codes, password, sessions. As a browser does it."""

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from kecamatan.models import Pengguna, PesanKeluar, Wilayah
from tests import totp
from tests.assertions import content, sent_mail, visible_text
from tests.factories import PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
EMAIL, NIP, PASSWORD, NEW = "siti@uji.test", "198003122005011991", "rahasia-sekali", "kopi-panas-di-pagi"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def siti(wilayah: dict[str, Wilayah]) -> Pengguna:
    """A camat of Alfa who has no second factor yet."""
    siti = PenggunaFactory(orang__nip=NIP, email=EMAIL, password=PASSWORD, langkah_kedua=False)
    PenugasanFactory(pengguna=siti, wilayah=wilayah["11.01.01"])
    return siti


def log_in(user_agent: str = WINDOWS, address: str = "203.0.113.7") -> Client:
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR=address)
    client.post("/masuk/", {"login": EMAIL, "password": PASSWORD})
    if client.session.get("_auth_user_id") is None:
        client.post("/masuk/kode/", {"code": totp.code()})
    return client


def enrol(client: Client) -> str:
    """Set up the second factor; returns its secret."""
    (secret,) = re.findall(r'class="kunci">([A-Z2-7]+)<', content(client.get("/saya/autentikator/")))
    answer = client.post("/saya/autentikator/", {"code": totp.code(secret=secret)})
    assert answer.headers["Location"] == "/saya/kode-pemulihan/", visible_text(answer)
    return secret


# Second factor


def test_after_the_first_login_it_is_set_up_at_once_and_work_begins(siti: Pengguna) -> None:
    client = log_in()
    assert client.get("/mulai/").headers["Location"] == "/saya/autentikator/"
    assert "Peran Anda memerlukan langkah kedua" in visible_text(client.get("/saya/autentikator/"))
    enrol(client)
    page = visible_text(client.get("/saya/kode-pemulihan/"))
    assert len(re.findall(r"\b\d{8}\b", page)) == 10
    assert "10 dari 10 kode belum dipakai." in page
    assert client.get("/mulai/").headers["Location"] == "/wilayah/11.01.01/"


def test_the_picture_for_the_phone_needs_no_other_host_and_no_inline_style(siti: Pengguna) -> None:
    page = content(log_in().get("/saya/autentikator/"))
    assert 'src="data:image/svg+xml;base64,' in page
    assert "style=" not in page


def test_a_wrong_code_sets_up_nothing(siti: Pengguna) -> None:
    client = log_in()
    client.get("/saya/autentikator/")
    for wrong in ("000000", "abc", ""):
        assert client.post("/saya/autentikator/", {"code": wrong}).status_code == 200
    assert not Authenticator.objects.exists()


def test_codes_for_setting_up_cannot_be_tried_without_end(siti: Pengguna) -> None:
    client = log_in()
    client.get("/saya/autentikator/")
    answers = [client.post("/saya/autentikator/", {"code": "000000"}) for _ in range(6)]
    assert "Terlalu banyak percobaan. Coba lagi 15 menit lagi." in visible_text(answers[-1])


def test_the_secret_is_shown_only_while_it_is_set_up(siti: Pengguna) -> None:
    client = log_in()
    secret = enrol(client)
    for url in ("/saya/autentikator/", "/saya/autentikator/lepas/", "/saya/keamanan/"):
        assert secret not in content(client.get(url, follow=True))


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_ends_sessions_that_did_without_it(siti: Pengguna) -> None:
    here, elsewhere = log_in(), log_in(PHONE)
    enrol(here)
    assert here.get("/saya/keamanan/").status_code == 200
    assert elsewhere.get("/saya/keamanan/").headers["Location"] == "/masuk/?next=/saya/keamanan/"
    assert [message.to for message in sent_mail()] == [[EMAIL]]
    assert "Langkah kedua (kode dari ponsel) sudah dipasang." in mail.outbox[0].body


def test_a_recovery_code_opens_once(siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    code = re.findall(r"\b\d{8}\b", visible_text(client.get("/saya/kode-pemulihan/")))[3]
    for inside in (True, False):
        other = Client()
        other.post("/masuk/", {"login": EMAIL, "password": PASSWORD})
        other.post("/masuk/kode/", {"code": code})
        assert ("_auth_user_id" in other.session) is inside
    assert "9 kode pemulihan belum dipakai." in visible_text(client.get("/saya/keamanan/"))


def test_recovery_codes_can_be_printed(siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    answer = client.get("/saya/kode-pemulihan/unduh/")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(re.findall(r"^\d{8}$", content(answer), re.MULTILINE)) == 10


def test_new_recovery_codes_replace_the_old(siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    old = set(re.findall(r"\b\d{8}\b", visible_text(client.get("/saya/kode-pemulihan/"))))
    assert "10 kode lama yang belum dipakai berhenti berlaku." in visible_text(client.get("/saya/kode-pemulihan/baru/"))
    client.post("/saya/kode-pemulihan/baru/")
    new = set(re.findall(r"\b\d{8}\b", visible_text(client.get("/saya/kode-pemulihan/"))))
    assert len(new) == 10
    assert not old & new


def test_a_new_phone_begins_with_letting_go_of_the_old(siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    client.post("/saya/autentikator/lepas/")
    assert not Authenticator.objects.exists()
    assert client.get("/mulai/").headers["Location"] == "/saya/autentikator/"
    enrol(client)
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("url", ["/saya/autentikator/lepas/", "/saya/kode-pemulihan/", "/saya/kode-pemulihan/baru/"])
def test_some_minutes_after_the_login_the_password_or_the_code_is_asked_once_more(url: str, siti: Pengguna) -> None:
    client = log_in()
    secret = enrol(client)
    session = client.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    asked = client.get(url)
    assert asked.headers["Location"] == f"/saya/konfirmasi/?next={url.replace('/', '%2F')}"
    page = client.get(asked.headers["Location"])
    assert "Pastikan ini Anda" in visible_text(page)
    assert 'href="/saya/konfirmasi/kode/?next=' in content(page)
    assert "Kata sandi tidak cocok." in visible_text(
        client.post("/saya/konfirmasi/", {"password": "salah", "next": url})
    )
    done = client.post("/saya/konfirmasi/kode/", {"code": totp.code(secret=secret), "next": url})
    assert done.headers["Location"] == url
    assert client.get(url).status_code == 200


def test_wrong_passwords_asked_once_more_count_for_the_lock(siti: Pengguna) -> None:
    client = log_in()
    for _ in range(5):
        client.post("/saya/konfirmasi/", {"password": "salah-sekali-1"})
    assert Client().post("/masuk/", {"login": EMAIL, "password": PASSWORD}).status_code == 429


# Password


@pytest.mark.parametrize(
    ("password", "message"),
    [("pendek", "setidaknya 12 karakter"), ("password1234", "terlalu umum"), ("qwerty123456", "terlalu umum")],
)
def test_a_short_or_common_password_is_refused(password: str, message: str, siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    text = visible_text(client.post("/saya/sandi/", form))
    assert re.search(message, text, re.IGNORECASE), text
    siti.refresh_from_db()
    assert siti.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["semuahurufkecilsaja", "DUA BELAS HURUF", "satu dua tiga empat"])
def test_length_is_all_a_password_needs(password: str, siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/saya/sandi/", form).headers["Location"] == "/saya/keamanan/"
    siti.refresh_from_db()
    assert siti.check_password(password)


def test_a_change_needs_the_old_password_and_is_told_by_mail(siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    sent_mail().clear()
    wrong = {"oldpassword": "salah", "password1": NEW, "password2": NEW}
    assert "Kata sandi yang sekarang tidak cocok." in visible_text(client.post("/saya/sandi/", wrong))
    client.post("/saya/sandi/", wrong | {"oldpassword": PASSWORD})
    (message,) = sent_mail()
    assert message.subject == "[Dashboard Kecamatan] Keamanan akun Anda berubah"
    assert "Kata sandi Anda sudah diganti." in message.body
    assert PASSWORD not in message.body + NEW


def test_an_account_from_sso_gets_its_first_password(siti: Pengguna) -> None:
    client = log_in()
    enrol(client)
    siti.set_unusable_password()
    siti.save()
    client.force_login(siti)
    assert "Akun ini belum memiliki kata sandi." in visible_text(client.get("/saya/keamanan/"))
    assert client.get("/saya/sandi/").headers["Location"] == "/saya/sandi/baru/"
    assert client.post("/saya/sandi/baru/", {"password1": NEW, "password2": NEW}).status_code == 302
    siti.refresh_from_db()
    assert siti.check_password(NEW)


def reset_link(login: str) -> str:
    answer = Client().post("/sandi/lupa/", {"email": login})
    assert answer.headers["Location"] == "/sandi/lupa/terkirim/"
    mails = sent_mail()
    return re.findall(r"http\S+?(/sandi/atur/\S+)", mails[-1].body)[0] if mails else ""


@pytest.mark.parametrize("login", [EMAIL, NIP, EMAIL.upper()])
def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(login: str, siti: Pengguna) -> None:
    link = reset_link(login)
    assert [mail.to for mail in sent_mail()] == [[EMAIL]]
    for works in (True, False):
        client = Client()
        form = client.get(link)
        assert (form.status_code == 302) is works
        if not works:
            assert "Tautan ini sudah dipakai atau sudah kedaluwarsa." in visible_text(form)
            break
        done = client.post(form.headers["Location"], {"password1": NEW, "password2": NEW})
        assert done.headers["Location"] == "/sandi/atur/selesai/"
        assert "Kata sandi baru sudah berlaku." in visible_text(client.get("/sandi/atur/selesai/"))
        assert "_auth_user_id" not in client.session
    siti.refresh_from_db()
    assert siti.check_password(NEW)


def test_a_link_does_not_go_round_the_second_factor(siti: Pengguna) -> None:
    enrol(log_in())
    client = Client()
    form = client.get(reset_link(EMAIL)).headers["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert client.post("/masuk/", {"login": EMAIL, "password": NEW}).headers["Location"] == "/masuk/kode/"


def test_nobody_learns_from_the_reset_who_has_an_account(siti: Pengguna) -> None:
    PenggunaFactory(email="nonaktif@uji.test", is_active=False)
    for login in ("tidakada@uji.test", "111111111111111111", "nonaktif@uji.test"):
        assert reset_link(login) == ""


def test_asking_for_a_link_talks_to_no_mail_server(siti: Pengguna) -> None:
    """Nobody waits for one that is down, and its failure tells nobody who has an account."""
    Client().post("/sandi/lupa/", {"email": EMAIL})
    assert mail.outbox == []
    (pesan,) = PesanKeluar.objects.all()
    assert (pesan.kepada, pesan.templat, pesan.konteks) == (siti, "sandi", {})


# Sessions


def test_the_page_lists_where_one_is_logged_in(siti: Pengguna) -> None:
    here = log_in()
    enrol(here)
    log_in_again = Client(headers={"User-Agent": PHONE}, REMOTE_ADDR="198.51.100.4")
    log_in_again.force_login(siti)
    UserSession.objects.create(
        user=siti, ip="198.51.100.4", user_agent=PHONE, session_key=log_in_again.session.session_key
    )
    page = visible_text(here.get("/saya/keamanan/"))
    assert "Edge di Windows sesi ini Alamat 203.0.113.7" in page
    assert "Chrome di Android Alamat 198.51.100.4" in page
    assert "no-store" in here.get("/saya/keamanan/").headers["Cache-Control"]


@pytest.fixture
def two(siti: Pengguna) -> SimpleNamespace:
    """Logged in at the office and on the phone."""
    here = log_in()
    enrol(here)
    away = Client()
    away.force_login(siti)
    row = UserSession.objects.create(user=siti, ip="198.51.100.4", session_key=away.session.session_key)
    assert away.get("/saya/keamanan/").status_code == 200
    return SimpleNamespace(here=here, away=away, row=row)


def test_a_session_elsewhere_can_be_ended(two: SimpleNamespace) -> None:
    answer = two.here.post(f"/saya/sesi/{two.row.pk}/akhiri/", follow=True)
    assert "Sesi itu sudah diakhiri." in visible_text(answer)
    assert two.away.get("/saya/keamanan/").headers["Location"] == "/masuk/?next=/saya/keamanan/"
    assert two.here.get("/saya/keamanan/").status_code == 200


def test_all_sessions_elsewhere_can_be_ended(two: SimpleNamespace) -> None:
    assert "1 sesi lain sudah diakhiri." in visible_text(two.here.post("/saya/sesi/lain/akhiri/", follow=True))
    assert two.away.get("/saya/keamanan/").status_code == 302
    assert "Tidak ada sesi lain." in visible_text(two.here.post("/saya/sesi/lain/akhiri/", follow=True))
    assert two.here.get("/saya/keamanan/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(two: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    stranger = Client()
    stranger.force_login(PenugasanFactory(wilayah=wilayah["0"], peran="admin_pusat").pengguna)
    assert stranger.post(f"/saya/sesi/{two.row.pk}/akhiri/").status_code == 404
    assert two.away.get("/saya/keamanan/").status_code == 200


def test_without_sessions_on_record_the_page_says_why(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.camat_a)
    assert "Tidak ada sesi yang tercatat." in visible_text(client.get("/saya/keamanan/"))


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_link_is_not_asked_for_under_another_name(siti: Pengguna) -> None:
    assert Client().post("/sandi/lupa/", {"email": EMAIL}, headers={"host": "penipu.test"}).status_code == 400
    assert sent_mail() == []
