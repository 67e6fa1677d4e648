"""Runs of the computation, and the publication of the index: who works nationwide reads, the central admin acts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_nasional, require_izin
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.actions.putaran import publish_indeks, start_putaran
from layanan_dasar.models import PutaranHitung
from layanan_dasar.queries import perhitungan as queries
from p3pd_portal.lib.angka import angka


@require_safe
@load_nasional
@require_izin(Izin.LIHAT_DATA_KERJA)
def perhitungan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    ctx = {
        "wilayah": wilayah,
        "keadaan": queries.keadaan_hitung(request.GET.get("hal", "")),
        "may_run": request.user.has_izin(Izin.KELOLA_PERHITUNGAN, wilayah),
        "tahun_terbit": queries.tahun_terbit(),
        "terbitan": queries.terbitan(),
    }
    return render(request, "layanan_dasar/perhitungan.html", ctx)


@require_safe
@load_nasional
@require_izin(Izin.LIHAT_DATA_KERJA)
def perhitungan_rinci(request: HttpRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    putaran = get_object_or_404(PutaranHitung, pk=pk)
    gagal = request.GET.get("status") == "gagal"
    ctx = {
        "satu": queries.rincian(putaran),
        "gagal": gagal,
        "halaman": queries.halaman_bagian(putaran, request.GET.get("hal", ""), gagal=gagal),
    }
    return render(request, "layanan_dasar/perhitungan_rinci.html", ctx)


@require_POST
@load_nasional
@require_izin(Izin.KELOLA_PERHITUNGAN)
def perhitungan_penuh(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    """Only writes the run down; the scheduled task that looks every minute orders its pieces."""
    putaran = start_putaran(jenis=PutaranHitung.Jenis.PENUH)
    if putaran.jenis == PutaranHitung.Jenis.PENUH and putaran.dikirim_pada is None:
        messages.info(request, _("Hitung ulang semua dicatat dan mulai dalam satu menit."))
    else:
        messages.error(request, _("Hitungan lain sedang berjalan. Ulangi sesudah selesai."))
    return redirect("layanan_dasar:perhitungan")


@require_http_methods(["GET", "HEAD", "POST"])
@load_nasional
@require_izin(Izin.KELOLA_PERHITUNGAN)
def perhitungan_terbitkan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """Ask first (the year stands in the address), then publish for good."""
    asked = request.POST.get("tahun") or request.GET.get("tahun", "")
    pilihan = queries.tahun_terbit()
    satu = next((satu for satu in pilihan if str(satu.tahun) == asked), None)
    ctx = {"satu": satu, "tahun": asked, "galat": None}
    if request.method != "POST" or satu is None:
        return render(request, "layanan_dasar/perhitungan_terbitkan.html", ctx, status=_status(request, satu))
    try:
        n = publish_indeks(by=request.user, tahun=satu.tahun)
    except ValidationError as error:
        ctx["galat"] = error.messages[0]
        return render(request, "layanan_dasar/perhitungan_terbitkan.html", ctx, status=409)
    text = _("IBDB %(tahun)s terbit: indeks %(n)s wilayah dibekukan.")
    messages.info(request, text % {"tahun": satu.tahun, "n": angka(n)})
    return redirect("layanan_dasar:perhitungan")


def _status(request: HttpRequest, satu: queries.TahunTerbit | None) -> int:
    return 422 if request.method == "POST" and satu is None else 200
