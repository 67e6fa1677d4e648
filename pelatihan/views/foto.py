"""Photographs of a cohort: for those who run it, and for its report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import attachment
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions.foto import add_foto, remove_foto
from pelatihan.forms_foto import FotoForm
from pelatihan.models import Foto
from pelatihan.models.foto import PALING_BANYAK
from pelatihan.views.angkatan import GET_POST, load_angkatan


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def foto(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """The photographs of a cohort; a posted one is added."""
    angkatan = load_angkatan(request, wilayah, pk)
    form = FotoForm(posted(request), request.FILES or None, initial={"tanggal": angkatan.mulai})
    if form.saves(lambda: add_foto(by=request.user, angkatan=angkatan, **form.isian())):
        messages.info(request, _("Foto tersimpan. Laporan angkatan kini memuatnya."))
        return redirect("pelatihan:foto", wilayah.kode, pk)
    rows = list(angkatan.foto.defer("isi").select_related("created_by__orang"))
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "rows": rows, "batas": PALING_BANYAK}
    return render(request, "pelatihan/foto.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def foto_berkas(request: PetugasRequest, wilayah: Wilayah, pk: int, foto: int) -> HttpResponse:
    satu = get_object_or_404(Foto, angkatan=load_angkatan(request, wilayah, pk), pk=foto)
    return attachment(bytes(satu.isi), "image/jpeg", f"foto-{pk}-{satu.pk}.jpg")


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def foto_hapus(request: PetugasRequest, wilayah: Wilayah, pk: int, foto: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    remove_foto(by=request.user, foto=get_object_or_404(Foto.objects.defer("isi"), angkatan=angkatan, pk=foto))
    messages.info(request, _("Foto dihapus. Riwayat mencatat bahwa foto itu pernah ada."))
    return redirect("pelatihan:foto", wilayah.kode, pk)
