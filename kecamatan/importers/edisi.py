"""What changed between two editions of the national region list: pure comparison, by code, name and parent.

The lists give codes and names only; which code carries on as which is concluded from names under the parent that
carries on. A pair is sure (`yakin`) when the names are equal, or when a name under the same code is at least 70 %
alike; everything else is a guess that an admin confirms.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kecamatan.models.riwayat import JenisRiwayat


ALIKE = 0.70
"""Share of common letters from which a new name under the same code is a new spelling of the old one."""
MAYBE_ALIKE = 0.60
"""The same for a new name under a new code, which is always a guess."""

_NUMERALS = "i satu|ii dua|iii tiga|iv empat|v lima|vi enam|vii tujuh|viii delapan|ix sembilan|x sepuluh"
_DIGITS = {word: str(n) for n, words in enumerate(_NUMERALS.split("|"), 1) for word in words.split()}


@dataclass(frozen=True)
class Perubahan:
    """One difference. Without an old code the region is new, without a new one it is gone."""

    jenis: JenisRiwayat | None
    kode_lama: str = ""
    nama_lama: str = ""
    kode_baru: str = ""
    nama_baru: str = ""
    yakin: bool = False


@dataclass(frozen=True)
class Perbandingan:
    """All differences of two lists, and how many codes stand in both with the same name."""

    perubahan: list[Perubahan]
    sama: int

    def of(self, *jenis: JenisRiwayat) -> list[Perubahan]:
        return [satu for satu in self.perubahan if satu.jenis in jenis]

    @property
    def baru(self) -> list[Perubahan]:
        return [satu for satu in self.perubahan if satu.jenis is None and satu.kode_baru]

    @property
    def hilang(self) -> list[Perubahan]:
        return [satu for satu in self.perubahan if satu.jenis is None and satu.kode_lama]

    def counts(self) -> dict[str, int]:
        """How many of each kind, in words."""
        counts = Counter(satu.jenis for satu in self.perubahan if satu.jenis)
        kinds = {jenis.label: counts[jenis] for jenis in JenisRiwayat if counts[jenis]}
        unsure = sum(1 for satu in self.perubahan if satu.jenis and not satu.yakin)
        return {
            "sama": self.sama,
            "baru": len(self.baru),
            **kinds,
            "hilang tanpa penerus": len(self.hilang),
            "perlu keputusan": unsure,
        }


def _words(nama: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"^(kabupaten|kab\.)\s+", "", nama.lower().strip()))


def letters(nama: str) -> str:
    """A name without blanks, signs, capitals and the word for its level: "KAB. ACEH SELATAN" → "acehselatan"."""
    words = _words(nama)
    return "".join(words[1:] if words[0] == "kota" and len(words) > 1 else words)


def spoken(nama: str) -> str:
    """The same with numerals as digits ("Ilir Barat Dua", "… II") and the abbreviation of Jakarta's cities in full."""
    return "".join(_DIGITS.get(word, "administrasi" if word == "adm" else word) for word in _words(nama))


def _order(satu: Perubahan) -> tuple[int, str, str]:
    return len(satu.kode_baru or satu.kode_lama), satu.kode_baru, satu.kode_lama


def likeness(lama: str, baru: str) -> float:
    return SequenceMatcher(None, letters(lama), letters(baru)).ratio()


def _induk(kode: str) -> str:
    return kode.rpartition(".")[0]


def _kind(kode: str) -> str:
    """What tells two regions of one name apart: kota from kabupaten, kelurahan from desa."""
    return kode[9:10] if len(kode) > 5 else str(kode[3:4] >= "7")


def compare(lama: Mapping[str, str], baru: Mapping[str, str]) -> Perbandingan:
    """Differences between two complete lists of code → name, codes with dots, without the nation.

    Returns them level by level, sorted by code. A code that stands in both lists is the same region unless its
    new name belonged to a neighbour before (`kode_dipakai_ulang`) or, for a village, is another name altogether:
    then old and new are kept apart, and a proposal joins them.
    """
    return _Comparison(dict(lama), dict(baru)).run()


