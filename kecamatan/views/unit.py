"""Service units: the list of a region and the page of one for everybody; adding, changing, closing for its keepers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kecamatan import exports
from kecamatan.actions.unit import close_unit, save_unit
from kecamatan.decorators import PetugasRequest, load_wilayah, load_wilayah_publik, require_izin
from kecamatan.forms_unit import TutupUnitForm, UnitForm
from kecamatan.models import Tingkat, UnitLayanan, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries import unit as queries


KOLOM = {"nama": _("Nama"), "jenis": _("Jenis"), "tempat": _("Berdiri di")}


@require_safe
@login_not_required
@load_wilayah_publik
def unit(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    saringan = queries.Saringan.of(request.GET)
    ctx = {
        "wilayah": wilayah,
        "leluhur": list(Wilayah.objects.ancestors_of(wilayah)),
        "daftar": queries.daftar_unit(wilayah, saringan, request.GET.get("hal", "")),
        "kolom": [_heading(kode, judul, saringan.urut) for kode, judul in KOLOM.items()],
        "may_edit": _may_edit(request, wilayah),
        "may_download": wilayah.tingkat >= Tingkat.KABUPATEN,
    }
    return render(request, "kecamatan/unit.html", ctx)


@require_safe
@login_not_required
@load_wilayah_publik
def unit_unduh(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    """The list as a file, from kabupaten down; the country's half a million units are no spreadsheet."""
    if wilayah.tingkat < Tingkat.KABUPATEN:
        raise Http404
    sheet = exports.unit_sheet(wilayah, queries.Saringan.of(request.GET))
    return exports.respond(f"unit-layanan-{wilayah.kode}", bentuk, [sheet])


@require_safe
@login_not_required
@load_wilayah_publik
def unit_rinci(request: HttpRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    units = UnitLayanan.objects.in_wilayah(wilayah).select_related("wilayah__induk")
    satu = get_object_or_404(units, pk=pk)
    ctx = {
        "wilayah": satu.wilayah,
        "leluhur": list(Wilayah.objects.ancestors_of(satu.wilayah)),
        "unit": satu,
        "kerja": queries.wilayah_kerja(satu),
        "may_edit": _may_edit(request, satu.wilayah),
    }
    return render(request, "kecamatan/unit_rinci.html", ctx)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat < Tingkat.KABUPATEN:
        raise Http404
    baru = UnitLayanan(wilayah=wilayah) if wilayah.tingkat > Tingkat.KABUPATEN else UnitLayanan()
    return _fill(request, wilayah, baru)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    return _fill(request, wilayah, _kept(request, wilayah, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_tutup(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = _kept(request, wilayah, pk)
    form = TutupUnitForm(request.POST if request.method == "POST" else None, initial={"sampai": timezone.localdate()})
    if form.is_valid():
        try:
            satu = close_unit(by=request.user, unit=satu, sampai=form.cleaned_data["sampai"])
            messages.info(request, _("Hari terakhir melayani dicatat. Unit dan datanya tetap tersimpan."))
            return redirect(satu)
        except ValidationError as error:
            form.add_error(None, error)
    ctx = {"wilayah": wilayah, "unit": satu, "form": form}
    return render(request, "kecamatan/unit_tutup.html", ctx, status=422 if form.is_bound else 200)


def _fill(request: PetugasRequest, wilayah: Wilayah, satu: UnitLayanan) -> HttpResponse:
    """Show the form of a unit; sent and right, save it and go to its page."""
    kabupaten = get_object_or_404(Wilayah.objects.in_force(), kode=wilayah.kode[:5])
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        instance=satu,
        kabupaten=kabupaten,
        boleh=lambda tempat: request.user.has_izin(Izin.KELOLA_UNIT, tempat),
    )
    if form.is_valid():
        try:
            save_unit(by=request.user, unit=form.instance, wilayah_kerja=form.cleaned_data["wilayah_kerja"])
            messages.info(request, _("Tersimpan."))
            return redirect(form.instance)
        except ValidationError as error:
            form.add_error(None, error)
    ctx = {"wilayah": wilayah, "unit": satu, "form": form}
    return render(request, "kecamatan/unit_isian.html", ctx, status=422 if form.is_bound else 200)


def _kept(request: PetugasRequest, wilayah: Wilayah, pk: int) -> UnitLayanan:
    units = UnitLayanan.objects.visible_to(request.user).in_wilayah(wilayah).select_related("wilayah__induk")
    return get_object_or_404(units, pk=pk)


def _may_edit(request: HttpRequest, wilayah: Wilayah) -> bool:
    return request.user.is_authenticated and request.user.has_izin(Izin.KELOLA_UNIT, wilayah)


def _heading(kode: str, judul: Any, urut: str) -> dict[str, Any]:
    """A sortable column: its present order, and the one a tap asks for."""
    arah = {kode: "ascending", f"-{kode}": "descending"}.get(urut, "")
    return {"judul": judul, "arah": arah, "berikut": f"-{kode}" if arah == "ascending" else kode}
