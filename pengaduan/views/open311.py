"""Open311 GeoReport v2: discovery, services, reports that everybody may read, and the way in for new ones."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from p3pd_portal.lib.open311 import TIPE, Galat
from pengaduan.forms_open311 import CariForm, WilayahForm
from pengaduan.queries import open311 as queries
from pengaduan.queries.open311_kunci import find_token
from pengaduan.queries.open311_layanan import daftar_layanan, definisi
from pengaduan.views.open311_kirim import take
from pengaduan.views.open311_pintu import alamat, open311, tidak_ada


PERUBAHAN = "2026-11-23T00:00:00+07:00"
"""When this interface last changed."""
BACA = ("GET", "HEAD")


@open311("discovery", *BACA)
def discovery(request: HttpRequest) -> object:
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": alamat("open311") + "v2",
        "changeset": PERUBAHAN,
        "type": "production",
        "formats": [tipe.partition(";")[0] for tipe in TIPE.values()],
    }
    return {
        "changeset": PERUBAHAN,
        "contact": _("Admin kabupaten/kota; lihat %s") % alamat("open311"),
        "key_service": alamat("open311") + "#kunci",
        "endpoints": [endpoint],
    }


@open311("services", *BACA)
def services(request: HttpRequest) -> object:
    WilayahForm(request.GET).check()
    return daftar_layanan()


@open311("service_definition", *BACA)
def definition(request: HttpRequest, kode: str) -> object:
    WilayahForm(request.GET).check()
    return _found(definisi(kode), _("Kode layanan ini tidak ada. Daftarnya di /services."))


@open311("service_requests", *BACA, "POST")
def requests(request: HttpRequest) -> object:
    if request.method == "POST":
        return take(request)
    form = CariForm(request.GET)
    form.check()
    return queries.daftar_permintaan(form.saringan())


@open311("service_requests", *BACA)
def one_request(request: HttpRequest, nomor: str) -> object:
    """Unknown, waiting for its moderator, or confidential: the answer is the same."""
    form = WilayahForm(request.GET)
    form.check()
    found = queries.find_permintaan(nomor, form.cleaned_data["jurisdiction_id"])
    return [_found(found, _("Tidak ada laporan bernomor ini untuk umum."))]


@open311("service_requests", *BACA)
def token(request: HttpRequest, token: str) -> object:
    WilayahForm(request.GET).check()
    return [_found(find_token(token), _("Token ini tidak ada."))]


@open311("errors")
def lain(request: HttpRequest, sisa: str) -> object:
    """Every other address below."""
    raise tidak_ada()


def _found(found: object | None, words: str) -> object:
    if found is None:
        raise Galat(404, words)
    return found
