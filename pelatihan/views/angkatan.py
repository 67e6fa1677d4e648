"""Cohorts: the public list, and the pages of those who run them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, load_wilayah_publik, refusals_told, require_izin
from kecamatan.forms import posted
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.angka import parse_nomor
from pelatihan.actions import angkatan as actions
from pelatihan.forms import AlasanForm, AngkatanForm, ProgramForm
from pelatihan.models import Angkatan, JenisPelatihan, LangkahAngkatan, StatusAngkatan
from pelatihan.models.alur import ALUR
from pelatihan.queries import angkatan as queries
from pelatihan.queries.papan import papan_kelola
from pelatihan.queries.pintu_usulan import is_sekda


GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def hal(request: HttpRequest) -> int:
    """The page asked for; the first where it is no number."""
    told = parse_nomor(request.GET.get("hal", ""), digits=5)
    return 1 if told is None else told


def load_angkatan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> Angkatan:
    """A cohort that the region organises and this person runs.

    Raises:
        Http404: there is none.
    """
    mine = Angkatan.objects.visible_to(request.user).of_wilayah(wilayah)
    return get_object_or_404(mine.select_related("program__wilayah", "induk"), pk=pk)


@require_safe
@login_not_required
@load_wilayah_publik
def pelatihan(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    """What was and is trained in a region: how many, where and when, never who."""
    jenis = request.GET.get("jenis", "")
    halaman, rows = queries.daftar_angkatan(wilayah, hal(request), jenis)
    ctx = {"wilayah": wilayah, "halaman": halaman, "rows": rows, "jenis": jenis, "semua_jenis": JenisPelatihan.choices}
    ctx["mengelola"] = request.user.is_authenticated and request.user.has_izin(Izin.KELOLA_PELATIHAN, wilayah)
    works = request.user.is_authenticated and request.user.has_izin(Izin.LIHAT_DATA_KERJA, wilayah)
    ctx["boleh_kaskade"] = works and wilayah.tingkat < Tingkat.DESA
    ctx["mengusulkan"] = request.user.is_authenticated and is_sekda(request.user, wilayah)
    return render(request, "pelatihan/pelatihan.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kelola(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """The board: each cohort with its counters."""
    papan = papan_kelola(request.user, wilayah, request.GET.dict(), hal(request))
    ctx = {"wilayah": wilayah, "papan": papan, "halaman": papan.halaman, "program": queries.daftar_program(wilayah)}
    return render(request, "pelatihan/kelola.html", ctx)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def program_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    form = ProgramForm(posted(request))
    if form.saves(lambda: actions.create_program(by=request.user, wilayah=wilayah, **form.cleaned_data)):
        messages.info(request, _("Program tersimpan. Buat angkatannya."))
        return redirect("pelatihan:angkatan_tambah", wilayah.kode)
    ctx = {"wilayah": wilayah, "form": form, "judul": _("Program pelatihan baru")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


def _angkatan_form(request: PetugasRequest, wilayah: Wilayah, **kwargs: Any) -> AngkatanForm:
    program = queries.daftar_program(wilayah)
    return AngkatanForm(posted(request), program=program, induk=queries.pilihan_induk(wilayah), **kwargs)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def angkatan_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    form = _angkatan_form(request, wilayah, initial={"syarat_hadir": 80, "syarat_nilai": 70, "syarat_rtl": True})
    made: list[Angkatan] = []
    if form.saves(lambda: made.append(actions.create_angkatan(by=request.user, **form.cleaned_data))):
        return redirect(made[0])
    ctx = {"wilayah": wilayah, "form": form, "judul": _("Angkatan baru")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def angkatan_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    form = _angkatan_form(request, wilayah, angkatan=angkatan)
    if form.saves(lambda: actions.change_angkatan(by=request.user, angkatan=angkatan, **form.cleaned_data)):
        return redirect(angkatan)
    ctx = {"wilayah": wilayah, "form": form, "angkatan": angkatan, "judul": _("Ubah angkatan")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def angkatan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = load_angkatan(request, wilayah, pk)
    rincian = queries.rincian_angkatan(satu, hal(request))
    ctx = {"wilayah": wilayah, "angkatan": satu, "rincian": rincian, "halaman": rincian.kelas}
    ctx["langkah"] = [(langkah, ALUR[langkah]) for langkah in ctx["rincian"].langkah]  # type: ignore[attr-defined]
    ctx["semua_status"] = [status for status in StatusAngkatan if status != StatusAngkatan.BATAL]
    return render(request, "pelatihan/angkatan.html", ctx)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def angkatan_langkah(request: PetugasRequest, wilayah: Wilayah, pk: int, langkah: str) -> HttpResponse:
    """A step. One that asks for a reason has a page of its own; the others are a button on the cohort's page."""
    satu = load_angkatan(request, wilayah, pk)
    if langkah not in LangkahAngkatan.values:
        raise Http404
    if ALUR[LangkahAngkatan(langkah)].perlu_alasan:
        return _langkah_beralasan(request, wilayah, satu, langkah)
    if request.method == "POST":
        with refusals_told(request):
            actions.advance_angkatan(by=request.user, angkatan=satu, langkah=langkah)
    return redirect(satu)


def _langkah_beralasan(request: PetugasRequest, wilayah: Wilayah, satu: Angkatan, langkah: str) -> HttpResponse:
    form = AlasanForm(posted(request))
    if form.saves(
        lambda: actions.advance_angkatan(by=request.user, angkatan=satu, langkah=langkah, **form.cleaned_data)
    ):
        return redirect(satu)
    ctx = {"wilayah": wilayah, "angkatan": satu, "form": form, "judul": LangkahAngkatan(langkah).label}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)
