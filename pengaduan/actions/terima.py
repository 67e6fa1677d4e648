"""Take a report in: from the public form, or typed in by an officer who was told it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import JenisUnit, Pengguna, UnitLayanan, Wilayah
from kecamatan.permissions import Izin
from kecamatan.queries.wilayah import kabupaten_of, kecamatan_of
from p3pd_portal.lib.dokumen import Dokumen
from p3pd_portal.lib.locks import wait_in_transaction
from p3pd_portal.lib.sandi import tanda
from pengaduan.actions.catat import record
from pengaduan.actions.kabar import tell_meja
from pengaduan.actions.virus import status_baru
from pengaduan.models import KategoriPengaduan, KontakPelapor, Lampiran, Langkah, LangkahPengaduan, Pengaduan, Pihak
from pengaduan.queries.jam import perbarui_tenggat
from pengaduan.queries.kode import TandaTerima, is_kode_of, kode_rahasia, nomor_baru, sidik_isi, tanda_kode


Identitas, Terlapor, Sifat = Pengaduan.Identitas, Pengaduan.Terlapor, LangkahPengaduan.Sifat
KANTOR = {
    JenisUnit.KANTOR_DESA: Terlapor.DESA,
    JenisUnit.KANTOR_CAMAT: Terlapor.KECAMATAN,
    JenisUnit.PUSKESMAS: Terlapor.UPT_KESEHATAN,
    JenisUnit.UPT_PENDIDIKAN: Terlapor.UPT_PENDIDIKAN,
}
"""Units whose people would handle the report: naming one keeps it from them."""
PELAYANAN_KECAMATAN = "pelayanan_kecamatan"


@dataclass(frozen=True)
class Laporan:
    """What somebody reports. `wbs` alleges corruption or abuse of office; name and contact are kept apart."""

    jenis: str
    kategori: KategoriPengaduan
    wilayah: Wilayah
    judul: str
    isi: str
    identitas: str
    rahasia: bool = False
    wbs: bool = False
    lokasi: str = ""
    lintang: Decimal | None = None
    bujur: Decimal | None = None
    unit: UnitLayanan | None = None
    terlapor: str = ""
    tgl_kejadian: datetime.date | None = None
    nama: str = ""
    telepon: str = ""
    surel: str = ""
    kanal: str = Pengaduan.Kanal.WEB
    lampiran: Sequence[Dokumen] = field(default=(), repr=False)

    @property
    def sidik(self) -> bytes:
        said = (self.jenis, self.kategori.pk, self.wilayah.pk, self.judul, self.isi, self.lokasi, self.tgl_kejadian)
        files = (sha256(satu.isi).hexdigest() for satu in self.lampiran)
        return sidik_isi(*said, self.identitas, self.rahasia, self.wbs, *files)


@transaction.atomic
def terima(*, laporan: Laporan, kunci: str, perlu_disaring: bool = False, by: Pengguna | None = None) -> TandaTerima:
    """Store a report and tell the desk. The same form sent again, or many times at once, gets the same answer.

    Args:
        kunci: the key of the form.
        perlu_disaring: it came without proof of work: an officer looks at it before anybody is told.
        by: the officer who types it in.

    Raises:
        PermissionDenied: an officer of another region.
        ValidationError: the form was sent before with another text.
    """
    if by and not by.has_izin(Izin.KELOLA_PENGADUAN, laporan.wilayah):
        raise PermissionDenied
    wait_in_transaction(f"lapor:{kunci}")
    kirim = tanda("pengaduan.kirim", kunci)
    earlier = Pengaduan.objects.filter(kirim=kirim).first()
    if earlier:
        return _again(earlier, laporan, kode_rahasia(kunci))
    now = timezone.now()
    kode = kode_rahasia(kunci)
    pengaduan = Pengaduan(
        nomor=nomor_baru(kunci, laporan.wilayah, timezone.localdate(now)), kode=tanda_kode(kode), kirim=kirim,
        sidik=laporan.sidik, perlu_disaring=perlu_disaring, dicatat_oleh=by,
        diterima_pada=now, jam_mulai=now, sejak=now,
        **{name: getattr(laporan, name) for name in _DISALIN},
    )  # fmt: skip
    pengaduan.pengawasan = laporan.wbs
    pengaduan.rahasia = is_rahasia(laporan.rahasia, laporan.kategori, pengaduan.pengawasan)
    pengaduan.terlapor = laporan.terlapor or _terlapor(laporan)
    route(pengaduan)
    perbarui_tenggat(pengaduan)
    pengaduan.save()
    _attach(pengaduan, laporan)
    langkah = record(pengaduan, Langkah.LAPOR, by=by, pihak=Pihak.MEJA if by else Pihak.PELAPOR, sifat=Sifat.PUBLIK)
    if not perlu_disaring:
        tell_meja(langkah, _("Laporan warga menunggu verifikasi"))
    return TandaTerima(pengaduan, kode)


_DISALIN = (
    "jenis", "kategori", "wilayah", "judul", "isi", "identitas", "wbs", "lokasi", "lintang", "bujur", "unit",
    "tgl_kejadian", "kanal",
)  # fmt: skip


def _again(earlier: Pengaduan, laporan: Laporan, kode: str) -> TandaTerima:
    if bytes(earlier.sidik) != laporan.sidik or not is_kode_of(kode, bytes(earlier.kode)):
        raise ValidationError(
            _("Formulir ini sudah terkirim dengan isi lain. Untuk laporan baru, buka formulirnya sekali lagi.")
        )
    return TandaTerima(earlier, kode)


def is_rahasia(asked: bool, kategori: KategoriPengaduan, pengawasan: bool) -> bool:
    """Alleged abuse, and what tells of victims, is confidential whether the reporter asked for it or not."""
    return asked or kategori.wajib_rahasia or pengawasan


def _terlapor(laporan: Laporan) -> str:
    """Which office a report is about, if its people would be the ones to handle it."""
    if laporan.unit:
        return KANTOR.get(JenisUnit(laporan.unit.jenis), "")
    return Terlapor.KECAMATAN if laporan.kategori.pk == PELAYANAN_KECAMATAN else ""


def route(pengaduan: Pengaduan) -> None:
    """Lay a report on a desk, not yet saved: the kecamatan's, or the kabupaten's where the kecamatan is reported;
    alleged corruption goes to the inspectorate alone."""
    above = pengaduan.wbs or pengaduan.terlapor == Terlapor.KECAMATAN
    pengaduan.meja = (kabupaten_of if above else kecamatan_of)(pengaduan.wilayah)
    pengaduan.pelaksana_wilayah = pengaduan.meja
    pengaduan.pelaksana_peran = "inspektorat" if pengaduan.wbs else ""


def _attach(pengaduan: Pengaduan, laporan: Laporan) -> None:
    contact = (laporan.nama, laporan.telepon, laporan.surel)
    if any(contact) and laporan.identitas != Identitas.TANPA_IDENTITAS:
        KontakPelapor.objects.create(pengaduan=pengaduan, nama=contact[0], telepon=contact[1], surel=contact[2])
    status = status_baru()
    Lampiran.objects.bulk_create(
        Lampiran(
            pengaduan=pengaduan, urutan=nomor, status=status, tipe=satu.tipe, akhiran=satu.akhiran,
            ukuran=len(satu.isi), isi=satu.isi,
        )
        for nomor, satu in enumerate(laporan.lampiran, 1)
    )  # fmt: skip
