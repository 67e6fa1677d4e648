"""New editions of the national region list, for those who work nationwide: look, apply, decide what follows what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions import edisi as aksi
from kecamatan.actions.impor import discard_berkas
from kecamatan.decorators import PetugasRequest, load_nasional, require_izin
from kecamatan.exports import edisi_table
from kecamatan.forms_edisi import EdisiForm, RiwayatForm, SaringRiwayatForm
from kecamatan.models import BerkasImpor, JenisRiwayat, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.edisi import daftar_riwayat, ringkasan_edisi
from p3pd_portal.lib.angka import parse_nomor
from p3pd_portal.lib.spreadsheet import Rejected
from p3pd_portal.lib.tables import CSV_TYPE


ERRORS_SHOWN = 200
PER_PAGE = 50
TINDAKAN = ("setujui", "setujui_yakin", "tolak")


@require_http_methods(["GET", "HEAD", "POST"])
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def edisi(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    sent = request.method == "POST"
    form = EdisiForm(request.POST, request.FILES) if sent else EdisiForm()
    ctx = {"form": form, "ringkasan": ringkasan_edisi()}
    if not sent:
        return render(request, "kecamatan/edisi.html", ctx)
    if not form.is_valid():
        return render(request, "kecamatan/edisi.html", ctx, status=422)
    try:
        berkas = aksi.preview_berkas(by=request.user, wilayah=wilayah, **form.cleaned_data)
    except Rejected as ditolak:
        ctx |= {"ditolak": ditolak, "galat": ditolak.errors[:ERRORS_SHOWN]}
        return render(request, "kecamatan/edisi.html", ctx, status=422)
    return redirect("kecamatan:edisi_pratinjau", berkas.pk)


@require_safe
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def edisi_pratinjau(request: HttpRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    return render(request, "kecamatan/edisi_pratinjau.html", {"berkas": _berkas(wilayah, pk)})


@require_safe
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def edisi_unduh(request: HttpRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    """Every difference as CSV, while the file waits."""
    berkas = get_object_or_404(BerkasImpor, pk=pk, wilayah=wilayah, jenis="wilayah", status="pratinjau")
    response = HttpResponse(edisi_table(aksi.preview_edisi(aksi.read_edisi(berkas).rows)), content_type=CSV_TYPE)
    response["Content-Disposition"] = 'attachment; filename="perubahan-wilayah.csv"'
    return response


@require_POST
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def edisi_simpan(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    berkas = _berkas(wilayah, pk)
    try:
        berkas = aksi.confirm_berkas(by=request.user, berkas=berkas)
    except Rejected as ditolak:
        ctx = {"berkas": berkas, "ditolak": ditolak, "galat": ditolak.errors[:ERRORS_SHOWN]}
        return render(request, "kecamatan/edisi_pratinjau.html", ctx, status=409)
    if berkas.status == BerkasImpor.Status.TERSIMPAN:
        messages.info(request, _("Edisi baru berlaku. Putuskan sekarang wilayah mana meneruskan wilayah mana."))
    return redirect("kecamatan:riwayat")


@require_POST
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def edisi_batal(request: PetugasRequest, wilayah: Wilayah, pk: str) -> HttpResponse:
    discard_berkas(by=request.user, berkas=_berkas(wilayah, pk))
    messages.info(request, _("Dibatalkan. Daftar wilayah tidak berubah."))
    return redirect("kecamatan:edisi")


@require_http_methods(["GET", "HEAD", "POST"])
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def riwayat(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """Proposals to decide, and decided ones. A POST decides the ticked ones, or all sure ones of the filter."""
    saring = SaringRiwayatForm(request.GET)
    rows = daftar_riwayat(**saring.choices())
    ctx = {"saring": saring, "halaman": Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))}
    if request.method != "POST":
        return render(request, "kecamatan/riwayat.html", ctx)
    tindakan = request.POST.get("tindakan", "")
    picked = [pk for told in request.POST.getlist("pilih") if (pk := parse_nomor(told, digits=18)) is not None]
    chosen = rows.waiting().filter(yakin=True) if tindakan == "setujui_yakin" else rows.filter(pk__in=picked)
    try:
        ids = chosen.values_list("pk", flat=True) if tindakan in TINDAKAN else []
        n = aksi.decide_riwayat(ids=ids, setuju=tindakan != "tolak", by=request.user)
    except Rejected as ditolak:
        return render(request, "kecamatan/riwayat.html", ctx | {"ditolak": ditolak}, status=409)
    messages.info(request, ngettext("%(n)d usulan diputuskan.", "%(n)d usulan diputuskan.", n) % {"n": n})
    return redirect(f"{request.path}?{request.GET.urlencode()}")


@require_http_methods(["GET", "HEAD", "POST"])
@load_nasional
@require_izin(Izin.KELOLA_WILAYAH)
def riwayat_tambah(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """What the lists cannot tell: a village split off, merged, or renamed."""
    form = RiwayatForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        jenis = JenisRiwayat(form.cleaned_data.pop("jenis"))
        try:
            satu = aksi.add_riwayat(by=request.user, jenis=jenis, **form.cleaned_data)
        except Rejected as ditolak:
            form.add_error(None, str(ditolak))
        else:
            messages.info(request, _("Tercatat: %(riwayat)s.") % {"riwayat": satu})
            return redirect("kecamatan:riwayat")
    return render(request, "kecamatan/riwayat_tambah.html", {"form": form}, status=422 if form.errors else 200)


def _berkas(wilayah: Wilayah, pk: str) -> BerkasImpor:
    return get_object_or_404(BerkasImpor.objects.defer("isi"), pk=pk, wilayah=wilayah, jenis="wilayah")
