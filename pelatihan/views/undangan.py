"""Quotas and invitations, for those who run a cohort."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions import kuota as kuota_actions
from pelatihan.actions import undangan as actions
from pelatihan.forms_kuota import KuotaForm, UndangForm
from pelatihan.forms_usulan import SamaForm
from pelatihan.models import Undangan
from pelatihan.queries.kuota import kabupaten_of, petak_kuota
from pelatihan.queries.seleksi import daftar_usulan
from pelatihan.views.angkatan import GET_POST, hal, load_angkatan


SEHALAMAN = 20


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kuota(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """The grid kabupaten × office, twenty kabupaten a page."""
    angkatan = load_angkatan(request, wilayah, pk)
    halaman = Paginator(kabupaten_of(angkatan), SEHALAMAN).get_page(hal(request))
    petak = petak_kuota(angkatan, halaman.object_list)
    form = KuotaForm(posted(request), petak=petak)
    if form.saves(lambda: kuota_actions.save_kuota(by=request.user, angkatan=angkatan, isi=form.isi())):
        messages.success(request, _("Kuota tersimpan."))
        return redirect(request.get_full_path())
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "petak": petak, "form": form, "halaman": halaman}
    ctx["sama"] = SamaForm()
    return render(request, "pelatihan/kuota.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kuota_sama(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """The same number for all."""
    angkatan, form = load_angkatan(request, wilayah, pk), SamaForm(request.POST)
    saved = form.saves(lambda: kuota_actions.fill_kuota(by=request.user, angkatan=angkatan, **form.cleaned_data))
    if not saved:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect("pelatihan:kuota", wilayah.kode, pk)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def undangan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Who was invited when, by which address; and the form that invites."""
    angkatan = load_angkatan(request, wilayah, pk)
    rows = [(satu.wilayah, satu.undangan) for satu in daftar_usulan(angkatan).baris]
    halaman = Paginator(rows, SEHALAMAN).get_page(hal(request))
    form = UndangForm(posted(request), kabupaten=halaman.object_list)
    counts: list[int] = []
    if form.saves(lambda: counts.append(actions.invite(by=request.user, angkatan=angkatan, surel=form.surel()))):
        messages.success(request, _("%(n)s undangan dikirim.") % {"n": counts[0]})
        return redirect(request.get_full_path())
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "halaman": halaman}
    return render(request, "pelatihan/undangan.html", ctx, status=422 if form.errors else 200)


def load_undangan_kelola(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int) -> Undangan:
    """An invitation to a cohort that this person runs.

    Raises:
        Http404: there is none.
    """
    angkatan = load_angkatan(request, wilayah, pk)
    found = Undangan.objects.select_related("angkatan__program__wilayah", "wilayah", "usulan")
    return get_object_or_404(found, angkatan=angkatan, pk=undangan)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def undangan_kirim(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int) -> HttpResponse:
    satu = load_undangan_kelola(request, wilayah, pk, undangan)
    with refusals_told(request):
        actions.resend(by=request.user, undangan=satu)
        messages.success(request, _("Undangan dikirim lagi."))
    return redirect("pelatihan:undangan", wilayah.kode, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def undangan_cabut(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int) -> HttpResponse:
    satu = load_undangan_kelola(request, wilayah, pk, undangan)
    with refusals_told(request):
        actions.revoke(by=request.user, undangan=satu)
        messages.success(request, _("Undangan dicabut; semua tautan dan kodenya mati."))
    return redirect("pelatihan:undangan", wilayah.kode, pk)
