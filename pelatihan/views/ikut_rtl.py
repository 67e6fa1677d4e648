"""A participant's plans for after the training."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kecamatan.forms import posted
from pelatihan.actions.rtl import change_rtl, create_rtl, report_rtl
from pelatihan.decorators import load_peserta
from pelatihan.forms_rtl import PantauForm, RtlForm
from pelatihan.models import PemantauanRtl, Peserta
from pelatihan.views.angkatan import GET_POST


@GET_POST
@load_peserta
@never_cache
def ikut_rtl_tambah(request: HttpRequest, peserta: Peserta) -> HttpResponse:
    form = RtlForm(posted(request), wilayah=peserta.wilayah)
    if form.saves(lambda: create_rtl(peserta=peserta, **form.cleaned_data)):
        messages.info(request, _("Rencana tersimpan. Kami menanyakan perkembangannya 30 hari lagi."))
        return redirect("pelatihan:ikut_rinci", peserta.pk)
    ctx = {"peserta": peserta, "form": form, "judul": _("Rencana tindak lanjut baru")}
    return render(request, "pelatihan/ikut_rtl.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_peserta
@never_cache
def ikut_rtl_ubah(request: HttpRequest, peserta: Peserta, rtl: int) -> HttpResponse:
    satu = get_object_or_404(peserta.rtl.select_related("desa"), pk=rtl)
    form = RtlForm(posted(request), wilayah=peserta.wilayah, rtl=satu)
    if form.saves(lambda: change_rtl(peserta=peserta, rtl=satu, **form.cleaned_data)):
        messages.info(request, _("Rencana tersimpan."))
        return redirect("pelatihan:ikut_rinci", peserta.pk)
    ctx = {"peserta": peserta, "form": form, "judul": _("Ubah rencana tindak lanjut")}
    return render(request, "pelatihan/ikut_rtl.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_peserta
@never_cache
def ikut_rtl_pantau(request: HttpRequest, peserta: Peserta, pemantauan: int) -> HttpResponse:
    """How a plan goes; the link in the mail leads here without a password."""
    mine = PemantauanRtl.objects.filter(rtl__peserta=peserta).select_related("rtl__desa")
    satu = get_object_or_404(mine, pk=pemantauan)
    awal = {"keadaan": satu.keadaan or satu.rtl.status, "uraian": satu.uraian}
    form = PantauForm(posted(request), request.FILES or None, initial=awal)
    if form.saves(lambda: report_rtl(peserta=peserta, pemantauan=satu, **form.cleaned_data)):
        messages.info(request, _("Terima kasih. Penyelenggara memeriksa laporan Anda."))
        return redirect("pelatihan:ikut_rinci", peserta.pk)
    ctx = {"peserta": peserta, "form": form, "judul": satu.rtl, "pemantauan": satu}
    return render(request, "pelatihan/ikut_rtl.html", ctx, status=422 if form.errors else 200)
