"""The desk of complaints: its list, one case, and every step that an officer takes."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecamatan.actions.audit import record_access
from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.exports import attachment
from kecamatan.forms import posted
from kecamatan.models import Bidang, Tingkat, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.pribadi import samarkan
from pengaduan.actions import meja as actions
from pengaduan.actions.terima import terima
from pengaduan.forms_meja import CatatanForm, CatatLaporanForm, KlasifikasiForm, LangkahForm, TayangForm
from pengaduan.models import Lampiran, Langkah, Pengaduan
from pengaduan.models.alur import ALUR, langkah_dari
from pengaduan.queries import meja as queries
from pengaduan.queries.kode import TandaTerima
from pengaduan.views.lapor import render_tanda


GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def load_pengaduan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> Pengaduan:
    """A report of the region that this person may read.

    Raises:
        Http404: there is none.
    """
    seen = Pengaduan.objects.visible_to(request.user).in_wilayah(wilayah)
    rows = seen.select_related(
        "kategori", "wilayah__induk__induk", "meja", "pelaksana_wilayah", "unit", "induk", "kontak"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
@load_wilayah
@require_izin(Izin.JAWAB_PENGADUAN)
def meja(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    asked = request.GET
    halaman = asked.get("hal", "1")
    daftar = queries.daftar_meja(
        request.user,
        wilayah,
        asked.get("tampil", ""),
        asked.get("bidang", ""),
        asked.get("unit", ""),
        int(halaman) if halaman.isdecimal() else 1,
    )
    may_record = wilayah.tingkat >= Tingkat.KECAMATAN and request.user.has_izin(Izin.KELOLA_PENGADUAN, wilayah)
    ctx = {
        "wilayah": wilayah,
        "daftar": daftar,
        "may_record": may_record,
        "may_manage": request.user.has_izin(Izin.KELOLA_PENGADUAN, wilayah),
        "may_keys": request.user.has_izin(Izin.KELOLA_KUNCI_API, wilayah),
        "bidang": Bidang.objects.all(),
        "unit": queries.unit_meja(wilayah),
        "tanpa_pemindai": not settings.CLAMD,
    }
    return render(request, "pengaduan/meja.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.JAWAB_PENGADUAN)
def meja_rinci(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    return _rinci(request, wilayah, load_pengaduan(request, wilayah, pk))


def _rinci(request: PetugasRequest, wilayah: Wilayah, satu: Pengaduan, **more: Any) -> HttpResponse:
    """The page of a case. Who reads a confidential one is written down."""
    if satu.rahasia:
        record_access(by=request.user, objek=satu, alasan="membaca laporan rahasia", wilayah=satu.wilayah)
    judul, isi = satu.judul_publik or samarkan(satu.judul), satu.isi_publik or samarkan(satu.isi)
    ctx = {
        "wilayah": wilayah,
        "pengaduan": satu,
        "rincian": queries.rincian_meja(request.user, satu),
        "form_klasifikasi": KlasifikasiForm(initial=_classes(satu)),
        "form_catatan": CatatanForm(),
        "form_tayang": TayangForm(initial={"judul_publik": judul, "isi_publik": isi}),
    } | more
    return render(request, "pengaduan/meja_rinci.html", ctx, status=422 if more else 200)


def _classes(satu: Pengaduan) -> dict[str, Any]:
    return {
        "jenis": satu.jenis, "kategori": satu.kategori_id, "terlapor": satu.terlapor, "pengawasan": satu.pengawasan,
        "wbs": satu.wbs,
    }  # fmt: skip


def _back(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """To the case, or to the list where it went out of this person's sight."""
    messages.info(request, _("Tersimpan."))
    if Pengaduan.objects.visible_to(request.user).in_wilayah(wilayah).filter(pk=pk).exists():
        return redirect("pengaduan:meja_rinci", wilayah.kode, pk)
    return redirect("pengaduan:meja", wilayah.kode)


@GET_POST
@load_wilayah
@require_izin(Izin.JAWAB_PENGADUAN)
def meja_langkah(request: PetugasRequest, wilayah: Wilayah, pk: int, langkah: str) -> HttpResponse:
    """One step of the table, on a page of its own."""
    satu = load_pengaduan(request, wilayah, pk)
    if langkah not in ALUR:
        raise Http404
    step = Langkah(langkah)
    open_ones = Pengaduan.objects.visible_to(request.user).open().exclude(pk=pk)
    form = LangkahForm(posted(request), langkah=step, tujuan=queries.tujuan_disposisi(satu), induk=open_ones)
    if form.saves(lambda: actions.take_langkah(by=request.user, pengaduan=satu, langkah=step, **form.rincian())):
        return _back(request, wilayah, pk)
    baku = list(queries.jawaban_baku(satu))
    chosen = next((one.isi for one in baku if str(one.pk) == request.GET.get("jawaban")), "")
    form.initial.setdefault("catatan", chosen)
    ctx = {"wilayah": wilayah, "pengaduan": satu, "form": form, "judul": step.label, "langkah": step, "baku": baku}
    return render(request, "pengaduan/meja_langkah.html", ctx, status=_refused(satu, step) if form.errors else 200)


