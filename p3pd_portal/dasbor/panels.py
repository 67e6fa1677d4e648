"""Which panel comes where on a region's page. Each later topic adds its own line to PANELS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kecamatan.models import Tingkat
from kecamatan.permissions import Izin
from kecamatan.queries import unit
from kecamatan.queries.batas import batas_anak
from kecamatan.queries.pesan import keadaan_pesan
from kecamatan.queries.tim import hitung_tim, rincian_tim
from kecamatan.queries.wilayah import riwayat_of
from layanan_dasar import charts, charts_belanja, charts_capaian
from layanan_dasar.models import AnggaranKecamatan
from layanan_dasar.queries import belanja, kualitas, pemetaan, skor
from layanan_dasar.queries.evaluasi import jumlah_evaluasi
from p3pd_portal.dasbor.konteks import Konteks
from p3pd_portal.lib.urutan import kolom
from pelatihan.queries import terlatih
from pelatihan.queries.rtl import kemajuan_rtl
from pengaduan.queries import meja, publik


KOLOM_ANAK = {
    "nama": "Wilayah",
    "porsi": "Porsi layanan dasar",
    "belanja": "Belanja",
    "serapan": "Serapan",
    "cakupan": "APBDes",
    "belum": "Belum dipetakan",
}


@dataclass(frozen=True)
class Panel:
    """A block of the page: `build` gives what its template shows (and a `judul` of its own where the block's
    title depends on the region); None leaves the block out."""

    kode: str
    judul: str
    template: str
    build: Callable[[Konteks], dict[str, Any] | None]


@dataclass(frozen=True)
class PanelTerisi:
    """A panel with its data, ready for the template."""

    kode: str
    judul: str
    template: str
    isi: dict[str, Any]


def _porsi(konteks: Konteks) -> dict[str, Any] | None:
    return {"ringkasan": konteks.ringkasan}


def _capaian(konteks: Konteks) -> dict[str, Any] | None:
    known = konteks.has_izin(Izin.LIHAT_DATA_KERJA)
    tahun, services = skor.skor_terbaru(konteks.wilayah, konteks.tahun, konteks.hasil.bidang, is_known=known)
    return {"tahun": tahun, "peluru": [charts_capaian.peluru(satu) for satu in services]}


def _bidang(konteks: Konteks) -> dict[str, Any] | None:
    return charts_belanja.isi_bidang(konteks.ringkasan)


def _komposisi(konteks: Konteks) -> dict[str, Any] | None:
    return charts_belanja.isi_komposisi(konteks.hasil.komposisi())


def _apbdes(konteks: Konteks) -> dict[str, Any] | None:
    isi = charts_belanja.isi_apbdes(konteks.ringkasan)
    if isi and konteks.wilayah.tingkat == Tingkat.DESA:
        isi["apbdes"] = kualitas.apbdes_berlaku(konteks.wilayah, konteks.tahun)
    return isi


def _peta(konteks: Konteks) -> dict[str, Any] | None:
    if konteks.wilayah.tingkat == Tingkat.DESA or not konteks.anak:
        return None
    batas = batas_anak(konteks.wilayah)
    sebutan = Tingkat(konteks.wilayah.tingkat + 1).label
    sumber = sorted({satu.asal for satu in batas.values()})
    return {
        "judul": f"Peta {sebutan}",
        "peta": charts.peta_porsi(konteks.anak, batas),
        "sebutan": sebutan,
        "sumber": sumber,
    }


def _anak(konteks: Konteks) -> dict[str, Any] | None:
    if konteks.wilayah.tingkat == Tingkat.DESA:
        return None
    judul_kolom = [kolom(kode, judul, konteks.urut, turun=kode != "nama") for kode, judul in KOLOM_ANAK.items()]
    sebutan = Tingkat(konteks.wilayah.tingkat + 1).label
    return {"judul": sebutan.capitalize(), "rows": konteks.anak, "kolom": judul_kolom, "sebutan": sebutan}


def _kerja(konteks: Konteks) -> dict[str, Any] | None:
    if not konteks.has_izin(Izin.LIHAT_DATA_KERJA):
        return None
    daftar = belanja.daftar_kerja(konteks.wilayah, konteks.tahun, konteks.user)  # type: ignore[arg-type]
    return {"daftar": daftar}


def _evaluasi(konteks: Konteks) -> dict[str, Any] | None:
    if konteks.wilayah.tingkat < Tingkat.KABUPATEN or not konteks.has_izin(Izin.LIHAT_DATA_KERJA):
        return None
    return {"jumlah": jumlah_evaluasi(konteks.user, konteks.wilayah)}  # type: ignore[arg-type]


def _anggaran(konteks: Konteks) -> dict[str, Any] | None:
    """The latest month of the kecamatan's own money, where somebody loaded it."""
    if konteks.wilayah.tingkat != Tingkat.KECAMATAN:
        return None
    satu = AnggaranKecamatan.objects.filter(kecamatan=konteks.wilayah).order_by("-periode").first()
    return {"anggaran": satu} if satu else None


