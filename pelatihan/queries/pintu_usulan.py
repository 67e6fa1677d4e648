"""Whom an invitation lets in, and until when.

The mail to the office carries a signed link that names one invitation; behind it a one-time code is sent to the same
mail. Both together leave a signed cookie for a working day. Taking the invitation back ends links and cookies at once.
"""

import datetime
import hmac

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from p3pd_portal.lib.kode import kode_dari
from p3pd_portal.lib.sandi import tanda
from pelatihan.models import KodeUndangan, StatusAngkatan, StatusUsulan, Undangan
from pelatihan.models.undangan import UndanganQuerySet


KUKI = "usul"
KUKI_BERLAKU = datetime.timedelta(hours=12)
PANJANG = 7
"""Signs of a code before the one that checks them: 35 bits, five guesses."""
_GARAM_TAUTAN, _GARAM_KUKI = "pelatihan.usul.tautan", "pelatihan.usul.kuki"


def _complete(found: UndanganQuerySet) -> UndanganQuerySet:
    return found.select_related("angkatan__program__wilayah", "wilayah", "usulan")


def token_undangan(undangan: Undangan) -> str:
    """What stands in the link of an invitation."""
    return signing.dumps([undangan.pk, undangan.versi], salt=_GARAM_TAUTAN)


def undangan_of_token(token: str) -> Undangan | None:
    """Which invitation a link opens; None for one that was taken back or never given."""
    try:
        pk, versi = signing.loads(token, salt=_GARAM_TAUTAN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _complete(Undangan.objects.filter(pk=pk, versi=versi, dicabut_pada=None)).first()


def kode_of(kode: KodeUndangan) -> str:
    """The code in plain, for its mail: whoever has the database alone cannot make it."""
    content = tanda("usulan", f"{kode.undangan_id}:{bytes(kode.garam).hex()}")
    return kode_dari(content[:8], PANJANG)


def is_kode_of(kode: KodeUndangan, typed: str) -> bool:
    return hmac.compare_digest(kode_of(kode).encode(), typed.encode())


def isi_kuki(request: HttpRequest, undangan: Undangan) -> str:
    """The cookie that opens one invitation more."""
    kept = [pair for pair in _pairs(request) if pair[0] != undangan.pk]
    return signing.dumps([*kept[-4:], (undangan.pk, undangan.versi)], salt=_GARAM_KUKI)


def _pairs(request: HttpRequest) -> list[tuple[int, int]]:
    try:
        pairs: list[tuple[int, int]] = signing.loads(
            request.COOKIES.get(KUKI, ""), salt=_GARAM_KUKI, max_age=KUKI_BERLAKU
        )
    except signing.BadSignature:
        return []
    return pairs


def undangan_of_request(request: HttpRequest, pk: int) -> Undangan | None:
    """The invitation, for whoever may answer or run it: by the cookie, or by account; None for everybody else."""
    told = dict(_pairs(request))
    found = Undangan.objects.filter(pk=pk, versi=told[pk], dicabut_pada=None) if pk in told else None
    by_cookie = _complete(found).first() if found is not None else None
    return by_cookie or _complete(Undangan.objects.visible_to(request.user).filter(pk=pk)).first()


def is_sekda(user: Pengguna, wilayah: Wilayah) -> bool:
    """Whether somebody is the Sekda of a region today."""
    return any(p.peran == "sekda" and p.wilayah_id == wilayah.pk for p in user.penugasan_berlaku)


def daftar_undangan(user: Pengguna) -> list[Undangan]:
    """Invitations to the kabupaten whose Sekda somebody is, the latest first."""
    kabupaten = [p.wilayah_id for p in user.penugasan_berlaku if p.peran == "sekda"]
    mine = _complete(Undangan.objects.filter(wilayah__in=kabupaten, dicabut_pada=None))
    return list(mine.order_by("-dikirim_pada", "pk"))


def sebab_tertutup(undangan: Undangan) -> str:
    """Why nothing of this proposal can be changed now, as a sentence that says whom to ask; "" where it can."""
    angkatan, usulan = undangan.angkatan, undangan.usulan
    if undangan.dicabut_pada:
        return _("Undangan ini dicabut. Hubungi penyelenggara pelatihan.")
    if usulan.status == StatusUsulan.TERKIRIM:
        return _("Usulan sudah dikirim. Bila ada yang keliru, minta penyelenggara mengembalikannya.")
    returned = usulan.status == StatusUsulan.DIKEMBALIKAN
    usable = {StatusAngkatan.UNDANG, StatusAngkatan.USULAN} | ({StatusAngkatan.SELEKSI} if returned else set())
    if angkatan.status not in usable:
        return _("Usulan untuk angkatan ini sudah ditutup (%(status)s). Hubungi penyelenggara: %(siapa)s.") % {
            "status": angkatan.get_status_display(), "siapa": angkatan.program.wilayah.nama_lengkap
        }  # fmt: skip
    if undangan.is_late:
        return _("Batas usulan %(hari)s sudah lewat. Minta perpanjangan kepada penyelenggara: %(siapa)s.") % {
            "hari": f"{undangan.tenggat:%d-%m-%Y}", "siapa": angkatan.program.wilayah.nama_lengkap
        }  # fmt: skip
    return ""


def mengelola(user: object, undangan: Undangan) -> bool:
    """Whether somebody runs the cohort of an invitation."""
    return isinstance(user, Pengguna) and user.has_izin(Izin.KELOLA_PELATIHAN, undangan.angkatan.program.wilayah)
