"""The pages of those who propose: an office without an account behind link and code, or a Sekda with one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.adapters import alamat_pengunjung
from kecamatan.decorators import PetugasRequest, refusals_told
from kecamatan.exports import attachment, respond_cetakan
from kecamatan.forms import posted
from p3pd_portal.lib import cetak
from pelatihan.actions import undangan as pintu
from pelatihan.actions import usulan as actions
from pelatihan.exports_usulan import surat_usulan
from pelatihan.forms_usulan import CalonForm, KodeUndanganForm, SuratForm
from pelatihan.models import BerkasUsulan, Calon, Undangan
from pelatihan.queries import pintu_usulan as queries
from pelatihan.queries.usulan import rincian_usulan
from pelatihan.views.angkatan import GET_POST


View = Callable[..., HttpResponseBase]


def load_undangan(view: View) -> View:
    """Turn `pk` into the invitation of whoever asks, by cookie or account: 404 for everybody else's."""

    @login_not_required
    @never_cache
    @wraps(view)
    def load(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        undangan = queries.undangan_of_request(request, pk)
        if undangan is None:
            raise Http404
        return view(request, undangan, *args, **kwargs)

    return load


@require_safe
def usul_daftar(request: PetugasRequest) -> HttpResponse:
    """Invitations of a Sekda with an account."""
    return render(request, "pelatihan/usul_daftar.html", {"rows": queries.daftar_undangan(request.user)})


@GET_POST
@login_not_required
@never_cache
def usul_tautan(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: behind it the code is asked for. A dead one says so, and whom to ask."""
    undangan = queries.undangan_of_token(token)
    if undangan is None:
        return render(request, "pelatihan/usul_mati.html", status=404)
    form, siapa = KodeUndanganForm(posted(request)), alamat_pengunjung(request) or ""
    if form.is_valid():
        if pintu.redeem_kode(undangan=undangan, typed=form.cleaned_data["kode"], siapa=siapa):
            return _let_in(request, undangan)
        form.refuse()
    ctx = {"undangan": undangan, "angkatan": undangan.angkatan, "token": token, "form": form}
    return render(request, "pelatihan/usul_tautan.html", ctx, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, undangan: Undangan) -> HttpResponse:
    response = redirect(undangan)
    response.set_cookie(
        queries.KUKI, queries.isi_kuki(request, undangan), max_age=queries.KUKI_BERLAKU, path="/usul/", httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@require_POST
@login_not_required
def usul_kode(request: HttpRequest, token: str) -> HttpResponse:
    """Send a one-time code to the office."""
    undangan = queries.undangan_of_token(token)
    if undangan is None:
        return render(request, "pelatihan/usul_mati.html", status=404)
    with refusals_told(request):
        pintu.request_kode(undangan=undangan, siapa=alamat_pengunjung(request) or "")
        messages.info(request, _("Kode dikirim ke %(surel)s. Biasanya tiba dalam satu menit.") % {
            "surel": undangan.surel_samar})  # fmt: skip
    return redirect("pelatihan:usul_tautan", token)


@require_safe
@load_undangan
def usul(request: HttpRequest, undangan: Undangan) -> HttpResponse:
    return _page(request, undangan)


def _page(request: HttpRequest, undangan: Undangan, status: int = 200, **more: Any) -> HttpResponse:
    ctx = {"undangan": undangan, "angkatan": undangan.angkatan, "wilayah": undangan.wilayah, **more}
    ctx |= {"rincian": rincian_usulan(undangan), "tertutup": queries.sebab_tertutup(undangan)}
    ctx |= {"pdf": cetak.pdf_tersedia(), "mengelola": queries.mengelola(request.user, undangan)}
    return render(request, "pelatihan/usul.html", ctx, status=status)


@GET_POST
@load_undangan
def usul_calon(request: HttpRequest, undangan: Undangan, calon: int | None = None) -> HttpResponse:
    """Add somebody, or correct what was written of them."""
    satu = get_object_or_404(Calon, usulan=undangan.usulan, pk=calon) if calon else None
    places = [grup.unsur for grup in rincian_usulan(undangan).kelompok if grup.kuota and grup.kuota.jumlah]
    form = CalonForm(posted(request), unsur=places, kabupaten=undangan.wilayah, calon=satu)
    if form.saves(lambda: actions.save_calon(undangan=undangan, calon=satu, **form.isi())):
        return redirect(undangan)
    judul = _("Perbaiki data calon") if satu else _("Tambah calon")
    ctx = {"undangan": undangan, "angkatan": undangan.angkatan, "form": form, "judul": judul}
    return render(request, "pelatihan/usul_isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_undangan
def usul_surat(request: HttpRequest, undangan: Undangan) -> HttpResponse:
    """Number, day and signatory of the letter, and its scan."""
    form = SuratForm(posted(request), request.FILES or None, usulan=undangan.usulan)
    if form.saves(lambda: actions.record_surat(undangan=undangan, **form.cleaned_data)):
        return redirect(undangan)
    ctx = {"undangan": undangan, "angkatan": undangan.angkatan, "form": form, "judul": _("Surat usulan")}
    return render(request, "pelatihan/usul_isian.html", ctx, status=422 if form.errors else 200)


def _try(request: HttpRequest, undangan: Undangan, act: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the proposal; what is refused stands above it.

    Raises:
        Http404: nobody of this proposal.
    """
    try:
        with refusals_told(request):
            act()
    except Calon.DoesNotExist:
        raise Http404 from None
    return redirect(undangan)


@require_POST
@load_undangan
def usul_hapus(request: HttpRequest, undangan: Undangan, calon: int) -> HttpResponse:
    return _try(request, undangan, lambda: actions.remove_calon(undangan=undangan, calon=calon))


@require_POST
@load_undangan
def usul_naik(request: HttpRequest, undangan: Undangan, calon: int) -> HttpResponse:
    return _try(request, undangan, lambda: actions.raise_calon(undangan=undangan, calon=calon))


@require_POST
@load_undangan
def usul_kirim(request: HttpRequest, undangan: Undangan) -> HttpResponse:
    """Hand the proposal in; what is missing is named thing by thing and person by person."""
    try:
        actions.send_usulan(undangan=undangan)
    except ValidationError as error:
        return _page(request, undangan, 422, galat=error.messages)
    messages.success(request, _("Usulan terkirim. Penyelenggara memeriksanya; hasilnya tampil di halaman ini."))
    return redirect(undangan)


@require_safe
@load_undangan
def usul_cetak(request: HttpRequest, undangan: Undangan, bentuk: str) -> HttpResponse:
    """The letter to be signed: `html` or `pdf`."""
    surat = surat_usulan(rincian_usulan(undangan))
    return respond_cetakan(request, surat, bentuk, f"usulan-{undangan.wilayah.kode}")


@require_safe
@load_undangan
def usul_pindaian(request: HttpRequest, undangan: Undangan) -> HttpResponse:
    """The scan, always to be saved and never shown inside the portal: it came from outside."""
    berkas = get_object_or_404(BerkasUsulan, usulan=undangan.usulan)
    return attachment(bytes(berkas.isi), berkas.tipe, f"surat-usulan-{undangan.wilayah.kode}.{berkas.akhiran}")
