"""A survey to take away: the poster with its address, and what it found as a letter and as a workbook."""

import datetime
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import JenisUnit, Wilayah
from kecamatan.queries.kop_surat import kop_surat
from kecamatan.queries.wilayah import kecamatan_of
from layanan_dasar.queries.pihak_evaluasi import camat_pada
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.cetak import Bagian, Poster, Surat, Tabel, TandaTangan
from p3pd_portal.lib.qr import qr
from p3pd_portal.lib.tables import Sheet
from pengaduan.models import Survei
from pengaduan.queries.survei import HasilSurvei


def _day(day: datetime.date) -> str:
    return date_filter(day, "j F Y")


def poster(survei: Survei, alamat: str) -> Poster:
    """The poster of a survey; `alamat` is the full address of its form, its key in groups for whoever types it."""
    return Poster(
        kop=kop_surat(kecamatan_of(survei.unit.wilayah)),
        judul=[_("Bagaimana layanan kami?"), f"{survei.unit.nama}: {survei.jenis_layanan}"],
        ajakan=_("Pindai dengan kamera telepon, lalu jawab sembilan pertanyaan. Tanpa akun dan tanpa nama."),
        qr=qr(alamat),
        alamat=alamat.replace(survei.kunci, survei.kunci_tampil),
        kaki=[
            _("Survei Kepuasan Masyarakat %(periode)s, %(dari)s – %(sampai)s")
            % {"periode": survei.label_periode, "dari": _day(survei.dari), "sampai": _day(survei.sampai)},
            _("Tidak memegang telepon? Minta lembar kertas kepada petugas."),
        ],
    )


def laporan(hasil: HasilSurvei) -> Surat:
    """The report of a closed survey, ready to be signed."""
    survei = hasil.survei
    kecamatan = kecamatan_of(survei.unit.wilayah)
    judul = [_("LAPORAN SURVEI KEPUASAN MASYARAKAT"), survei.unit.nama.upper(),
             f"{survei.jenis_layanan}, {survei.label_periode}"]  # fmt: skip
    bagian = [Bagian(judul=_("Hasil"), paragraf=ringkas(hasil)), _unsur(hasil), _profil(hasil)]
    rencana = survei.rencana or _("Belum diisi.")
    bagian.append(Bagian(judul=_("Rencana tindak lanjut"), paragraf=rencana.splitlines()))
    return Surat(kop_surat(kecamatan), judul, bagian, _tanda_tangan(survei, kecamatan))


def ringkas(hasil: HasilSurvei) -> list[str]:
    """What a survey found in sentences."""
    r = hasil.ringkasan
    sampel = r.sampel
    index = _("IKM belum dapat dihitung: sedikitnya 10 responden dan jawaban pada kesembilan unsur.")
    if r.ikm is not None and r.mutu:
        index = _("IKM %(ikm)s, mutu %(mutu)s (%(kinerja)s).") % {
            "ikm": angka(r.ikm, 2), "mutu": r.mutu.mutu, "kinerja": r.mutu.kinerja
        }  # fmt: skip
    perlu = "" if sampel.perlu is None else _(" dari %(perlu)s yang diperlukan untuk populasi %(populasi)s") % {
        "perlu": angka(sampel.perlu), "populasi": angka(sampel.populasi)
    }  # fmt: skip
    return [
        index,
        _("%(n)s responden%(perlu)s: %(kata)s.") % {"n": angka(r.n), "perlu": perlu, "kata": sampel.kata},
        _("Daring %(daring)s, kertas %(kertas)s, setelah pengaduan %(pengaduan)s; tidak dihitung karena lebih dari "
          "tiga unsur kosong: %(kurang)s.")
        % {"daring": angka(r.n_daring), "kertas": angka(r.n_kertas), "pengaduan": angka(r.n_pengaduan),
           "kurang": angka(r.n_dikecualikan)},
        _("IKM = 25 × jumlah nilai rata-rata sembilan unsur × 1/9 (PermenPANRB 14/2017)."),
    ]  # fmt: skip


def _unsur(hasil: HasilSurvei) -> Bagian:
    rows = [
        (str(nomor), satu.unsur.nama, angka(satu.n), angka(satu.nrr, 2)) for nomor, satu in enumerate(hasil.unsur, 1)
    ]
    kepala = (_("No."), _("Unsur, mulai dari yang terlemah"), _("Jawaban"), _("Nilai rata-rata (1–4)"))
    return Bagian(judul=_("Nilai per unsur"), tabel=Tabel(kepala, rows, (8, 56, 16, 20)))


def _profil(hasil: HasilSurvei) -> Bagian:
    """Who answered; what nobody said is left out."""
    rows = [
        (dimensi.nama, satu.nama, _("ditekan") if satu.n is None else angka(satu.n))
        for dimensi in hasil.profil
        for satu in dimensi.baris
        if satu.n != 0
    ]
    tabel = Tabel((_("Profil"), _("Jawaban"), _("Responden")), rows, (34, 46, 20))
    return Bagian(judul=_("Profil responden (jumlah kecil disembunyikan)"), tabel=tabel)


def _tanda_tangan(survei: Survei, kecamatan: Wilayah) -> TandaTangan:
    """The camat signs for the camat's office; every other unit has a head whom the portal does not know."""
    day = timezone.localdate(survei.ditutup_pada)
    tempat = f"{kecamatan.nama}, {_day(day)}"
    camat = camat_pada(kecamatan, day) if survei.unit.jenis == JenisUnit.KANTOR_CAMAT else None
    if camat is None:
        return TandaTangan(tempat, f"Kepala {survei.unit.nama}", "…………………………………")
    orang = camat.pengguna.orang
    return TandaTangan(tempat, str(camat), orang.nama_lengkap, orang.nip or "")


def laporan_sheets(hasil: HasilSurvei, alamat: str) -> list[Sheet]:
    """The report as a workbook: what it is, the elements, who answered. Single answers are not in it."""
    survei, r = hasil.survei, hasil.ringkasan
    about: list[list[Any]] = [
        ["Survei Kepuasan Masyarakat", str(survei)],
        ["Wilayah", survei.unit.wilayah.nama_lengkap],
        ["Dibuka", f"{_day(survei.dari)} – {_day(survei.sampai)}"],
        ["IKM (25–100)", r.ikm],
        ["Mutu", str(r.mutu or "–")],
        ["Responden", r.n],
        ["Populasi", survei.populasi],
        ["Sampel diperlukan", r.sampel.perlu],
        ["Keterangan sampel", r.sampel.kata],
        ["Tidak dihitung (lebih dari 3 unsur kosong)", r.n_dikecualikan],
        ["Rencana tindak lanjut", survei.rencana],
        ["Halaman", alamat],
    ]
    unsur = [[satu.unsur.pk, satu.unsur.nama, satu.n, satu.nrr, satu.unsur.pertanyaan] for satu in hasil.unsur]
    profil = [
        [dimensi.nama, satu.nama, _("ditekan") if satu.n is None else satu.n]
        for dimensi in hasil.profil
        for satu in dimensi.baris
    ]
    return [
        Sheet("Baca dulu", ["Keterangan", "Isi"], about, [44, 70]),
        Sheet("Unsur", ["kode", "unsur", "jawaban", "nilai_rata_rata", "pertanyaan"], unsur, [14, 44, 10, 16, 70]),
        Sheet("Profil", ["profil", "jawaban", "responden"], profil, [26, 34, 12]),
    ]
