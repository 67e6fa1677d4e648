"""Surveys for everybody: the form behind a poster, and what the surveys of a region found."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kecamatan.actions.batas import count_try
from kecamatan.adapters import alamat_pengunjung
from kecamatan.decorators import load_wilayah_publik
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from p3pd_portal.lib.kode import normalize_kode
from pengaduan.actions.jawaban_survei import answer
from pengaduan.charts_survei import garis_deret
from pengaduan.forms_jawaban import SurveiPublikForm, kunci_perangkat
from pengaduan.models import Survei, UnsurSKM
from pengaduan.queries import survei as queries
from pengaduan.queries.jawaban_survei import has_answered


SEJAM, SEJAM_TANPA_BUKTI, PERCOBAAN_SEJAM = 120, 15, 400
"""Of one address in an hour: new answers with proof and without, and forms of every kind. A waiting room shares one."""
COOKIE, UMUR_COOKIE = "survei", 400 * 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def survei_isi(request: HttpRequest, kunci: str) -> HttpResponse:
    """The form of a survey; where it does not run, why not. The device remembers its key, so that it counts once."""
    rows = Survei.objects.exclude(status=Survei.Status.DRAF).select_related("unit__wilayah")
    survei, today = get_object_or_404(rows, kunci=normalize_kode(kunci)), timezone.localdate()
    if survei.kunci != kunci:
        return redirect("pengaduan:survei_isi", survei.kunci)
    if not survei.is_open(today):
        ctx = {"survei": survei, "belum": not survei.is_closed and today < survei.dari}
        return render(request, "pengaduan/survei_tutup.html", ctx)
    if request.method == "POST" and count_try("survei-kirim", alamat_pengunjung(request) or "") > PERCOBAAN_SEJAM:
        return _too_often(request)
    perangkat = kunci_perangkat(request.COOKIES.get(COOKIE, ""))
    if request.method != "POST" and has_answered(survei, perangkat):
        return _thanks(request, survei, sudah=True)
    form = SurveiPublikForm(
        posted(request), unsur=UnsurSKM.objects.all(), kunci=perangkat, cara=request.GET.get("cara", "")
    )
    if request.method == "POST" and form.is_valid():
        return _take(request, survei, form)
    page = render(request, "pengaduan/survei_isi.html", {"survei": survei, "form": form},
                  status=422 if form.errors else 200)  # fmt: skip
    page.set_cookie(
        COOKIE, form.kunci_tampil, max_age=UMUR_COOKIE, path=request.path, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return page


def _take(request: HttpRequest, survei: Survei, form: SurveiPublikForm) -> HttpResponse:
    """The answer stored, unless this address sent too many; the same form again is none."""
    kunci, proved = form.cleaned_data["kunci"], form.is_terbukti
    limit = SEJAM if proved else SEJAM_TANPA_BUKTI
    is_first = not has_answered(survei, kunci)
    if is_first and count_try("survei", alamat_pengunjung(request) or "") > limit:
        return _too_often(request)
    try:
        is_new = answer(survei=survei, isi=form.isi(), kunci=kunci, cara=form.cleaned_data["cara"], terbukti=proved)
    except ValidationError:  # closed in this moment
        return render(request, "pengaduan/survei_tutup.html", {"survei": survei})
    return _thanks(request, survei, sudah=not is_new, kurang=form.kurang)


def _thanks(request: HttpRequest, survei: Survei, **told: bool) -> HttpResponse:
    return render(request, "pengaduan/survei_terima.html", {"survei": survei, **told})


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "pengaduan/terlalu_sering.html", {"survei": True}, status=429)


def hal(request: HttpRequest) -> int:
    """The page of a list that the address asks for."""
    asked = request.GET.get("hal", "1")
    return int(asked) if asked.isdecimal() else 1


@require_safe
@login_not_required
@load_wilayah_publik
def survei(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    halaman, deret = queries.daftar_publik(wilayah, hal(request))
    ctx = {
        "wilayah": wilayah,
        "halaman": halaman,
        "deret": [(satu, garis_deret(satu)) for satu in deret],
        "mutu": queries.tabel_mutu(),
    }
    return render(request, "pengaduan/survei.html", ctx)
