"""One thing done to several reports of the desk: choose them in the list, see them once more, then do it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pengaduan.actions.serentak import act_on_all
from pengaduan.forms_meja import SerentakForm
from pengaduan.models import Langkah, Pengaduan
from pengaduan.queries.meja import SEHALAMAN


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def meja_serentak(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    told = request.POST if request.method == "POST" else request.GET
    keys = [int(pk) for pk in told.getlist("pilih") if pk.isdecimal() and len(pk) < 19][:SEHALAMAN]
    chosen = list(Pengaduan.objects.visible_to(request.user).in_wilayah(wilayah).filter(pk__in=keys))
    if len(chosen) < len(set(keys)):
        raise Http404
    form = SerentakForm(posted(request))
    if not chosen:
        messages.error(request, _("Centang dahulu laporannya di daftar."))
        return redirect("pengaduan:meja", wilayah.kode)
    if form.is_valid():
        langkah = Langkah(form.cleaned_data["langkah"])
        hasil = act_on_all(by=request.user, pengaduan=chosen, langkah=langkah, catatan=form.cleaned_data["catatan"])
        messages.info(request, _("%(n)s laporan selesai.") % {"n": hasil.selesai})
        for nomor, why in hasil.ditolak:
            messages.error(request, f"{nomor}: {why}")
        return redirect("pengaduan:meja", wilayah.kode)
    ctx = {"wilayah": wilayah, "form": form, "pilihan": chosen}
    return render(request, "pengaduan/meja_serentak.html", ctx, status=422 if form.errors else 200)
