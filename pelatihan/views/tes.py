"""Tests of a cohort: put together, close, and read what came out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.actions.audit import record_access
from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.exports import respond
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions.tes import close_tes, compose_tes
from pelatihan.aggregation.laporan import ORANG_TERSEDIKIT
from pelatihan.exports_tes import tes_sheets
from pelatihan.forms_tes import TesForm
from pelatihan.models import Tes
from pelatihan.queries.evaluasi import JAWABAN_TERSEDIKIT, halaman_evaluasi, hasil_pelatih
from pelatihan.queries.tes import bobot_awal, butir_pilihan, daftar_tes, hasil_tes
from pelatihan.views.angkatan import GET_POST, hal, load_angkatan


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def tes_susun(request: PetugasRequest, wilayah: Wilayah, pk: int, jenis: str) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    if jenis not in Tes.Jenis.values:
        raise Http404
    tes = angkatan.tes.filter(jenis=jenis).first()
    butir, bobot = butir_pilihan(angkatan, tes), bobot_awal(angkatan, tes)
    form = TesForm(posted(request), butir=butir, bobot=bobot, tes=tes)
    if form.saves(lambda: compose_tes(by=request.user, angkatan=angkatan, jenis=jenis, **form.isi())):
        messages.info(request, _("Tes tersimpan."))
        return redirect("pelatihan:hasil", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "tes": tes, "jenis": Tes.Jenis(jenis)}
    return render(request, "pelatihan/tes_susun.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def tes_tutup(request: PetugasRequest, wilayah: Wilayah, pk: int, jenis: str) -> HttpResponse:
    tes = get_object_or_404(Tes, angkatan=load_angkatan(request, wilayah, pk), jenis=jenis)
    with refusals_told(request):
        close_tes(by=request.user, tes=tes)
    return redirect("pelatihan:hasil", wilayah.kode, pk)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def hasil(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "hasil": hasil_tes(angkatan), "batas": ORANG_TERSEDIKIT}
    ctx["tes"] = daftar_tes(angkatan)
    return render(request, "pelatihan/hasil_tes.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def hasil_unduh(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Everybody's marks, the questions and the classes as a workbook; taking it away is recorded."""
    angkatan = load_angkatan(request, wilayah, pk)
    record_access(by=request.user, objek=angkatan, alasan="mengunduh nilai tes peserta", wilayah=wilayah)
    answer = respond(f"tes-{pk}", "xlsx", tes_sheets(angkatan))
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@never_cache
def evaluasi_saya(request: PetugasRequest) -> HttpResponse:
    """What participants said of the own sessions of a trainer."""
    ctx = {"hasil": hasil_pelatih(request.user.orang), "batas": JAWABAN_TERSEDIKIT}
    return render(request, "pelatihan/evaluasi_saya.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def evaluasi(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    halaman, rows = halaman_evaluasi(angkatan, hal(request))
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "halaman": halaman, "hasil": rows, "batas": JAWABAN_TERSEDIKIT}
    return render(request, "pelatihan/evaluasi.html", ctx)
