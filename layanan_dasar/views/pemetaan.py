"""The mapping of kegiatan: the work list of a kabupaten, its own mappings, and those of the nation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import respond
from kecamatan.forms import posted
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar import exports
from layanan_dasar.actions import pemetaan as actions
from layanan_dasar.forms_pemetaan import PemetaanForm, PemetaanNasionalForm, formulir_belum
from layanan_dasar.models import PemetaanKegiatan
from layanan_dasar.queries import pemetaan as queries


TAB = ("belum", "kabupaten", "nasional")


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def pemetaan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    _refuse_other_levels(wilayah)
    pilihan = queries.tahun_pemetaan(wilayah)
    tahun, tab = _tahun(request, pilihan), _tab(request, wilayah)
    may_edit = request.user.has_izin(Izin.KELOLA_PEMETAAN, wilayah)
    ctx = {
        "wilayah": wilayah,
        "leluhur": list(Wilayah.objects.ancestors_of(wilayah)),
        "tahun": tahun,
        "pilihan": pilihan,
        "tab": tab,
        "is_nasional": wilayah.tingkat == Tingkat.NASIONAL,
        "may_edit": may_edit,
        "may_import": request.user.has_izin(Izin.IMPOR_APBDES, wilayah),
        **_isi(request, wilayah, tab, tahun),
    }
    return render(request, "layanan_dasar/pemetaan.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def pemetaan_unduh(request: PetugasRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    _refuse_other_levels(wilayah)
    tahun = _tahun(request, queries.tahun_pemetaan(wilayah))
    sheets = exports.pemetaan_sheets(wilayah, tahun, _tab(request, wilayah))
    return respond(f"pemetaan-kegiatan-{wilayah.kode}-{tahun}", bentuk, sheets)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PEMETAAN)
def pemetaan_usulkan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat != Tingkat.KABUPATEN:
        raise Http404
    tahun = _tahun(request, queries.tahun_pemetaan(wilayah))
    n = actions.propose_pemetaan(by=request.user, kabupaten=wilayah, tahun=tahun)
    text = ngettext("%(n)d usulan disimpan. Belum dihitung sebelum Anda setujui.",
                    "%(n)d usulan disimpan. Belum dihitung sebelum Anda setujui.", n)  # fmt: skip
    messages.info(request, text % {"n": n})
    return _back(wilayah, "belum", tahun)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_PEMETAAN)
def pemetaan_simpan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """A new mapping; `kode` in the address fills in what holds for that kegiatan now."""
    _refuse_other_levels(wilayah)
    tahun = _tahun(request, queries.tahun_pemetaan(wilayah))
    holds = queries.berlaku(wilayah, tahun).get(request.GET.get("kode", ""))
    initial = {**(PemetaanForm.initial_of(holds) if holds else {}), "tahun_dari": tahun, "tahun_sampai": None}
    return _fill(request, wilayah, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_PEMETAAN)
def pemetaan_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = _own(wilayah, pk)
    return _fill(request, wilayah, satu, PemetaanForm.initial_of(satu))


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PEMETAAN)
def pemetaan_cabut(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = _own(wilayah, pk)
    if satu.kabupaten_id is None:
        raise Http404
    actions.delete_pemetaan(by=request.user, pemetaan=satu)
    messages.info(request, _("Pemetaan %(kode)s dicabut.") % {"kode": satu.kode_kegiatan})
    return _back(wilayah, "kabupaten")


def _isi(request: PetugasRequest, wilayah: Wilayah, tab: str, tahun: int) -> dict[str, Any]:
    """What the chosen tab shows."""
    if wilayah.tingkat == Tingkat.NASIONAL:
        return {"peta": queries.nasional(tahun)}
    if tab == "kabupaten":
        return {"milik": queries.pemetaan_kabupaten(wilayah)}
    if tab == "nasional":
        return {"peta": [satu for satu in queries.peta_kegiatan(wilayah, tahun) if satu.is_nasional]}
    daftar = queries.belum_dipetakan(wilayah, tahun)
    halaman = queries.halaman_belum(daftar, request.GET.get("hal", ""))
    return {"daftar": daftar, "halaman": halaman, "baris": formulir_belum(halaman, tahun)}


def _fill(
    request: PetugasRequest, wilayah: Wilayah, satu: PemetaanKegiatan | None, initial: dict[str, Any]
) -> HttpResponse:
    """Show the form of a mapping; sent and right, save it and go to the list."""
    nation = wilayah.tingkat == Tingkat.NASIONAL
    form = (PemetaanNasionalForm if nation else PemetaanForm)(posted(request), initial=initial)
    if satu:
        form.fields["kode_kegiatan"].disabled = True
    if form.is_valid():
        try:
            owner = None if nation else wilayah
            saved = actions.save_pemetaan(by=request.user, kabupaten=owner, pemetaan=satu, **form.values)
            text = _("%(kode)s: %(golongan)s, %(masa)s. Angkanya berubah sesudah hitungan malam.")
            messages.info(request, text % {"kode": saved.kode_kegiatan, "golongan": saved.golongan, "masa": saved.masa})
            return _back(wilayah, request.POST.get("tab", "kabupaten"), saved.tahun_dari)
        except ValidationError as error:
            form.add_error(None, error)
    ctx = {"wilayah": wilayah, "form": form, "satu": satu, "is_nasional": nation}
    return render(request, "layanan_dasar/pemetaan_isian.html", ctx, status=422 if form.is_bound else 200)


def _own(wilayah: Wilayah, pk: int) -> PemetaanKegiatan:
    """A mapping of the kabupaten, or of the nation on the nation's page."""
    _refuse_other_levels(wilayah)
    owner = None if wilayah.tingkat == Tingkat.NASIONAL else wilayah
    return get_object_or_404(PemetaanKegiatan.objects.approved(), kabupaten=owner, pk=pk)


def _refuse_other_levels(wilayah: Wilayah) -> None:
    """Only kabupaten and the nation lay down mappings."""
    if wilayah.tingkat not in (Tingkat.NASIONAL, Tingkat.KABUPATEN):
        raise Http404


def _tahun(request: HttpRequest, available: list[int]) -> int:
    """The year asked for, else the latest with budgets, else this year."""
    asked = request.POST.get("tahun") or request.GET.get("tahun", "")
    if asked.isascii() and asked.isdigit() and int(asked) in available:
        return int(asked)
    return available[0] if available else timezone.localdate().year


def _tab(request: HttpRequest, wilayah: Wilayah) -> str:
    asked = request.GET.get("tab", "")
    return "nasional" if wilayah.tingkat == Tingkat.NASIONAL else asked if asked in TAB else "belum"


def _back(wilayah: Wilayah, tab: str, tahun: int | None = None) -> HttpResponseRedirect:
    answer = redirect("layanan_dasar:pemetaan", wilayah.kode)
    answer["Location"] += "?" + urlencode({"tab": tab} | ({"tahun": tahun} if tahun else {}))
    return answer
