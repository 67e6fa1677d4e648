"""A single sign-on of a daerah, as Keycloak speaks: OpenID Connect with an authorization code."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import jwt


CLIENT, SECRET = "portal", "rahasia-sso"


class Sso:
    """The server: `claims` is what it tells about whoever logs in there; `down` makes it fail."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.down = False
        self.url = ""
        self.token_requests: list[dict[str, list[str]]] = []

    def configuration(self) -> dict[str, Any]:
        paths = {"authorization": "auth", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/certs",
            **{f"{name}_endpoint": f"{self.url}/{path}" for name, path in paths.items()},
        }

    def token(self) -> dict[str, Any]:
        told = {"iss": self.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60, **self.claims}
        key = "kunci-server-sso-yang-cukup-panjang-untuk-hs256"
        return {"access_token": "karcis", "token_type": "Bearer", "id_token": jwt.encode(told, key, "HS256")}


@contextmanager
def running() -> Iterator[Sso]:
    sso = Sso()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, body: dict[str, Any]) -> None:
            self.send_response(500 if sso.down else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def do_GET(self) -> None:
            self.answer(sso.claims if self.path == "/userinfo" else sso.configuration())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sso.token_requests.append(parse_qs(body))
            self.answer(sso.token())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sso.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield sso
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
