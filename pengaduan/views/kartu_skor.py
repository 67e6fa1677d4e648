"""Community score cards: what everybody reads, and the pages of those who keep them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, load_wilayah_publik, refusals_told, require_izin
from kecamatan.forms import posted
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from pengaduan.actions import kartu_skor as actions
from pengaduan.forms_kartu import AksiForm, KartuForm, KeadaanForm, PertemuanForm, SkorForm
from pengaduan.models import KartuSkor, RencanaAksiSkor
from pengaduan.queries import kartu_skor as queries
from pengaduan.queries.survei import unit_kelola
from pengaduan.views.survei import hal


GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_not_required
@load_wilayah_publik
def kartu_skor(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    ctx = {"wilayah": wilayah, "halaman": queries.daftar_publik(wilayah, hal(request))}
    return render(request, "pengaduan/kartu_skor.html", ctx)


@require_safe
@login_not_required
@load_wilayah_publik
def kartu_skor_baca(request: HttpRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    rows = KartuSkor.objects.published().in_wilayah(wilayah).select_related("wilayah", "unit", "bidang")
    isi = queries.isi_kartu(get_object_or_404(rows, pk=pk), publik=True)
    return render(request, "pengaduan/kartu_skor_baca.html", {"wilayah": wilayah, "isi": isi})


def load_kartu(request: PetugasRequest, wilayah: Wilayah, pk: int) -> KartuSkor:
    """A card of the region that this person keeps.

    Raises:
        Http404: there is none.
    """
    mine = KartuSkor.objects.visible_to(request.user).in_wilayah(wilayah)
    return get_object_or_404(mine.select_related("wilayah", "unit", "bidang"), pk=pk)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_kelola(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    ctx = {
        "wilayah": wilayah,
        "halaman": queries.daftar_kelola(request.user, wilayah, hal(request)),
        "may_add": wilayah.tingkat >= Tingkat.KECAMATAN,
    }
    return render(request, "pengaduan/kartu_skor_kelola.html", ctx)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat < Tingkat.KECAMATAN:
        raise Http404
    initial = {"tanggal": timezone.localdate(), "wilayah": wilayah.pk}
    form = KartuForm(posted(request), wilayah=wilayah, unit=unit_kelola(request.user, wilayah), initial=initial)
    made: list[KartuSkor] = []
    if form.saves(lambda: made.append(actions.create_kartu(by=request.user, **form.cleaned_data))):
        return redirect("pengaduan:kartu_skor_isi", wilayah.kode, made[0].pk)
    ctx = {"wilayah": wilayah, "form": form}
    return render(request, "pengaduan/kartu_skor_tambah.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_isi(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """All scores of a card in one table."""
    kartu = load_kartu(request, wilayah, pk)
    form = SkorForm(posted(request), skor=list(kartu.skor.all()))
    if form.saves(lambda: actions.save_skor(by=request.user, kartu=kartu, skor=form.isi())):
        return redirect("pengaduan:kartu_skor_rinci", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "kartu": kartu, "form": form}
    return render(request, "pengaduan/kartu_skor_isi.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_rinci(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    return _rinci(request, wilayah, load_kartu(request, wilayah, pk))


def _rinci(request: PetugasRequest, wilayah: Wilayah, kartu: KartuSkor, **more: Any) -> HttpResponse:
    met = {"tanggal": kartu.tgl_pertemuan or timezone.localdate(), "catatan": kartu.catatan_pertemuan}
    ctx = {
        "wilayah": wilayah,
        "isi": queries.isi_kartu(kartu),
        "keadaan": RencanaAksiSkor.Keadaan.choices,
        "form_pertemuan": PertemuanForm(initial=met),
        "form_aksi": AksiForm(),
    } | more
    return render(request, "pengaduan/kartu_skor_rinci.html", ctx, status=422 if more else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_pertemuan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    kartu, form = load_kartu(request, wilayah, pk), PertemuanForm(request.POST)
    if form.saves(lambda: actions.record_pertemuan(by=request.user, kartu=kartu, **form.cleaned_data)):
        return redirect("pengaduan:kartu_skor_rinci", wilayah.kode, pk)
    return _rinci(request, wilayah, kartu, form_pertemuan=form)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_aksi(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    kartu, form = load_kartu(request, wilayah, pk), AksiForm(request.POST)
    if form.saves(lambda: actions.add_aksi(by=request.user, kartu=kartu, **form.cleaned_data)):
        return redirect("pengaduan:kartu_skor_rinci", wilayah.kode, pk)
    return _rinci(request, wilayah, kartu, form_aksi=form)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_keadaan(request: PetugasRequest, wilayah: Wilayah, pk: int, aksi: int) -> HttpResponse:
    """How far an action is."""
    satu, form = get_object_or_404(load_kartu(request, wilayah, pk).aksi.all(), pk=aksi), KeadaanForm(request.POST)
    if form.is_valid():
        actions.set_keadaan(by=request.user, aksi=satu, **form.cleaned_data)
    return redirect("pengaduan:kartu_skor_rinci", wilayah.kode, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def kartu_skor_tayang(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Show the card to everybody, or with `turun` no longer."""
    kartu = load_kartu(request, wilayah, pk)
    with refusals_told(request):
        actions.set_tayang_kartu(by=request.user, kartu=kartu, tayang="turun" not in request.POST)
    return redirect("pengaduan:kartu_skor_rinci", wilayah.kode, pk)
