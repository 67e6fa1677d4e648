"""Attendance for those who run, provide or teach a class: the list, the screen, and the list on paper."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, refusals_told
from kecamatan.exports import attachment, respond_cetakan
from kecamatan.forms import posted
from pelatihan import exports_presensi as exports
from pelatihan.actions import presensi as actions
from pelatihan.forms_presensi import LembarForm, LencanaForm, PresensiForm
from pelatihan.models import Kelas, LembarHadir, Sesi
from pelatihan.queries import presensi as queries
from pelatihan.views.angkatan import GET_POST
from pelatihan.views.jadwal import load_sesi
from pelatihan.views.kelas import load_kelas


@GET_POST
@never_cache
def presensi(request: PetugasRequest, pk: int, sesi: int) -> HttpResponse:
    """The list of a session, to be read and to be marked."""
    satu = load_sesi(load_kelas(request, pk), sesi)
    daftar = queries.daftar_presensi(satu)
    form = PresensiForm(posted(request), baris=daftar.baris)
    if form.saves(lambda: _mark(request, satu, form)):
        return redirect(satu)
    ctx = {"wilayah": satu.kelas.angkatan.program.wilayah, "kelas": satu.kelas, "sesi": satu, "daftar": daftar}
    if satu.is_open(timezone.now()) and not satu.kelas.angkatan.is_closed:
        ctx["lencana"] = LencanaForm()
    return render(request, "pelatihan/presensi.html", ctx | {"form": form}, status=422 if form.errors else 200)


def _mark(request: PetugasRequest, sesi: Sesi, form: PresensiForm) -> None:
    cara = form.cleaned_data["cara"]
    n, stale = actions.mark_presensi(by=request.user, sesi=sesi, tanda=form.tanda(), cara=cara)
    messages.info(request, ngettext("%(n)s presensi diubah.", "%(n)s presensi diubah.", n) % {"n": n})
    if stale:
        text = _("%(n)s orang tidak diubah: presensinya sudah berubah sejak daftar ini dibuka. Periksa lagi.")
        messages.error(request, text % {"n": len(stale)})


@require_safe
@never_cache
def layar(request: PetugasRequest, pk: int, sesi: int) -> HttpResponse:
    """The screen in front of the class: the codes of this half minute, and how many are there."""
    satu = load_sesi(load_kelas(request, pk), sesi)
    return render(request, "pelatihan/layar.html", {"kelas": satu.kelas, "sesi": satu, "layar": queries.layar(satu)})


def load_hari(kelas: Kelas, hari: str) -> tuple[datetime.date, list[Sesi]]:
    """A day of a class, "2024-06-18", with its sessions.

    Raises:
        Http404: not a day, or the class does not meet on it.
    """
    try:
        day = datetime.date.fromisoformat(hari)
    except ValueError as error:
        raise Http404 from error
    found = queries.hari_kelas(kelas, day)
    if not found:
        raise Http404
    return day, found


@require_safe
def daftar_hadir(request: PetugasRequest, pk: int, hari: str, bentuk: str) -> HttpResponse:
    """The list to be signed on a day."""
    kelas = load_kelas(request, pk)
    day, sesi = load_hari(kelas, hari)
    return respond_cetakan(request, exports.daftar_hadir(kelas, day, sesi), bentuk, f"daftar-hadir-{pk}-{day}")


@GET_POST
def lembar_tambah(request: PetugasRequest, pk: int, hari: str) -> HttpResponse:
    """Hand in a scan or photograph of the signed list."""
    kelas = load_kelas(request, pk)
    day, sesi = load_hari(kelas, hari)
    form = LembarForm(posted(request), request.FILES or None)
    if form.saves(
        lambda: actions.attach_lembar(by=request.user, kelas=kelas, hari=day, dokumen=form.cleaned_data["berkas"])
    ):
        messages.info(request, _("Lembar tersimpan. Tandai yang hadir menurut lembar itu di daftar presensi."))
        return redirect(sesi[0])
    ctx = {"wilayah": kelas.angkatan.program.wilayah, "kelas": kelas, "form": form}
    ctx |= {"judul": _("Lampirkan daftar hadir bertanda tangan"), "tombol": _("Simpan lembar")}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


def _load_lembar(request: PetugasRequest, pk: int, lembar: int) -> LembarHadir:
    kelas = load_kelas(request, pk)
    return get_object_or_404(LembarHadir.objects.select_related("kelas__angkatan"), kelas=kelas, pk=lembar)


@require_safe
def lembar(request: PetugasRequest, pk: int, lembar: int) -> HttpResponse:
    satu = _load_lembar(request, pk, lembar)
    return attachment(bytes(satu.isi), satu.tipe, f"daftar-hadir-{pk}-{satu.hari}-{satu.pk}.{satu.akhiran}")


@require_POST
def lembar_hapus(request: PetugasRequest, pk: int, lembar: int) -> HttpResponse:
    satu = _load_lembar(request, pk, lembar)
    with refusals_told(request):
        actions.remove_lembar(by=request.user, lembar=satu)
        messages.info(request, _("Lembar dihapus."))
    sesi = queries.hari_kelas(satu.kelas, satu.hari)
    return redirect(sesi[0] if sesi else satu.kelas)
