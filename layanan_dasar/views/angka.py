"""Upload of figures from other applications; the steps are those of every file (kecamatan/views/berkas.py)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas
from layanan_dasar.actions.angka import ANGKA, undo_angka
from layanan_dasar.forms_impor import AngkaForm


HALAMAN = HalamanBerkas(
    ANGKA,
    alamat="layanan_dasar:angka_",
    templat_impor="layanan_dasar/angka_impor.html",
    templat_pratinjau="layanan_dasar/angka_pratinjau.html",
    label=_("Berkas angka (.xlsx atau .csv)"),
    tersimpan=_("Tersimpan. Capaian wilayah sudah dihitung ulang."),
    formulir=AngkaForm,
    undo=undo_angka,
    diurungkan=_("Diurungkan. Angka sebelum berkas ini berlaku lagi."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def angka_impor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    return HALAMAN.impor(request, wilayah)


@require_safe
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def angka_pratinjau(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.pratinjau(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def angka_simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.simpan(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def angka_batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.batal(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.IMPOR_ANGKA)
def angka_urungkan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return HALAMAN.urungkan(request, wilayah, pk)
