"""A class on paper: the list to be signed on a day, and the timetable."""

import datetime
from collections.abc import Sequence

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

from kecamatan.models import KopSurat, Wilayah
from kecamatan.models.wilayah import NASIONAL
from kecamatan.queries.kop_surat import kop_surat
from p3pd_portal.lib.cetak import Daftar, Kop, LembarLencana, Lencana, Tabel
from p3pd_portal.lib.qr import qr
from pelatihan.models import Kelas, Peserta, Sesi


SELEMBAR = 25
"""People on one sheet."""


def kop_pelatihan(wilayah: Wilayah) -> Kop:
    """The head of whoever organises; for the nation the ministry, unless another one was written down."""
    if wilayah.kode != NASIONAL or KopSurat.objects.filter(wilayah=wilayah).exists():
        return kop_surat(wilayah)
    return Kop([_("Kementerian Dalam Negeri"), _("Direktorat Jenderal Bina Administrasi Kewilayahan")])


def daftar_hadir(kelas: Kelas, hari: datetime.date, sesi: Sequence[Sesi]) -> Daftar:
    """The list of a day with a column to sign for every session that counts, and for every one where none does.

    Twenty-five people a sheet; a class without people gets a sheet to be filled in by hand.
    """
    counted = [satu for satu in sesi if satu.jp] or list(sesi)
    people = list(kelas.peserta.ikut().select_related("orang", "unsur", "wilayah").order_by("orang__nama", "pk"))
    kepala = [_("No."), _("Nama"), _("Unsur dan wilayah"), *(_jam(satu) for satu in counted)]
    lebar = [6, 28, 24, *[42 // len(counted)] * len(counted)]
    empty = [""] * len(counted)
    rows = [
        [str(nomor), satu.orang.nama_lengkap, _asal(satu), *empty] for nomor, satu in enumerate(people, 1)
    ] or [[str(nomor), "", "", *empty] for nomor in range(1, SELEMBAR + 1)]  # fmt: skip
    return Daftar(
        kop=kop_pelatihan(kelas.angkatan.program.wilayah),
        judul=[_("DAFTAR HADIR"), f"{kelas.angkatan.program}, {kelas.angkatan}"],
        keterangan=[
            _("%(kelas)s, %(tempat)s. %(hari)s (%(zona)s).") % {
                "kelas": kelas, "tempat": _tempat(kelas), "zona": kelas.zona, "hari": date_filter(hari, "l, j F Y"),
            },
            "; ".join(f"{_jam(satu)} {satu}" for satu in counted) + ".",
        ],
        lembar=[Tabel(kepala, rows[start : start + SELEMBAR], lebar) for start in range(0, len(rows), SELEMBAR)],
        kaki=[_("Tanda tangan petugas: ………………………………………")],
    )  # fmt: skip


def lembar_lencana(kelas: Kelas) -> LembarLencana:
    """Badges of those who have a number, by name. The code on it is the number and nothing else."""
    people = kelas.peserta.ikut().exclude(nomor_lencana=None).select_related("orang", "unsur", "wilayah")
    acara = f"{kelas.angkatan} · {kelas}"
    return LembarLencana(
        judul=_("Lencana %(kelas)s") % {"kelas": kelas},
        lencana=[
            Lencana(satu.orang.nama_lengkap, _asal(satu), acara, nomor_tampil(satu), qr(str(satu.nomor_lencana)))
            for satu in people.order_by("orang__nama", "pk")
        ],
        kosong=_("Belum ada peserta bernomor lencana. Beri nomornya di halaman kelas."),
    )


def nomor_tampil(peserta: Peserta) -> str:
    """ "123 456", as it is read out."""
    nomor = str(peserta.nomor_lencana)
    return f"{nomor[:3]} {nomor[3:]}"


def _asal(peserta: Peserta) -> str:
    parts = (str(peserta.unsur or peserta.orang.jabatan), peserta.wilayah.nama_lengkap)
    return ", ".join(part for part in parts if part)


def _tempat(kelas: Kelas) -> str:
    return kelas.tempat or kelas.wilayah.nama_lengkap


def _jam(sesi: Sesi) -> str:
    mulai, selesai = (moment.astimezone(sesi.kelas.zona_waktu) for moment in (sesi.mulai, sesi.selesai))
    return f"{mulai:%H.%M}–{selesai:%H.%M}"


def jadwal(kelas: Kelas) -> Daftar:
    """The timetable of a class, a row for every session."""
    kepala = [_("Hari"), _("Jam"), _("Materi"), _("JP"), _("Pelatih"), _("Ruang")]
    rows = [
        [
            date_filter(satu.hari, "D, j M Y"), _jam(satu), satu.judul, str(satu.jp or "–"),
            "; ".join(orang.nama_lengkap for orang in satu.pelatih.all()), satu.ruang,
        ]
        for satu in kelas.sesi.select_related("kelas").prefetch_related("pelatih")
    ]  # fmt: skip
    return Daftar(
        kop=kop_pelatihan(kelas.angkatan.program.wilayah),
        judul=[_("JADWAL"), f"{kelas.angkatan.program}, {kelas.angkatan}"],
        keterangan=[f"{kelas}, {_tempat(kelas)}. {_('Jam menurut')} {kelas.zona}."],
        lembar=[Tabel(kepala, rows, [16, 13, 31, 6, 22, 12])],
    )
