"""Evaluation of trainers and organisers: which sheets are open to a participant, and what came out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from kecamatan.models import Orang
from pelatihan.models import (
    Angkatan,
    JawabanEvaluasi,
    LembarEvaluasi,
    PertanyaanEvaluasi,
    Peserta,
    SasaranEvaluasi,
    Sesi,
    StatusAngkatan,
)


JAWABAN_TERSEDIKIT = 5
"""[design] Below this number of sheets no result is shown: it could be told who said it."""
SEHALAMAN = 20
DIBUKA = (StatusAngkatan.BERLANGSUNG, StatusAngkatan.EVALUASI)


@dataclass(frozen=True)
class Sasaran:
    """Whom a sheet is about: a trainer in a session, or (both None) the organiser.

    Attributes:
        terisi: whether the participant filled it.
    """

    sesi: Sesi | None = None
    pelatih: Orang | None = None
    terisi: bool = False

    @property
    def jenis(self) -> SasaranEvaluasi:
        return SasaranEvaluasi.PELATIH if self.sesi else SasaranEvaluasi.PENYELENGGARA


def pertanyaan(jenis: SasaranEvaluasi) -> list[PertanyaanEvaluasi]:
    return list(PertanyaanEvaluasi.objects.filter(sasaran=jenis))


def sasaran_of(peserta: Peserta) -> list[Sasaran]:
    """Sheets open to a participant: about the trainers of what was taught in the own class by now, and about the
    organiser; none before the training and after its evaluation."""
    if peserta.angkatan.status not in DIBUKA or peserta.status == Peserta.Status.MENGUNDURKAN_DIRI:
        return []
    lembar = LembarEvaluasi.objects.filter(angkatan=peserta.angkatan_id, terisi__contains=[peserta.pk])
    filled: set[tuple[int | None, int | None]] = set(lembar.values_list("sesi", "pelatih"))
    mine = Sesi.objects.filter(kelas__peserta=peserta, mulai__lte=timezone.now()).prefetch_related("pelatih")
    rows = [Sasaran(sesi, pelatih, (sesi.pk, pelatih.pk) in filled) for sesi in mine for pelatih in sesi.pelatih.all()]
    return [*rows, Sasaran(terisi=(None, None) in filled)]


@dataclass(frozen=True)
class HasilLembar:
    """What participants said of one trainer in one session, or of the organiser.

    Attributes:
        n: filled sheets; below JAWABAN_TERSEDIKIT nothing else is told.
        rata: (question, mean 1–4 or None where too few answered it, answers), in order.
        indeks: mean of all values, 1–4; None where too few answered.
        baik, saran: own words, by the alphabet.
    """

    lembar: LembarEvaluasi
    n: int
    rata: list[tuple[PertanyaanEvaluasi, Decimal | None, int]]
    indeks: Decimal | None
    baik: list[str]
    saran: list[str]


_JUMLAH = """
    SELECT j.lembar_id, n.key, sum(n.value::int), count(*)
    FROM pelatihan_jawabanevaluasi j CROSS JOIN jsonb_each_text(j.nilai) n
    WHERE j.lembar_id = ANY(%s) GROUP BY 1, 2
"""
Jumlah = dict[tuple[int, str], tuple[int, int]]
"""Sum and number of the values of a question of a sheet."""


def _sums(sheets: list[int]) -> Jumlah:
    """Added up by the database: what comes back grows with sheets and questions, not with the people."""
    with connection.cursor() as cursor:
        cursor.execute(_JUMLAH, [sheets])
        return {(lembar, kode): (int(total), n) for lembar, kode, total, n in cursor}


def _words(sheets: list[int]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = JawabanEvaluasi.objects.filter(lembar__in=sheets).exclude(baik="", saran="").order_by()
    for lembar, baik, saran in rows.values_list("lembar", "baik", "saran"):
        for name, text in (("baik", baik), ("saran", saran)):
            if text:
                found[lembar, name].append(text)
    return found


def _mean(total: int, n: int) -> Decimal | None:
    return Decimal(total) / n if n else None


def _result(lembar: LembarEvaluasi, n: int, asked: list[PertanyaanEvaluasi], sums: Jumlah) -> HasilLembar:
    if n < JAWABAN_TERSEDIKIT:
        return HasilLembar(lembar, n, [], None, [], [])
    by_question = [(satu, *sums.get((lembar.pk, satu.kode), (0, 0))) for satu in asked]
    every = _mean(sum(total for _, total, _n in by_question), sum(n for _, _total, n in by_question))
    rata = [(satu, _mean(total, n) if n >= JAWABAN_TERSEDIKIT else None, n) for satu, total, n in by_question]
    return HasilLembar(lembar, n, rata, every, [], [])


def _lembar() -> "QuerySet[LembarEvaluasi]":
    """Sheets that somebody filled, the organiser's first, each with `n` answers."""
    sheets = LembarEvaluasi.objects.select_related("sesi__kelas__angkatan", "pelatih").annotate(n=Count("jawaban"))
    return sheets.order_by(F("sesi__mulai").asc(nulls_first=True), "pelatih__nama", "pk")


def hasil_lembar(lembar: Iterable[LembarEvaluasi], *, kata: bool = True) -> list[HasilLembar]:
    """What some sheets of `_lembar` say. Two queries, and one for the own words.

    Args:
        kata: also the own words.
    """
    asked: dict[str, list[PertanyaanEvaluasi]] = {jenis: [] for jenis in SasaranEvaluasi.values}
    for tanya in PertanyaanEvaluasi.objects.all():
        asked[tanya.sasaran].append(tanya)
    sheets = [(satu, int(satu.n)) for satu in lembar]  # type: ignore[attr-defined]
    told = [satu.pk for satu, n in sheets if n >= JAWABAN_TERSEDIKIT]
    sums, words = _sums(told), _words(told) if kata else {}
    return [
        replace(
            _result(satu, n, asked["pelatih" if satu.sesi_id else "penyelenggara"], sums),
            baik=sorted(words.get((satu.pk, "baik"), [])),
            saran=sorted(words.get((satu.pk, "saran"), [])),
        )
        for satu, n in sheets
    ]


def hasil_evaluasi(angkatan: Angkatan, *, kata: bool = True) -> list[HasilLembar]:
    """All sheets of a cohort. Four queries for any cohort, three without the own words."""
    return hasil_lembar(_lembar().filter(angkatan=angkatan), kata=kata)


def halaman_evaluasi(angkatan: Angkatan, halaman: int) -> "tuple[Page[LembarEvaluasi], list[HasilLembar]]":
    """A page of the sheets of a cohort. Five queries for any cohort."""
    page = Paginator(_lembar().filter(angkatan=angkatan), SEHALAMAN).get_page(halaman)
    return page, hasil_lembar(page.object_list)


def hasil_pelatih(pelatih: Orang) -> list[HasilLembar]:
    """Sheets about one trainer, for that trainer: numbers once enough people filled them, and never anybody's words,
    which a trainer might know by their hand.

    While answers still come in nothing is told: who looks after each of them would learn what it was.
    """
    return hasil_lembar(_lembar().filter(pelatih=pelatih).exclude(angkatan__status__in=DIBUKA), kata=False)
