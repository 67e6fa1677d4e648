"""The relay against a real mail server, in every mood one can be in."""

import datetime
import logging
import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import OperationalError, connection
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.module_loading import import_string

from kecamatan.actions import pesan
from kecamatan.actions.notifikasi import notify, send_surel
from kecamatan.actions.pesan import build_mail, relay, resend
from kecamatan.models import Notifikasi, Pengguna, PesanKeluar, Wilayah
from tests.factories import PenggunaFactory, PesanKeluarFactory
from tests.kecamatan.surel import Penerima, server_surel
from tests.p3pd_portal.portal import free_port


pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def tell(*people: Pengguna, **changes: str) -> None:
    told = {"jenis": "penugasan", "judul": "Tugas baru", "isi": "Anda Plt. camat.", "url": "/mulai/"}
    notify(kepada=people, **told | changes)


def real_mail(settings: LazySettings, port: int) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port


@pytest.fixture
def penerima(settings: LazySettings) -> Iterator[Penerima]:
    with server_surel() as (penerima, port):
        real_mail(settings, port)
        yield penerima


# A server that does not want


def test_an_unreachable_server_is_no_fault_of_a_message(
    camat_a: Pengguna, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    real_mail(settings, free_port())
    tell(camat_a)
    before = PesanKeluar.objects.values().get()
    assert relay() == {"server_mati": 1}
    assert PesanKeluar.objects.values().get() == before
    assert "Server surel tidak menjawab (sambungan ke server surel terputus (ConnectionRefusedError))" in caplog.text


def test_a_refused_message_is_tried_again_later_and_does_not_hold_up_the_others(
    cast: SimpleNamespace, penerima: Penerima, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse_camat_a(sent: EmailMessage) -> str:
        return "554 camat_a@uji.test ditolak" if "camat_a" in sent["To"] else "250 OK"

    penerima.answer = refuse_camat_a
    tell(cast.camat_a)
    tell(cast.camat_b)
    assert relay() == {"ditunda": 1, "terkirim": 1}
    refused = PesanKeluar.objects.get(kepada=cast.camat_a)
    assert (refused.status, refused.percobaan, refused.gagal_terakhir) == ("menunggu", 1, "server surel menolak (554)")
    assert datetime.timedelta(seconds=50) < refused.coba_lagi_pada - timezone.now() < datetime.timedelta(seconds=61)
    assert relay() == {}
    assert "camat_a" not in caplog.text


def test_an_address_nobody_has_is_named_nowhere(camat_a: Pengguna, penerima: Penerima) -> None:
    penerima.refuse_recipient = "550"
    tell(camat_a)
    assert relay() == {"ditunda": 1}
    assert PesanKeluar.objects.get().gagal_terakhir == "penerima ditolak (550)"


def test_a_connection_that_breaks_in_the_middle_is_taken_up_anew(
    cast: SimpleNamespace, penerima: Penerima, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(cast.camat_a)
    tell(cast.camat_b)
    send, broken = smtplib.SMTP.sendmail, iter([smtplib.SMTPServerDisconnected("putus")])

    def break_once(self: smtplib.SMTP, *args: Any, **kwargs: Any) -> Any:
        for error in broken:
            self.close()
            raise error
        return send(self, *args, **kwargs)

    monkeypatch.setattr(smtplib.SMTP, "sendmail", break_once)
    assert relay() == {"ditunda": 1, "terkirim": 1}
    assert "sambungan ke server surel terputus (SMTPServerDisconnected)" in PesanKeluar.objects.values_list(
        "gagal_terakhir", flat=True
    )


def test_after_ten_attempts_it_is_given_up_and_the_keepers_of_the_portal_are_told_once(
    cast: SimpleNamespace, penerima: Penerima
) -> None:
    penerima.refuse_recipient = "550"
    for person in (cast.camat_a, cast.camat_b):
        PesanKeluarFactory(kepada=person, percobaan=9, gagal_terakhir="penerima ditolak (550)")
    assert relay() == {"gagal": 2}
    assert {pesan.percobaan for pesan in PesanKeluar.objects.gagal()} == {10}
    (notifikasi,) = Notifikasi.objects.all()
    assert (notifikasi.kepada, notifikasi.jenis, notifikasi.url) == (cast.admin_pusat, "portal", "/wilayah/0/pesan/")
    penerima.refuse_recipient = ""
    assert relay() == {}


def test_given_up_messages_can_be_sent_again_by_region(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], penerima: Penerima
) -> None:
    for person in (cast.camat_a, cast.admin_kabupaten_lain):
        PesanKeluarFactory(kepada=person, status="gagal", percobaan=10, gagal_terakhir="TimeoutError")
    PesanKeluarFactory(kepada=cast.camat_b, status="terkirim", sent_at=timezone.now())
    assert resend(by=cast.admin_kabupaten, wilayah=wilayah["11.01"]) == 1
    assert relay() == {"terkirim": 1}
    assert penerima.recipients == ["camat_a@uji.test"]
    assert PesanKeluar.objects.gagal().get().kepada == cast.admin_kabupaten_lain


def test_a_mail_that_cannot_be_written_waits_for_its_repair(
    cast: SimpleNamespace, penerima: Penerima, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken text, also one whose query failed, spoils neither the run nor what is sent after it."""
    settings.SUREL_KONTEKS = {**settings.SUREL_KONTEKS, "ringkasan": f"{__name__}.ask_what_is_not_there"}
    PesanKeluarFactory(kepada=cast.camat_a)
    PesanKeluarFactory(kepada=cast.camat_a, templat="dihapus")
    tell(cast.camat_b)
    assert relay() == {"ditunda": 2, "terkirim": 1}
    assert sorted(PesanKeluar.objects.values_list("gagal_terakhir", flat=True)) == [
        "",
        "isi surel tidak dapat disusun (ProgrammingError)",
        "isi surel tidak dapat disusun (TemplateDoesNotExist)",
    ]  # fmt: skip


def ask_what_is_not_there(pesan: PesanKeluar) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tidak_ada")
    return {}


def test_an_account_switched_off_in_the_meantime_gets_nothing(camat_a: Pengguna, penerima: Penerima) -> None:
    tell(camat_a)
    Pengguna.objects.filter(pk=camat_a.pk).update(is_active=False)
    assert relay() == {"batal": 1}
    assert (PesanKeluar.objects.get().status, penerima.mails) == ("batal", [])


# What arrives


def test_a_mail_arrives_once_under_the_id_of_its_row(camat_a: Pengguna, penerima: Penerima) -> None:
    tell(camat_a)
    row = PesanKeluar.objects.get()
    assert [relay(), relay()] == [{"terkirim": 1}, {}]
    (sent,) = penerima.mails
    assert (sent["Message-ID"], sent["To"], sent["Subject"]) == (row.message_id, "camat_a@uji.test", "Tugas baru")
    assert sent["Auto-Submitted"] == "auto-generated"
    row.refresh_from_db()
    assert row.status == "terkirim"
    assert abs(timezone.now() - row.sent_at) < datetime.timedelta(minutes=1)


def test_the_address_is_that_of_the_moment_of_sending(camat_a: Pengguna, penerima: Penerima) -> None:
    tell(camat_a)
    Pengguna.objects.filter(pk=camat_a.pk).update(email="baru@uji.test")
    relay()
    assert penerima.recipients == ["baru@uji.test"]


def test_names_of_people_become_neither_headers_nor_markup(penerima: Penerima) -> None:
    person = PenggunaFactory(orang__nama="Siti & <b>Ani</b>\r\nBcc: x@lain.test {{ situs }}")
    tell(person, judul="Dari\r\nBcc: y@lain.test: {% now 'Y' %} & <i>")
    relay()
    (sent,) = penerima.mails
    assert (sent["Bcc"], penerima.recipients) == (None, [person.email])
    assert sent["Subject"] == "Dari Bcc: y@lain.test: {% now 'Y' %} & <i>"
    text = sent.get_content()
    assert "Siti & <b>Ani</b>" in text
    assert "{{ situs }}" in text
    assert "{% now 'Y' %} & <i>" in text


def test_the_text_says_what_where_and_how_to_stop_it(camat_a: Pengguna, settings: LazySettings) -> None:
    settings.SITE_URL = "https://portal.contoh.test"
    tell(camat_a)
    text = build_mail(PesanKeluar.objects.get()).body
    assert text.startswith(
        "Yth. camat_a,\n\nTugas baru\n\nAnda Plt. camat.\n\nSelengkapnya: https://portal.contoh.test/"
    )
    assert "https://portal.contoh.test/saya/notifikasi/pilihan/" in text


def test_a_secret_is_made_when_the_mail_is_and_stands_nowhere_else(camat_a: Pengguna, settings: LazySettings) -> None:
    settings.SUREL_KONTEKS = {"ringkasan": f"{__name__}.secret"}
    send_surel(kepada=camat_a, templat="ringkasan", konteks={"a": "b"}, kunci="undangan:1")
    assert relay() == {"terkirim": 1}
    assert "/undangan/s3cr3t/" in mail.outbox[0].body
    assert "s3cr3t" not in str(PesanKeluar.objects.values().get())


def secret(pesan: PesanKeluar) -> dict[str, Any]:
    return {"daftar": [{"judul": "Undangan", "url": "/undangan/s3cr3t/"}]}


def test_every_mail_that_needs_a_function_has_one_and_its_templates(settings: LazySettings) -> None:
    for templat, maker in settings.SUREL_KONTEKS.items():
        assert callable(import_string(maker))
        for part in ("subject", "message"):
            get_template(f"email/{templat}_{part}.txt")
    with pytest.raises(TemplateDoesNotExist):
        get_template("email/tidak_ada_subject.txt")


# Many at once


def test_one_run_ends_before_it_becomes_long(camat_a: Pengguna, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kecamatan.actions.pesan.SEKALI_JALAN", 2)
    for _ in range(3):
        tell(camat_a)
    assert [relay(), relay(), relay()] == [{"terkirim": 2}, {"terkirim": 1}, {}]


@pytest.mark.django_db(transaction=True)
def test_relays_side_by_side_send_nothing_twice(penerima: Penerima) -> None:
    for _ in range(5):
        person = PenggunaFactory()
        for _ in range(6):
            tell(person)

    def run() -> int:
        try:
            return relay().get("terkirim", 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        counts = [future.result(60) for future in [pool.submit(run) for _ in range(3)]]
    assert sum(counts) == 30
    assert set(penerima.counts().values()) == {1}
    assert set(penerima.counts()) == set(PesanKeluar.objects.values_list("message_id", flat=True))


# A database that goes away in the middle


def lose_database(penerima: Penerima) -> None:
    """The relay's own connection ends while the server takes a mail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()

    def end(mail: EmailMessage) -> str:
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        return "250 OK"

    penerima.answer = end


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_left_while_the_database_went_away_is_not_sent_again(penerima: Penerima) -> None:
    tell(PenggunaFactory())
    lose_database(penerima)
    assert relay() == {"terkirim": 1}
    assert relay() == {}
    assert set(penerima.counts().values()) == {1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("patience", [60, 0])
def test_a_relay_waits_a_while_for_the_database(
    patience: float, penerima: Penerima, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(PenggunaFactory())
    lose_database(penerima)
    name = connection.settings_dict["NAME"]
    close, back = connection.close, lambda _seconds: connection.settings_dict.update(NAME=name)

    def gone() -> None:
        close()
        monkeypatch.setattr(connection, "close", close)
        connection.settings_dict["NAME"] = "belum_ada"

    monkeypatch.setattr(pesan.database, "close", gone)
    monkeypatch.setattr(pesan, "TUNGGU_BASIS_DATA", patience)
    monkeypatch.setattr(pesan.time, "sleep", back)
    try:
        if patience:
            assert relay() == {"terkirim": 1}
        else:
            with pytest.raises(OperationalError):
                relay()
    finally:
        back(0)
    assert PesanKeluar.objects.due().exists() is not bool(patience)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_before_a_mail_left_ends_the_run(penerima: Penerima) -> None:
    tell(PenggunaFactory())

    def refuse(*args: object) -> None:
        raise OperationalError("putus")

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        relay()
    assert penerima.mails == []


def test_nothing_personal_is_logged(cast: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    tell(cast.camat_a, judul="Isi yang pribadi")
    relay()
    assert "uji.test" not in caplog.text
    assert "pribadi" not in caplog.text
