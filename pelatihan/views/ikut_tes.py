"""A participant takes a test: one question a screen, every step kept, with JavaScript or without."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from p3pd_portal.lib.angka import parse_nomor
from p3pd_portal.lib.hari_kerja import ZONA
from pelatihan.actions import pengerjaan as actions
from pelatihan.decorators import load_peserta
from pelatihan.forms_tes import JawabanForm
from pelatihan.models import Peserta
from pelatihan.queries.pengerjaan import TesSaya, soal_of, tes_of
from pelatihan.views.angkatan import GET_POST


def _mine(peserta: Peserta, tes: int) -> TesSaya:
    """Raises:
    Http404: no test of this participant's cohort.
    """
    found = next((satu for satu in tes_of(peserta, timezone.now()) if satu.tes.pk == tes), None)
    if found is None:
        raise Http404
    return found


def _step(request: HttpRequest, peserta: Peserta, mine: TesSaya) -> str:
    """Do what was posted; returns the address of the next screen.

    Raises:
        ValidationError: too late, handed in before, or no choice of that question.
    """
    here = reverse("pelatihan:ikut_tes", args=[peserta.pk, mine.tes.pk])
    if mine.pengerjaan is None or "mulai" in request.POST:
        actions.begin(peserta=peserta, tes=mine.tes)
        return f"{here}?soal=1"
    if "kirim" in request.POST:
        actions.submit(pengerjaan=mine.pengerjaan)
        return here
    form = JawabanForm(request.POST)
    if not form.is_valid():
        raise ValidationError("Langkah itu tidak dikenal. Muat ulang halaman, lalu pilih lagi.")
    if form.cleaned_data["pilihan"]:
        actions.answer(
            pengerjaan=mine.pengerjaan, butir=form.cleaned_data["butir"], pilihan=form.cleaned_data["pilihan"]
        )
    return f"{here}?soal={form.cleaned_data['ke']}"


def _screen(request: HttpRequest, mine: TesSaya) -> dict[str, Any]:
    """The question asked for; the one that was not answered yet where none was; behind the last the list of all."""
    if mine.pengerjaan is None or not mine.dibuka:
        return {}
    soal = soal_of(mine.pengerjaan)
    first = next((satu.nomor for satu in soal if satu.terpilih is None), len(soal) + 1)
    told = parse_nomor(request.GET.get("soal", ""), digits=4)
    nomor = first if told is None else told
    shown = soal[nomor - 1] if 1 <= nomor <= len(soal) else None
    kosong = [satu.nomor for satu in soal if satu.terpilih is None]
    return {"semua": soal, "soal": shown, "kosong": kosong}


@GET_POST
@load_peserta
@never_cache
def ikut_tes(request: HttpRequest, peserta: Peserta, tes: int) -> HttpResponse:
    mine, galat = _mine(peserta, tes), []
    if request.method == "POST":
        try:
            return redirect(_step(request, peserta, mine))
        except ValidationError as error:
            mine, galat = _mine(peserta, tes), error.messages
    zona = peserta.kelas.zona if peserta.kelas else "WIB"
    ctx = {"peserta": peserta, "mine": mine, "galat": galat, "zona": zona, "zona_waktu": ZONA[zona]}
    ctx |= _screen(request, mine)
    if "semua" in request.GET and "semua" in ctx:  # the script asks once for every screen
        return render(request, "pelatihan/_tes_semua.html", ctx)
    return render(request, "pelatihan/ikut_tes.html", ctx, status=422 if galat else 200)
