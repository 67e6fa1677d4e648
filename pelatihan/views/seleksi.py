"""Proposals and decisions, for those who run a cohort; and the answer of a participant."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, refusals_told, require_izin
from kecamatan.exports import respond_cetakan
from kecamatan.forms import posted
from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib import cetak
from pelatihan.actions import konfirmasi, seleksi
from pelatihan.decorators import load_peserta
from pelatihan.exports_usulan import pesan_whatsapp, surat_hasil
from pelatihan.forms import AlasanForm
from pelatihan.forms_usulan import KembaliForm, PutusForm
from pelatihan.models import Calon, Peserta, Undangan
from pelatihan.queries.seleksi import daftar_usulan, menurut_provinsi, of_provinsi
from pelatihan.queries.usulan import rincian_usulan
from pelatihan.views.angkatan import GET_POST, load_angkatan
from pelatihan.views.undangan import load_undangan_kelola


SEKALIGUS = 50
"""Kabupaten that one table shows; more are shown by provinsi."""
MINGGU = datetime.timedelta(days=7)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def usulan_daftar(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """All kabupaten; of a cohort of many the provinsi first, then the kabupaten of one (`?provinsi=35`)."""
    angkatan = load_angkatan(request, wilayah, pk)
    daftar, provinsi = daftar_usulan(angkatan), []
    if len(daftar.baris) > SEKALIGUS:
        provinsi = menurut_provinsi(daftar)
    chosen = next((satu.wilayah for satu in provinsi if satu.wilayah.kode == request.GET.get("provinsi")), None)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "provinsi": provinsi, "terpilih": chosen, "semua": daftar}
    ctx["daftar"] = of_provinsi(daftar, chosen.kode) if chosen else daftar
    ctx["memilih"] = angkatan.status in seleksi.MEMILIH
    return render(request, "pelatihan/usulan_daftar.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def usulan(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int) -> HttpResponse:
    return _page(request, wilayah, load_undangan_kelola(request, wilayah, pk, undangan))


def _page(request: PetugasRequest, wilayah: Wilayah, satu: Undangan, galat: list[str] | None = None) -> HttpResponse:
    rincian = rincian_usulan(satu, kelola=True)
    ctx = {"wilayah": wilayah, "angkatan": satu.angkatan, "undangan": satu, "rincian": rincian, "galat": galat}
    ctx |= {"memilih": satu.angkatan.status in seleksi.MEMILIH, "pdf": cetak.pdf_tersedia()}
    ctx["whatsapp"] = pesan_whatsapp(rincian)
    return render(request, "pelatihan/usulan.html", ctx, status=422 if galat else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def usulan_kembali(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int) -> HttpResponse:
    """Send a proposal back for repair."""
    satu = load_undangan_kelola(request, wilayah, pk, undangan)
    form = KembaliForm(posted(request), initial={"batas": timezone.localdate() + MINGGU})
    if form.saves(lambda: seleksi.return_usulan(by=request.user, usulan=satu.usulan, **form.cleaned_data)):
        messages.success(request, _("Usulan dikembalikan; kantornya mendapat surel."))
        return redirect("pelatihan:usulan", wilayah.kode, pk, undangan)
    ctx = {"wilayah": wilayah, "angkatan": satu.angkatan, "form": form}
    ctx["judul"] = _("Kembalikan usulan %(nama)s") % {"nama": satu.wilayah.nama_lengkap}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def usulan_putus(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int) -> HttpResponse:
    """Approve, keep in reserve or refuse those who were ticked."""
    satu = load_undangan_kelola(request, wilayah, pk, undangan)
    form = PutusForm(request.POST, calon=satu.usulan.calon.values_list("pk", flat=True))
    said: list[str] = []
    if form.saves(lambda: said.append(_decide(request.user, satu, form.cleaned_data))):
        messages.success(request, said[0])
        return redirect("pelatihan:usulan", wilayah.kode, pk, undangan)
    return _page(request, wilayah, satu, [str(text) for texts in form.errors.values() for text in texts])


def _decide(by: Pengguna, undangan: Undangan, data: dict[str, object]) -> str:
    """What was decided, as a sentence."""
    who = {"by": by, "angkatan": undangan.angkatan, "calon": data["calon"]}
    if data["keputusan"] == "tolak":
        return _("%(n)s calon ditolak.") % {"n": seleksi.reject(**who, alasan=str(data["alasan"]))}  # type: ignore[arg-type]
    if data["keputusan"] == "cadangan":
        return _("%(n)s calon menjadi cadangan.") % {"n": seleksi.reserve(**who)}  # type: ignore[arg-type]
    hasil = seleksi.approve(**who)  # type: ignore[arg-type]
    text = _("%(n)s calon disetujui.") % {"n": len(hasil.disetujui)}
    if hasil.cadangan:
        names = ", ".join(satu.nama for satu in hasil.cadangan)
        text += _(" Kuota penuh, menjadi cadangan: %(nama)s.") % {"nama": names}
    return text


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def seleksi_sisa(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Places that are left go to those in reserve; with `antar` also to those of other kabupaten."""
    angkatan = load_angkatan(request, wilayah, pk)
    antar = request.POST.get("antar") == "1"
    with refusals_told(request):
        n = seleksi.offer_sisa(by=request.user, angkatan=angkatan, antar=antar)
        messages.success(request, _("%(n)s cadangan dipanggil.") % {"n": n})
    return redirect("pelatihan:usulan_daftar", wilayah.kode, pk)