def _refused(satu: Pengaduan, step: Langkah) -> int:
    """409 where somebody else was faster and this is no step from there any more; else what was typed is at fault."""
    satu.refresh_from_db()
    return 422 if step in langkah_dari(satu.status) else 409


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def meja_klasifikasi(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu, form = load_pengaduan(request, wilayah, pk), KlasifikasiForm(request.POST)
    if form.saves(lambda: actions.classify(by=request.user, pengaduan=satu, **form.cleaned_data)):
        return _back(request, wilayah, pk)
    return _rinci(request, wilayah, satu, form_klasifikasi=form)


@require_POST
@load_wilayah
@require_izin(Izin.JAWAB_PENGADUAN)
def meja_catatan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu, form = load_pengaduan(request, wilayah, pk), CatatanForm(request.POST)
    if not form.is_valid():
        return _rinci(request, wilayah, satu, form_catatan=form)
    actions.add_catatan(by=request.user, pengaduan=satu, **form.cleaned_data)
    return _back(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def meja_tayang(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Show the report to everybody, or with `turun` no longer."""
    satu, form = load_pengaduan(request, wilayah, pk), TayangForm(request.POST)

    def save() -> None:
        said = {"judul": form.cleaned_data["judul_publik"], "isi": form.cleaned_data["isi_publik"]}
        actions.set_tayang(by=request.user, pengaduan=satu, tayang="turun" not in request.POST, **said)

    if form.saves(save):
        return _back(request, wilayah, pk)
    return _rinci(request, wilayah, satu, form_tayang=form)


@require_POST
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def meja_redaksi(request: PetugasRequest, wilayah: Wilayah, pk: int, langkah: int) -> HttpResponse:
    satu = load_pengaduan(request, wilayah, pk)
    actions.redact(by=request.user, langkah=get_object_or_404(satu.langkah.all(), pk=langkah))
    return _back(request, wilayah, pk)


@require_POST
@load_wilayah
@require_izin(Izin.JAWAB_PENGADUAN)
def meja_kontak(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    """Name and contact of the reporter, shown once they are asked for and written down each time."""
    satu = load_pengaduan(request, wilayah, pk)
    if not hasattr(satu, "kontak"):
        raise Http404
    if not queries.rincian_meja(request.user, satu).boleh_kontak:
        raise PermissionDenied
    record_access(by=request.user, objek=satu, alasan="kontak pelapor", wilayah=satu.wilayah)
    return render(request, "pengaduan/meja_kontak.html", {"wilayah": wilayah, "pengaduan": satu, "kontak": satu.kontak})


@require_safe
@load_wilayah
@require_izin(Izin.JAWAB_PENGADUAN)
def meja_lampiran(request: PetugasRequest, wilayah: Wilayah, pk: int, urutan: int) -> HttpResponse:
    """A picture or document, always to be saved and never shown inside the portal: it came from outside."""
    satu = load_pengaduan(request, wilayah, pk)
    berkas = get_object_or_404(Lampiran, pengaduan=satu, urutan=urutan, status=Lampiran.Status.BERSIH)
    return attachment(bytes(berkas.isi), berkas.tipe, f"{satu.nomor}-{urutan}.{berkas.akhiran}")


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_PENGADUAN)
def meja_catat(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """Write down a report that somebody told an officer; the receipt is theirs to take along."""
    if wilayah.tingkat < Tingkat.KECAMATAN:
        raise Http404
    form = CatatLaporanForm(posted(request), request.FILES or None, kecamatan=wilayah, initial={"wilayah": wilayah.pk})
    tanda: list[TandaTerima] = []
    told = lambda: terima(laporan=form.laporan(), kunci=form.cleaned_data["kunci"], by=request.user)  # noqa: E731
    if form.saves(lambda: tanda.append(told())):
        return render_tanda(request, tanda[0])
    ctx = {"wilayah": wilayah, "form": form}
    return render(request, "pengaduan/meja_catat.html", ctx, status=422 if form.errors else 200)
