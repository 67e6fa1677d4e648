"""Badges, for those who run, provide or teach a class."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, refusals_told
from kecamatan.exports import respond_cetakan
from pelatihan.actions.lencana import give_lencana, mark_lencana
from pelatihan.exports_presensi import lembar_lencana
from pelatihan.forms_presensi import LencanaForm
from pelatihan.models import Sesi
from pelatihan.views.jadwal import load_sesi
from pelatihan.views.kelas import load_kelas


@require_POST
def lencana_beri(request: PetugasRequest, pk: int) -> HttpResponse:
    """Numbers for whoever has none yet."""
    kelas = load_kelas(request, pk)
    with refusals_told(request):
        n = give_lencana(by=request.user, kelas=kelas)
        messages.info(request, _("%(n)s peserta diberi nomor. Cetak lencananya.") % {"n": n})
    return redirect(kelas)


@require_safe
def lencana_cetak(request: PetugasRequest, pk: int, bentuk: str) -> HttpResponse:
    """The sheet of badges, to be cut out."""
    return respond_cetakan(request, lembar_lencana(load_kelas(request, pk)), bentuk, f"lencana-{pk}")


@require_POST
def lencana_hadir(request: PetugasRequest, pk: int, sesi: int) -> HttpResponse:
    """Mark whoever shows a badge."""
    satu, form = load_sesi(load_kelas(request, pk), sesi), LencanaForm(request.POST)
    if not form.saves(lambda: _mark(request, satu, form.cleaned_data["nomor"])):
        for texts in form.errors.values():
            messages.error(request, " ".join(map(str, texts)))
    return redirect(satu)


def _mark(request: PetugasRequest, sesi: Sesi, nomor: int) -> None:
    found, new = mark_lencana(by=request.user, sesi=sesi, nomor=nomor)
    jam = f"{found.waktu.astimezone(sesi.kelas.zona_waktu):%H.%M} {sesi.kelas.zona}"
    words = {"nama": found.peserta, "status": found.get_status_display(), "jam": jam}
    old = _("%(nama)s sudah tercatat %(status)s, pukul %(jam)s. Keliru? Ubah di daftar.")
    messages.info(request, (_("%(nama)s: %(status)s, pukul %(jam)s.") if new else old) % words)