def _pengaduan(konteks: Konteks) -> dict[str, Any] | None:
    """Figures for everybody; to those who work on complaints also how many wait for them."""
    isi: dict[str, Any] = {"statistik": publik.statistik(konteks.wilayah)}
    if konteks.has_izin(Izin.JAWAB_PENGADUAN):
        isi["jumlah"] = meja.jumlah_meja(konteks.user, konteks.wilayah)  # type: ignore[arg-type]
    return isi


def _pelatihan(konteks: Konteks) -> dict[str, Any] | None:
    """Counts for everybody; to those who work in a kecamatan also which of its offices are held by somebody trained."""
    wilayah = konteks.wilayah
    if wilayah.tingkat == Tingkat.DESA:
        return None
    isi: dict[str, Any] = {"ringkas": terlatih.ringkas_pelatihan(wilayah)}
    if konteks.has_izin(Izin.LIHAT_DATA_KERJA):
        isi |= {"boleh_kaskade": True, "rtl": kemajuan_rtl(wilayah)}
        isi["jabatan"] = terlatih.jabatan_kecamatan(wilayah) if wilayah.tingkat == Tingkat.KECAMATAN else []
    return isi


def _riwayat(konteks: Konteks) -> dict[str, Any] | None:
    rows = riwayat_of(konteks.wilayah)
    return {"riwayat": rows, "wilayah": konteks.wilayah} if rows else None


def _unit(konteks: Konteks) -> dict[str, Any] | None:
    return {"jumlah": unit.jumlah_unit(konteks.wilayah), "may_edit": konteks.has_izin(Izin.KELOLA_UNIT)}


def _tim(konteks: Konteks) -> dict[str, Any] | None:
    if konteks.wilayah.tingkat == Tingkat.DESA or not konteks.has_izin(Izin.LIHAT_DATA_KERJA):
        return None
    if konteks.wilayah.tingkat < Tingkat.KECAMATAN:
        return {"cakupan": hitung_tim(konteks.user, konteks.wilayah)}  # type: ignore[arg-type]
    return {"rincian": rincian_tim(konteks.wilayah), "boleh_ubah": konteks.has_izin(Izin.KELOLA_TIM)}


def _pesan(konteks: Konteks) -> dict[str, Any] | None:
    """Only where an admin has something to do about it."""
    if not konteks.has_izin(Izin.KELOLA_PESAN):
        return None
    keadaan = keadaan_pesan(konteks.wilayah)
    return {"keadaan": keadaan} if keadaan.n_gagal or keadaan.tertahan else None


def _pemetaan(konteks: Konteks) -> dict[str, Any] | None:
    """For those who map: how much of the kabupaten waits for them."""
    if konteks.wilayah.tingkat != Tingkat.KABUPATEN or not konteks.has_izin(Izin.KELOLA_PEMETAAN):
        return None
    return {"daftar": pemetaan.belum_dipetakan(konteks.wilayah, konteks.tahun)}


PANELS = (
    Panel("porsi", "Porsi layanan dasar", "layanan_dasar/_porsi.html", _porsi),
    Panel("capaian", "Capaian lima bidang layanan dasar", "layanan_dasar/_capaian_panel.html", _capaian),
    Panel("kerja", "Pekerjaan Anda", "layanan_dasar/_kerja.html", _kerja),
    Panel("pemetaan", "Pemetaan kegiatan", "layanan_dasar/_pemetaan_panel.html", _pemetaan),
    Panel("evaluasi", "Evaluasi Raperdes APBDes", "layanan_dasar/_evaluasi_panel.html", _evaluasi),
    Panel("tim", "Tim pengelola Dashboard Kecamatan", "kecamatan/_tim_panel.html", _tim),
    Panel("pesan", "Surel keluar", "kecamatan/_pesan.html", _pesan),
    Panel("bidang", "Belanja lima bidang layanan dasar", "layanan_dasar/_bidang.html", _bidang),
    Panel("komposisi", "Komposisi belanja per tahun", "layanan_dasar/_komposisi.html", _komposisi),
    Panel("peta", "Peta", "layanan_dasar/_peta.html", _peta),
    Panel("anak", "Wilayah di bawahnya", "layanan_dasar/_anak.html", _anak),
    Panel("apbdes", "Ringkasan APBDes", "layanan_dasar/_apbdes.html", _apbdes),
    Panel("anggaran", "Anggaran kantor kecamatan", "layanan_dasar/_anggaran_kecamatan.html", _anggaran),
    Panel("pengaduan", "Pengaduan warga", "pengaduan/_panel.html", _pengaduan),
    Panel("pelatihan", "Pelatihan aparatur", "pelatihan/_panel.html", _pelatihan),
    Panel("riwayat", "Riwayat wilayah", "kecamatan/_riwayat_wilayah.html", _riwayat),
    Panel("unit", "Unit layanan", "kecamatan/_unit.html", _unit),
)


def build_panels(konteks: Konteks) -> list[PanelTerisi]:
    """The panels that have something to show, in order."""
    filled = ((panel, panel.build(konteks)) for panel in PANELS)
    return [
        PanelTerisi(panel.kode, isi.get("judul", panel.judul), panel.template, isi)
        for panel, isi in filled
        if isi is not None
    ]
