"""One thing done to several reports: each on its own, so that one that is refused holds up no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from pengaduan.actions.meja import set_tayang, take_langkah
from pengaduan.models import Langkah, Pengaduan


@dataclass(frozen=True)
class HasilSerentak:
    """How many were done, and of every other its number and why not."""

    selesai: int
    ditolak: list[tuple[str, str]]


def act_on_all(*, by: Pengguna, pengaduan: Iterable[Pengaduan], langkah: Langkah, catatan: str = "") -> HasilSerentak:
    """Take a step with every report, or take every one off the public page (`Langkah.TURUN`)."""
    done, refused = 0, []
    for satu in pengaduan:
        try:
            if langkah == Langkah.TURUN:
                set_tayang(by=by, pengaduan=satu, tayang=False)
            else:
                take_langkah(by=by, pengaduan=satu, langkah=langkah, catatan=catatan)
            done += 1
        except ValidationError as error:
            refused.append((satu.nomor, " ".join(error.messages)))
        except PermissionDenied:
            refused.append((satu.nomor, _("Bukan meja Anda.")))
    return HasilSerentak(done, refused)
