"""What the reporter does with number and code, and what others do who met the same."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from p3pd_portal.lib.sandi import tanda
from pengaduan.actions.catat import lock, record
from pengaduan.actions.kabar import tell_meja, tell_pelaksana
from pengaduan.models import Dukungan, Langkah, LangkahPengaduan, Pengaduan, Pihak, Status
from pengaduan.models.alur import ALUR
from pengaduan.queries.jam import perbarui_tenggat


KABAR = {
    Langkah.LENGKAPI: gettext_lazy("Pelapor melengkapi laporannya"),
    Langkah.PUAS: gettext_lazy("Pelapor menerima jawaban"),
    Langkah.KEBERATAN: gettext_lazy("Pelapor keberatan atas jawaban"),
}


@transaction.atomic
def answer(*, pengaduan: Pengaduan, langkah: Langkah, catatan: str = "", kepuasan: int | None = None) -> Pengaduan:
    """A step that is the reporter's: complete, accept the answer (and rate it), or object to it.

    An objection opens the case again with a new clock.

    Raises:
        ValidationError: not from here, without words, or for a third time.
    """
    pengaduan, aturan = lock(pengaduan), ALUR[langkah]
    if aturan.pihak != Pihak.PELAPOR:
        raise ValidationError(_("Langkah ini bukan langkah pelapor."))
    if langkah == Langkah.KEBERATAN and pengaduan.status == Status.DITANGGAPI and not pengaduan.may_object:
        raise ValidationError(_("Keberatan sudah dua kali diajukan. Anda dapat melapor ke Ombudsman RI."))
    pengaduan.move(langkah)
    if aturan.beralasan and not catatan.strip():
        raise ValidationError({"catatan": _("Tulis keterangan Anda.")})
    if langkah in (Langkah.LENGKAPI, Langkah.KEBERATAN):
        pengaduan.jam_mulai = pengaduan.sejak
    if langkah == Langkah.KEBERATAN:
        pengaduan.keberatan += 1
    if langkah == Langkah.PUAS:
        pengaduan.kepuasan = kepuasan
    perbarui_tenggat(pengaduan)
    pengaduan.save()
    row = record(pengaduan, langkah, pihak=Pihak.PELAPOR, catatan=catatan.strip())
    tell_meja(row, str(KABAR[langkah]))
    return pengaduan


@transaction.atomic
def add_tambahan(*, pengaduan: Pengaduan, catatan: str) -> LangkahPengaduan:
    """Something the reporter adds while the case is open.

    Raises:
        ValidationError: it is at an end, or nothing was written.
    """
    pengaduan = lock(pengaduan)
    if not pengaduan.is_open:
        raise ValidationError(_("Laporan ini sudah ditutup. Buat laporan baru bila masalahnya berlanjut."))
    if not catatan.strip():
        raise ValidationError({"catatan": _("Tulis keterangan Anda.")})
    row = record(pengaduan, Langkah.TAMBAHAN, pihak=Pihak.PELAPOR, catatan=catatan.strip())
    tell_pelaksana(row, _("Pelapor menambah keterangan"))
    return row


@transaction.atomic
def support(*, pengaduan: Pengaduan, perangkat: str) -> bool:
    """Count somebody to whom the same happened; returns whether this device had not been counted yet.

    Args:
        perangkat: what stands for the device; only a mark of it is kept.
    """
    mark = tanda(f"dukungan.{pengaduan.pk}", perangkat)
    _row, is_new = Dukungan.objects.get_or_create(pengaduan=pengaduan, tanda=mark)
    if is_new:
        Pengaduan.objects.filter(pk=pengaduan.pk).update(dukungan=F("dukungan") + 1)
    return is_new
