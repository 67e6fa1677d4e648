"""The relay: send what waits in the outbox.

Any number of relays may run, on any number of hosts, and each may be killed at any moment. A relay locks one row,
sends it, writes its fate down and commits before it takes the next; rows that another one holds are skipped. A
killed relay frees its row by dying. So nothing is lost, and at most the one mail that had just been handed over is
sent again, under the message id it was born with. A database that goes away meanwhile is waited for, for the same
reason.
"""

import logging
import smtplib
import time
from collections import Counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, transaction
from django.db import connection as database
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna, Penugasan, PesanKeluar, Wilayah
from kecamatan.models.pesan import PERCOBAAN_TERBANYAK
from kecamatan.models.wilayah import NASIONAL
from kecamatan.permissions import PERAN, Izin
from p3pd_portal.lib.outbox import one_line, pause_after


logger = logging.getLogger(__name__)

TUNGGU_BASIS_DATA = 60
"""Seconds for which a relay keeps in mind what it cannot write down."""
SEKALI_JALAN = 200
"""Mails of one run: the night's other work also wants the worker, and mail servers end long sessions."""


class ServerTakMenjawab(Exception):
    """The mail server cannot be reached. That is no fault of any message, so none of them counts it."""


def relay() -> dict[str, int]:
    """Send what is due, at most two hundred; returns how many met which fate.

    `ditunda` failed and will be tried again; `server_mati` is 1 when the mail server could not be reached.
    """
    counts: Counter[str] = Counter()
    connection = get_connection()
    try:
        while counts.total() < SEKALI_JALAN and (fate := _send_next(connection)):
            counts[fate] += 1
    except ServerTakMenjawab as error:
        logger.warning("Server surel tidak menjawab (%s); pesan tetap menunggu.", error)
        counts["server_mati"] = 1
    finally:
        connection.close()
    return dict(counts)


def _send_next(connection: BaseEmailBackend) -> str:
    """Fate of the next due message that no other relay holds; empty when there is none."""
    handed_over: list[UUID] = []
    try:
        return _send_locked(connection, handed_over)
    except (OperationalError, InterfaceError):
        if not handed_over:
            raise
        _record_late(handed_over[0])
        return "terkirim"


@transaction.atomic
def _send_locked(connection: BaseEmailBackend, handed_over: list[UUID]) -> str:
    due = PesanKeluar.objects.due().select_for_update(skip_locked=True, of=("self",))
    pesan = due.select_related("kepada__orang").first()
    if pesan is None:
        return ""
    if pesan.kepada and not pesan.kepada.is_active:
        return _drop(pesan)
    try:
        connection.open()
    except OSError as error:  # SMTPException is one too
        raise ServerTakMenjawab(_reason(error)) from error
    try:
        with transaction.atomic():  # what the text asks the database for may fail without ending the run
            mail = build_mail(pesan)
        if not mail.to:
            return _drop(pesan)
        connection.send_messages([mail])
    except Exception as error:
        connection.close()  # who knows what state it is in
        return _record_failure(pesan, _reason(error))
    handed_over.append(pesan.pk)
    pesan.status, pesan.sent_at = PesanKeluar.Status.TERKIRIM, timezone.now()
    pesan.save(update_fields=["status", "sent_at"])
    return "terkirim"


def _record_late(pk: UUID) -> None:
    """Write down that a message left, as soon as the database is back: otherwise it would leave again.

    Raises:
        OperationalError: the database stayed away.
    """
    deadline = time.monotonic() + TUNGGU_BASIS_DATA
    while True:
        database.close()
        try:
            PesanKeluar.objects.filter(pk=pk).update(status=PesanKeluar.Status.TERKIRIM, sent_at=timezone.now())
            return
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _drop(pesan: PesanKeluar) -> str:
    """Nobody is there any more to get it."""
    pesan.status = PesanKeluar.Status.BATAL
    pesan.save(update_fields=["status"])
    return "batal"


def build_mail(pesan: PesanKeluar) -> EmailMessage:
    """The e-mail of a row of the outbox, as it stands at this moment; to nobody where the address is gone."""
    konteks: dict[str, Any] = {
        "pengguna": pesan.kepada,
        "situs": settings.SITE_URL,
        "waktu": pesan.created_at,
        **pesan.konteks,
    }
    if maker := settings.SUREL_KONTEKS.get(pesan.templat):
        konteks |= import_string(maker)(pesan)
    return EmailMessage(
        subject=one_line(render_to_string(f"email/{pesan.templat}_subject.txt", konteks)),
        body=render_to_string(f"email/{pesan.templat}_message.txt", konteks).strip() + "\n",
        to=_to(pesan),
        headers={"Message-ID": pesan.message_id, "Auto-Submitted": "auto-generated"},
    )


def _to(pesan: PesanKeluar) -> list[str]:
    """The address of an account, or the one that is found at this moment for somebody without."""
    if pesan.kepada:
        return [pesan.kepada.email]
    address = import_string(settings.SUREL_ALAMAT[pesan.templat])(pesan)
    return [address] if address else []


def _reason(error: Exception) -> str:
    """Why, without the address that a mail server repeats in its answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
        return f"penerima ditolak ({', '.join(map(str, codes))})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"server surel menolak ({error.smtp_code})"
    if isinstance(error, OSError):
        return f"sambungan ke server surel terputus ({type(error).__name__})"
    return f"isi surel tidak dapat disusun ({type(error).__name__})"


def _record_failure(pesan: PesanKeluar, reason: str) -> str:
    pesan.percobaan += 1
    pesan.gagal_terakhir = reason
    pesan.coba_lagi_pada = timezone.now() + pause_after(pesan.percobaan)
    given_up = pesan.percobaan >= PERCOBAAN_TERBANYAK
    if given_up:
        pesan.status = PesanKeluar.Status.GAGAL
    pesan.save(update_fields=["percobaan", "gagal_terakhir", "coba_lagi_pada", "status"])
    logger.warning("Pesan %s gagal dikirim, percobaan %d: %s", pesan.pk, pesan.percobaan, reason)
    if given_up and pesan.kepada:  # nobody can mend the address of somebody without an account
        _tell_admins()
    return "gagal" if given_up else "ditunda"


def _tell_admins() -> None:
    """Once a day, in the portal, to those who keep the whole of it."""
    keepers = [kode for kode, peran in PERAN.items() if Izin.KELOLA_PESAN in peran.izin]
    posts = Penugasan.objects.in_force().filter(peran__in=keepers, wilayah__kode=NASIONAL)
    notify(
        kepada=Pengguna.objects.filter(pk__in=posts.values("pengguna")),
        jenis="portal",
        judul="Ada surel yang gagal dikirim",
        isi="Portal sudah mencoba beberapa kali. Periksa alamat penerimanya, lalu kirim ulang.",
        url=reverse("kecamatan:pesan_keluar", args=[NASIONAL]),
        kunci=f"pesan-gagal:{timezone.localdate()}",
    )


def resend(*, by: Pengguna, wilayah: Wilayah) -> int:
    """Try all given-up messages to the people of a region again, with the patience of new ones."""
    return PesanKeluar.objects.in_wilayah(wilayah).gagal().update(
        status=PesanKeluar.Status.MENUNGGU, percobaan=0, coba_lagi_pada=timezone.now(), gagal_terakhir=""
    )  # fmt: skip
