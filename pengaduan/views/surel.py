"""Whether an address is the reporter's: the link of one mail leads here."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pengaduan.actions.surel import confirm_surel
from pengaduan.queries.surel import menunggu_konfirmasi


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def konfirmasi_surel(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, for mail programs open links by themselves; sending it confirms.

    A link that is used, too old, or made up gets one and the same page with status 404: whether there ever was a report
    behind it is nobody's business, and "gone" (410) would tell.
    """
    if request.method == "POST":
        keadaan = "sudah" if confirm_surel(token) else "tidak_berlaku"
    else:
        keadaan = "tanya" if menunggu_konfirmasi(token).exists() else "tidak_berlaku"
    status = 404 if keadaan == "tidak_berlaku" else 200
    return render(request, "pengaduan/konfirmasi_surel.html", {"keadaan": keadaan}, status=status)