def _load_calon(request: PetugasRequest, wilayah: Wilayah, pk: int, calon: int) -> Calon:
    angkatan = load_angkatan(request, wilayah, pk)
    found = Calon.objects.select_related("usulan__undangan__wilayah", "unsur")
    return get_object_or_404(found, usulan__undangan__angkatan=angkatan, pk=calon)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def calon_naik(request: PetugasRequest, wilayah: Wilayah, pk: int, calon: int) -> HttpResponse:
    """One place up in the reserve."""
    satu = _load_calon(request, wilayah, pk, calon)
    angkatan = satu.usulan.undangan.angkatan
    with refusals_told(request):
        seleksi.raise_cadangan(by=request.user, angkatan=angkatan, calon=calon)
        messages.success(request, _("Urutan cadangan diubah."))
    return redirect("pelatihan:usulan", wilayah.kode, pk, satu.usulan_id)


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def calon_ganti(request: PetugasRequest, wilayah: Wilayah, pk: int, calon: int) -> HttpResponse:
    """Somebody who was approved does not come; the first reserve does."""
    satu = _load_calon(request, wilayah, pk, calon)
    angkatan, form, called = satu.usulan.undangan.angkatan, AlasanForm(posted(request)), []
    if form.saves(lambda: called.append(
        seleksi.withdraw(by=request.user, angkatan=angkatan, calon=calon, **form.cleaned_data)
    )):  # fmt: skip
        text = _("%(nama)s menggantikannya.") % {"nama": called[0]} if called[0] else _("Tidak ada cadangan.")
        messages.success(request, text)
        return redirect("pelatihan:usulan", wilayah.kode, pk, satu.usulan_id)
    ctx = {"wilayah": wilayah, "angkatan": angkatan, "form": form}
    ctx["judul"] = _("%(nama)s mengundurkan diri") % {"nama": satu}
    return render(request, "pelatihan/isian.html", ctx, status=422 if form.errors else 200)


@require_safe
@load_wilayah
@require_izin(Izin.KELOLA_PELATIHAN)
def usulan_hasil(request: PetugasRequest, wilayah: Wilayah, pk: int, undangan: int, bentuk: str) -> HttpResponse:
    """The result letter to one kabupaten: `html` or `pdf`."""
    satu = load_undangan_kelola(request, wilayah, pk, undangan)
    rincian = rincian_usulan(satu)
    return respond_cetakan(request, surat_hasil(rincian), bentuk, f"hasil-seleksi-{satu.wilayah.kode}")


@GET_POST
@load_peserta
@never_cache
def ikut_konfirmasi(request: HttpRequest, peserta: Peserta) -> HttpResponse:
    """ "Saya hadir di pelatihan ini", or "Saya tidak dapat hadir" with the reason."""
    form = AlasanForm(posted(request) if request.POST.get("hadir") == "0" else None)
    if request.method == "POST" and request.POST.get("hadir") == "1":
        with refusals_told(request):
            konfirmasi.confirm(peserta=peserta)
            messages.success(request, _("Terima kasih, kehadiran Anda tercatat."))
        return redirect("pelatihan:ikut_rinci", peserta.pk)
    if form.saves(lambda: konfirmasi.decline(peserta=peserta, **form.cleaned_data)):
        messages.info(request, _("Terima kasih atas kabarnya. Tempat Anda diberikan kepada cadangan."))
        return redirect("pelatihan:ikut_rinci", peserta.pk)
    ctx = {"peserta": peserta, "form": form}
    return render(request, "pelatihan/ikut_konfirmasi.html", ctx, status=422 if request.method == "POST" else 200)
