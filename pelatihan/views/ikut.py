"""The door of participants without an account, and what waits for them behind it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kecamatan.actions.batas import count_try, tries
from kecamatan.adapters import alamat_pengunjung
from kecamatan.forms import posted
from pelatihan.actions.tautan import link_perangkat
from pelatihan.decorators import load_peserta
from pelatihan.forms_ikut import KodeForm
from pelatihan.models import Peserta
from pelatihan.queries.tautan import KUKI, KUKI_BERLAKU, isi_kuki, peserta_of_request, peserta_of_token
from pelatihan.queries.tugas import tugas_of
from pelatihan.views.angkatan import GET_POST


SALAH_TERBANYAK = 30
"""Wrong codes of one network in an hour; a whole class sits behind one address."""


def _let_in(request: HttpRequest, peserta: Peserta) -> HttpResponse:
    response = redirect("pelatihan:ikut_rinci", peserta.pk)
    response.set_cookie(
        KUKI, isi_kuki(request, peserta), max_age=KUKI_BERLAKU, path="/ikut/", httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@GET_POST
@login_not_required
@never_cache
def ikut(request: HttpRequest) -> HttpResponse:
    """What somebody takes part in; for a telephone that nobody linked yet, the field for the code."""
    form, siapa = KodeForm(posted(request)), alamat_pengunjung(request) or ""
    if request.method == "POST" and tries("ikut", siapa) < SALAH_TERBANYAK and form.is_valid():
        found = link_perangkat(kode=form.cleaned_data["kode"])
        if found:
            return _let_in(request, found)
        count_try("ikut", siapa)
        form.refuse()
    ctx = {"form": form, "peserta": peserta_of_request(request)}
    return render(request, "pelatihan/ikut.html", ctx, status=422 if request.method == "POST" else 200)


@require_safe
@login_not_required
@never_cache
def ikut_tautan(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: it links this telephone and leads on. A dead one says so and leads to the code."""
    found = peserta_of_token(token)
    if found is None:
        return render(request, "pelatihan/ikut_tautan.html", status=404)
    return _let_in(request, found)


@require_safe
@load_peserta
@never_cache
def ikut_rinci(request: HttpRequest, peserta: Peserta) -> HttpResponse:
    """What waits for a participant."""
    sesi = peserta.kelas.sesi.prefetch_related("pelatih") if peserta.kelas else []
    ctx = {"peserta": peserta, "sesi": sesi, "tugas": tugas_of(peserta)}
    return render(request, "pelatihan/ikut_rinci.html", ctx)
