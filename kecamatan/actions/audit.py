"""Write down who looked at whose contact data."""

from django.db.models import Model

from kecamatan.models import CatatanAkses, Orang, Pengguna, Wilayah
from p3pd_portal.lib.permintaan import alamat_permintaan, nomor_permintaan


def record_view(*, by: Pengguna, objek: Orang | Pengguna, alasan: str) -> None:
    """Log that `by` sees the contact data of a person or account; one's own is nobody's business.

    Args:
        alasan: what the page is for, in words of ours ("profil orang"), never text somebody typed.
    """
    orang = objek if isinstance(objek, Orang) else objek.orang
    if by.orang_id == orang.pk:
        return
    record_access(by=by, objek=objek, alasan=alasan, orang=orang)


def record_access(
    *, by: Pengguna, objek: Model, alasan: str, orang: Orang | None = None, wilayah: Wilayah | None = None
) -> None:
    """Log that `by` sees what is personal in an object that belongs to a person, or to a region."""
    CatatanAkses.objects.create(
        model=objek._meta.label_lower,
        objek=objek.pk,
        orang=orang,
        wilayah=wilayah,
        pelaku=by,
        permintaan=nomor_permintaan() or None,
        alamat=alamat_permintaan(),
        alasan=alasan,
    )
