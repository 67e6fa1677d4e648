"""Upload of village budgets; the steps themselves are those of every file (kecamatan/views/berkas.py)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import respond
from kecamatan.forms import posted
from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas, refused
from layanan_dasar import exports
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.actions.urungkan import undo_berkas
from layanan_dasar.forms_impor import isian_form
from p3pd_portal.lib.spreadsheet import Rejected


HALAMAN = HalamanBerkas(
    APBDES,
    alamat="layanan_dasar:",
    templat_impor="layanan_dasar/apbdes_impor.html",
    templat_pratinjau="layanan_dasar/apbdes_pratinjau.html",
    label=_("Berkas APBDes (.xlsx, .csv, atau .zip Siskeudes)"),
    tersimpan=_("Tersimpan. Angka halaman wilayah sudah dihitung ulang."),
    accept=".csv,.xlsx,.zip",
    undo=undo_berkas,
    diurungkan=_("Diurungkan. APBDes dan angka halaman wilayah kembali seperti sebelum berkas ini."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    return HALAMAN.impor(request, wilayah)


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def templat(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    return respond("templat-apbdes", bentuk, exports.template_sheets())


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def pratinjau(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.pratinjau(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.simpan(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.batal(request, wilayah, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def lengkapi(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    """What a file does not say itself: its desa, year or columns; told, the file is looked at again."""
    waiting = BerkasImpor.objects.filter(wilayah=wilayah, jenis=APBDES.kode, status=BerkasImpor.Status.PRATINJAU)
    berkas = get_object_or_404(waiting.filter(ringkasan__perlu__jenis__isnull=False).defer("isi"), pk=pk)
    form = isian_form(posted(request), berkas, wilayah)
    ctx: dict[str, Any] = {"wilayah": wilayah, "berkas": berkas, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            form.save(request.user)
            return redirect("layanan_dasar:pratinjau", wilayah.kode, pk)
        except Rejected as rejected:
            ctx |= refused(rejected)
    return render(request, "layanan_dasar/apbdes_lengkapi.html", ctx, status=422 if request.method == "POST" else 200)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def urungkan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    """Undo a stored file."""
    return HALAMAN.urungkan(request, wilayah, pk)
