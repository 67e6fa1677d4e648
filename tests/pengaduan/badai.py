"""Citizens who report over HTTP until they hold a receipt, and what may go wrong in a portal meanwhile."""

import html
import http.client
import json
import os
import re
import signal
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import redis

from p3pd_portal.lib.embedded import Postgres, Valkey, redis_url
from tests.kecamatan.surel import Penerima, children, hang_for
from tests.p3pd_portal.portal import Portal, wait_until
from tests.pengaduan.bukti import solved


RUMAH = 50
"""Addresses that reports come from: every one stays under the limit of an hour."""
SABAR = 120
"""Seconds for which a citizen tries again."""
TENANG = "tenang"


class Warga:
    """Many citizens, each at an address of the loopback network, so that the portal's own limits hold."""

    def __init__(self, portal: Portal, wilayah: str) -> None:
        self.portal, self.alamat = portal, f"/lapor/?wilayah={wilayah}"
        self.keadaan, self.gangguan = TENANG, ""
        self.detik: dict[str, list[float]] = defaultdict(list)
        self.diulang: Counter[str] = Counter()

    def lapor(self, nomor: int) -> str:
        """Number of the report in the receipt; the same form is sent again after every answer that is none."""
        page, cookie = self._insist(nomor, "GET", {}, "", "csrfmiddlewaretoken")
        said = self._isi(page) | {"judul": f"Badai {nomor}", "isi": f"Laporan ke-{nomor} di tengah badai."}
        receipt, _ = self._insist(nomor, "POST", said, cookie, "Laporan diterima")
        return str(re.findall(r"<code>([^<]+)</code>", receipt)[0])

    def _isi(self, page: str) -> dict[str, str]:
        """What the page itself puts into the form, with its proof of work."""
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        (task,) = re.findall(r'data-tantangan="([^"]+)"', page)
        (desa,) = re.findall(r'<option value="(\d+)" selected>', page.partition('name="wilayah"')[2])[:1]
        return fields | {
            "bukti": solved(json.loads(html.unescape(task))), "wilayah": desa,
            "jenis": "pengaduan", "kategori": "infrastruktur", "identitas": "tanpa_identitas",
        }  # fmt: skip

    def _insist(self, nomor: int, method: str, fields: dict[str, str], cookie: str, wanted: str) -> tuple[str, str]:
        deadline = time.monotonic() + SABAR
        while True:
            keadaan, started = self.keadaan, time.monotonic()
            try:
                status, page, cookies = self._ask(nomor, method, fields, cookie)
                if status == 200 and wanted in page:
                    if method == "POST" and keadaan == self.keadaan:
                        self.detik[keadaan].append(time.monotonic() - started)
                    return page, cookies
                assert status >= 500, f"{method} dijawab {status}: {page[:2000]}"
                self.diulang[f"{self.gangguan}: {status}"] += 1
            except (OSError, http.client.HTTPException) as error:
                self.diulang[f"{self.gangguan}: {type(error).__name__}"] += 1
            assert time.monotonic() < deadline, f"laporan {nomor} tidak pernah diterima"
            time.sleep(0.5)

    def _ask(self, nomor: int, method: str, fields: dict[str, str], cookie: str) -> tuple[int, str, str]:
        home = (f"127.0.1.{nomor % RUMAH + 1}", 0)
        connection = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=30, source_address=home)
        try:
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, self.alamat, urlencode(fields), headers)
            answer = connection.getresponse()
            given = [text.partition(";")[0] for text in answer.headers.get_all("Set-Cookie") or []]
            return answer.status, answer.read().decode(), "; ".join(given)
        finally:
            connection.close()

    def laporan_detik(self, keadaan: str) -> str:
        """How long a submit took, as a line to read."""
        times = sorted(self.detik[keadaan])
        p95 = times[int(len(times) * 0.95)]
        return (
            f"{keadaan}: {len(times)} kiriman, p50 {statistics.median(times) * 1000:.0f} ms, "
            f"p95 {p95 * 1000:.0f} ms, terlama {times[-1] * 1000:.0f} ms"
        )


