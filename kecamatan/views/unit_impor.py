"""Upload of service units; the steps themselves are those of every file (berkas.py)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan import exports
from kecamatan.actions.unit import UNIT
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas


HALAMAN = HalamanBerkas(
    UNIT,
    alamat="kecamatan:unit_",
    templat_impor="kecamatan/unit_impor.html",
    templat_pratinjau="kecamatan/unit_pratinjau.html",
    label=_("Berkas unit layanan (.xlsx atau .csv)"),
    tersimpan=_("Tersimpan. Daftar unit layanan sudah diperbarui."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    return HALAMAN.impor(request, wilayah)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_templat(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    return exports.respond("templat-unit-layanan", bentuk, exports.unit_template())


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_pratinjau(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.pratinjau(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.simpan(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_UNIT)
def unit_batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.batal(request, wilayah, pk)
