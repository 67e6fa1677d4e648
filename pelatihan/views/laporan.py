"""Reports of a cohort, and the dashboard of training."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import respond, respond_cetakan
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib import cetak
from pelatihan import charts
from pelatihan import exports_laporan as exports
from pelatihan.aggregation.laporan import ORANG_TERSEDIKIT
from pelatihan.models import Program
from pelatihan.queries.laporan import dasbor, laporan_angkatan, laporan_program
from pelatihan.views.angkatan import load_angkatan


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def laporan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    found = laporan_angkatan(angkatan)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "laporan": found, "pdf": cetak.pdf_tersedia()}
    ctx["batas"] = ORANG_TERSEDIKIT
    ctx["keluaran"] = exports.keluaran(found)
    return render(request, "pelatihan/laporan.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def laporan_unduh(request: PetugasRequest, wilayah: Wilayah, pk: int, bentuk: str) -> HttpResponse:
    """The report as `xlsx`, as `pdf`, or as a page to print (`html`)."""
    found, name = laporan_angkatan(load_angkatan(request, wilayah, pk)), f"pelatihan-{pk}"
    if bentuk == "xlsx":
        return respond(name, bentuk, exports.laporan_sheets(found))
    return respond_cetakan(request, exports.laporan_surat(found), bentuk, name)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def program_laporan(request: PetugasRequest, wilayah: Wilayah, program: int, bentuk: str) -> HttpResponse:
    """The report of a programme that the region organises, as `html`, `pdf` or `xlsx`."""
    found = laporan_program(get_object_or_404(Program, wilayah__kode_kini=wilayah.kode, pk=program))
    if bentuk == "xlsx":
        return respond(f"program-{program}", bentuk, exports.program_sheets(found))
    return respond_cetakan(request, exports.program_surat(found), bentuk, f"program-{program}")


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def pelatihan_dasbor(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    found = dasbor(wilayah)
    ctx = {"wilayah": wilayah, "dasbor": found, "batang": charts.batang_angkatan(found.angkatan)}
    return render(request, "pelatihan/dasbor.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def pelatihan_grafik(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """The figure behind the dashboard's chart."""
    return HttpResponse(charts.angkatan_figure(dasbor(wilayah).angkatan), content_type="application/json")
