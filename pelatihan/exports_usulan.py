"""Letters of nomination: what the Sekda signs, and what the organiser answers."""

import datetime
from collections.abc import Sequence

from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kecamatan.models import Wilayah
from kecamatan.queries.kop_surat import kop_surat
from p3pd_portal.lib.angka import angka
from p3pd_portal.lib.cetak import Bagian, Surat, Tabel, TandaTangan
from pelatihan.models import Angkatan, Calon
from pelatihan.queries.usulan import RincianUsulan, hasil_of


TITIK = "…………………………………"


def _day(day: datetime.date) -> str:
    return date_filter(day, "j F Y")


def _ibu_kota(wilayah: Wilayah) -> str:
    """The place in a date line, as far as the portal knows it: the name of the region."""
    return wilayah.nama.removeprefix("Kabupaten ").removeprefix("Kota ")


def _tentang(angkatan: Angkatan) -> str:
    return f"{angkatan.program}, {angkatan}"


def _waktu(angkatan: Angkatan) -> str:
    if not (angkatan.mulai and angkatan.selesai):
        return ""
    return _(" pada %(dari)s sampai %(sampai)s") % {"dari": _day(angkatan.mulai), "sampai": _day(angkatan.selesai)}


def _tabel(calon: Sequence[Calon], *, lebih: Sequence[bool]) -> Tabel:
    rows = [
        (
            str(number),
            satu.nama_lengkap,
            _nip(satu),
            satu.jenis_kelamin or "–",
            ", ".join(part for part in (satu.jabatan, satu.instansi) if part),
            f"{satu.unsur}" + (_(" (cadangan)") if over else ""),
        )
        for number, (satu, over) in enumerate(zip(calon, lebih, strict=True), 1)
    ]
    kepala = (_("No."), _("Nama"), _("NIP"), _("L/P"), _("Jabatan dan instansi"), _("Unsur"))
    return Tabel(kepala, rows, (6, 24, 24, 7, 22, 17))


def _nip(calon: Calon) -> str:
    nip = calon.nip_terurai
    return str(nip) if nip else _("belum diisi")


def surat_usulan(rincian: RincianUsulan) -> Surat:
    """The letter of the Sekda with its table, to be signed and scanned; what is not filled in yet is dotted."""
    usulan, undangan = rincian.usulan, rincian.undangan
    angkatan, wilayah = undangan.angkatan, undangan.wilayah
    words = {"tentang": _tentang(angkatan), "waktu": _waktu(angkatan), "n": angka(len(rincian.baris))}
    kepada = _("Yth. penyelenggara pelatihan, %(siapa)s") % {"siapa": angkatan.program.wilayah.nama_lengkap}
    p = rincian.perempuan
    isi = [
        kepada,
        _("Bersama ini kami mengusulkan %(n)s calon peserta %(tentang)s%(waktu)s, sebagaimana daftar berikut.") % words,
    ]
    penutup = [
        _("Perempuan %(n)s dari %(dari)s calon.") % {"n": angka(p.n), "dari": angka(p.dari)},
        _("Calon bertanda cadangan melebihi kuota dan dipanggil bila ada tempat. Demikian usulan ini kami sampaikan."),
    ]
    calon = [satu.calon for satu in rincian.baris]
    tabel = _tabel(calon, lebih=[satu.lebih for satu in rincian.baris])
    judul = [_("USULAN PESERTA PELATIHAN"), _("NOMOR %(nomor)s") % {"nomor": usulan.nomor_surat or TITIK}]
    tempat = f"{_ibu_kota(wilayah)}, {_day(usulan.tanggal_surat) if usulan.tanggal_surat else TITIK}"
    tanda = TandaTangan(tempat, usulan.jabatan_pejabat, usulan.pejabat or TITIK, usulan.nip_pejabat)
    parts = [Bagian(paragraf=isi), Bagian(tabel=tabel), Bagian(paragraf=penutup)]
    return Surat(kop_surat(wilayah), judul, parts, tanda)


JUDUL = {
    "diterima": gettext_lazy("Diterima sebagai peserta"),
    "cadangan": gettext_lazy("Cadangan, menurut urutan"),
    "ditolak": gettext_lazy("Belum diterima"),
    "mundur": gettext_lazy("Mengundurkan diri"),
    "terbuka": gettext_lazy("Belum diputuskan"),
}
BERALASAN = ("ditolak", "mundur")


def surat_hasil(rincian: RincianUsulan) -> Surat:
    """What became of everybody whom a kabupaten proposed: every name stands in exactly one of the tables."""
    usulan, undangan = rincian.usulan, rincian.undangan
    angkatan, wilayah = undangan.angkatan, undangan.wilayah
    hari = _day(usulan.tanggal_surat) if usulan.tanggal_surat else "–"
    words = {"nama": wilayah.nama_lengkap, "nomor": usulan.nomor_surat or "–", "tentang": _tentang(angkatan)}
    words |= {"hari": hari, "n": angka(len(rincian.baris))}
    isi = [
        _("Yth. Sekretaris Daerah %(nama)s") % words,
        _("Menjawab surat nomor %(nomor)s tanggal %(hari)s, hasil seleksi %(n)s calon peserta %(tentang)s:") % words,
    ]
    parts = [
        Bagian(judul=f"{JUDUL[name]} ({angka(len(people))})", tabel=_tabel_hasil(people, alasan=name in BERALASAN))
        for name, people in hasil_of(rincian).items()
        if people
    ]
    penyelenggara = angkatan.program.wilayah
    tempat = f"{_ibu_kota(penyelenggara)}, {_day(timezone.localdate())}"
    tanda = TandaTangan(tempat, _("Penyelenggara pelatihan,"), TITIK)
    judul = [_("HASIL SELEKSI PESERTA PELATIHAN"), wilayah.nama_lengkap.upper()]
    return Surat(kop_surat(penyelenggara), judul, [Bagian(paragraf=isi), *parts], tanda)


def _tabel_hasil(people: Sequence[Calon], *, alasan: bool) -> Tabel:
    rows = [
        (str(number), satu.nama_lengkap, f"{satu.unsur}", satu.alasan if alasan else satu.jabatan)
        for number, satu in enumerate(people, 1)
    ]
    last = _("Alasan") if alasan else _("Jabatan")
    return Tabel((_("No."), _("Nama"), _("Unsur"), last), rows, (6, 34, 25, 35))


def pesan_whatsapp(rincian: RincianUsulan) -> str:
    """What can be sent to the office by WhatsApp: counts, no names."""
    groups = hasil_of(rincian)
    words = {
        "tentang": _tentang(rincian.undangan.angkatan), "nama": rincian.undangan.wilayah.nama_lengkap,
        "terima": angka(len(groups["diterima"])), "cadangan": angka(len(groups["cadangan"])),
        "tolak": angka(len(groups["ditolak"])),
    }  # fmt: skip
    return _("Yth. Sekda %(nama)s. Hasil seleksi %(tentang)s: %(terima)s diterima, %(cadangan)s cadangan, %(tolak)s "
             "belum diterima. Surat hasil menyusul.") % words  # fmt: skip
