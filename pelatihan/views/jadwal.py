"""Curricula and timetables."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.exports import attachment, respond_cetakan
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.models.wilayah import NASIONAL
from kecamatan.permissions import Izin
from p3pd_portal.lib.ics import ICS_TYPE, kalender
from pelatihan import exports_presensi as exports
from pelatihan.actions import sesi as actions
from pelatihan.actions.kelas import require_kelola_kelas
from pelatihan.decorators import load_peserta
from pelatihan.forms_sesi import SesiForm
from pelatihan.models import Kelas, Peserta, Sesi
from pelatihan.queries import jadwal as queries
from pelatihan.queries.kurikulum import kurikulum as semua_kurikulum
from pelatihan.views.angkatan import GET_POST, hal, load_angkatan
from pelatihan.views.kelas import load_kelas


@require_safe
@login_not_required
def kurikulum(request: HttpRequest) -> HttpResponse:
    """What is taught, with the pages of the portal that it is about."""
    nasional = get_object_or_404(Wilayah.objects.in_force(), kode=NASIONAL)
    ctx = {"wilayah": nasional, "semua": semua_kurikulum(nasional), "menit_jp": queries.MENIT_JP}
    return render(request, "pelatihan/kurikulum.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def jadwal(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """The timetable of a cohort, all classes side by side."""
    angkatan = load_angkatan(request, wilayah, pk)
    kisi = queries.kisi_jadwal(angkatan, hal(request))
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "kisi": kisi, "halaman": kisi.halaman}
    return render(request, "pelatihan/jadwal.html", ctx)


def load_sesi(kelas: Kelas, pk: int) -> Sesi:
    """A session of a class.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(kelas.sesi.select_related("kelas__angkatan__program__wilayah", "kelas__wilayah"), pk=pk)


def _jadwal_url(kelas: Kelas) -> tuple[str, str, int]:
    return "pelatihan:jadwal", kelas.angkatan.program.wilayah.kode, kelas.angkatan_id


def _form(request: PetugasRequest, kelas: Kelas, **kwargs: Any) -> SesiForm:
    return SesiForm(posted(request), kelas=kelas, calon=queries.calon_pelatih(kelas), **kwargs)


def _render(request: PetugasRequest, kelas: Kelas, form: SesiForm, **ctx: Any) -> HttpResponse:
    ctx |= {"wilayah": kelas.angkatan.program.wilayah, "kelas": kelas, "form": form}
    return render(request, "pelatihan/sesi_isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
def sesi_tambah(request: PetugasRequest, pk: int) -> HttpResponse:
    satu = load_kelas(request, pk)
    require_kelola_kelas(request.user, satu)
    form = _form(request, satu, initial={"hari": request.GET.get("hari", satu.angkatan.mulai)})
    if form.saves(lambda: actions.create_sesi(by=request.user, kelas=satu, **form.isi())):
        messages.info(request, _("Sesi tersimpan."))
        return redirect(*_jadwal_url(satu))
    return _render(request, satu, form)


@GET_POST
def sesi_ubah(request: PetugasRequest, pk: int, sesi: int) -> HttpResponse:
    satu = load_kelas(request, pk)
    require_kelola_kelas(request.user, satu)
    lama = load_sesi(satu, sesi)
    form = _form(request, satu, sesi=lama)
    if form.saves(lambda: actions.change_sesi(by=request.user, sesi=lama, **form.isi())):
        messages.info(request, _("Perubahan sesi tersimpan."))
        return redirect(*_jadwal_url(satu))
    return _render(request, satu, form, sesi=lama)


@require_POST
def sesi_hapus(request: PetugasRequest, pk: int, sesi: int) -> HttpResponse:
    satu = load_kelas(request, pk)
    require_kelola_kelas(request.user, satu)
    with refusals_told(request):
        actions.remove_sesi(by=request.user, sesi=load_sesi(satu, sesi))
        messages.info(request, _("Sesi dihapus dari jadwal."))
    return redirect(*_jadwal_url(satu))


@require_safe
def jadwal_cetak(request: PetugasRequest, pk: int, bentuk: str) -> HttpResponse:
    return respond_cetakan(request, exports.jadwal(load_kelas(request, pk)), bentuk, f"jadwal-kelas-{pk}")


@require_safe
def jadwal_ics(request: PetugasRequest, pk: int) -> HttpResponse:
    return _ics(load_kelas(request, pk))


@require_safe
@load_peserta
def ikut_jadwal(request: HttpRequest, peserta: Peserta) -> HttpResponse:
    """The timetable of a participant's class for the calendar of a telephone."""
    if peserta.kelas is None:
        raise Http404
    return _ics(peserta.kelas)


def _ics(kelas: Kelas) -> HttpResponse:
    content = kalender(f"{kelas.angkatan}, {kelas}", queries.acara(kelas))
    return attachment(content, ICS_TYPE, f"jadwal-kelas-{kelas.pk}.ics")
