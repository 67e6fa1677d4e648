"""Pages that show all the apps side by side."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah_publik
from kecamatan.models import Wilayah
from kecamatan.models.wilayah import NASIONAL
from kecamatan.permissions import Izin
from kecamatan.queries.profil import profil
from layanan_dasar.queries.kualitas import KualitasWilayah
from p3pd_portal.dasbor.konteks import Konteks
from p3pd_portal.dasbor.panels import build_panels
from p3pd_portal.dasbor.privasi import read_privasi
from p3pd_portal.lib.charts import PLOTLY_STYLE
from p3pd_portal.lib.permintaan import nomor_permintaan


@require_safe
@login_not_required
def beranda(request: HttpRequest) -> HttpResponse:
    nasional = Wilayah.objects.in_force().filter(kode=NASIONAL).first()
    semua = KualitasWilayah(nasional) if nasional else None
    ctx = {
        "nasional": nasional,
        "ringkasan": semua.ringkasan(semua.tahun[0]) if semua and semua.tahun else None,
        "contoh": Wilayah.objects.in_force().filter(contoh=True, tingkat=3).first(),
    }
    return render(request, "dasbor/beranda.html", ctx)


@require_safe
@login_not_required
def bantuan(request: HttpRequest) -> HttpResponse:
    return render(request, "dasbor/bantuan.html")


@require_safe
@login_not_required
def privasi(request: HttpRequest) -> HttpResponse:
    return render(request, "dasbor/privasi.html", {"privasi": read_privasi()})


def terganggu(request: HttpRequest) -> HttpResponse:
    """Error 500, rendered without the request: whatever broke may break a context processor too."""
    return HttpResponseServerError(render_to_string("500.html", {"nomor": nomor_permintaan()}))


@require_safe
def mulai(request: PetugasRequest) -> HttpResponse:
    """Where people land after login: the region of their first assignment."""
    for penugasan in request.user.penugasan_berlaku:
        return redirect(penugasan.wilayah)
    return render(request, "dasbor/tanpa_penugasan.html")


@require_safe
@login_not_required
@csp_update({"style-src": PLOTLY_STYLE})
def nasional(request: HttpRequest) -> HttpResponse:
    return _wilayah(request, get_object_or_404(Wilayah.objects.in_force(), kode=NASIONAL))


@require_safe
@login_not_required
@csp_update({"style-src": PLOTLY_STYLE})
@load_wilayah_publik
def wilayah(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.kode == NASIONAL:
        return redirect(wilayah, permanent=True)
    return _wilayah(request, wilayah)


def _wilayah(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    semua = KualitasWilayah(wilayah)
    tahun = semua.pilih_tahun(request.GET.get("tahun", ""))
    konteks = Konteks(wilayah, tahun, request.user, semua, request.GET.get("urut", ""))
    ctx = {
        "wilayah": wilayah,
        "leluhur": list(Wilayah.objects.ancestors_of(wilayah)),
        "profil": profil(wilayah),
        "tahun": tahun,
        "tahun_tersedia": semua.tahun,
        "urut": konteks.urut,
        "may_import": konteks.may_import,
        "may_manage_wilayah": konteks.may_manage_wilayah,
        "dari": Wilayah.objects.closed_into(wilayah, request.GET.get("dari", "")),
        "may_audit": konteks.has_izin(Izin.LIHAT_AUDIT),
        "panels": build_panels(konteks),
    }
    return render(request, "dasbor/wilayah.html", ctx)