class Badai:
    """Ten faults of a running portal. Each returns when the portal was told, not when it has recovered."""

    def __init__(self, portal: Portal, penerima: Penerima, warga: Warga) -> None:
        self.portal, self.penerima, self.warga = portal, penerima, warga

    @property
    def gangguan(self) -> dict[str, Callable[[], None]]:
        return {
            "Valkey dibunuh": lambda: self._kill(Valkey(self.portal.data).pid()),
            "Valkey menggantung": self.hang_valkey,
            "Valkey dikosongkan": lambda: redis.Redis.from_url(redis_url(self.portal.data)).flushall() and None,
            "pekerja dibunuh": lambda: os.killpg(self._program("celery", "worker"), signal.SIGKILL),
            "pengirim dibunuh": self.kill_relay,
            "surel diputus sesudah DATA": lambda: setattr(self.penerima, "putus", 1),
            "surel ditolak": self.refuse_mail,
            "basis data dimulai ulang": lambda: self._kill(Postgres(self.portal.data).pid(), signal.SIGINT),
            "basis data dibunuh": lambda: self._kill(Postgres(self.portal.data).pid()),
            "web dibunuh": lambda: os.killpg(self._program("granian"), signal.SIGKILL),
        }

    def _kill(self, pid: int | None, sign: signal.Signals = signal.SIGKILL) -> None:
        assert pid
        os.kill(pid, sign)

    def _program(self, *words: str) -> int:
        """A program that the portal started."""
        commands = {
            pid: Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in children(self.portal.process.pid)
        }
        (pid,) = (pid for pid, command in commands.items() if set(words) <= set(command))
        return pid

    def hang_valkey(self) -> None:
        pid = Valkey(self.portal.data).pid()
        assert pid
        self.warga.keadaan = "Valkey menggantung"
        hang_for(pid, 12)
        self.warga.keadaan = TENANG

    def kill_relay(self) -> None:
        """The processes that do the worker's work, one of which is sending."""
        for pid in children(self._program("celery", "worker")):
            os.kill(pid, signal.SIGKILL)

    def refuse_mail(self) -> None:
        left = iter(range(3))
        self.penerima.answer = lambda mail: "451 coba lagi" if next(left, None) is not None else "250 OK"


_MILIK = """
    FROM pengaduan_pengaduan p JOIN pengaduan_langkahpengaduan l ON l.pengaduan_id = p.id AND l.langkah = 'lapor'
    JOIN kecamatan_notifikasi n ON n.kunci = 'pengaduan:' || l.id LEFT JOIN kecamatan_pesankeluar s ON s.id = n.pesan_id
    WHERE p.judul LIKE 'Badai %'
"""


def ask(portal: Portal, sql: str) -> list[tuple[object, ...]]:
    with Postgres(portal.data).connect("portal") as connection:
        return connection.execute(sql).fetchall()


def nomor_tersimpan(portal: Portal) -> list[str]:
    return [str(nomor) for (nomor,) in ask(portal, "SELECT nomor FROM pengaduan_pengaduan WHERE judul LIKE 'Badai %'")]


def surel_kabar(portal: Portal) -> list[str]:
    """Message id of the e-mail of every notice of a report."""
    return [str(one) for (one,) in ask(portal, f"SELECT s.message_id {_MILIK}")]


def wait_until_sent(portal: Portal, seconds: float) -> None:
    def sent() -> bool:
        with suppress(psycopg.OperationalError):
            return ask(portal, f"SELECT 1 {_MILIK} AND s.status IS DISTINCT FROM 'terkirim' LIMIT 1") == []
        return False

    wait_until(sent, seconds, "surel terkirim semua")


def bagi(banyak: int, bagian: int) -> Iterator[range]:
    """The numbers of equal parts."""
    for part in range(bagian):
        yield range(banyak * part // bagian, banyak * (part + 1) // bagian)
