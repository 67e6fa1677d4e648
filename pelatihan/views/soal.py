"""The question bank of the programme of a cohort."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.forms import BerkasForm, posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import refused
from p3pd_portal.lib.spreadsheet import Rejected
from pelatihan.actions import soal as actions
from pelatihan.forms_tes import ButirForm
from pelatihan.importers.soal import KOLOM, read_soal
from pelatihan.models import Butir, Program
from pelatihan.queries.tes import bank_soal, modul_of
from pelatihan.views.angkatan import GET_POST, load_angkatan


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def soal(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "bank": bank_soal(angkatan.program)}
    return render(request, "pelatihan/soal.html", ctx)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def soal_tambah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    form = ButirForm(posted(request), modul=modul_of(angkatan.program))
    if form.saves(lambda: actions.create_butir(by=request.user, program=angkatan.program, isi=form.isi())):
        messages.info(request, _("Butir soal tersimpan."))
        return redirect("pelatihan:soal", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Butir soal baru")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def soal_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int, butir: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = get_object_or_404(angkatan.program.butir.filter(gantinya=None), pk=butir)
    form = ButirForm(posted(request), modul=modul_of(angkatan.program), butir=satu)
    if form.saves(lambda: actions.change_butir(by=request.user, butir=satu, isi=form.isi())):
        messages.info(request, _("Butir soal tersimpan."))
        return redirect("pelatihan:soal", wilayah.kode, pk)
    ctx: dict[str, Any] = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Ubah butir soal")}
    if actions.is_frozen(satu):
        ctx["pengantar"] = _(
            "Butir ini sudah dikerjakan peserta. Perubahan disimpan sebagai versi baru untuk tes lain."
        )
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def soal_pakai(request: PetugasRequest, wilayah: Wilayah, pk: int, butir: int) -> HttpResponse:
    """Out of use, or into use again."""
    angkatan = load_angkatan(request, wilayah, pk)
    satu = get_object_or_404(Butir, program=angkatan.program, pk=butir)
    with refusals_told(request):
        actions.retire_butir(by=request.user, butir=satu, aktif=request.POST.get("aktif") == "1")
    return redirect("pelatihan:soal", wilayah.kode, pk)


def _take_in(request: PetugasRequest, program: Program, form: BerkasForm) -> tuple[int, int]:
    """Raises:
    Rejected: the file cannot be taken in.
    """
    modul = {satu.kode: satu for satu in modul_of(program)}
    rows = read_soal(form.cleaned_data["berkas"].file, set(modul))
    isi = [actions.IsiButir(row.teks, row.pilihan, row.benar, modul.get(row.modul)) for row in rows]
    return actions.import_butir(by=request.user, program=program, rows=isi)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def soal_impor(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BerkasForm(*sent, label=_("Berkas soal (.xlsx atau .csv)"))
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "kolom": KOLOM}
    if form.is_valid():
        try:
            added, same = _take_in(request, angkatan.program, form)
        except Rejected as rejected:
            return render(request, "pelatihan/soal_impor.html", ctx | refused(rejected), status=422)
        text = _("%(baru)s butir ditambahkan, %(sama)s sudah ada.") % {"baru": added, "sama": same}
        messages.info(request, text)
        return redirect("pelatihan:soal", wilayah.kode, pk)
    return render(request, "pelatihan/soal_impor.html", ctx, status=422 if form.errors else 200)
