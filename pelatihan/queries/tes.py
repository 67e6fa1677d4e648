"""What came out of the tests of a cohort: for those who run it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone

from kecamatan.models import JenisKelamin, Wilayah
from p3pd_portal.lib.gain import (
    Ringkasan,
    Sebaran,
    difficulty,
    discrimination,
    gain,
    normalized_gain,
    point_biserial,
    summary,
)
from pelatihan.aggregation.laporan import ORANG_TERSEDIKIT
from pelatihan.models import Angkatan, Butir, ButirTes, Jawaban, Modul, Pengerjaan, Peserta, Program, Tes
from pelatihan.queries.hitung import jumlah


SUKAR, BEDA_LEMAH = Fraction(3, 10), Fraction(1, 5)
"""[design] A question is weak if fewer than 30 % answer it rightly after the training, or if its discrimination is
under 0.20 (Ebel and Frisbie 1991: "poor items")."""
MODUL_CUKUP = Fraction(7, 10)
"""[design] A module is to be repeated if after the training fewer than 70 % of the answers about it are right."""


def nilai_tes(
    *angkatan: Angkatan, hanya: Collection[int] | None = None
) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """Marks (before, after) by participant of one cohort or several; None for a test not handed in, which is not 0.

    Args:
        hanya: keys of the participants that are asked for; None for all of them.
    """
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    sent = Pengerjaan.objects.filter(tes__angkatan__in=angkatan)
    sent = sent if hanya is None else sent.filter(peserta__in=hanya)
    for peserta, jenis, skor in sent.values_list("peserta", "tes__jenis", "skor"):
        if skor is not None:
            found[peserta][jenis] = skor
    return {peserta: (marks.get("pra"), marks.get("pasca")) for peserta, marks in found.items()}


@dataclass(frozen=True)
class BarisNilai:
    """The marks of a participant; None for a test that was not handed in."""

    peserta: Peserta
    pra: Decimal | None
    pasca: Decimal | None

    @property
    def pasangan(self) -> tuple[Decimal, Decimal] | None:
        return None if self.pra is None or self.pasca is None else (self.pra, self.pasca)

    @property
    def gain(self) -> Decimal | None:
        return gain(*self.pasangan) if self.pasangan else None

    @property
    def g(self) -> Fraction | None:
        """Normalised gain; None also of who knew all before."""
        return normalized_gain(*self.pasangan) if self.pasangan else None


def daftar_nilai(angkatan: Angkatan) -> list[BarisNilai]:
    """Everybody who did not withdraw, by class and name. Two queries."""
    marks = nilai_tes(angkatan)
    people = angkatan.peserta.ikut().select_related("orang", "unsur", "wilayah", "kelas")
    rows = people.order_by("kelas__nama", "orang__nama", "pk")
    return [BarisNilai(satu, *marks.get(satu.pk, (None, None))) for satu in rows]


@dataclass(frozen=True)
class HasilButir:
    """How a question did in the test before and in the one after.

    Attributes:
        pra, pasca: share of right answers among those who handed the test in; None where it was not asked.
        beda, korelasi: discrimination and point-biserial correlation in the later test that asked it.
        alasan: why it is weak, "" where it is not.
    """

    butir: Butir
    pra: Fraction | None
    pasca: Fraction | None
    beda: Fraction | None
    korelasi: float | None
    alasan: str


@dataclass(frozen=True)
class HasilModul:
    """Answers to the questions of a module: shares of right ones before and after."""

    modul: Modul | None
    pra: Fraction | None
    pasca: Fraction | None

    @property
    def ulangi(self) -> bool:
        return self.pasca is not None and self.pasca < MODUL_CUKUP


@dataclass(frozen=True)
class HasilTes:
    """Results of a cohort.

    Attributes:
        ikut: participants who did not withdraw; only those with both marks count in `ringkasan`.
        n_pra, n_pasca: how many handed each test in.
        kelompok: (title, [(name, summary)]) of those with both marks; a summary of a small group tells only n.
    """

    ikut: int
    n_pra: int
    n_pasca: int
    ringkasan: Ringkasan
    kelompok: list[tuple[str, list[tuple[str, Ringkasan]]]]
    modul: list[HasilModul]
    butir: list[HasilButir]


@dataclass(frozen=True)
class _Orang:
    """Somebody who did not withdraw, by the names of their groups."""

    pk: int
    provinsi: str
    unsur: str
    jenis_kelamin: str


def _people(angkatan: Angkatan) -> list[_Orang]:
    provinsi = dict(Wilayah.objects.in_force().filter(tingkat=1).values_list("kode", "nama"))
    sexes = dict(JenisKelamin.choices)
    rows = angkatan.peserta.ikut().order_by().values_list(
        "pk", "wilayah__kode", "wilayah__nama", "unsur__nama", "orang__jenis_kelamin"
    )  # fmt: skip
    return [
        _Orang(pk, provinsi.get(kode[:2], nama), unsur or "tanpa keterangan", str(sexes.get(sex, "tanpa keterangan")))
        for pk, kode, nama, unsur, sex in rows
    ]


def _grouped(
    people: Iterable[_Orang], marks: dict[int, tuple[Decimal, Decimal]], of: Callable[[_Orang], str]
) -> list[tuple[str, Ringkasan]]:
    groups: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for satu in people:
        if satu.pk in marks:
            groups[of(satu)].append(marks[satu.pk])
    return [
        (nama, summary(pairs) if len(pairs) >= ORANG_TERSEDIKIT else Ringkasan(len(pairs)))
        for nama, pairs in sorted(groups.items())
    ]


Benar = dict[tuple[str, int], Sebaran]
"""Right answers and all, by mark in the test, of each question of each test."""


def _answers(angkatan: Angkatan) -> Benar:
    """Of everybody who handed it in and did not withdraw; what was left out is wrong. Counted by the database: what
    comes back grows with the questions and the marks, not with the people."""
    ikut = ~Q(peserta__status=Peserta.Status.MENGUNDURKAN_DIRI)
    sent = Pengerjaan.objects.filter(ikut, tes__angkatan=angkatan, skor__isnull=False).order_by()
    takers: dict[str, dict[Decimal, int]] = defaultdict(dict)
    for jenis, skor, n in sent.values_list("tes__jenis", "skor").annotate(n=Count("pk")):
        takers[jenis][skor] = n
    chosen = Jawaban.objects.filter(pengerjaan__in=sent, pilihan__benar=True).order_by()
    of = ("pengerjaan__tes__jenis", "butir", "pengerjaan__skor")
    right = {(jenis, butir, skor): n for jenis, butir, skor, n in chosen.values_list(*of).annotate(n=Count("pk"))}
    asked = ButirTes.objects.filter(tes__angkatan=angkatan).values_list("tes__jenis", "butir")
    return {
        (jenis, butir): {skor: (right.get((jenis, butir, skor), 0), n) for skor, n in takers[jenis].items()}
        for jenis, butir in asked
    }


def _share(*rows: Sebaran) -> Fraction | None:
    counts = [pair for row in rows for pair in row.values()]
    return difficulty(sum(benar for benar, _ in counts), sum(semua for _, semua in counts))


def _of_butir(butir: Butir, answers: Benar) -> HasilButir:
    pra, pasca = (answers.get((jenis, butir.pk), {}) for jenis in ("pra", "pasca"))
    last = pasca or pra
    share, beda = _share(pasca), discrimination(last)
    reasons = []
    if share is not None and share < SUKAR:
        reasons.append("jarang dijawab benar sesudah pelatihan")
    if beda is not None and beda < BEDA_LEMAH:
        reasons.append("tidak membedakan yang menguasai materi")
    return HasilButir(butir, _share(pra), share, beda, point_biserial(last), "; ".join(reasons))


def _of_modul(butir: list[Butir], answers: Benar) -> list[HasilModul]:
    by_modul: dict[Modul | None, list[int]] = defaultdict(list)
    for satu in butir:
        by_modul[satu.modul].append(satu.pk)
    return [
        HasilModul(modul, *(_share(*(answers.get((jenis, pk), {}) for pk in keys)) for jenis in ("pra", "pasca")))
        for modul, keys in by_modul.items()
    ]


def _butir_dipakai(angkatan: Angkatan) -> list[Butir]:
    return list(Butir.objects.filter(dipakai__tes__angkatan=angkatan).select_related("modul").distinct())


def hasil_modul(angkatan: Angkatan) -> list[HasilModul]:
    """Right answers by module. Four queries for any cohort."""
    return _of_modul(_butir_dipakai(angkatan), _answers(angkatan))


def hasil_tes(angkatan: Angkatan) -> HasilTes:
    """Seven queries for any cohort."""
    people = _people(angkatan)
    keys = {satu.pk for satu in people}
    nilai = {pk: marks for pk, marks in nilai_tes(angkatan).items() if pk in keys}
    pairs = {pk: (pra, pasca) for pk, (pra, pasca) in nilai.items() if pra is not None and pasca is not None}
    groups: list[tuple[str, Callable[[_Orang], str]]] = [
        ("Provinsi", lambda satu: satu.provinsi),
        ("Instansi", lambda satu: satu.unsur),
        ("Jenis kelamin", lambda satu: satu.jenis_kelamin),
    ]
    answers = _answers(angkatan)
    butir = _butir_dipakai(angkatan)
    return HasilTes(
        ikut=len(people),
        n_pra=sum(pra is not None for pra, _ in nilai.values()),
        n_pasca=sum(pasca is not None for _, pasca in nilai.values()),
        ringkasan=summary(pairs.values()),
        kelompok=[(judul, _grouped(people, pairs, of)) for judul, of in groups],
        modul=_of_modul(butir, answers),
        butir=[_of_butir(satu, answers) for satu in butir],
    )


def bank_soal(program: Program) -> list[Butir]:
    """Questions of a programme, those in use first, each with its choices. Two queries."""
    rows = program.butir.filter(gantinya=None).select_related("modul").prefetch_related("pilihan")
    return sorted(rows, key=lambda satu: not satu.aktif)


def butir_pilihan(angkatan: Angkatan, tes: Tes | None) -> list[Butir]:
    """Questions that a test may take: those in use, and those it has."""
    rows = angkatan.program.butir.aktif()
    return list((rows | angkatan.program.butir.filter(dipakai__tes=tes)).distinct() if tes else rows)


def bobot_awal(angkatan: Angkatan, tes: Tes | None) -> dict[int, int]:
    """Weights by question: of the test as it is, and for a new one those of the other test, so that they compare."""
    source = tes or Tes.objects.filter(angkatan=angkatan).first()
    return dict(source.butir.values_list("butir", "bobot")) if source else {}


def modul_of(program: Program) -> list[Modul]:
    """Modules of the programme's kind of training."""
    return list(Modul.objects.filter(jenis=program.jenis))


@dataclass(frozen=True)
class BarisTes:
    """A test that a cohort has, or (tes None) could have.

    Attributes:
        n_butir, n_mulai, n_kirim: its questions, who began it, and who handed it in.
        dibuka: whether it can be begun now.
    """

    jenis: Tes.Jenis
    tes: Tes | None = None
    n_butir: int = 0
    n_mulai: int = 0
    n_kirim: int = 0
    dibuka: bool = False


def daftar_tes(angkatan: Angkatan) -> list[BarisTes]:
    """Both tests of a cohort. One query."""
    begun = Pengerjaan.objects.all()
    rows = angkatan.tes.annotate(
        n_butir=jumlah(ButirTes.objects.all(), "tes"), n_mulai=jumlah(begun, "tes"),
        n_kirim=jumlah(begun.exclude(kirim=None), "tes"),
    )  # fmt: skip
    found = {satu.jenis: satu for satu in rows}
    now = timezone.now()
    return [
        BarisTes(jenis, tes, tes.n_butir, tes.n_mulai, tes.n_kirim, tes.is_open(now)) if tes else BarisTes(jenis)
        for jenis in Tes.Jenis
        for tes in [found.get(jenis)]
    ]
