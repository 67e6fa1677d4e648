"""The result of an evaluation as a letter: a decision of the camat, or a recommendation to the bupati."""

import datetime

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

from kecamatan.models import Jenis, Penugasan, Wilayah
from kecamatan.queries.kop_surat import kop_surat
from layanan_dasar.models import EvaluasiAPBDes
from layanan_dasar.models.evaluasi import HARI_PERBAIKAN
from layanan_dasar.queries.evaluasi import BarisButir, RincianEvaluasi
from layanan_dasar.queries.periksa import Butir
from layanan_dasar.queries.pihak_evaluasi import camat_pada
from p3pd_portal.lib.angka import persen, rupiah
from p3pd_portal.lib.cetak import Bagian, Surat, Tabel, TandaTangan


Hasil = EvaluasiAPBDes.Hasil


def surat_hasil(rincian: RincianEvaluasi) -> Surat:
    """The letter of an evaluation that has a result.

    Raises:
        ValueError: there is no result yet.
    """
    evaluasi = rincian.evaluasi
    if evaluasi.tgl_keputusan is None:
        raise ValueError("Evaluasi ini belum ada hasilnya.")
    kecamatan, desa = evaluasi.kecamatan, evaluasi.apbdes.desa
    camat = camat_pada(kecamatan, evaluasi.tgl_keputusan)
    tembusan = [
        _("%(kepala)s (sebagai laporan)") % {"kepala": kepala_daerah(kecamatan)},
        _("Kepala %(desa)s") % {"desa": desa.nama_lengkap},
        _("Ketua BPD %(desa)s") % {"desa": desa.nama_lengkap},
    ]
    return Surat(
        kop_surat(kecamatan),
        _judul(rincian, kecamatan),
        [*_pertimbangan(rincian), *_diktum(rincian)],
        _tanda_tangan(kecamatan, evaluasi.tgl_keputusan, camat),
        tembusan,
        _lampiran(rincian),
    )


def kepala_daerah(kecamatan: Wilayah) -> str:
    """ "Bupati Lamongan", "Wali Kota Batu"."""
    kabupaten = kecamatan.induk
    if kabupaten is None:
        return _("Bupati")
    sebutan = _("Wali Kota") if kabupaten.jenis == Jenis.KOTA else _("Bupati")
    nama = kabupaten.nama.removeprefix("Kabupaten ").removeprefix("Kota ")
    return f"{sebutan} {nama}"


def _raperdes(evaluasi: EvaluasiAPBDes) -> str:
    """The draft as its letter names it."""
    apbdes = evaluasi.apbdes
    perubahan = _("Perubahan ") if apbdes.jenis == apbdes.Jenis.PERUBAHAN else ""
    words = {"desa": apbdes.desa.nama_lengkap, "perubahan": perubahan, "tahun": apbdes.tahun}
    apbd = _("%(perubahan)sAnggaran Pendapatan dan Belanja Desa Tahun Anggaran %(tahun)s") % words
    return _("Rancangan Peraturan %(desa)s tentang %(apbd)s") % {**words, "apbd": apbd}


def _judul(rincian: RincianEvaluasi, kecamatan: Wilayah) -> list[str]:
    evaluasi = rincian.evaluasi
    nama = kecamatan.nama_lengkap.removeprefix("Kecamatan ").upper()
    kepala = _("KEPUTUSAN CAMAT") if rincian.keputusan else _("REKOMENDASI CAMAT")
    nomor = _("NOMOR %(nomor)s") % {"nomor": evaluasi.nomor_keputusan}
    tentang = _("HASIL EVALUASI %(raperdes)s") % {"raperdes": _raperdes(evaluasi).upper()}
    return [f"{kepala} {nama}", nomor, _("TENTANG"), tentang]


def _pertimbangan(rincian: RincianEvaluasi) -> list[Bagian]:
    evaluasi = rincian.evaluasi
    lengkap = {"lengkap": _day(evaluasi.tgl_terima_lengkap), "raperdes": _raperdes(evaluasi)}
    menimbang = [
        _("a. bahwa dokumen %(raperdes)s diterima lengkap pada tanggal %(lengkap)s;") % lengkap,
        _("b. bahwa rancangan tersebut telah dievaluasi dengan hasil sebagaimana lampiran;"),
    ]
    mengingat = [_("1. Permendagri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa;")]
    if rincian.delegasi is None:
        menimbang.append(_("c. bahwa hasil evaluasi ditetapkan oleh %(kepala)s;") % {"kepala": _kepala(rincian)})
    else:
        mengingat.append(_("2. %(nomor)s tentang pendelegasian evaluasi kepada camat.") % {
            "nomor": rincian.delegasi.nomor_peraturan
        })  # fmt: skip
    return [Bagian(_("Menimbang"), menimbang), Bagian(_("Mengingat"), mengingat)]


