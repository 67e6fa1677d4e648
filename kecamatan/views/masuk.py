"""Security of the own account."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.openid_connect import views as sso
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from kecamatan.actions.masuk import end_other_sesi, end_sesi
from kecamatan.decorators import PetugasRequest
from kecamatan.queries.masuk import sesi_berjalan


@require_safe
@never_cache
def keamanan(request: PetugasRequest) -> HttpResponse:
    """Password, second factor and sessions on one page."""
    factors = {factor.type: factor for factor in Authenticator.objects.filter(user=request.user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    ctx = {
        "totp": factors.get(Authenticator.Type.TOTP),
        "sisa_kode": len(codes.wrap().get_unused_codes()) if codes else 0,
        "semua_sesi": sesi_berjalan(request.user, request.session.session_key),
    }
    return render(request, "kecamatan/keamanan.html", ctx)


@require_POST
def akhiri_sesi(request: PetugasRequest, pk: int) -> HttpResponse:
    sesi = get_object_or_404(UserSession, user=request.user, pk=pk)
    end_sesi(sesi=UserSession.objects.filter(pk=sesi.pk))
    messages.success(request, _("Sesi itu sudah diakhiri."))
    return redirect("mfa_index")


@require_POST
def akhiri_sesi_lain(request: PetugasRequest) -> HttpResponse:
    count = end_other_sesi(pengguna=request.user, session_key=request.session.session_key)
    text = ngettext("%(n)d sesi lain sudah diakhiri.", "%(n)d sesi lain sudah diakhiri.", count) % {"n": count}
    messages.success(request, text if count else _("Tidak ada sesi lain."))
    return redirect("mfa_index")


@login_not_required
def sso_masuk(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the single sign-on; allauth leaves its silence unhandled."""
    try:
        return sso.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)


@login_not_required
def sso_selesai(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the single sign-on."""
    try:
        return sso.callback(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)


@require_safe
@login_not_required
def sso_batal(request: HttpRequest) -> HttpResponse:
    """Somebody turned back at the single sign-on."""
    messages.info(request, _("Masuk lewat SSO dibatalkan."))
    return redirect("account_login")
