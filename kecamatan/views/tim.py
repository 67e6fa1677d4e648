"""The team of a kecamatan with its decision; above the kecamatan, which of them have one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions import tim as actions
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.forms_tim import AnggotaForm, TimForm
from kecamatan.models import AnggotaTim, BerkasSK, TimPengelola, Tingkat, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries import tim as queries


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def tim(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat == Tingkat.DESA:
        raise Http404
    if wilayah.tingkat < Tingkat.KECAMATAN:
        tampil, halaman = request.GET.get("tampil", ""), request.GET.get("halaman", "1")
        cakupan = queries.cakupan_tim(request.user, wilayah, tampil, int(halaman) if halaman.isdecimal() else 1)
        return render(request, "kecamatan/tim_daftar.html", {"wilayah": wilayah, "cakupan": cakupan, "tampil": tampil})
    boleh = request.user.has_izin(Izin.KELOLA_TIM, wilayah)
    ctx = {"wilayah": wilayah, "rincian": queries.rincian_tim(wilayah), "boleh_ubah": boleh}
    return render(request, "kecamatan/tim.html", ctx)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_TIM)
def tim_ubah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    tim = TimPengelola.objects.filter(wilayah=wilayah).first()
    initial = {"nomor_sk": tim.nomor_sk, "tanggal_sk": tim.tanggal_sk} if tim else {}
    form = TimForm(posted(request), request.FILES or None, initial=initial)
    if form.is_valid():
        actions.record_tim(by=request.user, wilayah=wilayah, **form.cleaned_data)
        messages.info(request, _("SK tersimpan. Lengkapi anggotanya di bawah."))
        return redirect("kecamatan:tim", wilayah.kode)
    ctx = {"wilayah": wilayah, "form": form}
    return render(request, "kecamatan/tim_ubah.html", ctx, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_TIM)
def anggota_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    tim = get_object_or_404(TimPengelola, wilayah=wilayah)
    form = AnggotaForm(posted(request), wilayah=wilayah)

    def save() -> None:
        kedudukan = form.cleaned_data["kedudukan"]
        actions.add_anggota(by=request.user, tim=tim, orang=form.chosen(), kedudukan=kedudukan)

    if form.saves(save):
        messages.info(request, _("Anggota tersimpan."))
        return redirect("kecamatan:tim", wilayah.kode)
    ctx = {"wilayah": wilayah, "form": form}
    return render(request, "kecamatan/anggota_tambah.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_TIM)
def anggota_hapus(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    anggota = get_object_or_404(AnggotaTim.objects.select_related("tim__wilayah"), pk=pk, tim__wilayah=wilayah)
    actions.remove_anggota(by=request.user, anggota=anggota)
    messages.info(request, _("Anggota dihapus dari tim."))
    return redirect("kecamatan:tim", wilayah.kode)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def tim_sk(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    """The scan, always to be saved and never shown inside the portal: it came from outside."""
    berkas = get_object_or_404(BerkasSK, tim__wilayah=wilayah)
    headers = {
        "Content-Disposition": f'attachment; filename="sk-tim-{wilayah.kode}.{berkas.akhiran}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(berkas.isi), content_type=berkas.tipe, headers=headers)