def _kepala(rincian: RincianEvaluasi) -> str:
    return kepala_daerah(rincian.evaluasi.kecamatan)


def _diktum(rincian: RincianEvaluasi) -> list[Bagian]:
    evaluasi = rincian.evaluasi
    hasil = {"raperdes": _raperdes(evaluasi), "hasil": evaluasi.get_hasil_display().upper(), "kepala": _kepala(rincian)}
    if rincian.keputusan:
        judul, satu = _("MEMUTUSKAN"), _("Hasil evaluasi %(raperdes)s adalah %(hasil)s.") % hasil
    else:
        judul = _("MEREKOMENDASIKAN")
        satu = _("Kepada %(kepala)s agar menetapkan hasil evaluasi %(raperdes)s sebagai %(hasil)s.") % hasil
    sebutan = _("Keputusan") if rincian.keputusan else _("Rekomendasi")
    akhir = _("%(sebutan)s ini mulai berlaku pada tanggal ditetapkan.") % {"sebutan": sebutan}
    diktum = [satu, _tindak_lanjut(evaluasi), akhir]
    nomor = (_("KESATU"), _("KEDUA"), _("KETIGA"))
    return [Bagian(judul=judul), *(Bagian(label, [isi]) for label, isi in zip(nomor, diktum, strict=True))]


def _tindak_lanjut(evaluasi: EvaluasiAPBDes) -> str:
    """What the desa does now."""
    if evaluasi.hasil == Hasil.TIDAK_SESUAI:
        words = {"n": HARI_PERBAIKAN, "tenggat": _day(evaluasi.tenggat_perbaikan)}
        teks = _(
            "Kepala Desa bersama BPD menyempurnakan rancangan menurut catatan dalam lampiran paling lama %(n)d "
            "hari kerja, yaitu sampai dengan tanggal %(tenggat)s, lalu menyampaikannya kembali kepada Camat."
        )
        return teks % words
    if evaluasi.hasil == Hasil.SESUAI_DENGAN_CATATAN:
        return _("Kepala Desa menetapkan rancangan menjadi Peraturan Desa dengan memperhatikan catatan dalam lampiran.")
    return _("Kepala Desa menetapkan rancangan menjadi Peraturan Desa.")


def _tanda_tangan(kecamatan: Wilayah, on: datetime.date, camat: Penugasan | None) -> TandaTangan:
    """Of whoever held the office on that day; a line to sign on where the portal does not know."""
    tempat = f"{kecamatan.nama}, {_day(on)}"
    nama_kecamatan = kecamatan.nama_lengkap.removeprefix("Kecamatan ")
    if camat is None:
        return TandaTangan(tempat, f"Camat {nama_kecamatan}", "…………………………………")
    orang = camat.pengguna.orang
    return TandaTangan(tempat, f"{camat.sebutan} {nama_kecamatan}", orang.nama_lengkap, orang.nip or "")


def _lampiran(rincian: RincianEvaluasi) -> list[Bagian]:
    periksa = Tabel(
        (_("Yang diperiksa"), _("Ukuran"), _("Ketentuan"), _("Hasil")),
        [_periksa_row(satu) for satu in rincian.pemeriksaan] + [_butir_row(satu) for satu in rincian.butir],
        (38, 24, 22, 16),
    )
    bagian = [Bagian(judul=_("LAMPIRAN I – HASIL PEMERIKSAAN"), tabel=periksa)]
    if rincian.catatan:
        rows = [
            (str(nomor), satu.baris or _("Umum"), rupiah(satu.anggaran), satu.isi)
            for nomor, satu in enumerate(rincian.catatan, 1)
        ]
        catatan = Tabel((_("No."), _("Baris rancangan"), _("Anggaran"), _("Catatan")), rows, (6, 32, 20, 42))
        bagian.append(Bagian(judul=_("LAMPIRAN II – CATATAN"), tabel=catatan))
    return bagian


def _periksa_row(butir: Butir) -> tuple[str, str, str, str]:
    return butir.nama, ukuran(butir), "; ".join(satu for satu in (butir.batas, butir.dasar) if satu), butir.label


def _butir_row(baris: BarisButir) -> tuple[str, str, str, str]:
    return str(baris.kode.label), "–", "–", str(baris.butir.get_nilai_display()) if baris.butir else "–"


def ukuran(butir: Butir) -> str:
    """ "Rp405 dari Rp1.400 (28,9%)", or the balance alone."""
    if butir.pembilang is None:
        return "–"
    if butir.penyebut is None:
        return rupiah(butir.pembilang)
    return f"{rupiah(butir.pembilang)} dari {rupiah(butir.penyebut)} ({persen(butir.porsi)})"


def _day(day: datetime.date | None) -> str:
    return date_filter(day, "j F Y")
