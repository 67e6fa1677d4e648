"""The report of a cohort, and of a programme, as a letter and as a workbook."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from django.utils.translation import gettext as _

from kecamatan.queries.kop_surat import kop_surat
from p3pd_portal.lib.angka import angka, persen
from p3pd_portal.lib.cetak import Bagian, Foto, Surat, Tabel, TandaTangan
from p3pd_portal.lib.tables import Sheet
from pelatihan.aggregation.laporan import Kelompok
from pelatihan.exports import hari, masa
from pelatihan.models import Angkatan
from pelatihan.queries.laporan import Kepuasan, LaporanAngkatan, LaporanProgram


T = TypeVar("T")
KEPALA = ["kelompok", "peserta", "perempuan", "laki-laki", "lulus", "tidak lulus", "belum diputuskan", "hadir (%)",
          "dari n", "prates", "pascates", "gain", "gain ternormalisasi", "pasangan tes", "ber-RTL"]  # fmt: skip
LEBAR = [34, 12, 12]
RINGKAS = ["Kelompok", "Peserta", "Perempuan", "Lulus", "Hadir (%)", "Gain", "n tes", "Ber-RTL"]
TANDA_KOSONG = TandaTangan("…………………, …………………", "Ketua panitia", "…………………………")
SELEMBAR = 6
"""Photographs on a page."""
LEBAR_RINGKAS = (30, 10, 12, 9, 11, 10, 8, 10)


def _baris(satu: Kelompok) -> list[object]:
    tes = satu.tes
    g = None if tes.g is None else round(float(tes.g), 2)
    return [satu.nama or _("tidak tercatat"), satu.n, satu.perempuan, satu.laki_laki, satu.lulus, satu.tidak_lulus,
            satu.belum, satu.hadir, satu.n_hadir, tes.pra, tes.pasca, tes.gain, g, tes.n, satu.rtl]  # fmt: skip


def ringkasan(laporan: LaporanAngkatan) -> list[tuple[str, object]]:
    """What the report says in one number each; None for what nobody knows."""
    semua, biaya = laporan.semua, laporan.biaya
    return [
        (_("Peserta menurut terbitan"), laporan.baris.terbit),
        (_("Orang tercatat"), semua.n),
        (_("Perempuan"), semua.perempuan),
        (_("Lulus (tenaga terlatih tersedia)"), semua.lulus),
        (_("Rata-rata kehadiran (%)"), semua.hadir),
        (_("Rata-rata prates"), semua.tes.pra),
        (_("Rata-rata pascates"), semua.tes.pasca),
        (_("Kenaikan nilai (gain), yang mengikuti keduanya"), semua.tes.gain),
        (_("Kepuasan atas penyelenggara (1–4)"), laporan.penyelenggara.indeks),
        (_("Kepuasan atas pelatih (1–4)"), laporan.pelatih.indeks),
        (_("RTL"), laporan.rtl.n),
        (_("RTL selesai"), laporan.rtl.selesai),
        (_("Biaya rencana (Rp)"), biaya.rencana),
        (_("Biaya realisasi (Rp)"), biaya.realisasi),
        (_("Biaya per peserta (Rp)"), biaya.per_peserta),
        (_("Biaya per JP peserta (Rp)"), biaya.per_jp),
    ]


def _group_sheets(kelompok: Sequence[tuple[str, Sequence[Kelompok]]], semua: Kelompok) -> list[Sheet]:
    """A sheet for each way to group, the last row of each the total."""
    return [
        Sheet(title.replace("/", " "), KEPALA, [_baris(satu) for satu in (*groups, semua)], LEBAR)
        for title, groups in kelompok
    ]


def _pecahan(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)


def _modul(laporan: LaporanAngkatan, tulis: Callable[[Fraction | None], T]) -> list[tuple[str, T, T, str]]:
    """A row for each module, its shares of right answers as `tulis` writes them."""
    return [
        (
            str(satu.modul or _("pelatihan seluruhnya")),
            tulis(satu.pra),
            tulis(satu.pasca),
            _("ya") if satu.ulangi else _("tidak"),
        )
        for satu in laporan.modul
    ]


def laporan_sheets(laporan: LaporanAngkatan) -> list[Sheet]:
    """A sheet with the numbers, one for each way to group, and the published numbers by region."""
    sheets = [Sheet(_("Ringkasan"), ["ukuran", "nilai"], ringkasan(laporan), [52, 18])]
    sheets += _group_sheets(laporan.kelompok, laporan.semua)
    published = [
        (satu.wilayah.nama_lengkap if satu.wilayah else _("seluruhnya"), satu.jumlah, satu.catatan, satu.sumber)
        for satu in laporan.baris.rincian
    ]
    return [
        *sheets,
        Sheet(_("Modul"), MODUL, _modul(laporan, _pecahan), [50, 14, 14, 14]),
        Sheet(_("Menurut terbitan"), ["wilayah", "peserta", "catatan", "sumber"], published, [30, 10, 60, 50]),
    ]


ANGKATAN = ["angkatan", "hari_pertama", "keadaan", "peserta_menurut_terbitan", *KEPALA[1:], "biaya_rencana_rp",
            "biaya_realisasi_rp", "biaya_per_peserta_rp", "biaya_per_jp_peserta_rp"]  # fmt: skip
MODUL = ["Modul", "Benar, prates", "Benar, pascates", "Perlu diulang"]


def program_sheets(laporan: LaporanProgram) -> list[Sheet]:
    """The report of a programme as a workbook: its cohorts, then all participations in every way to group them."""
    rows = [
        [baris.angkatan.nama, baris.angkatan.mulai, str(baris.angkatan.get_status_display()), baris.terbit,
         *_baris(peserta)[1:], biaya.rencana, biaya.realisasi, biaya.per_peserta, biaya.per_jp]
        for baris, peserta, biaya in laporan.angkatan
    ]  # fmt: skip
    return [Sheet(_("Angkatan"), ANGKATAN, rows, LEBAR), *_group_sheets(laporan.kelompok, laporan.semua)]


def program_surat(laporan: LaporanProgram) -> Surat:
    """The report of a programme on paper, ready to be signed."""
    program = laporan.program
    kepala = [_("Angkatan"), _("Terbit"), _("Tercatat"), _("Lulus"), _("Hadir (%)"), _("Kenaikan"), _("Rp per peserta")]
    rows = [
        (
            baris.angkatan.nama,
            *map(_words, (baris.terbit, satu.n, satu.lulus, satu.hadir, satu.tes.gain, biaya.per_peserta)),
        )
        for baris, satu, biaya in laporan.angkatan
    ]
    bagian = [Bagian(judul=_("Angkatan"), tabel=Tabel(kepala, rows, (30, 10, 11, 9, 12, 12, 16)))]
    bagian += [Bagian(judul=title, tabel=_tabel(groups, laporan.semua)) for title, groups in laporan.kelompok]
    judul = [_("LAPORAN PROGRAM PELATIHAN"), program.nama.upper()]
    return Surat(kop_surat(program.wilayah), judul, bagian, TANDA_KOSONG)


def _words(value: object) -> str:
    return "–" if value is None else angka(value, 0 if isinstance(value, int) else 1)  # type: ignore[arg-type]


def _tabel(groups: Sequence[Kelompok], semua: Kelompok) -> Tabel:
    rows = []
    for satu in (*groups, semua):
        numbers = (satu.n, satu.perempuan, satu.lulus, satu.hadir, satu.tes.gain, satu.tes.n, satu.rtl)
        rows.append((satu.nama or _("tidak tercatat"), *map(_words, numbers)))
    return Tabel(RINGKAS, rows, LEBAR_RINGKAS)


def keluaran(laporan: LaporanAngkatan) -> list[str]:
    """The output indicator, "tersedianya tenaga pelatih": how many passed by province; and the published numbers, which
    are never added to them."""
    passed = [f"{satu.nama or _('tidak tercatat')} {angka(satu.lulus)}" for satu in laporan.kelompok[0][1]]
    words = {"n": angka(laporan.semua.lulus), "rinci": ", ".join(passed) or "–"}
    lines = [_("Tenaga terlatih yang tersedia (lulus dan tercatat): %(n)s (%(rinci)s).") % words]
    told = [satu for satu in laporan.baris.rincian if satu.wilayah and satu.jumlah is not None]
    if laporan.baris.terbit is not None:
        parts = ", ".join(f"{satu.wilayah.nama_lengkap} {angka(satu.jumlah)}" for satu in told if satu.wilayah)
        words = {"n": angka(laporan.baris.terbit), "rinci": f" ({parts})" if parts else ""}
        lines.append(_("Peserta menurut terbitan: %(n)s%(rinci)s.") % words)
    if laporan.angkatan.sumber:
        lines.append(_("Sumber terbitan: %s.") % laporan.angkatan.sumber)
    return lines


def _kepuasan(nama: str, satu: Kepuasan) -> str:
    words = {
        "nama": nama,
        "indeks": angka(satu.indeks, 2),
        "n": angka(satu.n),
        "lembar": satu.lembar,
        "semua": satu.semua,
    }
    if satu.indeks is None:
        return _("Kepuasan atas %(nama)s belum dapat disebut: jawabannya terlalu sedikit.") % words
    return _("Kepuasan atas %(nama)s %(indeks)s dari 4 (%(n)s jawaban, %(lembar)s dari %(semua)s lembar).") % words


def lembar_foto(angkatan: Angkatan) -> list[Bagian]:
    """Pages of photographs in order of time; none without any."""
    rows = [
        Foto(bytes(satu.isi), "image/jpeg", f"{satu.keterangan} ({hari(satu.tanggal)})") for satu in angkatan.foto.all()
    ]
    return [
        Bagian(judul=_("Foto kegiatan"), foto=rows[start : start + SELEMBAR]) for start in range(0, len(rows), SELEMBAR)
    ]


def laporan_surat(laporan: LaporanAngkatan) -> Surat:
    """The report on paper, ready to be signed."""
    angkatan = laporan.angkatan
    judul = [_("LAPORAN PELATIHAN"), angkatan.program.nama.upper(), f"{angkatan.nama}, {masa(angkatan)}".rstrip(", ")]
    numbers = Tabel([_("Ukuran"), _("Nilai")], [(nama, _words(nilai)) for nama, nilai in ringkasan(laporan)], (75, 25))
    bagian = [
        Bagian(judul=_("Indikator keluaran"), paragraf=keluaran(laporan)),
        Bagian(judul=_("Ringkasan"), tabel=numbers),
        Bagian(judul=_("Kepuasan"), paragraf=[
            _kepuasan(_("penyelenggara"), laporan.penyelenggara), _kepuasan(_("pelatih"), laporan.pelatih)
        ]),
    ]  # fmt: skip
    bagian += [Bagian(judul=title, tabel=_tabel(groups, laporan.semua)) for title, groups in laporan.kelompok]
    if laporan.modul:
        bagian.append(Bagian(judul=_("Modul"), tabel=Tabel(MODUL, _modul(laporan, persen), (52, 16, 16, 16))))
    return Surat(kop_surat(angkatan.program.wilayah), judul, bagian, TANDA_KOSONG, lampiran=lembar_foto(angkatan))
