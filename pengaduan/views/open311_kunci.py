"""The keys of programs that may bring reports from a region: given, and taken back."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pengaduan.actions.open311 import make_kunci, revoke_kunci
from pengaduan.forms_open311 import KunciForm
from pengaduan.models import KunciApi
from pengaduan.queries.open311_kunci import daftar_kunci


SETAHUN = datetime.timedelta(days=365)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@load_wilayah
@require_izin(Izin.KELOLA_KUNCI_API)
def kunci(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """Keys of a region, with a form for a new one. Its text stands in this one answer, which has no address."""
    today = timezone.localdate()
    usul = {"berlaku_sampai": today + SETAHUN}
    form, made = KunciForm(posted(request), initial=usul), list[tuple[KunciApi, str]]()
    if form.saves(lambda: made.append(make_kunci(by=request.user, wilayah=wilayah, **form.cleaned_data))):
        form = KunciForm(initial=usul)
    rows = [(satu, satu.is_berlaku(today)) for satu in daftar_kunci(wilayah)]
    ctx = {"wilayah": wilayah, "form": form, "made": made, "daftar": rows}
    return render(request, "pengaduan/open311_kunci.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_KUNCI_API)
def cabut(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = get_object_or_404(KunciApi.objects.in_wilayah(wilayah).select_related("wilayah"), pk=pk)
    revoke_kunci(by=request.user, kunci=satu)
    messages.info(request, _("Kunci %(nama)s dicabut: aplikasinya tidak dapat mengirim lagi.") % {"nama": satu.nama})
    return redirect("pengaduan:open311_kunci", wilayah.kode)
