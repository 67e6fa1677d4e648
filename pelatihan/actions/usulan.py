"""Fill a proposal in and send it: the office of a Sekda, with or without an account.

Who may answer an invitation is asked at the door (`queries.pintu_usulan`); whether it can still be answered is asked
here, of the row as it is at that moment.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.actions.notifikasi import notify
from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin, peran_dengan
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.models import BerkasUsulan, Calon, Kuota, StatusCalon, StatusUsulan, Undangan, UnsurPeserta, Usulan
from pelatihan.queries.pintu_usulan import sebab_tertutup
from pelatihan.queries.usulan import kekurangan


def lock_usulan(undangan: Undangan) -> Usulan:
    """The proposal as it is now, ours until the transaction ends.

    Raises:
        ValidationError: it cannot be changed any more, with whom to ask.
    """
    Undangan.objects.select_for_update().get(pk=undangan.pk)
    satu = Undangan.objects.select_related("angkatan__program__wilayah", "wilayah", "usulan").get(pk=undangan.pk)
    if closed := sebab_tertutup(satu):
        raise ValidationError(closed)
    return satu.usulan


@transaction.atomic
def save_calon(
    *, undangan: Undangan, unsur: UnsurPeserta, wilayah: Wilayah, calon: Calon | None = None, **isi: Any
) -> Calon:
    """Add somebody, at the end of their office, or correct what was written of them.

    Args:
        wilayah: where the person works; the kabupaten of the invitation for offices that work there.
        isi: fields of `Calon`; sex may stay "" where the NIP tells it.

    Raises:
        ValidationError: closed, an office without a quota here, a region elsewhere, a NIP that is there already, or
            one that tells another sex.
    """
    usulan = lock_usulan(undangan)
    satu = calon or Calon(usulan=usulan)
    _require_place(undangan, unsur, wilayah)
    if not calon or calon.unsur_id != unsur.pk:
        last = usulan.calon.filter(unsur=unsur).aggregate(last=Max("urutan"))["last"]
        satu.urutan = (last or 0) + 1
    satu.unsur, satu.wilayah = unsur, wilayah
    for name, value in isi.items():
        setattr(satu, name, value)
    told = satu.nip_terurai
    if told and satu.jenis_kelamin and satu.jenis_kelamin != told.jenis_kelamin:
        text = _("Angka ke-15 NIP menyatakan jenis kelamin yang lain. Periksa NIP atau pilihan ini.")
        raise ValidationError({"jenis_kelamin": text})
    satu.jenis_kelamin = satu.jenis_kelamin or (told.jenis_kelamin if told else "")
    satu.full_clean()
    satu.save()
    return satu


def _require_place(undangan: Undangan, unsur: UnsurPeserta, wilayah: Wilayah) -> None:
    wanted = Kuota.objects.filter(angkatan=undangan.angkatan, wilayah=undangan.wilayah, unsur=unsur, jumlah__gt=0)
    if not wanted.exists():
        raise ValidationError({"unsur": _("Tidak ada kuota untuk unsur ini. Pilih unsur yang lain.")})
    inside = wilayah.induk_id == undangan.wilayah_id if unsur.kecamatan else wilayah.pk == undangan.wilayah_id
    if not inside:
        raise ValidationError({"wilayah": _("Pilih kecamatan tempat calon ini bertugas.")})


@transaction.atomic
def remove_calon(*, undangan: Undangan, calon: int) -> None:
    """Take somebody out of a proposal.

    Raises:
        ValidationError: closed.
        Calon.DoesNotExist: nobody of this proposal.
    """
    lock_usulan(undangan).calon.get(pk=calon).delete()


@transaction.atomic
def raise_calon(*, undangan: Undangan, calon: int) -> None:
    """One place up among those of the same office.

    Raises:
        ValidationError: closed.
        Calon.DoesNotExist: nobody of this proposal.
    """
    swap_up(lock_usulan(undangan).calon.get(pk=calon))


def swap_up(calon: Calon, **among: Any) -> None:
    """Change places with the one before in the same office; the first one stays. Call it under a lock.

    Args:
        among: conditions on those who count.
    """
    order = list(Calon.objects.filter(usulan=calon.usulan_id, unsur=calon.unsur_id, **among).berurut())
    place = order.index(calon)
    if place:
        order[place - 1 : place + 1] = [order[place], order[place - 1]]
    used = sorted({satu.urutan for satu in order})
    free = used if len(used) == len(order) else range(1, len(order) + 1)
    for satu, urutan in zip(order, free, strict=True):
        if satu.urutan != urutan:
            satu.urutan = urutan
            satu.save(update_fields=["urutan"])


@transaction.atomic
def record_surat(
    *, undangan: Undangan, nomor_surat: str, tanggal_surat: datetime.date | None, pejabat: str,
    jabatan_pejabat: str, nip_pejabat: str = "", berkas: Dokumen | None = None,
) -> Usulan:  # fmt: skip
    """Write the letter down and keep its scan; without a new scan the one before stays.

    Raises:
        ValidationError: closed, or a letter of a day to come.
    """
    usulan = lock_usulan(undangan)
    if tanggal_surat and tanggal_surat > timezone.localdate():
        raise ValidationError({"tanggal_surat": _("Tanggal surat belum tiba. Periksa lagi.")})
    usulan.nomor_surat, usulan.tanggal_surat, usulan.pejabat = nomor_surat, tanggal_surat, pejabat
    usulan.jabatan_pejabat, usulan.nip_pejabat = jabatan_pejabat, nip_pejabat
    usulan.full_clean()
    usulan.save()
    if berkas is not None:
        BerkasUsulan.objects.update_or_create(usulan=usulan, defaults=vars(berkas) | {"diunggah_pada": timezone.now()})
    return usulan


@transaction.atomic
def send_usulan(*, undangan: Undangan) -> Usulan:
    """Hand the proposal in. From now on it is read only, until it is sent back.

    Raises:
        ValidationError: closed; or a list of all that is missing, person by person.
    """
    usulan = lock_usulan(undangan)
    calon = list(usulan.calon.select_related("unsur").berurut())
    missing = kekurangan(usulan, calon, BerkasUsulan.objects.filter(usulan=usulan).exists())
    if missing:
        raise ValidationError(missing)
    usulan.status, usulan.dikirim_pada, usulan.alasan = StatusUsulan.TERKIRIM, timezone.now(), ""
    usulan.save()
    usulan.calon.update(status=StatusCalon.LENGKAP)
    tell_penyelenggara(undangan, _("Usulan %(nama)s masuk") % {"nama": undangan.wilayah.nama_lengkap},
                       kunci=f"usulan-masuk:{undangan.pk}:{usulan.dikirim_pada:%Y%m%d%H%M%S}")  # fmt: skip
    return usulan


def tell_penyelenggara(undangan: Undangan, judul: str, *, kunci: str) -> None:
    """Tell those who run the cohort something about a proposal; no name of anybody proposed stands in it."""
    wilayah = undangan.angkatan.program.wilayah
    notify(
        kepada=Pengguna.objects.bertugas(wilayah, peran_dengan(Izin.KELOLA_PELATIHAN)), jenis="pekerjaan",
        judul=judul, isi=str(undangan.angkatan), kunci=kunci,
        url=reverse("pelatihan:usulan", args=[wilayah.kode, undangan.angkatan_id, undangan.pk]),
    )  # fmt: skip
