"""What everybody may see of the complaints of a region."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecamatan.decorators import load_wilayah_publik
from kecamatan.models import Tingkat, Wilayah
from pengaduan.queries.publik import daftar_publik, statistik


@require_safe
@login_not_required
@load_wilayah_publik
def pengaduan(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    tahun, halaman = request.GET.get("tahun", ""), request.GET.get("hal", "1")
    ctx = {
        "wilayah": wilayah,
        "statistik": statistik(wilayah, int(tahun) if tahun.isdecimal() and len(tahun) == 4 else None),
        "halaman": daftar_publik(wilayah, int(halaman) if halaman.isdecimal() else 1),
        "bisa_lapor": wilayah.tingkat >= Tingkat.KECAMATAN,
    }
    return render(request, "pengaduan/pengaduan.html", ctx)
