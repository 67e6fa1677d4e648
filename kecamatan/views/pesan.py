"""E-mails that did not leave, for admins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.actions.pesan import resend
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.pesan import keadaan_pesan


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PESAN)
def pesan_keluar(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    return render(request, "kecamatan/pesan.html", {"wilayah": wilayah, "keadaan": keadaan_pesan(wilayah)})


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PESAN)
def kirim_ulang(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    n = resend(by=request.user, wilayah=wilayah)
    messages.info(request, _("%d pesan masuk antrean lagi.") % n)
    return redirect("kecamatan:pesan_keluar", wilayah.kode)
