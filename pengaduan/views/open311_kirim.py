"""A report that a program sends.

It is answered with a token, for its number leads nowhere before a moderator published it: the token tells the number,
the number the report, in its own time. Number and secret code for the reporter stand in `service_notice`, the only
words for people that the specification knows; the answer is the only place where the code is ever shown.
"""

import json
import re

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.actions.batas import count_try
from p3pd_portal.lib.open311 import Galat
from pengaduan.actions.open311 import take_kiriman
from pengaduan.forms_open311_kirim import KirimForm
from pengaduan.models import KunciApi
from pengaduan.queries.open311_kunci import find_kunci, pesan_terima
from pengaduan.views.open311_pintu import alamat, check_single, check_utf8


SEJAM = 300
"""Reports of one key in an hour, those that were refused too."""
FORMULIR = "application/x-www-form-urlencoded"


def take(request: HttpRequest) -> object:
    data = _form(request)
    kunci = _kunci(request, data)
    form = KirimForm(data, kunci=kunci)
    form.check()
    try:
        taken = take_kiriman(kunci=kunci, laporan=form.laporan(), isi=_isi(data), idempotensi=_idempotensi(request))
    except ValidationError as error:
        raise Galat(422, *error.messages) from error
    nomor, kode = taken.tanda.pengaduan.nomor, taken.tanda.kode_tampil
    notice = pesan_terima(nomor, kode, alamat("lapor_status"), bool(data.get("media_url")))
    return [{"token": taken.token, "service_notice": notice, "account_id": None}]


def _form(request: HttpRequest) -> QueryDict:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if request.content_type != FORMULIR or charset.lower() not in ("utf-8", "utf8"):
        raise Galat(400, _("Kirim isi sebagai %s; charset=utf-8.") % FORMULIR)
    check_utf8(request.body)
    check_single(request.POST)
    return request.POST


def _kunci(request: HttpRequest, data: QueryDict) -> KunciApi:
    """The key of the program, counted. The header counts where the body names another one."""
    text = request.headers.get("X-Api-Key") or data.get("api_key", "")
    kunci = find_kunci(text, timezone.localdate())
    if kunci is None:
        raise Galat(
            403, _("api_key tidak ada, tidak dikenal, dicabut, atau berakhir. Cara memintanya: %s") % alamat("open311")
        )
    if count_try("open311", str(kunci.pk)) > SEJAM:
        words = _("Paling banyak %s laporan sejam untuk satu kunci. Coba lagi pada jam berikutnya.") % SEJAM
        raise Galat(429, words, Retry_After=str(3600 - int(timezone.now().timestamp()) % 3600))
    return kunci


def _idempotensi(request: HttpRequest) -> str:
    key: str = request.headers.get("Idempotency-Key", "").strip()
    if not re.fullmatch(r"[\x21-\x7e]{0,200}", key):
        raise Galat(400, _("Idempotency-Key: paling banyak 200 huruf ASCII tanpa spasi."))
    return key


def _isi(data: QueryDict) -> str:
    """Everything that was sent but the key, whatever its order."""
    return json.dumps(sorted((name, value) for name, value in data.items() if name != "api_key"))
