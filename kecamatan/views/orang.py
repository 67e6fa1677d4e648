"""People, their accounts and their work, for those who give both; the roles, and one's own profile, for everybody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions import orang as actions
from kecamatan.actions.audit import record_view
from kecamatan.decorators import PetugasRequest, require_pengelola
from kecamatan.forms import posted
from kecamatan.forms_orang import AkhiriForm, OrangForm, ProfilForm, SaringOrangForm, TugasForm, orang_initial
from kecamatan.models import Pengguna, Penugasan
from kecamatan.permissions import Izin
from kecamatan.queries import orang as queries


BACA_TULIS = ["GET", "HEAD", "POST"]


@require_safe
def peran(request: HttpRequest) -> HttpResponse:
    return render(request, "kecamatan/peran.html", {"daftar": queries.daftar_peran(), "semua_izin": Izin.labels})


@require_http_methods(BACA_TULIS)
def saya(request: PetugasRequest) -> HttpResponse:
    pengguna = request.user
    form = ProfilForm(posted(request), initial=orang_initial(pengguna))
    if form.saves(lambda: actions.update_orang(by=pengguna, pengguna=pengguna, data=form.data_orang())):
        messages.info(request, _("Profil tersimpan."))
        return redirect("kecamatan:saya")
    ctx = {"form": form, "pengguna": pengguna}
    return render(request, "kecamatan/saya.html", ctx, status=422 if form.errors else 200)


@require_http_methods(BACA_TULIS)
@require_pengelola
def akun(request: PetugasRequest) -> HttpResponse:
    """List of people. Searching is a POST that writes nothing: a name in an address would end in every log."""
    form = SaringOrangForm(posted(request))
    saring = queries.Saring(**form.cleaned_data) if form.is_valid() else queries.Saring()
    halaman = request.POST.get("halaman", "1")
    daftar, page = queries.daftar_orang(request.user, saring, int(halaman) if halaman.isdecimal() else 1)
    impor = [p.wilayah for p in request.user.penugasan_berlaku if Izin.KELOLA_AKUN in p.izin]
    ctx = {"form": form, "daftar": daftar, "page": page, "wilayah_impor": impor}
    return render(request, "kecamatan/akun.html", ctx)


@require_http_methods(BACA_TULIS)
@require_pengelola
def akun_tambah(request: PetugasRequest) -> HttpResponse:
    orang = OrangForm(posted(request))
    tugas = TugasForm(posted(request), by=request.user, initial=request.GET.dict())
    if orang.is_valid() & tugas.is_valid():
        try:
            penugasan = actions.invite(by=request.user, orang=orang.data_orang(), tugas=tugas.data_tugas())
        except ValidationError as error:
            (tugas if _is_about(error, tugas) else orang).object_to(error)
        else:
            messages.info(request, _("Tersimpan. Undangan dikirim bila orang ini belum memiliki kata sandi."))
            if orang.peringatan:
                messages.warning(request, orang.peringatan)
            return redirect("kecamatan:akun_orang", penugasan.pengguna_id)
    status = 422 if orang.errors or tugas.errors else 200
    return render(request, "kecamatan/akun_tambah.html", {"form": orang, "tugas": tugas}, status=status)


def _is_about(error: ValidationError, form: TugasForm) -> bool:
    return not hasattr(error, "error_dict") or any(name in form.fields for name in error.message_dict)


@require_safe
@require_pengelola
def akun_orang(request: PetugasRequest, pk: int) -> HttpResponse:
    rincian = queries.rincian_orang(request.user, _pengguna(request, pk))
    record_view(by=request.user, objek=rincian.pengguna, alasan="profil orang")
    return render(request, "kecamatan/akun_orang.html", {"rincian": rincian, "pengguna": rincian.pengguna})


@require_http_methods(BACA_TULIS)
@require_pengelola
def akun_ubah(request: PetugasRequest, pk: int) -> HttpResponse:
    pengguna = _pengguna(request, pk)
    if not request.user.may_manage(pengguna):
        raise PermissionDenied
    form = OrangForm(posted(request), initial=orang_initial(pengguna))
    form.fields["surel"].disabled = not pengguna.is_waiting
    if not form.is_bound:
        record_view(by=request.user, objek=pengguna, alasan="ubah data orang")
    if form.saves(lambda: actions.update_orang(by=request.user, pengguna=pengguna, data=form.data_orang())):
        messages.info(request, form.peringatan or _("Data tersimpan."))
        return redirect("kecamatan:akun_orang", pk)
    ctx = {"form": form, "pengguna": pengguna}
    return render(request, "kecamatan/akun_ubah.html", ctx, status=422 if form.errors else 200)


@require_POST
@require_pengelola
def akun_undang(request: PetugasRequest, pk: int) -> HttpResponse:
    try:
        actions.resend_undangan(by=request.user, pengguna=_pengguna(request, pk))
        messages.info(request, _("Undangan baru dikirim; tautan yang lama tidak berlaku lagi."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("kecamatan:akun_orang", pk)


@require_POST
@require_pengelola
def akun_nonaktifkan(request: PetugasRequest, pk: int) -> HttpResponse:
    actions.disable_pengguna(by=request.user, pengguna=_pengguna(request, pk))
    messages.info(request, _("Akun dinonaktifkan. Pemiliknya tidak dapat masuk lagi."))
    return redirect("kecamatan:akun_orang", pk)


@require_POST
@require_pengelola
def akun_aktifkan(request: PetugasRequest, pk: int) -> HttpResponse:
    actions.enable_pengguna(by=request.user, pengguna=_pengguna(request, pk))
    messages.info(request, _("Akun diaktifkan kembali."))
    return redirect("kecamatan:akun_orang", pk)


@require_http_methods(BACA_TULIS)
@require_pengelola
def penugasan_tambah(request: PetugasRequest, pk: int) -> HttpResponse:
    pengguna = _pengguna(request, pk)
    form = TugasForm(posted(request), by=request.user)
    if form.saves(lambda: actions.assign(by=request.user, pengguna=pengguna, tugas=form.data_tugas())):
        messages.info(request, _("Penugasan tersimpan."))
        return redirect("kecamatan:akun_orang", pk)
    ctx = {"form": form, "pengguna": pengguna}
    return render(request, "kecamatan/penugasan_tambah.html", ctx, status=422 if form.errors else 200)


@require_http_methods(BACA_TULIS)
@require_pengelola
def penugasan_akhiri(request: PetugasRequest, pk: int) -> HttpResponse:
    visible = Penugasan.objects.filter(request.user.q_scope("wilayah__", Izin.KELOLA_AKUN))
    penugasan = get_object_or_404(visible.select_related("wilayah", "pengguna__orang"), pk=pk)
    if not request.user.may_assign(penugasan.peran, penugasan.wilayah):
        raise PermissionDenied
    form = AkhiriForm(posted(request), by=request.user)
    if form.saves(lambda: actions.end_assignment(by=request.user, penugasan=penugasan, **form.cleaned_data)):
        messages.info(request, _("Penugasan diakhiri. Pekerjaannya diteruskan pemegang peran berikutnya."))
        return redirect("kecamatan:akun_orang", penugasan.pengguna_id)
    ctx = {"form": form, "penugasan": penugasan}
    return render(request, "kecamatan/penugasan_akhiri.html", ctx, status=422 if form.errors else 200)


def _pengguna(request: PetugasRequest, pk: int) -> Pengguna:
    """Somebody with work in the asker's regions; anybody else does not exist for them."""
    return get_object_or_404(Pengguna.objects.visible_to(request.user).select_related("orang"), pk=pk)
