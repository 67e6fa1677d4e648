"""The mapping of kegiatan in a kabupaten and year: what holds, what is missing, how much money hangs on it."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, CharField, Count, F, Q, Sum

from kecamatan.models import Wilayah
from layanan_dasar.importers.saran import Saran, suggest
from layanan_dasar.models import APBDes, BarisAPBDes, Kegiatan, PemetaanKegiatan
from p3pd_portal.lib.angka import ratio


PER_HALAMAN = 20


class Terbanyak(Aggregate):
    """The most frequent value."""

    function = "mode"
    template = "%(function)s() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = CharField()


@dataclass(frozen=True)
class Pemakaian:
    """How the budgets in force use a kegiatan: desa, Rp budgeted, and what most of its lines are called."""

    kode: str
    n_desa: int
    anggaran: int
    uraian: str


@dataclass(frozen=True)
class KegiatanTerpetakan:
    """A kegiatan with the mapping that holds. `menggantikan`: a kabupaten's own in place of the national one."""

    kode: str
    nama: str
    pemetaan: PemetaanKegiatan
    menggantikan: bool = False
    pemakaian: Pemakaian | None = None

    @property
    def is_nasional(self) -> bool:
        """Whether the nation maps it, even if the kabupaten does so otherwise."""
        return self.pemetaan.kabupaten_id is None or self.menggantikan


@dataclass(frozen=True)
class KegiatanBelum:
    """A kegiatan that budgets use and nothing maps; `usulan` was stored, `saran` is what its name would suggest."""

    pemakaian: Pemakaian
    nama: str
    usulan: PemetaanKegiatan | None
    saran: Saran | None

    @property
    def is_kode_daerah(self) -> bool:
        return PemetaanKegiatan(kode_kegiatan=self.pemakaian.kode).is_kode_daerah


@dataclass(frozen=True)
class DaftarBelum:
    """The unmapped kegiatan of a kabupaten and year, by rupiah; and all the spending they are a part of."""

    kegiatan: list[KegiatanBelum]
    anggaran: int
    belanja: int

    @property
    def porsi(self) -> Decimal | None:
        return ratio(self.anggaran, self.belanja)

    @property
    def n_saran(self) -> int:
        """How many could be proposed and are not yet."""
        return sum(satu.saran is not None and satu.usulan is None for satu in self.kegiatan)


def tahun_pemetaan(kabupaten: Wilayah) -> list[int]:
    """Years with budgets in the region, latest first."""
    budgets = APBDes.objects.published().in_wilayah(kabupaten)
    return list(budgets.order_by("-tahun").values_list("tahun", flat=True).distinct())


def pemakaian(kabupaten: Wilayah, tahun: int) -> dict[str, Pemakaian]:
    """Use of every kegiatan, by code; budgets known by kegiatan only, as in the shares that are published."""
    lines = BarisAPBDes.objects.filter(
        kabupaten.q_below("apbdes__desa__"),
        apbdes__tahun=tahun,
        apbdes__berlaku=True,
        apbdes__cakupan_belanja=APBDes.CakupanBelanja.KEGIATAN,
    ).exclude(kode_kegiatan="")
    rows = lines.values("kode_kegiatan").annotate(
        n_desa=Count("apbdes__desa_id", distinct=True),
        jumlah=Sum("anggaran", default=0),
        paling=Terbanyak("uraian", filter=~Q(uraian="")),
    )
    return {
        row["kode_kegiatan"]: Pemakaian(row["kode_kegiatan"], row["n_desa"], row["jumlah"], row["paling"] or "")
        for row in rows
    }


def berlaku(kabupaten: Wilayah, tahun: int) -> dict[str, PemetaanKegiatan]:
    """The mapping that counts for each kegiatan: the kabupaten's own before the national one; proposals never."""
    rows = PemetaanKegiatan.objects.approved().at(tahun).filter(Q(kabupaten=None) | Q(kabupaten=kabupaten))
    rows = rows.select_related("bidang").order_by(F("kabupaten").asc(nulls_first=True))
    return {satu.kode_kegiatan: satu for satu in rows}


def nasional(tahun: int) -> list[KegiatanTerpetakan]:
    """The national mapping of a year, in the order of the codes."""
    rows = PemetaanKegiatan.objects.approved().at(tahun).filter(kabupaten=None).select_related("bidang")
    names = _names()
    return [KegiatanTerpetakan(satu.kode_kegiatan, names.get(satu.kode_kegiatan, satu.nama), satu) for satu in rows]


def peta_kegiatan(kabupaten: Wilayah, tahun: int) -> list[KegiatanTerpetakan]:
    """The resolved mapping of a kabupaten and year, in the order of the codes, with its use."""
    national = {satu.kode: satu for satu in nasional(tahun)}
    used, names = pemakaian(kabupaten, tahun), _names()
    return [
        KegiatanTerpetakan(
            kode,
            satu.nama or names.get(kode, ""),
            satu,
            satu.kabupaten_id is not None and kode in national,
            used.get(kode),
        )
        for kode, satu in sorted(berlaku(kabupaten, tahun).items())
    ]


def pemetaan_kabupaten(kabupaten: Wilayah) -> list[PemetaanKegiatan]:
    """What a kabupaten itself laid down, of all years."""
    rows = PemetaanKegiatan.objects.approved().filter(kabupaten=kabupaten)
    return list(rows.select_related("bidang", "disetujui_oleh__orang"))


def belum_dipetakan(kabupaten: Wilayah, tahun: int) -> DaftarBelum:
    """The work list: what budgets use and nothing maps, the largest sum first."""
    used, holds, names = pemakaian(kabupaten, tahun), berlaku(kabupaten, tahun), _names()
    proposals = PemetaanKegiatan.objects.filter(kabupaten=kabupaten, status=PemetaanKegiatan.Status.USULAN)
    usulan = {satu.kode_kegiatan: satu for satu in proposals.select_related("bidang")}
    missing = sorted((s for kode, s in used.items() if kode not in holds), key=lambda s: (-s.anggaran, s.kode))
    rows = []
    for satu in missing:
        nama = satu.uraian or names.get(satu.kode, "")
        rows.append(KegiatanBelum(satu, nama, usulan.get(satu.kode), suggest(nama, satu.kode)))
    return DaftarBelum(rows, sum(s.anggaran for s in missing), sum(s.anggaran for s in used.values()))


def halaman_belum(daftar: DaftarBelum, halaman: str) -> Page[KegiatanBelum]:
    """One page of the work list; a number that is none leads to the first."""
    return Paginator(daftar.kegiatan, PER_HALAMAN).get_page(halaman)


def _names() -> dict[str, str]:
    return dict(Kegiatan.objects.values_list("kode", "nama"))
