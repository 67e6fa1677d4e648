"""One proposal: its people, what is missing in it, and what whoever decides should look at."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Orang
from p3pd_portal.lib.angka import ratio
from pelatihan.models import (
    Angkatan,
    BerkasUsulan,
    Calon,
    Kuota,
    Peserta,
    StatusCalon,
    Undangan,
    UnsurPeserta,
    Usulan,
)
from pelatihan.models.alur import TERTUTUP
from pelatihan.models.usulan import DITERIMA


SISA_DINAS = datetime.timedelta(days=365)
"""Whoever retires within it is pointed out."""


@dataclass(frozen=True)
class BarisCalon:
    """Somebody who was proposed.

    Attributes:
        lebih: whether they stand behind the quota of their office, and so go to the reserve.
        peringatan: what to look at before deciding; nothing of it refuses anybody.
        beda: what the portal knows differently of the person with this NIP, for those who run the cohort.
    """

    calon: Calon
    lebih: bool
    peringatan: list[str]
    beda: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class KelompokCalon:
    """People of one office.

    Attributes:
        kuota: None where the office got none.
    """

    unsur: UnsurPeserta
    kuota: Kuota | None
    baris: list[BarisCalon]

    @property
    def diterima(self) -> int:
        return sum(satu.calon.diterima for satu in self.baris)

    @property
    def sisa(self) -> int:
        """Places that nobody has yet."""
        return max(0, (self.kuota.jumlah if self.kuota else 0) - self.diterima)


@dataclass(frozen=True)
class Perempuan:
    """Women among those whose sex is known: n of `dari`, with those of whom it is not known told apart."""

    n: int
    dari: int
    tidak_diketahui: int

    @property
    def porsi(self) -> Decimal | None:
        return ratio(self.n, self.dari)


def perempuan_of(jenis_kelamin: Collection[str]) -> Perempuan:
    """Count "P" among "L" and "P"; "" is not known."""
    known = [satu for satu in jenis_kelamin if satu]
    return Perempuan(known.count("P"), len(known), len(jenis_kelamin) - len(known))


@dataclass(frozen=True)
class RincianUsulan:
    """What the pages of a proposal show.

    Attributes:
        kurang: what is missing before it can be sent, one sentence for each thing and person.
        tanpa_wakil: required offices with a quota that nobody was proposed for.
    """

    undangan: Undangan
    usulan: Usulan
    kelompok: list[KelompokCalon]
    berkas: bool
    kurang: list[str]
    tanpa_wakil: list[UnsurPeserta]
    perempuan: Perempuan

    @property
    def baris(self) -> list[BarisCalon]:
        return [satu for kelompok in self.kelompok for satu in kelompok.baris]

    @property
    def kuota(self) -> int:
        return sum(satu.kuota.jumlah for satu in self.kelompok if satu.kuota)


def rincian_usulan(undangan: Undangan, *, kelola: bool = False) -> RincianUsulan:
    """Six queries for any proposal, and one more for those who run the cohort (`kelola`).

    Args:
        kelola: also compare with the persons the portal knows, which nobody else may see.
    """
    usulan = undangan.usulan
    calon = list(usulan.calon.select_related("unsur", "wilayah", "peserta").berurut())
    kuota = {satu.unsur_id: satu for satu in Kuota.objects.filter(
        angkatan=undangan.angkatan, wilayah=undangan.wilayah).select_related("unsur")}  # fmt: skip
    notes = peringatan(undangan.angkatan, calon)
    differences = beda_orang(calon) if kelola else {}
    unsur = {kode: satu.unsur for kode, satu in kuota.items()} | {satu.unsur_id: satu.unsur for satu in calon}
    groups = []
    for kode, office in sorted(unsur.items(), key=lambda pair: pair[1].urutan):
        own = [satu for satu in calon if satu.unsur_id == kode]
        most = kuota[kode].jumlah if kode in kuota else 0
        rows = [
            BarisCalon(satu, place >= most, notes[satu.pk], differences.get(satu.pk, []))
            for place, satu in enumerate(own)
        ]
        groups.append(KelompokCalon(office, kuota.get(kode), rows))
    has_scan = BerkasUsulan.objects.filter(usulan=usulan).exists()
    sexes = [satu.jenis_kelamin for satu in calon if satu.status not in (StatusCalon.DITOLAK, StatusCalon.MUNDUR)]
    empty = [g.unsur for g in groups if g.unsur.wajib and g.kuota and g.kuota.jumlah and not g.baris]
    return RincianUsulan(
        undangan, usulan, groups, has_scan, kekurangan(usulan, calon, has_scan), empty, perempuan_of(sexes)
    )


def kekurangan(usulan: Usulan, calon: Sequence[Calon], has_scan: bool) -> list[str]:
    """What is missing before a proposal is sent: the letter, then person by person."""
    letter = [_("Isi %(apa)s.") % {"apa": usulan._meta.get_field(name).verbose_name}  # type: ignore[union-attr]
              for name in ("nomor_surat", "tanggal_surat", "pejabat") if not getattr(usulan, name)]  # fmt: skip
    letter += [] if has_scan else [_("Unggah pindaian surat yang sudah ditandatangani.")]
    nobody = [] if calon else [_("Tambahkan sedikitnya satu calon.")]
    rows = [
        _("%(unsur)s, %(nama)s: lengkapi %(apa)s.")
        % {"unsur": satu.unsur, "nama": satu.nama, "apa": ", ".join(satu.kurang)}
        for satu in calon
        if satu.kurang
    ]
    return [*letter, *nobody, *rows]


def peringatan(angkatan: Angkatan, calon: Sequence[Calon]) -> dict[int, list[str]]:
    """What to look at, by person: trained before, in another running cohort, proposed twice, about to retire, and
    wrong digits of the NIP. Two queries for any number of people."""
    notes: dict[int, list[str]] = {satu.pk: [] for satu in calon}
    elsewhere = _elsewhere(angkatan, {satu.nip for satu in calon if satu.nip})
    for satu in calon:
        nip = satu.nip_terurai
        notes[satu.pk] += elsewhere.get(satu.nip, []) if satu.nip else []
        if nip and nip.peringatan:
            notes[satu.pk].append(nip.peringatan)
        if nip and _retires_soon(nip.tanggal_lahir, satu.unsur.bup):
            words = {"bup": satu.unsur.bup}
            notes[satu.pk].append(_("Pensiun kurang dari satu tahun lagi (asumsi batas usia %(bup)s tahun).") % words)
    own = {satu.pk: satu for satu in calon}
    for other in Calon.objects.filter(nip__in={satu.nip for satu in calon} - {""}, usulan__undangan__angkatan=angkatan):
        for satu in own.values():
            if other.nip == satu.nip and other.usulan_id != satu.usulan_id:
                notes[satu.pk].append(_("Juga diusulkan kabupaten/kota lain dalam angkatan ini."))
    return notes


def _elsewhere(angkatan: Angkatan, nip: Collection[str]) -> dict[str, list[str]]:
    """Other cohorts that people of these NIPs were in, as sentences."""
    found = Peserta.objects.ikut().filter(orang__nip__in=nip).exclude(angkatan=angkatan)
    notes = defaultdict(list)
    for satu in found.select_related("angkatan__program", "orang"):
        other = satu.angkatan
        words = {"angkatan": other, "status": satu.get_status_display()}
        if other.status not in TERTUTUP:
            notes[str(satu.orang.nip)].append(_("Peserta angkatan lain yang berjalan: %(angkatan)s.") % words)
        elif other.program.jenis == angkatan.program.jenis:
            notes[str(satu.orang.nip)].append(_("Pernah dilatih: %(angkatan)s (%(status)s).") % words)
    return notes


def _retires_soon(born: datetime.date, bup: int) -> bool:
    """Whether somebody reaches the age within a year, or did already; whoever is born on 29 February, a day early."""
    day = min(born.day, 28) if born.month == 2 else born.day
    return born.replace(year=born.year + bup, day=day) < timezone.localdate() + SISA_DINAS


def beda_orang(calon: Sequence[Calon]) -> dict[int, list[str]]:
    """Where the proposal says something else of a person than the portal knows under the same NIP; it is never
    overwritten by an approval. One query."""
    known = {satu.nip: satu for satu in Orang.objects.filter(nip__in=[satu.nip for satu in calon if satu.nip])}
    result = {}
    for satu in calon:
        if orang := known.get(satu.nip):
            result[satu.pk] = [
                _("Di portal tercatat %(apa)s “%(nilai)s”.") % {"apa": apa, "nilai": getattr(orang, name)}
                for name, apa in (("nama", _("nama")), ("jabatan", _("jabatan")), ("instansi", _("instansi")))
                if getattr(orang, name) and getattr(orang, name).casefold() != getattr(satu, name).casefold()
            ]
    return result


def hasil_of(rincian: RincianUsulan) -> dict[str, list[Calon]]:
    """People of a proposal by what was decided: accepted, reserve in its order, refused, withdrawn, open."""
    groups: dict[str, list[Calon]] = {"diterima": [], "cadangan": [], "ditolak": [], "mundur": [], "terbuka": []}
    for baris in rincian.baris:
        status = baris.calon.status
        name = "diterima" if status in DITERIMA else str(status) if status in groups else "terbuka"
        groups[name].append(baris.calon)
    return groups
