"""Basic services of a region, for everybody: how it stands, its tables to take away, and where a figure comes from."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecamatan.decorators import load_wilayah_publik
from kecamatan.exports import respond
from kecamatan.models import Pengguna, Tingkat, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar import charts_capaian, exports_capaian
from layanan_dasar.forms_isian import AlasanForm
from layanan_dasar.queries.capaian import CapaianWilayah, Pembaca
from layanan_dasar.queries.capaian_tahun import CapaianTahun
from layanan_dasar.queries.paspor import paspor
from p3pd_portal.lib.periode import Periode


def _semua(request: HttpRequest, wilayah: Wilayah) -> CapaianWilayah:
    """The region for this reader: who works in it sees figures of few people too."""
    leluhur, user = list(Wilayah.objects.ancestors_of(wilayah)), request.user

    def works_in(satu: Wilayah) -> bool:
        return isinstance(user, Pengguna) and user.has_izin(Izin.LIHAT_DATA_KERJA, satu)

    *_, atas = [wilayah, *(satu for satu in leluhur[:-1] if satu.contains(wilayah.kode))]
    return CapaianWilayah(wilayah, leluhur, Pembaca(works_in(wilayah), works_in(atas)), timezone.localdate())


def _capaian(request: HttpRequest, wilayah: Wilayah) -> CapaianTahun:
    semua = _semua(request, wilayah)
    asked = request.GET.get("bidang", "").upper()
    bidang = asked if any(satu.bidang_id == asked for satu in semua.katalog) else ""
    return CapaianTahun(semua, semua.pilih_tahun(request.GET.get("tahun", "")), bidang)


@require_safe
@login_not_required
@load_wilayah_publik
def capaian(request: HttpRequest, wilayah: Wilayah) -> HttpResponse:
    isi = _capaian(request, wilayah)
    urut = request.GET.get("urut", "")
    ctx = {
        "wilayah": wilayah,
        "leluhur": isi.semua.leluhur,
        "capaian": isi,
        "tahun": isi.tahun,
        "urut": urut,
        "dari": Wilayah.objects.closed_into(wilayah, request.GET.get("dari", "")),
        "bagian": exports_capaian.BAGIAN,
        "may_see_desk": isi.semua.pembaca.di_sini,
        "may_import": isinstance(request.user, Pengguna) and request.user.has_izin(Izin.IMPOR_ANGKA, wilayah),
        **charts_capaian.isi_capaian(isi, urut),
    }
    return render(request, "layanan_dasar/capaian.html", ctx)


@require_safe
@login_not_required
@load_wilayah_publik
def capaian_unduh(request: HttpRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    isi = _capaian(request, wilayah)
    sheets = exports_capaian.capaian_sheets(isi, request.GET.get("bagian", ""))
    return respond(f"capaian-{wilayah.kode}-{isi.tahun}", bentuk, sheets)


@require_safe
@login_not_required
@load_wilayah_publik
def angka(request: HttpRequest, wilayah: Wilayah, indikator: str, periode: str) -> HttpResponse:
    try:
        found = paspor(_semua(request, wilayah), indikator, Periode.parse(periode))
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    ctx = {
        "wilayah": wilayah,
        "leluhur": found.semua.leluhur,
        "paspor": found,
        "indikator": found.indikator,
        "garis": charts_capaian.garis_paspor(found),
        "form": AlasanForm() if found.semua.pembaca.di_sini and wilayah.tingkat >= Tingkat.KECAMATAN else None,
    }
    return render(request, "layanan_dasar/angka.html", ctx)
