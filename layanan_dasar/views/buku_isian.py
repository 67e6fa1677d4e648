"""The workbook of a sheet: downloaded filled in, handed in again, looked at, taken over. Four screens (ux.md §2.5)."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions.impor import discard_berkas
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import attachment
from kecamatan.forms import BerkasForm
from kecamatan.models import BerkasImpor, Tingkat, Wilayah
from kecamatan.permissions import Izin
from kecamatan.views.berkas import refused
from layanan_dasar.actions.buku_isian import JENIS, keep_buku, periksa_buku, take_buku
from layanan_dasar.exports_bertanda import buku_bertanda
from layanan_dasar.exports_isian import buku_isian, nama_buku
from layanan_dasar.forms_isian import kunci_terpilih
from layanan_dasar.views.isian import Halaman, load_lembar
from p3pd_portal.lib.spreadsheet import Rejected
from p3pd_portal.lib.tables import XLSX_TYPE


def _load(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> Halaman:
    """The sheet of a kecamatan; a desa fills its part on the page.

    Raises:
        Http404: no such sheet, or that of a desa.
    """
    if wilayah.tingkat != Tingkat.KECAMATAN:
        raise Http404
    return load_lembar(request, wilayah, dataset, periode)


def _berkas(halaman: Halaman, pk: str) -> BerkasImpor:
    of = {"dataset": halaman.dataset.kode, "periode": str(halaman.periode)}
    waiting = BerkasImpor.objects.filter(wilayah=halaman.wilayah, jenis=JENIS, ringkasan__contains=of)
    return get_object_or_404(waiting, pk=pk)


@require_safe
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_buku(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman = _load(request, wilayah, dataset, periode)
    content = buku_isian(halaman.lembar, kontak=wilayah.nama_lengkap, tenggat=halaman.jadwal.tenggat)
    return attachment(content, XLSX_TYPE, nama_buku(halaman.lembar))


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_unggah(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman, sent = _load(request, wilayah, dataset, periode), request.method == "POST"
    posted = (request.POST, request.FILES) if sent else (None, None)
    form = BerkasForm(*posted, label=_("Buku kerja yang sudah diisi (.xlsx)"), accept=".xlsx")
    ctx: dict[str, Any] = halaman.ctx() | {"form": form}
    if sent and form.is_valid():
        try:
            berkas = keep_buku(by=request.user, lembar=halaman.lembar, file=form.cleaned_data["berkas"])
            return redirect("layanan_dasar:isian_periksa", *halaman.alamat, berkas.pk)
        except Rejected as rejected:
            ctx |= refused(rejected)
    return render(request, "layanan_dasar/isian_unggah.html", ctx, status=422 if sent else 200)


@require_safe
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_periksa(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str, pk: str) -> HttpResponse:
    halaman = _load(request, wilayah, dataset, periode)
    return _periksa(request, halaman, _berkas(halaman, pk))


def _periksa(request: PetugasRequest, halaman: Halaman, berkas: BerkasImpor, status: int = 200) -> HttpResponse:
    """What the workbook would change, what is wrong in it, and which cells somebody else changed meanwhile."""
    ctx: dict[str, Any] = halaman.ctx() | {"berkas": berkas}
    if berkas.is_waiting:
        try:
            ctx["periksa"] = periksa_buku(berkas, halaman.lembar)
        except Rejected as rejected:
            ctx, status = ctx | refused(rejected), 409
    return render(request, "layanan_dasar/isian_periksa.html", ctx, status=status)


@require_safe
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_bertanda(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str, pk: str) -> HttpResponse:
    """The user's own workbook, with every cell marked that needs another look."""
    halaman = _load(request, wilayah, dataset, periode)
    berkas = _berkas(halaman, pk)
    if not berkas.is_waiting:
        raise Http404
    try:
        buku = periksa_buku(berkas, halaman.lembar).buku
    except Rejected:
        return _periksa(request, halaman, berkas)
    content = buku_bertanda(io.BytesIO(berkas.isi or b""), buku.galat, buku.peringatan)
    return attachment(content, XLSX_TYPE, f"bertanda_{nama_buku(halaman.lembar)}")


@require_POST
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_terima(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str, pk: str) -> HttpResponse:
    halaman = _load(request, wilayah, dataset, periode)
    berkas = _berkas(halaman, pk)
    chosen = kunci_terpilih(request.POST.getlist("pilih"))
    try:
        hasil = take_buku(by=request.user, berkas=berkas, lembar=halaman.lembar, pilih_buku=chosen)
    except Rejected:
        return _periksa(request, halaman, berkas, status=409)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("layanan_dasar:isian_periksa", *halaman.alamat, pk)
    if hasil is None:
        messages.info(request, _("Berkas ini sudah selesai sebelumnya."))
    else:
        messages.info(request, _("%(n)s sel tersimpan sebagai draf.") % {"n": len(hasil.tersimpan)})
    return redirect("layanan_dasar:isian_rinci", *halaman.alamat)


@require_POST
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_buang(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str, pk: str) -> HttpResponse:
    halaman = _load(request, wilayah, dataset, periode)
    discard_berkas(by=request.user, berkas=_berkas(halaman, pk))
    messages.info(request, _("Dibatalkan. Tidak ada yang disimpan."))
    return redirect("layanan_dasar:isian_unggah", *halaman.alamat)
