"""The calendar of days off: everybody reads it, administrators keep that of their nation or kabupaten."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions.hari_libur import confirm_usulan, delete_hari_libur, propose_tahun, save_hari_libur
from kecamatan.decorators import PetugasRequest, load_wilayah, load_wilayah_publik, require_izin
from kecamatan.forms_hari import HariLiburForm, PilihHariForm, TahunForm, TenggatForm
from kecamatan.models import HariLibur, Pengguna, Tingkat, Wilayah
from kecamatan.models.hari_libur import BERKALENDER
from kecamatan.models.wilayah import NASIONAL
from kecamatan.permissions import Izin
from kecamatan.queries.hari_libur import TAHUN_AKHIR, TAHUN_AWAL, hitung_tenggat, kalender, kalender_tahun


@require_safe
@login_not_required
def hari_libur(request: HttpRequest) -> HttpResponse:
    return _calendar(request, get_object_or_404(Wilayah.objects.in_force(), kode=NASIONAL))


@require_safe
@login_not_required
@load_wilayah_publik
def hari_libur_wilayah(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    """A kabupaten's calendar; regions above have the nation's, regions below their kabupaten's."""
    if wilayah.tingkat < Tingkat.KABUPATEN:
        return redirect("kecamatan:hari_libur")
    if wilayah.tingkat > Tingkat.KABUPATEN:
        return redirect("kecamatan:hari_libur_wilayah", wilayah.kode[:5])
    return _calendar(request, wilayah)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_HARI_LIBUR)
def hari_libur_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    return _form(request, wilayah, None)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.KELOLA_HARI_LIBUR)
def hari_libur_ubah(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    return _form(request, wilayah, get_object_or_404(HariLibur.objects.kept_by(wilayah), pk=pk))


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_HARI_LIBUR)
def hari_libur_usulkan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    _refuse_unless(wilayah.tingkat == Tingkat.NASIONAL)
    form = TahunForm(request.POST)
    if not form.is_valid():
        return _back(request, wilayah, error=str(form.errors["tahun"][0]))
    tahun = form.cleaned_data["tahun"]
    n = propose_tahun(by=request.user, tahun=tahun)
    messages.info(request, ngettext("%(n)d hari diusulkan.", "%(n)d hari diusulkan.", n) % {"n": n})
    return _back(request, wilayah, tahun)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_HARI_LIBUR)
def hari_libur_tetapkan(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    _refuse_unless(wilayah.tingkat == Tingkat.NASIONAL)
    form = PilihHariForm(request.POST, days=HariLibur.objects.kept_by(wilayah).filter(usulan=True))
    if not form.is_valid():
        return _back(request, wilayah, error=str(next(iter(form.errors.values()))[0]))
    tahun = form.cleaned_data["hari"][0].tanggal.year
    n = confirm_usulan(by=request.user, hari=form.cleaned_data["hari"], sumber=form.cleaned_data["sumber"])
    messages.info(request, _("%(n)d hari ditetapkan dan mulai dihitung.") % {"n": n})
    return _back(request, wilayah, tahun)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_HARI_LIBUR)
def hari_libur_hapus(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    _refuse_unless(wilayah.tingkat in BERKALENDER)
    form = PilihHariForm(request.POST, days=HariLibur.objects.kept_by(wilayah), with_sumber=False)
    if not form.is_valid():
        return _back(request, wilayah, error=str(form.errors["hari"][0]))
    tahun = form.cleaned_data["hari"][0].tanggal.year
    n = delete_hari_libur(hari=form.cleaned_data["hari"])
    messages.info(request, _("%(n)d hari dihapus.") % {"n": n})
    return _back(request, wilayah, tahun)


def _calendar(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    form = TenggatForm(request.GET if "mulai" in request.GET else None)
    jam, tahun = kalender(wilayah), kalender_tahun(wilayah, _chosen_year(request))
    nation = wilayah.tingkat == Tingkat.NASIONAL
    user = request.user
    ctx = {
        "wilayah": wilayah,
        "kalender": tahun,
        "jam": jam,
        "form": form,
        "tenggat": hitung_tenggat(wilayah, jam, form.cleaned_data["mulai"], form.cleaned_data["hari"])
        if form.is_valid()
        else None,
        "pemilik_id": None if nation else wilayah.pk,
        "may_propose": nation and not tahun.ditetapkan and TahunForm({"tahun": tahun.tahun}).is_valid(),
        "may_edit": isinstance(user, Pengguna) and user.has_izin(Izin.KELOLA_HARI_LIBUR, wilayah),
    }
    return render(request, "kecamatan/hari_libur.html", ctx)


def _form(request: PetugasRequest, wilayah: Wilayah, hari: HariLibur | None) -> HttpResponse:
    _refuse_unless(wilayah.tingkat in BERKALENDER)
    form = HariLiburForm(request.POST or None, instance=hari, wilayah=wilayah)
    if request.method == "POST" and form.is_valid():
        saved = save_hari_libur(by=request.user, wilayah=wilayah, hari=hari, **form.values)
        messages.info(request, _("%(nama)s tersimpan.") % {"nama": saved.nama})
        return _back(request, wilayah, saved.tanggal.year)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "kecamatan/hari_libur_isi.html", {"wilayah": wilayah, "form": form, "hari": hari}, status=status
    )


def _refuse_unless(kept: bool) -> None:
    """Only the nation and kabupaten keep days off; the form of another region does not exist."""
    if not kept:
        raise Http404


def _chosen_year(request: HttpRequest) -> int:
    asked = request.GET.get("tahun", "")
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and TAHUN_AWAL <= int(asked) <= TAHUN_AKHIR:
        return int(asked)
    return timezone.localdate().year


def _back(request: HttpRequest, wilayah: Wilayah, tahun: int | None = None, *, error: str = "") -> HttpResponse:
    """To the calendar that was edited, with what went wrong if anything did."""
    if error:
        messages.error(request, error)
    nation = wilayah.tingkat == Tingkat.NASIONAL
    answer = redirect("kecamatan:hari_libur") if nation else redirect("kecamatan:hari_libur_wilayah", wilayah.kode)
    if tahun:
        answer["Location"] += f"?tahun={tahun}"
    return answer
