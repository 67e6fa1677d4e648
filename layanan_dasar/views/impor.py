"""Upload of village budgets: choose, look at what would change, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar import exports
from layanan_dasar.actions.belanja import confirm_berkas, discard_berkas, preview_berkas
from layanan_dasar.forms import BerkasAPBDesForm
from p3pd_portal.lib.spreadsheet import Rejected


ERRORS_SHOWN = 200
FATE = {
    BerkasImpor.Status.TERSIMPAN.value: _("Tersimpan. Angka halaman wilayah sudah dihitung ulang."),
    BerkasImpor.Status.DIBATALKAN.value: _("Dibatalkan. Tidak ada yang disimpan."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    form = BerkasAPBDesForm(request.POST or None, request.FILES or None)
    ctx = {"wilayah": wilayah, "form": form}
    if request.method != "POST":
        return render(request, "layanan_dasar/apbdes_impor.html", ctx)
    if not form.is_valid():
        return render(request, "layanan_dasar/apbdes_impor.html", ctx, status=422)
    try:
        berkas = preview_berkas(by=request.user, wilayah=wilayah, file=form.cleaned_data["berkas"])
    except Rejected as rejected:
        ctx |= {"ditolak": rejected, "galat": rejected.errors[:ERRORS_SHOWN]}
        return render(request, "layanan_dasar/apbdes_impor.html", ctx, status=422)
    return redirect("layanan_dasar:pratinjau", wilayah.kode, berkas.pk)


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def templat(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    return exports.respond("templat-apbdes", bentuk, exports.template_sheets())


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def pratinjau(request: HttpRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    ctx = {"wilayah": wilayah, "berkas": _berkas(wilayah, pk)}
    return render(request, "layanan_dasar/apbdes_pratinjau.html", ctx)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    berkas = _berkas(wilayah, pk)
    try:
        berkas = confirm_berkas(by=request.user, berkas=berkas)
    except Rejected as rejected:
        ctx = {"wilayah": wilayah, "berkas": berkas, "ditolak": rejected, "galat": rejected.errors[:ERRORS_SHOWN]}
        return render(request, "layanan_dasar/apbdes_pratinjau.html", ctx, status=409)
    messages.info(request, FATE[berkas.status])
    return redirect("layanan_dasar:pratinjau", wilayah.kode, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    berkas = discard_berkas(by=request.user, berkas=_berkas(wilayah, pk))
    messages.info(request, FATE[berkas.status])
    return redirect("layanan_dasar:impor", wilayah.kode)


def _berkas(wilayah: Wilayah, pk: str) -> BerkasImpor:
    return get_object_or_404(BerkasImpor.objects.defer("isi"), pk=pk, wilayah=wilayah, jenis="apbdes")
