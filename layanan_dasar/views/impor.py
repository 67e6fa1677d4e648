"""Upload of village budgets; the steps themselves are those of every file (kecamatan/views/berkas.py)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import respond
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas
from layanan_dasar import exports
from layanan_dasar.actions.belanja import APBDES


HALAMAN = HalamanBerkas(
    APBDES,
    alamat="layanan_dasar:",
    templat_impor="layanan_dasar/apbdes_impor.html",
    templat_pratinjau="layanan_dasar/apbdes_pratinjau.html",
    label=_("Berkas APBDes (.xlsx atau .csv)"),
    tersimpan=_("Tersimpan. Angka halaman wilayah sudah dihitung ulang."),
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
