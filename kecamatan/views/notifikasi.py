"""One's own notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions.notifikasi import mark_all_read, mark_read, save_pilihan
from kecamatan.decorators import PetugasRequest
from kecamatan.forms_notifikasi import PilihanNotifikasiForm
from kecamatan.models import Notifikasi
from kecamatan.queries.notifikasi import daftar_notifikasi, pilihan_surel


@require_safe
def notifikasi(request: PetugasRequest) -> HttpResponse:
    daftar = daftar_notifikasi(request.user, request.GET.get("halaman", ""))
    return render(request, "kecamatan/notifikasi.html", {"daftar": daftar, "sekarang": timezone.now()})


@require_POST
def baca(request: PetugasRequest, pk: str) -> HttpResponse:
    """Mark a notice as read, and go where it leads if asked to."""
    notifikasi = get_object_or_404(Notifikasi.objects.visible_to(request.user), pk=pk)
    mark_read(by=request.user, notifikasi=notifikasi)
    return redirect(notifikasi.url if "buka" in request.POST else "kecamatan:notifikasi")


@require_POST
def baca_semua(request: PetugasRequest) -> HttpResponse:
    """Mark as read what the page showed to exist; without a legible moment nothing."""
    try:
        sampai = parse_datetime(request.POST.get("sampai", ""))
    except ValueError:
        sampai = None
    if sampai is not None and timezone.is_aware(sampai):
        mark_all_read(by=request.user, sampai=sampai)
    return redirect("kecamatan:notifikasi")


@require_http_methods(["GET", "HEAD", "POST"])
def pilihan(request: PetugasRequest) -> HttpResponse:
    form = PilihanNotifikasiForm(pilihan_surel(request.user), request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        ctx = {"form": form}
        return render(request, "kecamatan/notifikasi_pilihan.html", ctx, status=422 if form.is_bound else 200)
    save_pilihan(by=request.user, pilihan=form.cleaned_data)
    messages.info(request, _("Pilihan Anda tersimpan dan berlaku untuk notifikasi berikutnya."))
    return redirect("kecamatan:pilihan")
