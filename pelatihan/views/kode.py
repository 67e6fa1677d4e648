"""One-time codes of a class: made, shown once to be printed, known to nobody afterwards."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kecamatan.actions.audit import record_access
from kecamatan.decorators import PetugasRequest
from p3pd_portal.lib.qr import qr
from pelatihan.actions.tautan import BERLAKU, give_kode
from pelatihan.queries.kelas import rincian_kelas
from pelatihan.views.angkatan import GET_POST
from pelatihan.views.kelas import load_kelas


@GET_POST
@never_cache
def kelas_kode(request: PetugasRequest, pk: int) -> HttpResponse:
    """GET: whom to give a code; POST: the codes of those who were ticked, this once."""
    kelas = load_kelas(request, pk)
    rows = rincian_kelas(kelas, request.user).peserta
    ctx = {"kelas": kelas, "wilayah": kelas.angkatan.program.wilayah, "rows": rows, "hari": BERLAKU.days}
    ticked = set(request.POST.getlist("peserta"))
    chosen = [satu for satu in rows if str(satu.pk) in ticked]
    if request.method != "POST" or not chosen:
        ctx["kosong"] = request.method == "POST"
        return render(request, "pelatihan/kelas_kode.html", ctx, status=422 if ctx["kosong"] else 200)
    codes = give_kode(by=request.user, kelas=kelas, peserta=[satu.pk for satu in chosen])
    record_access(by=request.user, objek=kelas, alasan="mencetak kode peserta", wilayah=kelas.wilayah)
    alamat = request.build_absolute_uri(reverse("pelatihan:ikut"))
    # behind the #, which browsers keep to themselves: a code is in no address that a server or proxy writes down
    cards = ((satu, codes[satu.pk]) for satu in chosen if satu.pk in codes)
    ctx |= {"alamat": alamat, "kartu": [(satu, kode, qr(f"{alamat}#{kode}")) for satu, kode in cards]}
    return render(request, "pelatihan/kelas_kode_cetak.html", ctx)
