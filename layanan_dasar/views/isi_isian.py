"""The desk of figures as people write: cells, notes, the steps of a sheet, and locks that are opened again."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.forms import posted
from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.actions import langkah_isian as actions
from layanan_dasar.actions.isian import HasilSimpan, koreksi_isian, open_kunci, save_sel
from layanan_dasar.actions.temuan import note_temuan
from layanan_dasar.forms_isian import AjukanForm, AlasanForm, BarisKisi, BukaKunciForm, CatatanTemuanForm
from layanan_dasar.models import PengecualianKunci
from layanan_dasar.views.isian import Halaman, load_lembar, render_rinci


@require_POST
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_simpan(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    """Save rows of the grid: one as it is typed (htmx), or all that are shown."""
    halaman = load_lembar(request, wilayah, dataset, periode)
    sent = [row for row in halaman.kisi(request.POST) if row.form.is_sent]
    invalid = [row for row in sent if not row.form.is_valid()]
    if invalid:
        return _rows(request, halaman, sent, status=422)
    try:
        hasil = _save(request, halaman, sent)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _rows(request, halaman, sent, status=409)
    if request.headers.get("HX-Request"):
        return _saved_row(request, load_lembar(request, wilayah, dataset, periode), sent, hasil)
    if hasil.bentrok:
        messages.error(request, _("Sebagian sel sudah diubah orang lain sejak Anda membukanya. Periksa lagi angkanya."))
    messages.info(request, _("%(n)s sel tersimpan.") % {"n": len(hasil.tersimpan)})
    query = request.GET.urlencode()
    return redirect(reverse("layanan_dasar:isian_lembar", args=halaman.alamat) + (f"?{query}" if query else ""))


def _save(request: PetugasRequest, halaman: Halaman, sent: list[BarisKisi]) -> HasilSimpan:
    return save_sel(
        by=request.user,
        dataset=halaman.dataset,
        kecamatan=halaman.kecamatan,
        periode=halaman.periode,
        isi={row.form.kunci: row.form.sel for row in sent},
        dasar={row.form.kunci: row.form.semula for row in sent},
    )


def _rows(request: PetugasRequest, halaman: Halaman, sent: list[BarisKisi], status: int) -> HttpResponse:
    """What was typed, with what is wrong about it; nothing of it was saved."""
    if request.headers.get("HX-Request"):
        return render(request, "layanan_dasar/_isian_keterangan.html", {"row": sent[0]}, status=status)
    ctx = halaman.ctx() | {"rows": halaman.kisi(request.POST)}
    return render(request, "layanan_dasar/isian_lembar.html", ctx, status=status)


def _saved_row(request: PetugasRequest, halaman: Halaman, sent: list[BarisKisi], hasil: HasilSimpan) -> HttpResponse:
    """The row as it stands now: saved, or with what somebody else typed in between."""
    kunci = sent[0].form.kunci
    row = next(satu for satu in halaman.kisi() if satu.form.kunci == kunci)
    ctx = halaman.ctx() | {"row": row, "bentrok": kunci in hasil.bentrok, "tersimpan": kunci in hasil.tersimpan}
    return render(request, "layanan_dasar/_isian_tersimpan.html", ctx)


def _step(
    request: PetugasRequest, halaman: Halaman, act: Callable[..., object], done: str, **told: object
) -> HttpResponse:
    """Take a step of the sheet; what the action refuses stands on the page, and nothing has changed.

    Args:
        told: what the action is told beside who acts on which sheet.
    """
    if halaman.isian is None:
        messages.error(request, _("Lembar ini belum berisi satu angka pun."))
        return redirect("layanan_dasar:isian_rinci", *halaman.alamat)
    try:
        act(by=request.user, isian=halaman.isian, **told)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.info(request, done)
    return redirect("layanan_dasar:isian_rinci", *halaman.alamat)


def _step_with_reason(request: PetugasRequest, halaman: Halaman, act: Callable[..., object], done: str) -> HttpResponse:
    """A step that asks why."""
    form = AlasanForm(request.POST)
    if not form.is_valid():
        return render_rinci(request, halaman, form_alasan=form)
    return _step(request, halaman, act, done, **form.cleaned_data)


@require_POST
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_catatan(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman = load_lembar(request, wilayah, dataset, periode)
    form = CatatanTemuanForm(request.POST, temuan=halaman.temuan)
    if not form.is_valid():
        return render_rinci(request, halaman, form_catatan=form)
    return _step(request, halaman, note_temuan, _("Catatan tersimpan."), catatan=form.catatan())


@require_POST
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_ajukan(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman, form = load_lembar(request, wilayah, dataset, periode), AjukanForm(request.POST)
    form.is_valid()  # a tick that is missing is an answer
    done = _("Diajukan. Verifikator sudah diberi tahu.")
    return _step(request, halaman, actions.ajukan_isian, done, **form.cleaned_data)


@require_POST
@load_wilayah
@require_izin(Izin.VERIFIKASI_CAPAIAN)
def isian_verifikasi(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman, done = load_lembar(request, wilayah, dataset, periode), _("Diverifikasi. Camat sudah diberi tahu.")
    return _step(request, halaman, actions.verifikasi_isian, done)


@require_POST
@load_wilayah
@require_izin(Izin.VERIFIKASI_CAPAIAN)
def isian_kembalikan(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman, done = load_lembar(request, wilayah, dataset, periode), _("Dikembalikan. Pengisi sudah diberi tahu.")
    return _step_with_reason(request, halaman, actions.kembalikan_isian, done)


@require_POST
@load_wilayah
@require_izin(Izin.SAHKAN_CAPAIAN)
def isian_sahkan(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman = load_lembar(request, wilayah, dataset, periode)
    done = _("Disahkan dan terbit. Angkanya sudah tampil di halaman wilayah.")
    return _step(request, halaman, actions.sahkan_isian, done)


@require_POST
@load_wilayah
@require_izin(Izin.ISI_CAPAIAN)
def isian_koreksi(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman = load_lembar(request, wilayah, dataset, periode)
    done = _("Versi baru dibuka. Yang terbit tetap tampil sampai versi ini disahkan.")
    return _step_with_reason(request, halaman, koreksi_isian, done)


@require_http_methods(["GET", "HEAD", "POST"])
@load_wilayah
@require_izin(Izin.BUKA_KUNCI)
def isian_kunci(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """Exceptions from the lock in a region, and a form for a new one."""
    form = BukaKunciForm(posted(request))
    if form.saves(lambda: open_kunci(by=request.user, wilayah=wilayah, **form.cleaned_data)):
        messages.info(request, _("Periode dibuka lagi. Catatannya tersimpan."))
        return redirect("layanan_dasar:isian_kunci", wilayah.kode)
    daftar = PengecualianKunci.objects.in_wilayah(wilayah).select_related("wilayah", "dataset", "created_by__orang")
    ctx = {"wilayah": wilayah, "form": form, "daftar": daftar[:100]}
    return render(request, "layanan_dasar/isian_kunci.html", ctx, status=422 if form.errors else 200)
