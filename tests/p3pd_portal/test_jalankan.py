"""The whole portal as a newcomer starts it: first run, use, Ctrl-C, second run, crashes. One story in order."""

import http.cookiejar
import os
import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.kecamatan.surel import Penerima
from tests.p3pd_portal.portal import Portal, wait_until
from tests.pengaduan.badai import Badai, Warga, bagi, nomor_tersimpan, surel_kabar, wait_until_sent


pytestmark = [pytest.mark.xdist_group("jalankan"), pytest.mark.skipif(not Path("/proc").exists(), reason="perlu /proc")]
TASK = "layanan_dasar.tasks.hitung_malam"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal uji") / "data")
    yield portal
    if portal.process.poll() is None:
        portal.interrupt()


class Browser:
    """Cookies and forms, as curl with a cookie jar would."""

    def __init__(self, portal: Portal) -> None:
        self.base = f"http://{portal.alamat}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as answer:
            return answer.read().decode()

    def post(self, path: str, action: str = "", **fields: str) -> tuple[str, str]:
        """Address and text of the page that the form (of this page, sent to `action`) leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        assert token
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        request = urllib.request.Request(self.base + (action or path), data, {"Referer": self.base + path})
        with self.opener.open(request, timeout=20) as answer:
            return answer.geturl(), answer.read().decode()


def send_task(portal: Portal) -> None:
    done = portal.log("pekerja").count("succeeded")
    sent = portal.run("-m", "celery", "--app", "p3pd_portal", "call", TASK)
    assert sent.returncode == 0, sent.stderr
    wait_until(lambda: portal.log("pekerja").count("succeeded") > done, 60, "pekerja menjalankan tugas")


def test_the_first_run_prepares_everything_and_prints_what_to_do(portal: Portal) -> None:
    portal.start()
    for word in ("skema basis data", "91.599 wilayah", "kabupaten contoh", f"http://{portal.alamat}/", "camat@",
                 f"ditulis sebagai berkas di {portal.data / 'surel'}"):  # fmt: skip
        assert word in portal.output


def test_pages_of_real_and_demo_regions_answer(portal: Portal) -> None:
    browser = Browser(portal)
    assert "Apakah belanja desa sampai ke layanan dasar?" in browser.get("/")
    assert "Kabupaten Lamongan" in browser.get("/wilayah/35.24/")
    assert "Porsi layanan dasar" in browser.get("/wilayah/99.01.01/")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        browser.get("/wilayah/77/")


def test_static_files_are_served_compressed_and_for_ever(portal: Portal) -> None:
    browser = Browser(portal)
    (name,) = re.findall(r'href="(/static/css/portal\.[0-9a-f]+\.css)"', browser.get("/"))
    request = urllib.request.Request(browser.base + name, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_printed_camat_logs_in_and_lands_on_the_own_kecamatan(portal: Portal) -> None:
    browser = Browser(portal)
    email, password, kode = portal.camat()
    address, page = browser.post("/masuk/", login=email, password=password)
    assert address.endswith("/masuk/kode/")
    address, page = browser.post("/masuk/kode/", code=kode)
    assert address.endswith("/wilayah/99.01.01/")
    assert "Pekerjaan Anda" in page


def test_a_second_portal_on_the_same_port_is_told_how_to_help_itself(portal: Portal) -> None:
    second = portal.run("manage.py", "jalankan")
    assert second.returncode != 0
    assert f"Porta {portal.port} sedang dipakai" in second.stderr


def test_the_worker_runs_tasks_and_a_lost_broker_comes_back(portal: Portal) -> None:
    send_task(portal)
    os.kill(int((portal.data / "valkey" / "pid").read_text()), signal.SIGKILL)
    wait_until(lambda: "Antrean (Valkey) menyala lagi." in portal.output, 30, "antrean menyala lagi")
    assert "Porsi layanan dasar" in Browser(portal).get("/wilayah/99.01.01/")
    send_task(portal)


def test_a_broker_that_hangs_or_dies_keeps_nobody_from_logging_in(portal: Portal) -> None:
    """Every answer comes within five seconds of what it takes anyway, and the lock after wrong passwords holds."""
    password, codes = portal.accounts()
    broker = int((portal.data / "valkey" / "pid").read_text())
    healthy = seconds_of_a_login(portal, "desa@contoh.test", password, codes)
    try:
        for sign, email in ((signal.SIGSTOP, "operator@contoh.test"), (signal.SIGKILL, "kesehatan@contoh.test")):
            os.kill(broker, sign)
            assert max(seconds_of_a_login(portal, email, password, codes)) < 5 + max(healthy)
        assert "429" in refused(portal, "pendidikan@contoh.test")
    finally:
        with suppress(ProcessLookupError):
            os.kill(broker, signal.SIGKILL)
    wait_until(lambda: portal.output.count("Antrean (Valkey) menyala lagi.") > 1, 60, "antrean menyala lagi")


def seconds_of_a_login(portal: Portal, email: str, password: str, codes: dict[str, str]) -> list[float]:
    """Of each step: a wrong password, the right one, the code, and a form that writes."""
    browser, seconds = Browser(portal), []
    for path, fields in (
        ("/masuk/", {"login": email, "password": "salah-sekali-1"}),
        ("/masuk/", {"login": email, "password": password}),
        ("/masuk/kode/", {"code": codes[email]}),
        ("/saya/keamanan/", {"action": "/saya/sesi/lain/akhiri/"}),
    ):
        started = time.monotonic()
        address, page = browser.post(path, **fields)
        seconds.append(time.monotonic() - started)
    assert address.endswith("/saya/keamanan/")
    assert "Tidak ada sesi lain." in page
    return seconds


def refused(portal: Portal, email: str) -> str:
    """What six wrong passwords in a row end in."""
    for _ in range(6):
        try:
            Browser(portal).post("/masuk/", login=email, password="salah-sekali-1")
        except urllib.error.HTTPError as error:
            return str(error)
    return ""


TELL_THE_CAMAT = """
from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna
camat = Pengguna.objects.get(email="camat@contoh.test")
print(notify(kepada=[camat], jenis="penugasan", judul="Tugas baru", isi="", url="/mulai/"))
"""


def test_a_mail_becomes_a_file_on_a_laptop(portal: Portal) -> None:
    camat, _, _ = portal.camat()
    told = TELL_THE_CAMAT.replace("camat@contoh.test", camat)
    assert portal.run("manage.py", "shell", "--no-imports", "--command", told).stdout.strip() == "1"
    wait_until(lambda: "Subject: Tugas baru" in mails(portal), 60, "surel menjadi berkas")
    assert f"To: {camat}" in mails(portal)
    assert f"http://{portal.alamat}/mulai/" in mails(portal)


def mails(portal: Portal) -> str:
    return "".join(file.read_text() for file in (portal.data / "surel").glob("*"))


def test_twenty_reports_get_through_whatever_dies_and_are_told_once(portal: Portal) -> None:
    """tests/pengaduan/test_badai.py in small: this portal writes its mails into files."""
    warga = Warga(portal, "99.01.02.2001")
    gangguan = Badai(portal, Penerima(), warga).gangguan
    receipts: list[str] = []
    with ThreadPoolExecutor(4) as people:
        for part, name in zip(bagi(20, 3), ("pekerja dibunuh", "Valkey dibunuh", "web dibunuh"), strict=True):
            gangguan[name]()
            receipts += people.map(warga.lapor, part)
    assert sorted(nomor_tersimpan(portal)) == sorted(set(receipts))
    wait_until_sent(portal, 60)
    wanted = surel_kabar(portal)
    assert len(set(wanted)) == len(receipts) == 20
    assert set(wanted) <= set(re.findall("Message-ID: (.+)", mails(portal)))


def test_commands_share_the_running_servers(portal: Portal) -> None:
    answer = portal.run("manage.py", "rebuild", "kualitas_belanja", "--tahun", "2025", "--kabupaten", "9901")
    assert "kualitas belanja 2025: 0 desa dan 0 wilayah ditulis" in answer.stdout
    assert "Porsi layanan dasar" in Browser(portal).get("/wilayah/99.01.01/")


def test_ctrl_c_stops_everything(portal: Portal) -> None:
    assert portal.interrupt() == 0
    assert portal.processes() == []


def test_a_second_run_loads_nothing_again_and_loses_nothing(portal: Portal) -> None:
    portal.start()
    assert "91.599 wilayah" not in portal.output
    assert "berkas statis" not in portal.output
    assert "Porsi layanan dasar" in Browser(portal).get("/wilayah/99.01.01/")


def test_a_killed_portal_takes_its_programs_along_and_the_next_start_recovers(portal: Portal) -> None:
    portal.process.kill()
    portal.process.wait()
    wait_until(lambda: not [line for line in portal.processes() if "granian" in line], 30, "web ikut berhenti")
    os.kill(int((portal.data / "pg" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    portal.start()
    assert "Kabupaten Lamongan" in Browser(portal).get("/wilayah/35.24/")
    assert portal.interrupt() == 0
    assert portal.processes() == []
