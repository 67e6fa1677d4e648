from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kecamatan.queries.wilayah import search


@require_safe
@login_not_required
@vary_on_headers("HX-Request")
def cari(request: HttpRequest) -> HttpResponse:
    """Search page; for htmx only the list of hits."""
    ctx = {"hasil": search(request.GET.get("q", ""))}
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "kecamatan/_wilayah_hasil.html" if is_fragment else "kecamatan/wilayah_cari.html", ctx)
