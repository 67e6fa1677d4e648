"""Who a participant's telephone or link belongs to.

Two ways lead in without an account: a one-time code that a steward hands out (`actions.tautan`), and a signed link that
a mail carries. Both leave a signed cookie; it names participations by number and dies when the links of one are taken
back, or when what is personal of its cohort is kept no more.
"""

import datetime

from django.core import signing
from django.http import HttpRequest

from kecamatan.models import Pengguna
from pelatihan.models import Peserta


KUKI = "ikut"
KUKI_BERLAKU = datetime.timedelta(days=300)
TAUTAN_BERLAKU = datetime.timedelta(days=240)
"""A link of the first day still opens the follow-up after six months."""
_GARAM_TAUTAN, _GARAM_KUKI = "pelatihan.tautan", "pelatihan.kuki"
Pasangan = list[tuple[int, int]]


def token_tautan(peserta: Peserta) -> str:
    """What stands in the link of a participant: it opens that participation and nothing else."""
    return signing.dumps([peserta.pk, peserta.versi_tautan], salt=_GARAM_TAUTAN)


def peserta_of_token(token: str) -> Peserta | None:
    """Whose link it is; None for one that is too old, was taken back or never given, or whose data are kept no more."""
    try:
        pk, versi = signing.loads(token, salt=_GARAM_TAUTAN, max_age=TAUTAN_BERLAKU)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Peserta.objects.disimpan().filter(pk=pk, versi_tautan=versi).first()


def isi_kuki(request: HttpRequest, peserta: Peserta) -> str:
    """The cookie of a telephone that opens one participation more."""
    kept = [pair for pair in _pairs(request) if pair[0] != peserta.pk]
    return signing.dumps([*kept[-9:], (peserta.pk, peserta.versi_tautan)], salt=_GARAM_KUKI)


def _pairs(request: HttpRequest) -> Pasangan:
    try:
        pairs: Pasangan = signing.loads(request.COOKIES.get(KUKI, ""), salt=_GARAM_KUKI, max_age=KUKI_BERLAKU)
    except signing.BadSignature:
        return []
    return pairs


def peserta_of_request(request: HttpRequest) -> list[Peserta]:
    """Participations of whoever asks: those of the telephone, and those of the account; the latest first."""
    told = dict(_pairs(request))
    found = Peserta.objects.disimpan().filter(pk__in=told)
    if isinstance(request.user, Pengguna) and request.user.is_active:
        found |= Peserta.objects.filter(orang=request.user.orang_id)
    rows = found.select_related("angkatan__program__wilayah", "orang", "kelas", "unsur", "wilayah")
    own = request.user.orang_id if isinstance(request.user, Pengguna) else None
    mine = [satu for satu in rows if satu.orang_id == own or told.get(satu.pk) == satu.versi_tautan]
    return sorted(mine, key=lambda satu: -satu.pk)
