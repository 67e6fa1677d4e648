"""The catalogue of indicators, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecamatan.exports import respond
from layanan_dasar.exports_indikator import indikator_sheets
from layanan_dasar.queries import indikator as queries


@require_safe
@login_not_required
def indikator(request: HttpRequest) -> HttpResponse:
    ctx = {"katalog": queries.katalog(queries.Saringan.of(request.GET))}
    return render(request, "layanan_dasar/indikator.html", ctx)


@require_safe
@login_not_required
def indikator_unduh(request: HttpRequest, bentuk: str) -> HttpResponse:
    katalog = queries.katalog(queries.Saringan.of(request.GET))
    return respond("katalog-indikator", bentuk, indikator_sheets(katalog))


@require_safe
@login_not_required
def indikator_rinci(request: HttpRequest, kode: str) -> HttpResponse:
    baris = queries.rinci(kode)
    if baris is None:
        raise Http404
    return render(request, "layanan_dasar/indikator_rinci.html", {"baris": baris, "satu": baris.indikator})
