"""Sheets of paper of a survey, typed in by those who keep it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pengaduan.actions import jawaban_survei as actions
from pengaduan.forms_jawaban import KertasForm, kunci_perangkat
from pengaduan.models import Survei, UnsurSKM
from pengaduan.queries import jawaban_survei as queries
from pengaduan.views.kelola_survei import load_survei


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_kertas(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Sheets of paper typed in one after the other."""
    survei = load_survei(request, wilayah, pk)
    if survei.status != Survei.Status.BERJALAN:
        messages.error(request, _("Lembar kertas diketik selama survei berjalan."))
        return redirect("pengaduan:survei_rinci", wilayah.kode, pk)
    form = KertasForm(posted(request), unsur=UnsurSKM.objects.all(), kunci=kunci_perangkat(""))

    def save() -> None:
        actions.answer(by=request.user, survei=survei, isi=form.isi(), kunci=form.cleaned_data["kunci"])

    if form.saves(save):
        messages.info(request, _("Lembar tersimpan. Silakan ketik lembar berikutnya."))
        return redirect("pengaduan:survei_kertas", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "survei": survei, "form": form, "kemajuan": queries.kemajuan(survei),
           "lembar": queries.lembar_terakhir(survei)}  # fmt: skip
    return render(request, "pengaduan/survei_kertas.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_kertas_hapus(request: PetugasRequest, wilayah: Wilayah, pk: int, lembar: int) -> HttpResponse:
    survei = load_survei(request, wilayah, pk)
    with refusals_told(request):
        actions.remove_kertas(by=request.user, survei=survei, pk=lembar)
    return redirect("pengaduan:survei_kertas", wilayah.kode, pk)
