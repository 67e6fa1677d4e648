"""Participants by the file: choose, look at every change, confirm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.actions.impor import discard_berkas
from kecamatan.decorators import PetugasRequest, load_wilayah
from kecamatan.exports import respond
from kecamatan.forms import BerkasForm
from kecamatan.models import BerkasImpor, Wilayah
from p3pd_portal.lib.spreadsheet import Rejected
from pelatihan.actions import impor_peserta as actions
from pelatihan.exports_peserta import templat_sheets
from pelatihan.models import Angkatan
from pelatihan.queries.beda_peserta import sidik
from pelatihan.views.angkatan import GET_POST, load_angkatan
from pelatihan.views.peserta import KELOLA


TAMPIL = 300
"""Errors, and changed rows, that a page shows."""


def _refused(rejected: Rejected) -> dict[str, Any]:
    return {"ditolak": rejected, "galat": rejected.errors[:TAMPIL]}


def _berkas(angkatan: Angkatan, pk: str) -> BerkasImpor:
    files = BerkasImpor.objects.filter(wilayah=angkatan.program.wilayah, jenis=actions.JENIS)
    return get_object_or_404(files.select_related("created_by__orang"), pk=pk, ringkasan__angkatan=angkatan.pk)


@GET_POST
@load_wilayah
@KELOLA
def peserta_impor(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    sent = request.method == "POST"
    told = (request.POST, request.FILES) if sent else (None, None)
    form = BerkasForm(*told, label=_("Berkas peserta (.xlsx atau .csv)"))
    ctx: dict[str, Any] = {"wilayah": wilayah, "angkatan": angkatan, "form": form}
    if form.is_valid():
        try:
            berkas = actions.preview_peserta(by=request.user, angkatan=angkatan, file=form.cleaned_data["berkas"])
            return redirect("pelatihan:peserta_pratinjau", wilayah.kode, pk, berkas.pk)
        except Rejected as rejected:
            ctx |= _refused(rejected)
    return render(request, "pelatihan/peserta_impor.html", ctx, status=422 if sent else 200)


@require_safe
@load_wilayah
@KELOLA
def peserta_templat(request: PetugasRequest, wilayah: Wilayah, pk: int, bentuk: str) -> HttpResponse:
    return respond("templat-peserta", bentuk, templat_sheets(load_angkatan(request, wilayah, pk)))


def _pratinjau(
    request: PetugasRequest, angkatan: Angkatan, berkas: BerkasImpor, rejected: Rejected | None = None
) -> HttpResponse:
    """What the file would change now; of a file that is done only the counts are left."""
    ctx: dict[str, Any] = {"wilayah": angkatan.program.wilayah, "angkatan": angkatan, "berkas": berkas}
    if berkas.is_waiting:
        try:
            beda = actions.baca_beda(by=request.user, angkatan=angkatan, content=bytes(berkas.isi or b""))
            shown = [satu for satu in beda if satu.jenis != "sama" or satu.catatan]
            ctx |= {"beda": shown[:TAMPIL], "hasil": actions.hitung(angkatan, beda), "sidik": sidik(beda)}
        except Rejected as broken:
            rejected = broken
    ctx |= _refused(rejected) if rejected else {}
    return render(request, "pelatihan/peserta_pratinjau.html", ctx, status=409 if rejected else 200)


@require_safe
@load_wilayah
@KELOLA
@never_cache
def peserta_pratinjau(request: PetugasRequest, wilayah: Wilayah, pk: int, berkas: str) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    return _pratinjau(request, angkatan, _berkas(angkatan, berkas))


@require_POST
@load_wilayah
@KELOLA
def peserta_simpan(request: PetugasRequest, wilayah: Wilayah, pk: int, berkas: str) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    satu = _berkas(angkatan, berkas)
    terlihat = request.POST.get("sidik", "")
    try:
        done = actions.confirm_peserta(by=request.user, angkatan=angkatan, berkas=satu, terlihat=terlihat)
    except Rejected as rejected:
        return _pratinjau(request, angkatan, satu, rejected)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        stored = done.status == BerkasImpor.Status.TERSIMPAN
        messages.info(request, _("Tersimpan.") if stored else _("Dibatalkan. Tidak ada yang disimpan."))
    return redirect("pelatihan:peserta_pratinjau", wilayah.kode, pk, berkas)


@require_POST
@load_wilayah
@KELOLA
def peserta_batal(request: PetugasRequest, wilayah: Wilayah, pk: int, berkas: str) -> HttpResponse:
    discard_berkas(by=request.user, berkas=_berkas(load_angkatan(request, wilayah, pk), berkas))
    messages.info(request, _("Dibatalkan. Tidak ada yang disimpan."))
    return redirect("pelatihan:peserta_impor", wilayah.kode, pk)
