from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms_audit import SaringCatatanForm
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.audit import daftar_akses, daftar_perubahan


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_AUDIT)
def catatan_audit(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """What people changed in a region, or (`?catatan=akses`) whose contact data they looked at."""
    akses = request.GET.get("catatan") == "akses"
    form = SaringCatatanForm(request.GET, wilayah=wilayah)
    saring = form.saring()
    induk = wilayah.induk
    ctx = {
        "wilayah": wilayah,
        "induk": induk if induk and request.user.has_izin(Izin.LIHAT_AUDIT, induk) else None,
        "anak": wilayah.anak.in_force().order_by("nama"),
        "akses": akses,
        "form": form,
        "saring": saring,
        "halaman": (daftar_akses if akses else daftar_perubahan)(wilayah, saring),
    }
    return render(request, "kecamatan/catatan_audit.html", ctx)
