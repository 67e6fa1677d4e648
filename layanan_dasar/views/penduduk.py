"""Upload of OpenSID's resident file, of which only counts are kept; the steps are those of every file."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas
from layanan_dasar.actions.angka import undo_angka
from layanan_dasar.actions.penduduk import PENDUDUK
from layanan_dasar.forms_impor import PendudukForm


HALAMAN = HalamanBerkas(
    PENDUDUK,
    alamat="layanan_dasar:penduduk_",
    templat_impor="layanan_dasar/penduduk_impor.html",
    templat_pratinjau="layanan_dasar/angka_pratinjau.html",
    label=_("Berkas penduduk OpenSID (.zip, .xlsx, atau .csv)"),
    tersimpan=_("Tersimpan. Capaian wilayah sudah dihitung ulang."),
    accept=".zip,.csv,.xlsx",
    formulir=PendudukForm,
    undo=undo_angka,
    diurungkan=_("Diurungkan. Angka sebelum berkas ini berlaku lagi."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def penduduk_impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    return HALAMAN.impor(request, wilayah)


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def penduduk_pratinjau(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.pratinjau(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def penduduk_simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.simpan(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def penduduk_batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.batal(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def penduduk_urungkan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.urungkan(request, wilayah, pk)
