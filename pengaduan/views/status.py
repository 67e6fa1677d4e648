"""What became of a report: for whoever has number and code."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kecamatan.actions.batas import count_try, tries
from kecamatan.adapters import alamat_pengunjung
from kecamatan.exports import attachment
from kecamatan.forms import posted
from pengaduan.actions.hapus import erase_kontak, erase_pribadi
from pengaduan.actions.pelapor import add_tambahan, answer
from pengaduan.exports import JSON_TYPE, data_json
from pengaduan.forms import KodeForm, TanggapForm
from pengaduan.models import Langkah, Pengaduan
from pengaduan.queries.kode import find_by_kode
from pengaduan.queries.pelapor import data_pelapor, halaman_pelapor


SALAH_SEJAM, SALAH_BERSAMA = 10, 1000
"""Wrong codes in an hour: of one address, and of all together."""
HAPUS = {"hapus": erase_pribadi, "hapus_kontak": erase_kontak}
JAWABAN = {"lengkapi": Langkah.LENGKAPI, "puas": Langkah.PUAS, "keberatan": Langkah.KEBERATAN}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def lapor_status(request: HttpRequest) -> HttpResponse:
    form = KodeForm(posted(request))
    pengaduan = _find(request, form) if request.method == "POST" and form.is_valid() else None
    if pengaduan is None:
        return render(request, "pengaduan/lapor_status.html", {"form": form}, status=422 if form.errors else 200)
    return _page(request, pengaduan, form)


@require_POST
@never_cache
@login_not_required
def lapor_tanggapi(request: HttpRequest) -> HttpResponse:
    """What the reporter wants, sent with the code: to complete, add, accept or object, to take the own data away, or to
    have them erased."""
    form, tanggap = KodeForm(request.POST), TanggapForm(request.POST)
    pengaduan = _find(request, form) if form.is_valid() else None
    if pengaduan is None:
        return render(request, "pengaduan/lapor_status.html", {"form": form}, status=422)
    aksi = request.POST.get("aksi", "")
    if aksi == "unduh":
        return attachment(data_json(data_pelapor(pengaduan)), JSON_TYPE, "data-laporan.json")
    tanggap.saves(lambda: _answer(pengaduan, aksi, **tanggap.cleaned_data))
    status = 422 if tanggap.errors else 200
    return _page(request, pengaduan, form, tanggap if tanggap.errors else None, status)


def _answer(pengaduan: Pengaduan, aksi: str, *, catatan: str, kepuasan: int | None, yakin: bool) -> None:
    if aksi in HAPUS and not yakin:
        raise ValidationError({"yakin": _("Belum dihapus. Centang dahulu bahwa Anda yakin.")})
    if aksi in HAPUS:
        HAPUS[aksi](pengaduan=pengaduan)
    elif aksi in JAWABAN:
        answer(pengaduan=pengaduan, langkah=JAWABAN[aksi], catatan=catatan, kepuasan=kepuasan)
    else:
        add_tambahan(pengaduan=pengaduan, catatan=catatan)


def _find(request: HttpRequest, form: KodeForm) -> Pengaduan | None:
    """The report of number and code; the same words for a wrong code and a number that does not exist.

    After too many wrong codes of one address the right one opens nothing either, for the rest of the hour.
    """
    address = alamat_pengunjung(request) or ""
    if tries("kode", address) >= SALAH_SEJAM or tries("kode", "") >= SALAH_BERSAMA:
        form.add_error(None, _("Terlalu banyak percobaan. Coba lagi satu jam lagi."))
        return None
    found = find_by_kode(form.cleaned_data["nomor"], form.cleaned_data["kode"])
    if found is None:
        count_try("kode", address)
        count_try("kode", "")
        form.add_error(None, _("Nomor dan kode ini tidak cocok. Periksa keduanya."))
    return found


def _page(
    request: HttpRequest, pengaduan: Pengaduan, form: KodeForm, tanggap: TanggapForm | None = None, status: int = 200
) -> HttpResponse:
    pengaduan.refresh_from_db()
    ctx = {
        "halaman": halaman_pelapor(pengaduan),
        "pengaduan": pengaduan,
        "form": form,
        "tanggap": tanggap or TanggapForm(),
    }
    return render(request, "pengaduan/lapor_pelapor.html", ctx, status=status)
