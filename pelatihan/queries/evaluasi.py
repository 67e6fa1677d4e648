"""Evaluation of trainers and organisers: which sheets are open to a participant, and what came out."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet
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


def _mean(values: list[int]) -> Decimal | None:
    return Decimal(sum(values)) / len(values) if values else None


def _result(lembar: LembarEvaluasi, asked: list[PertanyaanEvaluasi]) -> HasilLembar:
    rows: list[JawabanEvaluasi] = list(lembar.jawaban.all())
    if len(rows) < JAWABAN_TERSEDIKIT:
        return HasilLembar(lembar, len(rows), [], None, [], [])
    by_question = [(satu, [row.nilai[satu.kode] for row in rows if satu.kode in row.nilai]) for satu in asked]
    rata = [
        (satu, _mean(values) if len(values) >= JAWABAN_TERSEDIKIT else None, len(values))
        for satu, values in by_question
    ]
    every = [value for _, values in by_question for value in values]
    words = (sorted(filter(None, (getattr(row, kolom) for row in rows))) for kolom in ("baik", "saran"))
    return HasilLembar(lembar, len(rows), rata, _mean(every), *words)


def _results(sheets: QuerySet[LembarEvaluasi]) -> list[HasilLembar]:
    """Three queries for any number of sheets."""
    asked: dict[str, list[PertanyaanEvaluasi]] = {jenis: [] for jenis in SasaranEvaluasi.values}
    for satu in PertanyaanEvaluasi.objects.all():
        asked[satu.sasaran].append(satu)
    rows = sheets.select_related("sesi__kelas__angkatan", "pelatih").prefetch_related("jawaban")
    ordered = rows.order_by("sesi__mulai", "pelatih__nama")
    return [_result(satu, asked["pelatih" if satu.sesi_id else "penyelenggara"]) for satu in ordered]


def hasil_evaluasi(angkatan: Angkatan) -> list[HasilLembar]:
    """All sheets of a cohort that somebody filled, the organiser's first. Three queries for any cohort."""
    found = _results(LembarEvaluasi.objects.filter(angkatan=angkatan))
    return sorted(found, key=lambda satu: satu.lembar.sesi_id is not None)


def hasil_pelatih(pelatih: Orang) -> list[HasilLembar]:
    """Sheets about one trainer, for that trainer: numbers once enough people filled them, and never anybody's words,
    which a trainer might know by their hand.

    While answers still come in nothing is told: who looks after each of them would learn what it was.
    """
    found = _results(LembarEvaluasi.objects.filter(pelatih=pelatih).exclude(angkatan__status__in=DIBUKA))
    return [replace(satu, baik=[], saran=[]) for satu in found]
