"""Attendance for participants: the page behind the code on the screen, and the six digits for whoever cannot scan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kecamatan.actions.batas import count_try
from kecamatan.adapters import alamat_pengunjung
from kecamatan.forms import posted
from pelatihan.actions.presensi import record_hadir
from pelatihan.decorators import load_peserta
from pelatihan.forms_presensi import KodeHadirForm
from pelatihan.models import Peserta, Presensi, Sesi
from pelatihan.queries import presensi as queries
from pelatihan.queries.jadwal import sesi_buka
from pelatihan.queries.tautan import peserta_of_request
from pelatihan.views.angkatan import GET_POST


COBA_TERBANYAK = 10
"""Codes that one participant types in an hour; a million codes, three of which open, are out of reach."""
COBA_SEALAMAT = 600
"""Codes from one address in an hour; a whole class sits behind it."""


@GET_POST
@login_not_required
@never_cache
def ikut_pindai(request: HttpRequest, sesi: int, token: str) -> HttpResponse:
    """Where the telephone's camera leads: the name of whoever holds it, and one button. Opening it writes nothing."""
    if request.method == "POST":
        return _tap(request, sesi)
    found = queries.sesi_of_token(sesi, token)
    if found is None:
        return render(request, "pelatihan/pindai_lewat.html", status=410)
    mine = [satu for satu in peserta_of_request(request) if satu.kelas_id == found.kelas_id]
    ctx = {"sesi": found, "peserta": [(satu, queries.tiket(satu, found.pk)) for satu in mine]}
    return render(request, "pelatihan/pindai.html", ctx)


def _tap(request: HttpRequest, pk: int) -> HttpResponse:
    """The button counts for a minute after the page was opened, for whoever opened it."""
    who = queries.peserta_of_tiket(request.POST.get("tiket", ""), pk)
    peserta = next((satu for satu in peserta_of_request(request) if satu.pk == who), None)
    sesi = Sesi.objects.select_related("kelas__angkatan").filter(pk=pk).first()
    if peserta is None or sesi is None:
        return render(request, "pelatihan/pindai_lewat.html", status=422)
    try:
        _record(request, peserta, sesi, Presensi.Cara.QR)
    except ValidationError as error:
        return render(request, "pelatihan/pindai_lewat.html", {"alasan": error.messages[0]}, status=422)
    return redirect("pelatihan:ikut_hadir", peserta.pk)


def _record(request: HttpRequest, peserta: Peserta, sesi: Sesi, cara: str) -> None:
    found, new = record_hadir(peserta=peserta, sesi=sesi, cara=cara)
    waktu = found.waktu.astimezone(sesi.kelas.zona_waktu)
    words = {"status": found.get_status_display(), "jam": f"{waktu:%H.%M} {sesi.kelas.zona}"}
    text = _("Tercatat: %(status)s, pukul %(jam)s.") if new else _("Anda sudah tercatat %(status)s, pukul %(jam)s.")
    messages.info(request, text % words)


@GET_POST
@load_peserta
@never_cache
def ikut_hadir(request: HttpRequest, peserta: Peserta) -> HttpResponse:
    """A participant's own attendance, and the field for the six digits while a session is open."""
    terbuka = sesi_buka(peserta.kelas) if peserta.kelas else []
    form = KodeHadirForm(posted(request))
    if form.saves(lambda: _type(request, peserta, terbuka, form)) and not form.errors:
        return redirect("pelatihan:ikut_hadir", peserta.pk)
    baris = queries.presensi_peserta(peserta)
    done = [sesi for sesi, satu in baris if satu]
    ctx = {"peserta": peserta, "form": form, "terbuka": [satu for satu in terbuka if satu not in done], "baris": baris}
    return render(request, "pelatihan/ikut_hadir.html", ctx, status=422 if form.errors else 200)


def _type(request: HttpRequest, peserta: Peserta, terbuka: list[Sesi], form: KodeHadirForm) -> None:
    """Every try is counted before it is looked at, so that tries sent together count like tries in a row."""
    mine = count_try("hadir", str(peserta.pk))
    if mine > COBA_TERBANYAK or count_try("hadir alamat", alamat_pengunjung(request) or "") > COBA_SEALAMAT:
        return form.stop()
    sesi = queries.sesi_of_kode(terbuka, form.cleaned_data["kode"])
    if sesi is None:
        return form.refuse()
    return _record(request, peserta, sesi, Presensi.Cara.KODE)
