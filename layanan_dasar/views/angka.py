"""Upload of figures from other applications; the steps are those of every file (kecamatan/views/berkas.py). And the
word of whoever works with a figure that it is wrong."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import HalamanBerkas
from layanan_dasar.actions.angka import ANGKA, undo_angka
from layanan_dasar.actions.keliru import report_keliru
from layanan_dasar.forms_impor import AngkaForm
from layanan_dasar.forms_isian import AlasanForm
from layanan_dasar.models import Capaian


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


@require_POST
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def angka_keliru(request: PetugasRequest, wilayah: Wilayah, indikator: str, periode: str) -> HttpResponse:
    satu = get_object_or_404(
        Capaian.objects.select_related("indikator"), wilayah=wilayah, indikator=indikator, periode=periode
    )
    form = AlasanForm(request.POST)
    if form.is_valid():
        told = {"indikator": satu.indikator, "periode": satu.periode_nilai, **form.cleaned_data}
        try:
            report_keliru(by=request.user, wilayah=wilayah, **told)
            messages.info(request, _("Terima kasih. Petugas yang mengisi dan memverifikasi sudah diberi tahu."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
    else:
        messages.error(request, str(form.errors["alasan"][0]))
    return redirect(reverse("layanan_dasar:angka", args=[wilayah.kode, indikator, periode]) + "#keliru")
