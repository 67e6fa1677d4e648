"""The badge of unread notices, and the link that shares a page by WhatsApp."""

from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from kecamatan.models import Pengguna
from kecamatan.queries.notifikasi import LENCANA_TERBANYAK, jumlah_belum_dibaca
from p3pd_portal.lib.outbox import one_line


register = template.Library()


@register.simple_tag
def belum_dibaca(user: Pengguna | AnonymousUser) -> str:
    """Number of unread notices as the badge shows it, "" for none. A visitor costs no query."""
    number = jumlah_belum_dibaca(user) if isinstance(user, Pengguna) else 0
    return f"{LENCANA_TERBANYAK}+" if number > LENCANA_TERBANYAK else str(number or "")


@register.filter
def wa_me(path: str, judul: str) -> str:
    """Address that opens WhatsApp with a ready message: a title and the link of a page of ours, nothing else."""
    return "https://wa.me/?" + urlencode({"text": f"{one_line(judul)}\n{settings.SITE_URL}{path}"}, quote_via=quote)
