"""Surveys for those who keep them: the list, one survey, its steps, its poster and report."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.exports import respond, respond_cetakan
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib import cetak
from pengaduan import exports_survei as exports
from pengaduan.actions import survei as actions
from pengaduan.forms_survei import RencanaForm, SurveiForm, initial_tanggal
from pengaduan.models import Survei
from pengaduan.queries import jawaban_survei as jawaban
from pengaduan.queries import survei as queries
from pengaduan.views.survei import hal


GET_POST = require_http_methods(["GET", "HEAD", "POST"])
LANGKAH: dict[str, Callable[..., Survei]] = {
    "buka": actions.open_survei,
    "tutup": actions.close_survei,
    "terbitkan": actions.publish_survei,
    "tarik": actions.withdraw_survei,
}


def load_survei(request: PetugasRequest, wilayah: Wilayah, pk: int) -> Survei:
    """A survey of the region that this person keeps.

    Raises:
        Http404: there is none.
    """
    mine = Survei.objects.visible_to(request.user).in_wilayah(wilayah)
    return get_object_or_404(mine.select_related("unit__wilayah__induk__induk"), pk=pk)


def _form_page(request: PetugasRequest, wilayah: Wilayah, form: Any, survei: Survei | None = None) -> HttpResponse:
    ctx = {"wilayah": wilayah, "form": form, "survei": survei, "layanan": queries.nama_layanan()}
    return render(request, "pengaduan/survei_isian.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_kelola(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    halaman = queries.daftar_kelola(request.user, wilayah, hal(request))
    return render(request, "pengaduan/survei_kelola.html", {"wilayah": wilayah, "halaman": halaman})


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    units = queries.unit_kelola(request.user, wilayah)
    form = SurveiForm(posted(request), unit=units, initial=initial_tanggal(timezone.localdate()))
    made: list[Survei] = []
    if form.saves(lambda: made.append(actions.create_survei(by=request.user, **form.cleaned_data))):
        return redirect("pengaduan:survei_rinci", wilayah.kode, made[0].pk)
    return _form_page(request, wilayah, form)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    survei = load_survei(request, wilayah, pk)
    form = SurveiForm(posted(request), unit=queries.unit_kelola(request.user, wilayah), survei=survei)
    if form.saves(lambda: actions.change_survei(by=request.user, survei=survei, **form.cleaned_data)):
        return redirect("pengaduan:survei_rinci", wilayah.kode, pk)
    return _form_page(request, wilayah, form, survei)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_rinci(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    survei = load_survei(request, wilayah, pk)
    hasil = queries.hasil_survei(survei)
    ctx = {
        "wilayah": wilayah,
        "survei": survei,
        "hasil": hasil,
        "kemajuan": None if hasil else jawaban.kemajuan(survei),
        "saran": jawaban.daftar_saran(survei, hal(request)),
        "form": RencanaForm(initial={"rencana": survei.rencana}),
        "alamat": _alamat("survei_isi", survei.kunci),
        "hari_ini": timezone.localdate(),
        "pdf": cetak.pdf_tersedia(),
    }
    return render(request, "pengaduan/survei_rinci.html", ctx)


def _alamat(name: str, key: str) -> str:
    """The full address of a page, as it is printed: that of the portal, from wherever the officer came."""
    return settings.SITE_URL + reverse(f"pengaduan:{name}", args=[key])


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_langkah(request: PetugasRequest, wilayah: Wilayah, pk: int, langkah: str) -> HttpResponse:
    survei = load_survei(request, wilayah, pk)
    if langkah not in LANGKAH:
        raise Http404
    with refusals_told(request):
        LANGKAH[langkah](by=request.user, survei=survei)
        messages.info(request, _("Tersimpan."))
    return redirect("pengaduan:survei_rinci", wilayah.kode, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_rencana(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    survei, form = load_survei(request, wilayah, pk), RencanaForm(request.POST)
    with refusals_told(request):
        if form.is_valid():
            actions.plan_survei(by=request.user, survei=survei, **form.cleaned_data)
            messages.info(request, _("Tersimpan."))
    return redirect("pengaduan:survei_rinci", wilayah.kode, pk)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_poster(request: PetugasRequest, wilayah: Wilayah, pk: int, bentuk: str) -> HttpResponse:
    """The poster: `html` for the browser's own print, or `pdf`. A draft has none: its address leads nowhere yet."""
    survei = load_survei(request, wilayah, pk)
    if survei.status == Survei.Status.DRAF:
        raise Http404
    return respond_cetakan(
        request, exports.poster(survei, _alamat("survei_isi", survei.kunci)), bentuk, f"poster-{survei.kunci}"
    )


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_SURVEI)
def survei_laporan(request: PetugasRequest, wilayah: Wilayah, pk: int, bentuk: str) -> HttpResponse:
    """The report of a closed survey: `html`, `pdf` or `xlsx`."""
    survei = load_survei(request, wilayah, pk)
    hasil, name = queries.hasil_survei(survei), f"skm-{survei.unit.wilayah.kode}-{survei.periode}-{survei.pk}"
    if hasil is None:
        raise Http404
    if bentuk == "xlsx":
        return respond(name, bentuk, exports.laporan_sheets(hasil, _alamat("survei", survei.unit.wilayah.kode)))
    return respond_cetakan(request, exports.laporan(hasil), bentuk, name)
