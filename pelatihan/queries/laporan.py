"""Reports: of one cohort, and of the cohorts about a region."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from kecamatan.models import JenisKelamin, Tingkat, Wilayah
from pelatihan.aggregation.laporan import BarisPeserta, Kelompok, count, group
from pelatihan.models import Angkatan, AngkaTerbit, Biaya, Peserta, Program, StatusAngkatan
from pelatihan.models.alur import TERBIT
from pelatihan.queries.angkatan import BarisAngkatan, semua_angkatan
from pelatihan.queries.biaya import RingkasanBiaya, biaya_angkatan, orang_jp, ringkas_biaya
from pelatihan.queries.evaluasi import HasilLembar, hasil_evaluasi
from pelatihan.queries.presensi import kehadiran
from pelatihan.queries.rtl import KemajuanRtl, kemajuan_angkatan, kemajuan_rtl, punya_rtl
from pelatihan.queries.tes import HasilModul, hasil_modul, nilai_tes


@dataclass(frozen=True)
class Kepuasan:
    """What participants said, 1–4.

    Attributes:
        indeks: mean over the sheets that enough people filled, each counted by its answers; None where none was.
        n: answers behind it; `lembar` of `semua` sheets.
    """

    indeks: Decimal | None
    n: int
    lembar: int
    semua: int


def kepuasan(sheets: Iterable[HasilLembar]) -> Kepuasan:
    """The satisfaction of several sheets together."""
    every = list(sheets)
    told = [(satu.indeks, satu.n) for satu in every if satu.indeks is not None]
    n = sum(answers for _, answers in told)
    total = sum((indeks * answers for indeks, answers in told), Decimal())
    return Kepuasan(total / n if n else None, n, len(told), len(every))


@dataclass(frozen=True)
class LaporanAngkatan:
    """The report of a cohort.

    Attributes:
        baris: its published and its recorded numbers.
        semua: all participants who did not withdraw; each of `kelompok` counts the same people.
        kelompok: (title, groups) by province, kabupaten, institution, office and sex.
        modul: right answers by module, before and after.
        penyelenggara, pelatih: satisfaction.
    """

    angkatan: Angkatan
    baris: BarisAngkatan
    semua: Kelompok
    kelompok: list[tuple[str, list[Kelompok]]]
    modul: list[HasilModul]
    penyelenggara: Kepuasan
    pelatih: Kepuasan
    rtl: KemajuanRtl
    biaya: RingkasanBiaya


def baris_peserta(*angkatan: Angkatan) -> dict[int, list[BarisPeserta]]:
    """Everybody who did not withdraw, with what is known, by the key of their cohort; as many queries for one cohort of
    ten as for forty of a thousand."""
    hadir, nilai, rtl = kehadiran(*angkatan), nilai_tes(*angkatan), punya_rtl(*angkatan)
    columns = ("angkatan", "pk", "wilayah__kode", "unsur__nama", "orang__jabatan", "orang__jenis_kelamin", "status")
    rows = list(Peserta.objects.ikut().filter(angkatan__in=angkatan).order_by().values_list(*columns))
    codes = {kode[:size] for _angkatan, _pk, kode, *_rest in rows for size in (2, 5)}
    names = {satu.kode: satu.nama_lengkap for satu in Wilayah.objects.in_force().filter(kode__in=codes)}
    found: dict[int, list[BarisPeserta]] = {satu.pk: [] for satu in angkatan}
    for cohort, pk, kode, unsur, jabatan, sex, status in rows:
        pra, pasca = nilai.get(pk, (None, None))
        found[cohort].append(
            BarisPeserta(
                provinsi=names.get(kode[:2], ""), kabupaten=names.get(kode[:5], "") if len(kode) > 2 else "",
                unsur=unsur or "", jenis_kelamin=sex, status=status, hadir=hadir.get(pk), pra=pra, pasca=pasca,
                rtl=pk in rtl, jabatan=" ".join(jabatan.split()),
            )
        )  # fmt: skip
    return found


def _groups(rows: list[BarisPeserta]) -> list[tuple[str, list[Kelompok]]]:
    sexes = {str(kode): str(nama) for kode, nama in JenisKelamin.choices}
    return [
        (_("Provinsi"), group(rows, lambda row: row.provinsi)),
        (_("Kabupaten/kota"), group(rows, lambda row: row.kabupaten)),
        (_("Instansi"), group(rows, lambda row: row.unsur)),
        (_("Jabatan"), group(rows, lambda row: row.jabatan)),
        (_("Jenis kelamin"), group(rows, lambda row: sexes.get(row.jenis_kelamin, ""))),
    ]


def laporan_angkatan(angkatan: Angkatan) -> LaporanAngkatan:
    """The report of one cohort, counted now."""
    rows = baris_peserta(angkatan)[angkatan.pk]
    sheets = hasil_evaluasi(angkatan, kata=False)
    kelompok = _groups(rows)
    (baris,) = semua_angkatan(Angkatan.objects.filter(pk=angkatan.pk))
    return LaporanAngkatan(
        angkatan, baris, count(_("Seluruhnya"), rows), kelompok, hasil_modul(angkatan),
        kepuasan(satu for satu in sheets if not satu.lembar.sesi_id),
        kepuasan(satu for satu in sheets if satu.lembar.sesi_id),
        kemajuan_angkatan(angkatan), biaya_angkatan(angkatan),
    )  # fmt: skip


@dataclass(frozen=True)
class LaporanProgram:
    """The report of a programme.

    Attributes:
        angkatan: of each cohort that was not called off: its published and recorded numbers, its participants, and its
            costs, in order of time.
        semua, kelompok: participations of all of them; a person in two cohorts counts twice.
    """

    program: Program
    angkatan: list[tuple[BarisAngkatan, Kelompok, RingkasanBiaya]]
    semua: Kelompok
    kelompok: list[tuple[str, list[Kelompok]]]


def laporan_program(program: Program) -> LaporanProgram:
    """The report of a programme; eleven queries for any number of its cohorts."""
    running = Angkatan.objects.filter(program=program).exclude(status=StatusAngkatan.BATAL)
    cohorts = semua_angkatan(running)[::-1]
    people = baris_peserta(*(baris.angkatan for baris in cohorts))
    costs: dict[int, list[Biaya]] = {pk: [] for pk in people}
    for satu in Biaya.objects.filter(angkatan__in=people):
        costs[satu.angkatan_id].append(satu)
    hours = orang_jp(*(baris.angkatan for baris in cohorts))
    told = []
    for baris in cohorts:
        pk = baris.angkatan.pk
        rows = people[pk]
        told.append((baris, count(baris.angkatan.nama, rows), ringkas_biaya(costs[pk], len(rows), hours[pk])))
    every = [row for rows in people.values() for row in rows]
    return LaporanProgram(program, told, count(_("Seluruhnya"), every), _groups(every))


@dataclass(frozen=True)
class BarisProvinsi:
    """A province in the dashboard: published participants of the cohorts about it, and persons recorded.

    Attributes:
        terbit: sum of the numbers published for it, None without any; `tanpa_angka` cohorts were published without one.
        tercatat: persons of it who did not withdraw; a person in two cohorts counts once.
        lulus: of them, those who passed something.
    """

    wilayah: Wilayah
    terbit: int | None
    tanpa_angka: int
    tercatat: int
    lulus: int


@dataclass(frozen=True)
class DasborPelatihan:
    """Training about a region at one look, the cohorts in order of time."""

    angkatan: list[BarisAngkatan]
    provinsi: list[BarisProvinsi]
    rtl: KemajuanRtl

    @property
    def n_terbit(self) -> int | None:
        """Published participants; cohorts without a number add nothing, see `tanpa_angka`. None where no cohort has a
        number, which is not 0."""
        told = [baris.terbit for baris in self.angkatan if baris.terbit is not None]
        return sum(told) if told else None

    @property
    def tanpa_angka(self) -> int:
        return sum(bool(baris.rincian) and baris.terbit is None for baris in self.angkatan)

    @property
    def n_tercatat(self) -> int:
        return sum(baris.tercatat for baris in self.angkatan)


def dasbor(wilayah: Wilayah) -> DasborPelatihan:
    """As many queries for one cohort as for a hundred."""
    rows = semua_angkatan(Angkatan.objects.published().filter(pk__in=Angkatan.objects.about(wilayah).values("pk")))
    return DasborPelatihan(rows[::-1], _provinces(wilayah), kemajuan_rtl(wilayah))


UNKNOWN = Count("pk", filter=Q(jumlah=None))
PASSED = Count("orang", filter=Q(status=Peserta.Status.LULUS), distinct=True)


def _provinces(wilayah: Wilayah) -> list[BarisProvinsi]:
    inside, prov = wilayah.q_below("wilayah__"), Left("wilayah__kode_kini", 2)
    told = AngkaTerbit.objects.filter(inside, angkatan__status__in=TERBIT).order_by().values_list(prov)
    published = {kode: (n, kosong) for kode, n, kosong in told.annotate(n=Sum("jumlah"), kosong=UNKNOWN)}
    ours = Peserta.objects.ikut().filter(inside, angkatan__status__in=TERBIT).order_by().values_list(prov)
    people = {kode: (n, lulus) for kode, n, lulus in ours.annotate(n=Count("orang", distinct=True), lulus=PASSED)}
    known = Wilayah.objects.in_force().filter(kode__in=published.keys() | people.keys(), tingkat=Tingkat.PROVINSI)
    return [
        BarisProvinsi(satu, *published.get(satu.kode, (None, 0)), *people.get(satu.kode, (0, 0)))
        for satu in known.order_by("kode")
    ]
