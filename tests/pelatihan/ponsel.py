"""Telephones of participants, over HTTP."""

import http.client
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode


class Ponsel:
    """A telephone with its cookies.

    Attributes:
        detik: how long each answer took.
    """

    def __init__(self, host: str, port: int, alamat: str = "127.0.0.1") -> None:
        self.host, self.port, self.alamat = host, port, alamat
        self.cookies: dict[str, str] = {}
        self.detik: list[float] = []

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page; a redirection is not followed."""
        started = time.monotonic()
        link = http.client.HTTPConnection(self.host, self.port, timeout=60, source_address=(self.alamat, 0))
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            link.request(method, path, urlencode(fields or {}), headers)
            answer = link.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return answer.status, answer.read().decode()
        finally:
            link.close()
            self.detik.append(time.monotonic() - started)

    def send(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        """Send the first form of a page, with what stands hidden in it."""
        form = page.partition('<form method="post"')[2].partition("</form>")[0]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        return self.ask("POST", path, hidden | fields)

    def hubungkan(self, kode: str) -> None:
        """Type the one-time code."""
        status, page = self.send("/ikut/", self.ask("GET", "/ikut/")[1], kode=kode)
        assert status == 302, page

    def hadir(self, path: str) -> int:
        """Scan, tap; the status of the tap."""
        status, page = self.ask("GET", path)
        assert status == 200, page
        return self.send(path, page)[0]
