"""The rules of village spending, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from layanan_dasar.queries import aturan


@require_safe
@login_not_required
def aturan_belanja(request: HttpRequest) -> HttpResponse:
    pilihan = aturan.tahun_aturan(timezone.localdate().year)
    asked = request.GET.get("tahun", "")
    tahun = next((satu for satu in pilihan if str(satu) == asked), pilihan[0] if pilihan else None)
    ctx = {
        "pilihan": pilihan,
        "tahun": tahun,
        "aturan": aturan.aturan_tahun(tahun) if tahun else [],
        "parameter": aturan.parameter_ibdb(),
    }
    return render(request, "layanan_dasar/aturan_belanja.html", ctx)
