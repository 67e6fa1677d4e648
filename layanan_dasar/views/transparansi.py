"""The public page of a village's money: the six items of Permendagri 73/2020, and which desa of a kecamatan publish
them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecamatan.decorators import load_wilayah_publik
from kecamatan.exports import respond
from kecamatan.models import Tingkat, Wilayah
from layanan_dasar import exports
from layanan_dasar.queries import transparansi as queries
from layanan_dasar.queries.kualitas import KualitasWilayah


@require_safe
@login_not_required
@load_wilayah_publik
def transparansi(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    _refuse_other_levels(wilayah)
    hasil = KualitasWilayah(wilayah)
    tahun = _tahun(request, hasil.tahun)
    ctx = {
        "wilayah": wilayah,
        "leluhur": list(Wilayah.objects.ancestors_of(wilayah)),
        "tahun": tahun,
        "pilihan": hasil.tahun,
        "judul": queries.JUDUL,
    }
    if wilayah.tingkat == Tingkat.KECAMATAN:
        ctx["daftar"] = queries.transparansi_kecamatan(wilayah, tahun)
        return render(request, "layanan_dasar/transparansi_kecamatan.html", ctx)
    if wilayah.has_apbdes:
        ctx["isi"] = queries.transparansi(hasil, tahun, timezone.localdate())
    return render(request, "layanan_dasar/transparansi.html", ctx)


@require_safe
@login_not_required
@load_wilayah_publik
def transparansi_unduh(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    _refuse_other_levels(wilayah)
    hasil = KualitasWilayah(wilayah)
    tahun = _tahun(request, hasil.tahun)
    if wilayah.tingkat == Tingkat.KECAMATAN:
        sheet = exports.terbit_sheet(queries.transparansi_kecamatan(wilayah, tahun), tahun)
    elif wilayah.has_apbdes:
        isi = queries.transparansi(hasil, tahun, timezone.localdate())
        sheet = exports.transparansi_sheet(wilayah, isi)
    else:
        raise Http404
    return respond(f"transparansi-{wilayah.kode}-{tahun}", bentuk, [sheet])


def _refuse_other_levels(wilayah: Wilayah) -> None:
    """Budgets are of desa; above the kecamatan the list would be too long to read."""
    if wilayah.tingkat < Tingkat.KECAMATAN:
        raise Http404


def _tahun(request: HttpRequest, available: list[int]) -> int:
    """The year asked for, else the latest with a budget, else this year."""
    asked = request.GET.get("tahun", "")
    default = available[0] if available else timezone.localdate().year
    return next((tahun for tahun in available if str(tahun) == asked), default)
