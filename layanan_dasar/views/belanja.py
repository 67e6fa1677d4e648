from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from kecamatan.decorators import load_wilayah_publik
from kecamatan.exports import respond
from kecamatan.models import Wilayah
from layanan_dasar import charts, exports
from layanan_dasar.queries import kualitas
from p3pd_portal.lib.tables import Sheet


def _version(request: HttpRequest, wilayah: Wilayah) -> str | None:
    """ETag of a region's figures: when they last changed."""
    latest = wilayah.kualitas_belanja.aggregate(latest=Max("updated_at"))["latest"]
    return f'"{wilayah.pk}-{latest.timestamp()}"' if latest else None


@require_safe
@login_not_required
@load_wilayah_publik
@condition(etag_func=_version)
def komposisi(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    figure = charts.komposisi_figure(kualitas.KualitasWilayah(wilayah).komposisi())
    return HttpResponse(figure, content_type="application/json")


@require_safe
@login_not_required
@load_wilayah_publik
def unduh(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    sheet = Sheet("Kualitas belanja", exports.KUALITAS_HEADER, exports.kualitas_rows(wilayah), [16, 28])
    return respond(f"kualitas-belanja-{wilayah.kode}", bentuk, [sheet])
