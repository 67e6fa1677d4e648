"""A test as its participant sees it: one question a screen, in an order of one's own."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch

from pelatihan.models import Butir, Jawaban, Pengerjaan, Peserta, Pilihan, Tes


@dataclass(frozen=True)
class Soal:
    """A question on the screen.

    Attributes:
        nomor: its place for this participant, from 1.
        terpilih: key of the choice kept, None without an answer.
    """

    nomor: int
    butir: Butir
    pilihan: list[Pilihan]
    terpilih: int | None


@dataclass(frozen=True)
class TesSaya:
    """A test of the own cohort.

    Attributes:
        pengerjaan: the own go at it, None before it is begun.
        dibuka: whether it can be begun or gone on with.
    """

    tes: Tes
    pengerjaan: Pengerjaan | None
    dibuka: bool


def tes_of(peserta: Peserta, pada: datetime.datetime) -> list[TesSaya]:
    """Tests of a participant, the one before the training first. Two queries."""
    if peserta.status == Peserta.Status.MENGUNDURKAN_DIRI:
        return []
    begun = {satu.tes_id: satu for satu in Pengerjaan.objects.filter(peserta=peserta).select_related("tes")}
    return [
        TesSaya(tes, mine, mine.takes_answers(pada) if mine else tes.is_open(pada))
        for tes in Tes.objects.filter(angkatan=peserta.angkatan_id)
        for mine in [begun.get(tes.pk)]
    ]


def soal_of(pengerjaan: Pengerjaan) -> list[Soal]:
    """The questions in the order of this participant, without what is right. Three queries."""
    chosen = dict(Jawaban.objects.filter(pengerjaan=pengerjaan).values_list("butir", "pilihan"))
    pilihan = Prefetch("pilihan", Pilihan.objects.defer("benar"))
    asked = Butir.objects.filter(dipakai__tes=pengerjaan.tes_id).prefetch_related(pilihan)
    order = sorted(asked, key=lambda butir: pengerjaan.acak(butir.pk))
    return [
        Soal(nomor, butir, sorted(butir.pilihan.all(), key=lambda satu: pengerjaan.acak(satu.pk)), chosen.get(butir.pk))
        for nomor, butir in enumerate(order, 1)
    ]
