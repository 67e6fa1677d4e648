"""People by the file: choose, look at what would change, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan import exports
from kecamatan.actions.impor import discard_berkas
from kecamatan.actions.impor_orang import JENIS, confirm_orang, preview_orang
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import BerkasForm
from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.spreadsheet import Rejected


ERRORS_SHOWN = 200
FATE = {
    BerkasImpor.Status.TERSIMPAN.value: _("Tersimpan. Undangan dikirim kepada pemilik akun baru."),
    BerkasImpor.Status.DIBATALKAN.value: _("Dibatalkan. Tidak ada yang disimpan."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_AKUN)
def orang_impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    sent = request.method == "POST"
    form = BerkasForm(
        request.POST if sent else None, request.FILES if sent else None, label=_("Berkas orang (.xlsx atau .csv)")
    )
    ctx = {"wilayah": wilayah, "form": form}
    if request.method != "POST":
        return render(request, "kecamatan/orang_impor.html", ctx)
    if form.is_valid():
        try:
            berkas = preview_orang(by=request.user, wilayah=wilayah, file=form.cleaned_data["berkas"])
            return redirect("kecamatan:orang_pratinjau", wilayah.kode, berkas.pk)
        except Rejected as rejected:
            ctx |= {"ditolak": rejected, "galat": rejected.errors[:ERRORS_SHOWN]}
    return render(request, "kecamatan/orang_impor.html", ctx, status=422)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_AKUN)
def orang_templat(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    return exports.respond("templat-orang", bentuk, exports.orang_sheets())


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_AKUN)
def orang_pratinjau(request: HttpRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    ctx = {"wilayah": wilayah, "berkas": _berkas(wilayah, pk)}
    return render(request, "kecamatan/orang_pratinjau.html", ctx)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_AKUN)
def orang_simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    berkas = _berkas(wilayah, pk)
    try:
        berkas = confirm_orang(by=request.user, berkas=berkas)
    except Rejected as rejected:
        ctx = {"wilayah": wilayah, "berkas": berkas, "ditolak": rejected, "galat": rejected.errors[:ERRORS_SHOWN]}
        return render(request, "kecamatan/orang_pratinjau.html", ctx, status=409)
    messages.info(request, FATE[berkas.status])
    return redirect("kecamatan:orang_pratinjau", wilayah.kode, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_AKUN)
def orang_batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    berkas = discard_berkas(by=request.user, berkas=_berkas(wilayah, pk))
    messages.info(request, FATE[berkas.status])
    return redirect("kecamatan:orang_impor", wilayah.kode)


def _berkas(wilayah: Wilayah, pk: str) -> BerkasImpor:
    return get_object_or_404(BerkasImpor.objects.defer("isi"), pk=pk, wilayah=wilayah, jenis=JENIS)
