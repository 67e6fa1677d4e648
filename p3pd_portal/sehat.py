"""Health checks for whoever operates the portal; no detail for strangers."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kecamatan.queries.pesan import is_lancar
from pengaduan.queries.lampiran import is_terperiksa


@require_safe
@never_cache
@login_not_required
def hidup(request: HttpRequest) -> HttpResponse:
    """The web server answers."""
    return HttpResponse("hidup\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def siap(request: HttpRequest) -> HttpResponse:
    """The web server answers and its database too; the broker is not asked, for it may be lost at any moment."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("belum siap\n", status=503, content_type="text/plain")
    return HttpResponse("siap\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def antrean(request: HttpRequest) -> HttpResponse:
    """E-mails leave the portal: none waits longer than five minutes. Not part of `siap`, for pages stand without."""
    if is_lancar():
        return HttpResponse("lancar\n", content_type="text/plain")
    return HttpResponse("tertahan\n", status=503, content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def lampiran(request: HttpRequest) -> HttpResponse:
    """Attachments get past the virus scanner: none waits longer than an hour."""
    if is_terperiksa():
        return HttpResponse("terperiksa\n", content_type="text/plain")
    return HttpResponse("tertahan\n", status=503, content_type="text/plain")
