"""Plans of a cohort, for those who run it: follow, verify, and ask whom no mail reaches."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import attachment
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from pelatihan.actions.rtl import verify_rtl
from pelatihan.actions.tanya_rtl import mark_asked
from pelatihan.forms_rtl import VerifikasiForm
from pelatihan.models import BuktiRtl, PemantauanRtl
from pelatihan.queries.rtl import daftar_rtl, kemajuan_angkatan, perlu_dihubungi
from pelatihan.views.angkatan import GET_POST, hal, load_angkatan


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
@never_cache
def rtl(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    (halaman, rows), (hubungi, n_hubungi) = daftar_rtl(angkatan, hal(request)), perlu_dihubungi(angkatan)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "halaman": halaman, "rows": rows, "hubungi": hubungi}
    ctx |= {"kemajuan": kemajuan_angkatan(angkatan), "n_hubungi": n_hubungi}
    return render(request, "pelatihan/rtl.html", ctx)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def rtl_verifikasi(request: PetugasRequest, wilayah: Wilayah, pk: int, pemantauan: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    mine = PemantauanRtl.objects.filter(rtl__peserta__angkatan=angkatan).exclude(diisi_pada=None)
    satu = get_object_or_404(mine.select_related("rtl__peserta__orang", "rtl__desa", "bukti"), pk=pemantauan)
    form = VerifikasiForm(posted(request))
    if form.saves(lambda: verify_rtl(by=request.user, pemantauan=satu, **form.cleaned_data)):
        messages.info(request, _("Hasil verifikasi tersimpan."))
        return redirect("pelatihan:rtl", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form, "pemantauan": satu}
    return render(request, "pelatihan/rtl_verifikasi.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def rtl_bukti(request: PetugasRequest, wilayah: Wilayah, pk: int, pemantauan: int) -> HttpResponse:
    angkatan = load_angkatan(request, wilayah, pk)
    berkas = get_object_or_404(BuktiRtl, pemantauan=pemantauan, pemantauan__rtl__peserta__angkatan=angkatan)
    return attachment(bytes(berkas.isi), berkas.tipe, f"bukti-rtl-{pemantauan}.{berkas.akhiran}")


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def rtl_ditanyakan(request: PetugasRequest, wilayah: Wilayah, pk: int, peserta: int) -> HttpResponse:
    """The organiser asked somebody by hand."""
    angkatan = load_angkatan(request, wilayah, pk)
    mark_asked(by=request.user, peserta=get_object_or_404(angkatan.peserta, pk=peserta))
    return redirect("pelatihan:rtl", wilayah.kode, pk)
