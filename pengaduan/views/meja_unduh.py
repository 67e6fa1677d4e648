"""The list of a desk to take away."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from kecamatan.actions.audit import record_access
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import respond
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.hari_libur import kalender
from pengaduan.exports import meja_sheet
from pengaduan.queries.meja import semua_meja


SARINGAN = ("tampil", "bidang", "unit")


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def meja_unduh(request: PetugasRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    """All cases of the filter that is shown, not its page alone, from kabupaten down; the country's are no spreadsheet.
    Who takes a list away is written down."""
    if wilayah.tingkat < Tingkat.KABUPATEN:
        raise Http404
    jam, asked = kalender(wilayah), request.GET
    rows = semua_meja(request.user, wilayah, *(asked.get(name, "") for name in SARINGAN))
    answer = respond(f"pengaduan-{wilayah.kode}", bentuk, [meja_sheet(rows, jam.hari_ini, jam.zoneinfo)])
    record_access(by=request.user, objek=wilayah, alasan="mengunduh daftar pengaduan", wilayah=wilayah)
    answer["Cache-Control"] = "private, no-store"
    return answer
