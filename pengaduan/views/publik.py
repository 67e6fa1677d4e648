"""What everybody may see of the complaints of a region."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.actions.batas import count_try
from kecamatan.adapters import alamat_pengunjung
from kecamatan.decorators import load_wilayah_publik
from kecamatan.models import Tingkat, Wilayah
from kecamatan.queries.batas import batas_anak
from kecamatan.queries.wilayah import kecamatan_of
from pengaduan import charts
from pengaduan.actions.pelapor import support
from pengaduan.models import Pengaduan
from pengaduan.queries import publik as queries


DUKUNGAN_SEJAM = 60


@require_safe
@login_not_required
@load_wilayah_publik
def serupa(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    """A piece of the form: what others already reported about the chosen subject."""
    rows = queries.serupa(kecamatan_of(wilayah), request.GET.get("kategori", "")[:30])
    return render(request, "pengaduan/_serupa.html", {"serupa": rows, "wilayah": wilayah})


@require_POST
@login_not_required
@load_wilayah_publik
def dukung(request: HttpRequest, wilayah: Wilayah, nomor: str) -> HttpResponse:
    """ "Saya juga": counted once a device, in so far as address and browser tell devices apart."""
    satu = get_object_or_404(Pengaduan.objects.published().open().in_wilayah(wilayah), nomor=nomor)
    address = alamat_pengunjung(request) or ""
    perangkat = f"{address} {request.headers.get('User-Agent', '')}"
    if count_try("dukung", address) <= DUKUNGAN_SEJAM and support(pengaduan=satu, perangkat=perangkat):
        messages.info(request, _("Terima kasih. Anda tercatat mengalami hal yang sama."))
    else:
        messages.info(request, _("Dukungan dari perangkat ini sudah tercatat."))
    return redirect("pengaduan:pengaduan", wilayah.kode)


@require_safe
@login_not_required
@load_wilayah_publik
def pengaduan(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    tahun, halaman = request.GET.get("tahun", ""), request.GET.get("hal", "1")
    statistik = queries.statistik(wilayah, int(tahun) if tahun.isdecimal() and len(tahun) == 4 else None)
    anak = queries.per_anak(wilayah, statistik.tahun) if wilayah.tingkat < Tingkat.DESA else []
    ctx = {
        "wilayah": wilayah,
        "statistik": statistik,
        "anak": anak,
        "peta": charts.peta_tayang(anak, batas_anak(wilayah)) if any(satu.ringkasan for satu in anak) else None,
        "halaman": queries.daftar_publik(wilayah, int(halaman) if halaman.isdecimal() else 1),
    }
    return render(request, "pengaduan/pengaduan.html", ctx)
