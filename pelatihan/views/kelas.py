"""Classes: for those who run them, provide them or teach in them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions import kelas as actions
from pelatihan.forms_kelas import KelasForm
from pelatihan.models import Kelas
from pelatihan.queries.kelas import rincian_kelas
from pelatihan.views.angkatan import GET_POST, load_angkatan


def load_kelas(request: PetugasRequest, pk: int) -> Kelas:
    """A class that this person runs, provides or teaches.

    Raises:
        Http404: there is none.
    """
    mine = Kelas.objects.visible_to(request.user).select_related("angkatan__program__wilayah", "wilayah")
    return get_object_or_404(mine, pk=pk)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kelas_tambah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    form = KelasForm(posted(request))
    made: list[Kelas] = []
    if form.saves(lambda: made.append(actions.create_kelas(by=request.user, angkatan=angkatan, **form.cleaned_data))):
        return redirect(made[0])
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Kelas baru")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_safe
def kelas(request: PetugasRequest, pk: int) -> HttpResponse:
    satu = load_kelas(request, pk)
    ctx = {"kelas": satu, "wilayah": satu.angkatan.program.wilayah, "rincian": rincian_kelas(satu, request.user)}
    return render(request, "pelatihan/kelas.html", ctx)


@GET_POST
def kelas_ubah(request: PetugasRequest, pk: int) -> HttpResponse:
    satu = load_kelas(request, pk)
    actions.require_kelola_kelas(request.user, satu)
    form = KelasForm(posted(request), kelas=satu)
    if form.saves(lambda: actions.change_kelas(by=request.user, kelas=satu, **form.cleaned_data)):
        return redirect(satu)
    ctx = {"wilayah": satu.angkatan.program.wilayah, "angkatan": satu.angkatan, "kelas": satu, "form": form}
    ctx["judul"] = _("Ubah kelas")
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)
