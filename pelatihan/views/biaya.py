"""Costs of a cohort."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions.biaya import record_biaya, remove_biaya
from pelatihan.forms_biaya import BiayaForm
from pelatihan.models import Biaya
from pelatihan.queries.biaya import biaya_angkatan
from pelatihan.views.angkatan import GET_POST, load_angkatan


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def biaya(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """The components with their sums; a posted one is added."""
    angkatan, form = load_angkatan(request, wilayah, pk), BiayaForm(posted(request))
    if form.saves(lambda: record_biaya(by=request.user, angkatan=angkatan, **form.cleaned_data)):
        return redirect("pelatihan:biaya", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "ringkasan": biaya_angkatan(angkatan)}
    return render(request, "pelatihan/biaya.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def biaya_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int, komponen: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = get_object_or_404(Biaya, angkatan=angkatan, pk=komponen)
    initial = {"komponen": satu.komponen, "rencana": satu.rencana, "realisasi": satu.realisasi}
    form = BiayaForm(posted(request), initial=initial)
    if form.saves(lambda: record_biaya(by=request.user, angkatan=angkatan, biaya=satu, **form.cleaned_data)):
        return redirect("pelatihan:biaya", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Ubah biaya")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def biaya_hapus(request: PetugasRequest, wilayah: Wilayah, pk: int, komponen: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    remove_biaya(by=request.user, biaya=get_object_or_404(Biaya, angkatan=angkatan, pk=komponen))
    return redirect("pelatihan:biaya", wilayah.kode, pk)
