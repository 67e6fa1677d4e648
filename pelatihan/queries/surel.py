"""What the mails of nomination ask for at the moment they are sent (settings.SUREL_ALAMAT and SUREL_KONTEKS): the
outbox points at an invitation or at somebody proposed, and holds neither address nor link nor code."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from kecamatan.models import PesanKeluar
from p3pd_portal.lib.kode import berkelompok
from pelatihan.models import Calon, KodeUndangan, StatusAngkatan, Undangan
from pelatihan.models.alur import URUTAN
from pelatihan.queries.pintu_usulan import kode_of, token_undangan
from pelatihan.queries.tautan import token_tautan


DITETAPKAN = URUTAN[URUTAN.index(StatusAngkatan.DITETAPKAN) :]
"""States in which a result stands."""


def _undangan(pesan: PesanKeluar) -> Undangan | None:
    found = Undangan.objects.filter(pk=pesan.konteks["undangan"], dicabut_pada=None)
    return found.select_related("angkatan__program__wilayah", "wilayah", "usulan").first()


def _calon(pesan: PesanKeluar) -> Calon | None:
    found = Calon.objects.filter(pk=pesan.konteks["calon"], peserta__isnull=False)
    return found.select_related("peserta__angkatan__program__wilayah").first()


def alamat(pesan: PesanKeluar) -> str:
    """The office of an invitation, or somebody who was approved; "" where that, or a result, was taken back."""
    if "calon" in pesan.konteks:
        calon = _calon(pesan)
        return calon.surel if calon and calon.diterima else ""
    undangan = _undangan(pesan)
    if undangan is None or (pesan.templat == "usulan_hasil" and undangan.angkatan.status not in DITETAPKAN):
        return ""
    return undangan.surel


def konteks(pesan: PesanKeluar) -> dict[str, Any]:
    """Link, cohort and organiser; for a code the code, for a participant the link that opens their pages."""
    if "calon" in pesan.konteks:
        calon = _calon(pesan)
        if calon is None or calon.peserta is None:
            return {}
        url = reverse("pelatihan:ikut_tautan", args=[token_tautan(calon.peserta)])
        return {"angkatan": calon.peserta.angkatan, "url": settings.SITE_URL + url}
    undangan = _undangan(pesan)
    if undangan is None:
        return {}
    url = reverse("pelatihan:usul_tautan", args=[token_undangan(undangan)])
    told = {"undangan": undangan, "angkatan": undangan.angkatan, "url": settings.SITE_URL + url}
    return told | ({"kode": _kode(undangan)} if pesan.templat == "usulan_kode" else {})


def _kode(undangan: Undangan) -> str:
    """The code as it can be typed, "1234-ABCD"; "" where it was used up before its mail left."""
    row = KodeUndangan.objects.filter(undangan=undangan).first()
    return berkelompok(kode_of(row)) if row else ""
