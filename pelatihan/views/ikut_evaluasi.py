"""A participant says what the trainers and the organiser were like, anonymously."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kecamatan.forms import posted
from pelatihan.actions.evaluasi import fill_lembar
from pelatihan.decorators import load_peserta
from pelatihan.forms_evaluasi import LembarForm
from pelatihan.models import Peserta
from pelatihan.queries.evaluasi import pertanyaan, sasaran_of
from pelatihan.views.angkatan import GET_POST


@GET_POST
@load_peserta
@never_cache
def ikut_evaluasi(request: HttpRequest, peserta: Peserta, sesi: int = 0, pelatih: int = 0) -> HttpResponse:
    """A sheet: about a trainer of a session, or without them about the organiser."""
    wanted = (sesi or None, pelatih or None)
    open_now = {(satu.sesi and satu.sesi.pk, satu.pelatih and satu.pelatih.pk): satu for satu in sasaran_of(peserta)}
    if wanted not in open_now:
        raise Http404
    sasaran = open_now[wanted]
    form = LembarForm(posted(request), pertanyaan=pertanyaan(sasaran.jenis))
    if form.saves(lambda: fill_lembar(peserta=peserta, sasaran=sasaran, **form.isi())):
        messages.info(request, _("Terima kasih. Penilaian Anda tersimpan tanpa nama."))
        return redirect("pelatihan:ikut_rinci", peserta.pk)
    ctx = {"peserta": peserta, "sasaran": sasaran, "form": form}
    return render(request, "pelatihan/ikut_evaluasi.html", ctx, status=422 if form.errors else 200)
