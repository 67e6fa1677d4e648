"""Answers that a desk wrote beforehand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pengaduan.actions.jawaban import save_jawaban
from pengaduan.forms_meja import JawabanForm
from pengaduan.models import JawabanBaku


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def jawaban(request: PetugasRequest, wilayah: Wilayah, pk: int | None = None) -> HttpResponse:
    """Those of a region, with a form for a new one, or (`pk`) to change one."""
    own = JawabanBaku.objects.filter(wilayah=wilayah)
    satu = get_object_or_404(own, pk=pk) if pk else JawabanBaku(wilayah=wilayah)
    form = JawabanForm(posted(request), initial={"judul": satu.judul, "isi": satu.isi, "aktif": satu.aktif})

    def save() -> None:
        for name, value in form.cleaned_data.items():
            setattr(satu, name, value)
        save_jawaban(by=request.user, jawaban=satu)

    if form.saves(save):
        messages.info(request, _("Tersimpan."))
        return redirect("pengaduan:jawaban", wilayah.kode)
    of_above = JawabanBaku.objects.for_wilayah(wilayah).exclude(wilayah=wilayah).filter(aktif=True)
    ctx = {"wilayah": wilayah, "form": form, "ubah": pk, "daftar": own, "dari_atas": of_above.select_related("wilayah")}
    return render(request, "pengaduan/jawaban.html", ctx, status=422 if form.errors else 200)
