"""The cascade: which ToT made which trainers, whom they taught, and which kecamatan that reached. Set-based: the number
of queries does not grow with the region."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q
from django.db.models.functions import Left

from kecamatan.models import Tingkat, Wilayah
from kecamatan.models.wilayah import WilayahQuerySet
from pelatihan.models import Angkatan, JenisPelatihan, Kelas, Peserta, Sesi
from pelatihan.models.peserta import PesertaQuerySet
from pelatihan.queries.terlatih import asal_pelatih, melatih, pelatih, sasaran, sejak_aktif, terlatih


SEHALAMAN = 25
_PANJANG = {Tingkat.PROVINSI: 2, Tingkat.KABUPATEN: 5, Tingkat.KECAMATAN: 8}


@dataclass(frozen=True)
class BarisMatriks:
    """A region below, or one kecamatan.

    Attributes:
        pelatih, aktif: people who passed a ToT and work there; of them, who taught lately. A kecamatan has none of its
            own, so there they are None, which is not 0.
        sasaran: kecamatan to reach.
        terlatih: of these, how many have trained staff.
        orang: trained persons, of kecamatan beyond those to reach too.
    """

    wilayah: Wilayah
    pelatih: int | None
    aktif: int | None
    sasaran: int
    terlatih: int
    orang: int

    @property
    def selisih(self) -> int:
        return self.sasaran - self.terlatih


@dataclass(frozen=True)
class Matriks:
    """Regions below one, and their sum.

    Attributes:
        lokus: the kecamatan to reach are those of the list of lokus.
        pelatih, aktif: trainers of all rows; of a kabupaten and its kecamatan those of the kabupaten.
    """

    rows: list[BarisMatriks]
    lokus: bool
    pelatih: int
    aktif: int

    @property
    def jumlah(self) -> dict[str, int]:
        """The sum of the rows, by column."""
        names = ("sasaran", "terlatih", "selisih", "orang")
        return {name: sum(getattr(row, name) for row in self.rows) for name in names}


def matriks(wilayah: Wilayah) -> Matriks:
    """Provinsi of the nation, kabupaten of a provinsi, kecamatan of a kabupaten; a kecamatan itself.

    Trainers who work for the region itself and not for one below stand in a row of its own. Eight queries at most.
    """
    children = [wilayah] if wilayah.tingkat == Tingkat.KECAMATAN else list(Wilayah.objects.children_of(wilayah))
    length = _PANJANG[Tingkat(min(wilayah.tingkat + 1, Tingkat.KECAMATAN))]
    goal, is_lokus = sasaran(wilayah)
    reached = terlatih().in_wilayah(wilayah).values(kode8=Left("wilayah__kode_kini", 8))
    n_goal, n_reached = (_per_kode(rows, length) for rows in (goal, goal.filter(kode__in=reached)))
    people = _per_wilayah(orang_terlatih(wilayah), length)
    every, active = _pelatih(wilayah, min(length, _PANJANG[Tingkat.KABUPATEN]))
    if length == _PANJANG[Tingkat.KECAMATAN]:
        rows = [BarisMatriks(w, None, None, n_goal.get(w.kode, 0), n_reached.get(w.kode, 0), people.get(w.kode, 0))
                for w in children]  # fmt: skip
        return Matriks(rows, is_lokus, sum(every.values()), sum(active.values()))
    if wilayah.kode in every:
        children = [wilayah, *children]
    rows = [
        BarisMatriks(w, *(found.get(w.kode, 0) for found in (every, active, n_goal, n_reached, people)))
        for w in children
    ]
    return Matriks(rows, is_lokus, sum(row.pelatih or 0 for row in rows), sum(row.aktif or 0 for row in rows))


def orang_terlatih(wilayah: Wilayah) -> PesertaQuerySet:
    """Trained persons of a region, each once: by the latest training, which says where they work."""
    latest = terlatih().order_by("orang", F("angkatan__selesai").desc(nulls_last=True), "-pk").distinct("orang")
    return Peserta.objects.filter(pk__in=latest.values("pk")).in_wilayah(wilayah)


def _per_kode(rows: WilayahQuerySet, length: int) -> dict[str, int]:
    counts = rows.order_by().annotate(awal=Left("kode", length)).values("awal").annotate(n=Count("pk"))
    return {row["awal"]: row["n"] for row in counts}


def _per_wilayah(rows: PesertaQuerySet, length: int) -> dict[str, int]:
    counts = rows.order_by().annotate(awal=Left("wilayah__kode_kini", length)).values("awal").annotate(n=Count("pk"))
    return {row["awal"]: row["n"] for row in counts}


def _pelatih(wilayah: Wilayah, length: int) -> tuple[dict[str, int], dict[str, int]]:
    """Trainers and active trainers by region; of a kecamatan those of its kabupaten. One query."""
    rows = pelatih().in_wilayah(asal_pelatih(wilayah)).order_by().annotate(awal=Left("wilayah__kode_kini", length))
    active = Count("pk", filter=melatih(sejak_aktif()))
    counts = list(rows.values_list("awal").annotate(n=Count("pk"), aktif=active))
    return {kode: n for kode, n, _aktif in counts}, {kode: aktif for kode, _n, aktif in counts if aktif}


# The tree: ToT → trainers → classes → trainees


@dataclass(frozen=True)
class CabangTot:
    """A ToT cohort with what came of it in a region.

    Attributes:
        pelatih: who passed it and works in the region; `melatih`: of them, who ever taught.
        kelas: classes that they taught.
        peserta: distinct persons in these classes.
    """

    angkatan: Angkatan
    pelatih: int
    melatih: int
    kelas: int
    peserta: int


_LULUS = Q(status=Peserta.Status.LULUS, angkatan__program__jenis=JenisPelatihan.TOT)


def silsilah(wilayah: Wilayah) -> list[CabangTot]:
    """ToT cohorts that made trainers of a region, the latest first. Three queries."""
    passed = Peserta.objects.filter(_LULUS).in_wilayah(asal_pelatih(wilayah)).order_by()
    counts = passed.values("angkatan").annotate(
        n=Count("orang", distinct=True), aktif=Count("orang", filter=melatih(), distinct=True)
    )
    rows = {row["angkatan"]: (row["n"], row["aktif"]) for row in counts}
    graduate = "kelas__sesi__pelatih__kepesertaan__"
    taught = Peserta.objects.filter(
        ~Q(status=Peserta.Status.MENGUNDURKAN_DIRI),
        asal_pelatih(wilayah).q_below(f"{graduate}wilayah__"),
        **{f"{graduate}status": Peserta.Status.LULUS, f"{graduate}angkatan__in": list(rows)},
    )
    reach = (
        taught.order_by()
        .values(f"{graduate}angkatan")
        .annotate(kelas_n=Count("kelas", distinct=True), orang_n=Count("orang", distinct=True))
    )
    below = {row[f"{graduate}angkatan"]: (row["kelas_n"], row["orang_n"]) for row in reach}
    found = Angkatan.objects.filter(pk__in=rows).select_related("program__wilayah")
    return [CabangTot(satu, *rows[satu.pk], *below.get(satu.pk, (0, 0))) for satu in found]


@dataclass(frozen=True)
class KelasDiajar:
    """A class that somebody taught, with the number of its people."""

    kelas: Kelas
    peserta: int


@dataclass(frozen=True)
class BarisPelatih:
    """A trainer.

    Attributes:
        peserta: their passing of the ToT: person, office, region, cohort.
        kelas: classes they taught.
        orang: distinct persons in these classes.
    """

    peserta: Peserta
    kelas: list[KelasDiajar]
    orang: int


def daftar_pelatih(wilayah: Wilayah, halaman: int, tot: int | None = None) -> tuple[Page[Peserta], list[BarisPelatih]]:
    """A page of the trainers of a region by place and name, of one ToT cohort or of all. Five queries."""
    rows = pelatih().in_wilayah(asal_pelatih(wilayah)).select_related("orang", "unsur", "wilayah", "angkatan__program")
    rows = rows.filter(angkatan=tot) if tot else rows
    page = Paginator(rows.order_by("wilayah__kode", "orang__nama", "pk"), SEHALAMAN).get_page(halaman)
    people = [satu.orang_id for satu in page.object_list]
    ikut = ~Q(status=Peserta.Status.MENGUNDURKAN_DIRI)
    taught = Kelas.objects.filter(sesi__pelatih__in=people).select_related("angkatan").distinct()
    sizes = Peserta.objects.filter(ikut, kelas__in=taught.values("pk")).order_by().values("kelas")
    size = dict(sizes.annotate(n=Count("orang", distinct=True)).values_list("kelas", "n"))
    known = {satu.pk: KelasDiajar(satu, size.get(satu.pk, 0)) for satu in taught}
    reach = Peserta.objects.filter(ikut, kelas__sesi__pelatih__in=people).order_by().values("kelas__sesi__pelatih")
    pairs = Sesi.pelatih.through.objects.filter(orang__in=people).values_list("orang", "sesi__kelas").distinct()
    classes: dict[int, list[KelasDiajar]] = {}
    for orang, kelas in sorted(pairs):
        classes.setdefault(orang, []).append(known[kelas])
    n_people = dict(reach.annotate(n=Count("orang", distinct=True)).values_list("kelas__sesi__pelatih", "n"))
    found = [BarisPelatih(s, classes.get(s.orang_id, []), n_people.get(s.orang_id, 0)) for s in page.object_list]
    return page, found
