"""The steps of an evaluation that people fill in: intake, documents, answers, notes, result, Perdes, delegation."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.forms_orang import Bantu
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar import forms_evaluasi as forms
from layanan_dasar.actions import evaluasi as actions
from layanan_dasar.actions import isi_evaluasi as isi
from layanan_dasar.models import CatatanEvaluasi, DelegasiEvaluasi, EvaluasiAPBDes
from layanan_dasar.queries import evaluasi as queries
from layanan_dasar.views.evaluasi import load_evaluasi


Save = Callable[[], object]
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def _step(
    request: PetugasRequest, wilayah: Wilayah, evaluasi: EvaluasiAPBDes, form: Bantu, save: Save, judul: str | Promise
) -> HttpResponse:
    """A form of one step on a page of its own; afterwards back to the evaluation."""
    if form.saves(save):
        messages.info(request, _("Tersimpan."))
        return redirect("layanan_dasar:evaluasi_rinci", wilayah.kode, evaluasi.pk)
    ctx = {"wilayah": wilayah, "evaluasi": evaluasi, "form": form, "judul": judul}
    return render(request, "layanan_dasar/evaluasi_isian.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def evaluasi_terima(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    if wilayah.tingkat != Tingkat.KECAMATAN:
        raise Http404
    rancangan = queries.rancangan_menunggu(wilayah)
    form = forms.TerimaForm(posted(request), rancangan=rancangan)
    new: list[EvaluasiAPBDes] = []
    if form.saves(lambda: new.append(actions.open_evaluasi(by=request.user, **form.cleaned_data))):
        messages.info(request, _("Rancangan diterima. Periksa kelengkapan dokumennya."))
        return redirect("layanan_dasar:evaluasi_dokumen", wilayah.kode, new[0].pk)
    ctx = {"wilayah": wilayah, "form": form, "ada_rancangan": rancangan.exists()}
    return render(request, "layanan_dasar/evaluasi_terima.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def evaluasi_dokumen(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = load_evaluasi(request, wilayah, pk)
    dokumen = queries.daftar_dokumen(satu)
    form = forms.DokumenForm(posted(request), request.FILES or None, dokumen=dokumen)

    def save() -> None:
        isi.record_dokumen(by=request.user, evaluasi=satu, ada=form.ada(), berkas=form.berkas())

    if form.saves(save):
        messages.info(request, _("Daftar dokumen tersimpan."))
        return redirect("layanan_dasar:evaluasi_rinci", wilayah.kode, pk)
    ctx = {"wilayah": wilayah, "evaluasi": satu, "form": form, "dokumen": dokumen}
    return render(request, "layanan_dasar/evaluasi_dokumen.html", ctx, status=422 if form.errors else 200)


@GET_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def evaluasi_lengkap(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu, form = load_evaluasi(request, wilayah, pk), forms.LengkapForm(posted(request))
    save = lambda: actions.mark_lengkap(by=request.user, evaluasi=satu, **form.cleaned_data)  # noqa: E731
    return _step(request, wilayah, satu, form, save, _("Nyatakan dokumen lengkap"))


@GET_POST
@load_wilayah
@require_izin(Izin.NILAI_APBDES)
def evaluasi_butir(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = load_evaluasi(request, wilayah, pk)
    form = forms.ButirForm(posted(request), butir=queries.daftar_butir(satu))
    save = lambda: isi.answer_butir(by=request.user, evaluasi=satu, nilai=form.nilai())  # noqa: E731
    return _step(request, wilayah, satu, form, save, _("Pemeriksaan oleh penilai"))


@GET_POST
@load_wilayah
@require_izin(Izin.NILAI_APBDES)
def evaluasi_catatan(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu = load_evaluasi(request, wilayah, pk)
    form = forms.CatatanForm(posted(request), baris=queries.pilihan_baris(satu.apbdes))
    save = lambda: isi.add_catatan(by=request.user, evaluasi=satu, **form.cleaned_data)  # noqa: E731
    return _step(request, wilayah, satu, form, save, _("Tambah catatan"))


@require_POST
@load_wilayah
@require_izin(Izin.NILAI_APBDES)
def evaluasi_catatan_hapus(request: PetugasRequest, wilayah: Wilayah, pk: int, catatan: int) -> HttpResponse:
    satu = load_evaluasi(request, wilayah, pk)
    try:
        isi.remove_catatan(by=request.user, catatan=get_object_or_404(CatatanEvaluasi, pk=catatan, evaluasi=satu))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.info(request, _("Catatan dihapus."))
    return redirect("layanan_dasar:evaluasi_rinci", wilayah.kode, pk)


@GET_POST
@load_wilayah
@require_izin(Izin.NILAI_APBDES)
def evaluasi_hasil(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu, form = load_evaluasi(request, wilayah, pk), forms.HasilForm(posted(request))
    save = lambda: actions.nilai_evaluasi(by=request.user, evaluasi=satu, **form.cleaned_data)  # noqa: E731
    return _step(request, wilayah, satu, form, save, _("Hasil evaluasi"))


@GET_POST
@load_wilayah
@require_izin(Izin.IMPOR_APBDES)
def evaluasi_perdes(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu, form = load_evaluasi(request, wilayah, pk), forms.PerdesForm(posted(request))
    save = lambda: actions.enact_apbdes(by=request.user, evaluasi=satu, **form.cleaned_data)  # noqa: E731
    return _step(request, wilayah, satu, form, save, _("Catat Perdes APBDes"))


@GET_POST
@load_wilayah
@require_izin(Izin.NILAI_APBDES)
def evaluasi_batal(request: PetugasRequest, wilayah: Wilayah, pk: int) -> HttpResponse:
    satu, form = load_evaluasi(request, wilayah, pk), forms.BatalForm(posted(request))
    save = lambda: actions.cancel_evaluasi(by=request.user, evaluasi=satu, **form.cleaned_data)  # noqa: E731
    return _step(request, wilayah, satu, form, save, _("Batalkan evaluasi"))


@GET_POST
@load_wilayah
@require_izin(Izin.KELOLA_DELEGASI)
def delegasi(request: PetugasRequest, wilayah: Wilayah, pk: int | None = None) -> HttpResponse:
    """Delegations of a kabupaten, with a form for a new one, or (`pk`) to correct one."""
    if wilayah.tingkat != Tingkat.KABUPATEN:
        raise Http404
    satu = get_object_or_404(DelegasiEvaluasi, pk=pk, kabupaten=wilayah) if pk else DelegasiEvaluasi()
    form = forms.DelegasiForm(posted(request), initial=vars(satu))

    def save() -> None:
        for name, value in form.cleaned_data.items():
            setattr(satu, name, value)
        isi.save_delegasi(by=request.user, wilayah=wilayah, delegasi=satu)

    if form.saves(save):
        messages.info(request, _("Delegasi tersimpan."))
        return redirect("layanan_dasar:delegasi", wilayah.kode)
    ctx = {"wilayah": wilayah, "form": form, "ubah": pk, "daftar": DelegasiEvaluasi.objects.filter(kabupaten=wilayah)}
    return render(request, "layanan_dasar/delegasi.html", ctx, status=422 if form.errors else 200)