@dataclass
class _Comparison:
    lama: dict[str, str]
    baru: dict[str, str]
    found: list[Perubahan] = field(default_factory=list)
    penerus: dict[str, str] = field(default_factory=dict)  # old code → new code, where both differ

    def __post_init__(self) -> None:
        self.gone = sorted(self.lama.keys() - self.baru.keys(), key=lambda kode: (len(kode), kode))
        self.fresh = dict.fromkeys(sorted(self.baru.keys() - self.lama.keys()))  # an ordered set
        self.by_parent: dict[str, list[str]] = defaultdict(list)
        for kode in self.fresh:
            self.by_parent[_induk(kode)].append(kode)

    def run(self) -> Perbandingan:
        same = self._same_codes()
        for length in (2, 5, 8, 13):
            level = [kode for kode in self.gone if len(kode) == length]
            for steps in (self._under_the_parent, self._elsewhere_in_the_kabupaten):
                for kode in level:
                    if kode not in self.penerus:
                        steps(kode)
            self._alike(level)
        self.found += [Perubahan(None, kode, self.lama[kode]) for kode in self.gone if kode not in self.penerus]
        self.found += [Perubahan(None, "", "", kode, self.baru[kode]) for kode in self.fresh]
        return Perbandingan(sorted(self.found, key=_order), same)

    def _same_codes(self) -> int:
        same = 0
        former = {(_induk(kode), spoken(nama)): kode for kode, nama in self.lama.items() if len(kode) == 13}
        for kode in sorted(self.lama.keys() & self.baru.keys()):
            old, new = self.lama[kode], self.baru[kode]
            if letters(old) == letters(new):
                same += 1
                continue
            owner = former.get((_induk(kode), spoken(new)), kode)
            if owner != kode:
                self._add(JenisRiwayat.KODE_DIPAKAI_ULANG, kode, kode, yakin=False)
            else:
                sure = len(kode) < 13 or spoken(old) == spoken(new) or round(likeness(old, new), 4) >= ALIKE
                self._add(JenisRiwayat.GANTI_NAMA, kode, kode, yakin=sure)
        return same

    def _add(self, jenis: JenisRiwayat, old: str, new: str, *, yakin: bool) -> None:
        self.found.append(Perubahan(jenis, old, self.lama[old], new, self.baru[new], yakin))
        if old != new:
            self.penerus[old] = new
            self.fresh.pop(new)
            self.by_parent[_induk(new)].remove(new)

    def _now(self, kode: str) -> str | None:
        """The code under which an old region carries on."""
        return kode if kode in self.baru else self.penerus.get(kode)

    def _same_name(self, kode: str, candidates: Iterator[str] | list[str]) -> list[str]:
        nama = letters(self.lama[kode])
        return [new for new in candidates if letters(self.baru[new]) == nama]

    def _under_the_parent(self, kode: str) -> None:
        """The same name under the parent that carries on; for a kabupaten anywhere, as provinces split."""
        parent = self._now(_induk(kode))
        if len(kode) == 5:
            candidates = [new for new in self.fresh if len(new) == 5]
        else:
            candidates = self.by_parent[parent] if parent else []
        hits = self._same_name(kode, candidates)
        hits = [new for new in hits if _kind(new) == _kind(kode)] or hits
        if hits:
            moved = len(kode) == 5 and parent != _induk(hits[0])
            self._add(JenisRiwayat.PINDAH if moved else JenisRiwayat.GANTI_KODE, kode, hits[0], yakin=True)

    def _elsewhere_in_the_kabupaten(self, kode: str) -> None:
        """A village of the same name under another kecamatan of its kabupaten, if it is the only one."""
        kabupaten = self._now(kode[:5]) if len(kode) == 13 else None
        if kabupaten:
            near = [new for new in self.fresh if len(new) == 13 and new.startswith(f"{kabupaten}.")]
            hits = self._same_name(kode, near)
            if len(hits) == 1:
                self._add(JenisRiwayat.PINDAH, kode, hits[0], yakin=True)

    def _alike(self, level: list[str]) -> None:
        """Similar names under the parent that carries on, the most alike first: guesses."""
        pairs = [
            (likeness(self.lama[kode], self.baru[new]), kode, new)
            for kode in level
            if kode not in self.penerus and (parent := self._now(_induk(kode)))
            for new in self.by_parent[parent]
        ]
        for share, kode, new in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            if share >= MAYBE_ALIKE and kode not in self.penerus and new in self.fresh:
                self._add(JenisRiwayat.GANTI_KODE, kode, new, yakin=False)
