"""Village spending of a region, for everybody: the page, its pictures, and its tables to take away."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, conditional_page, require_safe

from kecamatan.decorators import load_wilayah_publik
from kecamatan.exports import respond
from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar import charts, charts_belanja, exports, exports_mutu
from layanan_dasar.aggregation.keselarasan import alasan_kosong
from layanan_dasar.queries.kualitas import KualitasWilayah
from layanan_dasar.queries.mutu import MutuWilayah
from p3pd_portal.lib.charts import PLOTLY_STYLE
from p3pd_portal.lib.tables import Sheet


def _mutu(request: HttpRequest, wilayah: Wilayah) -> MutuWilayah:
    semua = KualitasWilayah(wilayah)
    return MutuWilayah(semua, semua.pilih_tahun(request.GET.get("tahun", "")))


def _version(request: HttpRequest, wilayah: Wilayah) -> str | None:
    """ETag of a region's figures: when they last changed."""
    latest = wilayah.kualitas_belanja.aggregate(latest=Max("updated_at"))["latest"]
    return f'"{wilayah.pk}-{latest.timestamp()}"' if latest else None


@require_safe
@login_not_required
@csp_update({"style-src": PLOTLY_STYLE})
@load_wilayah_publik
def belanja(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    mutu = _mutu(request, wilayah)
    user = request.user
    ctx = {
        "wilayah": wilayah,
        "leluhur": list(Wilayah.objects.ancestors_of(wilayah)),
        "tahun": mutu.tahun,
        "tahun_tersedia": mutu.semua.tahun,
        "dari": Wilayah.objects.closed_into(wilayah, request.GET.get("dari", "")),
        "may_import": isinstance(user, Pengguna) and user.has_izin(Izin.IMPOR_APBDES, wilayah),
        "mutu": mutu,
        "bagian": exports_mutu.BAGIAN,
        "alasan_kebutuhan": alasan_kosong(mutu.pasangan),
        **charts_belanja.isi_mutu(mutu),
    }
    return render(request, "layanan_dasar/belanja.html", ctx)


@require_safe
@login_not_required
@load_wilayah_publik
def mutu(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    isi = _mutu(request, wilayah)
    sheets = exports_mutu.mutu_sheets(isi, request.GET.get("bagian", ""))
    return respond(f"mutu-belanja-{wilayah.kode}-{isi.tahun}", bentuk, sheets)


@conditional_page
@require_safe
@login_not_required
@load_wilayah_publik
def kuadran(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    isi = _mutu(request, wilayah)
    return HttpResponse(charts_belanja.kuadran_figure(isi.pasangan), content_type="application/json")


@require_safe
@login_not_required
@load_wilayah_publik
@condition(etag_func=_version)
def komposisi(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    figure = charts.komposisi_figure(KualitasWilayah(wilayah).komposisi())
    return HttpResponse(figure, content_type="application/json")


@require_safe
@login_not_required
@load_wilayah_publik
def unduh(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    sheet = Sheet("Kualitas belanja", exports.KUALITAS_HEADER, exports.kualitas_rows(wilayah), [16, 28])
    return respond(f"kualitas-belanja-{wilayah.kode}", bentuk, [sheet])
