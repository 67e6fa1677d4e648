"""A mail server that receives, and processes of the portal that send to it and may be killed."""

import asyncio
import email
import logging
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection

from tests.p3pd_portal.portal import free_port


class Penerima:
    """What came in, and what the server does: `answer` gives the reply to a mail that was just handed over, after
    `detik` seconds; that many (`putus`) are taken and the line is cut before any reply."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer: Callable[[EmailMessage], str] = lambda mail: "250 OK"
        self.refuse_recipient = ""
        self.detik = 0.0
        self.putus = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return f"{self.refuse_recipient} <{address}> ditolak"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = email.message_from_bytes(envelope.content or b"", policy=default)
        await asyncio.sleep(self.detik)
        reply = self.answer(mail)
        if reply.startswith("250"):
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
            if self.putus:
                self.putus -= 1
                server.transport.abort()
        return reply

    def counts(self) -> Counter[str]:
        """How often each message id came in."""
        return Counter(mail["Message-ID"] for mail in self.mails)


@contextmanager
def server_surel() -> Iterator[tuple[Penerima, int]]:
    """A receiving mail server and its port."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # every address, otherwise
    penerima = Penerima()
    controller = Controller(penerima, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield penerima, controller.port
    finally:
        controller.stop()


def environment(port: int, **more: str) -> dict[str, str]:
    """That of a process of the portal on the test's own database and this mail server."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(("COV_", "PYTEST"))}
    return inherited | {"DATABASE_URL": database, "PORTAL_SMTP": f"smtp://127.0.0.1:{port}", **more}


def python(script: str, port: int, log: Path, **more: str) -> "subprocess.Popen[bytes]":
    """A few lines on the test's own database in a process of their own; what they print comes to stand in `log`."""
    lines = f"import django; django.setup()\n{script}"
    env = environment(port, DJANGO_SETTINGS_MODULE="p3pd_portal.settings", **more)
    with log.open("wb") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-c", lines], cwd=settings.BASE_DIR, env=env, stdout=output
        )
    return process


def start_relay(port: int, log: Path) -> "subprocess.Popen[bytes]":
    """One run of the relay."""
    return python("from kecamatan.tasks import kirim_pesan; print(kirim_pesan())", port, log)


def children(pid: int) -> list[int]:
    """Processes that this one started and that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(folder.name))
    return found


def hang_for(pid: int, seconds: float) -> None:
    """A process that neither answers nor ends for a while."""
    os.kill(pid, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(pid, signal.SIGCONT)
