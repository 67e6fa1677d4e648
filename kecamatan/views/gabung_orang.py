"""Two records of one person: find the other one, look at both, make them one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kecamatan.actions.audit import record_view
from kecamatan.actions.gabung_orang import gabung_orang
from kecamatan.decorators import PetugasRequest, require_pengelola
from kecamatan.forms import posted
from kecamatan.forms_gabung import CariKembarForm, GabungForm
from kecamatan.models import Orang
from kecamatan.queries import gabung_orang as queries


def _orang(request: PetugasRequest, *keys: int) -> list[Orang]:
    """Records that this person may change; others do not exist for them."""
    found = Orang.objects.in_bulk(queries.boleh_diubah(request.user, keys))
    if set(found) != set(keys):
        raise Http404
    return [found[pk] for pk in keys]


@require_http_methods(["GET", "HEAD", "POST"])
@require_pengelola
def orang_gabung(request: PetugasRequest, pk: int) -> HttpResponse:
    """Records that may be the same person. Searching is a POST that writes nothing."""
    (orang,) = _orang(request, pk)
    form = CariKembarForm(posted(request))
    kata = form.cleaned_data["kata"] if form.is_valid() else ""
    ctx = {"orang": orang, "form": form, "calon": queries.calon(request.user, orang, kata)}
    return render(request, "kecamatan/orang_gabung.html", ctx)


@require_http_methods(["GET", "HEAD", "POST"])
@require_pengelola
def orang_gabung_dengan(request: PetugasRequest, pk: int, lain: int) -> HttpResponse:
    if pk == lain:
        raise Http404
    tetap, lebur = _orang(request, pk, lain)
    both = queries.perbandingan(tetap, lebur)
    form = GabungForm(posted(request), pilihan=both.pilihan)
    if form.saves(lambda: gabung_orang(by=request.user, tetap=tetap, lebur=lebur, **form.isi)):
        messages.info(request, _("Digabung. Semua yang tercatat pada keduanya sekarang ada pada satu orang."))
        return redirect("kecamatan:orang_gabung", pk)
    for orang in (tetap, lebur):
        record_view(by=request.user, objek=orang, alasan="membandingkan dua catatan orang")
    ctx = {"perbandingan": both, "form": form}
    return render(request, "kecamatan/orang_gabung_dengan.html", ctx, status=422 if form.errors else 200)
