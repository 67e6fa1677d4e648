"""The cascade of training in a region, for those who work there."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import respond
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from pelatihan.exports_kaskade import matriks_sheet
from pelatihan.queries import gerak
from pelatihan.queries import kaskade as queries
from pelatihan.queries.tanda_kaskade import daftar_tanda
from pelatihan.queries.terlatih import HARI_AKTIF
from pelatihan.views.angkatan import hal


def _refuse_desa(wilayah: Wilayah) -> None:
    if wilayah.tingkat == Tingkat.DESA:
        raise Http404


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def kaskade(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    _refuse_desa(wilayah)
    tot, indikator = request.GET.get("tot", ""), gerak.pilihan_indikator(wilayah)
    chosen = next(
        (satu for satu in indikator if satu.kode == request.GET.get("indikator")), next(iter(indikator), None)
    )
    cabang = queries.silsilah(wilayah)
    terpilih = next((satu.angkatan for satu in cabang if str(satu.angkatan.pk) == tot), None)
    halaman, pelatih = queries.daftar_pelatih(wilayah, hal(request), terpilih.pk if terpilih else None)
    ctx = {
        "wilayah": wilayah, "leluhur": list(Wilayah.objects.ancestors_of(wilayah)), "matriks": queries.matriks(wilayah),
        "tanda": daftar_tanda(wilayah), "cabang": cabang, "terpilih": terpilih, "halaman": halaman, "pelatih": pelatih,
        "hari_aktif": HARI_AKTIF, "indikator": indikator, "dipilih": chosen,
        "gerak": gerak.gerak_indikator(wilayah, chosen) if chosen else None,
    }  # fmt: skip
    return render(request, "pelatihan/kaskade.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def kaskade_unduh(request: PetugasRequest, wilayah: Wilayah, bentuk: str) -> HttpResponse:
    _refuse_desa(wilayah)
    return respond(f"cakupan-pelatihan-{wilayah.kode}", bentuk, [matriks_sheet(queries.matriks(wilayah))])
