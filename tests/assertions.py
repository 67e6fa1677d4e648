"""Questions several tests ask."""

import gzip
import re
from pathlib import Path
from typing import Any

import brotli
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse

from kecamatan.actions.pesan import relay


def content(response: HttpResponse) -> str:
    """The text of a page, unpacked if need be."""
    body = response.content
    return (gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body).decode()


def visible_text(response: HttpResponse) -> str:
    """What a reader sees, on one line."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", content(response), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def sent_mail() -> list[EmailMessage]:
    """E-mails so far, after the relay sent what waited."""
    relay()
    return mail.outbox


def row_counts() -> dict[str, int]:
    """Rows of every table of ours; equal before and after whatever may not write."""
    ours = ("kecamatan", "layanan_dasar", "pengaduan")
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()
            if model._meta.app_label in ours}  # fmt: skip


def weights(html: str) -> dict[str, int]:
    """Bytes on the wire of a first visit: HTML and scripts in gzip, styles in brotli, other files as they are."""
    urls = re.findall(r'<(?:link|script)[^>]+(?:href|src)="/static/([^"]+)"', html)
    result: dict[str, Any] = {"html": len(gzip.compress(html.encode())), "css": 0, "js": 0, "img": 0}
    for url in urls:
        body = Path(settings.BASE_DIR / "static" / url).read_bytes()
        match url.rpartition(".")[2]:
            case "css":
                result["css"] += len(brotli.compress(body))
            case "js":
                result["js"] += len(gzip.compress(body))
            case _:
                result["img"] += len(body)
    return result | {"requests": 1 + len(urls)}
