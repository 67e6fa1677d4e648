"""All proposals of a cohort, and the counters of many cohorts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from kecamatan.models import Wilayah
from pelatihan.models import Angkatan, BerkasUsulan, Calon, Kuota, StatusCalon, StatusUsulan, Undangan, UnsurPeserta
from pelatihan.models.usulan import DIPUTUSKAN, DITERIMA
from pelatihan.queries.kuota import terisi
from pelatihan.queries.usulan import Perempuan, perempuan_of


USULAN_MASUK = Q(usulan__status__in=[StatusUsulan.TERKIRIM, StatusUsulan.DIKEMBALIKAN])
"""Proposals that came in; one that went back for repair is one of them."""
HITUNGAN = {
    "diusulkan": Count("pk"),
    "lengkap": Count("pk", filter=Q(status=StatusCalon.LENGKAP) | Q(status__in=DIPUTUSKAN)),
    "disetujui": Count("pk", filter=Q(status__in=DITERIMA)),
    "konfirmasi": Count("pk", filter=Q(status=StatusCalon.KONFIRMASI)),
    "cadangan": Count("pk", filter=Q(status=StatusCalon.CADANGAN)),
    "ditolak": Count("pk", filter=Q(status=StatusCalon.DITOLAK)),
    "mundur": Count("pk", filter=Q(status=StatusCalon.MUNDUR)),
}


@dataclass
class Papan:
    """Counters of a cohort or of one kabupaten in it. Everybody who was proposed is complete or not yet, and everybody
    complete is approved (confirmed or not yet), reserve, refused, withdrawn, or still open: nobody is lost."""

    kuota: int = 0
    diusulkan: int = 0
    lengkap: int = 0
    disetujui: int = 0
    konfirmasi: int = 0
    cadangan: int = 0
    ditolak: int = 0
    mundur: int = 0
    belum: int = 0

    @property
    def terbuka(self) -> int:
        """Nobody decided on them yet."""
        return self.diusulkan - self.disetujui - self.cadangan - self.ditolak - self.mundur

    @property
    def ada(self) -> bool:
        """Whether there is a round of nominations at all."""
        return self.kuota > 0 or self.diusulkan > 0


def papan(angkatan: Collection[Angkatan]) -> dict[int, Papan]:
    """Counters of cohorts by key, three queries for any number of them; `belum`: kabupaten with a quota that did not
    send a proposal."""
    board = {satu.pk: Papan() for satu in angkatan}
    for pk, n in _by("angkatan", Kuota.objects.filter(angkatan__in=board), n=Sum("jumlah")):
        board[pk].kuota = n
    came = Calon.objects.filter(USULAN_MASUK, usulan__undangan__angkatan__in=board).order_by()
    for pk, numbers in _counted("usulan__undangan__angkatan", came):
        vars(board[pk]).update(numbers)
    sent = Undangan.objects.filter(angkatan=OuterRef("angkatan"), wilayah=OuterRef("wilayah"))
    waiting = Kuota.objects.filter(~Exists(sent.filter(USULAN_MASUK)), angkatan__in=board, jumlah__gt=0)
    for pk, n in _by("angkatan", waiting, n=Count("wilayah", distinct=True)):
        board[pk].belum = n
    return board


def _by(name: str, rows: object, **number: object) -> list[tuple[int, int]]:
    return list(rows.order_by().values(name).annotate(**number).values_list(name, *number))  # type: ignore[attr-defined]


def _counted(name: str, rows: "QuerySet[Calon]") -> list[tuple[int, dict[str, int]]]:
    found: Iterable[dict[str, int]] = rows.values(name).annotate(**HITUNGAN)
    return [(row[name], {key: n for key, n in row.items() if key != name}) for row in found]


@dataclass(frozen=True)
class BarisUsulan:
    """A kabupaten in the list of proposals.

    Attributes:
        undangan: None while it was not invited.
        merah: it did not propose, and the last day is near or past.
    """

    wilayah: Wilayah
    undangan: Undangan | None
    angka: Papan
    berkas: bool

    @property
    def merah(self) -> bool:
        if self.undangan is None:
            return self.angka.kuota > 0
        return self.undangan.usulan.status != StatusUsulan.TERKIRIM


@dataclass(frozen=True)
class DaftarUsulan:
    """All proposals of a cohort; the sums are those of the rows.

    Attributes:
        tanpa_wakil: required offices that nobody of the whole cohort was accepted for, or proposed while nobody is.
        perempuan: among those accepted; while nobody is, among those proposed.
        sisa: places without a participant.
    """

    baris: list[BarisUsulan]
    jumlah: Papan
    tanpa_wakil: list[UnsurPeserta]
    perempuan: Perempuan
    ditetapkan: bool
    sisa: int


@dataclass(frozen=True)
class BarisProvinsi:
    """The kabupaten of a provinsi in the list of proposals, added up; `n`: how many they are."""

    wilayah: Wilayah
    angka: Papan
    n: int


def _sum(rows: Iterable[BarisUsulan]) -> Papan:
    total, known = Papan(), list(rows)
    for name in vars(total):
        setattr(total, name, sum(getattr(satu.angka, name) for satu in known))
    return total


def menurut_provinsi(daftar: DaftarUsulan) -> list[BarisProvinsi]:
    """The list by provinsi, for a cohort of many kabupaten. One query."""
    groups: dict[str, list[BarisUsulan]] = {}
    for satu in daftar.baris:
        groups.setdefault(satu.wilayah.kode[:2], []).append(satu)
    regions = Wilayah.objects.in_force().filter(kode__in=groups).order_by("kode")
    return [BarisProvinsi(satu, _sum(groups[satu.kode]), len(groups[satu.kode])) for satu in regions]


def of_provinsi(daftar: DaftarUsulan, kode: str) -> DaftarUsulan:
    """The same list with the kabupaten of one provinsi alone; its sums are those of these rows."""
    rows = [satu for satu in daftar.baris if satu.wilayah.kode[:2] == kode]
    return replace(daftar, baris=rows, jumlah=_sum(rows))


def daftar_usulan(angkatan: Angkatan) -> DaftarUsulan:
    """Every kabupaten with a quota or an invitation; ten queries for any number of them."""
    invited = {
        satu.wilayah_id: satu
        for satu in Undangan.objects.filter(angkatan=angkatan).select_related("wilayah", "usulan", "angkatan")
    }
    kuota = dict(_by("wilayah", Kuota.objects.filter(angkatan=angkatan, jumlah__gt=0), n=Sum("jumlah")))
    came = Calon.objects.filter(USULAN_MASUK, usulan__undangan__angkatan=angkatan).order_by()
    counts = dict(_counted("usulan__undangan__wilayah", came))
    scans = set(BerkasUsulan.objects.filter(usulan__undangan__angkatan=angkatan).values_list("pk", flat=True))
    regions = Wilayah.objects.filter(pk__in={*invited, *kuota}).order_by("kode")
    rows = []
    for satu in regions:
        letter = invited.get(satu.pk)
        numbers = Papan(kuota=kuota.get(satu.pk, 0), **counts.get(satu.pk, {}))
        numbers.belum = int(numbers.kuota > 0 and (letter is None or letter.usulan.status == StatusUsulan.DRAF))
        rows.append(BarisUsulan(satu, letter, numbers, letter is not None and letter.pk in scans))
    return _with_sums(angkatan, rows)


def _with_sums(angkatan: Angkatan, rows: list[BarisUsulan]) -> DaftarUsulan:
    total = _sum(rows)
    people = Calon.objects.filter(USULAN_MASUK, usulan__undangan__angkatan=angkatan)
    accepted = total.disetujui > 0
    people = people.filter(status__in=DITERIMA) if accepted else people
    found = people.order_by().values_list("unsur", "jenis_kelamin").annotate(n=Count("pk"))
    wanted = UnsurPeserta.objects.filter(jenis=angkatan.program.jenis, wajib=True).order_by("urutan")
    there = {unsur for unsur, _sex, _n in found}
    missing = [satu for satu in wanted if satu.pk not in there]
    sexes = [sex for _unsur, sex, n in found for _ in range(n)]
    return DaftarUsulan(rows, total, missing, perempuan_of(sexes), accepted, sisa_kuota(angkatan))


def sisa_kuota(angkatan: Angkatan) -> int:
    """Places of a cohort that no participant has: the sum over kabupaten and offices, none of them below 0."""
    taken = terisi(angkatan)
    places = Kuota.objects.filter(angkatan=angkatan).values_list("wilayah", "unsur", "jumlah")
    return sum(max(0, n - taken.get((wilayah, unsur), 0)) for wilayah, unsur, n in places)
