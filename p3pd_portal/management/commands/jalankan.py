"""`manage.py jalankan`: the whole portal on one machine; what `./portal run` starts.

manage.py has already started the embedded database and broker where the environment names none. This command
prepares the database, then keeps web, worker and beat running beside them until Ctrl-C.
"""

import signal
import socket
import sys
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from p3pd_portal.contoh import akun_contoh
from p3pd_portal.lib import embedded
from p3pd_portal.lib.supervisor import Child, GaveUp, Program, supervise


WEB_POOL = "8"


class Command(BaseCommand):
    help = "Jalankan portal lengkap: basis data, antrean, web, pekerja, dan jadwal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--alamat", default=settings.LISTEN, help="alamat dan porta web, misalnya 127.0.0.1:8000")

    def handle(self, *args: Any, alamat: str, **options: Any) -> None:
        host, _, port = alamat.rpartition(":")
        self.refuse_taken_port(host, int(port))
        started = time.monotonic()
        call_command("siapkan", stdout=self.stdout)
        self.collect_static()
        programs = self.programs(host, port)
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        try:
            for program in programs:
                program.start()
            self.wait_for_web(programs[0], host, int(port), stop)
            if not stop.is_set():
                self.announce(alamat, time.monotonic() - started)
            servers: list[Child] = list(embedded.needed(settings.DATA_DIR))
            supervise([*servers, *programs], stop, self.say)
        except GaveUp as error:
            raise CommandError(str(error)) from error
        finally:
            self.say("Menghentikan portal …")
            for program in reversed(programs):
                program.stop()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def refuse_taken_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Porta {port} sedang dipakai program lain. Hentikan program itu, atau jalankan: "
                    f"PORTAL_ALAMAT={host}:{port + 1} ./portal run"
                ) from error

    def collect_static(self) -> None:
        """Compress the static files again only when one is newer than the last result."""
        stamp = settings.STATIC_ROOT / "staticfiles.json"
        sources = [file for folder in settings.STATICFILES_DIRS for file in Path(folder).rglob("*") if file.is_file()]
        if stamp.exists() and stamp.stat().st_mtime > max(file.stat().st_mtime for file in sources):
            return
        self.say("  berkas statis …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)

    def programs(self, host: str, port: str) -> list[Program]:
        log = settings.DATA_DIR / "log"
        python = [sys.executable, "-m"]
        granian = ["granian", "--interface", "wsgi", "--host", host, "--port", port]
        size = ["--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "p3pd_portal.wsgi:application"]
        celery = [*python, "celery", "--app", "p3pd_portal", "--quiet"]
        schedule = str(settings.DATA_DIR / "jadwal")
        return [
            Program("Web", [*python, *granian, *size], log / "web.log", {"PORTAL_POOL": WEB_POOL}),
            Program("Pekerja", [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"], log / "pekerja.log"),
            Program("Jadwal", [*celery, "beat", "--schedule", schedule, "--loglevel", "INFO"], log / "jadwal.log"),
        ]

    def wait_for_web(self, web: Program, host: str, port: int, stop: threading.Event) -> None:
        deadline = time.monotonic() + 60
        while not stop.wait(0.1):
            with socket.socket() as probe:
                if probe.connect_ex((host, port)) == 0:
                    return
            if not web.alive() or time.monotonic() > deadline:
                raise GaveUp(f"Web tidak mau menyala. Akhir log:\n{web.tail()}")

    def announce(self, alamat: str, seconds: float) -> None:
        self.say(f"\nPortal siap dalam {seconds:.1f} detik: http://{alamat}/\n")
        if accounts := akun_contoh():
            self.say(f"Akun contoh (kata sandi {accounts[0].kata_sandi}; kode baru: ./portal manage kode_contoh)")
            for akun in accounts:
                self.say(f"  {akun.surel:<28} kode {akun.kode}  {akun.peran}")
        if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
            self.say(f"\nSurel tidak dikirim ke luar, tetapi ditulis sebagai berkas di {settings.EMAIL_FILE_PATH}")
        self.say("\nTekan Ctrl-C untuk berhenti.")
