"""The three steps in which a file of any kind is handed in on a page: choose, look at what would change, confirm.

A kind gives its views, each under its own access rule, by calling the method of the same name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kecamatan.actions.impor import JenisBerkas, confirm_berkas, discard_berkas, preview_berkas
from kecamatan.decorators import PetugasRequest
from kecamatan.forms import BerkasForm
from kecamatan.models import BerkasImpor, Wilayah
from p3pd_portal.lib.spreadsheet import Rejected


ERRORS_SHOWN = 200


@dataclass(frozen=True)
class HalamanBerkas:
    """The pages of one kind of file.

    Attributes:
        alamat: beginning of the names of its addresses, to which impor, pratinjau, simpan and batal are added.
        templat_impor, templat_pratinjau: its two pages.
        label: what the file is, at the field to choose it.
        tersimpan: what is said after it was taken in.
        accept: endings of the names that the browser offers to choose.
        formulir: the form, with a field for everything that the file may leave open.
        undo: takes a stored file back (`by`, `berkas`), and raises Rejected where it cannot; None where nothing does.
        diurungkan: what is said after that.
    """

    jenis: JenisBerkas
    alamat: str
    templat_impor: str
    templat_pratinjau: str
    label: str | Promise
    tersimpan: str | Promise
    accept: str = ".csv,.xlsx"
    formulir: type[BerkasForm] = BerkasForm
    undo: Callable[..., BerkasImpor] | None = None
    diurungkan: str | Promise = ""

    def impor(self, request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
        sent = request.method == "POST"
        posted = (request.POST, request.FILES) if sent else (None, None)
        form = self.formulir(*posted, label=self.label, accept=self.accept, wilayah=wilayah)
        ctx: dict[str, Any] = {"wilayah": wilayah, "form": form}
        if not sent:
            return render(request, self.templat_impor, ctx)
        if not form.is_valid():
            return render(request, self.templat_impor, ctx, status=422)
        try:
            file = form.cleaned_data["berkas"]
            berkas = preview_berkas(self.jenis, by=request.user, wilayah=wilayah, file=file, isian=form.isian)
        except Rejected as rejected:
            return render(request, self.templat_impor, ctx | refused(rejected), status=422)
        return redirect(f"{self.alamat}pratinjau", wilayah.kode, berkas.pk)

    def pratinjau(self, request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
        return render(request, self.templat_pratinjau, self._ctx(wilayah, self._berkas(wilayah, pk)))

    def simpan(self, request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
        berkas = self._berkas(wilayah, pk)
        try:
            berkas = confirm_berkas(self.jenis, by=request.user, berkas=berkas)
        except Rejected as rejected:
            ctx = self._ctx(wilayah, berkas) | refused(rejected)
            return render(request, self.templat_pratinjau, ctx, status=409)
        messages.info(request, self._fate(berkas))
        return redirect(f"{self.alamat}pratinjau", wilayah.kode, pk)

    def urungkan(self, request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
        """Of a kind that has an `undo`."""
        berkas = self._berkas(wilayah, pk)
        try:
            self.undo(by=request.user, berkas=berkas)  # type: ignore[misc]
        except Rejected as rejected:
            ctx = self._ctx(wilayah, berkas) | refused(rejected)
            return render(request, self.templat_pratinjau, ctx, status=409)
        messages.info(request, str(self.diurungkan))
        return redirect(f"{self.alamat}pratinjau", wilayah.kode, pk)

    def batal(self, request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
        berkas = discard_berkas(by=request.user, berkas=self._berkas(wilayah, pk))
        messages.info(request, self._fate(berkas))
        return redirect(f"{self.alamat}impor", wilayah.kode)

    def _ctx(self, wilayah: Wilayah, berkas: BerkasImpor) -> dict[str, Any]:
        return {"wilayah": wilayah, "berkas": berkas, "alamat": self.alamat}

    def _berkas(self, wilayah: Wilayah, pk: str) -> BerkasImpor:
        files = BerkasImpor.objects.select_related("created_by__orang").defer("isi")
        return get_object_or_404(files, pk=pk, wilayah=wilayah, jenis=self.jenis.kode)

    def _fate(self, berkas: BerkasImpor) -> str:
        if berkas.status == BerkasImpor.Status.TERSIMPAN:
            return str(self.tersimpan)
        return str(_("Dibatalkan. Tidak ada yang disimpan."))


def refused(rejected: Rejected) -> dict[str, Any]:
    """What the table of errors shows."""
    return {"ditolak": rejected, "galat": rejected.errors[:ERRORS_SHOWN]}
