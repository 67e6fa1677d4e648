"""The desk of figures as people read it: the list of sheets, the grid of one, and its page for verifier and camat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kecamatan.decorators import PetugasRequest, load_wilayah, require_izin
from kecamatan.models import Tingkat, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.wilayah import kecamatan_of
from layanan_dasar.forms_isian import AjukanForm, AlasanForm, BarisKisi, CatatanTemuanForm, kisi
from layanan_dasar.models import Dataset, Indikator, Isian, Lembar, Temuan
from layanan_dasar.queries.isian import DaftarIsian
from layanan_dasar.queries.isian_kabupaten import daftar_kecamatan
from layanan_dasar.queries.jadwal import Jadwal, jadwal_of
from layanan_dasar.queries.lembar import isian_of, lembar, perubahan, pihak_isian
from p3pd_portal.lib.periode import Periode


PERUBAHAN_TAMPIL = 20


@dataclass(frozen=True)
class Halaman:
    """A sheet as its pages need it, for one reader: in a kecamatan all of it, in a desa the part of that desa; in its
    latest version, unless another one is asked for."""

    request: PetugasRequest
    wilayah: Wilayah
    dataset: Dataset
    periode: Periode
    versi: int | None = None

    @property
    def kecamatan(self) -> Wilayah:
        return kecamatan_of(self.wilayah)

    @property
    def alamat(self) -> list[str]:
        """Arguments of every address of this sheet."""
        return [self.wilayah.kode, self.dataset.kode, str(self.periode)]

    @cached_property
    def isian(self) -> Isian | None:
        return isian_of(self.dataset, self.kecamatan, self.periode, self.versi)

    @cached_property
    def lembar(self) -> Lembar:
        return lembar(self.dataset, self.kecamatan, self.periode, self.isian)

    @cached_property
    def jadwal(self) -> Jadwal:
        return jadwal_of(self.dataset, self.kecamatan, self.periode)

    @cached_property
    def temuan(self) -> Sequence[Temuan]:
        """What was found, the graver first."""
        if self.isian is None:
            return []
        rows = self.isian.temuan.select_related("wilayah", "indikator").order_by("tingkat", "indikator", "wilayah")
        return list(rows.filter(wilayah=self.wilayah) if self.is_desa else rows)

    @property
    def is_desa(self) -> bool:
        return self.wilayah.tingkat == Tingkat.DESA

    @cached_property
    def indikator(self) -> Sequence[Indikator]:
        """Those of the part that is shown: of a kecamatan one indicator at a time, of a desa all."""
        if self.is_desa:
            return self.lembar.indikator
        asked = self.request.GET.get("indikator", "")
        found = [satu for satu in self.lembar.indikator if satu.kode == asked] or self.lembar.indikator[:1]
        return tuple(found)

    def may_fill(self, wilayah: Wilayah) -> bool:
        """Whether the reader may type there now: by role and region, while it is a draft and open."""
        is_draf = self.isian is None or self.isian.is_draf
        return is_draf and self.jadwal.is_open and self.dataset.may_fill(self.request.user, wilayah)

    def kisi(self, data: Any = None) -> list[BarisKisi]:
        places = [self.wilayah] if self.is_desa else [*self.lembar.desa, self.kecamatan]
        return kisi(data, self.lembar, places, self.indikator, self.temuan, self.may_fill)

    def ctx(self) -> dict[str, Any]:
        return {
            "halaman": self,
            "wilayah": self.wilayah,
            "dataset": self.dataset,
            "periode": self.periode,
            "isian": self.isian,
            "lembar": self.lembar,
            "jadwal": self.jadwal,
            "temuan": self.temuan,
        }


def load_lembar(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> Halaman:
    """The sheet of an address.

    Raises:
        Http404: no such dataset or period, or a region above the kecamatan.
    """
    satu = get_object_or_404(Dataset.objects.open().select_related("bidang"), kode=dataset)
    try:
        of = Periode.parse(periode)
    except ValueError:
        raise Http404 from None
    if wilayah.tingkat < Tingkat.KECAMATAN or of.frekuensi != satu.frekuensi or str(of) != periode:
        raise Http404
    return Halaman(request, wilayah, satu, of)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def isian(request: PetugasRequest, wilayah: Wilayah) -> HttpResponse:
    """The sheets of a kecamatan or desa; of larger regions how far their kecamatan are with one of them."""
    if wilayah.tingkat < Tingkat.KECAMATAN:
        may_open = request.user.has_izin(Izin.BUKA_KUNCI, wilayah)
        asked = request.GET.get("dataset", ""), request.GET.get("periode", "")
        ctx = {"wilayah": wilayah, "daftar": daftar_kecamatan(wilayah, *asked), "may_open": may_open}
        return render(request, "layanan_dasar/isian_kabupaten.html", ctx)
    daftar = DaftarIsian(wilayah)
    ctx = {
        "wilayah": wilayah,
        "daftar": daftar,
        "kelengkapan": daftar.kelengkapan() if wilayah.tingkat == Tingkat.KECAMATAN else [],
    }
    return render(request, "layanan_dasar/isian.html", ctx)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def isian_lembar(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    halaman = load_lembar(request, wilayah, dataset, periode)
    return render(request, "layanan_dasar/isian_lembar.html", halaman.ctx() | {"rows": halaman.kisi()})


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def isian_rinci(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str) -> HttpResponse:
    """One page for whoever submits, verifies or approves: what changes, what was found, who did what."""
    return render_rinci(request, load_lembar(request, wilayah, dataset, periode))


def render_rinci(request: PetugasRequest, halaman: Halaman, **more: Any) -> HttpResponse:
    """The page of a sheet; `more` are forms that were sent wrong."""
    user, isian, kecamatan = request.user, halaman.isian, halaman.kecamatan
    changed = perubahan(halaman.lembar) if isian and not isian.is_terbit else []
    pihak = pihak_isian(isian) if isian else None
    ctx = halaman.ctx() | {
        "perubahan": changed[:PERUBAHAN_TAMPIL],
        "n_perubahan": len(changed),
        "langkah": isian.langkah.select_related("oleh__orang") if isian else [],
        "versi": Isian.objects.filter(dataset=halaman.dataset, kecamatan=kecamatan, periode=str(halaman.periode)),
        "may_submit": halaman.may_fill(kecamatan),
        "may_correct": halaman.jadwal.is_open and halaman.dataset.may_fill(user, kecamatan),
        "may_verify": bool(pihak) and user.has_izin(Izin.VERIFIKASI_CAPAIAN, kecamatan),
        "may_approve": bool(pihak) and user.has_izin(Izin.SAHKAN_CAPAIAN, kecamatan),
        "tangan_sendiri": pihak is not None and not pihak.may_verify(user),
        "form_catatan": CatatanTemuanForm(temuan=[satu for satu in halaman.temuan if satu.tingkat == "peringatan"]),
        "form_ajukan": AjukanForm(),
        "form_alasan": AlasanForm(),
    }
    return render(request, "layanan_dasar/isian_rinci.html", ctx | more, status=422 if more else 200)


@require_safe
@load_wilayah
@require_izin(Izin.LIHAT_DATA_KERJA)
def isian_versi(request: PetugasRequest, wilayah: Wilayah, dataset: str, periode: str, versi: int) -> HttpResponse:
    """An earlier version as it was, to read."""
    halaman = replace(load_lembar(request, wilayah, dataset, periode), versi=versi)
    if halaman.isian is None:
        raise Http404
    langkah = halaman.isian.langkah.select_related("oleh__orang")
    return render(request, "layanan_dasar/isian_versi.html", halaman.ctx() | {"langkah": langkah})
