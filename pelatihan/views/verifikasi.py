"""The page on which everybody checks a certificate."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kecamatan.actions.batas import count_try, tries
from kecamatan.adapters import alamat_pengunjung
from kecamatan.forms import posted
from p3pd_portal.lib.kode import normalize_kode
from pelatihan.forms_sertifikat import KodeSertifikatForm
from pelatihan.queries.sertifikat import find_sertifikat
from pelatihan.views.angkatan import GET_POST


SALAH_TERBANYAK = 60
"""Wrong codes of one network in an hour."""


@require_safe
@login_not_required
def verifikasi(request: HttpRequest, kode: str) -> HttpResponse:
    """What a code on paper stands for: name, training, hours, day, signatory; taken back ones say so. No NIP."""
    siapa = alamat_pengunjung(request) or ""
    found = find_sertifikat(kode) if tries("sertifikat", siapa) < SALAH_TERBANYAK else None
    if found is None:
        count_try("sertifikat", siapa)  # like the access log, the limiter writes on GET: the code is in the QR
        ctx = {"form": KodeSertifikatForm(), "salah": True}
        return render(request, "pelatihan/verifikasi_cari.html", ctx, status=404)
    angkatan = found.peserta.angkatan
    ctx = {"sertifikat": found, "angkatan": angkatan, "wilayah": angkatan.program.wilayah}
    return render(request, "pelatihan/verifikasi.html", ctx)


@GET_POST
@login_not_required
def verifikasi_cari(request: HttpRequest) -> HttpResponse:
    """The field for a code that somebody reads off the paper."""
    form = KodeSertifikatForm(posted(request))
    if form.is_valid():
        return redirect("pelatihan:verifikasi", normalize_kode(form.cleaned_data["kode"]))
    return render(request, "pelatihan/verifikasi_cari.html", {"form": form}, status=422 if form.errors else 200)
