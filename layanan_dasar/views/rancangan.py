"""Upload of draft budgets: the same template and the same steps as budgets in force."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas
from layanan_dasar.actions.belanja import RANCANGAN


HALAMAN = HalamanBerkas(
    RANCANGAN,
    alamat="layanan_dasar:rancangan_",
    templat_impor="layanan_dasar/rancangan_impor.html",
    templat_pratinjau="layanan_dasar/rancangan_pratinjau.html",
    label=_("Berkas rancangan APBDes (.xlsx atau .csv)"),
    tersimpan=_("Rancangan tersimpan. Kecamatan dapat menerimanya untuk dievaluasi."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def rancangan_impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    return HALAMAN.impor(request, wilayah)


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def rancangan_pratinjau(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.pratinjau(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def rancangan_simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.simpan(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def rancangan_batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.batal(request, wilayah, pk)
