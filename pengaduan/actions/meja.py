"""What the desk and whoever follows a complaint up do with it: one function takes every step of the table.

Two officers at once: the first one's step counts, the second reads where the complaint stands now.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, Tingkat, Wilayah
from kecamatan.permissions import PERAN
from kecamatan.queries.hari_libur import kalender
from kecamatan.queries.wilayah import kecamatan_of
from pengaduan.actions.catat import lock, record
from pengaduan.actions.kabar import tell_meja, tell_pelaksana
from pengaduan.actions.terima import is_rahasia, route
from pengaduan.models import JedaPengaduan, KategoriPengaduan, Langkah, LangkahPengaduan, Pengaduan, Pihak, Status
from pengaduan.models.alur import ALUR
from pengaduan.queries.jam import perbarui_tenggat
from pengaduan.queries.wewenang import is_reported, may_take


Sifat = LangkahPengaduan.Sifat


@transaction.atomic
def take_langkah(
    *, by: Pengguna, pengaduan: Pengaduan, langkah: Langkah, catatan: str = "", **rincian: Any
) -> LangkahPengaduan:
    """Take a step of the table.

    Args:
        catatan: words for the reporter.
        rincian: what some steps need beside them: `wilayah` and `peran` of a disposition, `wilayah` of a move
            to another region, `induk` of a merger, `instansi_lain`, `nomor_rujukan` and `kategori_sp4n` of a referral.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: not from here, or without the words it needs.
    """
    pengaduan, aturan = _visible(by, pengaduan), ALUR[langkah]
    if not may_take(by, pengaduan, aturan.pihak):
        raise PermissionDenied
    pengaduan.move(langkah)
    if aturan.beralasan and not catatan.strip():
        raise ValidationError({"catatan": _("Tulis penjelasannya: pelapor membaca alasan dan langkah berikutnya.")})
    _EFEK.get(langkah, _nothing)(pengaduan, by, **rincian)
    if pengaduan.dijawab_pada is None and langkah in JAWABAN:
        pengaduan.dijawab_pada = pengaduan.sejak
    pengaduan.perlu_disaring = False
    perbarui_tenggat(pengaduan)
    pengaduan.save()
    row = record(pengaduan, langkah, pihak=aturan.pihak, by=by, catatan=catatan.strip())
    if langkah == Langkah.DISPOSISI:
        tell_pelaksana(row, _("Laporan warga diteruskan kepada Anda"))
    elif langkah == Langkah.PINDAH:
        tell_meja(row, _("Laporan warga dipindahkan ke meja Anda"))
    elif langkah in (Langkah.KEMBALIKAN, Langkah.TANGGAPI):
        tell_meja(row, _("Laporan warga: %(langkah)s") % {"langkah": langkah.label})
    return row


JAWABAN = (Langkah.PROSES, Langkah.TANGGAPI, Langkah.TOLAK, Langkah.ALIHKAN, Langkah.MINTA_DATA)
"""Steps with which the reporter first hears that somebody works on it."""


def _visible(by: Pengguna, pengaduan: Pengaduan) -> Pengaduan:
    """Raises:
    PermissionDenied: this person does not see the complaint (any more).
    """
    pengaduan = lock(pengaduan)
    if not Pengaduan.objects.visible_to(by).filter(pk=pengaduan.pk).exists():
        raise PermissionDenied
    return pengaduan


def _nothing(pengaduan: Pengaduan, by: Pengguna) -> None: ...


def _disposisi(pengaduan: Pengaduan, by: Pengguna, wilayah: Wilayah, peran: str = "") -> None:
    if peran and (peran not in PERAN or wilayah.tingkat not in PERAN[peran].tingkat):
        raise ValidationError({"tujuan": _("Tujuan disposisi tidak dikenal. Pilih dari daftar.")})
    if is_reported(pengaduan, wilayah, peran):
        raise ValidationError({"tujuan": _("Laporan ini tentang kantor itu sendiri. Pilih pelaksana yang lain.")})
    pengaduan.pelaksana_wilayah, pengaduan.pelaksana_peran = wilayah, peran


def _kembalikan(pengaduan: Pengaduan, by: Pengguna) -> None:
    pengaduan.pelaksana_wilayah, pengaduan.pelaksana_peran = pengaduan.meja, ""


def _pindah(pengaduan: Pengaduan, by: Pengguna, wilayah: Wilayah) -> None:
    """The desk there answers for it from now on; the days of the promise go on from when they began, and it does not
    move up before that desk had its own."""
    is_here = wilayah.tingkat < Tingkat.KECAMATAN or kecamatan_of(wilayah) == kecamatan_of(pengaduan.wilayah)
    if is_here or wilayah.contoh != pengaduan.wilayah.contoh:
        raise ValidationError({"tujuan": _("Pilih desa atau kecamatan di luar kecamatan ini.")})
    pengaduan.wilayah, pengaduan.unit, pengaduan.tayang = wilayah, None, False
    pengaduan.naik_pada = kalender(wilayah).hari_ini
    route(pengaduan)


def _alihkan(
    pengaduan: Pengaduan, by: Pengguna, instansi_lain: str, nomor_rujukan: str = "", kategori_sp4n: str = ""
) -> None:
    pengaduan.instansi_lain, pengaduan.nomor_rujukan = instansi_lain, nomor_rujukan
    pengaduan.kategori_sp4n = kategori_sp4n


def _gabung(pengaduan: Pengaduan, by: Pengguna, induk: Pengaduan) -> None:
    induk = _visible(by, induk)
    if induk.pk == pengaduan.pk or not induk.is_open:
        raise ValidationError({"induk": _("Pilih laporan lain yang masih berjalan.")})
    if induk.wbs != pengaduan.wbs or (pengaduan.rahasia and not induk.rahasia):
        raise ValidationError({"induk": _("Laporan rahasia tidak digabung ke laporan yang tidak rahasia.")})
    pengaduan.induk, pengaduan.tayang = induk, False
    Pengaduan.objects.filter(pk=induk.pk).update(dukungan=induk.dukungan + 1 + pengaduan.dukungan)


def _tunda(pengaduan: Pengaduan, by: Pengguna) -> None:
    JedaPengaduan.objects.create(pengaduan=pengaduan, dari=kalender(pengaduan.wilayah).hari_ini, oleh=by)


def _lanjutkan(pengaduan: Pengaduan, by: Pengguna) -> None:
    pengaduan.jeda.filter(sampai=None).update(sampai=kalender(pengaduan.wilayah).hari_ini)


_EFEK: dict[Langkah, Callable[..., None]] = {
    Langkah.DISPOSISI: _disposisi,
    Langkah.PINDAH: _pindah,
    Langkah.KEMBALIKAN: _kembalikan,
    Langkah.ALIHKAN: _alihkan,
    Langkah.GABUNG: _gabung,
    Langkah.TUNDA: _tunda,
    Langkah.LANJUTKAN: _lanjutkan,
}


# What is no step


@transaction.atomic
def classify(
    *,
    by: Pengguna,
    pengaduan: Pengaduan,
    kategori: KategoriPengaduan,
    jenis: str,
    terlapor: str,
    pengawasan: bool,
    wbs: bool,
) -> Pengaduan:
    """Say what a report is about and whom. It goes to another desk where that follows, and becomes confidential, never
    public again by itself.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: it is at an end.
    """
    pengaduan = _visible(by, pengaduan)
    if not may_take(by, pengaduan, Pihak.MEJA):
        raise PermissionDenied
    if not pengaduan.is_open:
        raise ValidationError(_("Laporan ini sudah ditutup; klasifikasinya tidak berubah lagi."))
    before = (pengaduan.terlapor, pengaduan.wbs)
    pengaduan.kategori, pengaduan.jenis, pengaduan.terlapor = kategori, jenis, terlapor
    pengaduan.wbs, pengaduan.pengawasan = wbs, pengawasan or wbs
    pengaduan.rahasia = is_rahasia(pengaduan.rahasia, kategori, pengaduan.pengawasan)
    pengaduan.tayang = pengaduan.tayang and not pengaduan.rahasia
    moved = (terlapor, wbs) != before
    if moved:
        route(pengaduan)
    perbarui_tenggat(pengaduan)
    pengaduan.save()
    row = record(
        pengaduan, Langkah.CATATAN, pihak=Pihak.MEJA, by=by, catatan=_("Klasifikasi diubah."), sifat=Sifat.INTERNAL
    )
    if moved:
        tell_meja(row, _("Laporan warga berpindah ke meja Anda"))
    return pengaduan


@transaction.atomic
def add_catatan(*, by: Pengguna, pengaduan: Pengaduan, catatan: str, sifat: str) -> LangkahPengaduan:
    """Write something into the history: for everybody, for the reporter, or for officers alone.

    Raises:
        PermissionDenied: no work of this person.
    """
    pengaduan = _visible(by, pengaduan)
    if sifat != Sifat.INTERNAL and pengaduan.dijawab_pada is None:
        pengaduan.dijawab_pada = timezone.now()
        pengaduan.save()
    return record(pengaduan, Langkah.CATATAN, pihak=Pihak.PELAKSANA, by=by, catatan=catatan, sifat=sifat)


@transaction.atomic
def set_tayang(*, by: Pengguna, pengaduan: Pengaduan, tayang: bool, judul: str = "", isi: str = "") -> Pengaduan:
    """Show a report to everybody in the moderator's words, or no longer.

    Raises:
        PermissionDenied: no work of this person.
        ValidationError: it is confidential, not verified, or merged; or without a title.
    """
    pengaduan = _visible(by, pengaduan)
    if not may_take(by, pengaduan, Pihak.MEJA):
        raise PermissionDenied
    if tayang and (pengaduan.rahasia or pengaduan.induk_id):
        raise ValidationError(_("Laporan rahasia atau gabungan tidak ditayangkan."))
    if tayang and pengaduan.status == Status.DITERIMA:
        raise ValidationError(_("Verifikasi laporan ini dahulu, baru tayangkan."))
    if tayang and not judul.strip():
        raise ValidationError({"judul_publik": _("Isi judul untuk umum.")})
    pengaduan.tayang = tayang
    if tayang:
        pengaduan.judul_publik, pengaduan.isi_publik = judul.strip(), isi.strip()
    pengaduan.save()
    record(pengaduan, Langkah.TAYANG if tayang else Langkah.TURUN, pihak=Pihak.MEJA, by=by, sifat=Sifat.INTERNAL)
    return pengaduan


@transaction.atomic
def redact(*, by: Pengguna, langkah: LangkahPengaduan) -> None:
    """Take the words out of a line of the history; that it stood there, and who took them out, stays.

    Raises:
        PermissionDenied: no work of this person.
    """
    pengaduan = _visible(by, langkah.pengaduan)
    if not may_take(by, pengaduan, Pihak.MEJA):
        raise PermissionDenied
    LangkahPengaduan.objects.filter(pk=langkah.pk).update(catatan="", diredaksi=True)
    record(pengaduan, Langkah.REDAKSI, pihak=Pihak.MEJA, by=by, sifat=Sifat.INTERNAL)
