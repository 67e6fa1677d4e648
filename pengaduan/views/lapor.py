"""The public form: a report of a citizen, and the receipt."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kecamatan.actions.batas import count_try, tries
from kecamatan.adapters import alamat_pengunjung
from kecamatan.forms import posted
from kecamatan.models import Tingkat, Wilayah
from kecamatan.models.wilayah import normalize_kode
from kecamatan.queries.wilayah import kecamatan_of, search
from p3pd_portal.lib.qr import qr
from pengaduan.actions.terima import terima
from pengaduan.forms import LaporForm
from pengaduan.queries.bukti import tantangan
from pengaduan.queries.kode import TandaTerima
from pengaduan.queries.surel import has_surel_baru


SEJAM, SEJAM_TANPA_BUKTI = 20, 5
"""Reports of one address in an hour; a school or an office shares one."""
PERCOBAAN_SEJAM = 100
"""Forms sent from one address in an hour, those that were refused and those sent again too."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def lapor(request: HttpRequest) -> HttpResponse:
    wilayah = _wilayah(request.GET.get("wilayah", ""))
    ctx: dict[str, Any]
    if wilayah is None or wilayah.tingkat < Tingkat.KECAMATAN:
        ctx = {"wilayah": wilayah, "anak": _anak(wilayah), "hasil": search(request.GET.get("q", ""))}
        return render(request, "pengaduan/lapor_tempat.html", ctx)
    kecamatan = kecamatan_of(wilayah)
    initial = {
        "wilayah": wilayah.pk,
        "unit": request.GET.get("unit", ""),
        "judul": request.GET.get("tentang", "")[:120],
    }
    if request.method == "POST" and count_try("kirim", alamat_pengunjung(request) or "") > PERCOBAAN_SEJAM:
        return render(request, "pengaduan/terlalu_sering.html", status=429)  # before any picture is drawn
    form = LaporForm(posted(request), request.FILES or None, kecamatan=kecamatan, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _take(request, form)
        if answer is not None:
            return answer
    retensi = {"retensi": settings.RETENSI_PENGADUAN, "retensi_rahasia": settings.RETENSI_RAHASIA}
    ctx = {"form": form, "kecamatan": kecamatan, "tantangan": tantangan(form.kunci_tampil)} | retensi
    return render(request, "pengaduan/lapor.html", ctx, status=422 if form.errors else 200)


def _take(request: HttpRequest, form: LaporForm) -> HttpResponse | None:
    """The receipt; None where the action refuses, which then stands in the form."""
    proved, kunci = form.is_terbukti, form.cleaned_data["kunci"]
    if _sent(request, kunci) > (SEJAM if proved else SEJAM_TANPA_BUKTI):
        return render(request, "pengaduan/terlalu_sering.html", status=429)
    try:
        tanda = terima(laporan=form.laporan(), kunci=kunci, perlu_disaring=not proved)
    except ValidationError as error:
        form.object_to(error)
        return None
    return render_tanda(request, tanda)


def _sent(request: HttpRequest, kunci: str) -> int:
    """How many forms came from this address within the hour; the same form again is none."""
    address = alamat_pengunjung(request) or ""
    is_first = count_try("formulir", kunci) == 1
    return count_try("lapor", address) if is_first else tries("lapor", address)


def render_tanda(request: HttpRequest, tanda: TandaTerima) -> HttpResponse:
    """The receipt. It is shown as the answer itself and has no address, so that the code stands in none;
    its QR code holds words, and no address with the code in it."""
    satu, alamat = tanda.pengaduan, settings.SITE_URL + reverse("pengaduan:lapor_status")
    words = qr(f"{satu.nomor}\nKode {tanda.kode_tampil}\n{alamat}")
    asked = not satu.perlu_disaring and has_surel_baru(satu)
    ctx = {"tanda": tanda, "pengaduan": satu, "qr": words, "surel": asked}
    return render(request, "pengaduan/lapor_diterima.html", ctx)


def _wilayah(kode: str) -> Wilayah | None:
    found = Wilayah.objects.in_force().select_related("induk").filter(kode=normalize_kode(kode)[:13])
    return found.first()


def _anak(wilayah: Wilayah | None) -> list[Wilayah]:
    return list(Wilayah.objects.children_of(wilayah)) if wilayah else []
