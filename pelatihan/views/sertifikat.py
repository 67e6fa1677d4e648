"""Verdicts and certificates; and the page on which everybody checks one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.exports import respond_cetakan
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib import cetak
from pelatihan import exports
from pelatihan.actions import kelulusan
from pelatihan.actions import sertifikat as actions
from pelatihan.forms import AlasanForm
from pelatihan.forms_sertifikat import PutuskanForm, TerbitkanForm
from pelatihan.models import Peserta, Sertifikat, StatusAngkatan, TerbitanSertifikat
from pelatihan.queries import sertifikat as queries
from pelatihan.queries.bukti import bukti
from pelatihan.views.angkatan import GET_POST, hal, load_angkatan


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kelulusan_daftar(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Who meets the conditions, what was decided, and the certificates."""
    angkatan = load_angkatan(request, wilayah, pk)
    halaman, rows = queries.daftar_putusan(angkatan, hal(request))
    ctx = {
        "wilayah": wilayah,
        "angkatan": angkatan,
        "halaman": halaman,
        "rows": rows,
        "terbitan": queries.daftar_terbitan(angkatan),
        "memutuskan": angkatan.status == StatusAngkatan.EVALUASI,
        "pdf": cetak.pdf_tersedia(),
    }
    return render(request, "pelatihan/kelulusan.html", ctx)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kelulusan_putuskan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    with refusals_told(request):
        counts = kelulusan.decide_all(by=request.user, angkatan=angkatan, bukti=bukti(angkatan))
        messages.info(request, _("%(lulus)s lulus, %(tidak_lulus)s tidak lulus.") % counts)
    return redirect("pelatihan:kelulusan", wilayah.kode, pk)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def kelulusan_satu(request: PetugasRequest, wilayah: Wilayah, pk: int, peserta: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = get_object_or_404(Peserta.objects.select_related("orang", "angkatan"), angkatan=angkatan, pk=peserta)
    form = PutuskanForm(posted(request), initial={"alasan": satu.alasan})
    if form.saves(lambda: kelulusan.decide_one(by=request.user, peserta=satu, **form.cleaned_data)):
        return redirect("pelatihan:kelulusan", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Putuskan: %s") % satu}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def sertifikat_terbitkan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    form = TerbitkanForm(posted(request), initial={"tanggal": timezone.localdate()})
    if form.saves(lambda: actions.issue_sertifikat(by=request.user, angkatan=angkatan, **form.cleaned_data)):
        messages.info(request, _("Sertifikat dibuat. Unduh berkasnya, lalu tanda tangani dan stempel."))
        return redirect("pelatihan:kelulusan", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Terbitkan sertifikat")}
    ctx["tombol"] = _("Buat sertifikat")
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def sertifikat_cetak(request: PetugasRequest, wilayah: Wilayah, pk: int, terbitan: int, bentuk: str) -> HttpResponse:
    """A printing: `html` for the browser's own print, or `pdf`."""
    angkatan = load_angkatan(request, wilayah, pk)
    printed = TerbitanSertifikat.objects.select_related("angkatan__program__wilayah__induk")
    found = get_object_or_404(printed, angkatan=angkatan, pk=terbitan)
    return respond_cetakan(request, exports.piagam(found), bentuk, f"sertifikat-{angkatan.pk}-{found.pk}")


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def sertifikat_cabut(request: PetugasRequest, wilayah: Wilayah, pk: int, sertifikat: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = get_object_or_404(Sertifikat, peserta__angkatan=angkatan, pk=sertifikat)
    form = AlasanForm(posted(request))
    if form.saves(lambda: actions.revoke_sertifikat(by=request.user, sertifikat=satu, **form.cleaned_data)):
        return redirect("pelatihan:kelulusan", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "judul": _("Cabut sertifikat %s") % satu.nomor}
    ctx["tombol"] = _("Cabut")
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)
