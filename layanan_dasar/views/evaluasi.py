"""The list of evaluations, one evaluation in full, its letter and its documents: what people read."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import attachment
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.exports_evaluasi import surat_hasil
from layanan_dasar.models import BerkasEvaluasi, EvaluasiAPBDes
from layanan_dasar.queries import evaluasi as queries
from p3pd_portal.lib import cetak


def load_evaluasi(request: PetugasRequest, wilayah: Wilayah, pk: int) -> EvaluasiAPBDes:
    """An evaluation of the region that the user may see.

    Raises:
        Http404: there is none.
    """
    seen = EvaluasiAPBDes.objects.visible_to(request.user).in_wilayah(wilayah)
    return get_object_or_404(seen.select_related("apbdes__desa__induk"), pk=pk)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def evaluasi(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat < Tingkat.KABUPATEN:
        raise Http404
    tampil, halaman = request.GET.get("tampil", ""), request.GET.get("halaman", "1")
    daftar = queries.daftar_evaluasi(request.user, wilayah, tampil, int(halaman) if halaman.isdecimal() else 1)
    ctx = {
        "wilayah": wilayah,
        "daftar": daftar,
        "tampil": tampil,
        "may_receive": wilayah.tingkat == Tingkat.KECAMATAN and request.user.has_izin(Izin.IMPOR_APBDES, wilayah),
        "may_import": request.user.has_izin(Izin.IMPOR_APBDES, wilayah),
        "may_head": wilayah.tingkat == Tingkat.KECAMATAN and request.user.has_izin(Izin.KELOLA_KOP_SURAT, wilayah),
        "may_delegate": wilayah.tingkat == Tingkat.KABUPATEN and request.user.has_izin(Izin.KELOLA_DELEGASI, wilayah),
    }
    return render(request, "layanan_dasar/evaluasi.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def evaluasi_rinci(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = load_evaluasi(request, wilayah, pk)
    user, kecamatan = request.user, satu.kecamatan
    ctx = {
        "wilayah": wilayah,
        "rincian": queries.rincian_evaluasi(satu),
        "evaluasi": satu,
        "may_receive": user.has_izin(Izin.IMPOR_APBDES, kecamatan),
        "may_judge": user.has_izin(Izin.NILAI_APBDES, kecamatan),
        "pdf": cetak.pdf_tersedia(),
        "docx": cetak.docx_tersedia(),
    }
    return render(request, "layanan_dasar/evaluasi_rinci.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def evaluasi_surat(request: PetugasRequest, wilayah: Wilayah, pk: int, bentuk: str) -> HttpResponse:
    """The result letter: `pdf`, `docx`, or `html` for the browser's own print. Without a result there is none."""
    satu = load_evaluasi(request, wilayah, pk)
    if not satu.hasil or bentuk not in ("pdf", "docx", "html"):
        raise Http404
    surat = surat_hasil(queries.rincian_evaluasi(satu))
    if bentuk == "html":
        return HttpResponse(cetak.to_html(surat))
    draw, kind = (cetak.to_pdf, cetak.PDF_TYPE) if bentuk == "pdf" else (cetak.to_docx, cetak.DOCX_TYPE)
    try:
        content = draw(surat)
    except cetak.BelumTersedia as missing:
        ctx = {"wilayah": wilayah, "evaluasi": satu, "alasan": missing}
        return render(request, "layanan_dasar/surat_belum.html", ctx, status=503)
    return attachment(content, kind, f"evaluasi-apbdes-{satu.apbdes.desa.kode}-{satu.apbdes.tahun}.{bentuk}")


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def evaluasi_berkas(request: PetugasRequest, wilayah: Wilayah, pk: int, jenis: str) -> HttpResponse:
    """A scan, always to be saved and never shown inside the portal: it came from outside."""
    satu = load_evaluasi(request, wilayah, pk)
    berkas = get_object_or_404(BerkasEvaluasi, dokumen__evaluasi=satu, dokumen__jenis=jenis)
    return attachment(bytes(berkas.isi), berkas.tipe, f"{jenis}-{satu.apbdes.desa.kode}.{berkas.akhiran}")
