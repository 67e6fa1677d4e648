"""Reminders of the desk: a due date that nears, and a sheet that waits in silence. The night run calls it; nothing is
ever published by the calendar alone."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna, Penugasan, Tingkat, Wilayah
from kecamatan.permissions import Izin, peran_dengan
from layanan_dasar.models import Isian
from layanan_dasar.queries.baris_isian import BarisIsian
from layanan_dasar.queries.isian import DaftarIsian


HARI_PENGINGAT = 3
"""Working days before the due date, and days of silence, after which people are reminded."""


@transaction.atomic
def ingatkan_isian() -> dict[str, int]:
    """Remind who fills in, verifies or approves; nobody twice of the same. Returns how many notices there are of each.

    Only kecamatan in which somebody fills in are looked at: elsewhere there is nobody to remind.
    """
    tenggat = diam = 0
    for kecamatan in _kecamatan():
        daftar = DaftarIsian(kecamatan)
        for row in daftar.baris:
            if row.is_menunggu_pengisi and _is_near(row):
                tenggat += _remind_tenggat(row)
            elif row.diam is not None and row.diam >= HARI_PENGINGAT:
                diam += _remind_diam(row)
    return {"tenggat": tenggat, "diam": diam}


def _kecamatan() -> Iterable[Wilayah]:
    here = Penugasan.objects.in_force().filter(peran__in=peran_dengan(Izin.ISI_CAPAIAN))
    codes = {kode[:8] for kode in here.values_list("wilayah__kode", flat=True)}
    return Wilayah.objects.in_force().filter(tingkat=Tingkat.KECAMATAN, kode__in=codes).order_by("kode")


def _is_near(row: BarisIsian) -> bool:
    """Due in three working days or less, and not over."""
    days = row.jadwal
    return days.hari_ini <= days.tenggat <= days.kalender.tenggat(days.hari_ini, HARI_PENGINGAT)


def _remind_tenggat(row: BarisIsian) -> int:
    kepada = Pengguna.objects.bertugas(row.kecamatan, row.dataset.pengisi)
    isi = _("Isi lalu ajukan paling lambat %(hari)s.") % {"hari": row.jadwal.tenggat}
    return _tell(kepada, row, "isian_lembar", _("Tenggat isian mendekat"), isi, "tenggat")


def _remind_diam(row: BarisIsian) -> int:
    verified = row.isian is not None and row.isian.status == Isian.Status.DIVERIFIKASI
    izin = Izin.SAHKAN_CAPAIAN if verified else Izin.VERIFIKASI_CAPAIAN
    kepada = Pengguna.objects.bertugas(row.kecamatan, peran_dengan(izin))
    isi = _("Sudah menunggu %(n)s hari kerja.") % {"n": row.diam}
    steps = row.isian.langkah.count() if row.isian else 0
    return _tell(kepada, row, "isian_rinci", _("Lembar menunggu Anda"), isi, f"diam:{steps}")


def _tell(kepada: Iterable[Pengguna], row: BarisIsian, page: str, judul: str, isi: str, kunci: str) -> int:
    of = (row.kecamatan.kode, row.dataset.kode, str(row.periode))
    return notify(
        kepada=kepada,
        jenis="pekerjaan",
        judul=f"{judul}: {row.dataset} {row.periode.label}",
        isi=f"{row.kecamatan.nama_lengkap}. {isi}",
        url=reverse(f"layanan_dasar:{page}", args=of),
        kunci=f"isian:{':'.join(of)}:{kunci}",
    )
