"""Tables to take away: header and rows for CSV and XLSX, from the same rows as the page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kecamatan.models import Tingkat, Wilayah
from layanan_dasar.importers.templat import template_columns
from layanan_dasar.models import KualitasBelanja
from layanan_dasar.models.kualitas import KELOMPOK, KOLOM_HITUNG
from layanan_dasar.queries import pemetaan
from layanan_dasar.queries.transparansi import JUDUL, Transparansi, TransparansiKecamatan
from layanan_dasar.queries.transparansi_rincian import Pos, PosKegiatan
from p3pd_portal.lib.tables import Sheet


_RATIOS = ("porsi_inti", "serapan", "porsi_belum_dipetakan")
_SUMS = [f"{kelompok}_{ukuran}" for kelompok in KELOMPOK for ukuran in ("anggaran", "realisasi")]
KUALITAS_HEADER = ["kode_wilayah", "nama_wilayah", "tahun", *KOLOM_HITUNG, *_RATIOS, *_SUMS]


def kualitas_rows(wilayah: Wilayah) -> list[list[Any]]:
    """The region and those directly below it, every year, one row each; closed villages under their old codes."""
    levels = (wilayah.tingkat, wilayah.tingkat + 1)
    rows = KualitasBelanja.objects.filter(wilayah.q_below("wilayah__"), wilayah__tingkat__in=levels)
    return [
        [row.wilayah.kode, row.wilayah.nama, row.tahun, *(getattr(row, name) for name in KUALITAS_HEADER[3:])]
        for row in rows.select_related("wilayah").order_by("wilayah__kode", "tahun")
    ]


def template_sheets() -> list[Sheet]:
    """The empty APBDes template: headers, and a second sheet that explains them."""
    columns = template_columns()
    return [
        Sheet("APBDes", [name for name, _ in columns], [], [18] * len(columns)),
        Sheet("Petunjuk", ["kolom", "isi"], columns, [18, 80]),
    ]


BELUM_HEADER = ["kode_kegiatan", "nama", "jumlah_desa", "anggaran", "usulan_bidang", "usulan_kelas", "usulan_tema"]
PETA_HEADER = [
    "kode_kegiatan", "nama", "bidang", "kelas", "syarat", "tema", "asal", "sejak_tahun", "sampai_tahun",
    "jumlah_desa", "anggaran",
]  # fmt: skip


def pemetaan_sheets(wilayah: Wilayah, tahun: int, tab: str) -> list[Sheet]:
    """The mapping of a kabupaten and year, and its work list, first the one that is looked at; of the nation the
    national mapping alone."""
    if wilayah.tingkat == Tingkat.NASIONAL:
        return [_peta_sheet(pemetaan.nasional(tahun))]
    todo = [_belum_row(satu) for satu in pemetaan.belum_dipetakan(wilayah, tahun).kegiatan]
    sheets = [
        Sheet("Belum dipetakan", BELUM_HEADER, todo, [14, 50]),
        _peta_sheet(pemetaan.peta_kegiatan(wilayah, tahun)),
    ]
    return sheets if tab == "belum" else sheets[::-1]


def _belum_row(satu: pemetaan.KegiatanBelum) -> list[Any]:
    guess = satu.usulan or satu.saran
    bidang = (satu.usulan.bidang_id if satu.usulan else satu.saran and satu.saran.bidang) or ""
    used = satu.pemakaian
    proposed = [bidang, guess.kelas, " ".join(guess.tag)] if guess else ["", "", ""]
    return [used.kode, satu.nama, used.n_desa, used.anggaran, *proposed]


def _peta_sheet(rows: list[pemetaan.KegiatanTerpetakan]) -> Sheet:
    return Sheet("Pemetaan", PETA_HEADER, [_peta_row(satu) for satu in rows], [14, 50])


def _peta_row(satu: pemetaan.KegiatanTerpetakan) -> list[Any]:
    p, used = satu.pemetaan, satu.pemakaian
    asal = "kabupaten" if p.kabupaten_id else "nasional"
    what = [satu.kode, satu.nama, p.bidang_id or "", p.kelas, p.syarat, " ".join(p.tag), asal]
    return [*what, p.tahun_dari, p.tahun_sampai, *((used.n_desa, used.anggaran) if used else (None, None))]


TRANSPARANSI_HEADER = [
    "kode_desa", "nama_desa", "tahun", "butir", "judul", "kode", "uraian", "anggaran", "realisasi", "persen", "sisa",
    "keterangan", "jenis", "nomor_perdes", "tanggal_perdes", "per_tanggal", "sumber",
]  # fmt: skip


def transparansi_sheet(desa: Wilayah, isi: Transparansi) -> Sheet:
    """Everything on the page of a desa, one line each; an item without figures has one line that says why."""
    apbdes = isi.apbdes
    dates = (apbdes.tanggal_perdes, apbdes.per_tanggal, apbdes.sumber) if apbdes else (None, None, "")
    origin = [apbdes.jenis, apbdes.nomor_perdes, *dates] if apbdes else ["", "", *dates]
    rows = []
    for butir in isi.butir:
        place = [desa.kode, desa.nama, isi.tahun, butir.nomor, str(butir.judul)]
        if butir.terbit:
            rows += [[*place, *_pos_row(pos, butir.nomor), *origin] for pos in _pos(isi, butir.nomor)]
        else:
            why = " ".join(map(str, (butir.alasan, butir.pemilik, butir.langkah)))
            rows.append([*place, "", "", None, None, None, None, why, *origin])
    return Sheet("Transparansi", TRANSPARANSI_HEADER, rows, [14, 20, 8, 6, 28, 10, 40])


def _pos(isi: Transparansi, nomor: int) -> Sequence[Pos]:
    """The lines of an item."""
    silpa = [Pos("silpa", _("SiLPA sampai laporan ini"), None, isi.silpa)]
    if isi.silpa_desa:
        said = isi.silpa_desa
        silpa.append(Pos("silpa", _("SiLPA menurut publikasi desa"), said.anggaran, said.realisasi))
    items = {1: isi.postur, 3: isi.postur, 4: isi.kegiatan, 5: isi.belum_selesai, 6: [isi.belanja, *silpa]}
    return items[nomor] if isi.postur else []


def _pos_row(pos: Pos, nomor: int) -> list[Any]:
    realised = [None, None, None] if nomor == 1 else [pos.realisasi, pos.persen, pos.sisa]
    state = str(pos.keterangan) if isinstance(pos, PosKegiatan) else ""
    return [pos.kode, str(pos.nama), pos.anggaran, *realised, state]


def terbit_sheet(daftar: TransparansiKecamatan, tahun: int) -> Sheet:
    """Which desa of a kecamatan publish which of the six."""
    header = ["kode_desa", "nama_desa", "tahun", *(f"{nomor}. {judul}" for nomor, judul in enumerate(JUDUL, 1))]
    rows = []
    for satu in daftar.rows:
        said = [_("kelurahan, tanpa APBDes")] * len(JUDUL)
        if satu.terbit is not None:
            said = [_("terbit") if ada else _("belum") for ada in satu.terbit]
        rows.append([satu.wilayah.kode, satu.wilayah.nama, tahun, *map(str, said)])
    return Sheet("Transparansi", header, rows, [14, 24])
