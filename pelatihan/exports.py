"""Training to take away: certificates."""

import datetime

from django.conf import settings
from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils.translation import gettext as _

from kecamatan.queries.kop_surat import kop_surat
from p3pd_portal.lib.cetak import LembarPiagam, Piagam, TandaTangan
from p3pd_portal.lib.qr import qr
from pelatihan.models import Angkatan, Sertifikat, TerbitanSertifikat
from pelatihan.queries.sertifikat import lembar_terbitan


def hari(day: datetime.date) -> str:
    return date_filter(day, "j F Y")


def masa(angkatan: Angkatan) -> str:
    """ "18–22 Juni 2024", "30 Juni – 2 Juli 2024"; "" without days."""
    start, end = angkatan.mulai, angkatan.selesai
    if not start:
        return ""
    if not end or start == end:
        return hari(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{hari(end)}"
    return f"{date_filter(start, 'j F' if start.year == end.year else 'j F Y')} – {hari(end)}"


def piagam(terbitan: TerbitanSertifikat) -> Piagam:
    """All certificates of a printing that are in force."""
    angkatan = terbitan.angkatan
    tanda = TandaTangan(f"{terbitan.tempat}, {hari(terbitan.tanggal)}", terbitan.jabatan, terbitan.nama_penanda)
    lembar = [_lembar(satu, angkatan, tanda) for satu in lembar_terbitan(terbitan)]
    return Piagam(kop_surat(angkatan.program.wilayah), _("Sertifikat"), lembar)


def _lembar(satu: Sertifikat, angkatan: Angkatan, tanda: TandaTangan) -> LembarPiagam:
    alamat = settings.SITE_URL + reverse("pelatihan:verifikasi", args=[satu.kode])
    peserta = satu.peserta
    asal = [str(peserta.unsur) if peserta.unsur else peserta.orang.jabatan, peserta.wilayah.nama_lengkap]
    words = {"angkatan": angkatan.nama, "program": angkatan.program.nama, "masa": masa(angkatan)}
    isi = [_("telah mengikuti dan dinyatakan LULUS %(program)s, %(angkatan)s") % words]
    isi += [_("yang diselenggarakan pada %(masa)s") % words] if words["masa"] else []
    isi += [_("dengan beban %(jp)s jam pelajaran.") % {"jp": satu.jp}] if satu.jp else []
    asal = [part for part in asal if part]
    return LembarPiagam(satu.nomor, satu.nama, ", ".join(asal), isi, tanda, qr(alamat), alamat, satu.kode_tampil)
