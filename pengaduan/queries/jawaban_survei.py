"""Answers of a survey to those who keep it: how many so far, what was written, which sheets were typed in."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from p3pd_portal.lib.sandi import tanda
from pengaduan.models import JawabanSurvei, Survei


SEHALAMAN = 25
Cara = JawabanSurvei.Cara


@dataclass(frozen=True)
class Kemajuan:
    """Answers of a running survey so far."""

    n: int
    n_kertas: int
    n_pengaduan: int
    n_tanpa_bukti: int


def kemajuan(survei: Survei) -> Kemajuan:
    paper = Q(cara=Cara.KERTAS)
    found = survei.jawaban.aggregate(
        n=Count("pk"),
        n_kertas=Count("pk", filter=paper),
        n_pengaduan=Count("pk", filter=Q(cara=Cara.PENGADUAN)),
        n_tanpa_bukti=Count("pk", filter=~paper & Q(terbukti=False)),
    )
    return Kemajuan(**found)


def daftar_saran(survei: Survei, halaman: int = 1) -> Page[str]:
    """What people wrote in their own words, the latest first; for those who keep the survey."""
    rows = survei.jawaban.exclude(saran="").order_by("-pk").values_list("saran", flat=True)
    return Paginator(rows, SEHALAMAN).get_page(halaman)


def lembar_terakhir(survei: Survei) -> list[JawabanSurvei]:
    """Sheets typed in last, so that a wrong one can be taken back."""
    return list(survei.jawaban.filter(cara=Cara.KERTAS).order_by("-pk")[:5])


def tanda_perangkat(survei: Survei, kunci: str) -> bytes:
    """The mark of a form or device in one survey; in the next survey, and after this one closed, it is another."""
    return tanda(f"survei.{bytes(survei.garam or b'').hex()}", kunci)


def has_answered(survei: Survei, kunci: str) -> bool:
    return survei.jawaban.filter(tanda=tanda_perangkat(survei, kunci)).exists()
