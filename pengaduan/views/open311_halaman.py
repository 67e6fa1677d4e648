"""What developers read about Open311 here: a page, and the same as an OpenAPI 3.1 document for their programs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pengaduan.forms_open311 import CariForm
from pengaduan.forms_open311_kirim import KirimForm
from pengaduan.views.open311_kirim import FORMULIR, SEJAM
from pengaduan.views.open311_openapi import dokumen
from pengaduan.views.open311_pintu import alamat, open311


@require_safe
@login_not_required
def halaman(request: HttpRequest) -> HttpResponse:
    ctx = {
        "akar": alamat("open311"),
        "cari": CariForm.base_fields.items(),
        "kirim": KirimForm.base_fields.items(),
        "sejam": SEJAM,
        "tipe": FORMULIR,
    }
    return render(request, "pengaduan/open311.html", ctx)


@open311("openapi", "GET", "HEAD")
def openapi(request: HttpRequest) -> object:
    return dokumen(alamat("open311").removesuffix("/"))
