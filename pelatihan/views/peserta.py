"""Participants of a cohort: for those who run it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.actions.audit import record_access, record_view
from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.exports import respond
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.gabung_orang import boleh_diubah
from p3pd_portal.lib.angka import parse_nomor
from pelatihan.actions import peserta as actions
from pelatihan.actions.kelas import place_peserta
from pelatihan.exports_peserta import peserta_sheet
from pelatihan.forms import AlasanForm
from pelatihan.forms_peserta import PesertaForm
from pelatihan.models import Angkatan, Peserta
from pelatihan.queries import peserta as queries
from pelatihan.views.angkatan import GET_POST, hal, load_angkatan


KELOLA = require_izin(Izin.KELOLA_PELATIHAN)


def load_peserta_kelola(angkatan: Angkatan, pk: int) -> Peserta:
    """A participant of a cohort.

    Raises:
        Http404: there is none.
    """
    rows = angkatan.peserta.select_related("orang", "unsur", "wilayah", "kelas", "angkatan__program__wilayah")
    return get_object_or_404(rows, pk=pk)


@require_safe
@load_wilayah
@KELOLA
@never_cache
def peserta(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    saringan = queries.Saringan(request.GET.get("kelas", ""), request.GET.get("status", ""))
    daftar = queries.daftar_peserta(angkatan, saringan, hal(request))
    record_access(by=request.user, objek=angkatan, alasan="membaca daftar peserta", wilayah=wilayah)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "daftar": daftar, "halaman": daftar.halaman, "saringan": saringan}
    return render(request, "pelatihan/peserta.html", ctx | {"semua_status": Peserta.Status.choices})


@require_safe
@load_wilayah
@KELOLA
def peserta_unduh(request: PetugasRequest, wilayah: Wilayah, pk: int, bentuk: str) -> HttpResponse:
    """Everybody of the cohort. Who takes the list away is written down."""
    angkatan = load_angkatan(request, wilayah, pk)
    answer = respond(f"peserta-{angkatan.pk}", bentuk, [peserta_sheet(queries.semua_peserta(angkatan))])
    record_access(by=request.user, objek=angkatan, alasan="mengunduh daftar peserta", wilayah=wilayah)
    answer["Cache-Control"] = "private, no-store"
    return answer


@GET_POST
@load_wilayah
@KELOLA
def peserta_tambah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    form = PesertaForm(posted(request), angkatan=angkatan)
    if form.saves(lambda: actions.add_peserta(by=request.user, angkatan=angkatan, data=form.data_peserta())):
        messages.info(request, _("Peserta tersimpan. Orang yang NIP-nya sudah tercatat tetap seperti tercatat."))
        return redirect("pelatihan:peserta", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Tambah peserta")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@KELOLA
@never_cache
def peserta_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int, peserta: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = load_peserta_kelola(angkatan, peserta)
    is_ours = bool(boleh_diubah(request.user, [satu.orang_id]))
    form = PesertaForm(posted(request), angkatan=angkatan, peserta=satu, is_ours=is_ours)
    if form.saves(lambda: actions.change_peserta(by=request.user, peserta=satu, data=form.data_peserta())):
        messages.info(request, _("Perubahan tersimpan."))
        return redirect("pelatihan:peserta", wilayah.kode, pk)
    record_view(by=request.user, objek=satu.orang, alasan="ubah peserta")
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "peserta": satu, "is_ours": is_ours}
    return render(request, "pelatihan/peserta_ubah.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@KELOLA
def peserta_mundur(request: PetugasRequest, wilayah: Wilayah, pk: int, peserta: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = load_peserta_kelola(angkatan, peserta)
    form = AlasanForm(posted(request))
    if form.saves(lambda: actions.withdraw_peserta(by=request.user, peserta=satu, **form.cleaned_data)):
        messages.info(request, _("Tercatat mengundurkan diri. Tautan dan kodenya tidak berlaku lagi."))
        return redirect("pelatihan:peserta", wilayah.kode, pk)
    judul = _("%(nama)s mengundurkan diri") % {"nama": satu.orang.nama_lengkap}
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": judul, "tombol": _("Catat")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@KELOLA
def peserta_kembali(request: PetugasRequest, wilayah: Wilayah, pk: int, peserta: int) -> HttpResponse:
    satu = load_peserta_kelola(load_angkatan(request, wilayah, pk), peserta)
    with refusals_told(request):
        actions.restore_peserta(by=request.user, peserta=satu)
        messages.info(request, _("Terdaftar kembali."))
    return redirect("pelatihan:peserta", wilayah.kode, pk)


@require_POST
@load_wilayah
@KELOLA
def peserta_hapus(request: PetugasRequest, wilayah: Wilayah, pk: int, peserta: int) -> HttpResponse:
    satu = load_peserta_kelola(load_angkatan(request, wilayah, pk), peserta)
    with refusals_told(request):
        actions.remove_peserta(by=request.user, peserta=satu)
        messages.info(request, _("Peserta dihapus dari angkatan."))
    return redirect("pelatihan:peserta", wilayah.kode, pk)


@require_POST
@load_wilayah
@KELOLA
def peserta_kelas(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Put those who were ticked into a class."""
    angkatan = load_angkatan(request, wilayah, pk)
    told = parse_nomor(request.POST.get("kelas", ""))
    kelas = None if told is None else angkatan.kelas.filter(pk=told).first()
    ticked = [one for one in map(parse_nomor, request.POST.getlist("peserta")) if one is not None]
    if kelas is None or not ticked:
        messages.error(request, _("Centang pesertanya dan pilih kelasnya dahulu."))
    else:
        with refusals_told(request):
            place_peserta(by=request.user, kelas=kelas, peserta=ticked)
            messages.info(request, _("Peserta yang dicentang masuk %(kelas)s.") % {"kelas": kelas})
    return redirect("pelatihan:peserta", wilayah.kode, pk)
