"""The head of the letters of a kecamatan or of a larger region."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kecamatan.actions.kop_surat import izin_kop, save_kop_surat
from kecamatan.decorators import PetugasRequest, load_wilayah
from kecamatan.forms import posted
from kecamatan.forms_kop import KopSuratForm
from kecamatan.models import KopSurat, Tingkat, Wilayah
from kecamatan.queries import kop_surat as queries


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
def kop_surat(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat == Tingkat.DESA:
        raise Http404
    if not request.user.has_izin(izin_kop(wilayah), wilayah):
        raise PermissionDenied
    stored = KopSurat.objects.filter(wilayah=wilayah).first() or queries.usulan_kop(wilayah)
    form = KopSuratForm(posted(request), request.FILES or None, initial=model_to_dict(stored))

    def save() -> None:
        lambang = form.cleaned_data["logo"], form.cleaned_data["tanpa_logo"]
        save_kop_surat(by=request.user, wilayah=wilayah, isi=form.isi(), logo=lambang[0], tanpa_logo=lambang[1])

    if form.saves(save):
        messages.info(request, _("Kop surat tersimpan dan dipakai pada surat berikutnya."))
        return redirect("kecamatan:kop_surat", wilayah.kode)
    ctx = {"wilayah": wilayah, "form": form, "kop": queries.kop_surat(wilayah)}
    return render(request, "kecamatan/kop_surat.html", ctx, status=422 if form.errors else 200)
